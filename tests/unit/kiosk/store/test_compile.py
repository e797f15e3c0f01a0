from sqlalchemy import Integer, bindparam, insert, select
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from kiosk.store.compile import compiled, schema, table


class Base(SQLModel, registry=registry()):
    pass


class Thing(Base, table=True):
    __tablename__ = "thing"
    n: int = Field(sa_type=Integer, primary_key=True)
    size: int = Field(sa_type=Integer, index=True)


def test_what_varies_is_named_and_what_does_not_is_written_out() -> None:
    thing = table(Thing)
    text = compiled(select(thing.c.n).where(thing.c.size == bindparam("size")).limit(1).offset(11))
    assert " ".join(text.split()) == "SELECT thing.n FROM thing WHERE thing.size = :size LIMIT 1 OFFSET 11"
    assert compiled(insert(thing)) == "INSERT INTO thing (n, size) VALUES (:n, :size)"


def test_a_schema_makes_only_what_is_missing() -> None:
    made = [" ".join(each.split()) for each in schema(Base.metadata)]
    assert made[0].startswith("CREATE TABLE IF NOT EXISTS thing ( n INTEGER NOT NULL")
    assert made[1] == "CREATE INDEX IF NOT EXISTS ix_thing_size ON thing (size)"
