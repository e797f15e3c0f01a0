import os
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

from devices.scanner.simulator.ports import INPUT_EVENT, PipePort, Port, PtyPort, UinputPort, evdev_port


def read_to_the_end(descriptor: int) -> bytes:
    """A terminal whose other end is gone reads as empty or as EIO, as the kernel pleases."""
    try:
        return os.read(descriptor, 100)
    except OSError:
        return b""


def test_a_pty_is_a_link_to_a_terminal_a_program_can_read(tmp_path: Path) -> None:
    port = PtyPort(tmp_path / "link")
    port.plug()
    port.plug()
    assert not port.heard
    theirs = os.open(tmp_path / "link", os.O_RDWR | os.O_NOCTTY)
    assert port.heard
    for piece in port.pieces("4\x1d€", "crlf"):
        port.send(piece)
    wanted = b"4\x1d\xe2\x82\xac\r\n"
    assert b"".join(os.read(theirs, 1) for _ in wanted) == wanted
    os.close(theirs)
    assert not port.heard
    with pytest.raises(BrokenPipeError):
        port.send(b"1")
    port.unplug()
    port.unplug()
    assert not (tmp_path / "link").is_symlink()


def test_a_pulled_cable_is_an_end_to_who_reads_and_a_new_terminal_afterwards(tmp_path: Path) -> None:
    port = PtyPort(tmp_path / "link")
    port.plug()
    first = os.open(tmp_path / "link", os.O_RDWR | os.O_NOCTTY)
    port.unplug()
    assert read_to_the_end(first) == b""
    port.plug()
    assert (tmp_path / "link").resolve().is_char_device()
    os.close(first)
    port.unplug()


def test_a_pipe_carries_key_events_with_the_time(tmp_path: Path) -> None:
    port = PipePort(tmp_path / "node")
    port.plug()
    port.plug()
    assert not port.heard
    reader = os.open(tmp_path / "node", os.O_RDONLY | os.O_NONBLOCK)
    assert port.heard
    assert stat.S_ISFIFO((tmp_path / "node").stat().st_mode)
    (piece, end) = port.pieces("a", "enter")
    port.send(piece)
    events = list(INPUT_EVENT.iter_unpack(os.read(reader, 4096)))
    assert [event[2:] for event in events] == [
        (4, 4, 458782),
        (1, 30, 1),
        (0, 0, 0),
        (4, 4, 458782),
        (1, 30, 0),
        (0, 0, 0),
    ]
    assert all(event[0] > 0 for event in events)
    assert len(end) == len(piece)
    port.unplug()
    port.unplug()
    assert os.read(reader, 1) == b""
    os.close(reader)


@pytest.mark.parametrize("kind", [PtyPort, PipePort, UinputPort])
def test_nothing_goes_over_a_cable_that_is_out(kind: type[Port], tmp_path: Path) -> None:
    port = kind(tmp_path / "node")  # type: ignore[call-arg] # the protocol says nothing of how one is made
    assert not port.heard
    with pytest.raises(BrokenPipeError):
        port.send(b"1")
    port.unplug()


def test_a_keyboard_is_the_kernels_where_it_can_be(tmp_path: Path) -> None:
    kind = UinputPort if os.access("/dev/uinput", os.W_OK) else PipePort
    assert isinstance(evdev_port(tmp_path / "node"), kind)
    assert UinputPort(tmp_path / "x").pieces("a", "none") != []


def test_a_keyboard_of_the_kernels_is_linked_and_types(tmp_path: Path) -> None:
    class Keyboard:
        device = SimpleNamespace(path=str(tmp_path / "event7"))
        log: ClassVar[list[object]] = []

        def write(self, *record: int) -> None:
            self.log.append(record)

        def close(self) -> None:
            self.log.append("close")

    port = UinputPort(tmp_path / "node", Keyboard)  # type: ignore[arg-type] # stands in for evdev's UInput
    port.plug()
    port.plug()
    assert (tmp_path / "node").readlink() == tmp_path / "event7"
    assert port.heard
    port.send(port.pieces("1", "none")[0])
    port.unplug()
    assert Keyboard.log == [
        (4, 4, 458754),
        (1, 2, 1),
        (0, 0, 0),
        (4, 4, 458754),
        (1, 2, 0),
        (0, 0, 0),
        "close",
    ]
    assert not (tmp_path / "node").is_symlink()
