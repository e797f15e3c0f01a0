import argparse
import asyncio
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path

import pytest

from devices.scanner.simulator import command


def arguments(*argv: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(argv)


def test_a_scanner_is_played_until_a_signal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script, control = tmp_path / "script", tmp_path / "control"
    script.write_text('{"do": "stall"}\n')
    heard: list[object] = []

    def client() -> None:
        with socket.socket(socket.AF_UNIX) as line:
            while True:
                try:
                    line.connect(str(control))
                    break
                except OSError:
                    continue
            with line.makefile("rwb") as stream:
                heard.append(json.loads(stream.readline()))
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=client)
    thread.start()
    options = ("--pty", str(tmp_path / "link"), "--script", str(script), "--control", str(control))
    assert command.run(arguments(*options, "--suffix", "crlf")) == 0
    thread.join()
    assert heard == [{"event": "state", "heard": False, "suffix": "crlf"}]
    assert json.loads(capsys.readouterr().out) == {"event": "ready"}
    assert not (tmp_path / "link").is_symlink()
    assert not control.exists()


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"x", "line 1: this is not JSON"), (b"\xff", "is not UTF-8 text")]
)
def test_a_script_that_cannot_be_used_is_refused(
    tmp_path: Path, content: bytes, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "script").write_bytes(content)
    assert command.run(arguments("--pty", str(tmp_path / "l"), "--script", str(tmp_path / "script"))) == 2
    assert sentence in capsys.readouterr().err


def test_a_place_that_cannot_be_linked_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(arguments("--evdev", str(tmp_path / "no" / "where"))) == 2
    assert "the simulated scanner cannot start" in capsys.readouterr().err


def test_it_is_one_kind_of_scanner_at_a_time() -> None:
    with pytest.raises(SystemExit):
        arguments("--pty", "a", "--evdev", "b")


def test_it_runs_without_a_control_socket(tmp_path: Path) -> None:
    async def body() -> int:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "devices.scanner", "simulate", "--evdev", str(tmp_path / "node")),
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        assert json.loads(await process.stdout.readline()) == {"event": "ready"}
        process.send_signal(signal.SIGINT)
        return await process.wait()

    assert asyncio.run(body()) == 0
