import pytest

from backend.storage.presence import Presence
from kiosk.sync.wire import LaneSaid

SECOND = 1_000_000
NOW = 1_795_435_200 * SECOND


def said(wants: str | None, since: int, sent: int) -> LaneSaid:
    """Say it at seconds of a lane's clock."""
    return LaneSaid("basket", "open", wants, since * SECOND, sent * SECOND)


@pytest.mark.parametrize("ahead_s", [0, -3_000_000, 3_000_000])
def test_since_when_is_told_by_our_clock_however_wrong_the_lane_s_is(ahead_s: int) -> None:
    base = 1_795_435_200 + ahead_s
    heard = Presence().hear("d", said("help", base - 90, base), NOW)
    assert (heard.since_us, heard.heard_us) == (NOW - 90 * SECOND, NOW)


def test_nothing_began_after_now() -> None:
    assert Presence().hear("d", said("help", 200, 100), NOW).since_us == NOW


def test_a_want_stays_the_same_while_the_lane_says_it_again() -> None:
    presence = Presence()
    first = presence.hear("d", said("help", 100, 130), NOW)
    presence.show(presence.all().values())
    again = presence.hear("d", said("help", 100, 141), NOW + 10 * SECOND)
    assert (again.since_us, again.heard_us) == (first.since_us, NOW + 10 * SECOND)
    assert (first.seen, again.seen) == (False, True)


@pytest.mark.parametrize("other", [said("checking", 100, 131), said("help", 131, 131), said(None, 100, 131)])
def test_nobody_has_seen_another_want_yet(other: LaneSaid) -> None:
    presence = Presence()
    presence.hear("d", said("help", 100, 130), NOW)
    presence.show(presence.all().values())
    assert not presence.hear("d", other, NOW + SECOND).seen


def test_what_came_while_the_page_was_drawn_was_not_on_it() -> None:
    presence = Presence()
    presence.hear("d", said("help", 100, 130), NOW)
    presence.hear("e", said("help", 100, 130), NOW)
    drawn = presence.all()
    presence.hear("d", said("escalated", 131, 131), NOW + SECOND)
    presence.show(drawn.values())
    assert {device: heard.seen for device, heard in presence.all().items()} == {"d": False, "e": True}
