from pathlib import Path

import pytest

from backend.storage.bulk import add_rows, insert_rows, put_rows
from backend.storage.tables import JournalHead, StockLevel, table
from tests.backend_room import Room, opened

LEVEL = table(StockLevel)


def level(product_id: str, on_hand_milli: int) -> dict[str, object]:
    return {"store_id": "shop", "product_id": product_id, "on_hand_milli": on_hand_milli}


def levels(room: Room) -> dict[str, int]:
    return dict(room.rows("SELECT product_id, on_hand_milli FROM stock_level"))


def test_rows_are_inserted_put_and_added(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        write = room.house.writer.run
        write(lambda connection: insert_rows(connection, LEVEL, [level("a", 1), level("b", 2)]))
        write(lambda connection: put_rows(connection, LEVEL, [level("b", 5), level("c", 7)]))
        assert levels(room) == {"a": 1, "b": 5, "c": 7}
        changes = [level("a", -3), level("d", 1), level("a", 1)]
        write(lambda connection: add_rows(connection, LEVEL, changes, "on_hand_milli"))
        assert levels(room) == {"a": -1, "b": 5, "c": 7, "d": 1}
        write(lambda connection: insert_rows(connection, LEVEL, []))
        with pytest.raises(Exception, match="UNIQUE"):
            write(lambda connection: insert_rows(connection, LEVEL, [level("a", 1)]))


def test_a_column_may_bear_a_word_of_sql(tmp_path: Path) -> None:
    row = dict.fromkeys(table(JournalHead).columns.keys(), 1) | {"count": 9}
    with opened(tmp_path) as room:
        room.house.writer.run(lambda connection: insert_rows(connection, table(JournalHead), [row]))
        assert room.rows('SELECT "count" FROM journal_head') == [(9,)]
