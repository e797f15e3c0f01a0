"""The backend's clock and its time-ordered ids."""

import secrets
import time
import uuid

MICROSECOND_NS = 1000


def now_us() -> int:
    """Return microseconds since 1970 UTC."""
    return time.time_ns() // MICROSECOND_NS


def uuid7() -> str:
    """Return a UUIDv7 (RFC 9562, 5.7): milliseconds, then 74 random bits."""
    milliseconds = now_us() // 1000
    random = secrets.randbits(74)
    value = milliseconds << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1
    return str(uuid.UUID(int=value))
