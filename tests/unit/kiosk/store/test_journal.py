import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.store.database import Writer
from kiosk.store.journal import GENESIS, Anchor, Journal, verify
from kiosk.store.sql_table import LAST_ENTRY, SALES_SCHEMA

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
ENTRIES = 230


UNGUARDED = tuple(each for each in SALES_SCHEMA if not each.startswith("CREATE TRIGGER"))


def filled(path: Path, schema: tuple[str, ...] = UNGUARDED) -> Writer:
    writer = Writer(path, schema)
    journal = Journal(writer.rows(LAST_ENTRY), KEY)
    with writer.transaction() as connection:
        for n in range(ENTRIES):
            journal.append(connection, n, "line", {"n": n, "name": "Käse"})
    return writer


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    made = filled(tmp_path / "sales.db")
    yield made
    made.close()


def changed(writer: Writer, sql: str) -> tuple[int | None, str | None]:
    with writer.transaction() as connection:
        connection.execute(sql)
        verdict = verify(connection, KEY.public_key())
    assert not verdict.ok
    assert verdict.as_json() == {"ok": False, "seq": verdict.seq, "reason": verdict.reason}
    return verdict.seq, verdict.reason


def test_a_whole_journal(writer: Writer) -> None:
    with writer.transaction() as connection:
        verdict = verify(connection, KEY.public_key())
        assert connection.execute("SELECT count FROM journal_head").fetchall() == [(100,), (200,)]
    assert (verdict.ok, verdict.entries) == (True, ENTRIES)
    assert verdict.as_json() == {"ok": True, "entries": ENTRIES, "head": verdict.head}


def test_an_empty_journal_is_whole(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "sales.db", UNGUARDED)
    with writer.transaction() as connection:
        assert verify(connection, KEY.public_key(), Anchor(0, GENESIS)).ok
    writer.close()


@pytest.mark.parametrize(
    ("sql", "seq", "reason"),
    [
        ("UPDATE journal SET payload = '{}' WHERE seq = 17", 17, "hash"),
        ("UPDATE journal SET wall_us = 5 WHERE seq = 17", 17, "hash"),
        ("UPDATE journal SET kind = 'void' WHERE seq = 1", 1, "hash"),
        ("DELETE FROM journal WHERE seq = 17", 17, "missing"),
        ("DELETE FROM journal WHERE seq = 1", 1, "missing"),
        ("UPDATE journal SET seq = 0 WHERE seq = 1", 1, "order"),
        ("DELETE FROM journal WHERE seq > 150", 151, "tail"),
        ("UPDATE journal_head SET signature = 'AAAA' WHERE count = 100", 100, "signature"),
        ("UPDATE journal_head SET signature = '!' WHERE count = 100", 100, "signature"),
        ("UPDATE journal_head SET head = 'x' WHERE count = 200", 200, "signature"),
    ],
)
def test_every_touch_shows(writer: Writer, sql: str, seq: int, reason: str) -> None:
    assert changed(writer, sql) == (seq, reason)


def test_a_journal_rewritten_whole_needs_the_lanes_key(tmp_path: Path, writer: Writer) -> None:
    forger = Ed25519PrivateKey.generate()
    other = Writer(tmp_path / "forged.db", UNGUARDED)
    journal = Journal([], forger)
    with other.transaction() as connection:
        for n in range(ENTRIES):
            journal.append(connection, n, "line", {"n": n + 1})
        assert verify(connection, KEY.public_key()).reason == "signature"
        connection.execute("DELETE FROM journal_head")
        heads = writer.rows("SELECT * FROM journal_head")
        connection.executemany("INSERT INTO journal_head VALUES (?, ?, ?)", heads)
        assert verify(connection, KEY.public_key()).reason == "hash"
    other.close()


def test_the_backends_anchor_shows_a_tail_cut_between_signatures(writer: Writer) -> None:
    head = writer.rows("SELECT hash FROM journal WHERE seq = 230")[0][0]
    with writer.transaction() as connection:
        assert verify(connection, KEY.public_key(), Anchor(230, head)).ok
        assert verify(connection, KEY.public_key(), Anchor(230, "x")).reason == "hash"
        connection.execute("DELETE FROM journal WHERE seq > 210")
        assert verify(connection, KEY.public_key()).ok
        cut = verify(connection, KEY.public_key(), Anchor(230, head))
    assert (cut.seq, cut.reason) == (211, "tail")


def test_what_is_written_cannot_be_changed_through_the_lane(tmp_path: Path) -> None:
    writer = filled(tmp_path / "guarded.db", SALES_SCHEMA)
    for sql in ("UPDATE journal SET kind = 'x'", "DELETE FROM journal", "DELETE FROM journal_head"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), writer.transaction() as connection:
            connection.execute(sql)
    writer.close()


def test_a_rolled_back_entry_leaves_no_hole(writer: Writer) -> None:
    journal = Journal(writer.rows(LAST_ENTRY), KEY)

    def failing() -> None:
        with writer.transaction() as connection:
            journal.append(connection, 1, "line", {})
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    journal.rewind(writer.rows(LAST_ENTRY))
    with writer.transaction() as connection:
        journal.append(connection, 1, "line", {})
        journal.sign(connection)
        assert verify(connection, KEY.public_key()).entries == ENTRIES + 1
    journal.rewind([])
    assert (journal.seq, journal.head) == (0, GENESIS)


@given(st.integers(1, ENTRIES), st.integers(0, 5))
def test_one_changed_character_anywhere_shows(seq: int, place: int) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE journal (seq, wall_us, kind, payload, previous, hash)")
    connection.execute("CREATE TABLE journal_head (count, head, signature)")
    journal = Journal([], KEY)
    for n in range(ENTRIES):
        journal.append(connection, n, "line", {"n": n})
    column = ("wall_us", "kind", "payload", "previous", "hash", "payload")[place]
    connection.execute(f"UPDATE journal SET {column} = {column} || 'x' WHERE seq = ?", (seq,))  # noqa: S608  ours
    assert not verify(connection, KEY.public_key()).ok
    connection.close()
