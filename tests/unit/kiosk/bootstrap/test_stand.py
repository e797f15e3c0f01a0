import json
import signal
import socket
import sys
import threading
from pathlib import Path

import pytest

from kiosk.bootstrap.stand import ALL, LineSocket, Options, Places, Stand, StandError, await_that
from kiosk.config import check


@pytest.fixture
def stand(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Stand:
    return Stand(Places(tmp_path / "stand", tmp_path_factory.mktemp("s")), Options(timers={"t4_ms": 4000}))


def test_the_configuration_it_writes_is_one_a_lane_accepts(stand: Stand) -> None:
    assert check(stand.places.config).row() == {"ok": True, "errors": []}
    text = stand.places.config.read_text(encoding="utf-8")
    assert "t4_ms = 4000" in text
    assert str(stand.scanner_tty) in text


def test_on_a_screen_the_lane_comes_in_a_window_of_half_its_size(tmp_path: Path) -> None:
    stand = Stand(Places(tmp_path / "stand", tmp_path), Options(offscreen=False))
    assert check(stand.places.config).ok
    assert "width = 540" in stand.places.config.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_every_process_is_one_of_our_programs(stand: Stand, name: str) -> None:
    command = stand._command(name)
    assert command[:2] == [sys.executable, "-m"]
    assert command[2].split(".")[0] in {"kiosk", "backend", "devices"}


def test_a_process_is_started_killed_and_ended(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
    monkeypatch.setattr(stand, "_command", lambda _: sleeper)
    with stand:
        stand.start("scanner", "printer")
        await_that(
            lambda: b"up" in stand.places.log("scanner").read_bytes(), "it", stand.places.log("scanner")
        )
        assert stand.alive("scanner")
        stand.kill("scanner", signal.SIGTERM)
        assert not stand.alive("scanner")
        assert stand.alive("printer")
    assert not stand.alive("printer")


def test_a_command_that_fails_says_why(stand: Stand) -> None:
    assert stand.run("--version").startswith("kiosk ")
    with pytest.raises(StandError, match="exited with 2"):
        stand.run("no-such-command")


def test_what_does_not_come_is_named_with_its_log(tmp_path: Path) -> None:
    with pytest.raises(StandError, match=r"the printer did not come within 0 s: see .*x\.log"):
        await_that(lambda: False, "the printer", tmp_path / "x.log", seconds=0.01)


def answering(path: Path, answer: bytes) -> threading.Thread:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen()

    def serve() -> None:
        with server, server.accept()[0] as client:
            client.recv(4096)
            client.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def test_a_lanes_health_is_asked_over_the_link(stand: Stand) -> None:
    assert stand.health() == {}
    told = {"parameters": {"parts": [{"name": "scanner", "ok": True}, {"name": "sync", "ok": False}]}}
    thread = answering(stand.places.sockets / "lane.sock", json.dumps(told).encode() + b"\0")
    assert stand.health() == {"scanner": True, "sync": False}
    thread.join()


@pytest.mark.parametrize("answer", [b"", b"nonsense\0", b"{}\0"])
def test_a_lane_that_does_not_answer_has_no_health(stand: Stand, answer: bytes) -> None:
    thread = answering(stand.places.sockets / "lane.sock", answer)
    assert stand.health() == {}
    thread.join()


def test_lines_go_both_ways_until_the_other_end_goes(tmp_path: Path) -> None:
    thread = answering(tmp_path / "x.sock", b'{"ok": true}\n')
    with LineSocket(tmp_path / "x.sock") as lines:
        assert lines.ask({"touch": "pay"}) == {"ok": True}
        with pytest.raises(ConnectionError, match="went away"):
            lines.receive()
    thread.join()
