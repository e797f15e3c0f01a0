"""Opens the backend's database: a writing engine with durable commits, and one that can only read."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from backend.errors import UserError
from backend.storage.tables import Base

_BUSY_MS: Final = 5000
"""A reader may hold the file for a moment while a checkpoint wants it; nobody else writes."""


def sqlite_file(url: str) -> Path:
    """Return the file of a database URL.

    Raises:
        UserError: not a URL, not SQLite, or SQLite in memory, which would forget every sale.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise UserError(
            f"database {url!r}: expected sqlite:///FILE (PostgreSQL is not served by this release)"
        )
    return Path(parsed.database).absolute()


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise UserError(
            f"database {url!r}: expected a URL such as sqlite:////var/lib/checkstand/backend.db"
        ) from None


def writing_engine(file: Path) -> Engine:
    """Open the file for the one writer and create the tables that are missing."""
    engine = create_engine(URL.create("sqlite", database=str(file)))
    event.listen(engine, "connect", _prepare_writer)
    event.listen(engine, "begin", _begin_immediate)
    Base.metadata.create_all(engine)
    return engine


def reading_engine(file: Path) -> Engine:
    """Open the file for readers; an attempt to write fails."""
    engine = create_engine(
        URL.create("sqlite", database=f"file:{file}", query={"mode": "ro", "uri": "true"}),
    )
    event.listen(engine, "connect", _prepare_reader)
    return engine


def _prepare_writer(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: see _begin_immediate
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_reader(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("query_only=ON", f"busy_timeout={_BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
