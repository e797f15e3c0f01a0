from kiosk.store.sales_tables import SALES, TRIGGERS


def test_every_table_is_strict_and_none_is_the_catalogues() -> None:
    assert set(SALES.tables) == {
        "transaction",
        "transaction_line",
        "transaction_tax",
        "tender",
        "journal",
        "journal_head",
        "receipt_series",
        "outbox",
        "scanner_position",
        "person",
        "pin_trial",
    }
    assert all(table.dialect_options["sqlite"]["strict"] for table in SALES.tables.values())


def test_no_amount_is_ever_a_float() -> None:
    kinds = {str(column.type) for table in SALES.tables.values() for column in table.columns}
    assert kinds == {"TEXT", "INTEGER"}


def test_what_is_written_down_is_guarded_both_ways() -> None:
    assert len(TRIGGERS) == 10
