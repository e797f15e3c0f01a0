from pathlib import Path

import pytest

from devices.scanner.simulator.ports import PipePort, PtyPort
from devices.scanner.transport import EvdevPort, SerialPort
from devices.scanner.wiring import frame_of, reader, wedge_of
from devices.settings import ReaderSettings


def test_settings_reach_the_decoder() -> None:
    settings = ReaderSettings(layout="de", suffix="none", gap_ms=300, max_length=20, gs_key=66)
    wedge = wedge_of(settings)
    assert (wedge.layout, dict(wedge.keys)) == ("de", {66: "\x1d"})
    assert (frame_of(settings).suffix, frame_of(settings).gap_ms, wedge.frame.max_length) == ("none", 300, 20)
    assert not wedge_of(ReaderSettings()).keys


def test_opening_a_reader_opens_its_kind_of_port(tmp_path: Path) -> None:
    serial, evdev = PtyPort(tmp_path / "serial"), PipePort(tmp_path / "evdev")
    serial.plug()
    evdev.plug()
    for transport, kind in (("serial", SerialPort), ("evdev", EvdevPort)):
        settings = ReaderSettings.model_validate(
            {"device": str(tmp_path / transport), "transport": transport}
        )
        made = reader(settings)
        port = made.open()
        assert isinstance(port, kind)
        assert (made.name, made.path, made.transport) == (settings.label, settings.device, transport)
        port.close()
    serial.unplug()
    evdev.unplug()


def test_opening_an_absent_device_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        reader(ReaderSettings(device=str(tmp_path / "absent"))).open()
