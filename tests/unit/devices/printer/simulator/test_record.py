import hashlib
import json
from pathlib import Path

import pytest
from PIL import Image

from devices.printer.simulator.paper import Sheet
from devices.printer.simulator.record import Record


def sheet(text: str) -> Sheet:
    return Sheet(Image.new("L", (576, 50), 255), text, text.count("\n"))


def test_one_picture_one_text_and_one_log_line_a_sheet(tmp_path: Path) -> None:
    record = Record(tmp_path / "new" / "out", 640)
    receipt, painted = record.sheet(sheet("Milch 1,29 €\n[CUT]\n"))
    assert (tmp_path / "new" / "out" / "0001.txt").read_text() == "Milch 1,29 €\n[CUT]\n"
    painted.result()
    record.strip(sheet("half\n")).result()
    record.close()
    assert (receipt.number, receipt.copy, receipt.lines) == (1, False, 2)
    out = tmp_path / "new" / "out"
    assert sorted(path.name for path in out.iterdir()) == ["0001.png", "0001.txt", "paper.log", "strip.png"]
    with Image.open(out / "0001.png") as picture:
        assert picture.size == (640, 90)
        assert picture.info["dpi"] == pytest.approx((203, 203), abs=0.1)
    (entry,) = map(json.loads, (out / "paper.log").read_text().splitlines())
    assert entry == {
        "receipt": 1,
        "sha256": hashlib.sha256("Milch 1,29 €\n[CUT]\n".encode()).hexdigest(),
        "copy": False,
        "text": "Milch 1,29 €\n[CUT]\n",
    }


def test_numbers_go_on_after_a_restart(tmp_path: Path) -> None:
    for expected in (1, 2):
        record = Record(tmp_path, 640)
        receipt, _ = record.sheet(sheet("x\n"))
        record.close()
        assert receipt.number == expected
    assert len((tmp_path / "paper.log").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("      COPY\nMilch\n", True),
        ("  *** KOPIE ***\n", True),
        ("   KOPIE / COPY\n", True),
        ("   КОПІЯ / COPY\n", True),
        ("Copy paper A4   3.99\n", False),
        ("COPY PAPER A4   3.99\n", False),
        ("Milch\n", False),
    ],
)
def test_copies_are_known_by_their_mark(tmp_path: Path, text: str, copy: bool) -> None:  # noqa: FBT001 - a row of the table
    record = Record(tmp_path, 640)
    receipt, _ = record.sheet(sheet(text))
    record.close()
    assert receipt.copy is copy
