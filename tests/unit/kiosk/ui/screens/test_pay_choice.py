from dataclasses import replace

from kiosk.checkout.intents import BackPressed, MethodChosen
from kiosk.domain.sale import Method
from kiosk.ui.presenters.views import PayChoiceView
from tests.screens.glass import frames
from tests.screens.played import Played


def test_the_card_is_chosen_with_the_total_that_was_seen(played: Played) -> None:
    played.show("05-pay-choice")
    assert played.names == ["pay_card", "back"]
    played.press("pay_card")
    played.press("back")
    assert played.sent == [MethodChosen(12, Method.CARD, 2069), BackPressed(12)]


def test_a_reader_that_is_gone_cannot_be_chosen(played: Played) -> None:
    played.show("05-pay-choice-down")
    assert not played.target("pay_card").enabled
    played.press("pay_card")
    assert played.sent == []


def test_several_ways_are_equal_in_size(played: Played) -> None:
    scene = played.show("05-pay-choice")
    view = scene.view
    assert isinstance(view, PayChoiceView)
    scene.render(replace(view, ways=(view.ways[0], replace(view.ways[0], icon="qr", text="QR code"))))
    frames(2)
    first, second = list(scene.focus_order())[:2]
    assert first.size == second.size
    assert [first.name, second.name] == ["pay_card", "pay_qr"]
    assert first.disc_px == 128
