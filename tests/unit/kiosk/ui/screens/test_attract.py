from kiosk.checkout.intents import LanguageChosen
from tests.screens.glass import frames
from tests.screens.played import Played
from tests.screens.samples import LANE, begun


def test_attract_offers_its_languages_and_nothing_else(played: Played) -> None:
    played.show(begun())
    assert played.names == ["language_en", "language_de"]
    played.press("language_de")
    assert played.sent == [LanguageChosen(3, "de")]


def test_pictures_stand_in_two_rows(played: Played) -> None:
    scene = played.show(begun())
    discs = scene.ids.discs.discs()
    assert [disc.view.path.rsplit("/", 1)[1] for disc in discs] == [f"{key}.png" for key in LANE.attract]
    frames(1)
    assert discs[0].y > discs[4].y
    assert discs[4].x < 0 < discs[5].x


def test_the_chosen_language_is_marked_and_more_languages_make_more_columns(played: Played) -> None:
    scene = played.show(begun("de"))
    assert [button.kind for button in scene.focus_order()] == ["chosen", "secondary"]
    assert scene.ids.languages.cols == 2
