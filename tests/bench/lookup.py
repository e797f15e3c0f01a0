"""Barcode look-up among a million products, beside a prepared sqlite3 statement that reads the same row."""

from __future__ import annotations

import gc
import random
import time
from pathlib import Path

from kiosk.domain.barcode import Gtin
from kiosk.store.catalogue import FILE_NAME, Catalogue
from kiosk.store.database import open_reader
from tests.bench.goods import fill, gtin14
from tests.bench.report import Row, percentile

COUNT = 1_000_000
_KEYS = 20_000
_BAR_MS = 0.2
_TIMES_FLOOR = 2.0
_FLOOR = """
SELECT product.*, tax_rate.rate_thousandths, price.price_minor, price.version
FROM barcode JOIN product ON product.product_id = barcode.product_id
LEFT JOIN tax_rate ON tax_rate.code = product.tax_code
LEFT JOIN price ON price.product_id = product.product_id AND price.from_us <= ?2
  AND (price.to_us IS NULL OR price.to_us > ?2)
WHERE barcode.gtin14 = ?1 ORDER BY price.from_us DESC LIMIT 1
"""


def measure(state: Path, count: int = COUNT) -> list[Row]:
    """Fill, warm up, then measure ours and the floor turn by turn on the same keys."""
    fill(state, count)
    draw = random.Random(2)  # noqa: S311  a bench, repeatable
    numbers = [gtin14(draw.randrange(count)) for _ in range(_KEYS)]
    keys = [Gtin(number) for number in numbers]
    catalogue, connection = Catalogue(state), open_reader(state / FILE_NAME)
    now = time.time_ns() // 1000
    ours: list[float] = []
    floor: list[float] = []
    for key in keys:
        catalogue.find(key)
        connection.execute(_FLOOR, (key.digits, now)).fetchone()
    gc.disable()
    for n, key in enumerate(keys):
        # Whoever asks first has the disk's and the processor's caches cold: take turns.
        for which in (0, 1) if n % 2 else (1, 0):
            began = time.perf_counter_ns()
            found = catalogue.find(key) if which else connection.execute(_FLOOR, (key.digits, now)).fetchone()
            (ours if which else floor).append((time.perf_counter_ns() - began) / 1e6)
            if found is None:
                raise AssertionError(f"{key.digits}: expected to be found")
    gc.enable()
    catalogue.close()
    connection.close()
    p99, under = percentile(ours, 99), percentile(floor, 99)
    return [
        Row(
            f"barcode look-up, {count:,} products, p50 / p99",
            f"{percentile(ours, 50):.4f} / {p99:.4f} ms",
            f"{percentile(floor, 50):.4f} / {under:.4f} ms",
            f"p99 <= {_BAR_MS} ms and <= {_TIMES_FLOOR:.0f} x floor",
            p99 <= _BAR_MS and p99 <= _TIMES_FLOOR * under,
        )
    ]
