"""Who calls for a person is seen at the backend, and the lane says so only then: over the real wire."""

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sync.shop import Backend, Lane, running, until

pytestmark = pytest.mark.journey

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class Screen:
    """The lane's end of the link, as kiosk run has it."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link

    def says(self, screen: str, sale_state: str | None, wants: str | None) -> None:
        said = {"screen": screen, "sale_state": sale_state, "outbox_seq": 0, "wants": wants}
        call = {"method": "org.checkstand.Sync1.LaneState", "parameters": said}
        self._link.sendall(json.dumps(call).encode() + b"\0")
        answer = b""
        while not answer.endswith(b"\0"):
            answer += self._link.recv(65536)
        assert "error" not in json.loads(answer[:-1])


@contextmanager
def connected(lane: Lane) -> Iterator[Screen]:
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(30)
        link.connect(str(lane.sockets / "sync.sock"))
        yield Screen(link)


def test_a_call_is_told_once_a_console_has_shown_it_and_again_after_the_backend_was_away(
    tmp_path: Path,
) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    with running(backend):
        assert lane.enrol(backend.code())[0] == 0
        with running(lane):
            lane.state_with(backend="Online", told=None)
            with connected(lane) as screen:
                screen.says("basket", "open", "help")
                until(lambda: "Help wanted" in backend.get("/sales").text, "the call on a page")
                assert lane.state_with(backend="Online")["told"] is None
                assert "Help wanted" in backend.get("/lanes/now").text
                lane.state_with(told="help")
                screen.says("checking", "paying", "checking")
                assert lane.state_with(enrolled=True)["told"] is None
                until(lambda: "Payment being checked" in backend.get("/lanes/now").text, "the new call")
                lane.state_with(told="checking")
                backend.kill()
                lane.outbox.sell(1)
                lane.state_with(backend="Offline", told=None)
                backend.start()
                until(lambda: "Payment being checked" in backend.get("/lanes/now").text, "the call again")
                lane.state_with(told="checking")
                screen.says("paid", "completed", None)
                until(lambda: "being checked" not in backend.get("/lanes/now").text, "the end of the call")
                screen.says("basket", "open", "help")
                until(lambda: "Help wanted" in backend.get("/lanes/now").text, "another call")
                lane.state_with(told="help")
            lane.state_with(told=None)


@pytest.mark.service
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: no browser looks at the console")
def test_a_browser_left_on_a_page_shows_the_call_in_its_title(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    with running(backend):
        assert lane.enrol(backend.code())[0] == 0
        with running(lane):
            lane.state_with(backend="Online")
            with connected(lane) as screen:
                screen.says("escalated", "paying", "escalated")
                until(lambda: "Please settle" in backend.get("/stock").text, "the call on a page")
                page = browsed(f"{backend.url}/stock", tmp_path / "browser")
                assert "<title>(1) Please settle a payment: lane-1 · Stock" in page
                assert 'role="status">Please settle a payment: lane-1<' in page
                lane.state_with(told="escalated")


def browsed(address: str, profile: Path) -> str:
    """Open a page in a browser, let its script work for some seconds of its own clock; give what it shows."""
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--ignore-certificate-errors", "--dump-dom")
    made = subprocess.run(
        [
            str(CHROMIUM),
            *options,
            f"--user-data-dir={profile}",
            "--virtual-time-budget=5000",
            address,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return made.stdout
