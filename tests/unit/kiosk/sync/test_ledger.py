from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.barcode import Gtin
from kiosk.store.catalogue import Catalogue
from kiosk.store.database import FileTakenError
from kiosk.sync.ledger import Ledger
from kiosk.sync.wire import (
    CataloguePage,
    Change,
    PriceEntry,
    ProductEntry,
    Rejected,
    SettingEntry,
    TaxRateEntry,
)
from tests.wire_samples import GTIN, product

OTHER = "05901234123457"
RATE = (Change(1, "standard", TaxRateEntry("standard", 19_000)),)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = Ledger(tmp_path)
    made.belongs_to("backend", "device/1")
    yield made
    made.close()


@pytest.fixture
def catalogue(ledger: Ledger, tmp_path: Path) -> Iterator[Catalogue]:
    assert ledger.position("catalogue") == 0
    made = Catalogue(tmp_path)
    yield made
    made.close()


def page(
    upto: int, *products: ProductEntry | str, more: bool = False, restarted: bool = False
) -> CataloguePage:
    changes = tuple(
        Change(upto, one, None) if isinstance(one, str) else Change(upto, one.product_id, one)
        for one in products
    )
    return CataloguePage(upto, more, 0, changes, RATE, (), restarted)


def name(catalogue: Catalogue, code: str) -> str:
    found = catalogue.find(Gtin(code))
    return found.name("de") if found else ""


def test_a_page_and_its_cursor_stand_together(ledger: Ledger, catalogue: Catalogue) -> None:
    ledger.apply(page(5, product()))
    assert ledger.position("catalogue") == 5 == catalogue.version()
    assert name(catalogue, GTIN) == "Limonade"


def test_a_page_that_fails_leaves_nothing(ledger: Ledger, catalogue: Catalogue) -> None:
    ledger.apply(page(5, product()))
    broken = replace(product(OTHER), prices=(PriceEntry("cheap", 1),))  # type: ignore[arg-type]  # STRICT refuses it
    with pytest.raises(Exception, match="cannot store TEXT"):
        ledger.apply(page(6, product(name="Neu"), broken))
    assert ledger.position("catalogue") == 5
    assert name(catalogue, GTIN) == "Limonade"


def test_a_product_is_replaced_whole(ledger: Ledger, catalogue: Catalogue) -> None:
    ledger.apply(page(5, replace(product(), barcodes=(GTIN, OTHER))))
    ledger.apply(page(6, product(name="Neu", price_minor=None)))
    assert name(catalogue, OTHER) == ""
    found = catalogue.find(Gtin(GTIN))
    assert found is not None
    assert (found.name("de"), found.price) == ("Neu", None)


def test_a_code_moves_to_another_product(ledger: Ledger, catalogue: Catalogue) -> None:
    first, second = product(GTIN, name="Alt"), product(OTHER, name="Neu")
    ledger.apply(page(5, replace(first, barcodes=(GTIN, OTHER))))
    ledger.apply(page(6, replace(second, barcodes=(OTHER, GTIN)), replace(first, barcodes=())))
    assert name(catalogue, GTIN) == name(catalogue, OTHER) == "Neu"


def test_tombstones_take_away(ledger: Ledger, catalogue: Catalogue) -> None:
    ledger.apply(page(5, product(), product(OTHER)))
    gone = replace(page(7, GTIN), settings=(Change(6, "name", SettingEntry("name", "Laden")),), tax_rates=())
    ledger.apply(gone)
    assert (name(catalogue, GTIN), name(catalogue, OTHER)) == ("", "Limonade")
    assert ledger.setting("name") == "Laden"
    ledger.apply(
        replace(
            gone,
            upto=9,
            products=(),
            settings=(Change(8, "name", None),),
            tax_rates=(Change(9, "standard", None),),
        )
    )
    assert ledger.setting("name") is None
    assert name(catalogue, OTHER) == ""  # no rate, no price to charge
    assert "tax rate" in catalogue.fault


def test_names_keep_to_one_line_each(ledger: Ledger, catalogue: Catalogue) -> None:
    odd = replace(product(), names=(("de", "Zwei\tWörter\nhier"), ("en", "Two words")))
    ledger.apply(page(5, odd))
    found = catalogue.find(Gtin(GTIN))
    assert found is not None
    assert found.names == (("de", "Zwei Wörter hier"), ("en", "Two words"))


def test_a_restart_sweeps_what_did_not_come_again_but_only_at_its_end(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    ledger.apply(page(50, product(GTIN), product(OTHER)))
    ledger.apply(page(2, product(GTIN, name="Neu"), more=True, restarted=True))
    assert name(catalogue, OTHER) == "Limonade"
    ledger.apply(page(3))
    assert name(catalogue, OTHER) == ""
    assert name(catalogue, GTIN) == "Neu"
    assert ledger.position("catalogue") == 3
    ledger.apply(page(4, product(OTHER)))
    assert name(catalogue, GTIN) == "Neu"


def test_another_backend_is_pulled_anew_and_another_epoch_counts_from_nothing(
    ledger: Ledger, catalogue: Catalogue
) -> None:
    ledger.apply(page(50, product(GTIN)))
    ledger.acknowledge("device/1", 7, (), 1)
    ledger.belongs_to("backend", "device/1")
    assert (ledger.position("catalogue"), ledger.position("acked_seq")) == (50, 7)
    ledger.belongs_to("backend", "device/2")
    assert (ledger.position("catalogue"), ledger.position("acked_seq")) == (50, 0)
    ledger.belongs_to("other", "device/2")
    assert ledger.position("catalogue") == 0
    assert name(catalogue, GTIN) == "Limonade"  # until the other's last page is here
    ledger.apply(page(3, product(OTHER)))
    assert (name(catalogue, GTIN), name(catalogue, OTHER)) == ("", "Limonade")


def test_what_was_set_aside_is_kept_once(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.acknowledge("device/1", 3, (Rejected(2, "e2", "body", "why"),), 9)
    assert (ledger.letters(), ledger.position("acked_seq")) == (1, 3)


def test_there_is_one_writer(ledger: Ledger, tmp_path: Path) -> None:
    assert ledger.letters() == 0
    with pytest.raises(FileTakenError, match=r"catalogue\.db"):
        Ledger(tmp_path)
