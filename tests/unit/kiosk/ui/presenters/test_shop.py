from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from kiosk.ui.palette_table import PICTURE_GROUNDS
from tests.screens.samples import LANE, NOW, SODA, UNPRICED

CET = timezone(timedelta(hours=1))


def test_local_time_is_that_of_the_shop() -> None:
    assert LANE.local(NOW.wall_us) == datetime(2026, 11, 23, 14, 32, tzinfo=UTC)
    assert replace(LANE, zone=CET).local(NOW.wall_us).hour == 15


def test_a_picture_keeps_its_tint_and_falls_back_to_a_letter() -> None:
    drawn = LANE.picture_of(SODA, "de")
    assert drawn.path == f"{LANE.pictures}/soft-drink.png"
    assert drawn.ground in PICTURE_GROUNDS
    assert drawn == LANE.picture_of(SODA, "de")
    assert LANE.picture_of(UNPRICED, "en").path == ""
    assert LANE.picture_of(UNPRICED, "en").letter == "G"
