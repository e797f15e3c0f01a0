"""Many rows at once: SQL compiled once from the tables, given to the driver without a detour.

SQLAlchemy's executemany reckons each row's parameters anew, at several times the insert's cost (measured).
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table

Row = Mapping[str, object]


def insert_rows(connection: Connection, into: Table, rows: Sequence[Row]) -> None:
    """Insert rows, each with every column of the table by name."""
    _execute(connection, _insert(into), rows)


def put_rows(connection: Connection, into: Table, rows: Sequence[Row]) -> None:
    """Insert rows, or overwrite those with the same primary key."""
    changed = ", ".join(f"{name} = excluded.{name}" for name in _values(into))
    _execute(connection, f"{_insert(into)} {_on_conflict(into)} DO UPDATE SET {changed}", rows)


def add_rows(connection: Connection, into: Table, rows: Sequence[Row], column: str) -> None:
    """Insert rows, or add their `column` to that of the row with the same primary key."""
    added = f"{column} = {into.name}.{column} + excluded.{column}"
    _execute(connection, f"{_insert(into)} {_on_conflict(into)} DO UPDATE SET {added}", rows)


def _execute(connection: Connection, sql: str, rows: Sequence[Row]) -> None:
    if rows:
        many: Any = rows  # SQLAlchemy wants dictionaries that can be written to, and writes to none
        connection.exec_driver_sql(sql, many)


@cache
def _insert(into: Table) -> str:
    """Return the statement with named parameters, as SQLite's driver takes them."""
    names = into.columns.keys()
    placed = ", ".join(f":{name}" for name in names)
    return f"INSERT INTO {into.name} ({', '.join(_quoted(names))}) VALUES ({placed})"  # noqa: S608 - names of our tables


def _on_conflict(into: Table) -> str:
    return f"ON CONFLICT ({', '.join(_quoted(into.primary_key.columns.keys()))})"


def _values(of: Table) -> list[str]:
    keys = set(of.primary_key.columns.keys())
    return [name for name in of.columns.keys() if name not in keys]  # noqa: SIM118 - columns iterate as objects


def _quoted(names: Sequence[str]) -> list[str]:
    return [f'"{name}"' for name in names]
