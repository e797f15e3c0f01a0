import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kiosk.bootstrap.sync import main
from kiosk.sync.ledger import Ledger
from kiosk.sync.wire import EnrolmentCode, EnrolReply
from tests.scripted_backend import Answer, scripted


def config(directory: Path, extra: str = "") -> Path:
    file = directory / "config.toml"
    file.write_text(f'[link]\ndirectory = "{directory / "run"}"\n[store]\ndirectory = "{directory}"\n{extra}')
    return file


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--nonsense"], "unrecognized arguments"),
        (["enrol"], "CODE"),
        (["enrol", "AAAA"], "copy it whole"),
        (["--config", "/nowhere/config.toml"], "/nowhere/config.toml"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    given = arguments if "--config" in arguments else [*arguments, "--config", str(config(tmp_path))]
    try:
        code: object = main(given)
    except SystemExit as left:
        code = left.code
    assert code == 2
    errors = capsys.readouterr().err
    assert said in errors
    assert errors.count("\n") == 1


def test_a_wrong_setting_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(config(tmp_path, "[sync]\ninterval = 3\n"))]) == 2
    assert "sync.interval" in capsys.readouterr().err


def test_a_second_one_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(Ledger(tmp_path)):
        assert main(["--config", str(config(tmp_path))]) == 2
    assert "written by another process" in capsys.readouterr().err


def test_a_code_is_redeemed_into_the_asked_directory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reply = EnrolReply("device", 1, "shop", "lane-1", 1).to_json()
    state = tmp_path / "elsewhere"
    with scripted(lambda _: Answer(body=reply)) as backend:
        port = int(backend.url.rpartition(":")[2])
        code = EnrolmentCode("127.0.0.1", port, bytes(16), bytes(10), tls=False).to_text()
        arguments = ["enrol", *code.split("-"), "--config", str(config(tmp_path)), "--state", str(state)]
        assert main(arguments) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"lane": "lane-1", "backend": backend.url, "device": "device", "epoch": 1}
    assert (state / "enrolment.json").exists()


@contextmanager
def stopped_once_served(socket: Path) -> Iterator[None]:
    """Send this process SIGTERM as soon as the socket is there."""
    given_up = threading.Event()

    def watch() -> None:
        while not socket.exists() and not given_up.wait(0.01):
            pass
        if not given_up.is_set():
            os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        given_up.set()
        thread.join()


def test_it_serves_until_told_to_stop(tmp_path: Path) -> None:
    with stopped_once_served(tmp_path / "run" / "sync.sock"):
        assert main(["--config", str(config(tmp_path))]) == 0
    with closing(Ledger(tmp_path)) as ledger:  # the file was let go of
        assert ledger.position("acked_seq") == 0
