import pytest

from tests.screens.played import Played
from tests.screens.samples import showing

CARD = {
    "present_card": True,
    "insert_card": True,
    "remove_card": True,
    "enter_pin": False,
    "processing": False,
}


@pytest.mark.parametrize(("code", "card"), list(CARD.items()))
def test_the_card_is_shown_where_it_is_wanted(played: Played, code: str, *, card: bool) -> None:
    reader = played.show(showing(code)).ids.reader
    assert bool(reader._card.size[0]) == card
    assert bool(reader._waves.size[0]) == (code == "present_card")


def test_the_keys_light_up_when_a_pin_is_asked_for(played: Played) -> None:
    reader = played.show(showing("enter_pin")).ids.reader
    lit = reader._keys[0].fill
    reader = played.show(showing("processing")).ids.reader
    assert reader._keys[0].fill != lit


def test_everything_stays_inside_the_picture(played: Played) -> None:
    for code in CARD:
        reader = played.show(showing(code)).ids.reader
        for part in (reader._body, reader._light, *reader._keys):
            assert reader.x <= part.x
            assert part.right <= reader.right
            assert reader.y <= part.y
            assert part.top <= reader.top
        low = reader._card.pos[1] if reader._card.size[0] else reader.y
        assert low >= reader.y


def test_pictures_are_drawn_once_per_theme(played: Played) -> None:
    reader = played.show(showing("present_card")).ids.reader
    made = len(reader._pictures)
    played.show(showing("processing"))
    played.show(showing("present_card"))
    assert len(reader._pictures) == made
