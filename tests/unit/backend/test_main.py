import json
from pathlib import Path
from typing import Any

import pytest

from backend.__main__ import main
from backend.catalog.shop import Shop
from backend.storage.house import House
from kiosk.sync.wire import JournalHead
from tests.backend_room import opened
from tests.wire_samples import batch, event

CSV = "gtin,name,colour\n4006381333931,Milch,x\n1,Fehler,x\n"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[Any], str]:
    try:
        code = main([str(one) for one in arguments])
    except SystemExit as left:
        code = int(str(left.code))
    said = capsys.readouterr()
    lines = [json.loads(line) for line in said.out.splitlines() if line.startswith("{")]
    return code, lines, said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "required: COMMAND"),
        (["dance"], "invalid choice: 'dance'"),
        (["serve", "--port", "many"], "invalid int value"),
        (["serve", "--port", "70000"], "port 70000: expected 0 to 65535"),
        (["serve", "--plain-http", "--host", "10.0.0.1"], "loopback only"),
        (["--config", "/nowhere.toml", "doctor"], "/nowhere.toml"),
        (["--database", "postgresql://x/y", "doctor"], "expected sqlite:///FILE"),
        (["import", "/nowhere.csv"], "/nowhere.csv: No such file"),
        (["enrol", "lane-1"], "no address yet"),
        (["anchor", "lane-1"], "does not exist"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code, _, errors = run(capsys, "--state", tmp_path, *arguments)
    assert code == 2
    assert said in errors
    assert errors.count("\n") == 1


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for flag in ("--help", "--version"):
        with pytest.raises(SystemExit) as left:
            main([flag])
        assert left.value.code == 0
        assert "kiosk-backend" in capsys.readouterr().out


def test_an_import_reports_rows_and_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "products.csv"
    file.write_text(CSV)
    code, said, errors = run(capsys, "import", "--state", tmp_path, file, "--default-price", "1.99")
    assert code == 0
    assert said[0] == {"line": 3, "gtin": "1", "reason": said[0]["reason"]}
    assert said[1] == {"read": 2, "loaded": 1, "changed": 1, "refused": 1, "unknown_columns": ["colour"]}
    assert "colour" in errors
    file.write_text("gtin,name\n1,Fehler\n")
    code, said, errors = run(capsys, "--state", tmp_path, "import", file)
    assert (code, said[-1]["loaded"]) == (2, 0)
    assert "none of 1 rows" in errors


def test_the_database_is_where_its_url_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "products.csv"
    file.write_text(CSV)
    url = f"sqlite:///{tmp_path / 'deep' / 'shop.db'}"
    assert run(capsys, "--database", url, "import", file)[0] == 0
    assert (tmp_path / "deep" / "shop.db").exists()


def test_a_holder_that_takes_no_commands_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with House(tmp_path / "backend.db", Shop()):
        assert "takes no commands" in run(capsys, "--state", tmp_path, "enrol", "lane-1")[2]
        assert "served by another process" in run(capsys, "--state", tmp_path, "serve")[2]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    for command in (["enrol", "x"], ["serve"]):
        code, _, errors = run(capsys, "--state", tmp_path / "file", *command)
        assert code == 2
        assert "cannot be written" in errors


def test_the_anchor_and_the_doctor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(tmp_path) as room:
        head = JournalHead("lane-1", "key", 3, "ab", "sig", 1)
        room.book(batch(event(1, head.to_json(), kind="journal_head")), room.origin(room.enrol()))
    code, said, _ = run(capsys, "--state", tmp_path, "anchor", "lane-1")
    assert (code, said[0]["count"]) == (0, 3)
    code, said, _ = run(capsys, "--state", tmp_path, "doctor")
    assert code == (0 if all(check["ok"] for check in said) else 1)
    assert {"check", "ok", "sentence", "do"} == set(said[0])


def test_an_interrupt_is_no_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("backend.__main__.examine", interrupt)
    assert main(["--state", str(tmp_path), "doctor"]) == 130
