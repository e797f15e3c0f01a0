from kiosk.checkout.intents import StaffPressed
from tests.screens.played import Played


def test_staff_open_the_pin_pad_from_here_and_the_reference_is_shown(played: Played) -> None:
    scene = played.show("09-staff-will-help")
    assert scene.view.reference == "C4E7F4"
    assert played.names == ["staff"]
    played.press("staff")
    assert played.sent == [StaffPressed(20)]
