"""The simulated printer as a machine: bytes and acts in, answers, sheets and pulses out; no I/O, no clock.

Times are milliseconds of any steady clock the caller passes; they must not go back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from devices.printer.simulator.commands import Command, Kind
from devices.printer.simulator.glyphs import Glyphs
from devices.printer.simulator.paper import Sheet
from devices.printer.simulator.profile import Profile
from devices.printer.simulator.reader import Reader
from devices.printer.simulator.realtime import RealTime
from devices.printer.simulator.script import Line, Script
from devices.printer.simulator.status import Sensors, asb, asb_wanted, eot, queued_status
from devices.printer.simulator.typesetter import Typesetter

_XON, _XOFF = b"\x11", b"\x13"
# A serial host is stopped with this little room left, and let on with that much (Epson: 128 and 256 bytes).
_STOP_ROOM, _GO_ROOM = 128, 256
# The cutter sits this far behind the print head: a cut without a feed goes through what was printed last.
_HEAD_TO_CUTTER = 96
_CLEARED = b"\x37\x25\x00"
_OFFLINE = b"\x37\x23\x00"
_CLEAR_REQUEST = (8, 1, 3, 20, 1, 6, 2, 8)
_ID_LENGTH = 6

# What a person or an accident does to the mechanism.
_CHANGES: dict[str, Callable[[Sensors], Sensors]] = {
    "paper_out": lambda sensors: replace(sensors, paper="end"),
    "paper_in": lambda sensors: replace(sensors, paper="ok"),
    "near_end": lambda sensors: replace(sensors, paper="near_end"),
    "cover_open": lambda sensors: replace(sensors, cover_open=True),
    "cover_close": lambda sensors: replace(sensors, cover_open=False),
    "cutter_jam": lambda sensors: replace(sensors, cutter_jam=True),
    "cutter_clear": lambda sensors: replace(sensors, cutter_jam=False),
    "drawer_close": lambda sensors: replace(sensors, drawer_open=False),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """Bytes for the host."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A sheet left the printer; a partial cut leaves a tag of paper standing."""

    sheet: Sheet
    partial: bool


@dataclass(frozen=True, slots=True)
class Pulse:
    """The drawer connector was pulsed: drawer 1 or 2."""

    drawer: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person watching wants to know: ``kind`` and one sentence."""

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Power:
    """Power went on or off: the line to the host is cut or can be made again."""

    on: bool


@dataclass(frozen=True, slots=True)
class Done:
    """A scripted or live act has happened."""

    do: str


Output = Reply | Cut | Pulse | Notice | Power | Done


@dataclass(slots=True)
class _Line:
    """The line to the host: whether it is held, how far the stream has come, what was asked for."""

    received: int = 0
    stalled: bool = False
    held: bool = False
    short_until: float | None = None
    stopped_host: bool = False
    asb_mask: int = 0
    offline_response: bool = False


class Printer:
    """One printer. Call ``receive`` with no more bytes than ``room``, then ``run`` and do its outputs."""

    def __init__(
        self, profile: Profile, script: Script, *, serial: bool = False, glyphs: Glyphs | None = None
    ) -> None:
        self.profile = profile
        self.sensors = Sensors()
        self.typesetter = Typesetter(profile, glyphs or Glyphs())
        self._script = script
        self._serial = serial
        self._reader = Reader()
        self._real_time = RealTime()
        self._buffer = bytearray()
        self._line = _Line()
        self._free_at: float = 0
        self._out: list[Output] = []

    @property
    def received(self) -> int:
        """Bytes that have arrived since the start."""
        return self._line.received

    @property
    def buffered(self) -> int:
        """Bytes waiting in the receive buffer."""
        return len(self._buffer)

    @property
    def stalled(self) -> bool:
        """Whether the machine hangs: reads nothing, answers nothing."""
        return self._line.stalled

    def room(self, now: float) -> int:
        """How many bytes the printer takes now; 0 while it is full, off, hanging or short of a write."""
        line = self._line
        if (
            not self.sensors.powered
            or line.stalled
            or (line.short_until is not None and now < line.short_until)
        ):
            return 0
        free = self.profile.buffer_bytes - len(self._buffer)
        first_act = self._script.next_arrival(line.received)
        return free if first_act is None else min(free, first_act)

    def receive(self, data: bytes, now: float) -> None:
        """Bytes from the host. Real-time commands are acted on here, before they wait in the buffer."""
        if not self.sensors.powered:
            return
        if not self._buffer:
            self._free_at = max(self._free_at, now)
        for byte in data:
            self._line.received += 1
            self._buffer.append(byte)
            command = self._real_time.feed(byte)
            if command is not None and not self._line.stalled:
                self._act_at_once(command)
            for line in self._script.arrived(self._line.received, now):
                self.act(line, now)
        self._mind_host()

    def add(self, line: Line, now: float) -> None:
        """A script line given live: at once, or when its trigger comes."""
        if line.at_byte is None and line.after_ms is None:
            self.act(line, now)
        else:
            self._script.add(line, now, self.received, self.received - self.buffered)

    def run(self, now: float) -> list[Output]:
        """Let the machine work until ``now``; everything that came out of it since the last call."""
        for line in self._script.elapsed(now):
            self.act(line, now)
        if self._line.short_until is not None and self._line.short_until <= now:
            self._line.short_until = None
        while self._printing and self._free_at <= now:
            byte = self._buffer[:1]
            del self._buffer[:1]
            for command in self._reader.feed(bytes(byte)):
                self._carry_out(command)
            for line in self._script.printed(self.received - self.buffered, now):
                self.act(line, now)
        self._mind_host()
        out, self._out = self._out, []
        return out

    def next_wake(self) -> float | None:
        """When ``run`` should be called again although nothing arrives; None: not before something does.

        The moment may have passed already while the outputs were carried out: then it is due at once.
        """
        times = [self._script.next_due(), self._line.short_until, self._free_at if self._printing else None]
        return min((at for at in times if at is not None), default=None)

    @property
    def _printing(self) -> bool:
        line = self._line
        return bool(self._buffer) and self.sensors.online and not line.stalled and not line.held

    # --- acts of the script, the control socket and the person at the desk

    def act(self, line: Line, now: float) -> None:
        """Do what a script line says."""
        self._free_at = max(self._free_at, now)
        change = _CHANGES.get(line.do)
        if change is not None:
            self._sense(change(self.sensors))
        else:
            self._act_on_line(line, now)
        self._out.append(Done(line.do))

    def _act_on_line(self, line: Line, now: float) -> None:
        match line.do:
            case "power_off":
                self._power_off()
            case "power_on":
                self._power_on()
            case "stall":
                self._line.stalled = True
            case "xoff":
                self._line.held = True
                self._reply(_XOFF)
            case "short_write":
                self._line.short_until = now + line.ms
            case "resume":
                self._resume()
            case "feed":
                self.typesetter.paper.feed(_HEAD_TO_CUTTER)
            case _:  # tear: a person tears the strip off at the edge
                self._cut(partial=False)

    def _resume(self) -> None:
        if self._line.held:
            self._reply(_XON)
        self._line.stalled = self._line.held = False
        self._line.short_until = None

    def _power_off(self) -> None:
        if not self.sensors.powered:
            return
        self.sensors = replace(self.sensors, powered=False)
        received = self._line.received
        self._line = _Line(received=received)
        self._buffer.clear()
        self._reader.reset()
        self._real_time.reset()
        self.typesetter.reset()
        self._out.append(Power(on=False))

    def _power_on(self) -> None:
        if not self.sensors.powered:
            self.sensors = replace(self.sensors, powered=True)
            self._out.append(Power(on=True))

    def _sense(self, sensors: Sensors) -> None:
        before, self.sensors = self.sensors, sensors
        if asb_wanted(self._line.asb_mask, before, sensors):
            self._reply(asb(sensors))
        if before.online and not sensors.online and self._line.offline_response:
            self._reply(_OFFLINE)

    def _reply(self, data: bytes) -> None:
        """Send, unless the machine is off or hangs."""
        if data and self.sensors.powered and not self._line.stalled:
            self._out.append(Reply(data))

    def _mind_host(self) -> None:
        """XON/XOFF on a serial line: stop the host before the buffer overflows, and while offline."""
        if not self._serial or not self.sensors.powered:
            return
        free = self.profile.buffer_bytes - len(self._buffer)
        if not self._line.stopped_host and (free <= _STOP_ROOM or not self.sensors.online):
            self._line.stopped_host = True
            self._reply(_XOFF)
        elif self._line.stopped_host and free >= _GO_ROOM and self.sensors.online:
            self._line.stopped_host = False
            self._reply(_XON)

    # --- real-time commands

    def _act_at_once(self, command: Command) -> None:
        match command.kind, command.args:
            case Kind.REAL_TIME_STATUS, (number,):
                self._reply(eot(self.sensors, number))
            case Kind.REAL_TIME_REQUEST, (1 | 2 as request,):
                if self.sensors.cutter_jam and request == 2:  # noqa: PLR2004 - DLE ENQ 2 clears the buffers as well
                    self._clear()
                self._sense(replace(self.sensors, cutter_jam=False))
            case Kind.REAL_TIME_CONTROL, (1, pin, _):
                self._pulse(pin)
            case Kind.REAL_TIME_CONTROL, (7, 1):
                self._reply(asb(self.sensors))
            case Kind.REAL_TIME_CONTROL, args if args == _CLEAR_REQUEST:
                self._clear()
                self._reply(_CLEARED)
            case _:
                pass

    def _clear(self) -> None:
        self._buffer.clear()
        self._reader.reset()
        self.typesetter.drop_line()

    # --- commands in their order

    def _carry_out(self, command: Command) -> None:
        match command.kind:
            case Kind.CUT:
                self._carry_out_cut(*command.args)
            case Kind.DRAWER:
                self._pulse(command.args[0])
            case Kind.ASB:
                self._line.asb_mask = command.args[0]
                self._reply(asb(self.sensors) if command.args[0] else b"")
            case Kind.SEND_STATUS:
                self._reply(queued_status(self.sensors, command.args[0]))
            case Kind.LEGACY_STATUS:
                self._reply(queued_status(self.sensors, 1))
            case Kind.SEND_ID:
                self._send_id(command.args[0])
            case Kind.RESPONSE:
                self._response(command.data)
            case Kind.UNKNOWN:
                self._notice("unknown_command", f"unknown command {command.data[:16].hex(' ')}, passed over")
            case _:
                self._works(self.typesetter.apply(command))

    def _works(self, dots: int, more_ms: float = 0) -> None:
        self._free_at += dots * 1000 / self.profile.dots_per_second + more_ms

    def _carry_out_cut(self, partial: int, feeds: int, dots: int) -> None:
        paper = self.typesetter.paper
        before = paper.length
        self.typesetter.flush()
        if feeds:
            paper.feed(_HEAD_TO_CUTTER + dots)
        elif not paper.blank and paper.white_below < _HEAD_TO_CUTTER:
            self._notice(
                "cut_through",
                f"the cut went through the last lines: {paper.white_below} dots of white before it, "
                f"the cutter is {_HEAD_TO_CUTTER} dots behind the print head",
            )
        self._works(paper.length - before, self.profile.cut_ms)
        self._cut(partial=bool(partial))

    def _cut(self, *, partial: bool) -> None:
        paper = self.typesetter.paper
        if paper.blank:
            paper.cut()
            return
        paper.write("[CUT]")
        self._out.append(Cut(paper.cut(), partial))

    def _pulse(self, pin: int) -> None:
        drawer = 2 if pin in (1, 49) else 1
        self.typesetter.paper.write(f"[DRAWER {drawer}]")
        self._out.append(Pulse(drawer))
        self._sense(replace(self.sensors, drawer_open=True))

    def _send_id(self, number: int) -> None:
        texts = {65: "1.00 SIM", 66: self.profile.maker, 67: self.profile.name, 68: "SIM000001"}
        if number in texts:
            self._reply(b"\x5f" + texts[number].encode() + b"\x00")
        elif number in (1, 49):
            self._reply(b"\x20")
        elif number in (2, 50):
            self._reply(b"\x02")

    def _response(self, payload: bytes) -> None:
        """GS ( H: function 48 confirms what was printed before it; function 49 asks to be told of offline."""
        if not self.profile.process_id:
            return
        if payload[:2] == b"\x30\x30" and len(payload) == _ID_LENGTH:
            self._reply(b"\x37\x22" + payload[2:] + b"\x00")
        elif payload[:2] == b"\x31\x30":
            self._line.offline_response = payload[2:3] in (b"1", b"2")

    def _notice(self, kind: str, sentence: str) -> None:
        self._out.append(Notice(kind, sentence))
