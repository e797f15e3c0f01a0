"""Records a device's key events, so that a scanner that misbehaves in a shop can be replayed at a desk."""

import os
from collections.abc import Iterator

from evdev import InputDevice

from devices.scanner.recording import KeyEvent, Plugged, Step, Unplugged
from devices.scanner.transport import BATCH, INPUT_EVENT, now_ms


def record(device: str) -> Iterator[Step]:
    """Everything the device says until it is unplugged; it is grabbed meanwhile.

    Raises:
        OSError: it is absent, may not be read, or another program holds it.
    """
    opened = InputDevice(device, readonly=True)
    try:
        held = tuple(opened.active_keys())
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
