import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.link.notify import notify, watchdog_interval_s


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(tmp_path / "notify"))
        receiver.settimeout(10)
        yield receiver


def test_systemd_is_told(systemd: socket.socket) -> None:
    assert notify("READY=1", "STATUS=well", environment={"NOTIFY_SOCKET": systemd.getsockname()})
    assert systemd.recv(100) == b"READY=1\nSTATUS=well"


def test_an_abstract_socket_is_told() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(f"\0checkstand-test-{os.getpid()}")
        receiver.settimeout(10)
        assert notify("WATCHDOG=1", environment={"NOTIFY_SOCKET": f"@checkstand-test-{os.getpid()}"})
        assert receiver.recv(100) == b"WATCHDOG=1"


@pytest.mark.parametrize("address", ["", "relative", "/nowhere/at/all"])
def test_without_systemd_nothing_happens(address: str) -> None:
    assert not notify("READY=1", environment={"NOTIFY_SOCKET": address})


def test_the_processs_own_environment_is_the_default(
    systemd: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", systemd.getsockname())
    monkeypatch.setenv("WATCHDOG_USEC", "10000000")
    monkeypatch.delenv("WATCHDOG_PID", raising=False)
    assert notify("READY=1")
    assert watchdog_interval_s() == 5


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "10000000"}, 5.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": str(os.getpid())}, 5.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_signs_of_life_come_twice_as_often_as_needed(
    environment: dict[str, str], expected: float | None
) -> None:
    assert watchdog_interval_s(environment) == expected
