from dataclasses import replace

import pytest

from backend.ingest.verdict import Known, Verdict, open_event
from backend.ingest.verdict import judge as judge_opened
from kiosk.sync.wire import Event, JournalHead, sha256_of
from kiosk.sync.wire.push import MAX_BODY
from tests.wire_samples import event, sale, sale_event

NOTHING = Known({}, {}, frozenset(), frozenset())
HEAD = JournalHead("lane-1", "key", 5, "ab", "sig", 1)


def judge(events: tuple[Event, ...], known: Known) -> Verdict:
    return judge_opened([open_event(event) for event in events], known)


def test_new_events_are_sorted_by_what_they_carry() -> None:
    events = (sale_event(1), event(2, HEAD.to_json(), kind="journal_head"), event(3, "{}", kind="weather"))
    verdict = judge(events, NOTHING)
    assert verdict.new == list(events)
    assert [one.seq for one, _ in verdict.sales] == [1]
    assert [head for _, head in verdict.heads] == [HEAD]
    assert verdict.aside == []


def test_what_is_known_is_neither_booked_again_nor_set_aside() -> None:
    known = replace(NOTHING, shas={"event-1": sale_event(1).sha256}, sales=frozenset({sale(1).sale_id}))
    verdict = judge((sale_event(1),), known)
    assert (verdict.new, verdict.aside) == ([], [])


def test_the_same_event_twice_in_one_push_is_booked_once() -> None:
    verdict = judge((sale_event(1), replace(sale_event(1), seq=2)), NOTHING)
    assert [one.seq for one in verdict.new] == [1]
    assert verdict.aside == []


@pytest.mark.parametrize(
    ("bad", "known", "reason"),
    [
        (sale_event(1), replace(NOTHING, shas={"event-1": "other"}), "conflict"),
        (sale_event(1), replace(NOTHING, seqs={1: "other"}), "seq_taken"),
        (sale_event(1), replace(NOTHING, sales=frozenset({sale(1).sale_id})), "sale_taken"),
        (replace(sale_event(1), sha256="0" * 64), NOTHING, "sha256"),
        (event(1, "no JSON"), NOTHING, "body"),
        (event(1, "[]"), NOTHING, "body"),
        (event(1, sale(1).to_json().replace("308", "3.08")), NOTHING, "body"),
        (event(1, "{}", kind="journal_head"), NOTHING, "body"),
        (event(1, "x" * (MAX_BODY + 1)), NOTHING, "body"),
        (event(1, "a\x00b"), NOTHING, "body"),
        (event(1, '"\ud800"'), NOTHING, "body"),
        (event(1, replace(sale(1), lines=sale(1).lines * 2).to_json()), NOTHING, "body"),
        (event(1, replace(sale(1), tax=sale(1).tax * 2).to_json()), NOTHING, "body"),
    ],
)
def test_a_bad_event_is_set_aside_and_the_next_is_booked(bad: Event, known: Known, reason: str) -> None:
    verdict = judge((bad, sale_event(2)), known)
    assert [(one.event, one.reason, one.again) for one in verdict.aside] == [(bad, reason, False)]
    assert verdict.aside[0].sentence
    assert [one.seq for one in verdict.new] == [2]
    assert [one.seq for one, _ in verdict.sales] == [2]


def test_one_sale_under_two_ids_in_one_push_is_one_sale() -> None:
    twice = replace(sale_event(1), seq=2, event_id="other")
    verdict = judge((sale_event(1), twice), NOTHING)
    assert [one.reason for one in verdict.aside] == ["sale_taken"]


def test_what_lies_with_the_dead_letters_already_is_told_again_without_alarm() -> None:
    bad = event(1, "no JSON")
    known = replace(NOTHING, set_aside=frozenset({(1, bad.event_id, sha256_of("no JSON"))}))
    assert [one.again for one in judge((bad,), known).aside] == [True]
