import json

import pytest

from kiosk.sync.wire.catalogue import (
    CataloguePage,
    Change,
    PriceEntry,
    ProductEntry,
    SettingEntry,
    TaxRateEntry,
)
from kiosk.sync.wire.fields import WireError

RICH = ProductEntry(
    product_id="p1",
    names=(("de", "Käse"), ("ar", "جبن")),
    tax_code="reduced",
    barcodes=("04006381333931", "05901234123457"),
    prices=(PriceEntry(249, 3), PriceEntry(199, 4, 1_000, 2_000)),
    brand="Hof",
    size="200 g",
    category="dairy",
    picture="cheese",
    deposit_minor=15,
    min_age=16,
    unit="kg",
    plu="4011",
    place="aisle 3",
    allergens=("milk",),
)
PAGE = CataloguePage(
    upto=9,
    more=True,
    server_us=5,
    products=(Change(7, "p1", RICH), Change(8, "p2", None)),
    tax_rates=(Change(1, "standard", TaxRateEntry("standard", 19_000)), Change(2, "old", None)),
    settings=(Change(3, "currency", SettingEntry("currency", "EUR")),),
    restarted=True,
)


def test_what_is_written_is_read() -> None:
    assert CataloguePage.from_json(PAGE.to_json()) == PAGE


def test_defaults_cost_nothing_on_the_wire() -> None:
    plain = ProductEntry("p", (("de", "Brot"),), "reduced")
    body = json.loads(CataloguePage(1, more=False, server_us=1, products=(Change(1, "p", plain),)).to_json())
    assert body["products"][0]["item"] == {
        "product_id": "p",
        "names": [["de", "Brot"]],
        "tax_code": "reduced",
    }


def test_fields_of_a_later_release_are_passed_over() -> None:
    body = json.loads(PAGE.to_json())
    body["promotions"] = [{"x": 1.5}]
    body["products"][0]["item"]["colour"] = "red"
    body["products"][0]["since"] = 1.5
    assert CataloguePage.from_json(json.dumps(body)) == PAGE


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("upto",), 1.0),
        (("upto",), True),
        (("upto",), -1),
        (("more",), 1),
        (("products", 0, "item", "prices", 0, "price_minor"), "249"),
        (("products", 0, "item", "prices", 0, "price_minor"), 2.49),
        (("products", 0, "item", "prices", 0, "price_minor"), 2**63),
        (("products", 0, "item", "names"), []),
        (("products", 0, "item", "names"), [["de"]]),
        (("products", 0, "item", "tax_code"), None),
        (("products", 0, "item", "deposit_minor"), -1),
        (("products", 0, "version"), "7"),
        (("tax_rates", 0, "item", "rate_thousandths"), 19.0),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(path: tuple[str | int, ...], value: object) -> None:
    body = json.loads(PAGE.to_json())
    inner = body
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(WireError, match=r"\.".join(str(step) for step in path)):
        CataloguePage.from_json(json.dumps(body))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"upto":1}', b"\xff"])
def test_garbage_is_refused(text: str | bytes) -> None:
    with pytest.raises(WireError):
        CataloguePage.from_json(text)
