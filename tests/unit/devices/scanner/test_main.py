import io
import json
import os
import sys
from pathlib import Path

import pytest

from devices.scanner import __main__ as program
from devices.settings import ReaderSettings

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
        (["--config", "absent", "run"], "absent"),
        (["run", "--config", "absent"], "absent"),
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


def test_options_of_run_override_the_configuration() -> None:
    configured = [ReaderSettings(name="a", layout="de", gap_ms=300), ReaderSettings(name="b")]

    def given(*argv: str) -> list[ReaderSettings]:
        return program.readers(configured, program.parser(argv).parse_args(["run", *argv]))

    assert given() == configured
    assert [each.suffix for each in given("--suffix", "tab")] == ["tab", "tab"]
    assert given("--serial", "/s", "--gap-ms", "400") == [
        ReaderSettings(device="/s", transport="serial", gap_ms=400)
    ]
    assert given("--evdev", "/e") == [ReaderSettings(device="/e")]


def test_every_mistake_of_the_configuration_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[[scanner.readers]]\nlayout = "dvorak"\ngap_ms = 5\n')
    assert program.main(["run", "--config", str(config)]) == 2
    assert [line.split(":")[1] for line in capsys.readouterr().err.splitlines()] == [
        " scanner.readers[0].layout",
        " scanner.readers[0].gap_ms",
    ]


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
