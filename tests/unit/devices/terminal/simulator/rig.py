"""Line and terminal joined without sockets: a till that answers everything, and a clock moved by hand."""

from collections.abc import Callable

from devices.terminal.simulator.dialog import Send
from devices.terminal.simulator.line import Line
from devices.terminal.simulator.profile import Timing, answer_time
from devices.terminal.simulator.script import ByteRule, parse_script
from devices.terminal.simulator.serial import SerialLink
from devices.terminal.simulator.stream import Link
from devices.terminal.simulator.wire import Apdu
from tests.unit.devices.terminal.simulator.bench import Bench

STATUS, COMPLETION, ABORT = 0x040F, 0x060F, 0x061E


class Rig:
    """`heard`: what the till read of the terminal; `passed`: bytes of each direction."""

    def __init__(self, make_link: Callable[[], Link], script: str = "") -> None:
        self.bench = Bench(timing=Timing(answer=answer_time(5_000, serial=make_link is SerialLink)))
        self.make_link = make_link
        self.till = make_link()
        self.heard: list[Apdu] = []
        self.events: list[dict[str, object]] = []
        self.timers: list[tuple[int, Callable[[], None]]] = []
        self.open = False
        self.powered = True
        self.passed = {"in": 0, "out": 0}
        self.line = Line(self, make_link, self.events.append, lambda: self.bench.now, self._later)
        self.line.listener = self
        for rule in parse_script(script):
            self.line.adopt(rule)

    def _later(self, milliseconds: int, act: Callable[[], None]) -> None:
        self.timers.append((self.bench.now + milliseconds, act))

    # The port's side.

    def connect(self) -> None:
        self.till = self.make_link()
        self.open = True
        self.line.opened()

    def write(self, data: bytes) -> None:
        self.passed["out"] += len(data)
        if self.open:
            self.till.feed(data, self.bench.now)

    def hang_up(self, *, reset: bool = False) -> None:
        self.open = False
        self.events.append({"hung up": "reset" if reset else "closed"})

    # The terminal's side.

    def up(self) -> None:
        self.bench.terminal.connected(self.bench.now)
        self.flush()

    def down(self) -> None:
        self.bench.terminal.lost(self.bench.now)
        self.flush()

    def message(self, apdu: Apdu) -> None:
        self.bench.terminal.receive(self.bench.now, apdu)
        self.flush()

    def power_cut(self, milliseconds: int) -> None:
        self.open = self.powered = False
        self.line.darken()
        self._later(milliseconds, self._power_back)

    def _power_back(self) -> None:
        self.powered = True
        self.bench.boot()

    def flush(self) -> None:
        if self.powered:
            for effect in self.bench.terminal.take():
                if isinstance(effect, Send):
                    self.line.send(effect.apdu)

    # The till.

    def command(self, text: str) -> None:
        data = bytes.fromhex(text)
        self.till.send(Apdu(int.from_bytes(data[:2], "big"), data[3:]), self.bench.now)
        self.converse()

    def converse(self) -> None:
        """Carry bytes to and fro until both are silent; the till consents to everything."""
        while self.open and (pieces := self.till.take()):
            for piece in pieces:
                if isinstance(piece, bytes):
                    self.passed["in"] += len(piece)
                    if self.open:
                        self.line.heard(piece)
                elif piece is not None:
                    self.heard.append(piece)
                    if piece.control >> 8 in (0x04, 0x06):
                        self.till.send(Apdu(0x8000), self.bench.now)

    def pass_time(self) -> None:
        """Let everything that is due happen, for ten minutes."""
        end = self.bench.now + 600_000
        while True:
            terminal_due = self.bench.terminal.due if self.powered else None
            dues = [
                due
                for due in (terminal_due, self.line.due, self.till.due if self.open else None)
                if due is not None
            ]
            dues += [due for due, _ in self.timers]
            if not dues or min(dues) > end:
                return
            self.bench.now = max(self.bench.now, min(dues))
            fired = [timer for timer in self.timers if timer[0] <= self.bench.now]
            self.timers = [timer for timer in self.timers if timer[0] > self.bench.now]
            for _, act in fired:
                act()
            if self.open:
                self.till.tick(self.bench.now)
            self.line.tick()
            if self.powered:
                self.bench.terminal.tick(self.bench.now)
                self.flush()
            self.converse()

    def controls(self) -> list[int]:
        return [apdu.control for apdu in self.heard]

    def arm(self, at_byte: int, direction: str, do: str) -> None:
        self.line.adopt(ByteRule(at_byte, direction, do, ms=100))  # type: ignore[arg-type]  # words of the format
