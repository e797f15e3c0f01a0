import io
import json
import os
import sys
from pathlib import Path

import pytest

from devices.scanner import __main__ as program
from devices.scanner.configuration import Configuration
from devices.scanner.settings import ReaderSettings, ScannerSettings

KEYS = "".join(
    json.dumps({"t_ms": at * 4, "type": 1, "code": code, "value": 1}) + "\n"
    for at, code in enumerate((5, 11, 28))
)


class Standard:
    """Standard input of bytes."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_a_recording_is_replayed_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "keys").write_text(KEYS)
    assert program.main(["replay", str(tmp_path / "keys")]) == 0
    assert capsys.readouterr().out == '{"event": "DataEvent", "t_ms": 8, "data": "40"}\n'


def test_a_recording_is_replayed_from_standard_input_with_its_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    step = b'{"t_ms": 5, "type": 1, "code": 21, "value": 1}'
    monkeypatch.setattr(sys, "stdin", Standard(step))
    assert program.main(["replay", "--layout", "de", "--suffix", "none", "--gap-ms", "300", "-"]) == 0
    assert json.loads(capsys.readouterr().out) == {"event": "DataEvent", "t_ms": 305, "data": "z"}


def test_an_empty_recording_says_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Standard(b""))
    assert program.main(["replay", "-"]) == 0
    assert capsys.readouterr().out == ""


def test_a_wrong_recording_is_refused_with_all_its_mistakes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Standard(b"x\n\xff\n"))
    assert program.main(["replay", "-"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line[:21] for line in said.err.splitlines()] == ["kiosk-scanner: line 1", "kiosk-scanner: line 2"]


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (["replay", "absent"], "absent: No such file or directory; check the path"),
        (["record", "absent"], "absent"),
        (["--config", "absent", "run"], "absent cannot be read"),
        (["run", "--config", "absent"], "absent cannot be read"),
    ],
)
def test_what_cannot_be_opened_is_a_sentence(
    argv: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert program.main(argv) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["fly"],
        ["replay"],
        ["replay", "--gap-ms", "99", "-"],
        ["replay", "--gap-ms", "x", "-"],
        ["simulate"],
    ],
)
def test_wrong_arguments_end_with_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        program.main(argv)
    assert caught.value.code == 2
    assert "kiosk-scanner" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        program.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("kiosk-scanner ")


def test_the_list_is_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["list"]) == 0
    for line in capsys.readouterr().out.splitlines():
        assert json.loads(line)["transport"] in {"evdev", "serial"}


def test_options_of_run_override_the_configuration(tmp_path: Path) -> None:
    configured = Configuration(ScannerSettings(readers=(ReaderSettings(layout="de", gap_ms=300),)), tmp_path)
    parse = program.parser().parse_args
    same = program.with_options(configured, parse(["run"]))
    assert same == configured
    given = program.with_options(configured, parse(["run", "--suffix", "tab", "--link", "/x"]))
    assert given.scanner.readers == (ReaderSettings(layout="de", gap_ms=300, suffix="tab"),)
    assert given.directory == Path("/x")
    serial = program.with_options(configured, parse(["run", "--serial", "/dev/s", "--gap-ms", "400"]))
    assert serial.scanner.readers == (ReaderSettings(device="/dev/s", transport="serial", gap_ms=400),)
    evdev = program.with_options(configured, parse(["run", "--evdev", "/dev/e"]))
    assert evdev.scanner.readers == (ReaderSettings(device="/dev/e"),)


def test_a_script_that_cannot_be_used_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "script"
    script.write_text("x")
    assert program.main(["simulate", "--pty", str(tmp_path / "link"), "--script", str(script)]) == 2
    assert "line 1: this is not JSON" in capsys.readouterr().err


def test_a_reader_that_has_had_enough_ends_us_quietly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "keys").write_text(KEYS)
    out, into = os.pipe()
    os.close(out)
    with os.fdopen(into, "w") as broken:
        monkeypatch.setattr(sys, "stdout", broken)
        assert program.main(["replay", str(tmp_path / "keys")]) == 0
