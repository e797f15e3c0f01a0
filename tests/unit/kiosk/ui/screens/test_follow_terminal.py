import pytest

from kiosk.checkout.intents import CancelPaymentPressed
from kiosk.ui.theme import theme
from tests.screens.glass import dressed
from tests.screens.played import Played
from tests.screens.samples import showing


def test_the_payment_may_be_cancelled_while_the_terminal_may_be_asked(played: Played) -> None:
    played.show("06-follow-card")
    played.press("cancel_payment")
    assert played.sent == [CancelPaymentPressed(12)]


def test_an_approved_payment_offers_nothing_to_press(played: Played) -> None:
    played.show("06-follow-approved")
    assert played.names == []


@pytest.mark.parametrize("code", ["present_card", "insert_card", "enter_pin", "see_terminal"])
def test_the_amount_is_on_the_screen_and_on_the_reader(played: Played, code: str) -> None:
    scene = played.show(showing(code))
    assert scene.ids.reader._amount.text == "€20.69"
    assert scene.view.total == "€20.69"
    assert theme.name == "light"
    with dressed("dark"):
        assert scene.ids.reader._light.text
