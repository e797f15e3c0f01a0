"""What a visit wants done; store effects of one event are one transaction, before anything else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.checkout.events import ReadRef
from kiosk.checkout.intents import ReceiptChoice, Settlement
from kiosk.domain.approval import Approval
from kiosk.domain.basket import Line
from kiosk.domain.money import Money
from kiosk.domain.sale import CardReceipt, Method, NotCharged, SaleState


class Sound(StrEnum):
    """A sound; each also has a picture and a word."""

    ADDED = "added"
    REFUSED = "refused"
    PAID = "paid"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Effect:
    """Something to do."""


@dataclass(frozen=True, slots=True)
class StoreEffect(Effect):
    """Something to make durable."""


@dataclass(frozen=True, slots=True)
class OpenSale(StoreEffect):
    """A sale begins.

    Attributes:
        sale_id: UUIDv7.
        wall_us: UTC microseconds.
        language: of the visit.
    """

    sale_id: str
    wall_us: int
    language: str


@dataclass(frozen=True, slots=True)
class KeepLine(StoreEffect):
    """A line of the sale, with the read it came from."""

    sale_id: str
    line: Line
    wall_us: int


@dataclass(frozen=True, slots=True)
class KeepRead(StoreEffect):
    """The read has been dealt with: the highest one per device, so that none is taken twice.

    Attributes:
        read: which.
        wall_us: UTC microseconds.
        code: what was read where it did not become a line (a journal entry), or None.
        refusal: why not, or None.
    """

    read: ReadRef
    wall_us: int
    code: str | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class KeepState(StoreEffect):
    """The sale's new state."""

    sale_id: str
    state: SaleState
    wall_us: int


@dataclass(frozen=True, slots=True)
class KeepTender(StoreEffect):
    """Money is about to be asked for."""

    sale_id: str
    attempt_id: str
    method: Method
    amount: Money
    wall_us: int


@dataclass(frozen=True, slots=True)
class KeepRefusal(StoreEffect):
    """The tender is known not to be charged; the sale is totalled again."""

    sale_id: str
    attempt_id: str
    outcome: NotCharged
    reason: str
    wall_us: int


@dataclass(frozen=True, slots=True)
class KeepSale(StoreEffect):
    """Tender captured, sale paid and completed, receipt number and outbox event, at once.

    The store answers with `SaleStored`.
    """

    sale_id: str
    attempt_id: str
    receipt: CardReceipt
    wall_us: int


@dataclass(frozen=True, slots=True)
class KeepReceiptChoice(StoreEffect):
    """How the shopper wants the receipt; durable before the printer is told."""

    sale_id: str
    choice: ReceiptChoice


@dataclass(frozen=True, slots=True)
class KeepVisitEnd(StoreEffect):
    """The visit of a completed sale is over; a restart starts with the attract screen."""

    sale_id: str


@dataclass(frozen=True, slots=True)
class KeepSettlement(StoreEffect):
    """A person settles an escalated payment: the audit entry, before the daemon is told."""

    sale_id: str
    attempt_id: str
    outcome: Settlement
    approval: Approval
    wall_us: int


@dataclass(frozen=True, slots=True)
class AcknowledgeRead(Effect):
    """Tell the scanner that the read is safe."""

    read: ReadRef


@dataclass(frozen=True, slots=True)
class Authorize(Effect):
    """Ask the terminal for money (Terminal1.AuthorizeSales)."""

    attempt_id: str
    amount: Money
    printer_ready: bool


@dataclass(frozen=True, slots=True)
class CancelAttempt(Effect):
    """Tell the terminal that the shopper wants out."""

    attempt_id: str


@dataclass(frozen=True, slots=True)
class SettleAttempt(Effect):
    """Tell the terminal daemon that the outcome is durable here."""

    attempt_id: str


@dataclass(frozen=True, slots=True)
class ResolveAttempt(Effect):
    """Tell the terminal daemon what a person found out."""

    attempt_id: str
    outcome: Settlement
    approval: Approval


@dataclass(frozen=True, slots=True)
class PrintReceipt(Effect):
    """Print the completed sale's receipt; the job's key is the sale id."""

    sale_id: str


@dataclass(frozen=True, slots=True)
class CheckPin(Effect):
    """Find out whose PIN it is; answered with `PinChecked`."""

    pin: str

    def __repr__(self) -> str:
        return "CheckPin(pin=…)"


@dataclass(frozen=True, slots=True)
class Play(Effect):
    """Play a sound."""

    sound: Sound


AnyStoreEffect = (
    OpenSale
    | KeepLine
    | KeepRead
    | KeepState
    | KeepTender
    | KeepRefusal
    | KeepSale
    | KeepReceiptChoice
    | KeepVisitEnd
    | KeepSettlement
)
"""Everything the store can be asked to make durable."""

AnyOutwardEffect = (
    AcknowledgeRead
    | Authorize
    | CancelAttempt
    | SettleAttempt
    | ResolveAttempt
    | PrintReceipt
    | CheckPin
    | Play
)
"""Everything else: done after the store's transaction, in order."""
