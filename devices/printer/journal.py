"""print.db: which job has been asked for and how far each printing has come, so that each prints once.

Every change is on disk before the bytes it speaks of go out (WAL, synchronous=FULL). One process writes: it
holds flock on `print.db.lock` for as long as it lives.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from devices.printer.job import FINAL, Phase, Run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from devices.printer.health import Cause

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS job (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL,
    created_us INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS run (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL REFERENCES job (job) ON DELETE CASCADE,
    copy INTEGER NOT NULL,
    phase TEXT NOT NULL,
    cause TEXT,
    asked_for INTEGER NOT NULL,
    UNIQUE (job, copy)
) STRICT;
CREATE TABLE IF NOT EXISTS printer (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    left_over INTEGER NOT NULL
) STRICT;
INSERT OR IGNORE INTO printer (id, left_over) VALUES (1, 0);
CREATE INDEX IF NOT EXISTS run_open ON run (phase) WHERE phase NOT IN ('DONE', 'UNCONFIRMED', 'UNKNOWN');
"""
_VERSION: Final = 1
# Selects nothing, and so adds nothing, where there is no such job.
_ADD_COPY: Final = (
    "INSERT INTO run (job, copy, phase, asked_for)"
    " SELECT job, max(copy) + 1, ?, ? FROM run WHERE job = ? GROUP BY job"
)
_OPEN: Final = "phase NOT IN ('DONE', 'UNCONFIRMED', 'UNKNOWN')"


class JournalError(Exception):
    """print.db cannot be used; the message says why."""


class JournalLockedError(JournalError):
    """Another process owns print.db; `owner` is what it wrote into the lock."""

    def __init__(self, path: Path, owner: str) -> None:
        super().__init__(f"{path} belongs to a running kiosk-printer ({owner or 'unknown'})")
        self.owner = owner


@dataclass(frozen=True)
class Job:
    """A job as callers see it: the state of its latest printing, and how many copies there have been."""

    job: str
    state: str
    copies: int
    cause: str | None

    @classmethod
    def of(cls, run: Run) -> Job:
        """A job by one of its runs."""
        held = run.held is not None and run.phase not in FINAL
        return cls(run.job, "HELD" if held else run.phase, run.copy, run.held if held else None)

    def as_dict(self) -> dict[str, object]:
        """The Job type of org.checkstand.Printer1."""
        return {"job": self.job, "state": self.state, "copies": self.copies, "cause": self.cause}


class Journal:
    """The one writer of print.db; not safe for use from several threads."""

    def __init__(self, path: Path, owner: str = "", *, automatic_copies: int = 0) -> None:
        """Open or create.

        Args:
            path: Of print.db; its folder is made.
            owner: Written into the lock for whoever finds it taken.
            automatic_copies: How often an UNKNOWN run is followed by a copy without anybody asking.

        Raises:
            JournalLockedError: Another process has it open.
            JournalError: The folder or the file cannot be used.
        """
        self._automatic_copies = automatic_copies
        self._lock = _locked(path, owner)
        try:
            self._database = _opened(path)
        except JournalError:
            os.close(self._lock)
            raise

    def close(self) -> None:
        """Close the file and let the lock go."""
        self._database.close()
        os.close(self._lock)

    def restart(self) -> int:
        """Judge what an earlier process left; how many runs became UNKNOWN by its end."""
        judged = [run.restarted() for run in self._runs(f"WHERE {_OPEN}")]
        for run in judged:
            self.save(run)
        return sum(run.phase is Phase.UNKNOWN for run in judged)

    def add(self, job: str, document: object, now_us: int) -> Job:
        """Journal a request; a known key changes nothing and returns what became of it.

        Args:
            job: The caller's key.
            document: Plain JSON values.
            now_us: Unix time in microseconds.
        """
        with self._writing() as database:
            text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
            added = database.execute(
                "INSERT INTO job (job, document, created_us) VALUES (?, ?, ?) ON CONFLICT (job) DO NOTHING",
                (job, text, now_us),
            )
            if added.rowcount:
                database.execute(
                    "INSERT INTO run (job, copy, phase, asked_for) VALUES (?, 0, ?, 1)", (job, Phase.QUEUED)
                )
        known = self.job(job)
        if known is None:
            raise JournalError(f"job {job!r} was written to print.db but cannot be read back")
        return known

    def add_copy(self, job: str) -> None:
        """A person wants the job printed once more, marked COPY."""
        with self._writing() as database:
            database.execute(_ADD_COPY, (Phase.QUEUED, True, job))

    def save(self, run: Run) -> None:
        """Write a run's phase and cause, durably; what is UNKNOWN gets its copy in the same transaction."""
        with self._writing() as database:
            database.execute(
                "UPDATE run SET phase = ?, cause = ? WHERE number = ?", (run.phase, run.held, run.number)
            )
            if run.phase in FINAL:
                left_over = run.phase is Phase.UNKNOWN or (run.phase is Phase.UNCONFIRMED and run.broken)
                database.execute("UPDATE printer SET left_over = ?", (left_over,))
            if run.phase is Phase.UNKNOWN and self._copies_made(run.job) < self._automatic_copies:
                database.execute(_ADD_COPY, (Phase.QUEUED, False, run.job))

    def left_over(self) -> bool:
        """Whether the run before may hang half printed in the printer, whoever's it was."""
        return bool(self._count("SELECT left_over FROM printer", ()))

    def follows_unknown(self, run: Run) -> bool:
        """Whether this is the copy of a printing of which nobody knows."""
        query = "SELECT count(*) FROM run WHERE job = ? AND copy = ? AND phase = 'UNKNOWN'"
        return bool(self._count(query, (run.job, run.copy - 1)))

    def next_run(self, job: str | None = None) -> Run | None:
        """The oldest run that is not over, of all jobs or of one; a copy comes before younger jobs."""
        condition = f"JOIN job USING (job) WHERE {_OPEN} AND (:job IS NULL OR run.job = :job)"
        return next(self._runs(f"{condition} ORDER BY job.id, number LIMIT 1", job), None)

    def document(self, job: str) -> object:
        """The document of a journalled job, as it was given."""
        row = self._database.execute("SELECT document FROM job WHERE job = ?", (job,)).fetchone()
        return json.loads(row[0])

    def job(self, job: str) -> Job | None:
        """What became of a job, None if there is none of that key."""
        return next(iter(read_jobs(self._database, job)), None)

    def queued(self) -> int:
        """How many runs are not over."""
        return self._count(f"SELECT count(*) FROM run WHERE {_OPEN}", ())  # noqa: S608 - a constant of this file

    def prune(self, before_us: int) -> int:
        """Forget jobs that were asked for before then and are over; how many those were."""
        with self._writing() as database:
            gone = database.execute(
                f"DELETE FROM job WHERE created_us < ? AND job NOT IN (SELECT job FROM run WHERE {_OPEN})",  # noqa: S608 - a constant of this file
                (before_us,),
            )
            return gone.rowcount

    def _copies_made(self, job: str) -> int:
        return self._count("SELECT count(*) FROM run WHERE job = ? AND NOT asked_for", (job,))

    def _count(self, query: str, values: tuple[object, ...]) -> int:
        return cast("int", self._database.execute(query, values).fetchone()[0])

    def _runs(self, condition: str, job: str | None = None) -> Iterator[Run]:
        query = f"SELECT number, run.job, copy, phase, cause FROM run {condition}"  # noqa: S608 - ours only
        for number, key, copy, phase, cause in self._database.execute(query, {"job": job}).fetchall():
            yield Run(number, key, copy, Phase(phase), held=cast("Cause | None", cause))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._database:
                yield self._database
        except sqlite3.Error as fault:
            raise JournalError(f"print.db cannot be written: {fault}") from fault


def read_jobs(database: sqlite3.Connection, job: str | None = None) -> Iterator[Job]:
    """Every job, or the one of that key, oldest first."""
    query = (
        "SELECT job.job, run.phase, run.copy, run.cause FROM job JOIN run ON run.job = job.job"
        " WHERE run.copy = (SELECT max(copy) FROM run AS other WHERE other.job = job.job)"
        " AND (? IS NULL OR job.job = ?) ORDER BY job.id"
    )
    for key, phase, copies, cause in database.execute(query, (job, job)):
        yield Job.of(Run(0, key, copies, Phase(phase), held=cause))


def open_for_reading(path: Path) -> sqlite3.Connection:
    """print.db beside its writer.

    Raises:
        JournalError: There is no such file, or it cannot be read.
    """
    try:
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        database.execute("PRAGMA query_only = ON")
        database.execute("SELECT count(*) FROM job")
    except sqlite3.Error as fault:
        raise JournalError(f"{path} cannot be read: {fault}") from fault
    return database


def _locked(path: Path, owner: str) -> int:
    lock = path.with_name(path.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
    except OSError as fault:
        raise JournalError(f"{lock} cannot be opened: {fault.strerror}") from fault
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        holder = os.read(descriptor, 200).decode(errors="replace")
        os.close(descriptor)
        raise JournalLockedError(path, holder) from fault
    os.ftruncate(descriptor, 0)
    os.write(descriptor, owner.encode())
    return descriptor


def _opened(path: Path) -> sqlite3.Connection:
    try:
        database = sqlite3.connect(path)
    except sqlite3.Error as fault:
        raise JournalError(f"{path} cannot be opened: {fault}") from fault
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA foreign_keys = ON")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version <= _VERSION:
            database.executescript(f"{_SCHEMA} PRAGMA user_version = {_VERSION};")
            return database
    except sqlite3.Error as fault:
        database.close()
        raise JournalError(f"{path} cannot be opened: {fault}") from fault
    database.close()
    raise JournalError(f"{path} has version {version}, this program knows {_VERSION}: update the program")
