from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.attempt import (
    OPEN,
    OUTCOMES,
    RESOLUTIONS,
    TRANSITIONS,
    UNCHARGED,
    AttemptEvent,
    AttemptState,
    TransitionError,
    after,
    mermaid,
    moves,
)

DOCS = Path(__file__).parents[4] / "docs" / "devices" / "terminal.md"
S = AttemptState
E = AttemptEvent


def test_every_state_has_a_row_and_every_event_a_use() -> None:
    assert set(TRANSITIONS) == set(S)
    assert {event for _, event, _ in moves()} == set(E)


def test_the_states_are_those_of_the_interface() -> None:
    contract = DOCS.parents[2] / "devices" / "link" / "org.checkstand.Terminal1.varlink"
    listed = contract.read_text().split("state: (PREPARED", 1)[1].split(")", 1)[0]
    assert {"PREPARED", *listed.replace(",", " ").split()} == {state.value for state in S}


@pytest.mark.parametrize(
    ("state", "event", "to"),
    [
        (S.PREPARED, E.ARM, S.ARMED),
        (S.ARMED, E.APPROVE, S.AUTHORISED),
        (S.AUTHORISED, E.COMPLETE, S.CAPTURED),
        (S.AUTHORISED, E.DOUBT, S.UNCERTAIN),
        (S.UNCERTAIN, E.FOUND_CHARGED, S.CAPTURED),
        (S.UNCERTAIN, E.GIVE_UP, S.ESCALATED),
        (S.CAPTURED, E.REVERSE, S.REVERSING),
        (S.REVERSING, E.REVERSE_DONE, S.REVERSED),
        (S.ESCALATED, E.RESOLVE_NOT_CHARGED, S.NOT_CHARGED),
    ],
)
def test_moves(state: S, event: E, to: S) -> None:
    assert after(state, event) is to


def test_an_approval_is_never_a_payment_by_itself_and_no_doubt_is_forgotten() -> None:
    assert S.CAPTURED not in TRANSITIONS[S.ARMED].values()
    assert not {S.DECLINED, S.CANCELLED, S.NOT_CHARGED} & set(TRANSITIONS[S.AUTHORISED].values())
    assert S.ARMED not in TRANSITIONS[S.UNCERTAIN].values()


def test_what_the_table_does_not_have_is_refused() -> None:
    allowed = {(state, event) for state, event, _ in moves()}
    for state in S:
        for event in set(E) - {event for known, event in allowed if known is state}:
            with pytest.raises(TransitionError, match=state):
                after(state, event)


@given(st.lists(st.sampled_from(E), max_size=12))
def test_whatever_happens_an_uncharged_end_stays_one_and_open_ends_in_an_outcome_or_with_a_person(
    events: list[E],
) -> None:
    state = S.PREPARED
    for event in events:
        ended = state in UNCHARGED
        try:
            state = after(state, event)
        except TransitionError:
            continue
        assert not ended
    assert state in OPEN | OUTCOMES | {S.ESCALATED, S.REVERSING}


def test_groups_do_not_overlap() -> None:
    assert not OPEN & OUTCOMES
    assert UNCHARGED < OUTCOMES
    assert set(RESOLUTIONS) <= OUTCOMES


def test_the_documented_diagram_is_the_table() -> None:
    text = DOCS.read_text(encoding="utf-8")
    drawn = text.split("```mermaid\n", 1)[1].split("```", 1)[0]
    assert drawn == mermaid(), "docs/devices/terminal.md: paste devices.terminal.attempt.mermaid() there"
