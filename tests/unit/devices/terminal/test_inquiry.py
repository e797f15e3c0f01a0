from dataclasses import replace

import pytest

from devices.terminal.attempt import Kind
from devices.terminal.dialogue import Order
from devices.terminal.evidence import Record, Result, result_of
from devices.terminal.inquiry import Inquiry
from devices.terminal.recovery import Verdict
from devices.terminal.steps import (
    Connected,
    Journal,
    Lost,
    Progress,
    Session,
    Start,
    Timer,
    Wishes,
    Woken,
)
from devices.terminal.zvt.messages import (
    Accepted,
    Completion,
    IntermediateStatus,
    Malformed,
    Message,
    Refused,
    Unknown,
)
from devices.terminal.zvt.status import StatusInformation
from tests.unit.devices.terminal.stage import Stage, stage

ORDER = Order("a1", Kind.SALE, 1234, "EUR")
OURS = StatusInformation(
    result=0, amount_minor=1234, currency="0978", receipt_no="0042", trace="000101", terminal_id="52500041"
)
OLD = replace(OURS, amount_minor=999, receipt_no="0041", trace="000100")
BASE = Record(terminal_id="52500041", receipt_no="0041", trace="000100", amount_minor=999, result="00")
REPORTED = result_of(OURS, amount_minor=1234, currency="EUR")
FRESH = Connected(fresh=True)
IDLE = (Accepted(), Completion(terminal_status=0))
BUSY = (Accepted(), Completion(terminal_status=0x9C))
REGISTERED = (Accepted(), Completion(status=0))

Given = Message | Timer | Lost | Woken | Connected


def _last(status: StatusInformation) -> tuple[Given, ...]:
    return Accepted(), status, Completion()


def _play(
    *inputs: Given, session: Session | None = None, reported: Result | None = None
) -> tuple[Verdict, Stage, Inquiry]:
    played = stage(*inputs)
    inquiry = Inquiry(session or Session(), ORDER, BASE, reported)
    return played.run(inquiry.run()), played, inquiry


@pytest.mark.parametrize(
    ("last", "reported", "verdict", "event"),
    [
        (OURS, None, Verdict.CHARGED, "found_charged"),
        (OURS, REPORTED, Verdict.CHARGED, "found_charged"),
        (replace(OURS, result=0x6C), None, Verdict.DECLINED, "found_declined"),
        (OLD, REPORTED, Verdict.NOTHING, "found_nothing"),
        (replace(OURS, receipt_no="0050"), None, Verdict.ESCALATE, "give_up"),
    ],
)
def test_one_question_settles_it(
    last: StatusInformation, reported: Result | None, verdict: Verdict, event: str
) -> None:
    found, played, _ = _play(FRESH, *IDLE, *_last(last), reported=reported)
    assert found is verdict
    assert played.events == [event]
    change = next(effect.change for effect in played.effects if isinstance(effect, Journal))
    assert change.result == (REPORTED if verdict is Verdict.CHARGED else None)
    assert bool(change.evidence) is (verdict is Verdict.ESCALATE)
    assert Timer.QUIET in played.running


@pytest.mark.parametrize("reported", [None, REPORTED])
def test_the_same_amount_in_another_currency_is_for_a_person(reported: Result | None) -> None:
    francs = replace(OURS, currency="0756")
    verdict, played, _ = _play(FRESH, *IDLE, *_last(francs), reported=reported)
    assert verdict is Verdict.ESCALATE
    assert played.events == ["give_up"]
    change = next(effect.change for effect in played.effects if isinstance(effect, Journal))
    assert change.result is None
    assert "currency 0756" in (change.reason or "")
    assert "0042" in (change.evidence or "")
    assert "currency 0756" in (change.evidence or "")


def test_a_record_without_a_currency_is_in_ours() -> None:
    verdict, _, _ = _play(FRESH, *IDLE, *_last(replace(OURS, currency=None)))
    assert verdict is Verdict.CHARGED


def test_without_a_query_a_person_decides() -> None:
    verdict, played, _ = _play(FRESH, *IDLE, Refused(0x83))
    assert verdict is Verdict.ESCALATE
    assert played.events == ["give_up"]


def test_an_unchanged_record_is_believed_after_the_quiet_time() -> None:
    verdict, played, inquiry = _play(
        FRESH,
        *IDLE,
        *_last(OLD),
        Timer.PAUSE,
        Connected(),
        *IDLE,
        *_last(OLD),
        Timer.QUIET,
        Connected(),
        *IDLE,
        *_last(OLD),
    )
    assert verdict is Verdict.NOTHING
    assert inquiry.tries == 3
    pauses = [one.seconds for one in played.effects if isinstance(one, Start) and one.timer is Timer.PAUSE]
    assert pauses == [1.0, 2.0]


def test_a_quiet_time_that_ends_in_the_middle_of_a_question_counts() -> None:
    verdict, _, _ = _play(FRESH, *IDLE, Accepted(), Timer.QUIET, OLD, Completion())
    assert verdict is Verdict.NOTHING


@pytest.mark.parametrize(("keeps", "settled"), [(True, True), (False, False)])
def test_a_restart_shows_in_a_lost_registration_only_where_it_is_usually_kept(
    keeps: bool,  # noqa: FBT001 - a table
    settled: bool,  # noqa: FBT001
) -> None:
    first: tuple[Given, ...] = (FRESH, *IDLE, Refused(0x6B), *REGISTERED, *_last(OLD))
    rest: tuple[Given, ...] = () if settled else (Timer.QUIET, Connected(), *IDLE, *_last(OLD))
    verdict, _, _ = _play(*first, *rest, session=Session(keeps_registration=keeps))
    assert verdict is Verdict.NOTHING


def test_a_restart_is_remembered_over_the_tries() -> None:
    verdict, _, _ = _play(
        FRESH,
        *IDLE,
        Refused(0x6B),
        *REGISTERED,
        Accepted(),
        Timer.T4,
        Timer.PAUSE,
        FRESH,
        *IDLE,
        Refused(0x6B),
        *REGISTERED,
        *_last(OLD),
        session=Session(keeps_registration=True),
    )
    assert verdict is Verdict.NOTHING


def test_it_goes_on_asking_a_terminal_that_is_away_busy_or_silent() -> None:
    verdict, played, inquiry = _play(
        Lost("away"),
        Timer.PAUSE,
        FRESH,
        *BUSY,
        Timer.PAUSE,
        Connected(),
        Timer.T3,
        Timer.PAUSE,
        FRESH,
        *IDLE,
        Accepted(),
        Lost("gone"),
        Timer.PAUSE,
        FRESH,
        *IDLE,
        *_last(OURS),
    )
    assert verdict is Verdict.CHARGED
    assert inquiry.tries == 5
    steps = [(one.step.value, one.tries) for one in played.effects if isinstance(one, Progress)]
    assert steps[:3] == [("connecting", 1), ("waiting", 1), ("connecting", 2)]
    assert steps[-2:] == [("asking", 5), ("deciding", 5)]


def test_a_late_approval_is_taken_while_the_sale_waits_for_it() -> None:
    verdict, played, inquiry = _play(FRESH, *BUSY, OURS, OURS, Completion(), Connected(), *IDLE, *_last(OURS))
    assert verdict is Verdict.CHARGED
    assert inquiry.reported == REPORTED
    assert played.order.index("journal -") < played.order.index("send 80 00", played.order.index("journal -"))
    assert played.events == ["-", "found_charged"]
    assert "84 66 00" not in played.sent


@pytest.mark.parametrize(
    ("late", "session", "reported"),
    [
        (OURS, Session(wishes=Wishes(abandon=True)), None),
        (OURS, Session(wishes=Wishes(abandon=True)), REPORTED),
        (replace(OURS, amount_minor=1), Session(), None),
        (replace(OURS, receipt_no="0043"), Session(), REPORTED),
    ],
)
def test_a_late_approval_that_is_not_wanted_is_vetoed(
    late: StatusInformation, session: Session, reported: Result | None
) -> None:
    _, played, _ = _play(
        FRESH, late, *IDLE, *_last(replace(OURS, result=0x6C)), session=session, reported=reported
    )
    assert "84 66 00" in played.sent


def test_what_else_the_terminal_says_between_the_tries_is_answered() -> None:
    _, played, _ = _play(
        FRESH,
        *BUSY,
        IntermediateStatus(0x0E),
        Unknown("06 D8"),
        Accepted(),
        Refused(0x9C),
        Woken(),
        replace(OURS, result=0x6C),
        Woken(),
        Connected(),
        Timer.PAUSE,
        Connected(),
        *IDLE,
        *_last(OURS),
    )
    assert played.sent[2:5] == ["80 00 00", "84 83 00", "80 00 00"]


def test_what_cannot_be_read_between_the_tries_is_not_acknowledged() -> None:
    _, played, _ = _play(FRESH, *BUSY, Malformed("04 0F", "cut"), Timer.PAUSE, FRESH, *IDLE, *_last(OURS))
    assert played.order[2:4] == ["close", "send 05 01"]


def test_a_line_lost_between_the_tries_is_opened_again() -> None:
    session = Session(registered=True)
    _, played, _ = _play(FRESH, *BUSY, Lost("gone"), Timer.PAUSE, FRESH, *IDLE, *_last(OURS), session=session)
    assert "close" in played.order
