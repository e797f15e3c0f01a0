from kiosk.checkout.intents import BackPressed, LanguageChosen
from tests.screens.played import Played


def test_a_language_is_one_touch_away(played: Played) -> None:
    played.show("15-languages")
    assert played.names == ["language_en", "language_de", "close"]
    assert [played.target(name).kind for name in played.names] == ["chosen", "secondary", "quiet"]
    played.press("language_de")
    played.press("close")
    assert played.sent == [LanguageChosen(12, "de"), BackPressed(12)]
