import pytest

from devices.terminal.zvt import card

PAN = "4111111111111111"  # the test number every acquirer publishes


@pytest.mark.parametrize(
    ("packed", "last4", "clear"),
    [
        ("EEEEEEEEEEEE4771", "4771", False),
        ("474843EEEEEE7743", "7743", False),
        (PAN, "1111", True),
        ("411111EEEEEEEEEE", None, False),
        ("671234567890123F", "0123", True),
        ("5966666666D2002122", "6666", False),
        ("", None, False),
        ("12F0", None, False),
    ],
)
def test_only_the_last_four_stay(packed: str, last4: str | None, clear: bool) -> None:  # noqa: FBT001 - a table
    assert card.mask(bytes.fromhex(packed)) == card.MaskedPan(last4, clear)


def test_a_masked_number_shows_four_digits_at_most() -> None:
    masked = card.mask(bytes.fromhex(PAN))
    assert str(masked) == "****1111"
    assert "411111" not in repr(masked)
    assert str(card.MaskedPan(None)) == "****"


@pytest.mark.parametrize(
    ("digits", "ok"), [(PAN, True), ("4111111111111112", False), ("5500005555555559", True)]
)
def test_luhn(digits: str, ok: bool) -> None:  # noqa: FBT001 - a table
    assert card.luhn(digits) is ok


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Karte {PAN}", "Karte ****1111"),
        ("4111 1111 1111 1111 12/25", "****1111 12/25"),
        ("4111-1111-1111-1111", "****1111"),
        ("0012 4111 1111 1111 1111 99", "0012 ****1111 99"),
        ("4111111111111112", "4111111111111112"),
        ("Trace 10004001 Beleg 0042", "Trace 10004001 Beleg 0042"),
        (f"{PAN} {PAN}", "****1111 ****1111"),
        ("", ""),
    ],
)
def test_card_numbers_in_texts_are_cut(text: str, shown: str) -> None:
    assert card.redact(text) == shown
