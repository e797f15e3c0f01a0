"""Payments: commit on acknowledgement and nothing else."""

from dataclasses import replace

import pytest

from devices.terminal.simulator.profile import Identity, Timing
from tests.unit.devices.terminal.simulator.bench import (
    OK,
    PAY_12_34,
    PAY_60_00,
    QUERY,
    REGISTER,
    REGISTER_BLOCKS,
    REGISTER_LINES,
    REGISTER_QUIET,
    REGISTER_TLV,
    Bench,
)

APPROVED = (
    "04 0f 6b 27 00 29 52 50 00 41 04 00 00 00 00 12 34 49 09 78 0b 00 00 01 0c 12 00 07 0d 11 23"
    " 22 f0 f8 ee ee ee ee ee ee 11 11 17 00 01 19 60 87 00 01 88 00 00 01 8a 0a 8b f0 f5 56 49 53 41 00"
    " 3b 30 30 37 39 31 39 00 00 2a 34 35 35 36 30 30 30 30 30 30 30 31 20 20 20"
    " 3c f0 f1 f5 5a 61 68 6c 75 6e 67 20 65 72 66 6f 6c 67 74 a0 00"
)


def registered(script: str = "", profile: str = "standard", command: str = REGISTER, **site: object) -> Bench:
    bench = Bench(script, profile, **site)
    bench.register(command)
    return bench


def test_an_unattended_payment_from_prompt_to_completion() -> None:
    bench = registered()
    assert bench.say(PAY_12_34) == [OK, "04 ff 01 0a"]
    assert bench.say(OK) == []
    assert bench.wait() == ["04 ff 01 04"]
    assert bench.say(OK) == []
    assert bench.wait() == ["04 ff 01 0b"]
    assert bench.say(OK) == [APPROVED]
    assert bench.states == ["pending"]
    assert bench.say(OK) == ["06 0f 00"]
    assert bench.states == ["stored"]
    assert bench.say(OK) == []
    assert bench.now == 1300
    assert bench.displays == ["idle", "present_card", "processing", "remove_card", "idle"]
    assert bench.ledger.total() == 1234


def test_fifty_and_more_ask_for_the_pin() -> None:
    bench = registered()
    bench.pay(PAY_60_00)
    assert bench.displays[1:] == ["present_card", "enter_pin", "processing", "remove_card", "idle"]
    status = next(message for message in bench.sent if message.startswith("04 0f"))
    assert " 19 70 " in status


def test_a_till_that_speaks_tlv_learns_how_the_holder_was_checked() -> None:
    bench = registered(command=REGISTER_TLV)
    bench.pay()
    assert bench.sent[-2].endswith(
        "06 22 2f 08 1f 10 01 00 1f 12 01 02"
        " 60 16 43 07 a0 00 00 00 03 10 10 44 0b 56 49 53 41 20 43 52 45 44 49 54"
    )


@pytest.mark.parametrize("answer", ["80 00 00", "84 00 00"])
def test_both_positive_answers_store(answer: str) -> None:
    bench = registered()
    bench.say(PAY_12_34)
    bench.until("04 0f")
    assert bench.say(answer) == ["06 0f 00"]
    assert bench.states == ["stored"]


@pytest.mark.parametrize("answer", ["84 66 00", "84 6c 00", "84 9d 07 04 00 00 00 00 05 00", "80 01 00"])
def test_any_other_answer_is_a_refusal_and_reverses(answer: str) -> None:
    bench = registered()
    bench.say(PAY_12_34)
    bench.until("04 0f")
    assert bench.say(answer) == ["04 ff 01 05"]
    assert bench.say(OK) == ["06 1e 01 6c"]
    assert bench.states == ["reversed"]


def test_no_answer_reverses_after_the_answer_time() -> None:
    bench = registered()
    bench.say(PAY_12_34)
    bench.until("04 0f")
    assert bench.wait(4_999) == []
    assert bench.states == ["pending"]
    assert bench.wait(1) == ["04 ff 01 05"]
    bench.wait()
    assert bench.states == ["reversed"]


def test_a_link_lost_before_the_answer_reverses_at_once() -> None:
    bench = registered()
    bench.say(PAY_12_34)
    bench.until("04 0f")
    bench.lose()
    assert bench.states == ["reversed"]
    assert not bench.terminal.busy


def test_a_link_lost_after_the_answer_changes_nothing() -> None:
    bench = registered()
    bench.say(PAY_12_34)
    bench.until("04 0f")
    bench.say(OK)
    bench.lose()
    assert bench.states == ["stored"]
    assert not bench.terminal.busy


def test_wait_repeats_the_status_after_two_seconds() -> None:
    bench = registered()
    bench.say(PAY_12_34)
    status = bench.until("04 0f")
    assert bench.say("84 9c 00") == []
    assert bench.wait(1_999) == []
    assert bench.wait(1) == [status]
    bench.say(OK)
    assert bench.states == ["stored"]


@pytest.mark.parametrize(
    ("fields", "profile", "sends"),
    [
        ("", "standard", 15),
        ("02 03", "standard", 3),
        ("01 04", "standard", 2),
        ("01 00", "standard", 1),
        ("02 00", "standard", 1),
        ("", "card_complete", 3),
    ],
)
def test_a_till_that_only_says_wait_is_given_up(fields: str, profile: str, sends: int) -> None:
    bench = registered(profile=profile, command=REGISTER_QUIET)
    data = bytes.fromhex("04 00 00 00 00 12 34" + fields)
    bench.say("06 01" + bytes((len(data),)).hex() + data.hex())
    bench.until("04 0f")
    while bench.states == ["pending"]:
        bench.say("84 9c 00" if bench.sent[-1].startswith("04 0f") else OK)
        bench.wait()
    assert sum(message.startswith("04 0f") for message in bench.sent) == sends
    assert bench.states == ["declined" if profile == "card_complete" else "reversed"]


def test_a_declined_payment_has_a_status_and_an_abort() -> None:
    bench = registered('{"on": "payment", "do": "decline", "code": "33"}')
    bench.say(PAY_12_34)
    status = bench.until("04 0f")
    assert status[9:14] == "27 33"
    assert " 88 00 00 01 " not in status
    assert bench.say(OK) == ["06 1e 01 33"]
    bench.say(OK)
    assert bench.states == ["declined"]
    assert bench.ledger.total() == 0


def test_a_decline_without_a_code_is_05() -> None:
    bench = registered('{"on": "payment", "do": "decline"}')
    assert bench.pay() == "06 1e 01 05"


@pytest.mark.parametrize(("line", "code"), [('"do": "cancel"', "6c"), ('"do": "cancel", "code": "64"', "64")])
def test_a_cancelled_payment_leaves_no_line(line: str, code: str) -> None:
    bench = registered(f'{{"on": "payment", {line}}}')
    assert bench.pay() == f"06 1e 01 {code}"
    assert bench.kept == []


@pytest.mark.parametrize(
    ("line", "answer"), [('"do": "busy"', "84 9c 00"), ('"do": "busy", "code": "77"', "84 77 00")]
)
def test_busy_is_an_answer_to_the_command(line: str, answer: str) -> None:
    bench = registered(f'{{"on": "payment", "amount": "12.34", {line}}}')
    assert bench.say(PAY_12_34) == [answer]
    assert bench.pay() == "06 0f 00"


def test_a_slow_host_takes_its_time() -> None:
    bench = registered('{"on": "payment", "do": "slow"}')
    bench.pay()
    assert bench.now == 20_000
    assert bench.states == ["stored"]


@pytest.mark.parametrize("delay", [0, 500])
def test_a_delay_is_the_whole_time_of_the_payment(delay: int) -> None:
    bench = registered(f'{{"on": "payment", "do": "approve", "delay_ms": {delay}}}')
    bench.pay()
    assert bench.now == delay


def test_a_wrong_pin_once_is_asked_again() -> None:
    bench = registered('{"on": "payment", "do": "wrong_pin"}')
    assert bench.pay() == "06 0f 00"
    assert bench.displays.count("enter_pin") == 2
    assert bench.displays.count("wrong_pin") == 1
    assert "04 ff 01 15" in bench.sent


def test_code_55_is_three_wrong_pins_and_a_decline() -> None:
    bench = registered('{"on": "payment", "do": "decline", "code": "55"}')
    assert bench.pay() == "06 1e 01 55"
    assert bench.displays.count("wrong_pin") == 3
    assert bench.states == ["declined"]


def test_the_cancel_key_works_at_the_pin() -> None:
    bench = registered()
    bench.say(PAY_60_00)
    bench.until("04 ff 01 01")
    bench.press("cancel")
    assert bench.say(OK) == ["06 1e 01 6c"]
    assert bench.kept == []


@pytest.mark.parametrize(
    ("keys", "last"),
    [
        (["card", "approve"], "06 0f 00"),
        (["approve"], "06 0f 00"),
        (["card", "decline"], "06 1e 01 05"),
        (["cancel"], "06 1e 01 6c"),
        (["card", "cancel"], "06 1e 01 6c"),
    ],
)
def test_by_hand_the_keypad_decides(keys: list[str], last: str) -> None:
    bench = registered(manual=True)
    bench.say(PAY_12_34)
    for key in keys:
        bench.say(OK)
        bench.press(key)
    while bench.terminal.busy:
        if not bench.say(OK):
            bench.wait()
    assert bench.sent[-1] == last


@pytest.mark.parametrize("keys", [[], ["card"]])
def test_by_hand_nobody_comes_and_the_payment_ends(keys: list[str]) -> None:
    bench = registered(manual=True, timing=Timing(keypad=9_000))
    bench.say(PAY_12_34)
    bench.say(OK)
    for key in keys:
        bench.press(key)
        bench.say(OK)
    assert bench.wait() == ["06 1e 01 6c"]
    assert bench.kept == []


def test_by_hand_a_wrong_pin_is_asked_again() -> None:
    bench = registered(manual=True, command=REGISTER_QUIET)
    bench.say(PAY_12_34)
    bench.press("wrong_pin")
    bench.wait(1_000)
    bench.press("approve")
    bench.wait(1_000)
    assert bench.displays.count("wrong_pin") == 1
    bench.say(OK)
    assert bench.states == ["stored"]


def test_a_rule_decides_even_where_the_keypad_would() -> None:
    bench = registered('{"on": "payment", "do": "approve"}', manual=True)
    assert bench.pay() == "06 0f 00"


@pytest.mark.parametrize(
    ("do", "changed"),
    [
        ("wrong_amount", "04 00 00 00 00 12 35"),
        ("wrong_terminal", "29 52 50 00 42"),
        ("wrong_currency", "49 08 40"),
        ("clear_pan", "22 f0 f8 41 11 11 11 11 11 11 11"),
    ],
)
def test_a_status_bent_by_a_script_is_still_booked_as_it_was(do: str, changed: str) -> None:
    bench = registered(f'{{"on": "status", "do": "{do}"}}')
    bench.say(PAY_12_34)
    assert changed in bench.until("04 0f")
    bench.say(OK)
    assert bench.ledger.total() == 1234


def test_clear_card_data_stands_in_every_place_a_bad_terminal_puts_it() -> None:
    bench = registered('{"on": "status", "do": "clear_pan"}')
    bench.say(PAY_12_34)
    status = bytes.fromhex(bench.until("04 0f"))
    assert b"\x23\xf1\xf4\x41\x11\x11\x11\x11\x11\x11\x11\xd3\x01\x22\x01\x00\x00" in status
    assert b"Karte 4111111111111111" in status


def test_a_currency_bent_where_it_was_dollars_already() -> None:
    bench = Bench('{"on": "status", "do": "wrong_currency"}', identity=Identity(currency="0756"))
    bench.connect()
    bench.say("06 00 06 00 00 00 36 07 56")
    bench.say(OK)
    bench.say("06 01 07 04 00 00 00 00 12 34")
    assert " 49 08 40 " in bench.until("04 0f")


@pytest.mark.parametrize(
    ("do", "end"),
    [
        ("unknown_tag", "06 05 df 55 02 01 02"),
        ("unknown_bmp", "99 01"),
        ("cut_short", "3c f0 f9 f9 74 6f 20 62 65 20 63 6f 6e 74 69 6e 75 65 64"),
    ],
)
def test_a_status_with_something_strange_at_its_end(do: str, end: str) -> None:
    bench = registered(f'{{"on": "status", "do": "{do}"}}')
    bench.say(PAY_12_34)
    assert bench.until("04 0f").endswith(end)


def test_a_status_of_more_than_254_bytes() -> None:
    bench = registered('{"on": "status", "do": "long_text"}')
    bench.say(PAY_12_34)
    assert bench.until("04 0f").startswith("04 0f ff 9b 01 27 00 ")


def test_a_duplicate_status_books_once() -> None:
    bench = registered('{"on": "status", "do": "duplicate"}')
    bench.say(PAY_12_34)
    status = bench.until("04 0f")
    assert bench.say(OK) == [status]
    assert bench.states == ["stored"]
    assert bench.say(OK) == ["06 0f 00"]
    assert bench.ledger.total() == 1234


def test_a_late_status_comes_on_the_next_connection() -> None:
    bench = registered('{"on": "status", "do": "late"}')
    bench.say(PAY_12_34)
    bench.until("04 ff 01 0b")
    assert bench.say(OK) == []
    assert bench.say("05 01 00")[1].endswith("9c")
    bench.say(OK)
    bench.lose()
    assert bench.connect()[0].startswith("04 0f")
    bench.say(OK)
    assert bench.states == ["stored"]


def test_a_late_status_with_a_time_comes_after_it() -> None:
    bench = registered('{"on": "status", "do": "late", "ms": 7000}')
    bench.say(PAY_12_34)
    bench.until("04 ff 01 0b")
    assert bench.say(OK) == []
    assert bench.wait(6_999) == []
    assert bench.wait(1)[0].startswith("04 0f")


def test_an_abort_after_the_commit_leaves_it_stored() -> None:
    bench = registered('{"on": "status", "do": "abort_after"}')
    assert bench.pay() == "06 1e 01 6c"
    assert bench.states == ["stored"]


def test_card_complete_declines_what_was_not_acknowledged() -> None:
    bench = registered(profile="card_complete", command=REGISTER_QUIET)
    bench.say(PAY_12_34)
    assert bench.sent[-1] == "04 ff 01 0a"  # whatever the till asked for
    bench.until("04 0f")
    bench.lose()
    assert bench.states == ["declined"]
    bench.connect()
    assert " 27 6c " in f" {bench.say(QUERY)[1]} "


def test_a_slow_reversal_keeps_the_terminal_busy() -> None:
    bench = registered(profile="slow_reversal")
    bench.say(PAY_12_34)
    bench.until("04 0f")
    bench.lose()
    bench.connect()
    assert bench.states == ["pending"]
    assert bench.say(QUERY) == ["84 9c 00"]
    bench.wait(8_000)
    assert bench.states == ["reversed"]
    assert bench.say(QUERY)[0] == OK


def test_receipts_come_line_by_line_to_a_till_that_asked() -> None:
    bench = registered(command=REGISTER_LINES)
    bench.pay()
    lines = [message for message in bench.sent if message.startswith("06 d1")]
    assert len([line for line in lines if line == "06 d1 01 81"]) == 2
    text = b"\n".join(bytes.fromhex(line)[4:] for line in lines).decode("cp437")
    assert "Händlerbeleg" in text
    assert "Kundenbeleg" in text
    assert "############1111" in text
    assert "4111111111111111" not in text


def test_receipts_come_as_blocks_to_a_till_that_takes_them() -> None:
    bench = registered(command=REGISTER_BLOCKS)
    bench.pay()
    blocks = [message for message in bench.sent if message.startswith("06 d3")]
    assert [block.split(" 1f 07 01 ")[1][:2] for block in blocks] == ["01", "02"]


@pytest.mark.parametrize("answer", ["84 cc 00", None])
def test_a_receipt_that_does_not_print_reverses_nothing(answer: str | None) -> None:
    bench = registered(command=REGISTER_BLOCKS)
    bench.say(PAY_12_34)
    bench.until("06 d3")
    if answer is None:
        bench.lose()
    else:
        assert bench.say(answer) == ["06 0f 00"]
    assert bench.states == ["stored"]


@pytest.mark.parametrize(("answer", "state"), [("84 cc 00", "reversed"), (OK, "stored")])
def test_a_maker_that_commits_after_the_prints(answer: str, state: str) -> None:
    bench = Bench()
    bench.profile = replace(bench.profile, commit_after_prints=True)
    bench.boot()
    bench.register(REGISTER_BLOCKS)
    bench.say(PAY_12_34)
    bench.until("06 d3")
    assert bench.states == ["pending"]
    bench.say(answer)
    while bench.terminal.busy:
        if not bench.say(OK):
            bench.wait()
    assert bench.states == [state]
