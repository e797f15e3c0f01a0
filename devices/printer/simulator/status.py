"""What the simulated printer's sensors say, and the status bytes made of them.

Bit meanings: Epson ESC/POS reference, DLE EOT, GS a (ASB), GS r.
"""

from __future__ import annotations

from dataclasses import dataclass

_EOT_FIXED = 0x12
_ASB_FIXED = 0x10
_ASB_LAST = 0x0F
ASB_DRAWER = 0x01
ASB_ONLINE = 0x02
ASB_ERROR = 0x04
ASB_PAPER = 0x08


@dataclass(frozen=True, slots=True)
class Sensors:
    """The mechanical state. ``paper``: ok, near_end or end."""

    powered: bool = True
    paper: str = "ok"
    cover_open: bool = False
    cutter_jam: bool = False
    drawer_open: bool = False

    @property
    def online(self) -> bool:
        """Whether the printer prints: paper in, cover closed, no fault."""
        return self.powered and self.paper != "end" and not self.cover_open and not self.cutter_jam


def _bits(*pairs: tuple[bool, int]) -> int:
    return sum(value for on, value in pairs if on)


def eot(sensors: Sensors, number: int) -> bytes:
    """The answer to DLE EOT n: one byte, or none for a number this model does not know."""
    answers = {
        1: _bits((sensors.drawer_open, 0x04), (not sensors.online, 0x08)),
        2: _bits((sensors.cover_open, 0x04), (sensors.paper == "end", 0x20), (sensors.cutter_jam, 0x40)),
        3: _bits((sensors.cutter_jam, 0x08)),
        4: _bits((sensors.paper != "ok", 0x0C), (sensors.paper == "end", 0x60)),
    }
    return bytes((_EOT_FIXED | answers[number],)) if number in answers else b""


def asb(sensors: Sensors) -> bytes:
    """The four bytes of basic automatic status back."""
    first = _bits((sensors.drawer_open, 0x04), (not sensors.online, 0x08), (sensors.cover_open, 0x20))
    second = _bits((sensors.cutter_jam, 0x08))
    return bytes((_ASB_FIXED | first, second, _paper(sensors), _ASB_LAST))


def asb_wanted(mask: int, before: Sensors, after: Sensors) -> bool:
    """Whether the change is one the host asked to be told of with GS a ``mask``."""
    changed = _bits(
        (before.drawer_open != after.drawer_open, ASB_DRAWER),
        (before.online != after.online or before.cover_open != after.cover_open, ASB_ONLINE),
        (before.cutter_jam != after.cutter_jam, ASB_ERROR),
        (before.paper != after.paper, ASB_PAPER),
    )
    return bool(mask & changed)


def queued_status(sensors: Sensors, number: int) -> bytes:
    """The answer to GS r n: n 1 or 49 paper, 2 or 50 drawer; one byte, or none."""
    if number in (1, 49):
        return bytes((_paper(sensors),))
    if number in (2, 50):
        return bytes((int(sensors.drawer_open),))
    return b""


def _paper(sensors: Sensors) -> int:
    return _bits((sensors.paper != "ok", 0x03), (sensors.paper == "end", 0x0C))
