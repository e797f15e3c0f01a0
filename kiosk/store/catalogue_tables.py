"""The tables of catalogue.db: what the shop sells, as pulled, and how far pull and push have come."""

from typing import Any, ClassVar, Final

from sqlalchemy import Integer, MetaData, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class CatalogueTable(SQLModel, registry=registry()):
    """Base of the tables of this file alone: STRICT, and one tree each to descend (WITHOUT ROWID)."""

    __table_args__: ClassVar[dict[str, Any]] = {"sqlite_strict": True, "sqlite_with_rowid": False}


CATALOGUE: Final[MetaData] = CatalogueTable.metadata


class Product(CatalogueTable, table=True):
    """A product. names: a line each, language<TAB>text, the shop's own first. allergens: blanks between.

    pulled: number of the pull from the beginning that it came with, or after.
    """

    __tablename__ = "product"

    product_id: str = Field(sa_type=Text, primary_key=True)
    names: str = Field(sa_type=Text)
    tax_code: str = Field(sa_type=Text)
    deposit_minor: int = Field(sa_type=Integer)
    min_age: int = Field(sa_type=Integer)
    unit: str = Field(sa_type=Text)
    brand: str = Field(sa_type=Text)
    size: str = Field(sa_type=Text)
    category: str = Field(sa_type=Text, index=True)
    picture: str | None = Field(default=None, sa_type=Text)
    plu: str | None = Field(default=None, sa_type=Text)
    place: str = Field(sa_type=Text)
    allergens: str = Field(sa_type=Text)
    pulled: int = Field(sa_type=Integer)


class Barcode(CatalogueTable, table=True):
    """A GTIN-14 and the product it finds."""

    __tablename__ = "barcode"

    gtin14: str = Field(sa_type=Text, primary_key=True)
    product_id: str = Field(sa_type=Text, index=True)


class Price(CatalogueTable, table=True):
    """A price per unit, holding from_us <= now < to_us; from_us 0: always was, to_us None: until another."""

    __tablename__ = "price"

    product_id: str = Field(sa_type=Text, primary_key=True)
    from_us: int = Field(sa_type=Integer, primary_key=True)
    to_us: int | None = Field(default=None, sa_type=Integer)
    price_minor: int = Field(sa_type=Integer)
    version: int = Field(sa_type=Integer)


class TaxRate(CatalogueTable, table=True):
    """A rate by its name; thousandths of a percent."""

    __tablename__ = "tax_rate"

    code: str = Field(sa_type=Text, primary_key=True)
    rate_thousandths: int = Field(sa_type=Integer)
    pulled: int = Field(sa_type=Integer)


class ShopSetting(CatalogueTable, table=True):
    """One of the shop's settings: name, currency, language, receipt_url."""

    __tablename__ = "shop_setting"

    name: str = Field(sa_type=Text, primary_key=True)
    value: str = Field(sa_type=Text)
    pulled: int = Field(sa_type=Integer)


class Cursor(CatalogueTable, table=True):
    """How far something has come, moved in the transaction of what it counts.

    catalogue: version applied. pulled: number of the pull from the beginning under way or done.
    acked_seq: outbox events the backend has dealt with. skew_ms: the backend's clock less ours.
    """

    __tablename__ = "cursor"

    name: str = Field(sa_type=Text, primary_key=True)
    position: int = Field(sa_type=Integer)


class Origin(CatalogueTable, table=True):
    """Whose catalogue this is ("backend"), and for which enrolment acked_seq counts ("enrolment")."""

    __tablename__ = "origin"

    name: str = Field(sa_type=Text, primary_key=True)
    value: str = Field(sa_type=Text)


class DeadLetter(CatalogueTable, table=True):
    """An outbox event the backend has set aside, and why; the event itself stays in sales.db."""

    __tablename__ = "dead_letter"

    enrolment: str = Field(sa_type=Text, primary_key=True)
    seq: int = Field(sa_type=Integer, primary_key=True)
    event_id: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text)
    sentence: str = Field(sa_type=Text)
    noted_us: int = Field(sa_type=Integer)
