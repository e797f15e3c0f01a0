"""Receipts show what a receipt may show."""

import pytest

from devices.terminal.simulator.ledger import Closing, Kind
from devices.terminal.simulator.profile import CARDS
from devices.terminal.simulator.receipt import amount_text, card_named, receipt_lines
from tests.unit.devices.terminal.simulator.bench import NOON, Bench


@pytest.mark.parametrize(
    ("kind", "title"), [("payment", "Zahlung"), ("refund", "Gutschrift"), ("reversal", "Storno")]
)
@pytest.mark.parametrize("card", [card.name for card in CARDS])
def test_a_receipt_names_what_happened_and_only_four_digits(kind: Kind, title: str, card: str) -> None:
    bench = Bench()
    entry = bench.ledger.enter(kind, 1234, "EUR", at=NOON, card=card)
    lines = receipt_lines(bench.terminal.site, entry, "Kundenbeleg")
    assert f"{title} {card}" in lines
    assert "EUR 12,34" in lines
    assert "Beleg-Nr. 0001" in lines
    assert "Zahlung erfolgt" in lines
    assert "Datum 23.11.2026" in lines
    assert card_named(card).pan not in "".join(lines)
    assert any(line.endswith(f"#{card_named(card).last4}") for line in lines)


def test_a_declined_receipt_says_so() -> None:
    bench = Bench()
    entry = bench.ledger.enter("payment", 1, "EUR", at=NOON, card="VISA", result=0x33)
    assert "Nicht erfolgt (33)" in receipt_lines(bench.terminal.site, entry, "Kundenbeleg")


def test_an_end_of_day_has_its_sums() -> None:
    lines = receipt_lines(Bench().terminal.site, Closing(9, 10, 123_456, 3, NOON), "Kassenschnitt")
    assert {"Anzahl 3", "Gesamt 1234,56", "TA-Nr. 000010"} <= set(lines)


def test_small_amounts_keep_their_zeros() -> None:
    assert amount_text(5, "EUR") == "EUR 0,05"


def test_an_unknown_card_is_the_first() -> None:
    assert card_named("Diners") == CARDS[0]
