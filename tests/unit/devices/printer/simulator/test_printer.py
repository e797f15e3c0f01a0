import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.printer.simulator.glyphs import Glyphs
from devices.printer.simulator.printer import Cut, Done, Notice, Output, Power, Printer, Pulse, Reply
from devices.printer.simulator.profile import profile_named
from devices.printer.simulator.script import Script, parse_line, parse_script

GLYPHS = Glyphs()
RECEIPT = b"\x1b@" + b"".join(b"line %d\n" % n for n in range(1, 11)) + b"\x1bd\x04\x1dV\x00"
PROCESS_ID = b"\x1d(H\x06\x0000"


def printer(*script: dict[str, object], profile: str = "TM-T88V", serial: bool = False) -> Printer:
    lines = parse_script("\n".join(json.dumps(line) for line in script))
    return Printer(profile_named(profile), Script(lines, 0), serial=serial, glyphs=GLYPHS)


def act(machine: Printer, do: str, now: float = 0) -> None:
    machine.add(parse_line(json.dumps({"do": do})), now)


def run_on(machine: Printer, now: float = 0, until: float = 60_000) -> list[Output]:
    """Let the machine run until it wants to be woken no more."""
    found = machine.run(now)
    while (wake := machine.next_wake()) is not None and wake < until:
        now = max(now, wake)
        found += machine.run(now)
    return found


def replies(outputs: list[Output]) -> bytes:
    return b"".join(output.data for output in outputs if isinstance(output, Reply))


def sheets(outputs: list[Output]) -> list[str]:
    return [output.sheet.text for output in outputs if isinstance(output, Cut)]


def test_a_receipt_is_printed_and_cut() -> None:
    machine = printer()
    machine.receive(RECEIPT, 0)
    assert machine.received == len(RECEIPT)
    (text,) = sheets(run_on(machine))
    assert text.splitlines()[0] == "line 1"
    assert text.splitlines()[9] == "line 10"
    assert text.endswith("[CUT]\n")
    assert machine.next_wake() is None


def test_printing_takes_the_time_the_paper_takes() -> None:
    machine = printer()
    machine.receive(b"a\n" * 80, 1000)
    assert len(machine.run(1000)) == 0
    assert machine.buffered == 158
    machine.run(1500)  # 500 ms at 2400 dots a second: 40 lines of 30 dots
    assert machine.buffered == 78
    machine.run(2000)
    assert machine.buffered == 0


def test_a_moment_that_has_passed_meanwhile_is_due_at_once() -> None:
    machine = printer()
    machine.receive(b"a\nb\nc\n", 0)
    machine.run(0)
    # Whoever carries out the outputs of a run may be late: the wake-up must not get lost.
    assert machine.next_wake() == 12.5


def test_the_process_id_comes_only_after_the_paper_before_it() -> None:
    machine = printer()
    machine.receive(b"a\n" * 40 + PROCESS_ID + b"A001" + b"\x1dV\x42\x00" + PROCESS_ID + b"B001", 0)
    assert replies(machine.run(0)) == b""
    assert replies(machine.run(499)) == b""
    assert replies(machine.run(500)) == b"\x37\x22A001\x00"
    assert replies(machine.run(600)) == b""
    assert replies(run_on(machine, 600)) == b"\x37\x22B001\x00"


def test_models_without_process_id_stay_silent() -> None:
    machine = printer(profile="generic-80mm")
    machine.receive(b"a\n" + PROCESS_ID + b"A001" + b"\x1dr\x01", 0)
    assert replies(run_on(machine)) == b"\x00"


def test_paper_end_stops_keeps_and_goes_on() -> None:
    machine = printer({"at_byte": 37, "do": "paper_out"})
    machine.receive(b"\x1da\x0f", 0)
    machine.receive(RECEIPT + PROCESS_ID + b"A001", 0)
    out = run_on(machine)
    assert replies(out) == bytes.fromhex("1000000f18000f0f")
    assert machine.typesetter.paper.lines == 4
    assert machine.buffered == len(RECEIPT) + 11 - 34
    machine.receive(b"\x10\x04\x04\x10\x04\x02", 0)
    assert replies(run_on(machine)) == b"\x7e\x32"
    act(machine, "paper_in", 5000)
    out = run_on(machine, 5000)
    assert replies(out) == bytes.fromhex("1000000f") + b"\x37\x22A001\x00"
    (text,) = sheets(out)
    assert [line for line in text.splitlines() if line.startswith("line")] == [
        f"line {n}" for n in range(1, 11)
    ]


def test_an_open_cover_stops_as_well() -> None:
    machine = printer()
    act(machine, "cover_open")
    machine.receive(RECEIPT, 0)
    assert sheets(run_on(machine)) == []
    machine.receive(b"\x10\x04\x01\x10\x04\x02", 0)
    assert replies(machine.run(0)) == b"\x1a\x16"
    act(machine, "cover_close", 1)
    assert len(sheets(run_on(machine, 1))) == 1


def test_power_off_empties_the_buffer_and_leaves_half_a_receipt() -> None:
    machine = printer({"at_byte": 37, "do": "power_off"}, {"after_ms": 100, "do": "power_on"})
    machine.receive(b"\x1da\x0f" + RECEIPT, 0)
    out = run_on(machine)
    assert Power(on=False) in out
    assert Power(on=True) in out
    assert out.index(Power(on=False)) < out.index(Power(on=True))
    assert (machine.buffered, sheets(out), machine.typesetter.paper.lines) == (0, [], 4)
    machine.receive(b"again\n\x1bd\x05\x1dV\x00", 500)
    (text,) = sheets(run_on(machine, 500))
    assert text.startswith("line 1\nline 2\nline 3\nline 4\nagain\n")


def test_without_power_nothing_is_taken_or_answered() -> None:
    machine = printer()
    act(machine, "power_off")
    act(machine, "power_off")
    assert machine.room(0) == 0
    machine.receive(b"\x10\x04\x01", 0)
    act(machine, "paper_out")
    assert [output for output in machine.run(0) if isinstance(output, Power)] == [Power(on=False)]
    act(machine, "power_on")
    act(machine, "power_on")
    assert [output for output in machine.run(0) if isinstance(output, Power)] == [Power(on=True)]
    assert machine.sensors.paper == "end"


def test_the_buffer_has_an_end() -> None:
    machine = printer()
    act(machine, "paper_out")
    assert machine.room(0) == 4096
    machine.receive(b"a\n" * 2000, 0)
    machine.run(0)
    assert machine.room(0) == 96


def test_real_time_answers_do_not_wait_for_the_buffer() -> None:
    machine = printer()
    machine.receive(b"a\n" * 1000 + b"\x10\x04\x01", 0)
    assert replies(machine.run(0)) == b"\x12"
    machine.receive(b"\x1dr\x01", 0)
    assert replies(machine.run(0)) == b""
    assert replies(run_on(machine)) == b"\x00"


def test_status_back_tells_changes_only_when_asked() -> None:
    machine = printer()
    act(machine, "near_end")
    assert replies(machine.run(0)) == b""
    machine.receive(b"\x1da\x08", 0)
    assert replies(run_on(machine)) == bytes.fromhex("1000030f")
    act(machine, "cover_open")
    assert replies(machine.run(0)) == b""
    act(machine, "paper_out")
    assert replies(machine.run(0)) == bytes.fromhex("38000f0f")
    act(machine, "paper_in")
    act(machine, "cover_close")
    machine.receive(b"\x1da\x00", 0)
    assert replies(run_on(machine)) == bytes.fromhex("3800000f")
    act(machine, "near_end")
    assert replies(machine.run(0)) == b""


def test_the_drawer_opens_and_is_seen() -> None:
    machine = printer()
    machine.receive(b"\x1da\x01\x1bp\x00\x19\xfa", 0)
    out = run_on(machine)
    assert Pulse(1) in out
    assert replies(out) == bytes.fromhex("1000000f1400000f")
    machine.receive(b"\x1dr\x02", 0)
    assert replies(run_on(machine)) == b"\x01"
    act(machine, "drawer_close")
    assert replies(machine.run(0)) == bytes.fromhex("1000000f")
    machine.receive(b"\x10\x14\x01\x01\x01", 0)
    assert Pulse(2) in machine.run(0)


def test_clear_empties_the_buffer_and_says_so() -> None:
    machine = printer()
    act(machine, "paper_out")
    machine.receive(RECEIPT + b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", 0)
    assert replies(machine.run(0)) == b"\x37\x25\x00"
    assert machine.buffered == 0
    act(machine, "paper_in")
    assert sheets(run_on(machine)) == []
    machine.receive(b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x09", 0)
    assert replies(run_on(machine)) == b""


def test_transmit_status_in_real_time() -> None:
    machine = printer()
    machine.receive(b"\x10\x14\x07\x01", 0)
    assert replies(machine.run(0)) == bytes.fromhex("1000000f")


@pytest.mark.parametrize(("request_", "left"), [(b"\x10\x05\x01", 1), (b"\x10\x05\x02", 0)])
def test_a_cutter_jam_is_recovered_from(request_: bytes, left: int) -> None:
    machine = printer()
    act(machine, "cutter_jam")
    machine.receive(RECEIPT + b"\x10\x04\x03", 0)
    assert replies(machine.run(0)) == b"\x1a"
    assert sheets(run_on(machine)) == []
    machine.receive(request_, 0)
    assert len(sheets(run_on(machine))) == left
    act(machine, "cutter_jam")
    act(machine, "cutter_clear")
    assert machine.sensors.online


def test_a_stall_answers_nothing_until_it_ends() -> None:
    machine = printer({"at_byte": 4, "do": "stall"})
    assert machine.room(0) == 4
    machine.receive(b"a\nb\n", 0)
    assert machine.room(0) == 0
    assert machine.stalled
    machine.receive(b"\x10\x04\x01", 0)
    assert [output for output in run_on(machine) if not isinstance(output, Done)] == []
    act(machine, "resume")
    run_on(machine)
    assert machine.typesetter.paper.lines == 2
    assert machine.room(0) == 4096


def test_xoff_holds_the_printing_and_resume_lets_it_on() -> None:
    machine = printer({"at_byte": 4, "do": "xoff"})
    machine.receive(b"a\nb\n", 0)
    assert replies(run_on(machine)) == b"\x13"
    assert machine.buffered == 4
    act(machine, "resume", 10)
    assert replies(run_on(machine, 10)) == b"\x11"
    assert machine.buffered == 0


def test_a_short_write_takes_the_rest_later() -> None:
    machine = printer({"at_byte": 4, "do": "short_write", "ms": 200})
    machine.receive(b"a\nb\n", 50)
    machine.run(50)
    assert machine.room(249) == 0
    machine.run(100)
    assert machine.next_wake() == 250
    assert machine.room(250) > 0


def test_a_serial_host_is_stopped_and_let_on() -> None:
    machine = printer(serial=True)
    act(machine, "cover_open")
    assert replies(machine.run(0)) == b"\x13"
    act(machine, "cover_close")
    assert replies(machine.run(0)) == b"\x11"
    machine.receive(b"a\n" * 2000, 0)
    assert replies(machine.run(0)) == b"\x13"
    assert replies(run_on(machine)) == b"\x11"


def test_a_cut_right_after_the_text_goes_through_it() -> None:
    machine = printer()
    machine.receive(b"a\n\x1dV\x00", 0)
    out = run_on(machine)
    assert [notice.kind for notice in out if isinstance(notice, Notice)] == ["cut_through"]
    machine.receive(b"a\n\x1dV\x41\x00", 0)
    out = run_on(machine)
    assert [notice for notice in out if isinstance(notice, Notice)] == []
    (cut,) = (output for output in out if isinstance(output, Cut))
    assert cut.sheet.ink.height == 30 + 96
    assert not cut.partial


def test_a_cut_of_blank_paper_is_no_receipt() -> None:
    machine = printer()
    machine.receive(b"\n\n\x1dV\x00", 0)
    assert sheets(run_on(machine)) == []


def test_a_person_feeds_and_tears() -> None:
    machine = printer()
    machine.receive(b"a\n", 0)
    run_on(machine)
    act(machine, "feed")
    act(machine, "tear")
    assert sheets(machine.run(0)) == ["a\n[CUT]\n"]


@pytest.mark.parametrize(
    ("number", "answer"),
    [
        (65, b"_1.00 SIM\0"),
        (66, b"_EPSON\0"),
        (67, b"_TM-T88V\0"),
        (68, b"_SIM000001\0"),
        (1, b" "),
        (50, b"\x02"),
    ],
)
def test_it_says_what_it_is(number: int, answer: bytes) -> None:
    machine = printer()
    machine.receive(b"\x1dI" + bytes((number,)) + b"\x1dI\xff", 0)
    assert replies(run_on(machine)) == answer


def test_legacy_paper_status_and_offline_response() -> None:
    machine = printer()
    machine.receive(b"\x1bv\x1d(H\x03\x00101\x1d(H\x02\x0099", 0)
    assert replies(run_on(machine)) == b"\x00"
    act(machine, "paper_out")
    assert replies(machine.run(0)) == b"\x37\x23\x00"


def test_unknown_commands_are_told_and_passed_over() -> None:
    machine = printer()
    machine.receive(b"\x1b\xffab\n", 0)
    out = run_on(machine)
    assert out == [Notice("unknown_command", "unknown command 1b ff, passed over")]
    assert machine.typesetter.paper.lines == 1


def test_a_script_line_by_time_wakes_the_machine() -> None:
    machine = printer({"after_ms": 300, "do": "near_end"})
    assert machine.run(0) == []
    assert machine.next_wake() == 300
    assert machine.run(300) == [Done("near_end")]


def test_a_live_line_may_wait_for_bytes() -> None:
    machine = printer()
    machine.add(parse_line('{"at_byte": 2, "do": "paper_out"}'), 0)
    machine.receive(b"a\nb\n", 0)
    run_on(machine)
    assert machine.buffered == 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.binary(max_size=40), st.sampled_from([b"\x1d(H\x06\x0000A001", b"\x10\x04\x01"])))
)
def test_no_bytes_stop_the_machine(pieces: list[bytes]) -> None:
    machine = printer()
    for piece in pieces:
        machine.receive(piece[: machine.room(0)], 0)
        run_on(machine)
    assert machine.buffered == 0
