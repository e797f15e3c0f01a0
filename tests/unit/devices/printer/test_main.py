import io
import json
import sys
from pathlib import Path

import pytest

from devices.printer.__main__ import main

DOCUMENT = {"blocks": [{"text": "a"}, {"cut": "partial"}]}


@pytest.fixture
def document(tmp_path: Path) -> str:
    path = tmp_path / "doc.json"
    path.write_text(json.dumps(DOCUMENT))
    return str(path)


def config(folder: Path, text: str) -> str:
    path = folder / "config.toml"
    path.write_text(text)
    return str(path)


def test_status_decodes_a_recording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "recording.jsonl"
    path.write_text('{"t_ms": 0, "bytes": "12"}\n{"t_ms": 1, "bytes": "37 25 00"}\n')
    assert main(["status", "--expect", "eot4", str(path)]) == 0
    assert capsys.readouterr().out == '{"kind": "eot", "paper": "ok"}\n{"kind": "cleared"}\n'


def test_status_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"bytes": "16"}')))
    assert main(["status", "-"]) == 0
    assert capsys.readouterr().out == '{"kind": "protocol_error"}\n'


def test_print_and_jobs(document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.bin"
    state = ["--state", str(tmp_path / "state")]
    assert main(["jobs", *state]) == 0
    assert capsys.readouterr().out == ""
    assert main(["print", document, "--to", f"file:{out}", "--job", "k", *state]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "UNCONFIRMED"
    assert b"a\n" in out.read_bytes()
    assert main([*state, "jobs"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "job": "k",
        "state": "UNCONFIRMED",
        "copies": 0,
        "cause": None,
    }


def test_print_with_the_configured_printer_and_a_key_of_its_own(
    document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = config(
        tmp_path,
        f'[printer]\nto = "file:{tmp_path / "out.bin"}"\nprofile = "TM-m30"\nunknown = "ask"\n'
        f'[store]\ndirectory = "{tmp_path}"\n',
    )
    assert main(["--config", settings, "print", document]) == 0
    assert json.loads(capsys.readouterr().out)["job"].startswith("by-hand-")


def test_a_job_that_is_not_on_paper_is_exit_1(
    document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--to", "tcp:127.0.0.1:1", "--state", str(tmp_path), "--wait", "0.1"]
    assert main(["print", document, *arguments]) == 1
    assert json.loads(capsys.readouterr().out)["state"] in {"HELD", "QUEUED"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["print", "DOC", "--to", "usb:1"], "--to: got 'usb:1', expected one of tcp:HOST:PORT"),
        (["print", "DOC", "--to", "file:x", "--profile", "TM-T99"], "profile 'TM-T99' is not known"),
        (["print", "nowhere.json", "--to", "file:x"], "nowhere.json cannot be read"),
        (["status", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
        (["--config", "nowhere.toml", "jobs"], "nowhere.toml"),
        (["--state", "DOC", "print", "DOC", "--to", "file:x"], "cannot be opened"),
        (["--config", "BAD", "run"], "printer.profile: got 'TM-T88', expected one of"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_exit_2(
    arguments: list[str], sentence: str, document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = config(tmp_path, '[printer]\nprofile = "TM-T88"\n')
    given = [{"DOC": document, "BAD": bad}.get(argument, argument) for argument in arguments]
    state = [] if "--state" in given else ["--state", str(tmp_path / "state")]
    assert main([*state, *given]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("kiosk-printer: ")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1


def test_every_error_of_a_recording_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "recording.jsonl"
    path.write_text("x\n{}\n")
    assert main(["status", str(path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_run_needs_a_place_for_its_socket(
    document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "--state",
        str(tmp_path / "state"),
        "--link",
        f"{document}/no",
        "run",
        "--to",
        "file:/dev/null",
    ]
    assert main(arguments) == 2
    assert document in capsys.readouterr().err


def test_simulate_is_handed_to_the_simulator(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--tcp", "0", "--out", str(tmp_path), "--profile", "no such printer"]) == 2
    assert "no such printer" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["simulate", "--help"]])
def test_help_and_version(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 0
    assert "kiosk-printer" in capsys.readouterr().out


def test_an_unknown_command_is_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["fax"])
    assert left.value.code == 2
    assert "fax" in capsys.readouterr().err
