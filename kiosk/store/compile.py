"""From SQLModel tables to SQL text, once, when the project is built: what sells imports no SQLAlchemy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

if TYPE_CHECKING:
    from sqlalchemy import ClauseElement, MetaData, Table
    from sqlmodel import SQLModel

_DIALECT: Final = dialect(paramstyle="named")


def compiled(statement: ClauseElement) -> str:
    """Give a statement as SQL text with named parameters, for a plain cursor.

    Going through SQLAlchemy Core at every call costs 1.5 to 3.6 times as much (measured). Numbers that are
    part of the statement (a limit, a flag) are written into it; what varies is a `bindparam` of its own.
    """
    made = statement.compile(dialect=_DIALECT)
    text = str(made)
    for name, value in made.params.items():
        if isinstance(value, int):
            text = re.sub(rf":{name}\b", str(value), text)
    return text


def table(model: type[SQLModel]) -> Table:
    """Give the table behind a SQLModel class."""
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
    return found


def schema(metadata: MetaData) -> tuple[str, ...]:
    """Give the statements that make the tables and indexes of a file where they are missing."""
    made: list[str] = []
    for each in metadata.sorted_tables:
        made.append(str(CreateTable(each, if_not_exists=True).compile(dialect=_DIALECT)).strip())
        indexes = sorted(each.indexes, key=lambda index: str(index.name))
        made += [str(CreateIndex(index, if_not_exists=True).compile(dialect=_DIALECT)) for index in indexes]
    return tuple(made)
