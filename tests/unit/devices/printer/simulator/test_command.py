import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from devices.printer.simulator import command

PROGRAM = """
import argparse, sys
from devices.printer.simulator import command
parser = argparse.ArgumentParser()
command.add_arguments(parser)
sys.exit(command.run(parser.parse_args()))
"""


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(arguments)


def test_tcp_or_pty_and_a_directory_are_needed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ((), ("--tcp", "0"), ("--out", "x"), ("--tcp", "70000", "--out", "x")):
        with pytest.raises(SystemExit) as ended:
            parsed(*arguments)
        assert ended.value.code == 2
    assert "'70000' is no port; expected 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"do": "paper_out"}\n{"do": "papr_in"}\n', 'script line 2: do is "papr_in"'),
        (b"\xff\n", "is not UTF-8 text"),
    ],
)
def test_a_bad_script_is_one_sentence_and_exit_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    (tmp_path / "script").write_bytes(content)
    assert (
        command.run(parsed("--tcp", "0", "--out", str(tmp_path), "--script", str(tmp_path / "script"))) == 2
    )
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1


def test_what_cannot_be_opened_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out")
    assert command.run(parsed("--tcp", "0", "--out", out, "--script", str(tmp_path / "no"))) == 2
    assert "No such file" in capsys.readouterr().err
    assert command.run(parsed("--tcp", "0", "--out", out, "--profile", "TM-T99")) == 2
    assert "There is no printer profile 'TM-T99'" in capsys.readouterr().err
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert command.run(parsed("--tcp", str(taken.getsockname()[1]), "--out", out)) == 2
    assert "in use" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_and_ends_by_signal(tmp_path: Path, number: int) -> None:
    control = tmp_path / "c.sock"
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            PROGRAM,
            "--tcp",
            "0",
            "--out",
            str(tmp_path / "out"),
            "--control",
            str(control),
        ],
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        where = json.loads(process.stdout.readline())
        with socket.create_connection((where["host"], where["port"])) as host:
            host.sendall(b"\x10\x04\x01")
            assert host.recv(1) == b"\x12"
        with socket.socket(socket.AF_UNIX) as person:
            person.connect(str(control))
            assert json.loads(person.makefile().readline())["event"] == "state"
        process.send_signal(number)
        assert process.wait(20) == 0
    assert not control.exists()


def test_a_pty_is_linked_where_asked(tmp_path: Path) -> None:
    link = tmp_path / "printer"
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--pty", str(link), "--out", str(tmp_path / "out")],
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        where = json.loads(process.stdout.readline())
        assert os.readlink(link) == where["pty"]  # noqa: PTH115 - the text of the link is compared
        process.terminate()
        assert process.wait(20) == 0
    assert not link.is_symlink()


@pytest.mark.parametrize("cable", ["tcp", "pty"])
def test_it_serves_in_this_process_until_a_signal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cable: str
) -> None:
    where = "0" if cable == "tcp" else str(tmp_path / "printer")
    control = tmp_path / "c.sock"

    def person() -> None:
        """Wait until the printer serves its control socket, then end it."""
        with socket.socket(socket.AF_UNIX) as line:
            while line.connect_ex(str(control)):
                pass
            line.makefile().readline()
        os.kill(os.getpid(), signal.SIGTERM)

    helper = threading.Thread(target=person)
    helper.start()
    arguments = (f"--{cable}", where, "--out", str(tmp_path / "out"), "--control", str(control))
    assert command.run(parsed(*arguments)) == 0
    helper.join()
    assert json.loads(capsys.readouterr().out)["event"] == "listening"
