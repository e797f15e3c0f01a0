"""A person's approval of something the lane may not decide alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """An act a person may be allowed (ARTS OperatorBypassApproval)."""

    SETTLE_PAYMENT = "settle_payment"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved what, and why; it leaves an audit entry wherever it is used.

    Attributes:
        person_id: key of the person.
        person: the name shown and printed.
        right: the act.
        reason: written by the person.
    """

    person_id: str
    person: str
    right: Right
    reason: str
