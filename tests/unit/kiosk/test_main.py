import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import __main__ as kiosk


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "expected a command"),
        (["snyc"], "did you mean sync"),
        (["zzz"], "there is no command 'zzz'; kiosk --help"),
        (["check-config"], "expected one"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert kiosk.main(arguments) == 2
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_names_every_command(capsys: pytest.CaptureFixture[str], flag: str) -> None:
    assert kiosk.main([flag]) == 0
    said = capsys.readouterr().out
    assert all(f"kiosk {name}" in said for name in kiosk.COMMANDS)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["kiosk", "--version"])
    assert kiosk.main() == 0
    assert capsys.readouterr().out.startswith("kiosk ")


def test_a_command_gets_what_follows_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "config.toml"
    file.write_text("")
    assert kiosk.main(["check-config", str(file)]) == 0
    assert '"ok": true' in capsys.readouterr().out


def test_a_missing_part_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    command = kiosk.Command("kiosk.bootstrap.not_there:main", "x", "x")
    monkeypatch.setitem(kiosk.COMMANDS, "demo", command)
    assert kiosk.main(["demo"]) == 2
    assert "demo needs kiosk.bootstrap.not_there, which is not installed" in capsys.readouterr().err


def test_an_interrupt_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(kiosk.COMMANDS, "demo", kiosk.Command(f"{__name__}:interrupted", "x", "x"))
    monkeypatch.setitem(sys.modules, __name__, sys.modules[interrupted.__module__])
    assert kiosk.main(["demo"]) == 130


def interrupted(_arguments: object) -> int:
    raise KeyboardInterrupt


def test_no_command_is_imported_to_say_help() -> None:
    asked = "import sys, kiosk.__main__ as k; k.main(['--help']); print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
