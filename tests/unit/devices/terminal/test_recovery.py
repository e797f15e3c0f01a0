from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.attempt import Kind
from devices.terminal.evidence import EMPTY, Record, Result
from devices.terminal.recovery import (
    DECISIONS,
    EVENTS,
    REASONS,
    Answer,
    Case,
    Place,
    Verdict,
    decide,
    is_next,
    place,
)

BASE = Record(
    terminal_id="52500041",
    receipt_no="0041",
    trace="000100",
    turnover_no="000041",
    amount_minor=999,
    result="00",
)
OURS = Record(
    terminal_id="52500041",
    receipt_no="0042",
    trace="000101",
    turnover_no="000042",
    amount_minor=1234,
    result="00",
)
REPORTED = Result("00", 1234, "EUR", "0042", "000101", "000042", "52500041")
ARMED = Case(Kind.SALE, 1234, BASE)
AUTHORISED = Case(Kind.SALE, 1234, BASE, REPORTED)
AUTO_REVERSAL = replace(OURS, receipt_no="0043", trace="000102", original_trace="000101")


@pytest.mark.parametrize(
    ("case", "last", "verdict"),
    [
        # Row by row as the design has it.
        (ARMED, BASE, Verdict.WAIT),
        (ARMED, OURS, Verdict.CHARGED),
        (ARMED, replace(OURS, result="6C"), Verdict.DECLINED),
        (ARMED, replace(OURS, amount_minor=1235), Verdict.ESCALATE),
        (ARMED, replace(OURS, receipt_no="0043"), Verdict.ESCALATE),
        (ARMED, replace(OURS, terminal_id="52500099"), Verdict.ESCALATE),
        (
            ARMED,
            replace(BASE, receipt_no=None, trace=None, turnover_no=None, amount_minor=50_000),
            Verdict.ESCALATE,
        ),
        (ARMED, None, Verdict.ESCALATE),
        (ARMED, AUTO_REVERSAL, Verdict.NOTHING),
        (ARMED, replace(AUTO_REVERSAL, result="6F"), Verdict.ESCALATE),
        (ARMED, EMPTY, Verdict.ESCALATE),
        (AUTHORISED, OURS, Verdict.CHARGED),
        (AUTHORISED, replace(OURS, result="FF"), Verdict.NOTHING),
        (AUTHORISED, BASE, Verdict.NOTHING),
        (AUTHORISED, AUTO_REVERSAL, Verdict.NOTHING),
        (AUTHORISED, replace(AUTO_REVERSAL, result="6F"), Verdict.ESCALATE),
        (AUTHORISED, replace(OURS, trace="000109"), Verdict.ESCALATE),
        (AUTHORISED, replace(OURS, receipt_no="0050", trace="000110"), Verdict.ESCALATE),
        (AUTHORISED, None, Verdict.ESCALATE),
        # The shopper before paid the same amount.
        (replace(ARMED, amount_minor=999), BASE, Verdict.WAIT),
    ],
)
def test_the_table(case: Case, last: Record | None, verdict: Verdict) -> None:
    assert decide(case, Answer(last)) is verdict


@pytest.mark.parametrize("changes", [{"quiet": True}, {"restarted": True}])
def test_an_unchanged_record_means_nothing_once_nothing_can_come_any_more(changes: dict[str, bool]) -> None:
    assert decide(ARMED, Answer(BASE, **changes)) is Verdict.NOTHING


@pytest.mark.parametrize("last", [BASE, OURS, None])
def test_a_busy_terminal_is_not_believed(last: Record | None) -> None:
    assert decide(ARMED, Answer(last, idle=False, quiet=True, restarted=True)) is Verdict.WAIT


@pytest.mark.parametrize(
    ("ours", "theirs", "newer"),
    [
        (("0041", "000100"), ("0042", "000101"), True),
        (("9999", "000100"), ("0001", "000101"), True),
        (("0041", "999999"), ("0042", "000001"), True),
        (("0041", "000100"), ("0042", "000103"), True),
        (("0041", "000100"), ("0042", "000100"), False),
        (("0041", "000100"), ("0043", "000101"), False),
        (("0041", "000100"), ("0040", "000099"), False),
        (("0041", None), ("0042", None), True),
        ((None, "000100"), (None, "000101"), True),
        ((None, "000100"), (None, "000102"), False),
        ((None, None), (None, None), False),
        (("0041", "000100"), ("0041", "000101"), False),
    ],
)
def test_exactly_one_step_newer(
    ours: tuple[str | None, str | None],
    theirs: tuple[str | None, str | None],
    newer: bool,  # noqa: FBT001 - a table
) -> None:
    before = Record(receipt_no=ours[0], trace=ours[1], result="00")
    assert is_next(before, Record(receipt_no=theirs[0], trace=theirs[1], result="00")) is newer


def test_a_decline_may_take_a_trace_number_only() -> None:
    declined = replace(BASE, trace="000101", amount_minor=1234, result="6C")
    assert decide(ARMED, Answer(declined)) is Verdict.DECLINED


def test_the_first_payment_of_a_terminal() -> None:
    first = replace(ARMED, baseline=EMPTY)
    assert decide(first, Answer(OURS)) is Verdict.CHARGED
    assert decide(first, Answer(EMPTY)) is Verdict.WAIT
    assert decide(first, Answer(Record(result="00"))) is Verdict.ESCALATE
    assert decide(first, Answer(AUTO_REVERSAL)) is Verdict.NOTHING


def test_a_reversal_is_done_when_its_own_record_is_there() -> None:
    case = Case(Kind.REVERSAL, 1234, OURS)
    done = replace(OURS, receipt_no="0043", trace="000102", original_trace="000101")
    assert decide(case, Answer(done)) is Verdict.CHARGED
    assert decide(case, Answer(OURS, quiet=True)) is Verdict.NOTHING


def test_a_zero_original_trace_is_no_reversal() -> None:
    assert place(ARMED, replace(OURS, original_trace="000000")) is Place.NEXT


def test_the_reversal_of_something_else_is_not_ours() -> None:
    assert place(AUTHORISED, replace(AUTO_REVERSAL, original_trace="000055")) is Place.FAR


def test_a_report_without_a_baseline_terminal_still_knows_its_own() -> None:
    case = replace(AUTHORISED, baseline=EMPTY)
    assert place(case, replace(OURS, terminal_id="1")) is Place.FOREIGN


def test_every_row_can_be_reached_and_every_verdict_moves_an_attempt() -> None:
    assert {place_ for _, place_, _ in DECISIONS} == set(Place)
    assert set(REASONS) == set(Place)
    assert set(EVENTS) == set(Verdict) - {Verdict.WAIT}


numbers = st.none() | st.integers(0, 9999).map("{:04d}".format)
traces = st.none() | st.integers(0, 999_999).map("{:06d}".format)
records = st.builds(
    Record,
    exists=st.booleans(),
    terminal_id=st.sampled_from([None, "52500041", "52500042"]),
    receipt_no=numbers,
    trace=traces,
    turnover_no=traces,
    amount_minor=st.sampled_from([None, 1234, 999]),
    result=st.sampled_from(["00", "6C", "--"]),
    original_trace=traces,
)


@given(records, st.none() | records, st.sampled_from([None, REPORTED]), st.booleans(), st.booleans())
def test_any_pair_of_records_has_a_verdict_and_no_charge_is_found_without_a_fitting_approval(
    baseline: Record,
    last: Record | None,
    reported: Result | None,
    quiet: bool,  # noqa: FBT001 - hypothesis gives by position
    restarted: bool,  # noqa: FBT001
) -> None:
    case = Case(Kind.SALE, 1234, baseline, reported)
    verdict = decide(case, Answer(last, quiet=quiet, restarted=restarted))
    if verdict is Verdict.CHARGED:
        assert last is not None
        assert last.result == "00"
        assert last.amount_minor == 1234 or reported is not None
        assert last.identity != baseline.identity
