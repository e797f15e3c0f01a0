import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from devices.terminal import schema
from devices.terminal.attempt import OPEN, AttemptState, moves


@pytest.fixture
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.executescript(schema.TABLES + schema.GUARDS)
        yield made


def _insert(
    database: sqlite3.Connection, attempt_id: str = "a", state: str = "PREPARED", amount: int = 5
) -> None:
    database.execute(
        "INSERT INTO payment_attempt (attempt_id, channel, kind, state, amount_minor, currency)"
        " VALUES (?, 'card', 'sale', ?, ?, 'EUR')",
        (attempt_id, state, amount),
    )


def _force(database: sqlite3.Connection, state: str) -> None:
    """Bring the row to a state past the guards, as a fault would."""
    database.execute("DROP TRIGGER attempt_moves")
    database.execute("UPDATE payment_attempt SET state = ?", (state,))
    database.executescript(schema.GUARDS)


@pytest.mark.parametrize("state", AttemptState)
def test_a_row_moves_along_the_table_and_nowhere_else(
    database: sqlite3.Connection, state: AttemptState
) -> None:
    _insert(database)
    allowed = {to for origin, _, to in moves() if origin is state} | {state}
    for to in AttemptState:
        _force(database, state)
        update = ("UPDATE payment_attempt SET state = ?", (to,))
        if to in allowed:
            database.execute(*update)
        else:
            with pytest.raises(sqlite3.IntegrityError, match="along its table"):
                database.execute(*update)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_one_open_attempt_a_channel(database: sqlite3.Connection, state: str) -> None:
    _insert(database)
    _force(database, state)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        _insert(database, "b")


@pytest.mark.parametrize("state", sorted(set(AttemptState) - OPEN))
def test_a_closed_attempt_makes_room(database: sqlite3.Connection, state: str) -> None:
    _insert(database)
    _force(database, state)
    _insert(database, "b")


@pytest.mark.parametrize(
    "change",
    [
        "amount_minor = 6",
        "currency = 'CHF'",
        "kind = 'refund'",
        "original = 'a'",
        "channel = 'qr'",
        "attempt_id = 'b'",
    ],
)
def test_what_was_asked_does_not_change(database: sqlite3.Connection, change: str) -> None:
    _insert(database)
    with pytest.raises(sqlite3.IntegrityError, match="does not change"):
        database.execute(f"UPDATE payment_attempt SET {change}")  # noqa: S608 - a table of this test


def test_a_baseline_is_written_once(database: sqlite3.Connection) -> None:
    _insert(database)
    database.execute("UPDATE payment_attempt SET baseline = 'x'")
    database.execute("UPDATE payment_attempt SET baseline = 'x'")
    with pytest.raises(sqlite3.IntegrityError, match="written once"):
        database.execute("UPDATE payment_attempt SET baseline = 'y'")


def test_an_attempt_begins_as_prepared_or_as_one_that_never_was(database: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="begins as PREPARED"):
        _insert(database, state="CAPTURED")
    with pytest.raises(sqlite3.IntegrityError, match="begins as PREPARED"):
        _insert(database, state="NOT_CHARGED")
    _insert(database, state="NOT_CHARGED", amount=0)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        _insert(database, "b", amount=-1)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM payment_attempt",
        "DELETE FROM payment_event",
        "UPDATE payment_event SET state = 'CAPTURED'",
        "DELETE FROM receipt_line",
        "UPDATE receipt_line SET text = ''",
    ],
)
def test_what_is_written_stays(database: sqlite3.Connection, statement: str) -> None:
    _insert(database)
    database.execute(
        "INSERT INTO payment_event (attempt_id, event, state, at_us, facts) VALUES ('a', 'x', 'y', 1, '')"
    )
    database.execute("INSERT INTO receipt_line (attempt_id, text) VALUES ('a', 'x')")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)
