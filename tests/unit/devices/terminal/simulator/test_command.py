"""The command line: what it refuses with a sentence, and a run from ready line to signal."""

import argparse
import asyncio
import json
import os
import signal
from pathlib import Path

import pytest

from devices.terminal.simulator import command
from devices.terminal.simulator.command import Options, add_arguments, run
from devices.terminal.simulator.ledger import Ledger
from devices.terminal.simulator.script import Playbook


def parse(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "one of the arguments --tcp --pty is required"),
        (["--tcp", "1", "--pty", "x"], "not allowed with argument"),
        (["--tcp", "65536"], "expected a TCP port from 0 to 65535"),
        (["--tcp", "x"], "got 'x', expected a TCP port"),
        (["--tcp", "0", "--password", "1234"], "got '1234', expected 6 digits"),
        (["--tcp", "0", "--terminal-id", "1234567x"], "expected 8 digits"),
        (["--tcp", "0", "--profile", "none"], "invalid choice: 'none'"),
        (["--tcp", "0", "--currency", "XXX"], "invalid choice: 'XXX'"),
    ],
)
def test_bad_arguments_are_exit_2_and_a_sentence(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(*words)
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_bad_script_names_every_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "s.jsonl"
    script.write_text('{"on": "paymnt"}\n{"on": "payment", "do": "approve"}\nx\n')
    assert run(parse("--tcp", "0", "--script", str(script))) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(f'{script}: line 1: got "paymnt" as "on", expected payment')
    assert second == f"{script}: line 3: got 'x', expected one JSON object"


def test_files_that_cannot_be_used_are_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(parse("--tcp", "0", "--script", str(tmp_path / "none"))) == 2
    assert "No such file" in capsys.readouterr().err
    (tmp_path / "latin").write_bytes(b"\xff")
    assert run(parse("--tcp", "0", "--script", str(tmp_path / "latin"))) == 2
    assert "utf-8" in capsys.readouterr().err
    (tmp_path / "book").write_text("rubbish\n")
    assert run(parse("--tcp", "0", "--ledger", str(tmp_path / "book"))) == 2
    assert "line 1" in capsys.readouterr().err
    (tmp_path / "file").write_text("")
    assert run(parse("--pty", str(tmp_path / "file"))) == 2
    assert "File exists" in capsys.readouterr().err


def test_a_run_says_where_it_listens_and_ends_by_signal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    control = tmp_path / "control"

    async def till() -> dict[str, object]:
        while not control.exists():  # noqa: ASYNC110  # a name in a folder raises no event
            await asyncio.sleep(0)
        reader, writer = await asyncio.open_unix_connection(control)
        greeting: dict[str, object] = json.loads(await reader.readline())
        _, line = await asyncio.open_connection("127.0.0.1", int(str(greeting["port"])))
        assert json.loads(await reader.readline()) == {"link": "connected"}
        for each in (line, writer):
            each.close()
            await each.wait_closed()
        os.kill(os.getpid(), signal.SIGTERM)
        return greeting

    async def scene() -> dict[str, object]:
        options = Options(sim_tcp=0, sim_control=control, sim_currency="CHF")
        _, greeting = await asyncio.gather(
            command._serve(options, Playbook(), Ledger(lambda _record: None)), till()
        )
        return greeting

    greeting = asyncio.run(scene())
    ready = json.loads(capsys.readouterr().out)
    assert ready == {"listening": True, "host": "127.0.0.1", "port": greeting["port"]}
    assert not control.exists()


def test_a_whole_run_with_ledger_and_serial_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stop_at_once(*_args: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(asyncio.Event, "wait", stop_at_once)
    book = tmp_path / "book"
    assert run(parse("--pty", str(tmp_path / "pt"), "--ledger", str(book))) == 0
    assert book.read_text() == ""


def test_a_terminal_just_switched_on_has_its_options() -> None:
    options = Options(sim_pty=Path("x"), sim_currency="CHF", sim_terminal_id="00000007", sim_answer_ms=100)
    site = command._site_maker(options, Playbook(), Ledger(lambda _record: None))()
    assert site.identity.currency == "0756"
    assert site.identity.terminal_id == "00000007"
    assert site.timing.answer == 300
    assert site.wall().tzinfo is None
    assert site.wall().microsecond == 0
    assert {site.card().name for _ in range(50)} == {"girocard", "Mastercard", "VISA", "Maestro"}


def test_every_shopper_can_be_given_the_same_card() -> None:
    site = command._site_maker(Options(sim_card="VISA"), Playbook(), Ledger(lambda _record: None))()
    assert {site.card().name for _ in range(50)} == {"VISA"}
