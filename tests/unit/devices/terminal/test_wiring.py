from pathlib import Path

import pytest

from devices.settings import ChannelSettings, Serial, Tcp
from devices.settings.address import File
from devices.terminal.steps import Timers
from devices.terminal.transport import TransportError
from devices.terminal.wiring import profile_of, timers_of, way_to
from devices.terminal.zvt.wire import SerialWire, TcpWire
from tests.unit.devices.terminal.bench import run


def test_the_address_chooses_the_wire() -> None:
    assert isinstance(way_to(Tcp("127.0.0.1", 20007)).wire(), TcpWire)
    assert isinstance(way_to(Serial(Path("/dev/ttyUSB0"), 9600)).wire(), SerialWire)
    assert way_to(Tcp("127.0.0.1", 20007)).name == "tcp:127.0.0.1:20007"
    with pytest.raises(ValueError, match="TCP or a serial line"):
        way_to(File(Path("/tmp/x")))  # noqa: S108 - never opened


def test_a_serial_way_leads_to_its_line(tmp_path: Path) -> None:
    async def test() -> None:
        with pytest.raises(TransportError, match="ttyX"):
            await way_to(Serial(tmp_path / "ttyX")).dial(1.0)

    run(test)


def test_settings_become_a_profile() -> None:
    settings = ChannelSettings(password="123456", currency="CHF", t4_ms=90_000)  # noqa: S106 - of a test
    profile = profile_of(settings)
    assert (profile.password.digits, profile.currency) == ("123456", "CHF")
    assert timers_of(settings) == Timers(0.2, 5.0, 5.0, 90.0)
