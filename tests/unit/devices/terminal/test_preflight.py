import pytest

from devices.terminal.evidence import EMPTY, record_of
from devices.terminal.preflight import LastRecord, NoQuery, Unready, last_record, log_in, prepare
from devices.terminal.steps import Connected, Lost, Session, Timer
from devices.terminal.zvt.messages import Abort, Accepted, Completion, Message, Refused
from devices.terminal.zvt.status import StatusInformation
from tests.unit.devices.terminal.stage import Stage, stage

REGISTERED = (Accepted(), Completion(status=0, terminal_id="52500041"))
READY = (Accepted(), Completion(terminal_status=0, software="X 1"))
STATUS = StatusInformation(
    result=0, receipt_no="0041", trace="000100", terminal_id="52500041", amount_minor=5
)
LAST = (Accepted(), STATUS, Completion())
FRESH = Connected(fresh=True)

Inputs = tuple[Message | Connected | Lost | Timer, ...]


def _prepare(
    *inputs: Message | Connected | Lost | Timer, session: Session | None = None
) -> tuple[object, Stage]:
    played = stage(*inputs)
    return played.run(prepare(session or Session())), played


def test_a_fresh_line_is_registered_asked_and_its_last_record_is_the_baseline() -> None:
    session = Session()
    found, played = _prepare(FRESH, *REGISTERED, *READY, *LAST, session=session)
    assert found == LastRecord(record_of(STATUS), STATUS)
    assert played.sent[0].startswith("06 00")
    assert [text[:5] for text in played.sent if not text.startswith("80")] == ["06 00", "05 01", "06 20"]
    assert (session.registered, session.terminal_id, session.software) == (True, "52500041", "X 1")
    assert session.recovery_query


def test_a_line_in_use_is_not_registered_again() -> None:
    _, played = _prepare(Connected(), *READY, *LAST, session=Session(registered=True))
    assert played.sent[0].startswith("05 01")


def test_a_terminal_without_records_has_the_empty_baseline() -> None:
    found, _ = _prepare(FRESH, *REGISTERED, *READY, Accepted(), Abort(0xFF))
    assert found == LastRecord(EMPTY)


def test_a_terminal_that_forgot_its_registration_gets_it_again() -> None:
    session = Session(registered=True)
    found, _ = _prepare(Connected(), Refused(0x6B), *REGISTERED, *LAST, session=session)
    assert isinstance(found, LastRecord)
    assert session.registered


@pytest.mark.parametrize(
    ("inputs", "says", "busy"),
    [
        ((Lost("The terminal at x does not answer."),), "does not answer", False),
        ((FRESH, Refused(0x83)), "refuses to be registered", False),
        ((FRESH, Refused(0x9C)), "is busy", True),
        ((FRESH, Timer.T3), "did not answer", False),
        ((FRESH, *REGISTERED, Timer.T3), "did not answer", False),
        ((FRESH, *REGISTERED, Accepted(), Completion(terminal_status=0xDC)), "card is still in", True),
        ((FRESH, *REGISTERED, Accepted(), Completion(terminal_status=0x77)), "not ready (code 77)", False),
        ((FRESH, *REGISTERED, Refused(0x6B), Refused(0x83)), "refuses to be registered", False),
        ((FRESH, *REGISTERED, *READY, Accepted(), Abort(0x9C)), "is busy", True),
        (
            (FRESH, *REGISTERED, *READY, Accepted(), Abort(0xA0)),
            "cannot tell its last record (code A0)",
            False,
        ),
        ((FRESH, *REGISTERED, *READY, Refused(0x83)), "does not answer the recovery query", False),
        ((FRESH, *REGISTERED, *READY, Accepted(), Completion()), "does not answer the recovery query", False),
        ((FRESH, *REGISTERED, *READY, Accepted(), Timer.T4), "did not finish", False),
        ((FRESH, *REGISTERED, *READY, Refused(0x6B), Timer.T3), "did not answer", False),
    ],
)
def test_no_payment_is_armed_on_a_terminal_that(inputs: Inputs, says: str, busy: bool) -> None:  # noqa: FBT001
    found, _ = _prepare(*inputs)
    assert isinstance(found, Unready)
    assert says in found.sentence
    assert found.busy is busy


def test_a_lost_registration_is_told() -> None:
    played = stage(Refused(0x6B), *REGISTERED, *LAST)
    assert played.run(last_record(Session())) == LastRecord(record_of(STATUS), STATUS, lost_registration=True)
    played = stage(Refused(0x6B), *REGISTERED, Refused(0x83))
    assert played.run(last_record(Session())) == NoQuery()


def test_the_record_names_a_terminal_that_registration_did_not() -> None:
    session = Session()
    stage(*LAST).run(last_record(session))
    assert session.terminal_id == "52500041"


def test_log_in_says_nothing_when_all_is_well() -> None:
    assert stage(FRESH, *REGISTERED, *READY).run(log_in(Session())) is None
    assert stage(FRESH, *REGISTERED, Accepted(), Completion()).run(log_in(Session())) is None
