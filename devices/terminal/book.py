"""The attempts in payments.db, as they are read."""

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from devices.terminal.attempt import OPEN, AttemptState, Kind
from devices.terminal.evidence import Record, Result

FILE_NAME = "payments.db"
_COLUMNS = (
    "attempt_id, sale_id, channel, kind, state, amount_minor, currency, original, automatic, baseline, "
    "result, reason, evidence, settled, abandoned"
)


class UnknownAttemptError(KeyError):
    """The journal has no such attempt."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A row of payment_attempt, with its receipt lines.

    Attributes:
        lines: of the shopper's receipt.
        amount_minor: in minor units of `currency`; 0 for one that was abandoned before it arrived.
        automatic: a reversal the daemon opened itself.
    """

    attempt_id: str
    channel: str
    kind: Kind
    state: AttemptState
    amount_minor: int
    currency: str
    sale_id: str | None = None
    original: str | None = None
    automatic: bool = False
    baseline: Record | None = None
    result: Result | None = None
    reason: str | None = None
    evidence: str | None = None
    settled: bool = False
    abandoned: bool = False
    lines: tuple[str, ...] = ()


class Book:
    """Reads attempts over a connection that stays its owner's."""

    def __init__(self, database: sqlite3.Connection, channel: str) -> None:
        self._database = database
        self._database.row_factory = sqlite3.Row
        self.channel = channel

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def get(self, attempt_id: str) -> Attempt:
        """Return one attempt.

        Raises:
            UnknownAttemptError: there is none of this id.
        """
        found = self.select("attempt_id = ?", attempt_id)
        if not found:
            raise UnknownAttemptError(attempt_id)
        return found[0]

    def open_attempt(self) -> Attempt | None:
        """Return the one attempt that has no outcome yet."""
        states = ", ".join(f"'{state}'" for state in sorted(OPEN))
        found = self.select(f"channel = ? AND state IN ({states})", self.channel)
        return found[0] if found else None

    def unsettled(self) -> tuple[Attempt, ...]:
        """Return every attempt the lane has not settled, in the order of creation."""
        return self.select("settled = 0")

    def booked(self) -> Result | None:
        """Return the result of the newest CAPTURED attempt whose sale was not given up unpaid."""
        stands = "state = 'CAPTURED' AND result IS NOT NULL AND (abandoned = 0 OR settled = 1)"
        newest = f"SELECT max(seq) FROM payment_attempt WHERE channel = ? AND {stands}"  # noqa: S608 - our text
        found = self.select(f"seq = ({newest})", self.channel)
        return found[0].result if found else None

    def attempts(self) -> tuple[Attempt, ...]:
        """Return all, in the order of creation."""
        return self.select("1")

    def events(self, attempt_id: str) -> tuple[tuple[str, str], ...]:
        """Return (event, state after it) of one attempt, oldest first."""
        query = "SELECT event, state FROM payment_event WHERE attempt_id = ? ORDER BY seq"
        return tuple((event, state) for event, state in self._database.execute(query, (attempt_id,)))

    def select(self, where: str, *values: object) -> tuple[Attempt, ...]:
        """Return the attempts of a condition of ours, in the order of creation."""
        query = f"SELECT {_COLUMNS} FROM payment_attempt WHERE {where} ORDER BY seq"  # noqa: S608 - our text
        return tuple(self._attempt(row) for row in self._database.execute(query, values).fetchall())

    def _attempt(self, row: sqlite3.Row) -> Attempt:
        # 1 is the merchant's copy and 3 administration: they are kept, but not the shopper's.
        query = "SELECT text FROM receipt_line WHERE attempt_id = ? AND coalesce(receipt, 2) = 2 ORDER BY seq"
        lines = tuple(text for (text,) in self._database.execute(query, (row["attempt_id"],)))
        values = {name: row[name] for name in row.keys()}  # noqa: SIM118 - a Row iterates over values
        return Attempt(
            **values
            | {
                "kind": Kind(row["kind"]),
                "state": AttemptState(row["state"]),
                "baseline": Record(**json.loads(row["baseline"])) if row["baseline"] else None,
                "result": Result(**json.loads(row["result"])) if row["result"] else None,
                "automatic": bool(row["automatic"]),
                "settled": bool(row["settled"]),
                "abandoned": bool(row["abandoned"]),
                "lines": lines,
            }
        )

    def terminal(self) -> tuple[str | None, str | None, bool, bool | None]:
        """Return (terminal id, software, answers the query, keeps its registration or None for unknown)."""
        query = (
            "SELECT terminal_id, software, recovery_query, keeps_registration FROM terminal WHERE channel = ?"
        )
        row = self._database.execute(query, (self.channel,)).fetchone()
        if row is None:
            return None, None, False, None
        kept = row["keeps_registration"]
        return (
            row["terminal_id"],
            row["software"],
            bool(row["recovery_query"]),
            None if kept is None else bool(kept),
        )


def read_only(directory: Path, channel: str = "card") -> Book | None:
    """Open payments.db for reading beside its writer; None where there is none yet."""
    path = directory / FILE_NAME
    if not path.exists():
        return None
    return Book(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None), channel)
