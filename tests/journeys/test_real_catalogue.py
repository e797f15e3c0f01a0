"""A real catalogue, and a barcode of it typed by a keyboard-wedge scanner as key events: it sells."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kiosk.bootstrap.shopper import Shopper
from kiosk.bootstrap.stand import Options, Places, Stand
from tests.contract.evdev_fixture import NO_UMOCKDEV, WHY_SKIPPED, scanner_on_evdev
from tests.journeys import books
from tests.journeys.floor import CHEAP, IDLE, TIMERS

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "products" / "catalogue_real.csv"
TYPED_AFTER_S = 12.0
"""The keys are pressed this long after the node is opened: the lane is ready by then."""

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(NO_UMOCKDEV, reason=WHY_SKIPPED),
    pytest.mark.skipif(not REAL.exists(), reason="the real product data lies beside the project, not in it"),
]


def test_a_real_gtin_typed_by_a_scanner_sells(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with REAL.open(encoding="utf-8", newline="") as file:
        product = next(
            row for row in csv.DictReader(file) if len(row["gtin"]) == 13 and row["gtin"][0] == "4"
        )
    sockets = tmp_path_factory.mktemp("s")
    options = Options(timers=TIMERS, idle=IDLE, environment=CHEAP)
    with Stand(Places(tmp_path / "stand", sockets), options) as stand:
        imported = json.loads(
            stand.run(
                *("import", str(REAL), "--config", str(stand.places.backend_config)),
                *("--default-price", "1.99", "--default-tax", "standard"),
                program="kiosk-backend",
            ).splitlines()[-1]
        )
        assert imported["loaded"] > 3_500, imported
        stand.start("scanner-sim", "printer-sim", "terminal-sim")
        stand.open_shop(REAL, "--default-price", "1.99", "--default-tax", "standard")
        stand.start("printer", "terminal", "sync", "lane")
        with scanner_on_evdev(tmp_path, sockets, [product["gtin"]], first_after_s=TYPED_AFTER_S):
            with Shopper(stand, tmp_path) as shopper:
                shopper.arrive()
                shopper.see("basket", text="€1.99")
                shopper.touch("pay")
                shopper.touch("pay_card")
                shopper.see("paid")
            books.wait_for_backend(stand.places)
            with books.reader(stand.places.database) as connection:
                bodies = connection.execute("SELECT body FROM event WHERE kind = 'sale'").fetchall()
    sale = json.loads(bodies[0][0])
    assert len(bodies) == 1
    assert [line["gtin14"] for line in sale["lines"]] == [product["gtin14"]]
    assert sale["total_minor"] == 199
