import pytest

from backend.console.strip import SILENT_US, Card, cards
from backend.storage.presence import Heard
from kiosk.sync.wire import LaneSaid

NOW = 1_795_435_200_000_000
SECOND = 1_000_000


def heard(screen: str, wants: str | None = None, ago_us: int = 4 * SECOND) -> Heard:
    return Heard("d1", LaneSaid(screen, None, wants, 7, 8), NOW - 60 * SECOND, NOW - ago_us)


def card(word: Heard | None) -> Card:
    lanes = [{"device_id": "d1", "lane": "lane-1"}]
    (only,) = cards(lanes, {} if word is None else {"d1": word}, NOW, lambda us: f"T{(us - NOW) // SECOND}")
    return only


@pytest.mark.parametrize(
    ("wants", "sentence"),
    [
        ("help", "Help wanted"),
        ("checking", "Payment being checked"),
        ("escalated", "Please settle a payment"),
        ("a word of tomorrow", "Somebody is wanted"),
    ],
)
def test_what_a_lane_wants_stands_out_with_its_time(wants: str, sentence: str) -> None:
    made = card(heard("basket", wants))
    assert (made.look, made.wants, made.since) == ("want", sentence, "T-60")
    assert made.call == f"d1/{wants}/7"


@pytest.mark.parametrize(
    ("screen", "look", "shows"),
    [
        ("attract", "calm", "Ready for a shopper"),
        ("out_of_service", "closed", "Closed, needs a look"),
        ("a scene of tomorrow", "calm", "a scene of tomorrow"),
    ],
)
def test_a_lane_that_wants_nobody_is_quiet(screen: str, look: str, shows: str) -> None:
    assert card(heard(screen)) == Card("lane-1", look, shows, "Heard 4 s ago")


@pytest.mark.parametrize(("ago_us", "told"), [(0, "just now"), (-SECOND, "just now"), (SECOND, "1 s ago")])
def test_when_it_was_heard(ago_us: int, told: str) -> None:
    assert card(heard("attract", ago_us=ago_us)).heard == f"Heard {told}"


def test_silence_is_unknown_and_never_well() -> None:
    assert card(heard("attract", ago_us=SILENT_US)).look == "calm"
    assert card(heard("attract", ago_us=SILENT_US + 1)) == Card(
        "lane-1", "silent", "Unknown", "Silent since T-31"
    )
    never = card(None)
    assert (never.look, never.shows) == ("silent", "Unknown")
    assert "not heard" in never.heard


def test_a_lane_that_called_and_fell_silent_still_calls() -> None:
    made = card(heard("checking", "checking", SILENT_US + SECOND))
    assert made.look.split() == ["want", "silent"]
    assert (made.shows, made.wants) == ("Unknown", "Payment being checked")


def test_lanes_stand_in_the_order_given() -> None:
    lanes = [{"device_id": str(number), "lane": f"lane-{number}"} for number in (3, 1, 2)]
    assert [made.lane for made in cards(lanes, {}, NOW, str)] == ["lane-3", "lane-1", "lane-2"]
