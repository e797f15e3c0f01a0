from dataclasses import replace

import pytest

from devices.terminal.evidence import result_of
from devices.terminal.exchange import Answer, Denied, Done, Failed, exchange, overhear
from devices.terminal.steps import Close, Connected, Lost, Session, Start, Timer, Woken
from devices.terminal.zvt.commands import diagnosis
from devices.terminal.zvt.messages import (
    Abort,
    Accepted,
    Completion,
    IntermediateStatus,
    Malformed,
    Message,
    Print,
    Refused,
    SetClock,
    Unknown,
)
from devices.terminal.zvt.status import StatusInformation
from tests.unit.devices.terminal.stage import Stage, stage

ASKED = "06 70 00"
OK = "80 00 00"


def _play(*inputs: Message | Timer | Lost | Woken | Connected) -> tuple[Answer, Stage]:
    played = stage(*inputs)
    return played.run(exchange(Session(), diagnosis())), played


def test_a_command_is_accepted_and_completed() -> None:
    answer, played = _play(Accepted(), Completion(status=0))
    assert answer == Done(Completion(status=0))
    assert played.sent == [ASKED, OK]
    assert played.running == {}


def test_everything_between_is_answered_and_kept() -> None:
    status = StatusInformation(result=0, receipt_no="0001")
    answer, played = _play(
        Accepted(),
        IntermediateStatus(0x0E),
        SetClock(),
        Print(("a", "b")),
        status,
        Print(("c",)),
        Completion(),
    )
    assert answer == Done(Completion(), (status,), ("a", "b", "c"))
    assert played.sent == [ASKED, *[OK] * 6]


def test_a_service_we_do_not_have_is_said_so() -> None:
    _, played = _play(Accepted(), Unknown("06 D8"), Completion())
    assert played.sent == [ASKED, "84 83 00", OK]


@pytest.mark.parametrize(
    ("inputs", "answer"),
    [((Refused(0x83),), Denied(0x83)), ((Accepted(), Abort(0x6C, "nein")), Denied(0x6C, "nein"))],
)
def test_a_terminal_may_say_no(inputs: tuple[Message, ...], answer: Denied) -> None:
    assert _play(*inputs)[0] == answer


@pytest.mark.parametrize(
    "inputs",
    [
        (Timer.T3,),
        (Accepted(), Timer.T4),
        (Lost("gone"),),
        (Accepted(), Malformed("06 0F", "cut")),
    ],
)
def test_no_answer_closes_the_line_and_the_registration_is_in_doubt(
    inputs: tuple[Message | Timer | Lost, ...],
) -> None:
    session = Session(registered=True)
    played = stage(*inputs)
    answer = played.run(exchange(session, diagnosis()))
    assert isinstance(answer, Failed)
    assert answer.reason.endswith(".") or answer.reason == "gone"
    assert played.effects[-1] == Close()
    assert not session.registered


def test_t4_runs_from_acceptance_and_begins_anew_at_each_sign_of_life() -> None:
    _, played = _play(Accepted(), IntermediateStatus(0x0E, 5), IntermediateStatus(0x0E, 1), Completion())
    assert [effect.seconds for effect in played.effects if isinstance(effect, Start)] == [
        5.0,
        180.0,
        300.0,
        180.0,
    ]


def test_wishes_second_answers_and_older_ends_do_not_disturb() -> None:
    answer, played = _play(
        Woken(), Connected(), Completion(), Abort(0x6C), Accepted(), Accepted(), Refused(0x9C), Completion()
    )
    assert answer == Done(Completion())
    assert played.sent == [ASKED, OK, OK, OK]


@pytest.mark.parametrize(("result", "answer"), [(0, "84 66 00"), (0x6C, OK)])
def test_a_late_approval_is_vetoed_where_nobody_waits_for_it(result: int, answer: str) -> None:
    _, played = _play(StatusInformation(result=result), Accepted(), Completion())
    assert played.sent == [ASKED, answer, OK]


PAID = StatusInformation(
    result=0,
    amount_minor=1234,
    currency="0978",
    receipt_no="0042",
    trace="000101",
    turnover_no="000042",
    terminal_id="52500041",
)
BOOKED = result_of(PAID, amount_minor=1234, currency="EUR")


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, OK),
        ({"currency": None}, OK),
        ({"terminal_id": "52500099"}, "84 66 00"),
        ({"receipt_no": "0043"}, "84 66 00"),
        ({"trace": "000102"}, "84 66 00"),
        ({"turnover_no": "000043"}, "84 66 00"),
        ({"amount_minor": 1235}, "84 66 00"),
        ({"currency": "0756"}, "84 66 00"),
    ],
)
def test_an_approval_told_again_is_acknowledged_again_not_reversed(
    changes: dict[str, str], answer: str
) -> None:
    session = Session(booked=BOOKED)
    told = replace(PAID, **changes)  # type: ignore[arg-type]  # a table
    played = stage(told, Accepted(), Completion())
    played.run(exchange(session, diagnosis()))
    assert played.sent == [ASKED, answer, OK]
    assert played.events == []
    idle = stage()
    idle.run(overhear(session, told))
    assert idle.sent == [answer]


def test_the_end_of_the_quiet_time_is_noted() -> None:
    session = Session()
    played = stage(Timer.QUIET, Accepted(), Completion())
    played.running[Timer.QUIET] = 1.0
    played.run(exchange(session, diagnosis()))
    assert session.quiet
