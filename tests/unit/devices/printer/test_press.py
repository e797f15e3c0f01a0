import pytest

from devices.printer.bitmap import Bitmap
from devices.printer.codepage import CodePage
from devices.printer.document import parse_document
from devices.printer.job import Run
from devices.printer.layout import Row
from devices.printer.press import Press
from devices.printer.profile import Profile

SURE = Profile("TM-T88V", 42, 512, (CodePage(19, "cp858"),), process_id=True)
CLONE = Profile("Clone", 42, 512, (CodePage(19, "cp858"),))
DOCUMENT = parse_document({"blocks": [{"text": "a"}, {"drawer": 1}, {"cut": "full"}]})
BODY = b"\x1b@\x1da\x0f\x1bt\x13a\n\x1bp\x00\x19\xfa"
A, B, C = (b"\x1d(H\x06\x0000" + letter + b"001" for letter in (b"A", b"B", b"C"))


class Blank:
    """Draws nothing."""

    def line(self, _row: Row, _profile: Profile) -> Bitmap | None:
        return None

    def picture(self, _path: str, _width_dots: int) -> Bitmap | None:
        return None

    def qr(self, _data: str, _module: int, _level: str) -> Bitmap | None:
        return None


def test_a_model_with_ids_gets_one_before_the_cut_and_one_behind() -> None:
    order = Press(SURE, Blank()).order(Run(1, "k"), DOCUMENT, separate=False)
    assert b"".join(order.stream.parts) == BODY + A + b"\x1dVA\x00" + B
    assert order.stream.text_end == len(BODY + A)
    assert order.stream.total == len(BODY + A + b"\x1dVA\x00" + B)
    assert b"".join(order.cut) == b"\x1dVB\x00" + B
    assert order.probe == C
    assert (order.confirms, order.clear) == (True, False)


def test_a_model_without_gets_a_fence() -> None:
    order = Press(CLONE, Blank()).order(Run(1, "k"), DOCUMENT, separate=False)
    assert b"".join(order.stream.parts) == BODY + b"\x1dVA\x00\x1dr\x01"
    assert (order.stream.text_end, order.confirms, order.probe) == (0, False, b"")


@pytest.mark.parametrize("profile", [SURE, CLONE])
def test_a_file_gets_neither(profile: Profile) -> None:
    press = Press(profile, Blank(), answers=False)
    order = press.order(Run(1, "k"), DOCUMENT, separate=False)
    assert not press.confirms
    assert b"".join(order.stream.parts) == BODY + b"\x1dVA\x00"


def test_a_copy_after_a_lost_printing_is_cleared_and_cut_off_first() -> None:
    order = Press(SURE, Blank()).order(Run(1, "k", copy=1), DOCUMENT, separate=True)
    sent = b"".join(order.stream.parts)
    assert sent.startswith(b"\n\x1b@\x1dVB\x00\x1b@\x1da\x0f")
    assert order.clear
    assert b"COPY" in sent
    assert b"\x1bp" not in sent


def test_a_clone_is_flushed_in_place_of_cleared() -> None:
    order = Press(CLONE, Blank()).order(Run(1, "k", copy=1), DOCUMENT, separate=True)
    sent = b"".join(order.stream.parts)
    assert sent.startswith(b"\x00" * 2560 + b"\n\x1b@")
    assert not order.clear
