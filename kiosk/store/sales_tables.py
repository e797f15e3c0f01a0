"""The tables of sales.db, named after ARTS: transactions, lines, tenders, journal, receipts, outbox."""

from typing import Any, ClassVar, Final

from sqlalchemy import Integer, MetaData, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class SalesTable(SQLModel, registry=registry()):
    """Base of the tables of this file alone; STRICT, so that SQLite never makes one kind of value another."""

    __table_args__: ClassVar[dict[str, Any]] = {"sqlite_strict": True}


SALES: Final[MetaData] = SalesTable.metadata


class Transaction(SalesTable, table=True):
    """A sale (ARTS RetailTransaction).

    `visit_open` is 1 until the shopper's visit is over; at most one transaction has it.
    """

    __tablename__ = "transaction"

    sale_id: str = Field(sa_type=Text, primary_key=True)
    state: str = Field(sa_type=Text)
    language: str = Field(sa_type=Text)
    currency: str = Field(sa_type=Text)
    opened_us: int = Field(sa_type=Integer)
    touched_us: int = Field(sa_type=Integer)
    completed_us: int | None = Field(default=None, sa_type=Integer)
    business_day: str | None = Field(default=None, sa_type=Text)
    receipt_no: int | None = Field(default=None, sa_type=Integer, unique=True)
    total_minor: int | None = Field(default=None, sa_type=Integer)
    deposit_minor: int | None = Field(default=None, sa_type=Integer)
    receipt_choice: str | None = Field(default=None, sa_type=Text)
    receipt_handed: int = Field(sa_type=Integer)
    visit_open: int = Field(sa_type=Integer, index=True)


class TransactionLine(SalesTable, table=True):
    """A line (ARTS LineItem); never changed: a void is a line of its own that points back."""

    __tablename__ = "transaction_line"

    sale_id: str = Field(sa_type=Text, primary_key=True)
    n: int = Field(sa_type=Integer, primary_key=True)
    product_id: str = Field(sa_type=Text)
    gtin14: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    quantity_milli: int = Field(sa_type=Integer)
    unit_price_minor: int = Field(sa_type=Integer)
    deposit_minor: int = Field(sa_type=Integer)
    tax_code: str = Field(sa_type=Text)
    tax_thousandths: int = Field(sa_type=Integer)
    entry_method: str = Field(sa_type=Text)
    void_of: int | None = Field(default=None, sa_type=Integer)
    entered_us: int = Field(sa_type=Integer)
    product: str = Field(sa_type=Text)


class TransactionTax(SalesTable, table=True):
    """Tax of one rate group, as printed; never reckoned again."""

    __tablename__ = "transaction_tax"

    sale_id: str = Field(sa_type=Text, primary_key=True)
    code: str = Field(sa_type=Text, primary_key=True)
    thousandths: int = Field(sa_type=Integer, primary_key=True)
    gross_minor: int = Field(sa_type=Integer)
    tax_minor: int = Field(sa_type=Integer)


class TenderRow(SalesTable, table=True):
    """A request for money (ARTS Tender): `requested` is durable before the terminal is told."""

    __tablename__ = "tender"

    attempt_id: str = Field(sa_type=Text, primary_key=True)
    sale_id: str = Field(sa_type=Text, index=True)
    method: str = Field(sa_type=Text)
    amount_minor: int = Field(sa_type=Integer)
    state: str = Field(sa_type=Text)
    reason: str = Field(default="", sa_type=Text)
    receipt: str | None = Field(default=None, sa_type=Text)
    requested_us: int = Field(sa_type=Integer)
    decided_us: int | None = Field(default=None, sa_type=Integer)


class JournalEntry(SalesTable, table=True):
    """One act, chained to the one before it: hash = SHA-256 over the previous hash and this entry."""

    __tablename__ = "journal"

    seq: int = Field(sa_type=Integer, primary_key=True)
    wall_us: int = Field(sa_type=Integer)
    kind: str = Field(sa_type=Text)
    payload: str = Field(sa_type=Text)
    previous: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)


class JournalHead(SalesTable, table=True):
    """A signature of the lane over the journal up to an entry."""

    __tablename__ = "journal_head"

    count: int = Field(sa_type=Integer, primary_key=True)
    head: str = Field(sa_type=Text)
    signature: str = Field(sa_type=Text)


class ReceiptSeries(SalesTable, table=True):
    """The next receipt number; taken in the transaction that completes the sale, so without gaps."""

    __tablename__ = "receipt_series"

    series: str = Field(sa_type=Text, primary_key=True)
    next_no: int = Field(sa_type=Integer)


class Outbox(SalesTable, table=True):
    """What the backend is to have: seq from 1 without gaps; sha256 over the body's UTF-8 bytes."""

    __tablename__ = "outbox"

    seq: int = Field(sa_type=Integer, primary_key=True)
    event_id: str = Field(sa_type=Text, unique=True)
    kind: str = Field(sa_type=Text)
    business_day: str = Field(sa_type=Text)
    occurred_us: int = Field(sa_type=Integer)
    body: str = Field(sa_type=Text)
    sha256: str = Field(sa_type=Text)


class ScannerPosition(SalesTable, table=True):
    """The last read of the scanner daemon that has been dealt with."""

    __tablename__ = "scanner_position"

    device: str = Field(sa_type=Text, primary_key=True)
    boot_id: str = Field(sa_type=Text)
    seq: int = Field(sa_type=Integer)


class PersonRow(SalesTable, table=True):
    """A person of the shop known at this lane; the PIN only as argon2id over its keyed digest."""

    __tablename__ = "person"

    person_id: str = Field(sa_type=Text, primary_key=True)
    name: str = Field(sa_type=Text)
    rights: str = Field(sa_type=Text)
    pin_hash: str = Field(sa_type=Text)


class PinTrial(SalesTable, table=True):
    """Failures at the PIN pad since the last success; one row, so that a restart forgets none."""

    __tablename__ = "pin_trial"

    pad: str = Field(sa_type=Text, primary_key=True)
    failures: int = Field(sa_type=Integer)
    last_us: int = Field(sa_type=Integer)


TRIGGERS: Final = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {table}_{act.lower()} BEFORE {act} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for table in ("journal", "journal_head", "outbox", "transaction_line", "transaction_tax")
    for act in ("UPDATE", "DELETE")
)
"""What has been written down is never changed nor taken away."""
