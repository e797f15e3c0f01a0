from devices.terminal.zvt.apdu import Apdu
from devices.terminal.zvt.commands import abort, accept, diagnosis
from devices.terminal.zvt.messages import Accepted, Completion, Refused
from devices.terminal.zvt.serial_frame import ACK, NAK, encode
from devices.terminal.zvt.wire import (
    Broken,
    Deliver,
    SerialWire,
    StartTimer,
    StopTimer,
    TcpWire,
    WireTimer,
    Write,
)

ACCEPTED = Apdu(0x8000)
IDLE = StopTimer(WireTimer.T1)


def test_tcp_carries_bare_messages() -> None:
    wire = TcpWire()
    assert wire.send(diagnosis()) == (Write(bytes.fromhex("067000")),)
    assert wire.receive(b"\x80\x00") == ()
    assert wire.receive(b"\x00\x84\x9c\x00") == (Deliver(Accepted()), Deliver(Refused(0x9C)))
    assert wire.expired(WireTimer.T1) == ()


def test_a_frame_is_acknowledged_before_it_is_worked_on() -> None:
    wire = SerialWire()
    assert wire.receive(encode(ACCEPTED)) == (Write(ACK), Deliver(Accepted()), IDLE)


def test_a_frame_in_the_middle_starts_t1_and_its_end_asks_again() -> None:
    wire = SerialWire()
    assert wire.receive(encode(ACCEPTED)[:4]) == (StartTimer(WireTimer.T1),)
    assert wire.expired(WireTimer.T1) == (Write(NAK),)
    assert wire.receive(encode(ACCEPTED)) == (Write(ACK), Deliver(Accepted()), IDLE)


def test_a_damaged_frame_is_asked_for_again() -> None:
    frame = bytearray(encode(ACCEPTED))
    frame[-1] ^= 1
    assert SerialWire().receive(bytes(frame)) == (Write(NAK), IDLE)


def test_ours_is_repeated_twice_then_the_wire_is_broken() -> None:
    wire, frame = SerialWire(), encode(diagnosis())
    assert wire.send(diagnosis()) == (Write(frame), StartTimer(WireTimer.T2))
    assert wire.expired(WireTimer.T2) == (Write(frame), StartTimer(WireTimer.T2))
    assert wire.receive(NAK) == (Write(frame), StartTimer(WireTimer.T2), IDLE)
    stopped, broken = wire.expired(WireTimer.T2)
    assert stopped == StopTimer(WireTimer.T2)
    assert isinstance(broken, Broken)
    assert wire.expired(WireTimer.T2) == ()
    assert wire.receive(NAK) == (IDLE,)


def test_the_next_message_waits_for_the_acknowledgement_of_the_last() -> None:
    wire = SerialWire()
    wire.send(accept())
    assert wire.send(abort()) == ()
    assert wire.receive(ACK) == (
        StopTimer(WireTimer.T2),
        Write(encode(abort())),
        StartTimer(WireTimer.T2),
        IDLE,
    )
    assert wire.receive(ACK) == (StopTimer(WireTimer.T2), IDLE)
    assert wire.receive(ACK) == (IDLE,)


def test_an_answer_stands_in_for_a_lost_acknowledgement() -> None:
    wire = SerialWire()
    wire.send(diagnosis())
    effects = wire.receive(encode(Apdu(0x060F)))
    assert effects == (Write(ACK), StopTimer(WireTimer.T2), Deliver(Completion()), IDLE)
    assert wire.expired(WireTimer.T2) == ()


def test_repr_of_what_is_written_hides_it() -> None:
    assert repr(Write(b"\x06\x00secret")) == "Write(8 bytes)"
