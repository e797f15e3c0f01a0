import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.link.client import Client
from devices.link.daemon import Daemon, run, serve
from devices.link.interface import Interface
from tests.unit.devices.link.lamp import Lamp


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(tmp_path / "notify"))
        receiver.settimeout(60)
        monkeypatch.setenv("NOTIFY_SOCKET", receiver.getsockname())
        yield receiver


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_daemon_says_when_it_is_ready_and_stops_when_told(
    path: Path, systemd: socket.socket, number: signal.Signals
) -> None:
    daemon = subprocess.Popen(
        [sys.executable, "-m", "tests.unit.devices.link.lamp", str(path)],
        cwd=Path(__file__).parents[4],
        env={**os.environ, "WATCHDOG_USEC": "20000"},
        stderr=subprocess.PIPE,
    )
    said = {systemd.recv(1000) for _ in range(4)}
    assert said == {f"READY=1\nSTATUS=serving {path}".encode(), b"WATCHDOG=1"}
    daemon.send_signal(number)
    _, lines = daemon.communicate(timeout=60)
    assert daemon.returncode == 0
    assert lines.decode().splitlines() == [f"lamp: INFO serving {path}", "lamp: INFO stopped"]
    assert not path.exists()
    while (last := systemd.recv(1000)) == b"WATCHDOG=1":
        pass
    assert last == b"STOPPING=1"


def test_a_daemon_stops_when_asked_inside_a_loop(lamp_interface: Interface, path: Path) -> None:
    cancelled: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.append("work")

    async def main() -> None:
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(Daemon("lamp", path, lamp_interface, Lamp(), work), stop=stop))
        while not path.exists():  # noqa: ASYNC110, ASYNC240 - another task makes the file
            await asyncio.sleep(0.001)
        async with await Client.open(path, lamp_interface) as client:
            await client.call("GetState")
        stop.set()
        assert await serving == 0

    asyncio.run(main())
    assert cancelled == ["work"]


def test_work_that_fails_ends_the_daemon(
    lamp_interface: Interface, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def broken() -> None:
        raise ValueError("the bulb\nfell out")

    assert run(Daemon("lamp", path, lamp_interface, Lamp(), broken)) == 1
    lines = capfd.readouterr().err.splitlines()
    assert lines[1].startswith("lamp: ERROR the work ended, expected to go on until stopped | Traceback")
    assert len(lines) == 2


def test_work_that_just_ends_is_a_failure_too(lamp_interface: Interface, path: Path) -> None:
    async def lazy() -> None:
        return

    assert asyncio.run(serve(Daemon("lamp", path, lamp_interface, Lamp(), lazy))) == 1


def test_a_socket_that_is_taken_is_one_sentence(
    lamp_interface: Interface, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path.parent.mkdir()
    path.touch()
    assert run(Daemon("lamp", path, lamp_interface, Lamp())) == 2
    assert capfd.readouterr().err == f"lamp: ERROR {path} is not a socket; move that file away\n"


def test_a_daemon_that_is_not_well_stays_silent(
    lamp_interface: Interface, path: Path, systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "2000")
    asked = asyncio.Event()

    def unwell() -> bool:
        asked.set()
        return False

    async def main() -> None:
        stop = asyncio.Event()
        daemon = Daemon("lamp", path, lamp_interface, Lamp(), healthy=unwell)
        serving = asyncio.create_task(serve(daemon, stop=stop))
        await asked.wait()
        stop.set()
        assert await serving == 0

    asyncio.run(main())
    assert systemd.recv(1000).startswith(b"READY=1")
    assert systemd.recv(1000) == b"STOPPING=1"


def test_a_contract_may_be_given_by_name(path: Path) -> None:
    with pytest.raises(TypeError, match=r"org\.checkstand\.Scanner1\.Claim has no handler"):
        asyncio.run(serve(Daemon("lamp", path, "org.checkstand.Scanner1", object())))
