from dataclasses import replace

from backend.ingest.rows import (
    Origin,
    Row,
    event_row,
    head_row,
    level_rows,
    line_rows,
    move_rows,
    sale_row,
    tax_rows,
    tender_rows,
)
from backend.storage.tables import (
    Base,
    Event,
    JournalHead,
    Sale,
    SaleLine,
    SaleTax,
    StockLevel,
    StockMove,
    Tender,
    table,
)
from kiosk.sync.wire import JournalHead as Head
from tests.wire_samples import event, sale, sale_event

ORIGIN = Origin("shop", "device", 2, "lane-1", "key", 99)
VOID = replace(sale(1).lines[0], n=2, quantity_milli=-2000, total_minor=-258, deposit_minor=-50, void_of=1)


def test_each_row_fills_its_table() -> None:
    head = Head("lane-1", "key", 1, "ab", "sig", 1)
    rows: list[tuple[Row, type[Base]]] = [
        (event_row(sale_event(1), ORIGIN), Event),
        (sale_row(sale_event(1), sale(1), ORIGIN), Sale),
        (line_rows(sale(1), ORIGIN)[0], SaleLine),
        (tax_rows(sale(1), ORIGIN)[0], SaleTax),
        (tender_rows(sale(1), ORIGIN)[0], Tender),
        (move_rows(sale_event(1), sale(1), ORIGIN)[0], StockMove),
        (level_rows([sale(1)], ORIGIN)[0], StockLevel),
        (head_row(event(1, head.to_json()), head, ORIGIN), JournalHead),
    ]
    for row, model in rows:
        assert set(row) == set(table(model).columns.keys()), model
        assert row["store_id"] == "shop"


def test_tax_is_summed_and_tenders_are_numbered() -> None:
    twice = replace(
        sale(1), tax=(*sale(1).tax, replace(sale(1).tax[0], code="x")), tenders=sale(1).tenders * 2
    )
    assert sale_row(sale_event(1), twice, ORIGIN)["tax_minor"] == 98
    assert [row["n"] for row in tender_rows(twice, ORIGIN)] == [1, 2]


def test_a_void_gives_back_what_its_line_took() -> None:
    voided = replace(sale(1), lines=(*sale(1).lines, VOID))
    assert [row["delta_milli"] for row in move_rows(sale_event(1), voided, ORIGIN)] == [-2000, 2000]
    assert level_rows([voided], ORIGIN)[0]["on_hand_milli"] == 0


def test_levels_of_many_sales_are_one_row_a_product() -> None:
    other = replace(sale(2), lines=(replace(sale(2).lines[0], product_id="other"),))
    rows = level_rows([sale(1), other, sale(3)], ORIGIN)
    assert {row["product_id"]: row["on_hand_milli"] for row in rows} == {
        "04006381333931": -4000,
        "other": -2000,
    }
