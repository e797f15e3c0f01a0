import os
from typing import ClassVar

from devices.scanner import recorder
from devices.scanner.recording import KeyEvent, Plugged, Unplugged
from devices.scanner.transport import INPUT_EVENT, now_ms


def test_everything_is_recorded_until_the_device_goes() -> None:
    descriptor, keyboard = os.pipe()
    os.write(keyboard, INPUT_EVENT.pack(1, 2, 1, 5, 1) + INPUT_EVENT.pack(1, 2, 0, 0, 0))
    steps = recorder.steps(descriptor, now_ms(), (42,))
    first, key, report = next(steps), next(steps), next(steps)
    os.close(keyboard)
    last = next(steps)
    assert first == Plugged(0, (42,))
    assert isinstance(key, KeyEvent)
    assert isinstance(report, KeyEvent)
    assert (key.kind, key.code, key.value, report.kind) == (1, 5, 1, 0)
    assert isinstance(last, Unplugged)
    assert 0 <= key.t_ms == report.t_ms <= last.t_ms
    assert list(steps) == []
    os.close(descriptor)


def test_a_read_that_fails_is_an_unplugged_device() -> None:
    descriptor, keyboard = os.pipe()
    steps = recorder.steps(keyboard, now_ms(), ())
    assert next(steps) == Plugged(0, ())
    assert isinstance(next(steps), Unplugged)
    os.close(descriptor)
    os.close(keyboard)


def test_a_device_is_grabbed_while_it_is_recorded_and_let_go_after() -> None:
    descriptor, keyboard = os.pipe()
    os.close(keyboard)

    class Wedge:
        name = "Wedge 3000"
        fd = descriptor
        log: ClassVar[list[str]] = []

        def active_keys(self) -> list[int]:
            return [42]

        def grab(self) -> None:
            self.log.append("grab")

        def close(self) -> None:
            self.log.append("close")
            os.close(descriptor)

    first, last = recorder.record("/dev/wedge", lambda _: Wedge())
    assert first == Plugged(0, (42,))
    assert isinstance(last, Unplugged)
    assert Wedge.log == ["grab", "close"]
