import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from kiosk.bootstrap import demo


def size(picture: Path) -> tuple[int, int]:
    with Image.open(picture) as opened:
        return opened.size


@pytest.mark.journey
@pytest.mark.timeout(180)
def test_one_visit_is_told_in_pictures(tmp_path: Path) -> None:
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}
    }
    command = [sys.executable, "-m", "kiosk", "demo", "--out", str(tmp_path / "out")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    pictures = sorted(out.glob("0*.png"))
    assert len(pictures) == 8
    assert {size(picture) for picture in pictures} == {(1080, 1920)}
    sale = json.loads((out / "sale.json").read_text(encoding="utf-8"))
    assert len(sale["lines"]) == 4
    assert sale["deposit_minor"] > 0
    assert sale["tenders"][0]["amount_minor"] == sale["total_minor"]
    receipt = (out / "stand" / "paper" / "0001.txt").read_text(encoding="utf-8")
    for told in ("Minzel", "Deposit", "Total", "19 %", "7 %", "**** ", "4-000001", "[QR "):
        assert told in receipt
    page = (out / "summary.html").read_text(encoding="utf-8")
    assert all(picture.name in page for picture in [*pictures, out / "receipt.png"])


def test_a_part_that_does_not_come_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "assets", lambda *_: tmp_path / "no-such-catalogue.csv")
    assert demo.main(["--headless", "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said.startswith("kiosk demo: kiosk-backend import")
    assert "Traceback" not in said
