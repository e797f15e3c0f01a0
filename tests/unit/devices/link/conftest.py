"""What the link's tests share: the lamp's interface and a place for its socket."""

from pathlib import Path

import pytest

from devices.link.interface import Interface, parse
from tests.unit.devices.link.lamp import LAMP


@pytest.fixture
def lamp_interface() -> Interface:
    return parse(LAMP)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "lamp.sock"
