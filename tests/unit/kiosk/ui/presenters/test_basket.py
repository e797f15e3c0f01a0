from dataclasses import replace

import pytest

from kiosk.bootstrap.words import translations
from kiosk.checkout.events import Refusal
from kiosk.checkout.intents import DismissPressed, MinusPressed, PayPressed, PlusPressed, RemovePressed
from kiosk.checkout.session import Notice, Phase, Session
from kiosk.ui.presenters.basket import RowCache, basket
from kiosk.ui.presenters.views import BasketView
from kiosk.ui.presenters.words import Words
from tests.screens.samples import BREAD, CHEESE, LANE, MILK, SODA, WINE, begun, scanning

EN, DE = (Words(language, translations(language)) for language in ("en", "de"))


def view_of(session: Session, words: Words = EN) -> BasketView:
    return basket(session, LANE, words, RowCache())


def test_the_total_is_shown_and_is_what_pay_carries() -> None:
    view = view_of(scanning())
    assert (view.total, view.count, view.pay.amount) == ("€20.69", "9 items", "€20.69")
    assert view.pay.intent == PayPressed(12, 2069)
    assert view.pay.enabled


def test_the_newest_line_is_large_and_the_others_follow_newest_first() -> None:
    view = view_of(scanning())
    assert view.newest is not None
    assert (view.newest.name, view.newest.badge, view.newest.quantity) == (
        "Tautropf lemon soda",
        "Added",
        "2",
    )
    assert (view.newest.second, view.newest.third) == ("0.5 l · €1.19 each", "+ €0.50 deposit")
    assert [row.name for row in view.rows][:2] == ["Bananas", "Almwind whole milk"]
    assert view.newest.root not in {row.root for row in view.rows}


def test_a_chosen_row_becomes_the_large_card_without_the_badge() -> None:
    view = view_of(replace(scanning(), chosen_row=3))
    assert view.newest is not None
    assert (view.newest.root, view.newest.badge) == (3, "")
    assert view.rows[0].name == "Tautropf lemon soda"
    assert view.rows[0].second == "0.5 l · €1.19 each · + €0.50 deposit"


def test_rows_tell_count_and_unit_price_only_where_there_are_several() -> None:
    rows = {row.name: row for row in view_of(scanning()).rows}
    assert (rows["Almwind whole milk"].count, rows["Almwind whole milk"].second) == (
        "× 2",
        "1 l · €1.29 each",
    )
    assert (rows["Krumen rye bread"].count, rows["Krumen rye bread"].second) == ("", "750 g")


def test_several_of_goods_without_a_size_tell_the_price_alone() -> None:
    plain = replace(BREAD, size="")
    view = view_of(scanning(goods=(plain, plain, replace(SODA, size=""))))
    assert view.rows[0].second == "€3.49 each"
    deposit_only = view_of(scanning(goods=(replace(SODA, size=""), MILK)))
    assert deposit_only.rows[0].second == "+ €0.25 deposit"


def test_weighed_goods_tell_their_weight() -> None:
    view = view_of(scanning(goods=(CHEESE, MILK)))
    assert view.rows[0].second == "1.000 kg × €19.90/kg"
    assert view.rows[0].count == ""
    large = view_of(scanning(goods=(CHEESE,))).newest
    assert large is not None
    assert large.quantity == ""


def test_the_stepper_stops_at_one_and_says_why() -> None:
    newest = view_of(scanning(goods=(BREAD,))).newest
    assert newest is not None
    assert not newest.minus.enabled
    assert newest.minus.why == "To take it out, use Remove"
    assert (newest.minus.intent, newest.plus.intent) == (MinusPressed(12, 1), PlusPressed(12, 1))
    assert newest.remove.intent == RemovePressed(12, 1)


def test_tax_and_deposit_are_told_beside_the_total() -> None:
    pills = [(pill.text, pill.amount) for pill in view_of(scanning()).pills]
    assert pills == [("Deposit included", "€0.50"), ("VAT included", "€1.55")]


@pytest.mark.parametrize(
    ("told", "said"),
    [(None, "Please ask one of us"), ("checking", "Please ask one of us"), ("help", "Help has been called")],
)
def test_help_is_told_first_and_as_called_only_if_somebody_was_told(told: str | None, said: str) -> None:
    pills = view_of(replace(scanning(), help_wanted=True, told=told)).pills
    assert [pill.text for pill in pills] == [said, "Deposit included"]


def test_an_empty_basket_cannot_be_paid_and_says_why() -> None:
    view = view_of(replace(begun(), phase=Phase.BASKET))
    assert (view.newest, view.rows, view.total) == (None, (), "€0.00")
    assert not view.pay.enabled
    assert view.pay.why == "Scan an item first"
    assert view.pills == ()


@pytest.mark.parametrize(
    ("notice", "title", "sentence"),
    [
        (Notice(Refusal.UNKNOWN, None, "905532"), "We don’t know this barcode yet", "It ends in 905532."),
        (Notice(Refusal.AGE, WINE), "Sonnrain red wine: age check needed", "Please buy it at the desk."),
        (Notice(Refusal.WEIGHT, CHEESE), "Cheese from the counter: to be weighed", "Please have it weighed"),
        (Notice(Refusal.NO_PRICE, BREAD), "Krumen rye bread: the price is missing", "A colleague can look"),
        (Notice(Refusal.NOT_NOW), "That was not added", "The payment is under way."),
        (Notice(Refusal.MISREAD), "That was not read clearly", "Please hold the barcode"),
    ],
)
def test_a_refusal_says_what_happened_and_what_to_do(notice: Notice, title: str, sentence: str) -> None:
    told = view_of(replace(scanning(), notice=notice)).notice
    assert told is not None
    assert told.title == title
    assert told.sentence.startswith(sentence)
    assert told.act.intent == DismissPressed(12)
    assert (told.picture is None) == (notice.product is None)


def test_only_changed_rows_are_formatted_anew() -> None:
    cache = RowCache()
    session = scanning(goods=(BREAD, MILK, SODA))
    first = basket(session, LANE, EN, cache).rows
    again = basket(replace(session, revision=13), LANE, EN, cache).rows
    assert all(one is other for one, other in zip(first, again, strict=True))
    german = basket(session, LANE, DE, cache).rows
    assert german[0].name == "Almwind Vollmilch"
    cache.forget()
    assert basket(session, LANE, EN, cache).rows == first
