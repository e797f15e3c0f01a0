"""The demo's catalogue: what a shop would sell, in every language, and nothing the import refuses."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from assets.pictures.pictures_table import PICTURES
from backend.catalog.import_cells import Defaults
from backend.catalog.import_file import Loadable, ProductFile, open_text
from kiosk.domain.barcode import Gtin
from kiosk.domain.money import Currency

FILE = Path(__file__).resolve().parents[3] / "assets" / "demo" / "catalogue.csv"
LANGUAGES = ("de", "fr", "es", "pl", "tr", "ar", "uk")
LATIN = ("de", "fr", "es", "pl", "tr")
# EU regulation 1169/2011, annex II.
ALLERGENS = {
    "gluten", "crustaceans", "eggs", "fish", "peanuts", "soybeans", "milk", "nuts", "celery", "mustard",
    "sesame", "sulphites", "lupin", "molluscs",
}  # fmt: skip
# What a shelf says the same way in English and in another language.
LOANWORDS = {
    "oranges", "nectarines", "aubergines", "courgettes", "bagels", "crème fraîche", "butter", "margarine",
    "mozzarella", "hummus", "spaghetti", "penne", "couscous", "mayonnaise", "cornflakes", "cola", "shampoo",
}  # fmt: skip
# GS1 General Specifications 1.4: 952 for examples, 20-29 and 4 for in-store numbers, 2 for in-store GTIN-8.
OUR_RANGES = (
    re.compile(r"952\d{10}"),
    re.compile(r"2[0147]\d{11}"),
    re.compile(r"4\d{11}"),
    re.compile(r"2\d{7}"),
)


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = rows()


def cents(text: str) -> int:
    assert re.fullmatch(r"\d+\.\d\d", text), text
    return int(text.replace(".", ""))


def bare(row: dict[str, str], name: str) -> str:
    return name.replace(row["brand"], "").strip().casefold()


def test_the_shop_is_stocked() -> None:
    assert len(ROWS) >= 290
    sizes = Counter(row["category"] for row in ROWS)
    assert len(sizes) >= 14
    assert min(sizes.values()) >= 5, sizes


def test_rows_stand_together_by_category_in_the_order_of_the_shelves() -> None:
    blocks = [row["category"] for before, row in zip([None, *ROWS], ROWS, strict=False)
              if before is None or before["category"] != row["category"]]  # fmt: skip
    assert len(blocks) == len(set(blocks))


def test_every_code_is_valid_unique_and_from_a_range_set_aside() -> None:
    codes = [row["gtin"] for row in ROWS]
    digits = [Gtin.parse(code).digits for code in codes]
    assert len(set(digits)) == len(codes)
    assert [code for code in codes if not any(each.fullmatch(code) for each in OUR_RANGES)] == []
    assert {len(code) for code in codes} == {8, 12, 13}


def test_what_is_weighed_has_a_number_to_type_and_loose_goods_alone_have_one() -> None:
    numbers = [row["plu"] for row in ROWS if row["plu"]]
    assert len(set(numbers)) == len(numbers) >= 25
    assert all(row["plu"] for row in ROWS if row["unit"] == "kg")
    assert {row["category"] for row in ROWS if row["plu"]} == {"fruit", "vegetables"}
    assert {row["unit"] for row in ROWS} == {"piece", "kg"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_product_has_a_name_of_its_own_in_each_language(language: str) -> None:
    names = [row[f"name:{language}"] for row in ROWS]
    assert all(name == " ".join(name.split()) and 2 < len(name) <= 46 for name in names)
    assert len(set(names)) == len(names)
    copied = {bare(row, row["name"]) for row in ROWS if row[f"name:{language}"] == row["name"]}
    assert copied <= LOANWORDS


@pytest.mark.parametrize(("language", "script"), [("ar", "ARABIC"), ("uk", "CYRILLIC")])
def test_names_are_written_in_their_script(language: str, script: str) -> None:
    for row in ROWS:
        name = row[f"name:{language}"].replace(row["brand"], "") if row["brand"] else row[f"name:{language}"]
        foreign = [c for c in name if c.isalpha() and not unicodedata.name(c).startswith(script)]
        assert "".join(foreign) in {"", "LED", "AA", "SPF"}, row[f"name:{language}"]


@pytest.mark.parametrize("language", LATIN)
def test_a_brand_is_the_same_word_in_latin_script(language: str) -> None:
    assert all(row["brand"] in row[f"name:{language}"] for row in ROWS)


def test_a_language_does_not_repeat_another() -> None:
    for first in LATIN:
        for second in LATIN:
            same = [row for row in ROWS if row[f"name:{first}"] == row[f"name:{second}"]]
            assert first == second or len(same) < len(ROWS) * 0.05


def test_prices_are_those_of_a_grocer_and_leave_something_over() -> None:
    shares = {"standard": 1.19, "reduced": 1.07, "zero": 1.0}
    for row in ROWS:
        price, cost = cents(row["price"]), cents(row["cost"])
        assert 20 <= price <= 1500, row["name"]
        assert cost * 100 <= round(price / shares[row["tax"]] * 100) + 50, row["name"]
        assert cost * 3 >= price, row["name"]


def test_drinks_bear_the_full_rate_and_food_the_reduced_one() -> None:
    food = {"fruit", "vegetables", "bakery", "chilled", "pantry", "breakfast", "sweets", "snacks", "frozen"}
    full = {"drinks", "alcohol", "tobacco", "household"}
    assert {row["tax"] for row in ROWS if row["category"] in food} == {"reduced"}
    assert {row["tax"] for row in ROWS if row["category"] in full} == {"standard"}
    assert sum(row["tax"] == "zero" for row in ROWS) >= 1


def test_a_deposit_is_one_of_the_three_for_each_container_and_only_on_drinks() -> None:
    bearing = [row for row in ROWS if row["deposit"]]
    assert len(bearing) >= 20
    for row in bearing:
        assert row["category"] in {"drinks", "alcohol"}, row["name"]
        assert re.search(r" m?l$", row["quantity"]), row["name"]
        many = re.match(r"(\d+) x ", row["quantity"])
        assert cents(row["deposit"]) / (int(many[1]) if many else 1) in {8, 15, 25}, row["name"]


def test_age_limits_stand_exactly_on_alcohol_and_tobacco() -> None:
    for row in ROWS:
        limited = row["category"] in {"alcohol", "tobacco"}
        assert bool(row["min_age"]) == limited, row["name"]
    assert {row["min_age"] for row in ROWS if row["category"] == "tobacco"} == {"18"}
    assert {row["min_age"] for row in ROWS if row["category"] == "alcohol"} == {"16", "18"}
    strong = {"gin", "vodka", "whisky", "rum", "herb-liqueur", "egg-liqueur", "cocktail-can"}
    assert {
        row["picture"] for row in ROWS if row["min_age"] == "18" and row["category"] == "alcohol"
    } == strong


def test_allergens_are_known_keys_and_stand_where_they_must() -> None:
    for row in ROWS:
        keys = row["allergens"].split(";") if row["allergens"] else []
        assert set(keys) <= ALLERGENS, row["name"]
        assert keys == sorted(set(keys)), row["name"]
    by_picture = {row["picture"]: row["allergens"].split(";") for row in ROWS}
    must = {"milk": "milk", "egg": "eggs", "bread": "gluten", "peanuts": "peanuts", "salmon": "fish"}
    assert all(key in by_picture[picture] for picture, key in must.items())


def test_every_product_has_a_picture_that_can_be_drawn_and_none_is_drawn_in_vain() -> None:
    used = {row["picture"] for row in ROWS}
    assert used == set(PICTURES)
    assert len(used) >= 150


def test_every_product_has_a_place_and_goods_in_packs_their_content() -> None:
    assert all(re.fullmatch(r"[A-T]\d{1,2}", row["place"]) for row in ROWS)
    assert all(not row["quantity"] for row in ROWS if row["unit"] == "kg")
    content = re.compile(r"(\d+ x )?\d+(\.\d+)? (kg|g|ml|l|m|pcs|bunch)|\d+ x \d+")
    assert all(content.fullmatch(row["quantity"]) for row in ROWS if row["quantity"])
    assert sum(bool(row["quantity"]) for row in ROWS) > len(ROWS) * 0.75


def test_the_import_takes_every_row_and_knows_every_column() -> None:
    file = ProductFile(Defaults(Currency("EUR"), "en", ("standard", "reduced", "zero"), "standard"))
    read = list(file.read(open_text(FILE)))
    assert [row for row in read if not isinstance(row, Loadable)] == []
    assert file.unknown_columns == ()
    loaded = [row.product for row in read if isinstance(row, Loadable)]
    assert len(loaded) == len(ROWS)
    assert {tuple(language for language, _ in each.names) for each in loaded} == {("en", *LANGUAGES)}
    assert all(each.prices for each in loaded)
