from dataclasses import replace

import pytest

from kiosk.domain.basket import EntryMethod, Line
from kiosk.domain.money import Quantity
from kiosk.domain.sale import CardReceipt, Method, NotCharged, Tender
from kiosk.store import mapping
from tests.goods import EUR, MILK, MYSTERY, SODA, WINE, eur


@pytest.mark.parametrize(
    "line",
    [
        Line(1, SODA, Quantity(2000), EntryMethod.SCANNED),
        Line(2, SODA, Quantity(-1000), EntryMethod.TOUCHED, void_of=1),
        Line(
            3,
            replace(WINE, picture="wine", allergens=("sulphites",), place="A3", price_version=9),
            Quantity(1),
            EntryMethod.SCANNED,
        ),
        Line(4, MYSTERY, Quantity(1000), EntryMethod.SCANNED),
        Line(5, MILK, Quantity(1000), EntryMethod.SCANNED),
    ],
)
def test_a_line_comes_back_as_it_was(line: Line) -> None:
    assert mapping.line_from_row(mapping.line_row("s1", line, 5), EUR) == line


@pytest.mark.parametrize(
    "receipt",
    [
        CardReceipt(eur(129)),
        CardReceipt(eur(129), "Visa", "1234", "0001", "000002", "52500041", "AB12", ("one", "two")),
    ],
)
def test_what_the_terminal_reported_comes_back(receipt: CardReceipt) -> None:
    row = {
        "attempt_id": "a1",
        "method": "card",
        "amount_minor": 129,
        "state": mapping.CAPTURED,
        "receipt": mapping.receipt_to_json(receipt),
    }
    assert mapping.tender_from_row(row, EUR) == Tender("a1", Method.CARD, eur(129), receipt)


@pytest.mark.parametrize(("state", "outcome"), [("requested", None), ("DECLINED", NotCharged.DECLINED)])
def test_a_tender_without_a_receipt(state: str, outcome: NotCharged | None) -> None:
    row = {"attempt_id": "a1", "method": "card", "amount_minor": 129, "state": state, "receipt": None}
    assert mapping.tender_from_row(row, EUR) == Tender("a1", Method.CARD, eur(129), outcome)
