"""The terminal's behaviour, played by hand: literal bytes in and out, the clock moved by the test."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.simulator.profile import Identity, Timing
from devices.terminal.simulator.wire import Apdu
from tests.unit.devices.terminal.simulator.bench import (
    BUSY,
    OK,
    PAY_12_34,
    QUERY,
    REGISTER,
    REGISTER_QUIET,
    REGISTER_TLV,
    Bench,
)

READY = "06 0f 10 f0 f1 f2 43 48 4b 53 49 4d 20 31 2e 30 2e 30 00"


def test_registration_answers_then_completes_with_identity() -> None:
    bench = Bench()
    bench.connect()
    assert bench.say(REGISTER) == [OK, "06 0f 0a 19 00 29 52 50 00 41 49 09 78"]
    assert bench.say(OK) == []
    assert not bench.terminal.busy


def test_a_till_that_speaks_tlv_gets_tlv() -> None:
    bench = Bench()
    bench.connect()
    assert bench.say(REGISTER_TLV)[1].endswith("06 07 1f 44 04 52 50 00 41")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("06 00 06 12 34 56 3E 09 78", "84 83 00"),
        ("06 00 06 00 00 00 3E 08 40", "84 1e 03 6f 09 78"),
        ("06 00 02 00 00", "84 9a 00"),
        ("06 00 04 00 00 0A 3E", "84 9a 00"),
    ],
)
def test_a_registration_that_is_refused(command: str, answer: str) -> None:
    bench = Bench()
    bench.connect()
    assert bench.say(command) == [answer]
    assert bench.say(PAY_12_34) == ["84 6b 00"]


@pytest.mark.parametrize(
    "command", [PAY_12_34, QUERY, "06 10 03 00 00 00", "06 50 03 00 00 00", "06 31 03 00 00 00"]
)
def test_without_registration_nothing_that_touches_money(command: str) -> None:
    bench = Bench()
    bench.connect()
    assert bench.say(command) == ["84 6b 00"]


@pytest.mark.parametrize(
    "command", ["06 70 00", "06 93 03 00 00 00", "06 91 08 AA 26 11 23 0C 12 00 00", "06 79 00", "06 18 00"]
)
def test_errands_complete_even_without_registration(command: str) -> None:
    bench = Bench()
    bench.connect()
    assert bench.say(command) == [OK, "06 0f 00"]
    bench.say(OK)
    assert bench.displays == ["idle"]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("05 01 00", READY),
        ("05 01 03 00 00 00", READY),
        ("05 01 05 00 00 00 03 02", "06 0f 01 00"),
    ],
)
def test_status_enquiry(command: str, answer: str) -> None:
    bench = Bench()
    bench.connect()
    assert bench.say(command) == [OK, answer]


def test_log_off_forgets_the_registration() -> None:
    bench = Bench()
    bench.register()
    assert bench.say("06 02 00") == [OK]
    assert bench.say(PAY_12_34) == ["84 6b 00"]


@pytest.mark.parametrize("command", ["06 C0 00", "08 30 00", "06 22 00", "05 02 00"])
def test_what_this_terminal_does_not_know(command: str) -> None:
    bench = Bench()
    bench.register()
    assert bench.say(command) == ["84 83 00"]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("06 01 0A 04 00 00 00 00 12 34 49 08 40", "84 6f 00"),
        ("06 01 03 49 09 78", "84 9a 00"),
        ("06 01 07 04 00 00 00 00 00 00", "84 c8 00"),
        ("06 01 0A 04 00 00 00 00 12 34 0E 29 12", "84 a5 00"),
        ("06 01 01 99", "84 9a 00"),
        ("06 31 0A 12 34 56 04 00 00 00 00 12 34", "84 83 00"),
        ("06 30 06 12 34 56 87 00 01", "84 83 00"),
        ("06 30 0A 00 00 00 04 00 00 00 00 12 34", "84 9a 00"),
        ("06 30 09 00 00 00 87 00 01 49 08 40", "84 6f 00"),
        ("06 50 03 12 34 56", "84 83 00"),
        ("06 20 00", "84 83 00"),
    ],
)
def test_orders_that_are_refused_at_once(command: str, answer: str) -> None:
    bench = Bench()
    bench.register()
    assert bench.say(command) == [answer]
    assert not bench.terminal.busy
    assert bench.kept == []


def test_a_command_while_one_is_under_way_is_told_to_wait() -> None:
    bench = Bench()
    bench.register()
    bench.say(PAY_12_34)
    assert bench.say(PAY_12_34) == [BUSY]
    assert bench.say(REGISTER) == [BUSY]
    assert bench.say("05 01 00") == [BUSY]


def test_answers_nobody_waits_for_are_passed_over() -> None:
    bench = Bench()
    bench.register()
    assert bench.say(OK) == []
    assert bench.say("84 66 00") == []
    bench.say(PAY_12_34)
    bench.say(OK)
    assert bench.say(OK) == []  # the card phase waits for time, not for the till


def test_abort_when_idle_is_accepted_and_does_nothing() -> None:
    bench = Bench()
    bench.register()
    assert bench.say("06 B0 00") == [OK]
    assert not bench.terminal.busy


def test_abort_in_the_card_phase_ends_in_06_1e_6c() -> None:
    bench = Bench()
    bench.register()
    bench.say(PAY_12_34)
    bench.say(OK)
    assert bench.say("06 B0 00") == [OK, "06 1e 01 6c"]
    bench.say(OK)
    assert bench.kept == []
    assert bench.displays[-1] == "idle"


def test_abort_that_crosses_a_prompt_is_obeyed_afterwards() -> None:
    bench = Bench()
    bench.register()
    assert bench.say(PAY_12_34) == [OK, "04 ff 01 0a"]
    assert bench.say("06 B0 00") == [OK]
    assert bench.say(OK) == ["06 1e 01 6c"]


def test_abort_after_the_card_comes_too_late() -> None:
    bench = Bench()
    bench.register()
    bench.say(PAY_12_34)
    bench.until("04 ff 01 04")
    assert bench.say("06 B0 00") == [OK]
    bench.until("06 0f")
    assert bench.states == ["stored"]


def test_a_maker_without_abort_refuses_it() -> None:
    bench = Bench(profile="no_abort")
    bench.register()
    bench.say(PAY_12_34)
    assert bench.say("06 B0 00") == ["84 83 00"]


def test_keys_are_heard_only_while_something_is_under_way() -> None:
    bench = Bench()
    bench.register()
    assert not bench.press("cancel")
    bench.say(PAY_12_34)
    assert bench.press("cancel")
    assert bench.say(OK) == ["06 1e 01 6c"]


def test_a_restart_loses_memory_and_reverses_what_was_pending() -> None:
    bench = Bench()
    bench.register()
    bench.say(PAY_12_34)
    bench.until("04 0f")
    assert bench.states == ["pending"]
    bench.boot()
    assert bench.states == ["reversed"]
    assert bench.told[-1]["ledger"] == bench.ledger.entries[0].line()
    bench.connect()
    assert bench.say(PAY_12_34) == ["84 6b 00"]


def test_a_till_that_never_answers_gets_no_second_prompt_before_the_answer_time() -> None:
    bench = Bench(timing=Timing(answer=300))
    bench.register()
    bench.say(PAY_12_34)
    assert bench.wait(299) == []
    assert bench.terminal.due == 300
    bench.wait(1)
    assert bench.wait() == ["04 ff 01 04"]


def test_without_intermediate_status_only_the_result_is_sent() -> None:
    bench = Bench()
    bench.register(REGISTER_QUIET)
    assert bench.say(PAY_12_34) == [OK]
    assert bench.wait(10_000)[0].startswith("04 0f")


def test_another_identity_is_shown_and_asked_for() -> None:
    bench = Bench(identity=Identity(terminal_id="11112222", password="123456", currency="0756"))  # noqa: S106  # of a pretended terminal
    bench.connect()
    assert bench.say("06 00 06 12 34 56 3E 07 56") == [OK, "06 0f 0a 19 00 29 11 11 22 22 49 07 56"]


def test_after_the_link_is_lost_a_payment_goes_on_inside() -> None:
    bench = Bench()
    bench.register()
    bench.say(PAY_12_34)
    bench.lose()
    assert bench.terminal.busy
    bench.connect()
    assert bench.say("05 01 00") == [OK, READY[:-2] + "9c"]
    assert bench.say(REGISTER) == [BUSY]
    bench.say(OK)
    assert bench.wait(5_000) == []
    assert bench.states == ["reversed"]
    assert bench.say(REGISTER)[0] == OK


def test_the_link_lost_again_during_an_enquiry_leaves_the_payment_going() -> None:
    bench = Bench()
    bench.register()
    bench.say(PAY_12_34)
    bench.lose()
    bench.connect()
    bench.say("05 01 00")
    bench.lose()
    bench.wait(5_000)
    assert bench.states == ["reversed"]
    assert not bench.terminal.busy


def test_a_lost_link_with_nothing_under_way_is_no_event() -> None:
    bench = Bench()
    bench.register()
    assert bench.lose() == []
    assert not bench.terminal.busy


def test_abort_reaches_a_payment_that_lost_its_link() -> None:
    bench = Bench()
    bench.register()
    bench.say(PAY_12_34)
    bench.lose()
    bench.connect()
    assert bench.say("06 B0 00") == [OK]
    assert not bench.terminal.busy
    assert bench.kept == []


def test_a_late_status_is_sent_on_the_next_connection() -> None:
    bench = Bench(profile="late_status")
    bench.register()
    bench.say(PAY_12_34)
    bench.lose()
    bench.wait(60_000)
    assert bench.states == ["pending"]
    (status,) = bench.connect()
    assert status.startswith("04 0f")
    assert bench.say("05 01 00") == [BUSY]
    assert bench.say(OK) == ["06 0f 00"]
    assert bench.states == ["stored"]


def test_a_late_status_waits_for_an_enquiry_to_end() -> None:
    bench = Bench(profile="late_status")
    bench.register()
    bench.say(PAY_12_34)
    bench.lose()
    bench.connect()
    bench.say("05 01 00")
    assert bench.wait(4_000) == []
    assert bench.say(OK)[0].startswith("04 0f")


def test_a_late_status_nobody_fetches_is_reversed_in_the_end() -> None:
    bench = Bench(profile="late_status")
    bench.register()
    bench.say(PAY_12_34)
    bench.lose()
    bench.wait(700_000)
    assert bench.states == ["reversed"]
    assert bench.connect() == []


@given(
    st.lists(
        st.one_of(
            st.binary(max_size=20).map(lambda data: Apdu(0x0601, data)),
            st.sampled_from([0x0600, 0x0620, 0x0630, 0x0631, 0x0501, 0x06B0, 0x8000, 0x849C, 0x8466]).flatmap(
                lambda control: st.binary(max_size=20).map(lambda data: Apdu(control, data))
            ),
            st.sampled_from([REGISTER, PAY_12_34, QUERY, OK]).map(
                lambda text: Apdu(int(text[:5].replace(" ", ""), 16), bytes.fromhex(text[8:]))
            ),
            st.sampled_from(["connect", "lose", "wait", "restart", "card", "cancel", "approve"]),
        ),
        max_size=25,
    )
)
def test_no_order_of_events_breaks_the_terminal_or_its_book(events: list[Apdu | str]) -> None:
    bench = Bench()
    for event in events:
        if isinstance(event, Apdu):
            bench.say(bytes(event).hex())
        elif event == "restart":
            bench.boot()
        elif event in ("connect", "lose", "wait"):
            getattr(bench, event)()
        else:
            bench.press(event)
    bench.lose()
    bench.wait(1_000_000)
    assert not bench.terminal.busy
    assert "pending" not in bench.states
    assert bench.ledger.total() >= 0
