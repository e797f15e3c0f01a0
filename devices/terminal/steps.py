"""What a dialogue asks of the world and what it hears back, as values.

A dialogue is a generator: it yields effects and is resumed with inputs. It holds no socket, no clock and no
database, so a model test can stop it before and after every single step.
"""

from collections.abc import Generator
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TypeAlias, TypeVar

from devices.terminal.attempt import AttemptEvent
from devices.terminal.evidence import Record, Result
from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.commands import CONFIG_COMPOSED, Password
from devices.terminal.zvt.messages import Message

_PATIENT_TRIES = 20


class Timer(Enum):
    """T3: to 80/84. T4: to the completion. QUIET: after a doubt. PAUSE: between two tries."""

    T3 = "t3"
    T4 = "t4"
    QUIET = "quiet"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Timers:
    """All waits of a terminal, in seconds; everything else derives from these four (PA00P016, 4)."""

    t1: float = 0.2
    t2: float = 5.0
    t3: float = 5.0
    t4: float = 180.0

    def pause(self, tries: int) -> float:
        """Return the wait after `tries` failed tries: 1 s to 4 s while a return is likely, then up to 30 s.

        With 4 s a terminal that comes back within the first minute is settled within the promised 5 s.
        """
        if tries < _PATIENT_TRIES:
            return min(self.t3 / 5 * (1 << tries), self.t3 * 4 / 5)
        return max(
            min(self.t3 / 5 * (1 << min(tries - _PATIENT_TRIES + 3, 16)), self.t4 / 6), self.t3 * 4 / 5
        )

    @property
    def enquiry(self) -> float:
        """How often an idle terminal is asked for its status: every minute with the standard times."""
        return self.t4 / 3


# Effects: what a dialogue yields.


@dataclass(frozen=True, slots=True)
class Connect:
    """Open the line; answered by Connected or Lost."""


@dataclass(frozen=True, slots=True)
class Close:
    """Close the line."""


@dataclass(frozen=True, slots=True)
class Send:
    """Put this message on the line."""

    apdu: Apdu


@dataclass(frozen=True, slots=True)
class Start:
    """Start, or start again, a timer."""

    timer: Timer
    seconds: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop a timer."""

    timer: Timer


@dataclass(frozen=True, slots=True)
class Receive:
    """Wait for the next input."""


@dataclass(frozen=True, slots=True)
class Change:
    """One durable step of an attempt: journalled, fsynced, before the dialogue is resumed.

    Attributes:
        event: the move; None where only facts are added.
        lines: receipt lines to append to the spool.
        receipt: whose they are: 1 merchant, 2 customer, 3 administration, None unknown.
    """

    attempt_id: str
    event: AttemptEvent | None = None
    baseline: Record | None = None
    result: Result | None = None
    reason: str | None = None
    evidence: str | None = None
    lines: tuple[str, ...] = ()
    receipt: int | None = None


@dataclass(frozen=True, slots=True)
class Journal:
    """Write this change; resumed once it is on disk."""

    change: Change


@dataclass(frozen=True, slots=True)
class Show:
    """Tell the shopper what the terminal wants. `code` is of org.checkstand.Terminal1's DisplayEvent."""

    attempt_id: str
    code: str
    text: str | None = None


class Step(StrEnum):
    """How far the check of an UNCERTAIN attempt is; names of org.checkstand.Terminal1."""

    CONNECTING = "connecting"
    ASKING = "asking"
    WAITING = "waiting"
    DECIDING = "deciding"


@dataclass(frozen=True, slots=True)
class Progress:
    """Tell how the check of an UNCERTAIN attempt goes."""

    attempt_id: str
    step: Step
    tries: int


Effect = Connect | Close | Send | Start | Stop | Receive | Journal | Show | Progress


# Inputs: what it is resumed with (None after effects that have no answer).


@dataclass(frozen=True, slots=True)
class Connected:
    """The line is open; `fresh` when it was opened just now."""

    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """The terminal said this."""

    message: Message


@dataclass(frozen=True, slots=True)
class Expired:
    """This timer ran out."""

    timer: Timer


@dataclass(frozen=True, slots=True)
class Lost:
    """The line is gone or could not be opened."""

    reason: str


@dataclass(frozen=True, slots=True)
class Woken:
    """A wish has changed: look at it."""


Input = Connected | Heard | Expired | Lost | Woken


@dataclass(slots=True)
class Wishes:
    """What the lane wants of the running attempt; set from outside, read by the dialogue."""

    cancel: bool = False
    abandon: bool = False


T = TypeVar("T")
Steps: TypeAlias = Generator[Effect, Input | None, T]


@dataclass(frozen=True, slots=True)
class Profile:
    """How we talk to this terminal. `texts`: shoppers may see its display texts (the acquirer decides)."""

    timers: Timers = field(default_factory=Timers)
    password: Password = field(default_factory=Password)
    currency: str = "EUR"
    config: int = CONFIG_COMPOSED
    texts: bool = False


@dataclass(slots=True)
class Session:
    """One terminal while the process lives: how to talk to it, what is wanted, what has been learnt.

    Attributes:
        terminal_id: as registration or the last record told it.
        registered: 06 00 has been answered on this connection.
        keeps_registration: seen to stay registered over a new connection, so losing it means a restart.
        recovery_query: it has answered the silent query.
        quiet: T4 has passed since the doubt.
        booked: the last result that stands in the journal as charged; the terminal may tell it again.
    """

    profile: Profile = field(default_factory=Profile)
    wishes: Wishes = field(default_factory=Wishes)
    terminal_id: str | None = None
    software: str | None = None
    registered: bool = False
    keeps_registration: bool = False
    recovery_query: bool = False
    quiet: bool = False
    booked: Result | None = None
