"""What can happen during a visit; time, fresh ids and what was looked up come in with the event."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.checkout.intents import AnyIntent
from kiosk.domain.catalogue import Product
from kiosk.domain.sale import CardReceipt


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment, on both clocks.

    Attributes:
        wall_us: microseconds of UTC since 1970; for records, never for order.
        mono_us: microseconds of CLOCK_BOOTTIME; for durations.
    """

    wall_us: int
    mono_us: int

    def since(self, earlier: Instant) -> int:
        """Seconds passed, whole."""
        return (self.mono_us - earlier.mono_us) // 1_000_000


@dataclass(frozen=True, slots=True)
class ReadRef:
    """Which read of which scanner: it becomes a line once (design: link, exactly once).

    Attributes:
        device: the reader's name.
        boot_id: of the scanner daemon.
        seq: of the event within that boot.
    """

    device: str
    boot_id: str
    seq: int


class AttemptState(StrEnum):
    """States of a payment attempt (Terminal1)."""

    PREPARED = "PREPARED"
    ARMED = "ARMED"
    AUTHORISED = "AUTHORISED"
    CAPTURED = "CAPTURED"
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"
    NOT_CHARGED = "NOT_CHARGED"
    UNCERTAIN = "UNCERTAIN"
    ESCALATED = "ESCALATED"
    REVERSING = "REVERSING"
    REVERSED = "REVERSED"


class RecoveryStep(StrEnum):
    """What the check of an uncertain payment is doing (Terminal1)."""

    CONNECTING = "connecting"
    ASKING = "asking"
    WAITING = "waiting"
    DECIDING = "deciding"


@dataclass(frozen=True, slots=True)
class Recovery:
    """The check of an uncertain payment.

    Attributes:
        step: what it does now.
        since_us: CLOCK_BOOTTIME of its start, microseconds.
        deadline_us: when it must have decided, or None.
        tries: questions asked so far.
    """

    step: RecoveryStep
    since_us: int
    deadline_us: int | None
    tries: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """A payment attempt as the terminal daemon last told it.

    Attributes:
        attempt_id: minted by the lane.
        state: where it stands.
        receipt: what the terminal reported, once it did.
        reason: class of a refusal (declined, card, cancelled, timeout, terminal …), or None.
        recovery: while uncertain.
    """

    attempt_id: str
    state: AttemptState
    receipt: CardReceipt | None = None
    reason: str | None = None
    recovery: Recovery | None = None


class Refusal(StrEnum):
    """Why a scanned code did not become a line."""

    UNKNOWN = "unknown"
    NO_PRICE = "no_price"
    AGE = "age"
    WEIGHT = "weight"
    NOT_NOW = "not_now"
    MISREAD = "misread"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened.

    Attributes:
        at: when.
    """

    at: Instant


@dataclass(frozen=True, slots=True)
class Scanned(Event):
    """A code was read and looked up.

    Attributes:
        code: text as received.
        read: which read it was.
        product: what the catalogue has for it, or None.
        fresh_id: UUIDv7, used if this scan opens a sale.
    """

    code: str
    read: ReadRef
    product: Product | None
    fresh_id: str


@dataclass(frozen=True, slots=True)
class Misread(Event):
    """The scanner saw something it cannot vouch for (ErrorEvent).

    Attributes:
        reason: its word for it: overflow, gap, unplugged, control, length, tail, stale.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class Pressed(Event):
    """A hand on the screen.

    Attributes:
        intent: what it means.
        fresh_id: UUIDv7, used if the intent starts a payment attempt.
    """

    intent: AnyIntent
    fresh_id: str


@dataclass(frozen=True, slots=True)
class Ticked(Event):
    """A second has passed."""


@dataclass(frozen=True, slots=True)
class AttemptChanged(Event):
    """The terminal daemon told of an attempt, by event or when asked."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class AttemptRejected(Event):
    """The daemon refused the attempt, or never had it and now never will: nothing was sent.

    Attributes:
        attempt_id: the lane's.
        reason: its sentence, for the log.
    """

    attempt_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class TerminalShows(Event):
    """What the terminal asks the shopper to do.

    Attributes:
        attempt_id: the lane's.
        code: present_card, insert_card, enter_pin, remove_card, processing, see_terminal.
        text: the terminal's own words where policy allows them, or None.
    """

    attempt_id: str
    code: str
    text: str | None


class Condition(StrEnum):
    """How a part of the lane is; silence is UNKNOWN, never READY."""

    READY = "ready"
    UNKNOWN = "unknown"
    GONE = "gone"
    TROUBLE = "trouble"


class Part(StrEnum):
    """A part the lane depends on."""

    SCANNER = "scanner"
    PRINTER = "printer"
    TERMINAL = "terminal"
    SYNC = "sync"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class PartChanged(Event):
    """A part said how it is, or fell silent.

    Attributes:
        part: which.
        condition: how.
        detail: a key for the presenter: paper_end, paper_near_end, cover_open, offline, …; empty for none.
    """

    part: Part
    condition: Condition
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SyncChanged(Event):
    """What the sync process knows.

    Attributes:
        acked_seq: highest outbox number the backend holds.
        receipt_url: address of a receipt, "{receipt}" standing for the sale id; None when not enrolled.
        told: the want of this lane that a person at the backend has seen, or None.
    """

    acked_seq: int
    receipt_url: str | None
    told: str | None = None


class JobState(StrEnum):
    """States of a print job (Printer1)."""

    QUEUED = "QUEUED"
    SENDING = "SENDING"
    SENT = "SENT"
    TEXT_DONE = "TEXT_DONE"
    DONE = "DONE"
    UNCONFIRMED = "UNCONFIRMED"
    HELD = "HELD"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class JobChanged(Event):
    """The printer daemon told of a job.

    Attributes:
        job: its key: the sale id.
        state: where it stands.
        cause: why it is held, or None.
    """

    job: str
    state: JobState
    cause: str | None


@dataclass(frozen=True, slots=True)
class SaleStored(Event):
    """The store committed the completed sale.

    Attributes:
        sale_id: the lane's.
        receipt_no: gap-free number it got.
        outbox_seq: number of its push event.
    """

    sale_id: str
    receipt_no: int
    outbox_seq: int


@dataclass(frozen=True, slots=True)
class PinChecked(Event):
    """A PIN was tried.

    Attributes:
        person_id: whose it is, or None for nobody's.
        person: their name, or empty.
        may_settle: they have the right to settle a payment.
        wait_s: seconds until the next try is allowed.
    """

    person_id: str | None
    person: str
    may_settle: bool
    wait_s: int


AnyEvent = (
    Scanned
    | Misread
    | Pressed
    | Ticked
    | AttemptChanged
    | AttemptRejected
    | TerminalShows
    | PartChanged
    | SyncChanged
    | JobChanged
    | SaleStored
    | PinChecked
)
"""Everything that can happen to a visit."""
