from dataclasses import fields, replace
from typing import Any

import pytest

from kiosk.sync.wire.signature import Signed

SIGNED = Signed("POST", "/v1/push?x=1", "ab" * 32, "device", 2, 1_795_435_200_000_000, "nonce")


def test_the_message_is_one_part_a_line() -> None:
    assert SIGNED.message() == (
        b"checkstand-request-1\nPOST\n/v1/push?x=1\n" + b"ab" * 32 + b"\ndevice\n2\n1795435200000000\nnonce"
    )


@pytest.mark.parametrize("name", [field.name for field in fields(Signed)])
def test_every_part_is_covered(name: str) -> None:
    value = getattr(SIGNED, name)
    other: Any = value + 1 if isinstance(value, int) else value + "x"
    changed = replace(SIGNED, **{name: other})
    assert changed.message() != SIGNED.message()
