import json
import os
import signal
import socket
import ssl
import threading
from pathlib import Path

import httpx2
import pytest

from backend import server
from backend.errors import UserError
from backend.server import Place, is_loopback, serve
from kiosk.sync.wire.enrolment import SERVER_NAME
from tests.backend_room import opened


def place(**changed: object) -> Place:
    values = {"host": "127.0.0.1", "port": 0, "address": None, "plain": False, "console_everywhere": False}
    return Place(**(values | changed))  # type: ignore[arg-type]  # a table of changes


@pytest.mark.parametrize("plain", [0, 1])
def test_it_says_where_it_listens_serves_and_stops_at_a_signal(tmp_path: Path, plain: int) -> None:
    told: list[dict[str, object]] = []
    answers: list[httpx2.Response] = []

    def ask(url: str) -> None:
        context = ssl.create_default_context(cafile=None if plain else str(tmp_path / "tls" / "ca.pem"))
        with httpx2.Client(verify=context, trust_env=False) as client:
            extensions = {"sni_hostname": SERVER_NAME}
            answers.extend(
                client.get(f"{url}{path}", extensions=extensions) for path in ("/health", "/v1/ca")
            )
        os.kill(os.getpid(), signal.SIGTERM)

    def tell(line: str) -> None:
        told.append(json.loads(line))
        threads.append(threading.Thread(target=ask, args=(told[0]["listening"],)))
        threads[0].start()

    threads: list[threading.Thread] = []
    restore = signal.signal(
        signal.SIGTERM, signal.SIG_IGN
    )  # uvicorn passes the signal on when it has stopped
    try:
        with opened(tmp_path) as room:
            serve(room.house, place(plain=bool(plain)), tmp_path / "tls", tell)
            assert room.rows("SELECT value FROM setting WHERE name = 'address'") == [(told[0]["listening"],)]
    finally:
        signal.signal(signal.SIGTERM, restore)
    threads[0].join()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert b"CERTIFICATE" in answers[1].content or plain
    assert str(told[0]["listening"]).startswith("http://" if plain else "https://")
    assert (tmp_path / "tls").exists() is not bool(plain)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"plain": True, "host": "0.0.0.0"}, "loopback only"),  # noqa: S104 - refused
        ({"host": "no.such.host.invalid"}, "cannot be listened on"),
        ({"address": "host:port"}, "expected host or host:port"),
    ],
)
def test_a_place_that_cannot_be_is_a_sentence(tmp_path: Path, changed: dict[str, object], said: str) -> None:
    with opened(tmp_path) as room, pytest.raises(UserError, match=said):
        serve(room.house, place(**changed), tmp_path / "tls", print)


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, opened(tmp_path) as room:
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"port {port} cannot be listened on"):
            serve(room.house, place(port=port), tmp_path / "tls", print)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"host": "10.0.0.5"}, ("10.0.0.5", 8443)),
        ({"address": "shop.example"}, ("shop.example", 8443)),
        ({"address": "shop.example:99"}, ("shop.example", 99)),
        ({"address": "[fd00::1]:99"}, ("fd00::1", 99)),
        ({"address": "[fd00::1]"}, ("fd00::1", 8443)),
    ],
)
def test_the_address_that_lanes_are_given(changed: dict[str, object], expected: tuple[str, int]) -> None:
    assert server._address(place(**changed), 8443) == expected


def test_listening_everywhere_finds_an_address_of_this_machine() -> None:
    host, port = server._address(place(host="0.0.0.0"), 8443)  # noqa: S104 - nothing listens
    assert host not in {"0.0.0.0", ""}  # noqa: S104 - nothing listens
    assert port == 8443
    assert "0.0.0.0" not in server._names("0.0.0.0", host)  # noqa: S104 - nothing listens
    assert server._names("10.0.0.5", host)[-1] == "10.0.0.5"


@pytest.mark.parametrize(
    ("host", "is_one"),
    [("127.0.0.1", 1), ("::1", 1), ("localhost", 1), ("0.0.0.0", 0), ("10.0.0.1", 0), ("x", 0)],  # noqa: S104 - judged
)
def test_loopback(host: str, is_one: int) -> None:
    assert is_loopback(host) is bool(is_one)
