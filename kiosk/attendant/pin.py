"""The rules of PINs: what one is, and how long to wait after failures."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from kiosk.domain.approval import Right
from kiosk.domain.errors import DomainError

SHORTEST: Final = 4
LONGEST: Final = 8
_FREE_TRIES: Final = 2
_FIRST_WAIT_S: Final = 30
_LONGEST_WAIT_S: Final = 900


@dataclass(frozen=True, slots=True)
class Pin:
    """A PIN; never shown, logged or kept.

    Attributes:
        digits: four to eight, not all the same and not a run up or down.
    """

    digits: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Pin:
        """Read a PIN somebody wants to set.

        Raises:
            DomainError: another length, another character, or one of those everybody tries first.
        """
        if not (text.isascii() and text.isdigit() and SHORTEST <= len(text) <= LONGEST):
            raise DomainError(f"a PIN has {SHORTEST} to {LONGEST} digits")
        steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(text)}
        if steps in ({0}, {1}, {9}):
            raise DomainError("this PIN is too easy to guess: take digits that neither repeat nor count")
        return cls(text)


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the shop known at this lane.

    Attributes:
        person_id: key.
        name: shown and printed.
        rights: the acts allowed.
    """

    person_id: str
    name: str
    rights: tuple[Right, ...]


def wait_s(failures: int) -> int:
    """Seconds to wait after so many failures in a row: none, none, 30, 60, 120 … at most 900."""
    over = failures - _FREE_TRIES - 1
    return 0 if over < 0 else min(_FIRST_WAIT_S << min(over, 5), _LONGEST_WAIT_S)
