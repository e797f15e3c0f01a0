import json

import pytest

from devices.terminal.zvt import commands
from devices.terminal.zvt.apdu import Apdu, split
from devices.terminal.zvt.describe import describe
from tests.unit.devices.terminal.zvt import published


def _describe(text: str) -> dict[str, object]:
    whole = split(bytes.fromhex(text))
    assert whole is not None
    return describe(whole[0])


def test_a_payment_with_all_its_fields() -> None:
    shown = _describe(published.PAYMENT)
    assert (shown["header"], shown["name"]) == ("04 0F", "status information")
    fields = shown["fields"]
    assert isinstance(fields, dict)
    assert fields["amount"] == "000000002040"
    assert fields["pan"] == "****4771"
    assert fields["additional_text"] == "GEN.NR.:611804"
    assert "expiry" not in fields


def test_the_password_of_a_command_is_hidden() -> None:
    assert describe(commands.registration(commands.Password("123456"), "EUR")) == {
        "header": "06 00",
        "name": "registration",
        "fields": {"password": "******", "config": "3E", "currency": "0978"},
    }
    assert "123456" not in json.dumps(describe(commands.reversal(commands.Password("123456"), "7", 5, "EUR")))


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        ("80 00 00", "accepted", {}),
        ("84 00 00", "accepted", {}),
        ("84 9C 00", "refused", {"code": 0x9C}),
        ("06 1E 01 6C", "abort", {"code": 0x6C}),
        (
            "06 01 0A 04 00 00 00 01 10 00 49 09 78",
            "authorization",
            {"amount": "000000011000", "currency": "0978"},
        ),
        ("06 B0 00", "abort wish", {}),
        ("0A 0B 00", "unknown", {}),
    ],
)
def test_names_and_fields(text: str, name: str, fields: dict[str, object]) -> None:
    shown = _describe(text)
    assert (shown["name"], shown["fields"]) == (name, fields)


@pytest.mark.parametrize("text", ["04 0F 01 FE", "06 01 02 04 00", "06 1E 00"])
def test_what_cannot_be_read_says_so(text: str) -> None:
    assert "error" in _describe(text)


@pytest.mark.parametrize("text", published.MESSAGES)
def test_every_published_message_can_be_described_as_json(text: str) -> None:
    assert "error" not in json.loads(json.dumps(_describe(text)))


def test_card_data_never_shows() -> None:
    pan = "4111111111111111"
    data = bytes.fromhex(
        f"22F0F8{pan} 23F0F8{pan} 0E2512 3A0999 3CF0F1F6{pan.encode().hex()} 9AF0F0F8{pan} 060A 4C08{pan}"
    )
    shown = json.dumps(describe(Apdu(0x040F, data)))
    assert "****1111" in shown
    assert "11111" not in shown
    assert "2512" not in shown
