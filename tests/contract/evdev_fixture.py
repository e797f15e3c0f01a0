"""Starts a scanner daemon on an evdev keyboard wedge that umockdev plays, with the scans given.

For tests that need a real event node without hardware, root or uinput::

    @pytest.mark.skipif(NO_UMOCKDEV, reason=WHY_SKIPPED)
    def test_it(tmp_path):
        with scanner_on_evdev(tmp_path, tmp_path / "link", ["4006381333931"]) as daemon:
            ...              # the real program serves tmp_path / "link" / "scanner.sock"

The scans are typed once, the first a second after the daemon has opened the node, so start it when who is to
hear them is ready. umockdev cannot overflow the kernel's queue: put SYN_DROPPED among `records` instead.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from devices.scanner.simulator.keys import strokes

NODE = "/dev/input/event5"
NO_UMOCKDEV = shutil.which("umockdev-run") is None
WHY_SKIPPED = "umockdev-run is not installed; install the package umockdev to play an evdev scanner"
KEY_GAP_S = 0.004
Record = tuple[int, int, int]

DESCRIPTION = """\
P: /devices/platform/scanner/input/input5/event5
N: input/event5
E: DEVNAME=/dev/input/event5
E: MAJOR=13
E: MINOR=69
E: SUBSYSTEM=input
E: ID_INPUT=1
E: ID_INPUT_KEYBOARD=1
A: dev=13:69

"""
LAST_KEY = 125


def _hex(data: bytes, size: int) -> str:
    return data.ljust(size, b"\0").hex().upper()


def _ioctls() -> str:
    """What the node answers; sizes are those python-evdev asks with, which umockdev wants exactly."""
    keys = bytearray(96)
    for code in range(1, LAST_KEY + 1):
        keys[code // 8] |= 1 << code % 8
    answers = [
        "EVIOCGVERSION 0 01000100",
        "EVIOCGID 0 0300F30507000001",
        f"EVIOCGNAME(0) 14 {_hex(b'Wedge 3000', 256)}",
        f"EVIOCGPHYS(0) 14 {_hex(b'usb-1/input0', 256)}",
        f"EVIOCGUNIQ(0) 14 {_hex(b'', 256)}",
        f"EVIOCGBIT(0) 8 {_hex(bytes([0x13]), 4)}",
        f"EVIOCGBIT(1) 96 {_hex(bytes(keys), 96)}",
        f"EVIOCGBIT(4) 8 {_hex(bytes([0x10]), 96)}",
        f"EVIOCGKEY(0) 96 {_hex(b'', 96)}",
        "EVIOCGEFFECTS 0 00000000",
    ]
    return "\n".join(answers) + "\n"


def records_of(
    scans: Sequence[str], first_after_s: float = 1.0, between_s: float = 0.5
) -> list[tuple[float, Record]]:
    """The timed key events of the scans, each with Enter after it."""
    at, timed = first_after_s, list[tuple[float, Record]]()
    for scan in scans:
        for stroke in strokes(scan + "\r"):
            timed += [(at, record) for record in stroke]
            at += KEY_GAP_S
        at += between_s
    return timed


def _events(records: Sequence[tuple[float, Record]]) -> str:
    # The first event is played as soon as the node is open, whatever its time: let it be an empty packet.
    timed = [(0.0, (0, 0, 0)), *records]
    return "".join(f"E: {at:.6f} {kind:04x} {code:04x} {value:04d}\n" for at, (kind, code, value) in timed)


@contextmanager
def scanner_on_evdev(
    folder: Path,
    link: Path,
    scans: Sequence[str] = (),
    *,
    records: Sequence[tuple[float, Record]] | None = None,
    first_after_s: float = 1.0,
    options: Sequence[str] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    """The real `kiosk-scanner run` on a played node.

    Args:
        folder: where umockdev's files are written.
        link: folder of the sockets; `scanner.sock` in it is served.
        scans: texts to type; see `records_of` for when.
        records: timed events instead of `scans`.
        first_after_s: when the first scan begins, from the node's opening.
        options: more options of `kiosk-scanner run`.
    """
    files = {"wedge.umockdev": DESCRIPTION, "wedge.ioctl": _ioctls()}
    files["wedge.events"] = _events(records_of(scans, first_after_s) if records is None else records)
    for name, text in files.items():
        (folder / name).write_text(text)
    played = ["umockdev-run", "-d", str(folder / "wedge.umockdev")]
    played += ["-i", f"{NODE}={folder / 'wedge.ioctl'}", "-e", f"{NODE}={folder / 'wedge.events'}"]
    program = [sys.executable, "-m", "devices.scanner", "run", "--evdev", NODE, "--link", str(link), *options]
    # A session of its own: the signal reaches the program whatever umockdev-run does with it.
    process = subprocess.Popen([*played, "--", *program], start_new_session=True)
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
