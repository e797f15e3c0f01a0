"""Records a device's key events, so that a scanner that misbehaves in a shop can be replayed at a desk."""

import os
from collections.abc import Callable, Iterator

from devices.scanner.recording import KeyEvent, Plugged, Step, Unplugged
from devices.scanner.transport import BATCH, INPUT_EVENT, KeyDevice, now_ms, open_device


def record(device: str, open_device: Callable[[str], KeyDevice] = open_device) -> Iterator[Step]:
    """Everything the device says until it is unplugged; it is grabbed meanwhile.

    Raises:
        OSError: it is absent, may not be read, or another program holds it.
    """
    opened = open_device(device)
    try:
        held = tuple(int(code) for code in opened.active_keys())
        opened.grab()
        yield from steps(opened.fd, now_ms(), held)
    finally:
        opened.close()


def steps(descriptor: int, start_ms: float, held: tuple[int, ...]) -> Iterator[Step]:
    """What a blocking descriptor of struct input_event says until its end; times count from `start_ms`."""
    yield Plugged(0, held)
    os.set_blocking(descriptor, True)
    while True:
        try:
            data = os.read(descriptor, INPUT_EVENT.size * BATCH)
        except OSError:
            data = b""
        t_ms = round(now_ms() - start_ms)
        if not data:
            yield Unplugged(t_ms)
            return
        for _, _, kind, code, value in INPUT_EVENT.iter_unpack(
            data[: len(data) // INPUT_EVENT.size * INPUT_EVENT.size]
        ):
            yield KeyEvent(t_ms, kind, code, value)
