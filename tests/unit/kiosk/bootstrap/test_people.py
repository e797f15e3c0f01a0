import io
import json
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.bootstrap.people import main
from kiosk.domain.approval import Right
from kiosk.store.database import Writer
from kiosk.store.people import People, load_pepper, whose
from kiosk.store.sql_table import SALES_SCHEMA


@pytest.fixture
def config(tmp_path: Path) -> list[str]:
    file = tmp_path / "config.toml"
    file.write_text(f'[store]\ndirectory = "{tmp_path}"\n')
    return ["--config", str(file)]


def typed(monkeypatch: pytest.MonkeyPatch, pin: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(pin))


def test_a_person_is_known_afterwards_by_their_pin(
    tmp_path: Path, config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "4711\n")
    assert main(["add", " Mia  Berg ", *config]) == 0
    told = json.loads(capsys.readouterr().out)
    with closing(Writer(tmp_path / "sales.db", SALES_SCHEMA)) as writer:
        pepper = load_pepper(tmp_path)
        person = whose(People(writer, pepper).known(), pepper, "4711")
    assert person is not None
    assert (person.person_id, person.name, person.rights) == (
        told["person"],
        "Mia Berg",
        (Right.SETTLE_PAYMENT,),
    )
    typed(monkeypatch, "4711\n")
    assert main(["add", "Ole", *config]) == 2
    assert "taken" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("Mia", ""), "4 to 8 digits"),
        (("Mia", "1234"), "easy to guess"),
        (("Mia", "12a4"), "4 to 8 digits"),
        ((" ", "4711"), "1 to 80 letters"),
        (("M\x1bia", "4711"), "1 to 80 letters"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence(
    config: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: tuple[str, str],
    said: str,
) -> None:
    name, pin = given
    typed(monkeypatch, pin)
    assert main(["add", name, *config]) == 2
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1
    assert pin not in errors or not pin


def test_a_running_lane_keeps_its_own_book(
    tmp_path: Path, config: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "4711\n")
    with closing(Writer(tmp_path / "sales.db", SALES_SCHEMA)):
        assert main(["add", "Mia", *config]) == 2
    assert "stop kiosk run" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["add"], ["remove", "Mia"], ["add", "Mia", "--config", "/no.toml"]]
)
def test_bad_arguments_are_one_sentence(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "4711\n")
    try:
        code: object = main(arguments)
    except SystemExit as left:
        code = left.code
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1
