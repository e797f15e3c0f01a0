"""What is known of the present visit: the one value that screens are drawn from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.checkout.events import (
    Attempt,
    Condition,
    Instant,
    JobState,
    Part,
    PartChanged,
    Refusal,
    TerminalShows,
)
from kiosk.checkout.intents import ReceiptChoice
from kiosk.domain.catalogue import Product
from kiosk.domain.money import Currency
from kiosk.domain.sale import NotCharged, Sale

if TYPE_CHECKING:
    # The attract frame is drawn from a session before there is anything to be done.
    from kiosk.checkout.effects import Effect


class Phase(StrEnum):
    """The scene a visit is in."""

    ATTRACT = "attract"
    BASKET = "basket"
    PAY_CHOICE = "pay_choice"
    FOLLOW_TERMINAL = "follow_terminal"
    CHECKING = "checking"
    ESCALATED = "escalated"
    NOT_PAID = "not_paid"
    PAID = "paid"
    RECEIPT_QR = "receipt_qr"
    GOODBYE = "goodbye"


class Want(StrEnum):
    """What a lane calls a person for; the words of Sync1 and the wire."""

    HELP = "help"
    CHECKING = "checking"
    ESCALATED = "escalated"


class Overlay(StrEnum):
    """What lies over the scene."""

    NONE = "none"
    LANGUAGES = "languages"
    IDLE_WARNING = "idle_warning"
    PIN_PAD = "pin_pad"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class Policy:
    """The shop's settings a visit goes by.

    Attributes:
        currency: of every price here.
        languages: offered, ISO 639-1; the first is the shop's own.
        empty_s: seconds an empty basket waits.
        idle_s: seconds without a sign of life before the warning.
        countdown_s: seconds the warning counts down.
        paid_s: seconds the receipt choice waits.
        goodbye_s: seconds the last scene stays.
        qr_s: seconds the receipt on the screen stays.
        staff_s: seconds the PIN pad stays.
        receipt_choices: offered, in order.
        receipt_default: taken when nobody chooses.
    """

    currency: Currency
    languages: tuple[str, ...] = ("en",)
    empty_s: int = 20
    idle_s: int = 60
    countdown_s: int = 30
    paid_s: int = 30
    goodbye_s: int = 8
    qr_s: int = 60
    staff_s: int = 30
    receipt_choices: tuple[ReceiptChoice, ...] = tuple(ReceiptChoice)
    receipt_default: ReceiptChoice = ReceiptChoice.PRINT


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell the shopper, beside the basket; stays until overtaken or dismissed.

    Attributes:
        refusal: why a code did not become a line.
        product: the article it is about, where known.
        code: the last digits of what was read, where unknown.
    """

    refusal: Refusal
    product: Product | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Staff:
    """What the PIN pad knows.

    Attributes:
        person_id: who has been recognised, or None.
        person: their name.
        failed: the last PIN was nobody's, or its owner may not do this.
        checking: a PIN is being tried.
        wait_until_us: no try before this CLOCK_BOOTTIME, microseconds.
    """

    person_id: str | None = None
    person: str = ""
    failed: bool = False
    checking: bool = False
    wait_until_us: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """The present visit.

    Attributes:
        policy: the shop's settings.
        at: the moment of the last event.
        touched_at: the last sign of life of the shopper.
        phase: the scene.
        overlay: what lies over it.
        revision: grows with every change that a hand could mistake.
        language: spoken now.
        contrast: the high-contrast theme is wanted.
        help_wanted: the shopper asked for a person.
        sale: the sale, once something was scanned.
        chosen_row: root of the row shown large, or None for the one touched last.
        fresh_line: number of the line just added, or None.
        notice: something to tell.
        attempt: the payment attempt as last told.
        shows: what the terminal asks for.
        refused: why the last attempt charged nothing.
        parts: how the lane's parts are.
        choice: how the receipt is wanted, once chosen.
        job: the state of its printing.
        job_cause: why it is held.
        outbox_seq: number under which the completed sale is pushed.
        acked_seq: number up to which the backend has everything.
        receipt_url: address pattern of receipts at the backend, or None.
        told: the want that staff have seen, as last heard, or None.
        staff: the PIN pad.
        deserted: the lane was down for so long that whoever was paying must be gone; a hand proves otherwise.
    """

    policy: Policy
    at: Instant
    touched_at: Instant
    phase: Phase = Phase.ATTRACT
    overlay: Overlay = Overlay.NONE
    revision: int = 0
    language: str = "en"
    contrast: bool = False
    help_wanted: bool = False
    sale: Sale | None = None
    chosen_row: int | None = None
    fresh_line: int | None = None
    notice: Notice | None = None
    attempt: Attempt | None = None
    shows: TerminalShows | None = None
    refused: NotCharged | None = None
    parts: tuple[PartChanged, ...] = ()
    choice: ReceiptChoice | None = None
    job: JobState | None = None
    job_cause: str | None = None
    outbox_seq: int = 0
    acked_seq: int = 0
    receipt_url: str | None = None
    told: str | None = None
    staff: Staff = Staff()
    deserted: bool = False

    @classmethod
    def begin(cls, policy: Policy, at: Instant) -> Session:
        """Give the session of a lane nobody stands at."""
        return cls(policy, at, at, language=policy.languages[0])

    def condition(self, part: Part) -> Condition:
        """Tell how a part is; what never spoke is UNKNOWN."""
        told = self.part(part)
        return told.condition if told else Condition.UNKNOWN

    def part(self, part: Part) -> PartChanged | None:
        """Give what a part said last."""
        return next((told for told in self.parts if told.part is part), None)

    @property
    def out_of_service(self) -> Part | None:
        """The part without which no visit may begin, or None."""
        if self.phase is not Phase.ATTRACT:
            return None
        broken = (Condition.GONE, Condition.TROUBLE)
        needed = (Part.CATALOGUE, Part.SCANNER, Part.TERMINAL)
        return next((part for part in needed if self.condition(part) in broken), None)

    @property
    def screen(self) -> str:
        """Name of what the shopper sees, as it is told to others."""
        return "out_of_service" if self.out_of_service else self.phase.value

    @property
    def wants(self) -> Want | None:
        """What a person is called for, the gravest first, or None."""
        if self.phase is Phase.ESCALATED:
            return Want.ESCALATED
        if self.phase is Phase.CHECKING:
            return Want.CHECKING
        return Want.HELP if self.help_wanted else None

    @property
    def staff_told(self) -> bool:
        """Staff have seen what is wanted now."""
        return self.wants is not None and self.told == self.wants

    @property
    def rows_open(self) -> bool:
        """Something is in the basket."""
        return self.sale is not None and bool(self.sale.basket.rows)

    @property
    def idle_s(self) -> int:
        """Whole seconds since the last sign of life."""
        return self.at.since(self.touched_at)

    @property
    def receipt_at_backend(self) -> bool:
        """The backend has the completed sale, so a link to it works."""
        return self.receipt_url is not None and 0 < self.outbox_seq <= self.acked_seq

    def ended(self) -> Session:
        """Give the session after this visit: nothing of the shopper is left."""
        return replace(
            Session.begin(self.policy, self.at),
            revision=self.revision,
            parts=self.parts,
            acked_seq=self.acked_seq,
            receipt_url=self.receipt_url,
        )


Step = tuple[Session, "tuple[Effect, ...]"]
"""A session after an event, and what is to be done."""
