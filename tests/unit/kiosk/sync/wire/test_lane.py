import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.wire.fields import MAX_INTEGER, WireError
from kiosk.sync.wire.lane import MAX_WORD, LaneHeard, LaneSaid

WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=MAX_WORD
)
TIMES = st.integers(0, MAX_INTEGER)
SAID = LaneSaid("checking", "paying", "checking", 1_795_435_200_000_000, 1_795_435_201_000_000)


@given(st.builds(LaneSaid, WORDS, st.none() | WORDS, st.none() | WORDS, TIMES, TIMES))
def test_what_a_lane_says_arrives_as_it_was_said(said: LaneSaid) -> None:
    assert LaneSaid.from_json(said.to_json()) == said


@pytest.mark.parametrize("told", [None, "help"])
def test_the_answer_arrives(told: str | None) -> None:
    assert LaneHeard.from_json(LaneHeard(told).to_json()) == LaneHeard(told)


def test_a_neighbour_s_new_fields_are_passed_over() -> None:
    values = json.loads(SAID.to_json()) | {"mood": "fine"}
    assert LaneSaid.from_json(json.dumps(values)) == SAID
    assert LaneHeard.from_json('{"told":null,"by":"console"}') == LaneHeard(None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("screen", None),
        ("screen", "x" * (MAX_WORD + 1)),
        ("sale_state", ""),
        ("wants", ""),
        ("wants", "x" * (MAX_WORD + 1)),
        ("wants", 3),
        ("since_us", -1),
        ("since_us", None),
        ("since_us", 1.5),
        ("sent_us", -1),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(name: str, value: Any) -> None:
    values = json.loads(SAID.to_json()) | {name: value}
    with pytest.raises(WireError, match=f"^{name}: got"):
        LaneSaid.from_json(json.dumps(values))


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(WireError, match=r"^told: got"):
        LaneHeard.from_json('{"told":""}')
