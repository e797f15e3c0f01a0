"""The lane's own book: what one event of a visit makes durable is one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol, assert_never

from kiosk.checkout.effects import (
    AnyStoreEffect,
    KeepLine,
    KeepRead,
    KeepReceiptChoice,
    KeepRefusal,
    KeepSale,
    KeepSettlement,
    KeepState,
    KeepTender,
    KeepVisitEnd,
    OpenSale,
)
from kiosk.checkout.intents import ReceiptChoice
from kiosk.checkout.visit import StoredVisit
from kiosk.domain.barcode import Gtin, ScannedText
from kiosk.domain.basket import Basket
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency
from kiosk.domain.record import CompletedSale
from kiosk.domain.sale import Complete, Sale, SaleState
from kiosk.store import mapping
from kiosk.store import sql_table as sql
from kiosk.store.database import Writer
from kiosk.store.journal import Head, Journal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE_NAME: Final = "sales.db"
_SERIES: Final = "sale"
_OPEN: Final = 1
_SCANNER: Final = "scanner"
"""One position for all readers: the daemon numbers its events over all of them."""

_SALE_COLUMNS: Final = (
    *("sale_id", "state", "language", "currency", "opened_us", "touched_us", "completed_us", "business_day"),
    *("receipt_no", "total_minor", "deposit_minor", "receipt_choice", "receipt_handed", "visit_open"),
)
_TENDER_COLUMNS: Final = (
    *("attempt_id", "sale_id", "method", "amount_minor", "state", "reason", "receipt"),
    *("requested_us", "decided_us"),
)
_TOUCH: Final = 'UPDATE "transaction" SET touched_us = :wall_us WHERE sale_id = :sale_id'
_STATE: Final = (
    'UPDATE "transaction" SET state = :state, touched_us = :wall_us, visit_open = :visit_open '
    "WHERE sale_id = :sale_id"
)
_DECIDE: Final = (
    "UPDATE tender SET state = :state, reason = :reason, receipt = :receipt, decided_us = :wall_us "
    "WHERE attempt_id = :attempt_id AND state = 'requested'"
)
_COMPLETE: Final = (
    'UPDATE "transaction" SET state = :state, completed_us = :wall_us, touched_us = :wall_us, '
    "business_day = :business_day, receipt_no = :receipt_no, total_minor = :total_minor, "
    "deposit_minor = :deposit_minor WHERE sale_id = :sale_id AND receipt_no IS NULL"
)
_NEXT_NO: Final = (
    "INSERT INTO receipt_series (series, next_no) VALUES (:series, 2) "
    "ON CONFLICT (series) DO UPDATE SET next_no = next_no + 1 RETURNING next_no - 1"
)
_TENDER_STATE: Final = "SELECT state FROM tender WHERE attempt_id = :attempt_id"
_UNPRINTED: Final = (
    "SELECT sale_id FROM \"transaction\" WHERE receipt_choice = 'print' AND receipt_handed = 0 "
    "AND completed_us >= :since_us ORDER BY receipt_no"
)
_HANDED: Final = 'UPDATE "transaction" SET receipt_handed = 1 WHERE sale_id = :sale_id'
_LAST_SEQ: Final = "SELECT coalesce(max(seq), 0) FROM outbox"
_SEQ_OF: Final = "SELECT seq FROM outbox WHERE event_id = :event_id"


@dataclass(frozen=True, slots=True)
class Stored:
    """A sale that has just been completed.

    Attributes:
        sale_id: the lane's.
        receipt_no: the number it got.
        outbox_seq: of its push event.
    """

    sale_id: str
    receipt_no: int
    outbox_seq: int


class Outbound(Protocol):
    """How what leaves the lane is written: the wire's business, not the store's."""

    def sale(self, completed: CompletedSale) -> tuple[str, str]:
        """Give kind and JSON body of a completed sale."""

    def head(self, head: Head, signed_us: int) -> tuple[str, str]:
        """Give kind and JSON body of a signed journal head."""

    def business_day(self, wall_us: int) -> str:
        """Give the ISO date a moment (UTC microseconds) is booked to."""

    def fresh_id(self) -> str:
        """Give a new UUIDv7."""


@dataclass(frozen=True, slots=True)
class LaneFacts:
    """What the store writes beside every sale.

    Attributes:
        lane: name of the lane, the prefix of its receipt numbers.
        currency: of its sales.
    """

    lane: str
    currency: Currency


class SalesStore:
    """sales.db, of which the running lane is the only writer.

    Raises:
        FileTakenError: another process has it.
        sqlite3.Error: the disk failed; nothing of the transaction was kept.
    """

    def __init__(self, path: Path, facts: LaneFacts, key: Ed25519PrivateKey, outbound: Outbound) -> None:
        self.writer = Writer(path, sql.SALES_SCHEMA)
        self._facts = facts
        self._outbound = outbound
        self._journal = Journal(self.writer.rows(sql.LAST_ENTRY), key)
        self.outbox_seq: int = self.writer.rows(_LAST_SEQ)[0][0]

    def commit(self, effects: Sequence[AnyStoreEffect]) -> Stored | None:
        """Make the effects of one event durable, all or none; tells of a sale completed by them."""
        stored: Stored | None = None
        before = self.outbox_seq
        try:
            with self.writer.transaction() as connection:
                for effect in effects:
                    stored = self._keep(connection, effect) or stored
        except BaseException:
            self.outbox_seq = before
            self._journal.rewind(self.writer.rows(sql.LAST_ENTRY))
            raise
        return stored

    def open_visit(self) -> StoredVisit | None:
        """Give the visit that was going on when the lane last stopped, if any."""
        rows = self._dicts(sql.SALES_OPEN, {})
        if not rows:
            return None
        row = rows[-1]
        choice = ReceiptChoice(row["receipt_choice"]) if row["receipt_choice"] else None
        seqs = self.writer.rows(_SEQ_OF, {"event_id": row["sale_id"]})
        seq = seqs[0][0] if seqs else 0
        return StoredVisit(self._sale(row), row["language"], row["touched_us"], choice, seq)

    def completed(self, sale_id: str) -> CompletedSale:
        """Give a completed sale whole, for its receipt.

        Raises:
            KeyError: there is none of this id.
        """
        rows = self._dicts(sql.SALE_BY_ID, {"sale_id": sale_id})
        if not rows or rows[0]["receipt_no"] is None:
            raise KeyError(sale_id)
        row = rows[0]
        return self._record(self._sale(row), row, row["business_day"], row["completed_us"])

    def decided(self, attempt_id: str) -> bool | None:
        """Tell whether the outcome of an attempt is durable here; None for one this lane never asked for."""
        rows = self.writer.rows(_TENDER_STATE, {"attempt_id": attempt_id})
        return rows[0][0] != mapping.REQUESTED if rows else None

    def position(self) -> tuple[str, int] | None:
        """Give (boot_id, seq) of the last read dealt with, or None on a new lane."""
        rows = self.writer.rows("SELECT boot_id, seq FROM scanner_position")
        return (rows[0][0], rows[0][1]) if rows else None

    def unprinted(self, since_us: int) -> list[str]:
        """Give the sales since then whose receipt is wanted on paper and not yet with the printer."""
        return [row[0] for row in self.writer.rows(_UNPRINTED, {"since_us": since_us})]

    def handed_to_printer(self, sale_id: str) -> None:
        """Keep that the printer daemon has journalled the receipt: from now on it is answerable for it."""
        with self.writer.transaction() as connection:
            connection.execute(_HANDED, {"sale_id": sale_id})

    def close(self) -> None:
        """Close the file."""
        self.writer.close()

    def _keep(self, connection: sqlite3.Connection, effect: AnyStoreEffect) -> Stored | None:
        match effect:
            case OpenSale():
                self._open(connection, effect)
            case KeepLine():
                self._line(connection, effect)
            case KeepRead():
                self._read(connection, effect)
            case KeepState():
                self._state(connection, effect)
            case KeepTender() | KeepRefusal() | KeepSettlement():
                self._tender(connection, effect)
            case KeepSale():
                return self._complete(connection, effect)
            case KeepReceiptChoice() | KeepVisitEnd():
                self._leave(connection, effect)
            case _:
                assert_never(effect)
        return None

    def _open(self, connection: sqlite3.Connection, effect: OpenSale) -> None:
        row: dict[str, Any] = dict.fromkeys(_SALE_COLUMNS)
        row |= {
            "sale_id": effect.sale_id,
            "state": SaleState.OPEN,
            "language": effect.language,
            "currency": self._facts.currency.code,
            "opened_us": effect.wall_us,
            "touched_us": effect.wall_us,
            "receipt_handed": 0,
            "visit_open": _OPEN,
        }
        connection.execute(sql.INSERT_SALE, row)
        self._journal.append(connection, effect.wall_us, "sale_opened", {"sale": effect.sale_id})

    def _line(self, connection: sqlite3.Connection, effect: KeepLine) -> None:
        row = mapping.line_row(effect.sale_id, effect.line, effect.wall_us)
        connection.execute(sql.INSERT_LINE, row)
        connection.execute(_TOUCH, {"wall_us": effect.wall_us, "sale_id": effect.sale_id})
        kind = "line" if effect.line.void_of is None else "void"
        told = ("sale_id", "n", "gtin14", "quantity_milli", "unit_price_minor", "deposit_minor", "void_of")
        self._journal.append(connection, effect.wall_us, kind, {key: row[key] for key in told})

    def _read(self, connection: sqlite3.Connection, effect: KeepRead) -> None:
        read = effect.read
        connection.execute(sql.KEEP_POSITION, {"device": _SCANNER, "boot_id": read.boot_id, "seq": read.seq})
        if effect.refusal is None:
            return
        # Only an article number is worth keeping; any other code may be somebody's secret.
        gtin = _article(effect.code or "")
        payload = {"refusal": effect.refusal, "gtin14": gtin.digits if gtin else None}
        self._journal.append(connection, effect.wall_us, "scan_refused", payload)

    def _state(self, connection: sqlite3.Connection, effect: KeepState) -> None:
        over = effect.state in (SaleState.SUSPENDED, SaleState.CANCELLED)
        values = {
            "state": effect.state,
            "wall_us": effect.wall_us,
            "visit_open": 0 if over else _OPEN,
            "sale_id": effect.sale_id,
        }
        connection.execute(_STATE, values)
        payload = {"sale": effect.sale_id, "state": effect.state}
        self._journal.append(connection, effect.wall_us, "state", payload)

    def _tender(
        self, connection: sqlite3.Connection, effect: KeepTender | KeepRefusal | KeepSettlement
    ) -> None:
        match effect:
            case KeepTender():
                self._request(connection, effect)
            case KeepRefusal():
                self._decide(
                    connection, effect.attempt_id, effect.outcome, effect.wall_us, reason=effect.reason
                )
                self._state(connection, KeepState(effect.sale_id, SaleState.TOTALLED, effect.wall_us))
                payload = {"attempt": effect.attempt_id, "outcome": effect.outcome, "reason": effect.reason}
                self._journal.append(connection, effect.wall_us, "tender_refused", payload)
            case KeepSettlement(approval=approval):
                payload = {
                    "attempt": effect.attempt_id,
                    "outcome": effect.outcome,
                    "person": approval.person_id,
                    "name": approval.person,
                    "right": approval.right,
                    "reason": approval.reason,
                }
                self._journal.append(connection, effect.wall_us, "settlement", payload)
            case _:
                assert_never(effect)

    def _request(self, connection: sqlite3.Connection, effect: KeepTender) -> None:
        row: dict[str, Any] = dict.fromkeys(_TENDER_COLUMNS)
        row |= {
            "attempt_id": effect.attempt_id,
            "sale_id": effect.sale_id,
            "method": effect.method,
            "amount_minor": effect.amount.minor,
            "state": mapping.REQUESTED,
            "reason": "",
            "requested_us": effect.wall_us,
        }
        connection.execute(sql.INSERT_TENDER, row)
        self._state(connection, KeepState(effect.sale_id, SaleState.PAYING, effect.wall_us))
        payload = {"attempt": effect.attempt_id, "amount": effect.amount.minor, "method": effect.method}
        self._journal.append(connection, effect.wall_us, "tender_requested", payload)

    def _decide(
        self,
        connection: sqlite3.Connection,
        attempt_id: str,
        state: str,
        wall_us: int,
        *,
        reason: str = "",
        receipt: str | None = None,
    ) -> None:
        values = {
            "state": state,
            "reason": reason,
            "receipt": receipt,
            "wall_us": wall_us,
            "attempt_id": attempt_id,
        }
        if connection.execute(_DECIDE, values).rowcount != 1:
            raise AssertionError(f"attempt {attempt_id}: expected an undecided tender")

    def _complete(self, connection: sqlite3.Connection, effect: KeepSale) -> Stored:
        written = mapping.receipt_to_json(effect.receipt)
        self._decide(connection, effect.attempt_id, mapping.CAPTURED, effect.wall_us, receipt=written)
        row = self._dicts(sql.SALE_BY_ID, {"sale_id": effect.sale_id})[0]
        number: int = connection.execute(_NEXT_NO, {"series": _SERIES}).fetchone()[0]
        paid = replace(self._sale(row), state=SaleState.PAID)
        sale = paid.handle(Complete(number))
        day = self._outbound.business_day(effect.wall_us)
        values = {
            "state": sale.state,
            "wall_us": effect.wall_us,
            "business_day": day,
            "receipt_no": number,
            "total_minor": sale.total.minor,
            "deposit_minor": sale.basket.deposit.minor,
            "sale_id": sale.sale_id,
        }
        connection.execute(_COMPLETE, values)
        for group in sale.basket.taxes:
            tax = {
                "sale_id": sale.sale_id,
                "code": group.rate.code,
                "thousandths": group.rate.thousandths,
                "gross_minor": group.gross.minor,
                "tax_minor": group.tax.minor,
            }
            connection.execute(sql.INSERT_TAX, tax)
        return self._send(connection, sale, row, day, effect.wall_us)

    def _send(
        self, connection: sqlite3.Connection, sale: Sale, row: dict[str, Any], day: str, wall_us: int
    ) -> Stored:
        number = sale.receipt_no or 0
        payload = {"sale": sale.sale_id, "receipt_no": number, "total": sale.total.minor}
        self._journal.append(connection, wall_us, "sale_completed", payload)
        kind, body = self._outbound.sale(self._record(sale, row, day, wall_us))
        event = {"kind": kind, "body": body, "business_day": day, "occurred_us": wall_us}
        seq = self._post(connection, event | {"event_id": sale.sale_id})
        kind, body = self._outbound.head(self._journal.sign(connection), wall_us)
        self._post(connection, event | {"event_id": self._outbound.fresh_id(), "kind": kind, "body": body})
        return Stored(sale.sale_id, number, seq)

    def _post(self, connection: sqlite3.Connection, event: dict[str, Any]) -> int:
        self.outbox_seq += 1
        digest = hashlib.sha256(event["body"].encode()).hexdigest()
        connection.execute(sql.INSERT_OUTBOX, event | {"seq": self.outbox_seq, "sha256": digest})
        return self.outbox_seq

    def _leave(self, connection: sqlite3.Connection, effect: KeepReceiptChoice | KeepVisitEnd) -> None:
        match effect:
            case KeepReceiptChoice(sale_id=sale_id, choice=choice):
                update = 'UPDATE "transaction" SET receipt_choice = :choice WHERE sale_id = :sale_id'
                connection.execute(update, {"choice": choice, "sale_id": sale_id})
            case KeepVisitEnd(sale_id=sale_id):
                update = 'UPDATE "transaction" SET visit_open = 0 WHERE sale_id = :sale_id'
                connection.execute(update, {"sale_id": sale_id})
            case _:
                assert_never(effect)

    def _sale(self, row: dict[str, Any]) -> Sale:
        sale_id, currency = row["sale_id"], Currency(row["currency"])
        rows = self._dicts(sql.LINES, {"sale_id": sale_id})
        lines = tuple(mapping.line_from_row(line, currency) for line in rows)
        tenders = self._dicts(sql.TENDERS, {"sale_id": sale_id})
        return Sale(
            sale_id,
            Basket.of(currency, lines),
            SaleState(row["state"]),
            tuple(mapping.tender_from_row(tender, currency) for tender in tenders),
            row["receipt_no"],
        )

    def _record(self, sale: Sale, row: dict[str, Any], day: str, completed_us: int) -> CompletedSale:
        return CompletedSale(sale, self._facts.lane, day, row["opened_us"], completed_us, row["language"])

    def _dicts(self, statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        return self.writer.dicts(statement, values)


def _article(code: str) -> Gtin | None:
    try:
        return ScannedText.parse(code).gtin()
    except DomainError:
        return None
