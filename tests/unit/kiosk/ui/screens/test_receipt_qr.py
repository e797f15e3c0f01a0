from dataclasses import replace

import pytest

from kiosk.checkout.intents import DonePressed
from tests.screens.glass import picture
from tests.screens.played import Played
from tests.screens.samples import sessions

zxingcpp = pytest.importorskip("zxingcpp", reason="an independent reader of codes is not installed")


@pytest.mark.parametrize("contrast", [False, True])
def test_a_phone_reads_the_receipt_from_the_screen_in_every_theme(played: Played, *, contrast: bool) -> None:
    played.show(replace(sessions()["08-receipt-qr"], contrast=contrast))
    found = zxingcpp.read_barcodes(picture((0, 0, 1080, 1920)))
    assert len(found) == 1
    assert "20.69 EUR" in found[0].text


def test_done_ends_it(played: Played) -> None:
    played.show("08-receipt-qr")
    played.press("done")
    assert played.sent == [DonePressed(12)]
