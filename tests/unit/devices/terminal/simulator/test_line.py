"""Faults at every byte of a payment, on TCP and serial: the ledger agrees with what was acknowledged."""

from collections.abc import Callable

import pytest

from devices.terminal.simulator.line import Line
from devices.terminal.simulator.script import ByteRule, LinkRule, PaymentRule
from devices.terminal.simulator.serial import SerialLink, framed
from devices.terminal.simulator.stream import Link, StreamLink
from devices.terminal.simulator.wire import Apdu
from tests.unit.devices.terminal.simulator.bench import PAY_12_34, REGISTER, REGISTER_TLV
from tests.unit.devices.terminal.simulator.rig import ABORT, COMPLETION, STATUS, Rig

LINKS = pytest.mark.parametrize("make_link", [StreamLink, SerialLink])


def registered(make_link: Callable[[], Link], command: str = REGISTER) -> Rig:
    rig = Rig(make_link)
    rig.connect()
    rig.command(command)
    rig.heard.clear()
    rig.passed = {"in": 0, "out": 0}
    return rig


def paid(make_link: Callable[[], Link], *fault: object) -> Rig:
    rig = registered(make_link, REGISTER_TLV)
    if fault:
        rig.arm(*fault)  # type: ignore[arg-type]  # a fault's three parts
    rig.command(PAY_12_34)
    rig.pass_time()
    return rig


def agrees(rig: Rig, *, intact: bool = True) -> None:
    """What a till may believe must be so; not `intact`: it may have misread what it was told."""
    (*_, state) = rig.bench.states or ["none"]
    assert len(rig.bench.states) <= 1
    assert state != "pending"
    if COMPLETION in rig.controls():
        assert state == "stored"
    if state == "stored" and intact:
        assert STATUS in rig.controls()
    assert rig.bench.ledger.total() == (1234 if state == "stored" else 0)


@LINKS
def test_a_payment_without_faults(make_link: Callable[[], Link]) -> None:
    rig = paid(make_link)
    assert rig.controls() == [0x8000, 0x04FF, 0x04FF, 0x04FF, STATUS, COMPLETION]
    assert rig.bench.states == ["stored"]


@LINKS
@pytest.mark.parametrize("do", ["drop", "rst", "half_open", "power_off", "corrupt", "stall"])
@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_fault_at_every_byte_leaves_the_ledger_right(
    make_link: Callable[[], Link], do: str, direction: str
) -> None:
    size = paid(make_link).passed[direction]
    seen = set()
    for at_byte in range(size + 1):
        rig = paid(make_link, at_byte, direction, do)
        struck = any("fault" in event for event in rig.events)
        assert struck == (at_byte < size)
        agrees(rig, intact=do != "corrupt" or make_link is SerialLink)
        seen.update(rig.bench.states)
    assert "stored" in seen
    # A stall of a tenth of a second harms nobody; on TCP a corrupted byte may go unseen.
    assert "reversed" in seen or do in ("stall", "corrupt")


@pytest.mark.parametrize("do", ["drop", "power_off"])
def test_the_commit_lies_exactly_at_the_last_byte_of_the_answer(do: str) -> None:
    """Till to terminal: payment 15 bytes, three prompts answered with 3 each, then the answer that counts."""
    answer = 15 + 3 * 3
    states = [paid(StreamLink, at_byte, "in", do).bench.states for at_byte in range(answer - 1, answer + 4)]
    assert states == [["reversed"]] * 4 + [["stored"]]


def test_a_corrupted_frame_on_the_serial_line_is_repeated_and_comes_through() -> None:
    size = paid(SerialLink).passed["out"]
    for at_byte in range(size):
        assert paid(SerialLink, at_byte, "out", "corrupt").bench.states == ["stored"], at_byte


def test_half_open_tells_nobody_until_it_is_reset() -> None:
    rig = registered(StreamLink)
    rig.arm(0, "in", "half_open")
    rig.command(PAY_12_34)
    assert rig.line.linked
    assert rig.heard == []
    rig.pass_time()
    assert not rig.line.linked
    assert {"hung up": "reset"} in rig.events


def test_half_open_without_an_end_lasts_until_the_till_is_gone() -> None:
    rig = registered(StreamLink)
    rig.line.adopt(ByteRule(0, "out", "half_open"))
    rig.command(PAY_12_34)
    rig.pass_time()
    assert rig.line.linked
    assert rig.bench.states == ["reversed"]
    rig.line.closed()
    rig.line.closed()
    assert [event for event in rig.events if "link" in event] == [{"link": "connected"}, {"link": "lost"}]


def test_a_new_till_takes_the_place_of_the_old() -> None:
    rig = registered(StreamLink)
    rig.command(PAY_12_34)
    rig.connect()
    assert rig.bench.terminal.busy
    rig.pass_time()
    assert rig.bench.states == ["reversed"]


def frozen(until: str) -> Rig:
    """A payment whose cable was pulled at the card prompt, run until its ledger line is in this state."""
    rig = registered(StreamLink)
    rig.command(PAY_12_34)
    rig.line.freeze()
    while rig.bench.states != [until]:
        assert rig.bench.terminal.due is not None
        rig.bench.now = rig.bench.terminal.due
        rig.bench.terminal.tick(rig.bench.now)
        rig.flush()
    return rig


def test_a_cable_plugged_in_time_changes_nothing() -> None:
    rig = frozen(until="pending")
    rig.line.thaw(deliver=True)
    rig.converse()
    rig.pass_time()
    assert rig.bench.states == ["stored"]


def test_a_status_that_arrives_after_the_reversal_books_nothing() -> None:
    rig = frozen(until="reversed")
    rig.line.thaw(deliver=True)
    rig.converse()
    rig.pass_time()
    assert STATUS in rig.controls()
    assert rig.controls()[-1] == ABORT
    assert rig.bench.states == ["reversed"]


def test_what_a_serial_cable_did_not_carry_is_lost() -> None:
    rig = frozen(until="reversed")
    rig.line.thaw(deliver=False)
    rig.converse()
    assert STATUS not in rig.controls()


def test_bytes_heard_while_the_cable_is_out_arrive_when_it_is_in() -> None:
    rig = registered(StreamLink)
    rig.line.freeze()
    rig.command(PAY_12_34)
    assert rig.heard == []
    rig.line.thaw(deliver=True)
    rig.converse()
    assert rig.controls()[0] == 0x8000


def test_a_stall_holds_what_comes_after_it_in_order() -> None:
    rig = registered(StreamLink)
    rig.arm(1, "in", "stall")
    rig.command(PAY_12_34)
    rig.line.heard(b"")
    assert rig.heard == []
    rig.pass_time()
    assert rig.controls()[-1] == COMPLETION


def test_a_stall_ends_with_its_connection() -> None:
    rig = registered(StreamLink)
    rig.arm(1, "in", "stall")
    rig.command(PAY_12_34)
    rig.connect()
    rig.line.freeze()
    rig.pass_time()
    rig.line.thaw(deliver=True)
    assert not rig.bench.terminal.busy


@pytest.mark.parametrize(("do", "default"), [("stall", 1_000), ("power_off", 3_000)])
def test_accidents_without_a_time_have_their_own(do: str, default: int) -> None:
    rig = registered(StreamLink)
    rig.line.adopt(ByteRule(0, "in", do))  # type: ignore[arg-type]  # a word of the format
    rig.command(PAY_12_34)
    assert [due - rig.bench.now for due, _ in rig.timers] == [default]


def test_segments_of_one_byte() -> None:
    rig = registered(StreamLink)
    pieces: list[bytes] = []
    rig.line = Line(Recorder(pieces), StreamLink, rig.events.append, lambda: 0, rig._later)
    rig.line.adopt(LinkRule(1))
    rig.line.adopt(PaymentRule("payment", "approve"))
    rig.line.opened()
    rig.line.send(Apdu(0x060F))
    assert pieces == []  # nobody listens at the terminal's end yet
    rig.line.listener = rig
    rig.line.send(Apdu(0x060F))
    assert pieces == [b"\x06", b"\x0f", b"\x00"]
    rig.line.adopt(ByteRule(0, "out", "power_off"))
    rig.line.listener = None
    rig.line.closed()


class Recorder:
    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces

    def write(self, data: bytes) -> None:
        self.pieces.append(data)

    def hang_up(self, *, reset: bool = False) -> None:
        assert not reset


def test_a_serial_till_that_never_acknowledges_is_given_up() -> None:
    rig = registered(SerialLink)
    rig.open = False
    rig.line.heard(framed(Apdu(0x0601, bytes.fromhex("04 00 00 00 00 12 34 49 09 78"))))
    rig.pass_time()
    assert {"link": "given up"} in rig.events
    assert rig.bench.states == ["reversed"]
    assert ABORT not in rig.controls()


def test_without_a_till_messages_are_lost() -> None:
    rig = Rig(StreamLink)
    rig.line.send(Apdu(0x060F))
    assert rig.passed["out"] == 0
