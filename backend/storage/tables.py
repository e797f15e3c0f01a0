"""The backend's own tables, one set for both dialects: int, text and bool only; store_id on every row."""

from sqlalchemy import BigInteger, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Base(SQLModel, registry=registry()):
    """The base of this database's tables; `Base.metadata` is this database and no other."""


class Setting(Base, table=True):
    """One of the shop's settings; `shared` ones go to the lanes with the catalogue."""

    __tablename__ = "setting"
    store_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str
    shared: bool = False
    version: int = Field(default=0, index=True)


class TaxRate(Base, table=True):
    """A rate by name; thousandths of a percent."""

    __tablename__ = "tax_rate"
    store_id: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    rate_thousandths: int
    version: int = Field(index=True)
    deleted: bool = False


class CatalogueVersion(Base, table=True):
    """The newest catalogue version given out; only the one writer counts it up."""

    __tablename__ = "catalogue_version"
    store_id: str = Field(primary_key=True)
    version: int


class Product(Base, table=True):
    """A product; `deleted` is its tombstone. names, allergens: JSON text. cost_minor stays at the backend."""

    __tablename__ = "product"
    __table_args__ = (Index("product_version", "store_id", "version"),)
    store_id: str = Field(primary_key=True)
    product_id: str = Field(primary_key=True)
    name: str
    names: str = Field(sa_type=Text)
    brand: str = ""
    size: str = ""
    category: str = ""
    picture: str | None = None
    tax_code: str
    deposit_minor: int = 0
    min_age: int = 0
    unit: str = "piece"
    plu: str | None = None
    place: str = ""
    allergens: str = "[]"
    cost_minor: int | None = None
    version: int
    deleted: bool = False


class Barcode(Base, table=True):
    """A GTIN-14 finds one product of a store."""

    __tablename__ = "barcode"
    store_id: str = Field(primary_key=True)
    gtin14: str = Field(primary_key=True)
    product_id: str = Field(index=True)


class Price(Base, table=True):
    """A price per unit that holds from_us <= now < to_us; from_us 0 is "always was"."""

    __tablename__ = "price"
    store_id: str = Field(primary_key=True)
    product_id: str = Field(primary_key=True)
    from_us: int = Field(primary_key=True)
    to_us: int | None = None
    price_minor: int
    version: int


class Device(Base, table=True):
    """A lane's place in the shop; it keeps its id through every enrolment."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("store_id", "lane"),)
    device_id: str = Field(primary_key=True)
    store_id: str
    lane: str
    created_us: int


class Epoch(Base, table=True):
    """One enrolment of a device, with its key and how far its outbox is dealt with (acked_seq, gap-free)."""

    __tablename__ = "epoch"
    device_id: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    store_id: str
    public_key: str
    enrolled_us: int
    acked_seq: int = 0
    acked_event_id: str | None = None
    last_seen_us: int | None = None
    skew_ms: int | None = None


class EnrolmentSecret(Base, table=True):
    """A one-time code that was given out, by the SHA-256 of its secret."""

    __tablename__ = "enrolment_secret"
    secret_sha256: str = Field(primary_key=True)
    store_id: str
    lane: str
    expires_us: int
    used_us: int | None = None
    public_key: str | None = None


class Event(Base, table=True):
    """An outbox event as it came, body and all; never changed."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("device_id", "epoch", "seq"),)
    event_id: str = Field(primary_key=True)
    store_id: str
    device_id: str
    epoch: int
    seq: int
    kind: str
    business_day: str
    occurred_us: int
    received_us: int
    sha256: str
    body: str = Field(sa_type=Text)


class DeadLetter(Base, table=True):
    """An event that could not be booked, kept whole; total_minor is its money where that could be read."""

    __tablename__ = "dead_letter"
    device_id: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    store_id: str
    kind: str
    reason: str
    sentence: str
    received_us: int
    total_minor: int | None = None
    body: str = Field(sa_type=Text)


class Alarm(Base, table=True):
    """Something a person should look into."""

    __tablename__ = "alarm"
    alarm_id: int | None = Field(default=None, primary_key=True)
    store_id: str
    device_id: str
    kind: str
    sentence: str
    raised_us: int


class Sale(Base, table=True):
    """A completed sale, read from its event."""

    __tablename__ = "sale"
    __table_args__ = (Index("sale_completed", "store_id", "completed_us"),)
    sale_id: str = Field(primary_key=True)
    store_id: str
    event_id: str
    device_id: str
    lane: str
    receipt_no: str
    business_day: str
    opened_us: int
    completed_us: int
    currency: str
    deposit_minor: int
    total_minor: int
    tax_minor: int
    lines: int
    language: str
    catalogue_version: int


class SaleLine(Base, table=True):
    """A line of a sale; a void points back and carries negative amounts."""

    __tablename__ = "sale_line"
    sale_id: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    store_id: str
    gtin14: str | None = None
    product_id: str
    name: str
    quantity_milli: int
    unit_price_minor: int
    total_minor: int
    deposit_minor: int
    tax_code: str
    void_of: int | None = None


class SaleTax(Base, table=True):
    """A rate group of a sale, as printed."""

    __tablename__ = "sale_tax"
    sale_id: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    rate_thousandths: int = Field(primary_key=True)
    store_id: str
    gross_minor: int
    net_minor: int
    tax_minor: int


class Tender(Base, table=True):
    """A captured part of a sale's payment."""

    __tablename__ = "tender"
    sale_id: str = Field(primary_key=True)
    n: int = Field(primary_key=True)
    store_id: str
    attempt_id: str
    method: str
    amount_minor: int
    card_name: str | None = None
    last4: str | None = None
    receipt_no: str | None = None
    trace: str | None = None
    terminal_id: str | None = None


class StockMove(Base, table=True):
    """One entry of the stock ledger; (event_id, line) is moved once."""

    __tablename__ = "stock_move"
    event_id: str = Field(primary_key=True)
    line: int = Field(primary_key=True)
    store_id: str
    product_id: str
    gtin14: str | None = None
    delta_milli: int
    reason: str
    occurred_us: int


class StockLevel(Base, table=True):
    """The sum of a product's moves, kept beside them in the same transaction; it may be below zero."""

    __tablename__ = "stock_level"
    store_id: str = Field(primary_key=True)
    product_id: str = Field(primary_key=True)
    on_hand_milli: int


class JournalHead(Base, table=True):
    """How far a lane's audit journal went when the lane said so, signed by it."""

    __tablename__ = "journal_head"
    device_id: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    store_id: str
    lane: str
    public_key: str
    count: int
    head: str
    signature: str
    signed_us: int
    received_us: int


def _widen(base: type[Base]) -> None:
    """Give every whole number 64 bits: PostgreSQL's INTEGER has 32, too few for microseconds and thousandths.

    On SQLite, where INTEGER has 64, the word must stay, or a generated key would not be generated.
    """
    wide = BigInteger().with_variant(Integer(), "sqlite")
    for made in base.metadata.tables.values():
        for column in made.columns:
            if isinstance(column.type, Integer):
                column.type = wide


_widen(Base)


def table(model: type[Base]) -> Table:
    """Return the Core table of a model, whose columns the hot paths speak of."""
    return Base.metadata.tables[str(model.__tablename__)]
