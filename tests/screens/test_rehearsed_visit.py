"""The real app in its own process, touched through the rehearsal port."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

pytestmark = pytest.mark.screens
ROOT = Path(__file__).resolve().parents[2]


class Shopper:
    """Talks to the port and scans by standard input."""

    def __init__(self, process: subprocess.Popen[str], client: socket.socket) -> None:
        self.process = process
        self.lines = client.makefile("rw", encoding="utf-8")

    def ask(self, **command: object) -> dict[str, Any]:
        """Send a command and give its answer."""
        self.lines.write(json.dumps(command) + "\n")
        self.lines.flush()
        answer: dict[str, Any] = json.loads(self.lines.readline())
        return answer

    def scan(self) -> None:
        """Scan the next thing."""
        assert self.process.stdin is not None
        self.process.stdin.write("scan\n")
        self.process.stdin.flush()


def connected(path: Path, process: subprocess.Popen[str]) -> socket.socket:
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    client = socket.socket(socket.AF_UNIX)
    client.connect(str(path))
    return client


@pytest.fixture
def shopper(tmp_path: Path) -> Iterator[Shopper]:
    path = tmp_path / "rehearsal.sock"
    command = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "tests.screens.rehearsed",
        str(path),
        str(tmp_path / "kivy"),
    ]
    errors = tmp_path / "errors"
    with (
        errors.open("w") as sink,
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=sink, text=True
        ) as process,
    ):
        try:
            with connected(path, process) as client:
                came = Shopper(process, client)
                yield came
                came.lines.close()
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(timeout=30) == 0, errors.read_text()
        finally:
            process.kill()
    assert "Traceback" not in errors.read_text()


def test_a_visit_up_to_the_card_reader(shopper: Shopper, tmp_path: Path) -> None:
    assert shopper.ask(wait={"screen": "attract"})["ok"]
    shopper.scan()
    assert shopper.ask(wait={"screen": "basket", "text": "Vine tomatoes"})["ok"]
    shopper.scan()
    assert shopper.ask(wait={"text": "Hennlo free-range eggs"})["ok"]
    assert shopper.ask(touch="plus")["ok"]
    assert shopper.ask(wait={"text": "€8.03"})["ok"]
    assert shopper.ask(touch="language")["ok"]
    assert shopper.ask(wait={"dialog": "languages"})["ok"]
    assert not shopper.ask(touch="pay")["ok"]
    assert shopper.ask(touch="language_de")["ok"]
    assert shopper.ask(wait={"language": "de", "text": "Bezahlen"})["ok"]
    assert shopper.ask(touch="pay")["ok"]
    assert shopper.ask(wait={"screen": "pay_choice"})["ok"]
    picture = tmp_path / "pay.png"
    assert shopper.ask(screenshot=str(picture))["ok"]
    with Image.open(picture) as drawn:
        assert drawn.size == (1080, 1920)
    assert shopper.ask(touch="pay_card")["ok"]
    assert shopper.ask(wait={"screen": "follow_terminal"})["ok"]
    view = shopper.ask(view=True)["view"]
    assert "8,03\xa0€" in view["texts"]
    assert next(target["name"] for target in view["targets"]) == "cancel_payment"
