import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.import_cells import CellError, Defaults, gtin14, money_minor, product
from kiosk.domain.barcode import check_digit
from kiosk.domain.money import Currency
from kiosk.sync.wire import PriceEntry
from kiosk.sync.wire.fields import MAX_TEXT

EUR = Currency("EUR")
DEFAULTS = Defaults(EUR, "de", ("standard", "reduced"), "standard")
CELLS = {"gtin": "4006381333931", "name": "Milch"}


def test_a_row_of_gtin_and_name_alone() -> None:
    made, cost = product(CELLS, DEFAULTS)
    assert (made.product_id, made.barcodes, made.names) == (
        "04006381333931",
        ("04006381333931",),
        (("de", "Milch"),),
    )
    assert (made.tax_code, made.prices, made.unit, cost) == ("standard", (), "piece", None)


def test_every_cell_has_its_place() -> None:
    made, cost = product(
        CELLS
        | {
            "brand": "Hof", "quantity": "1 l", "price": "1.29", "tax": "reduced", "category": "dairy",
            "picture": "milk", "deposit": "0.15", "min_age": "16", "unit": "KG", "plu": "4011",
            "barcodes": "96385074; 4006381333931;", "cost": "0.70", "place": "aisle 3",
            "allergens": "Milk; nuts", "name:en": "Milk", "name:pl": "",
        },
        DEFAULTS,
    )  # fmt: skip
    assert (made.brand, made.size, made.category, made.picture, made.place) == (
        "Hof",
        "1 l",
        "dairy",
        "milk",
        "aisle 3",
    )
    assert (made.prices, made.deposit_minor, cost) == ((PriceEntry(129, 0),), 15, 70)
    assert (made.tax_code, made.min_age, made.unit, made.plu) == ("reduced", 16, "kg", "4011")
    assert made.barcodes == ("04006381333931", "00000096385074")
    assert made.allergens == ("milk", "nuts")
    assert made.names == (("de", "Milch"), ("en", "Milk"))


def test_the_default_price_fills_an_empty_cell_only() -> None:
    defaults = Defaults(EUR, "de", ("standard",), "standard", "1.99")
    assert product(CELLS, defaults)[0].prices == (PriceEntry(199, 0),)
    assert product(CELLS | {"price": "0.00"}, defaults)[0].prices == (PriceEntry(0, 0),)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "gtin: empty"),
        ("8,02E+12", "what a spreadsheet makes of a code"),
        ("8.02e+12", "what a spreadsheet makes of a code"),
        ("4006381333931.0", "what a spreadsheet makes of a code"),
        ("4006381333932", "check digit 2, expected 1: look for a slip"),
        ("40063813339312345", "has 17 digits, expected 8, 12, 13 or 14"),
        ("12345678905", "has 11 digits, expected 8, 12, 13 or 14: a spreadsheet may have dropped"),
        ("1234567", "has 7 digits, expected 8, 12, 13 or 14"),
        ("400638133393I", "holds other characters than digits"),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", "holds other characters than digits"),
        ("x" * 500, "holds other characters"),
    ],
)
def test_a_code_that_is_none_is_refused_with_the_likely_cause(code: str, said: str) -> None:
    with pytest.raises(CellError) as caught:
        product(CELLS | {"gtin": code}, DEFAULTS)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"name": ""}, "name: empty"),
        ({"name": "x" * (MAX_TEXT + 1)}, "name: 4097 characters"),
        ({"price": "1,29"}, "price: got '1,29', expected EUR such as 1.99"),
        ({"price": "1.999"}, "price: got '1.999'"),
        ({"price": "-1"}, "no less than 0"),
        ({"price": "€1"}, "price"),
        ({"price": "99999999999"}, "no more than a shop can ask"),
        ({"deposit": "x"}, "deposit"),
        ({"cost": "x"}, "cost"),
        ({"tax": "luxury"}, "tax: got 'luxury', expected one of standard, reduced"),
        ({"min_age": "sixteen"}, "min_age"),
        ({"min_age": "100"}, "min_age"),
        ({"min_age": "9" * 5000}, "min_age"),
        ({"unit": "barrel"}, "unit: got 'barrel', expected one of piece, kg, l"),
        ({"plu": "40"}, "plu"),
        ({"barcodes": "1"}, "barcodes: '1' has 1 digits"),
        ({"name:english": "Milk"}, "name:english"),
    ],
)
def test_each_cell_that_is_wrong_refuses_the_row(cells: dict[str, str], said: str) -> None:
    with pytest.raises(CellError) as caught:
        product(CELLS | cells, DEFAULTS)
    assert said in str(caught.value)


@given(st.sampled_from([7, 11, 12, 13]), st.data())
def test_every_right_code_is_taken(length: int, data: st.DataObject) -> None:
    body = data.draw(st.text("0123456789", min_size=length, max_size=length))
    code = body + str(check_digit(body))
    assert gtin14(code, "gtin") == code.rjust(14, "0")


@given(st.text(max_size=30))
def test_no_text_breaks_a_reader(text: str) -> None:
    for cells in ({"gtin": text}, {"price": text}, {"min_age": text}, {"barcodes": text}, {"name": text}):
        try:
            product(CELLS | cells, DEFAULTS)
        except CellError as error:
            assert str(error)  # noqa: PT017 - either it is a product, or it is said why not


def test_currencies_without_or_with_three_decimals() -> None:
    assert money_minor("199", "price", Currency("JPY")) == 199
    assert money_minor("1.005", "price", Currency("KWD")) == 1005
    with pytest.raises(CellError, match="JPY such as 199"):
        money_minor("1.5", "price", Currency("JPY"))
