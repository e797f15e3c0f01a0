"""One command's course inside the terminal: a generator that yields its waits and is sent what came."""

import datetime as dt
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TypeVar

from devices.terminal.simulator import messages
from devices.terminal.simulator.commands import Registration
from devices.terminal.simulator.ledger import Entry, Ledger
from devices.terminal.simulator.profile import CARDS, Card, Identity, Profile, Timing
from devices.terminal.simulator.script import Playbook
from devices.terminal.simulator.wire import Apdu

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Send:
    """Effect: this message goes to the till."""

    apdu: Apdu


@dataclass(frozen=True, slots=True)
class Told:
    """Effect: this JSON object goes to whoever watches the terminal."""

    event: dict[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """The till's 80 or 84 to what the terminal sent: 0 is consent, anything else its refusal."""

    code: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Step: send, and wait for the till's answer; None without a link or within the answer time."""

    apdu: Apdu


@dataclass(frozen=True, slots=True)
class Pause:
    """Step: let milliseconds pass; with `keys` a pressed key ends it early and is the result."""

    ms: int
    keys: bool = False


@dataclass(frozen=True, slots=True)
class AwaitLink:
    """Step: go on once a till is connected, or after `ms`; `fresh`: a connection made after now."""

    ms: int
    fresh: bool = False


Effect = Send | Told
Step = Ask | Pause | AwaitLink
Heard = Answer | str | None
Flow = Generator[Step, Heard, _T]


@dataclass(slots=True)
class Site:
    """What every course works with. `wall`: date and time; `draw(n)`: a number below n."""

    ledger: Ledger
    playbook: Playbook
    wall: Callable[[], dt.datetime]
    draw: Callable[[int], int]
    identity: Identity = field(default_factory=Identity)
    profile: Profile = field(default_factory=lambda: Profile("standard"))
    timing: Timing = field(default_factory=Timing)
    manual: bool = False
    registration: Registration | None = None
    out: deque[Effect] = field(default_factory=deque)

    def tell(self, **event: object) -> None:
        """Report to whoever watches."""
        self.out.append(Told(event))

    def book(self, entry: Entry) -> Entry:
        """Report a ledger line just written."""
        self.tell(ledger=entry.line())
        return entry

    def card(self) -> Card:
        """The card the next shopper happens to hold."""
        return CARDS[self.draw(len(CARDS))]

    def config(self, bit: int) -> bool:
        """Whether the till set this bit of the config byte."""
        return self.registration is not None and bool(self.registration.config & bit)


def ask(apdu: Apdu) -> Flow[Answer | None]:
    """Send and wait for the till's answer."""
    heard = yield Ask(apdu)
    return heard if isinstance(heard, Answer) else None


def pressed(ms: int) -> Flow[str | None]:
    """Wait so long for a key."""
    heard = yield Pause(ms, keys=True)
    return heard if isinstance(heard, str) else None


def show(site: Site, code: int) -> Flow[None]:
    """Put a prompt on the display, and tell the till where it asked for intermediate status."""
    name, text = messages.DISPLAYS[code]
    site.tell(display=name, code=f"{code:02X}", text=text)
    if site.config(0x08) or site.profile.always_intermediate:
        yield from ask(messages.intermediate(code))
