"""Scan to durable in sales.db, beside a plain sqlite3 insert of the same rows in WAL with FULL."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.bootstrap.outbound import WireOutbound
from kiosk.checkout.effects import AnyStoreEffect, KeepLine, KeepRead, OpenSale
from kiosk.checkout.events import ReadRef
from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.money import Quantity
from kiosk.store import mapping
from kiosk.store.sales import LaneFacts, SalesStore
from tests.bench.report import Row, percentile
from tests.goods import EUR, MILK

_SCANS = 1500
_TIMES_FLOOR = 1.3
_LINES = """
CREATE TABLE line (sale_id TEXT, n INTEGER, product_id TEXT, gtin14 TEXT, name TEXT, quantity_milli INTEGER,
  unit_price_minor INTEGER, deposit_minor INTEGER, tax_code TEXT, tax_thousandths INTEGER, entry_method TEXT,
  void_of INTEGER, entered_us INTEGER, product TEXT, PRIMARY KEY (sale_id, n)) STRICT;
CREATE TABLE journal (seq INTEGER PRIMARY KEY, wall_us INTEGER, kind TEXT, payload TEXT, previous TEXT,
  hash TEXT) STRICT;
CREATE TABLE position (device TEXT PRIMARY KEY, boot_id TEXT, seq INTEGER) STRICT;
CREATE TABLE sale (sale_id TEXT PRIMARY KEY, touched_us INTEGER) STRICT;
"""


def measure(state: Path) -> list[Row]:
    """Turn by turn, so that the disk's moods hit both alike."""
    key = Ed25519PrivateKey.generate()
    store = SalesStore(state / "sales.db", LaneFacts("lane-1", EUR), key, WireOutbound("lane-1", ""))
    store.commit([OpenSale("s1", 1, "en")])
    plain = sqlite3.connect(state / "floor.db", isolation_level=None)
    plain.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + _LINES)
    plain.execute("INSERT INTO sale VALUES ('s1', 1)")
    basket = Basket(EUR)
    ours: list[float] = []
    floor: list[float] = []
    for n in range(1, _SCANS + 1):
        basket, line = basket.add(MILK, Quantity.pieces(1), EntryMethod.SCANNED)
        effects: list[AnyStoreEffect] = [KeepLine("s1", line, n), KeepRead(ReadRef("front", "b", n), n)]
        row = mapping.line_row("s1", line, n)
        began = time.perf_counter_ns()
        store.commit(effects)
        middle = time.perf_counter_ns()
        _plainly(plain, row, n)
        ended = time.perf_counter_ns()
        ours.append((middle - began) / 1e6)
        floor.append((ended - middle) / 1e6)
    store.close()
    plain.close()
    p50, under = percentile(ours, 50), percentile(floor, 50)
    return [
        Row(
            "scan -> durable in sales.db, p50 / p99",
            f"{p50:.3f} / {percentile(ours, 99):.3f} ms",
            f"{under:.3f} / {percentile(floor, 99):.3f} ms",
            f"p50 <= {_TIMES_FLOOR} x floor",
            p50 <= _TIMES_FLOOR * under,
        )
    ]


def _plainly(connection: sqlite3.Connection, row: dict[str, object], n: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"INSERT INTO line VALUES ({','.join('?' * len(row))})", tuple(row.values()))  # noqa: S608  a count
    connection.execute(
        "INSERT INTO journal VALUES (?, ?, 'line', ?, ?, ?)", (n, n, "x" * 150, "0" * 64, "1" * 64)
    )
    connection.execute(
        "INSERT INTO position VALUES ('s', 'b', ?) ON CONFLICT (device) DO UPDATE SET seq = excluded.seq",
        (n,),
    )
    connection.execute("UPDATE sale SET touched_us = ? WHERE sale_id = 's1'", (n,))
    connection.execute("COMMIT")
