"""A terminal on the bench: no cables, a clock that is moved by hand, messages as hex."""

import datetime as dt
from typing import Any

from devices.terminal.simulator.dialog import Send, Site
from devices.terminal.simulator.ledger import Ledger, Record
from devices.terminal.simulator.profile import PROFILES
from devices.terminal.simulator.script import Playbook, parse_script
from devices.terminal.simulator.terminal import Terminal
from devices.terminal.simulator.wire import take_apdu

NOON = dt.datetime(2026, 11, 23, 12, 0, 7)  # noqa: DTZ001  # a terminal's clock knows no zone
OK = "80 00 00"
REGISTER = "06 00 06 00 00 00 3E 09 78"
REGISTER_QUIET = "06 00 06 00 00 00 36 09 78"
REGISTER_TLV = "06 00 08 00 00 00 3E 09 78 06 00"
REGISTER_LINES = "06 00 06 00 00 00 B6 09 78"
REGISTER_BLOCKS = "06 00 0E 00 00 00 B6 09 78 06 06 26 04 0A 02 06 D3"
PAY_12_34 = "06 01 0C 04 00 00 00 00 12 34 49 09 78 19 40"
PAY_60_00 = "06 01 0C 04 00 00 00 00 60 00 49 09 78 19 40"
QUERY = "06 20 05 00 00 00 03 03"
BUSY = "84 9c 00"


def spaced(data: bytes) -> str:
    return data.hex(" ")


class Bench:
    """Drives a Terminal; `sent` and `told` keep everything it ever put out."""

    def __init__(self, script: str = "", profile: str = "standard", **site: Any) -> None:
        self.kept: list[Record] = []
        self.ledger = Ledger(self.kept.append)
        self.playbook = Playbook(parse_script(script))
        self.profile = PROFILES[profile]
        self.options = site
        self.now = 0
        self.sent: list[str] = []
        self.told: list[dict[str, object]] = []
        self.boot()

    def boot(self) -> None:
        self.terminal = Terminal(
            Site(
                self.ledger,
                self.playbook,
                wall=lambda: NOON,
                draw=lambda _count: 2,
                profile=self.profile,
                **self.options,
            )
        )
        self._collect()

    def _collect(self) -> list[str]:
        fresh = []
        for effect in self.terminal.take():
            if isinstance(effect, Send):
                fresh.append(spaced(bytes(effect.apdu)))
            else:
                self.told.append(effect.event)
        self.sent += fresh
        return fresh

    def connect(self) -> list[str]:
        self.terminal.connected(self.now)
        return self._collect()

    def lose(self) -> list[str]:
        self.terminal.lost(self.now)
        return self._collect()

    def say(self, message: str) -> list[str]:
        taken = take_apdu(bytes.fromhex(message))
        assert taken is not None
        self.terminal.receive(self.now, taken[0])
        return self._collect()

    def press(self, key: str) -> bool:
        heard = self.terminal.press(self.now, key)
        self._collect()
        return heard

    def wait(self, milliseconds: int | None = None) -> list[str]:
        """Let the present wait end, or so many milliseconds pass."""
        end = self.terminal.due if milliseconds is None else self.now + milliseconds
        fresh: list[str] = []
        while self.terminal.due is not None and end is not None and self.terminal.due <= end:
            self.now = self.terminal.due
            self.terminal.tick(self.now)
            fresh += self._collect()
        self.now = self.now if end is None else max(self.now, end)
        return fresh

    def register(self, command: str = REGISTER) -> None:
        self.connect()
        assert self.say(command)[0] == OK
        assert self.say(OK) == []

    def until(self, start: str) -> str:
        """Answer everything with consent until a message begins like this; it is left unanswered."""
        while not self.sent[-1].startswith(start):
            before = len(self.sent)
            self.say(OK)
            while len(self.sent) == before and self.terminal.due is not None:
                self.wait()
            assert len(self.sent) > before, self.sent
        return self.sent[-1]

    def pay(self, command: str = PAY_12_34) -> str:
        """A whole payment, everything answered; the last message."""
        assert self.say(command)[0] == OK
        while self.terminal.busy:
            if not self.say(OK):
                self.wait()
        return self.sent[-1]

    @property
    def states(self) -> list[str]:
        return [entry.state for entry in self.ledger.entries]

    @property
    def displays(self) -> list[object]:
        return [event["display"] for event in self.told if "display" in event]
