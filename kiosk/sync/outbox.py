"""The outbox of sales.db as the network process reads it: batches of events, never written to."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.store.database import open_reader
from kiosk.sync.wire import Event
from kiosk.sync.wire.fields import storable
from kiosk.sync.wire.push import MAX_BODY

FILE_NAME: Final = "sales.db"
MAX_BYTES: Final = 2_000_000
"""Bodies of one batch, in bytes; one event always goes, however long."""

_BATCH: Final = (
    "SELECT seq, event_id, kind, business_day, occurred_us, CAST(body AS BLOB), sha256"
    " FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?"
)
_RANGE: Final = "SELECT min(seq), max(seq) FROM outbox"
_ID: Final = "SELECT event_id FROM outbox WHERE seq = ?"


@dataclass(frozen=True, slots=True)
class Span:
    """The seqs the outbox holds; both 0 when it is empty."""

    oldest: int
    newest: int


class Outbox:
    """Opened at need: the file may not be there yet, and one that cannot be read is tried again later."""

    def __init__(self, state: Path) -> None:
        self._path = state / FILE_NAME
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def span(self) -> Span:
        """Return what there is."""
        rows = self._rows(_RANGE, ())
        return Span(rows[0][0] or 0, rows[0][1] or 0) if rows else Span(0, 0)

    def event_id(self, seq: int) -> str | None:
        """Return the id of one event, None where the outbox does not hold it."""
        rows = self._rows(_ID, (seq,))
        return str(rows[0][0]) if rows else None

    def after(self, seq: int, most: int) -> tuple[Event, ...]:
        """Return the next events without a gap: at most `most`, and about MAX_BYTES of bodies."""
        events: list[Event] = []
        size = 0
        for row in self._rows(_BATCH, (seq, most)):
            size += len(row[5] or b"")
            if events and (size > MAX_BYTES or row[0] != events[-1].seq + 1):
                break
            events.append(_event(row))
        return tuple(events)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _rows(self, sql: str, values: tuple[int, ...]) -> list[tuple[Any, ...]]:
        """Read rows; none while there is no file, no table, or no reading it."""
        try:
            inode = self._path.stat().st_ino
            if inode != self._inode:
                self.close()
            if self._connection is None:
                self._connection = open_reader(self._path)
                self._inode = inode
            return self._connection.execute(sql, values).fetchall()
        except (OSError, sqlite3.Error):
            self.close()
            return []


def _event(row: tuple[Any, ...]) -> Event:
    """Make an event of a row, even of one that a fault has spoilt.

    What the wire cannot carry is replaced, so that the body no longer fits its SHA-256 and the backend sets
    the event aside instead of the lane stopping at it for ever.
    """
    seq, event_id, kind, business_day, occurred_us, body, sha256 = row
    return Event(
        seq=seq,
        event_id=_text(event_id),
        kind=_text(kind),
        business_day=_text(business_day),
        occurred_us=occurred_us if isinstance(occurred_us, int) else 0,
        body=(body or b"").decode(errors="replace")[: MAX_BODY + 1],
        sha256=_text(sha256),
    )


def _text(value: object) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text[:200] if storable(text) else repr(text)[:200]
