import pytest

from devices.terminal.login import DayEnd, end_day, idle, learn_registration
from devices.terminal.preflight import Unready
from devices.terminal.steps import Close, Connected, Lost, Session, Timer, Woken
from devices.terminal.zvt.messages import (
    Abort,
    Accepted,
    Completion,
    IntermediateStatus,
    Malformed,
    Message,
    Print,
    Refused,
    Unknown,
)
from devices.terminal.zvt.status import StatusInformation
from tests.unit.devices.terminal.stage import stage

FRESH = Connected(fresh=True)
REGISTERED = (Accepted(), Completion(status=0))
READY = (Accepted(), Completion(terminal_status=0))
LAST = (Accepted(), StatusInformation(result=0, receipt_no="0041"), Completion())

Given = Message | Timer | Lost | Woken | Connected


@pytest.mark.parametrize(
    ("inputs", "kept"),
    [
        ((FRESH, *LAST), True),
        ((FRESH, Refused(0x6B), *REGISTERED, *LAST), False),
        ((Lost("away"),), None),
        ((FRESH, Timer.T3), None),
    ],
)
def test_whether_a_registration_outlives_its_connection(inputs: tuple[Given, ...], kept: bool | None) -> None:  # noqa: FBT001
    session = Session(registered=True)
    played = stage(*inputs)
    assert played.run(learn_registration(session)) is kept
    assert played.effects[0] == Close()
    assert session.registered is (kept is not None)


def test_the_end_of_the_day_brings_lines_and_a_total() -> None:
    closing = StatusInformation(result=0, amount_minor=5000)
    played = stage(FRESH, *REGISTERED, *READY, Accepted(), closing, Print(("Kassenschnitt",)), Completion())
    assert played.run(end_day(Session())) == DayEnd(("Kassenschnitt",), 5000)
    assert "06 50 03 00 00 00" in played.sent


def test_an_end_of_day_without_a_total() -> None:
    played = stage(FRESH, *REGISTERED, *READY, Accepted(), Completion())
    assert played.run(end_day(Session())) == DayEnd()


def test_a_terminal_that_asks_for_its_end_of_day_gets_it() -> None:
    wants = (Accepted(), Completion(terminal_status=0xF0))
    assert stage(FRESH, *REGISTERED, *wants, Accepted(), Completion()).run(end_day(Session())) == DayEnd()


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        ((Lost("The terminal is away."),), "away"),
        ((FRESH, *REGISTERED, *READY, Refused(0x9C)), "code 9C"),
        ((FRESH, *REGISTERED, *READY, Accepted(), Abort(0xA0)), "code A0"),
        ((FRESH, *REGISTERED, *READY, Accepted(), Timer.T4), "did not finish"),
    ],
)
def test_an_end_of_day_that_fails_says_why(inputs: tuple[Given, ...], says: str) -> None:
    ended = stage(*inputs).run(end_day(Session()))
    assert isinstance(ended, Unready)
    assert says in ended.sentence


@pytest.mark.parametrize("end", [Timer.PAUSE, Woken(), Lost("gone")])
def test_idling_ends_with_the_time_a_wish_or_the_line(end: Given) -> None:
    session = Session(registered=True)
    stage(end).run(idle(session, 60))
    assert session.registered is not isinstance(end, Lost)


def test_what_cannot_be_read_is_not_acknowledged() -> None:
    session = Session(registered=True)
    played = stage(Malformed("04 0F", "cut"))
    played.run(idle(session, 60))
    assert played.order == ["close"]
    assert not session.registered


def test_nothing_said_while_idle_moves_money() -> None:
    played = stage(
        StatusInformation(result=0),
        StatusInformation(result=0x6C),
        Unknown("06 D8"),
        Accepted(),
        Refused(0x9C),
        IntermediateStatus(0x0E),
        Connected(),
        Timer.PAUSE,
    )
    played.run(idle(Session(), 60))
    assert played.sent == ["84 66 00", "80 00 00", "84 83 00", "80 00 00"]
