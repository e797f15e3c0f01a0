import os
import socket
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from devices.link.endpoint import Endpoint, EndpointError


def reachable(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        return client.connect_ex(str(path)) == 0


def test_a_socket_is_made_for_owner_and_group_and_taken_away(path: Path) -> None:
    endpoint = Endpoint(path, {})
    assert reachable(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert not endpoint.activated
    endpoint.close()
    endpoint.close()
    assert not path.exists()
    assert not path.with_name("lamp.sock.new").exists()


def test_a_stale_socket_is_replaced(path: Path) -> None:
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(path))
        path.with_name("lamp.sock.new").touch()
    assert not reachable(path)
    with closing(Endpoint(path, {})):
        assert reachable(path)


def test_two_of_us_never_share_a_socket(path: Path) -> None:
    with closing(Endpoint(path, {})):
        with pytest.raises(EndpointError) as refused:
            Endpoint(path, {})
        assert refused.value.strerror == f"{path} is served by another process; stop that one first"
        assert reachable(path)
    with closing(Endpoint(path, {})):
        assert reachable(path)


@pytest.mark.parametrize("backlog", [0, 5])
def test_a_socket_somebody_else_serves_is_left_alone(path: Path, backlog: int) -> None:
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
        other.bind(str(path))
        other.listen(backlog)
        waiting = []
        for _ in range(1 if backlog == 0 else 0):  # fills the queue: a further connect would block
            client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            client.connect(str(path))
            waiting.append(client)
        with pytest.raises(EndpointError, match="is served by another process"):
            Endpoint(path, {})
        for client in waiting:
            client.close()


def test_a_file_that_is_no_socket_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(EndpointError, match="is not a socket; move that file away"):
        Endpoint(path, {})
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_is_one_sentence(path: Path) -> None:
    path.parent.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(EndpointError, match="cannot be served: "):
        Endpoint(path, {})


def test_a_name_too_long_for_a_socket_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EndpointError, match="AF_UNIX path too long"):
        Endpoint(tmp_path / ("x" * 120), {})


ACTIVATED = """
import os, sys
from pathlib import Path
from devices.link.endpoint import Endpoint
os.environ["LISTEN_PID"] = str(os.getpid())
endpoint = Endpoint(Path(sys.argv[1]))
connection, _ = endpoint.socket.accept() if endpoint.socket.setblocking(True) is None else None
connection.sendall(b"activated" if endpoint.activated else b"own")
connection.close()
endpoint.close()
"""


@pytest.mark.parametrize("spare", [0, 1])
def test_systemds_socket_is_taken_and_outlives_us(path: Path, spare: int) -> None:
    path.parent.mkdir()
    root = Path(__file__).parents[4]
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as unused:
        listener.bind(str(path))
        listener.listen()
        handed = [unused.fileno()] * spare + [listener.fileno()]
        moves = "".join(f"os.dup2({fd}, {900 + i}); " for i, fd in enumerate(handed))
        moves += "".join(f"os.dup2({900 + i}, {3 + i}); " for i in range(len(handed)))
        child = subprocess.Popen(
            [sys.executable, "-c", f"import os; {moves}{ACTIVATED}", str(path)],
            pass_fds=handed,
            cwd=root,
            env={**os.environ, "LISTEN_FDS": str(len(handed)), "PYTHONPATH": str(root)},
        )
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(60)
            client.connect(str(path))
            assert client.recv(100) == b"activated"
        assert child.wait(60) == 0
        assert path.exists()
        assert reachable(path)


def test_sockets_handed_to_another_process_are_not_ours(path: Path) -> None:
    with closing(Endpoint(path, {"LISTEN_PID": "1", "LISTEN_FDS": "1"})) as endpoint:
        assert not endpoint.activated


def test_of_handed_sockets_none_may_fit(path: Path) -> None:
    with closing(Endpoint(path, {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "0"})) as endpoint:
        assert not endpoint.activated


@pytest.mark.parametrize("count", [1, 2])
def test_of_handed_sockets_the_one_bound_to_our_path_is_taken(path: Path, count: int) -> None:
    path.parent.mkdir()
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as other:
        listener.bind(str(path))
        listener.listen()
        other.bind(str(path.with_name("other.sock")))
        first = 700
        os.dup2(listener.fileno(), first)
        os.dup2(other.fileno(), first + 1)
        environment = {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": str(count)}
        with closing(Endpoint(path, environment, first)) as endpoint:
            assert endpoint.activated
            assert endpoint.socket.fileno() == first
        os.close(first + 1)  # not ours, and still open
        assert reachable(path)


def test_handed_sockets_of_another_kind_are_left_alone(path: Path) -> None:
    with socket.socket(socket.AF_INET) as other:
        os.dup2(other.fileno(), 700)
        environment = {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
        with closing(Endpoint(path, environment, 700)) as endpoint:
            assert not endpoint.activated
        os.close(700)
