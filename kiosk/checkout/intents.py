"""What a hand on the screen means; each carries the revision of the view it was meant for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.sale import Method


class ReceiptChoice(StrEnum):
    """How the shopper wants the receipt."""

    PRINT = "print"
    QR = "qr"
    NONE = "none"


class Settlement(StrEnum):
    """What a person found out about an escalated payment (Terminal1.Resolve)."""

    CAPTURED = "CAPTURED"
    NOT_CHARGED = "NOT_CHARGED"
    REVERSED = "REVERSED"


@dataclass(frozen=True, slots=True)
class Intent:
    """Something pressed.

    Attributes:
        revision: of the view that was on the screen.
    """

    revision: int


@dataclass(frozen=True, slots=True)
class RowChosen(Intent):
    """A row is to become the large card."""

    root: int


@dataclass(frozen=True, slots=True)
class PlusPressed(Intent):
    """One more of a row."""

    root: int


@dataclass(frozen=True, slots=True)
class MinusPressed(Intent):
    """One less of a row."""

    root: int


@dataclass(frozen=True, slots=True)
class RemovePressed(Intent):
    """A row is to go."""

    root: int


@dataclass(frozen=True, slots=True)
class PayPressed(Intent):
    """Scanning is done.

    Attributes:
        total_minor: the total the shopper saw.
    """

    total_minor: int


@dataclass(frozen=True, slots=True)
class MethodChosen(Intent):
    """The way to pay is chosen.

    Attributes:
        total_minor: the total the shopper saw.
    """

    method: Method
    total_minor: int


@dataclass(frozen=True, slots=True)
class BackPressed(Intent):
    """One step back: to scanning, or out of an overlay."""


@dataclass(frozen=True, slots=True)
class CancelPaymentPressed(Intent):
    """The shopper does not want to pay now; the terminal's result is still awaited."""


@dataclass(frozen=True, slots=True)
class TryAgainPressed(Intent):
    """After a refusal: choose how to pay once more."""


@dataclass(frozen=True, slots=True)
class ReceiptChosen(Intent):
    """The receipt is wanted this way."""

    choice: ReceiptChoice


@dataclass(frozen=True, slots=True)
class DonePressed(Intent):
    """The visit is over."""


@dataclass(frozen=True, slots=True)
class LanguagesPressed(Intent):
    """Show the languages."""


@dataclass(frozen=True, slots=True)
class LanguageChosen(Intent):
    """Speak this language until the visit ends.

    Attributes:
        language: ISO 639-1 code.
    """

    language: str


@dataclass(frozen=True, slots=True)
class HelpPressed(Intent):
    """The shopper asks for help, or takes the request back."""


@dataclass(frozen=True, slots=True)
class ContrastPressed(Intent):
    """The shopper wants the high-contrast theme, or the usual one again."""


@dataclass(frozen=True, slots=True)
class StillHerePressed(Intent):
    """The shopper is still there."""


@dataclass(frozen=True, slots=True)
class ParkPressed(Intent):
    """The shopper asks to set the basket aside."""


@dataclass(frozen=True, slots=True)
class DismissPressed(Intent):
    """A notice has been read."""


@dataclass(frozen=True, slots=True)
class StaffPressed(Intent):
    """A person of the shop wants the PIN pad."""


@dataclass(frozen=True, slots=True)
class PinEntered(Intent):
    """A PIN was typed; it is never logged, shown or kept.

    Attributes:
        pin: digits.
    """

    pin: str

    def __repr__(self) -> str:
        return f"PinEntered(revision={self.revision}, pin=…)"


@dataclass(frozen=True, slots=True)
class SettlePressed(Intent):
    """A person says what became of an escalated payment.

    Attributes:
        outcome: what they found out.
        reason: key of the reason chosen, for the audit entry.
    """

    outcome: Settlement
    reason: str


MannersIntent = LanguagesPressed | LanguageChosen | HelpPressed | ContrastPressed | StillHerePressed
"""Intents that mean neither goods nor money: right whatever has changed meanwhile."""

AnyIntent = (
    RowChosen
    | PlusPressed
    | MinusPressed
    | RemovePressed
    | PayPressed
    | MethodChosen
    | BackPressed
    | CancelPaymentPressed
    | TryAgainPressed
    | ReceiptChosen
    | DonePressed
    | ParkPressed
    | DismissPressed
    | StaffPressed
    | PinEntered
    | SettlePressed
    | MannersIntent
)
"""Everything a hand on the screen can mean."""
