from kiosk.checkout.intents import DonePressed, ReceiptChoice, ReceiptChosen
from tests.screens.played import Played


def test_goodbye_can_be_ended_early(played: Played) -> None:
    played.show("08-goodbye")
    assert played.names == ["done"]
    played.press("done")
    assert played.sent == [DonePressed(12)]


def test_a_receipt_that_will_not_print_may_be_taken_as_a_code(played: Played) -> None:
    scene = played.show("08-held")
    assert scene.trouble
    assert played.names == ["receipt_qr", "done"]
    played.press("receipt_qr")
    assert played.sent == [ReceiptChosen(12, ReceiptChoice.QR)]
