"""Starting the simulator as a module."""

import pytest

from devices.terminal.simulator.__main__ import main


def test_bad_arguments_end_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--tcp", "nowhere"])
    assert ended.value.code == 2
    assert "expected a TCP port" in capsys.readouterr().err


def test_a_script_that_is_not_there_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tcp", "0", "--script", "/nonexistent/script"]) == 2
    assert "/nonexistent/script" in capsys.readouterr().err
