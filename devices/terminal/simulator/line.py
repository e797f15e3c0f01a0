"""The line between port and terminal: carries messages, and does to their bytes what faults say."""

from collections.abc import Callable
from typing import Final, Protocol

from devices.terminal.simulator.faults import Injector
from devices.terminal.simulator.script import ByteRule, Direction, LinkRule, Rule
from devices.terminal.simulator.stream import Link
from devices.terminal.simulator.wire import Apdu

POWER_MS: Final = 3_000
STALL_MS: Final = 1_000


class Listener(Protocol):
    """The terminal's end of the line."""

    def up(self) -> None:
        """A till is connected."""

    def down(self) -> None:
        """The till is gone, or was given up."""

    def message(self, apdu: Apdu) -> None:
        """The till said this."""

    def power_cut(self, milliseconds: int) -> None:
        """A fault took the power away for so long."""


class Outlet(Protocol):
    """What the line needs of a port."""

    def write(self, data: bytes) -> None:
        """Send to the till."""

    def hang_up(self, *, reset: bool = False) -> None:
        """Close this connection."""


class Line:
    """The wiring, free of any socket. `later(ms, act)` runs act after so many milliseconds."""

    def __init__(
        self,
        outlet: Outlet,
        make_link: Callable[[], Link],
        tell: Callable[[dict[str, object]], None],
        now: Callable[[], int],
        later: Callable[[int, Callable[[], None]], None],
    ) -> None:
        self._outlet = outlet
        self._make_link = make_link
        self._link = make_link()
        self._tell = tell
        self._now = now
        self._later = later
        self._injector = Injector()
        self._segment = 0
        self._held: dict[Direction, list[bytes] | None] = {"in": None, "out": None}
        self._pumping = False
        self.linked = False
        self.listener: Listener | None = None

    @property
    def due(self) -> int | None:
        """When `tick` must be called next."""
        return self._link.due

    def adopt(self, rule: Rule) -> None:
        """Put a rule about bytes or segments in force; others are not for the line."""
        if isinstance(rule, ByteRule):
            self._injector.arm(rule)
        elif isinstance(rule, LinkRule):
            self._segment = rule.segment

    def opened(self) -> None:
        """A till connected: nothing is half read, nothing held."""
        if self.linked:
            self._report(up=False)
        self.linked = True
        self._link = self._make_link()
        self._held = {"in": None, "out": None}
        self._report(up=True)

    def closed(self) -> None:
        """The till is gone."""
        if self.linked:
            self.linked = False
            self._held = {"in": None, "out": None}
            self._report(up=False)

    def darken(self) -> None:
        """The power is gone: forget everything, tell nobody."""
        self.linked = False
        self._link = self._make_link()
        self._held = {"in": None, "out": None}

    def freeze(self) -> None:
        """Nothing passes any more, and neither side can tell."""
        self._held = {"in": [], "out": []}

    def thaw(self, *, deliver: bool) -> None:
        """Let bytes pass again; what was sent meanwhile arrives late (TCP) or never (serial)."""
        held, self._held = self._held, {"in": None, "out": None}
        if deliver:
            for data in held["out"] or []:
                self._put(data)
            for data in held["in"] or []:
                self._take(data)
            self.pump()

    def heard(self, data: bytes) -> None:
        """Bytes from the till, as the cable delivered them."""
        if self._kept_back("in", data):
            return
        self._injector.arriving(data, at_start=self._link.between_messages)
        for piece in self._injector.cut("in", data):
            if isinstance(piece, ByteRule):
                self._strike(piece)
            else:
                self._take(piece)
        self.pump()

    def send(self, apdu: Apdu) -> None:
        """A message to the till; without one it is lost."""
        if self.linked:
            self._link.send(apdu, self._now())
            self.pump()

    def tick(self) -> None:
        """Let the link's own times end."""
        self._link.tick(self._now())
        self.pump()

    def pump(self) -> None:
        """Carry out, in order, what the link gave: bytes to the port, messages to the terminal."""
        if self._pumping:
            return
        self._pumping = True
        try:
            while pieces := self._link.take():
                for piece in pieces:
                    self._carry(piece)
        finally:
            self._pumping = False

    def _carry(self, piece: bytes | Apdu | None) -> None:
        if not self.linked or self.listener is None:
            return
        if isinstance(piece, bytes):
            self._write(piece)
        elif isinstance(piece, Apdu):
            self.listener.message(piece)
        else:
            self._tell({"link": "given up"})
            self.listener.down()
            self.listener.up()

    def _report(self, *, up: bool) -> None:
        self._tell({"link": "connected" if up else "lost"})
        if self.listener is not None:
            (self.listener.up if up else self.listener.down)()

    def _kept_back(self, direction: Direction, data: bytes) -> bool:
        waiting = self._held[direction]
        if waiting is not None:
            waiting.append(data)
        return waiting is not None

    def _take(self, data: bytes) -> None:
        if self.linked and not self._kept_back("in", data):
            self._link.feed(data, self._now())

    def _write(self, data: bytes) -> None:
        if self._kept_back("out", data):
            return
        for piece in self._injector.cut("out", data):
            if isinstance(piece, ByteRule):
                self._strike(piece)
            else:
                self._put(piece)

    def _put(self, data: bytes) -> None:
        if not self._kept_back("out", data):
            size = self._segment or len(data)
            for start in range(0, len(data), size):
                self._outlet.write(data[start : start + size])

    def _strike(self, rule: ByteRule) -> None:
        self._tell({"fault": rule.do, "at_byte": rule.at_byte, "direction": rule.direction})
        match rule.do:
            case "stall":
                self._stall(rule.direction, STALL_MS if rule.ms is None else rule.ms)
            case "half_open":
                self.freeze()
                if rule.ms is not None:
                    self._later(rule.ms, lambda: self._hang_up(reset=True))
            case "drop" | "rst":
                self._hang_up(reset=rule.do == "rst")
            case "power_off":
                if self.listener is not None:
                    self.listener.power_cut(POWER_MS if rule.ms is None else rule.ms)
            case "corrupt":
                pass  # the byte is already changed

    def _hang_up(self, *, reset: bool) -> None:
        self._outlet.hang_up(reset=reset)
        self.closed()

    def _stall(self, direction: Direction, milliseconds: int) -> None:
        waiting: list[bytes] = []
        self._held[direction] = waiting

        def release() -> None:
            if self._held[direction] is not waiting:
                return  # the connection this stall belonged to is gone
            self._held[direction] = None
            for data in waiting:
                (self._put if direction == "out" else self._take)(data)
            self.pump()

        self._later(milliseconds, release)
