from kiosk.checkout.intents import ParkPressed, StillHerePressed
from tests.screens.played import Played


def test_one_question_and_two_answers(played: Played) -> None:
    dialog = played.show("15-idle-warning")
    assert played.names == ["still_here", "park"]
    assert dialog.ids.ring.view.figure == "27"
    played.press("still_here")
    played.press("park")
    assert played.sent == [StillHerePressed(12), ParkPressed(12)]
