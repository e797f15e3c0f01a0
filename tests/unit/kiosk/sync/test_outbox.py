import sqlite3
from contextlib import closing
from pathlib import Path

from kiosk.sync import outbox as outboxes
from kiosk.sync.outbox import Outbox, Span
from kiosk.sync.wire import Push, sha256_of
from kiosk.sync.wire.push import MAX_BODY
from tests.wire_samples import DAY, NOON_US, sale


def table(state: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(state / "sales.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(
        "CREATE TABLE outbox (seq INTEGER PRIMARY KEY, event_id TEXT, kind TEXT, business_day TEXT,"
        " occurred_us INTEGER, body TEXT, sha256 TEXT)"
    )
    return connection


def add(connection: sqlite3.Connection, seq: int, body: object, **other: object) -> None:
    row = {"event_id": f"e{seq}", "kind": "sale", "business_day": DAY, "occurred_us": NOON_US, "sha256": "x"}
    row |= other
    connection.execute(
        "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)",
        (seq, row["event_id"], row["kind"], row["business_day"], row["occurred_us"], body, row["sha256"]),
    )


def test_no_file_and_no_table_are_an_empty_outbox_until_they_appear(tmp_path: Path) -> None:
    with closing(Outbox(tmp_path)) as outbox:
        assert outbox.span() == Span(0, 0)
        assert outbox.after(0, 10) == ()
        (tmp_path / "sales.db").touch()
        assert outbox.span() == Span(0, 0)
        (tmp_path / "sales.db").unlink()
        with closing(table(tmp_path)) as connection:
            assert outbox.span() == Span(0, 0)
            body = sale(1).to_json()
            add(connection, 1, body, sha256=sha256_of(body))
            assert outbox.span() == Span(1, 1)
            (event,) = outbox.after(0, 10)
            assert (event.seq, event.event_id, event.kind, event.body) == (1, "e1", "sale", body)
            assert event.sha256 == sha256_of(event.body)
            assert outbox.event_id(1) == "e1"
            assert outbox.event_id(2) is None


def test_batches_end_at_their_size_at_their_bytes_and_at_a_gap(tmp_path: Path) -> None:
    with closing(table(tmp_path)) as connection, closing(Outbox(tmp_path)) as outbox:
        for seq in (1, 2, 3, 4, 6):
            add(connection, seq, "a" * 900_000 if seq < 4 else "{}")
        assert [event.seq for event in outbox.after(3, 10)] == [4]
        assert [event.seq for event in outbox.after(0, 1)] == [1]
        assert [event.seq for event in outbox.after(0, 10)] == [1, 2]
        assert [event.seq for event in outbox.after(5, 10)] == [6]
        assert outboxes.MAX_BYTES < 3 * 900_000


def test_a_spoilt_row_still_makes_an_event_that_the_wire_carries(tmp_path: Path) -> None:
    with closing(table(tmp_path)) as connection, closing(Outbox(tmp_path)) as outbox:
        add(connection, 1, b"\xff\xfe", kind=None, occurred_us="noon", business_day=b"\x00", sha256=None)
        add(connection, 2, "b" * (MAX_BODY + 50), event_id="a\x00b")
        add(connection, 3, None)
        events = outbox.after(0, 10)
        assert [event.seq for event in events] == [1, 2, 3]
        push = Push("device", 1, 1, 1, NOON_US, events)
        assert Push.from_json(push.to_json()) == push
        assert all(sha256_of(event.body) != event.sha256 for event in events)
        assert len(events[1].body) == MAX_BODY + 1


def test_a_file_put_in_the_place_of_the_old_one_is_read(tmp_path: Path) -> None:
    with closing(Outbox(tmp_path)) as outbox:
        with closing(table(tmp_path)) as connection:
            add(connection, 1, "{}")
            assert outbox.span() == Span(1, 1)
        for left in tmp_path.glob("sales.db*"):
            left.unlink()
        with closing(table(tmp_path)) as connection:
            add(connection, 8, "{}")
            assert outbox.span() == Span(8, 8)
