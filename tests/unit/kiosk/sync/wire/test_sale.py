import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.wire.fields import WireError
from kiosk.sync.wire.push import sha256_of
from kiosk.sync.wire.sale import SaleLine, SaleRecord, SaleTax, SaleTender, encode_sale, sums_differ
from tests.wire_samples import sale

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
integer = st.integers(-(2**63) + 1, 2**63 - 1)
lines = st.builds(
    SaleLine,
    n=st.integers(1, 999),
    gtin14=st.none() | text,
    product_id=text,
    name=text,
    quantity_milli=integer,
    unit_price_minor=integer,
    total_minor=integer,
    deposit_minor=integer,
    tax_code=text,
    void_of=st.none() | st.integers(1, 999),
)
tenders = st.builds(
    SaleTender,
    attempt_id=text,
    method=text,
    amount_minor=integer,
    card_name=st.none() | text,
    last4=st.none() | text,
    receipt_no=st.none() | text,
    trace=st.none() | text,
    terminal_id=st.none() | text,
)
groups = st.builds(
    SaleTax,
    code=text,
    rate_thousandths=st.integers(0, 100_000),
    gross_minor=integer,
    net_minor=integer,
    tax_minor=integer,
)
sales = st.builds(
    SaleRecord,
    sale_id=text,
    receipt_no=text,
    lane=text,
    business_day=text,
    opened_us=integer,
    completed_us=integer,
    currency=st.sampled_from(["EUR", "JPY"]),
    lines=st.lists(lines, max_size=4).map(tuple),
    tax=st.lists(groups, max_size=2).map(tuple),
    deposit_minor=integer,
    total_minor=integer,
    tenders=st.lists(tenders, max_size=2).map(tuple),
    language=text,
    catalogue_version=st.integers(0, 2**63 - 1),
)


@given(sales)
def test_what_is_written_is_read(record: SaleRecord) -> None:
    assert SaleRecord.from_json(encode_sale(record)) == record


def test_the_body_is_the_contract() -> None:
    body = json.loads(sale(1).to_json())
    assert list(body) == [
        "sale_id", "receipt_no", "lane", "business_day", "opened_us", "completed_us", "currency", "lines",
        "tax", "deposit_minor", "total_minor", "tenders", "language", "catalogue_version",
    ]  # fmt: skip
    assert body["lines"][0] == {
        "n": 1,
        "gtin14": "04006381333931",
        "product_id": "04006381333931",
        "name": "Limonade",
        "quantity_milli": 2000,
        "unit_price_minor": 129,
        "total_minor": 258,
        "deposit_minor": 50,
        "tax_code": "standard",
        "void_of": None,
    }
    assert body["tenders"][0]["last4"] == "1234"
    assert body["tax"][0]["tax_minor"] == 49


def test_a_field_of_a_later_release_is_passed_over_and_keeps_the_sha() -> None:
    body = sale(1).to_json()
    later = body[:-1] + ',"weather":0.5}'
    assert SaleRecord.from_json(later) == sale(1)
    assert sha256_of(later) != sha256_of(body)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("total_minor", 3.08),
        ("total_minor", "308"),
        ("lines", None),
        ("lines", [{}]),
        ("currency", "EURO"),
        ("catalogue_version", -1),
        ("sale_id", None),
        ("tenders", [{"attempt_id": 1}]),
        ("tax", [{"code": "x", "rate_thousandths": -1}]),
    ],
)
def test_a_body_that_cannot_be_a_sale_is_refused(name: str, value: object) -> None:
    body = json.loads(sale(1).to_json()) | {name: value}
    with pytest.raises(WireError, match=name):
        SaleRecord.from_json(json.dumps(body))


def test_sums_that_hold() -> None:
    assert sums_differ(sale(1)) is None
    void = SaleLine(2, None, "x", "Limonade", -2000, 129, -258, -50, "standard", void_of=1)
    voided = replace(sale(1), lines=(*sale(1).lines, void), deposit_minor=0, total_minor=0, tenders=())
    assert sums_differ(voided) is None


def test_tax_on_top_holds_too() -> None:
    tax = SaleTax("sales", 10_000, 339, 308, 31)
    tenders_of = (replace(sale(1).tenders[0], amount_minor=339),)
    assert sums_differ(replace(sale(1), tax=(tax,), total_minor=339, tenders=tenders_of)) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"deposit_minor": 49}, "the deposits of the lines are 50, the sale says 49"),
        ({"total_minor": 309}, "the lines come to 308, the sale says 309"),
        ({"tenders": ()}, "the tenders come to 0, the sale says 308"),
    ],
)
def test_sums_that_do_not_hold_are_said(change: dict[str, object], said: str) -> None:
    assert sums_differ(replace(sale(1), **change)) == said  # type: ignore[arg-type]  # a table of changes


@pytest.mark.parametrize(
    ("escape", "refused"),
    [("\\u0000", True), ("\\\\u0000", False), ("\\\\\\u0000", True), ("\\u0001", False)],
)
def test_nul_is_refused_and_what_only_looks_like_it_is_not(escape: str, refused: bool) -> None:  # noqa: FBT001 - cases
    body = sale(1).to_json().replace("Limonade", escape)
    if refused:
        with pytest.raises(WireError, match="NUL"):
            SaleRecord.from_json(body)
    else:
        assert SaleRecord.from_json(body).lines[0].name == json.loads(f'"{escape}"')
