"""The check sum of the serial frame: CRC-16/KERMIT (reflected 0x1021, start 0, no final change)."""

_POLYNOMIAL = 0x8408


def _entry(value: int) -> int:
    for _ in range(8):
        value = (value >> 1) ^ (_POLYNOMIAL if value & 1 else 0)
    return value


_TABLE = tuple(_entry(value) for value in range(256))


def crc16(data: bytes) -> bytes:
    """Return the two check bytes of `data`, low byte first, as they go over the wire (PA00P016, 3)."""
    value = 0
    for byte in data:
        value = (value >> 8) ^ _TABLE[(value ^ byte) & 0xFF]
    return value.to_bytes(2, "little")
