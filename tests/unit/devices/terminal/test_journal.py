import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from devices.terminal.attempt import AttemptEvent, AttemptState, Kind, TransitionError
from devices.terminal.book import Attempt, UnknownAttemptError
from devices.terminal.evidence import Record, Result
from devices.terminal.journal import (
    Journal,
    JournalBusyError,
    MismatchError,
    NotAllowedError,
    OpenAttemptError,
)
from devices.terminal.steps import Change

S = AttemptState
E = AttemptEvent
SALE = Attempt("a", "card", Kind.SALE, S.PREPARED, 1234, "EUR", sale_id="s1")
RESULT = Result("00", 1234, "EUR", "0042", "000101", last4="0018")
BASE = Record(receipt_no="0041", trace="000100", amount_minor=999, result="00")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = Journal(tmp_path)
    yield made
    made.close()


def _bring(journal: Journal, attempt_id: str, *events: E) -> Attempt:
    for event in events:
        journal.apply(Change(attempt_id, event))
    return journal.get(attempt_id)


def _reversal(attempt_id: str = "r", *, automatic: bool = False) -> Attempt:
    return Attempt(
        attempt_id, "card", Kind.REVERSAL, S.PREPARED, 1234, "EUR", original="a", automatic=automatic
    )


def _captured(journal: Journal) -> None:
    journal.prepare(SALE)
    _bring(journal, "a", E.ARM, E.APPROVE, E.COMPLETE)


def test_a_payment_is_kept_with_all_its_facts_over_a_restart(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    assert journal.prepare(SALE) == SALE
    journal.apply(Change("a", E.ARM, baseline=BASE))
    journal.apply(Change("a", E.APPROVE, result=RESULT))
    journal.apply(Change("a", lines=("Beleg",)))
    journal.apply(Change("a", lines=("Händlerbeleg",), receipt=1))
    journal.apply(Change("a", lines=("Danke",), receipt=2))
    journal.apply(Change("a", E.DOUBT, reason="gone", evidence="x"))
    journal.close()
    again = Journal(tmp_path)
    assert again.get("a") == replace(
        SALE,
        state=S.UNCERTAIN,
        baseline=BASE,
        result=RESULT,
        reason="gone",
        evidence="x",
        lines=("Beleg", "Danke"),
    )
    assert again.open_attempt() == again.get("a")
    assert again.events("a") == (
        ("prepare", "PREPARED"),
        ("arm", "ARMED"),
        ("approve", "AUTHORISED"),
        *[("note", "AUTHORISED")] * 3,
        ("doubt", "UNCERTAIN"),
    )
    again.close()


def test_every_commit_is_synced(journal: Journal) -> None:
    (mode,) = journal._database.execute("PRAGMA synchronous").fetchone()
    (wal,) = journal._database.execute("PRAGMA journal_mode").fetchone()
    assert (mode, wal) == (2, "wal")  # 2 = FULL


def test_one_writer(tmp_path: Path, journal: Journal) -> None:
    with pytest.raises(JournalBusyError, match="held by another process"):
        Journal(tmp_path)
    assert journal.open_attempt() is None


def test_the_lock_is_given_back_when_the_file_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "payments.db").write_text("no database" * 100)
    for _ in range(2):
        with pytest.raises(sqlite3.DatabaseError):
            Journal(tmp_path)


def test_the_same_id_is_one_attempt(journal: Journal) -> None:
    journal.prepare(SALE)
    _bring(journal, "a", E.ARM)
    assert journal.prepare(SALE).state is S.ARMED
    assert len(journal.attempts()) == 1


@pytest.mark.parametrize(
    "changes", [{"amount_minor": 1}, {"currency": "CHF"}, {"kind": Kind.REFUND}, {"original": "b"}]
)
def test_the_same_id_with_other_facts_is_a_mismatch(journal: Journal, changes: dict[str, object]) -> None:
    journal.prepare(SALE)
    with pytest.raises(MismatchError, match="is known with"):
        journal.prepare(replace(SALE, **changes))  # type: ignore[arg-type]  # a table


def test_one_open_attempt(journal: Journal) -> None:
    journal.prepare(SALE)
    with pytest.raises(OpenAttemptError, match="a"):
        journal.prepare(replace(SALE, attempt_id="b"))


def test_unknown_attempts(journal: Journal) -> None:
    for act in (
        lambda: journal.get("x"),
        lambda: journal.settle("x"),
        lambda: journal.apply(Change("x", E.ARM)),
        lambda: journal.prepare(_reversal()),
    ):
        with pytest.raises(UnknownAttemptError):
            act()


def test_a_move_that_is_not_allowed_changes_nothing(journal: Journal) -> None:
    journal.prepare(SALE)
    with pytest.raises(TransitionError):
        journal.apply(Change("a", E.COMPLETE, result=RESULT))
    assert journal.get("a") == SALE


def test_settling(journal: Journal) -> None:
    journal.prepare(SALE)
    with pytest.raises(NotAllowedError, match="PREPARED"):
        journal.settle("a")
    _bring(journal, "a", E.ARM, E.APPROVE, E.COMPLETE)
    assert journal.unsettled() == (journal.get("a"),)
    assert journal.settle("a").settled
    assert journal.settle("a").settled
    assert journal.unsettled() == ()
    assert [event for event, _ in journal.events("a")].count("settled") == 1


def test_one_that_was_given_up_before_it_arrived_never_is(journal: Journal) -> None:
    never = journal.abandon("z")
    assert (never.state, never.abandoned, never.settled) == (S.NOT_CHARGED, True, True)
    assert journal.prepare(replace(SALE, attempt_id="z")) == never
    assert journal.unsettled() == ()


def test_a_charge_given_up_is_owed_back_once(journal: Journal) -> None:
    _captured(journal)
    assert journal.owed_reversal(lambda: "r") is None
    assert journal.abandon("a").abandoned
    assert journal.owed_reversal(lambda: "r") == replace(_reversal(automatic=True), sale_id="s1")
    assert journal.owed_reversal(lambda: "r2") is None
    assert [one.state for one in journal.apply(Change("r", E.ARM))] == [S.ARMED, S.REVERSING]
    assert [one.state for one in journal.apply(Change("r", E.APPROVE))] == [S.AUTHORISED]
    assert [one.state for one in journal.apply(Change("r", E.COMPLETE))] == [S.CAPTURED, S.REVERSED]
    assert journal.owed_reversal(lambda: "r2") is None


def test_a_charge_that_is_owed_back_is_not_settled_before_its_reversal_has_an_outcome(
    journal: Journal,
) -> None:
    _captured(journal)
    journal.abandon("a")
    with pytest.raises(NotAllowedError, match="CAPTURED"):
        journal.settle("a")
    assert journal.owed_reversal(lambda: "r") is not None
    with pytest.raises(NotAllowedError, match="CAPTURED"):
        journal.settle("a")
    _bring(journal, "r", E.ARM)
    with pytest.raises(NotAllowedError, match="REVERSING"):
        journal.settle("a")
    _bring(journal, "r", E.APPROVE, E.COMPLETE)
    assert journal.settle("a").settled


def test_a_charge_given_up_is_settled_once_a_person_keeps_it_after_a_failed_reversal(
    journal: Journal,
) -> None:
    _captured(journal)
    journal.abandon("a")
    assert journal.owed_reversal(lambda: "r") is not None
    _bring(journal, "r", E.ARM, E.DECLINE)
    journal.resolve("a", S.CAPTURED, "Kim", "refunded in cash")
    assert journal.settle("a").settled


def test_a_reversal_that_is_tried_once_more_comes_before_the_settling(journal: Journal) -> None:
    _captured(journal)
    journal.abandon("a")
    assert journal.owed_reversal(lambda: "r") is not None
    _bring(journal, "r", E.ARM, E.DECLINE)
    journal.resolve("a", S.CAPTURED, "Kim", "try again")
    journal.prepare(_reversal("r2"))
    with pytest.raises(NotAllowedError, match="CAPTURED"):
        journal.settle("a")


def test_a_charge_a_person_found_for_a_given_up_sale_is_still_owed_back(journal: Journal) -> None:
    journal.prepare(SALE)
    _bring(journal, "a", E.ARM, E.DOUBT, E.GIVE_UP)
    journal.abandon("a")
    journal.resolve("a", S.CAPTURED, "Kim", "seen at the host")
    with pytest.raises(NotAllowedError, match="CAPTURED"):
        journal.settle("a")
    assert journal.owed_reversal(lambda: "r") is not None


def test_a_charge_the_lane_has_committed_is_not_owed_back(journal: Journal) -> None:
    _captured(journal)
    journal.settle("a")
    journal.abandon("a")
    assert journal.settle("a").settled
    assert journal.owed_reversal(lambda: "r") is None


def test_what_stands_as_charged_may_be_told_again(journal: Journal) -> None:
    journal.prepare(SALE)
    _bring(journal, "a", E.ARM)
    journal.apply(Change("a", E.APPROVE, result=RESULT))
    assert journal.booked() is None
    _bring(journal, "a", E.COMPLETE)
    assert journal.booked() == RESULT
    journal.prepare(replace(SALE, attempt_id="b"))
    _bring(journal, "b", E.ARM, E.DECLINE)
    assert journal.booked() == RESULT
    journal.abandon("a")
    assert journal.booked() is None


def test_a_charge_committed_before_it_was_given_up_stands(journal: Journal) -> None:
    journal.prepare(SALE)
    _bring(journal, "a", E.ARM, E.APPROVE)
    journal.apply(Change("a", E.COMPLETE, result=RESULT))
    journal.settle("a")
    journal.abandon("a")
    assert journal.booked() == RESULT


def test_a_reversal_that_did_not_happen_is_owed_again_three_times(journal: Journal) -> None:
    _captured(journal)
    journal.abandon("a")
    for number in range(3):
        assert journal.owed_reversal(lambda name=f"r{number}": name) is not None  # type: ignore[misc]  # bound now
        _bring(journal, f"r{number}", E.ARM, E.DOUBT, E.FOUND_NOTHING)
    assert journal.owed_reversal(lambda: "r3") is None
    assert journal.get("a").state is S.ESCALATED


def test_a_reversal_that_fails_escalates_its_payment(journal: Journal) -> None:
    _captured(journal)
    journal.prepare(_reversal())
    changed = journal.apply(Change("r", E.ARM))
    assert changed[1].state is S.REVERSING
    changed = journal.apply(Change("r", E.DECLINE, reason="B5"))
    assert [(one.attempt_id, one.state, one.reason) for one in changed] == [
        ("r", S.DECLINED, "B5"),
        ("a", S.ESCALATED, "B5"),
    ]


def test_a_person_settles_a_payment_and_its_reversal(journal: Journal) -> None:
    _captured(journal)
    journal.prepare(_reversal())
    _bring(journal, "r", E.ARM, E.DOUBT, E.GIVE_UP)
    assert {journal.get(one).state for one in "ar"} == {S.ESCALATED}
    changed = journal.resolve("a", S.REVERSED, "Kim", "seen at the host")
    assert [(one.attempt_id, one.state) for one in changed] == [("a", S.REVERSED), ("r", S.CAPTURED)]
    assert changed[0].reason == "seen at the host"
    assert "resolved by Kim" in (changed[0].evidence or "")


def test_a_person_settles_the_reversal_first(journal: Journal) -> None:
    _captured(journal)
    journal.prepare(_reversal())
    _bring(journal, "r", E.ARM, E.DOUBT, E.GIVE_UP)
    changed = journal.resolve("r", S.CAPTURED, "Kim", "seen")
    assert [(one.attempt_id, one.state) for one in changed] == [("r", S.CAPTURED), ("a", S.REVERSED)]


@pytest.mark.parametrize(("state", "outcome"), [("a", S.CAPTURED), ("a", S.DECLINED)])
def test_only_an_escalated_attempt_is_resolved(journal: Journal, state: str, outcome: S) -> None:
    journal.prepare(SALE)
    with pytest.raises(NotAllowedError, match="PREPARED"):
        journal.resolve(state, outcome, "Kim", "x")
    _bring(journal, "a", E.ARM, E.DOUBT, E.GIVE_UP)
    with pytest.raises(NotAllowedError, match="ESCALATED"):
        journal.resolve("a", S.DECLINED, "Kim", "x")


def test_what_was_learnt_of_a_terminal_is_kept_until_it_is_another(journal: Journal) -> None:
    assert journal.terminal() == (None, None, False, None)
    journal.remember("52500041", "X 1", recovery_query=True)
    assert journal.terminal() == ("52500041", "X 1", True, None)
    journal.remember_registration(kept=True)
    journal.remember("52500041", "X 1", recovery_query=False)
    assert journal.terminal() == ("52500041", "X 1", False, True)
    journal.remember("52500041", "X 2", recovery_query=True)
    assert journal.terminal() == ("52500041", "X 2", True, None)


def test_nothing_half_written_is_left(journal: Journal) -> None:
    _captured(journal)
    journal.prepare(_reversal())
    journal._database.execute(
        "CREATE TRIGGER broken BEFORE UPDATE OF state ON payment_attempt WHEN NEW.state = 'REVERSING'"
        " BEGIN SELECT RAISE(ABORT, 'broken'); END"
    )
    with pytest.raises(sqlite3.IntegrityError, match="broken"):
        journal.apply(Change("r", E.ARM))
    assert (journal.get("a").state, journal.get("r").state) == (S.CAPTURED, S.PREPARED)
