"""What every process of a stand has written down, read from its own files, and held against each other."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.bootstrap.stand import Places, await_that
from kiosk.store.journal import verify
from kiosk.store.lane_key import load_or_create

PATIENCE_S = 30.0
"""How long what must come is waited for."""
_RECEIPT = re.compile(r"\b\d+-(\d{6})\b")


@dataclass(frozen=True, slots=True)
class Sale:
    """A completed sale; amounts in minor units."""

    sale_id: str
    receipt_no: int
    total_minor: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One receipt as it came out of the printer; `receipt_no` is None on a torn one."""

    receipt_no: int | None
    copy: bool
    text: str


@contextmanager
def reader(path: Path) -> Iterator[sqlite3.Connection]:
    """Read a database another process writes."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as connection:
        yield connection


def at_lane(places: Places) -> list[Sale]:
    """Give the completed sales of sales.db, in the order of their receipts."""
    asked = (
        'SELECT t.sale_id, t.receipt_no, t.total_minor, sum(d.amount_minor) FROM "transaction" t '
        "JOIN tender d ON d.sale_id = t.sale_id AND d.state = 'captured' "
        "WHERE t.state = 'completed' GROUP BY t.sale_id ORDER BY t.receipt_no"
    )
    with reader(places.state / "sales.db") as connection:
        return [Sale(*row) for row in connection.execute(asked)]


def at_backend(places: Places) -> list[Sale]:
    """Give the sales the backend has, in the order of their receipts."""
    with reader(places.database) as connection:
        bodies = [
            json.loads(row[0]) for row in connection.execute("SELECT body FROM event WHERE kind = 'sale'")
        ]
    found = [
        Sale(
            body["sale_id"],
            int(body["receipt_no"]),
            body["total_minor"],
            sum(tender["amount_minor"] for tender in body["tenders"]),
        )
        for body in bodies
    ]
    return sorted(found, key=lambda sale: sale.receipt_no)


def ledger(places: Places) -> list[int]:
    """Give the amounts the terminal has stored, reversals and refunds below zero."""
    last: dict[tuple[str, str], tuple[str, int, str]] = {}
    for line in places.ledger.read_text().splitlines():
        entry = json.loads(line)
        whole, _, cents = entry["amount"].partition(".")
        last[entry["receipt"], entry["trace"]] = (
            entry["kind"],
            int(whole) * 100 + int(cents),
            entry["state"],
        )
    return [
        amount if kind == "payment" else -amount for kind, amount, state in last.values() if state == "stored"
    ]


def paper(places: Places) -> list[Sheet]:
    """Give every sheet the printer has cut."""
    log = places.paper / "paper.log"
    if not log.exists():
        return []
    sheets = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return [Sheet(_number(sheet["text"]), sheet["copy"], sheet["text"]) for sheet in sheets]


def _number(text: str) -> int | None:
    found = _RECEIPT.search(text)
    return int(found[1]) if found else None


def journal_verdict(places: Places) -> dict[str, object]:
    """Check the journal as `kiosk journal verify` does."""
    key = load_or_create(places.state).public_key()
    with reader(places.state / "sales.db") as connection:
        return verify(connection, key).as_json()


def wait_for_backend(places: Places, seconds: float | None = None) -> None:
    """Wait until the backend has as many sales as the lane."""
    seconds = PATIENCE_S if seconds is None else seconds
    wanted = len(at_lane(places))
    await_that(lambda: len(at_backend(places)) == wanted, f"{wanted} sales", places.log("sync"), seconds)


def wait_for_paper(places: Places, receipts: list[int], seconds: float | None = None) -> None:
    """Wait until each of these receipts has come out, once at least."""
    seconds = PATIENCE_S if seconds is None else seconds
    await_that(
        lambda: {*receipts} <= {sheet.receipt_no for sheet in paper(places)},
        f"the receipts {receipts} on paper",
        places.log("printer"),
        seconds,
    )


def agree(places: Places, printed: list[int]) -> list[Sale]:
    """Hold all books against each other; gives the sales.

    Args:
        places: of the stand.
        printed: the receipts that were wanted on paper.
    """
    wait_for_backend(places)
    wait_for_paper(places, printed)
    lane, there = at_lane(places), at_backend(places)
    assert lane == there, f"the lane has {lane}, the backend has {there}"
    numbers = [sale.receipt_no for sale in lane]
    assert numbers == list(range(1, len(lane) + 1)), f"receipt numbers with gaps: {numbers}"
    assert all(sale.total_minor == sale.paid_minor for sale in lane), f"not paid in full: {lane}"
    _charged_once(ledger(places), [sale.total_minor for sale in lane])
    _once_or_once_and_a_copy(paper(places), printed)
    verdict = journal_verdict(places)
    assert verdict["ok"], verdict
    return lane


def _charged_once(stored: list[int], owed: list[int]) -> None:
    sums = f"the terminal has stored {sum(stored)}, the lane has sold {sum(owed)}"
    assert sum(stored) == sum(owed), sums
    undone = Counter(-amount for amount in stored if amount < 0)
    left = Counter(amount for amount in stored if amount > 0) - undone
    assert left == Counter(owed), f"the terminal has stored {left}, the lane has sold {Counter(owed)}"


def _once_or_once_and_a_copy(sheets: list[Sheet], printed: list[int]) -> None:
    originals = Counter(sheet.receipt_no for sheet in sheets if not sheet.copy)
    copies = Counter(sheet.receipt_no for sheet in sheets if sheet.copy)
    for number in printed:
        assert originals[number] <= 1, f"receipt {number} came out {originals[number]} times unmarked"
        assert originals[number] + copies[number] >= 1, f"receipt {number} never came out"
        assert copies[number] <= 1, f"receipt {number} came out {copies[number]} times as a copy"
    assert {*originals, *copies} <= {*printed, None}, "a receipt nobody asked for came out"
