"""payments.db: every step of every attempt, on disk before the step is taken. One writer, held by a lock."""

import fcntl
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from devices.terminal import schema
from devices.terminal.attempt import OUTCOMES, RESOLUTIONS, AttemptEvent, AttemptState, Kind, after
from devices.terminal.book import FILE_NAME, Attempt, Book, UnknownAttemptError
from devices.terminal.cascade import original_moves, reversal_of_resolution
from devices.terminal.steps import Change


class JournalBusyError(OSError):
    """Another process writes this journal."""


class OpenAttemptError(ValueError):
    """Another attempt is open on this channel; the text is its id."""


class MismatchError(ValueError):
    """The same attempt_id was asked for with other facts."""


class NotAllowedError(ValueError):
    """The attempt's state does not allow this; the text is the state."""


def _now_us() -> int:
    return time.time_ns() // 1000


class Journal(Book):
    """The attempts of one channel, and the only one who writes them."""

    def __init__(self, directory: Path, channel: str = "card", now_us: Callable[[], int] = _now_us) -> None:
        """Open, or make, `directory`/payments.db and take its lock.

        Raises:
            JournalBusyError: another process holds it.
            OSError: the directory cannot be used.
        """
        directory.mkdir(parents=True, exist_ok=True)
        self._now_us = now_us
        self._lock = _lock(directory / f"{FILE_NAME}.lock")
        try:
            super().__init__(_open(directory / FILE_NAME), channel)
        except BaseException:
            os.close(self._lock)
            raise

    def close(self) -> None:
        """Close the file and give the lock back."""
        super().close()
        os.close(self._lock)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    # Writing.

    def prepare(self, wanted: Attempt, *, printer_ready: bool = True) -> Attempt:
        """Journal PREPARED; the same id again returns what became of it.

        Raises:
            MismatchError: the id is known with another amount, currency, kind or original.
            OpenAttemptError: another attempt is open.
            UnknownAttemptError: the original is not known.
        """
        known = self.select("attempt_id = ?", wanted.attempt_id)
        if known:
            _check_same(known[0], wanted)
            return known[0]
        if wanted.original is not None:
            self.get(wanted.original)
        busy = self.open_attempt()
        if busy is not None:
            raise OpenAttemptError(busy.attempt_id)
        with self._transaction():
            self._insert(wanted, printer_ready=printer_ready)
        return self.get(wanted.attempt_id)

    def _insert(self, wanted: Attempt, *, printer_ready: bool = True) -> None:
        self._database.execute(
            "INSERT INTO payment_attempt (attempt_id, sale_id, channel, kind, state, amount_minor, currency,"
            " original, printer_ready, automatic, settled, abandoned)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                wanted.attempt_id,
                wanted.sale_id,
                self.channel,
                wanted.kind,
                wanted.state,
                wanted.amount_minor,
                wanted.currency,
                wanted.original,
                printer_ready,
                wanted.automatic,
                wanted.settled,
                wanted.abandoned,
            ),
        )
        self._log(wanted.attempt_id, "prepare", wanted.state, {})

    def _log(self, attempt_id: str, event: str, state: AttemptState, facts: dict[str, object]) -> None:
        self._database.execute(
            "INSERT INTO payment_event (attempt_id, event, state, at_us, facts) VALUES (?, ?, ?, ?, ?)",
            (attempt_id, event, state, self._now_us(), json.dumps(facts)),
        )

    def apply(self, change: Change) -> tuple[Attempt, ...]:
        """Write one change with what follows from it for the original of a reversal; it is on disk on return.

        Returns:
            The attempts whose state or facts changed, the one asked for first.

        Raises:
            TransitionError: the table has no such move.
            UnknownAttemptError: there is no such attempt.
        """
        before = self.get(change.attempt_id)
        touched = [change.attempt_id]
        with self._transaction():
            state = self._move(before, change)
            for original_id, event in self._consequences(before, change.event, state):
                self._move(self.get(original_id), Change(original_id, event, reason=change.reason))
                touched.append(original_id)
        return tuple(self.get(attempt_id) for attempt_id in dict.fromkeys(touched))

    def _consequences(
        self, reversal: Attempt, event: AttemptEvent | None, state: AttemptState
    ) -> Iterator[tuple[str, AttemptEvent]]:
        if reversal.kind is not Kind.REVERSAL or reversal.original is None or event is None:
            return
        original = self.get(reversal.original)
        tries = len(self.select("original = ? AND kind = 'reversal'", original.attempt_id))
        for move in original_moves(original.state, event, state, automatic=reversal.automatic, tries=tries):
            yield original.attempt_id, move

    def _move(self, before: Attempt, change: Change) -> AttemptState:
        state = before.state if change.event is None else after(before.state, change.event)
        facts: dict[str, object] = {
            "baseline": None if change.baseline is None else asdict(change.baseline),
            "result": None if change.result is None else asdict(change.result),
            "reason": change.reason,
            "evidence": change.evidence,
        }
        given = {name: value for name, value in facts.items() if value is not None}
        texts = {
            name: json.dumps(value) if isinstance(value, dict) else value for name, value in given.items()
        }
        assignments = "".join(f", {name} = :{name}" for name in texts)
        columns = f"state = :state, version = version + 1{assignments}"
        self._database.execute(
            f"UPDATE payment_attempt SET {columns} WHERE attempt_id = :id",  # noqa: S608 - our own columns
            {**texts, "state": state, "id": before.attempt_id},
        )
        self._database.executemany(
            "INSERT INTO receipt_line (attempt_id, receipt, text) VALUES (?, ?, ?)",
            [(before.attempt_id, change.receipt, line) for line in change.lines],
        )
        self._log(before.attempt_id, change.event or "note", state, given)
        return state

    def settle(self, attempt_id: str) -> Attempt:
        """Note that the lane has committed the outcome; idempotent.

        Raises:
            NotAllowedError: there is no outcome yet, or the charge is to be reversed first.
        """
        known = self.get(attempt_id)
        if known.state not in OUTCOMES or self._is_owed_back(known):
            raise NotAllowedError(known.state)
        return self._flag(known, "settled")

    def _is_owed_back(self, known: Attempt) -> bool:
        """Tell whether settling would keep the money of a sale that was given up, and no one had noticed."""
        given_up = known.abandoned and not known.settled and known.kind is Kind.SALE
        if not given_up or known.state is not AttemptState.CAPTURED:
            return False
        running = self.open_attempt()
        failed = any(event == AttemptEvent.REVERSE_FAILED for event, _ in self.events(known.attempt_id))
        # After a reversal that failed a person has decided that it stays as it is.
        return not failed or (running is not None and running.original == known.attempt_id)

    def abandon(self, attempt_id: str) -> Attempt:
        """Note that the lane has given the sale up; idempotent. One not yet known is made never to be."""
        try:
            known = self.get(attempt_id)
        except UnknownAttemptError:
            never = Attempt(
                attempt_id,
                self.channel,
                Kind.SALE,
                AttemptState.NOT_CHARGED,
                0,
                "XXX",
                settled=True,
                abandoned=True,
            )
            with self._transaction():
                self._insert(never)
            return self.get(attempt_id)
        return self._flag(known, "abandoned")

    def _flag(self, known: Attempt, flag: str) -> Attempt:
        if not getattr(known, flag):
            with self._transaction():
                where = "WHERE attempt_id = ?"
                self._database.execute(
                    f"UPDATE payment_attempt SET {flag} = 1 {where}",  # noqa: S608 - our own column
                    (known.attempt_id,),
                )
                self._log(known.attempt_id, flag, known.state, {})
        return self.get(known.attempt_id)

    def resolve(
        self, attempt_id: str, outcome: AttemptState, person: str, reason: str
    ) -> tuple[Attempt, ...]:
        """Let a person settle an ESCALATED attempt, and with it the reversals that escalated alongside.

        Raises:
            NotAllowedError: the attempt is not ESCALATED, or the outcome cannot be chosen.
        """
        known = self.get(attempt_id)
        if known.state is not AttemptState.ESCALATED or outcome not in RESOLUTIONS:
            raise NotAllowedError(known.state)
        evidence = f"{known.evidence or ''} resolved by {person}".strip()
        change = Change(attempt_id, RESOLUTIONS[outcome], reason=reason, evidence=evidence)
        changed = list(self.apply(change))
        related = self.select("original = ? AND state = 'ESCALATED'", attempt_id)
        for other in related:
            event = reversal_of_resolution(outcome)
            changed += self.apply(Change(other.attempt_id, event, reason=reason, evidence=evidence))
        return tuple({one.attempt_id: one for one in changed}.values())

    def owed_reversal(self, new_id: Callable[[], str]) -> Attempt | None:
        """Open the reversal of a charge whose sale was given up, where one is owed and the channel free."""
        owed = self.select(
            "kind = 'sale' AND abandoned = 1 AND settled = 0 AND state IN ('CAPTURED', 'REVERSING')"
        )
        if not owed or self.open_attempt() is not None:
            return None
        sale = owed[0]
        reversal = Attempt(
            new_id(),
            self.channel,
            Kind.REVERSAL,
            AttemptState.PREPARED,
            sale.amount_minor,
            sale.currency,
            sale_id=sale.sale_id,
            original=sale.attempt_id,
            automatic=True,
        )
        return self.prepare(reversal)

    # The terminal.

    def remember(self, terminal_id: str | None, software: str | None, *, recovery_query: bool) -> None:
        """Keep what was learnt of the terminal; another terminal or software forgets the rest."""
        with self._transaction():
            self._database.execute(
                "INSERT INTO terminal (channel, terminal_id, software, recovery_query)"
                " VALUES (?1, ?2, ?3, ?4)"
                " ON CONFLICT (channel) DO UPDATE SET keeps_registration ="
                " iif(terminal_id IS ?2 AND software IS ?3, keeps_registration, NULL),"
                " terminal_id = ?2, software = ?3, recovery_query = ?4",
                (self.channel, terminal_id, software, recovery_query),
            )

    def remember_registration(self, *, kept: bool) -> None:
        """Keep whether the terminal stays registered over a new connection."""
        with self._transaction():
            self._database.execute(
                "UPDATE terminal SET keeps_registration = ? WHERE channel = ?", (kept, self.channel)
            )


def _check_same(known: Attempt, wanted: Attempt) -> None:
    if known.amount_minor == 0 and known.abandoned:  # given up before it arrived
        return
    for name in ("kind", "amount_minor", "currency", "original"):
        if getattr(known, name) != getattr(wanted, name):
            raise MismatchError(
                f"Attempt {wanted.attempt_id} is known with {name} {getattr(known, name)}, "
                f"now {getattr(wanted, name)} was asked for."
            )


def _lock(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise JournalBusyError(f"{path} is held by another process") from None
    return descriptor


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        # NORMAL does not sync on commit: a power cut would forget payments the terminal has booked.
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA foreign_keys = ON")
        database.executescript(f"BEGIN IMMEDIATE; {schema.TABLES} {schema.GUARDS} COMMIT;")
        database.execute(f"PRAGMA user_version = {schema.VERSION}")
    except BaseException:
        database.close()
        raise
    return database
