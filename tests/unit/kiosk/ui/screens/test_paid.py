from kiosk.checkout.intents import ReceiptChoice, ReceiptChosen
from tests.screens.played import Played


def test_the_receipt_is_chosen_among_equals(played: Played) -> None:
    scene = played.show("08-paid")
    assert played.names == ["receipt_print", "receipt_qr", "receipt_none"]
    assert len({tile.size[0] for tile in scene.focus_order()}) == 1
    assert {tile.kind for tile in scene.focus_order()} == {"secondary"}
    for name in played.names:
        played.press(name)
    assert played.sent == [ReceiptChosen(12, choice) for choice in ReceiptChoice]
