import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Integer, insert
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from kiosk.store.compile import compiled, schema, table
from kiosk.store.database import FileTakenError, Writer, open_reader


class Base(SQLModel, registry=registry()):
    pass


class Thing(Base, table=True):
    __tablename__ = "thing"
    n: int = Field(sa_type=Integer, primary_key=True)


INSERT = compiled(insert(table(Thing)))


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    made = Writer(tmp_path / "sub" / "a.db", schema(Base.metadata))
    yield made
    made.close()


def test_a_commit_is_durable_and_readers_see_it(writer: Writer) -> None:
    assert writer.rows("PRAGMA journal_mode") == [("wal",)]
    assert writer.rows("PRAGMA synchronous") == [(2,)]
    with writer.transaction() as connection:
        connection.execute(INSERT, {"n": 1})
    reader = open_reader(writer.path)
    assert reader.execute("SELECT n FROM thing").fetchall() == [(1,)]
    with pytest.raises(sqlite3.OperationalError):
        reader.execute("INSERT INTO thing VALUES (2)")
    reader.close()
    assert writer.dicts("SELECT n FROM thing WHERE n = :n", {"n": 1}) == [{"n": 1}]


def test_all_or_nothing(writer: Writer) -> None:
    def half() -> None:
        with writer.transaction() as connection:
            connection.execute(INSERT, {"n": 1})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert writer.rows("SELECT n FROM thing") == []


def test_one_writer_a_file(writer: Writer) -> None:
    with pytest.raises(FileTakenError, match=r"a\.db is being written by another process"):
        Writer(writer.path, schema(Base.metadata))
    writer.close()
    Writer(writer.path, schema(Base.metadata)).close()


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        open_reader(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []
