from kiosk.checkout.intents import BackPressed, TryAgainPressed
from tests.screens.played import Played


def test_try_again_or_go_back(played: Played) -> None:
    played.show("09-not-paid")
    assert played.names == ["try_again", "back"]
    played.press("try_again")
    played.press("back")
    assert played.sent == [TryAgainPressed(12), BackPressed(12)]
