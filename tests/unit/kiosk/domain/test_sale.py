import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Quantity
from kiosk.domain.sale import (
    TRANSITIONS,
    AddGoods,
    Cancel,
    Capture,
    CardReceipt,
    Complete,
    Method,
    NotCharged,
    Refuse,
    RefusedError,
    Reopen,
    RequestTender,
    Sale,
    SaleEvent,
    SaleState,
    Suspend,
    TotalUp,
    VoidGoods,
    diagram,
)
from tests.goods import EUR, MILK, SODA, eur

ONE = Quantity.pieces(1)
MILK_IN = AddGoods(MILK, ONE, EntryMethod.SCANNED)
ASK = RequestTender("a1", Method.CARD)
PAID = CardReceipt(eur(129), "Visa", "1234")


def sale(*events: SaleEvent) -> Sale:
    made = Sale("s1", Basket(EUR))
    for event in events:
        made = made.handle(event)
    return made


def test_a_sale_from_first_scan_to_receipt() -> None:
    done = sale(MILK_IN, TotalUp(), ASK, Capture("a1", PAID), Complete(7))
    assert (done.state, done.receipt_no, done.total) == (SaleState.COMPLETED, 7, eur(129))
    assert done.captured is not None
    assert done.captured.outcome == PAID
    assert done.open_tender is None


def test_refused_then_paid_anew() -> None:
    refused = sale(MILK_IN, TotalUp(), ASK, Refuse("a1", NotCharged.DECLINED))
    assert refused.state is SaleState.TOTALLED
    assert refused.captured is None
    again = refused.handle(RequestTender("a2", Method.CARD)).handle(Capture("a2", PAID))
    assert [tender.outcome for tender in again.tenders] == [NotCharged.DECLINED, PAID]


def test_paying_is_left_by_known_results_only() -> None:
    assert set(TRANSITIONS[SaleState.PAYING]) == {Capture, Refuse}
    assert {state for state, row in TRANSITIONS.items() if SaleState.PAID in row.values()} == {
        SaleState.PAYING
    }


@pytest.mark.parametrize("event", [MILK_IN, VoidGoods(1, ONE), TotalUp(), Reopen(), ASK, Suspend(), Cancel()])
def test_while_paying_nothing_else_happens(event: SaleEvent) -> None:
    with pytest.raises(RefusedError, match="paying"):
        sale(MILK_IN, TotalUp(), ASK).handle(event)


def test_nothing_is_not_to_be_paid_for() -> None:
    with pytest.raises(DomainError, match="sale of nothing"):
        sale(TotalUp(), ASK)


def test_an_attempt_is_used_once() -> None:
    with pytest.raises(DomainError, match="expected a new one"):
        sale(MILK_IN, TotalUp(), ASK, Refuse("a1", NotCharged.DECLINED), ASK)


def test_a_foreign_attempt_is_refused() -> None:
    with pytest.raises(DomainError, match="open attempt"):
        sale(MILK_IN, TotalUp(), ASK, Capture("a9", PAID))


def test_an_outcome_is_its_own_tenders_wherever_that_stands() -> None:
    asked = sale(MILK_IN, TotalUp(), ASK, Refuse("a1", NotCharged.DECLINED), RequestTender("a2", Method.CARD))
    turned = replace(asked, tenders=asked.tenders[::-1])
    paid = turned.handle(Capture("a2", PAID))
    assert [(each.attempt_id, each.outcome) for each in paid.tenders] == [
        ("a2", PAID),
        ("a1", NotCharged.DECLINED),
    ]
    assert paid.open_tender is None


def test_another_amount_than_asked_for_is_never_a_payment() -> None:
    with pytest.raises(DomainError, match=re.escape("1.28 was charged, 1.29 was asked for")):
        sale(MILK_IN, TotalUp(), ASK, Capture("a1", CardReceipt(eur(128))))


def test_voids_and_the_way_back() -> None:
    empty = sale(MILK_IN, VoidGoods(1, ONE), TotalUp(), Reopen(), Cancel())
    assert empty.state is SaleState.CANCELLED
    assert empty.last_line().void_of == 1
    assert sale(MILK_IN, Suspend(), Reopen()).state is SaleState.OPEN


def test_every_state_has_a_row_and_every_event_a_use() -> None:
    assert set(TRANSITIONS) == set(SaleState)
    assert {event for row in TRANSITIONS.values() for event in row} == set(SaleEvent.__args__)


def test_the_docs_show_the_table() -> None:
    page = Path(__file__).parents[4] / "docs" / "architecture.md"
    assert diagram() in page.read_text(encoding="utf-8")


events = st.one_of(
    st.builds(AddGoods, st.sampled_from([MILK, SODA]), st.just(ONE), st.just(EntryMethod.SCANNED)),
    st.builds(VoidGoods, st.integers(1, 4), st.just(ONE)),
    st.builds(TotalUp),
    st.builds(Reopen),
    st.builds(RequestTender, st.sampled_from(["a1", "a2"]), st.just(Method.CARD)),
    st.builds(Capture, st.sampled_from(["a1", "a2"]), st.builds(CardReceipt, st.integers(1, 600).map(eur))),
    st.builds(Refuse, st.sampled_from(["a1", "a2"]), st.sampled_from(NotCharged)),
    st.builds(Complete, st.integers(1, 9)),
    st.builds(Suspend),
    st.builds(Cancel),
)


@given(st.lists(events, max_size=30))
def test_no_order_of_events_charges_twice_or_loses_a_line(acts: list[SaleEvent]) -> None:
    made = Sale("s1", Basket(EUR))
    for event in acts:
        before = made
        try:
            made = made.handle(event)
        except DomainError:
            assert made is before
            continue
        assert made.basket.lines[: len(before.basket.lines)] == before.basket.lines
        assert TRANSITIONS[before.state][type(event)] is made.state
    paid = [tender for tender in made.tenders if isinstance(tender.outcome, CardReceipt)]
    assert len(paid) <= 1
    assert (made.state in (SaleState.PAID, SaleState.COMPLETED)) is (len(paid) == 1)
    assert (made.open_tender is not None) is (made.state is SaleState.PAYING)
    assert all(tender.amount == made.total for tender in paid)
