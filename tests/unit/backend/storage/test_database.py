import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backend.errors import UserError
from backend.storage.database import reading_engine, sqlite_file, writing_engine


def test_the_file_of_a_url() -> None:
    assert sqlite_file("sqlite:////var/lib/x.db") == Path("/var/lib/x.db")
    assert sqlite_file("sqlite:///x.db") == Path.cwd() / "x.db"


@pytest.mark.parametrize("url", ["x.db", "sqlite://", "sqlite:///:memory:", "postgresql://host/shop", ""])
def test_another_url_is_refused(url: str) -> None:
    with pytest.raises(UserError, match="database"):
        sqlite_file(url)


def test_commits_are_durable_and_seen_by_readers_who_cannot_write(tmp_path: Path) -> None:
    writing = writing_engine(tmp_path / "x.db")
    reading = reading_engine(tmp_path / "x.db")
    with writing.connect() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1]
    with writing.begin() as connection:
        connection.execute(text("INSERT INTO catalogue_version VALUES ('shop', 7)"))
    with reading.connect() as connection:
        assert connection.execute(text("SELECT version FROM catalogue_version")).scalar() == 7
        with pytest.raises(OperationalError, match="readonly"):
            connection.execute(text("DELETE FROM catalogue_version"))
    writing.dispose()
    reading.dispose()


def test_a_writer_takes_the_lock_when_it_begins(tmp_path: Path) -> None:
    writing = writing_engine(tmp_path / "x.db")
    with (
        writing.begin(),
        closing(sqlite3.connect(tmp_path / "x.db", timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("INSERT INTO catalogue_version VALUES ('shop', 7)")
    writing.dispose()
