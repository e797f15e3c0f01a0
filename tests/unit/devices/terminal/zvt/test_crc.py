from devices.terminal.zvt.crc import crc16


def test_check_value_of_the_crc_catalogue() -> None:
    # CRC-16/KERMIT of "123456789" is 2189; the wire carries the low byte first.
    assert crc16(b"123456789") == bytes.fromhex("8921")


def test_nothing_sums_to_zero() -> None:
    assert crc16(b"") == b"\0\0"
