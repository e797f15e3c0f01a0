import asyncio

from devices.terminal.line import GONE, Line
from devices.terminal.steps import Connected, Heard, Input, Lost, Timers
from devices.terminal.transport import Transport, TransportError
from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.commands import diagnosis
from devices.terminal.zvt.messages import Accepted
from devices.terminal.zvt.serial_frame import ACK, NAK, encode
from devices.terminal.zvt.wire import SerialWire, TcpWire, Wire
from tests.unit.devices.terminal.bench import run, until

FAST = Timers(t1=0.02, t2=0.02, t3=0.5, t4=1.0)


class Cable:
    """Both ends of a transport in one."""

    def __init__(self) -> None:
        self.arrived: asyncio.Queue[bytes] = asyncio.Queue()
        self.written: list[bytes] = []
        self.closed = 0

    async def dial(self, _timeout: float) -> Transport:
        return self

    async def read(self) -> bytes:
        return await self.arrived.get()

    def write(self, data: bytes) -> None:
        self.written.append(data)

    async def close(self) -> None:
        self.closed += 1


def _line(cable: Cable, wire: type[TcpWire] | type[SerialWire] = TcpWire) -> tuple[Line, list[Input]]:
    heard: list[Input] = []
    make: type[Wire] = wire
    return Line(cable.dial, make, FAST, heard.append), heard


def test_messages_go_out_and_come_in() -> None:
    async def test() -> None:
        cable = Cable()
        line, heard = _line(cable)
        assert await line.open() == Connected(fresh=True)
        assert await line.open() == Connected()
        line.send(diagnosis())
        assert cable.written == [bytes.fromhex("067000")]
        cable.arrived.put_nowait(b"\x80\x00")
        cable.arrived.put_nowait(b"\x00")
        await until(lambda: bool(heard))
        assert heard == [Heard(Accepted())]
        await line.close()
        await line.close()
        assert cable.closed == 1
        line.send(diagnosis())
        assert len(cable.written) == 1

    run(test)


def test_a_terminal_that_hangs_up_is_told_once() -> None:
    async def test() -> None:
        cable = Cable()
        line, heard = _line(cable)
        await line.open()
        cable.arrived.put_nowait(b"")
        await until(lambda: bool(heard))
        assert heard == [Lost(GONE)]
        assert line.is_open
        await line.close()
        assert not line.is_open

    run(test)


def test_a_terminal_that_cannot_be_reached() -> None:
    async def test() -> None:
        async def dial(_timeout: float) -> Transport:
            raise TransportError("The terminal is away.")

        line = Line(dial, TcpWire, FAST, lambda _heard: None)
        assert await line.open() == Lost("The terminal is away.")
        assert not line.is_open

    run(test)


def test_a_frame_nobody_acknowledges_is_sent_three_times_then_the_line_is_lost() -> None:
    async def test() -> None:
        cable = Cable()
        line, heard = _line(cable, SerialWire)
        await line.open()
        line.send(diagnosis())
        await until(lambda: bool(heard))
        assert cable.written == [encode(diagnosis())] * 3
        assert isinstance(heard[0], Lost)
        assert "acknowledge" in heard[0].reason
        await line.close()

    run(test)


def test_half_a_frame_is_asked_for_again_and_timers_end_with_the_line() -> None:
    async def test() -> None:
        cable = Cable()
        line, heard = _line(cable, SerialWire)
        await line.open()
        frame = encode(Apdu(0x8000))
        cable.arrived.put_nowait(frame[:4])
        await until(lambda: NAK in cable.written)
        cable.arrived.put_nowait(frame)
        await until(lambda: bool(heard))
        assert cable.written == [NAK, ACK]
        line.send(diagnosis())
        await line.close()
        assert heard == [Heard(Accepted())]

    run(test)


def test_a_second_start_of_a_timer_replaces_the_first() -> None:
    async def test() -> None:
        cable = Cable()
        line, heard = _line(cable, SerialWire)
        await line.open()
        for byte in encode(Apdu(0x8000)):
            cable.arrived.put_nowait(bytes((byte,)))
        await until(lambda: bool(heard))
        assert cable.written == [ACK]
        await line.close()

    run(test)
