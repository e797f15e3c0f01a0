import io
import json
from collections.abc import Coroutine
from pathlib import Path

import pytest

from devices.terminal.__main__ import main
from devices.terminal.journal import Journal
from tests.unit.devices.terminal.zvt import published

NOWHERE = ["--tcp", "127.0.0.1:9", "--timers", "t3=0.2,t4=0.4"]


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as left:
            main([option])
        assert left.value.code == 0
    assert "kiosk-terminal" in capsys.readouterr().out


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["dance"],
        ["pay"],
        ["pay", "0"],
        ["pay", "1,50"],
        ["pay", "1.00", "--timers", "t9=1"],
        ["pay", "1.00", "--tcp", "x"],
        ["pay", "1.00", "--tcp", "h:1", "--serial", "/dev/x"],
        ["simulate"],
    ],
)
def test_bad_arguments_are_two_and_a_sentence(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(argv)
    assert left.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_payment_at_a_terminal_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pay", "12.34", *NOWHERE, "--state", str(tmp_path)]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (lines[-1]["state"], lines[-1]["amount"]) == ("NOT_CHARGED", "12.34")
    assert main([*NOWHERE, "--state", str(tmp_path), "attempts"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "NOT_CHARGED"
    assert main(["status", *NOWHERE, "--state", str(tmp_path)]) == 1


def test_what_cannot_be_done_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reverse", "x", *NOWHERE, "--state", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "kiosk-terminal: The journal has no attempt x.\n"


def test_a_wrong_configuration_tells_every_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "config.toml"
    config.write_text('[terminal.card]\npassword = "1"\nt3_ms = 0\n')
    assert main(["pay", "1.00", "--config", str(config)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_folder_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert main(["pay", "1.00", *NOWHERE, "--state", str(tmp_path / "file")]) == 2
    assert "file" in capsys.readouterr().err


def test_decode(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    dump = tmp_path / "dump"
    dump.write_text(f"{published.PAYMENT}\nrubbish\n80 00 00\n")
    assert main(["decode", str(dump)]) == 2
    told = capsys.readouterr()
    assert [json.loads(line)["name"] for line in told.out.splitlines()] == ["status information", "accepted"]
    assert told.err == "kiosk-terminal: Line 2: expected pairs of hexadecimal digits.\n"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(published.FRAMES[0].encode())))
    assert main(["decode", "--serial", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "completion"
    assert main(["decode", str(tmp_path / "none")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_one_daemon_a_journal_and_a_socket(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = Journal(tmp_path)
    assert main(["run", *NOWHERE, "--state", str(tmp_path)]) == 2
    assert "stop that one first" in capsys.readouterr().err
    journal.close()
    (tmp_path / "terminal-card.sock").write_bytes(b"")
    assert main(["run", *NOWHERE, "--state", str(tmp_path), "--link", str(tmp_path)]) == 2
    assert "not a socket" in capsys.readouterr().err


def test_the_simulator_is_reached_through_us(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "script"
    script.write_text("rubbish\n")
    assert main(["simulate", "--tcp", "0", "--script", str(script)]) == 2
    assert "line 1" in capsys.readouterr().err


def test_stopped_by_hand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(made: Coroutine[object, object, int]) -> None:
        made.close()
        raise KeyboardInterrupt

    monkeypatch.setattr("asyncio.run", stop)
    assert main(["pay", "1.00", *NOWHERE, "--state", str(tmp_path)]) == 3
    assert "recover" in capsys.readouterr().err


def test_nobody_reads_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(made: Coroutine[object, object, int]) -> None:
        made.close()
        raise BrokenPipeError

    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr("sys.stdout", out)
        monkeypatch.setattr("asyncio.run", gone)
        assert main(["attempts", "--state", str(tmp_path)]) == 0
