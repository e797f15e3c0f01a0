"""The two clocks of the lane, and ids that sort by time."""

from __future__ import annotations

import os
import time
from typing import Final

from kiosk.checkout.events import Instant

_VERSION_7: Final = 0x7
_VARIANT: Final = 0b10


def now() -> Instant:
    """Read both clocks: UTC for records, CLOCK_BOOTTIME for durations."""
    return Instant(time.time_ns() // 1000, time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000)


def fresh_id() -> str:
    """Make a UUIDv7 (RFC 9562, 5.7): milliseconds of UTC, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    high = (milliseconds & (1 << 48) - 1) << 80 | _VERSION_7 << 76 | (random >> 68) << 64
    digits = f"{high | _VARIANT << 62 | random & (1 << 62) - 1:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
