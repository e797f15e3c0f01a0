"""A product file becomes what the lane finds: import with and without the server, versions, real data."""

import gzip
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from kiosk.domain.barcode import Gtin
from kiosk.store.catalogue import Catalogue
from tests.sync.shop import Backend, Lane, run, running, until

pytestmark = pytest.mark.journey

PRODUCTS = Path(__file__).parents[3] / "shared" / "data" / "products"
REAL = PRODUCTS / "catalogue_real.csv"
DUMP = PRODUCTS / "off_gtin_name.csv.gz"

FIRST = """gtin,name,price,tax,deposit,min_age,barcodes,name:en,colour,allergens,quantity
4006381333931,Limonade,1.29,standard,0.25,,,Lemonade,red,,1 l
4006381333932,Prüfziffer falsch,1.00,,,,,,,,
"8,02E+12",Verdorben,1.00,,,,,,,,
96385074,Käse,2.49,reduced,,,5901234123457,,,milk; gluten,
9780201379624,Ohne Preis,,zero,,,,,,,
4006381333931,Noch einmal,1.00,,,,,,,,
"""
SECOND = """gtin,name,price,tax
4006381333931,Limonade neu,1.39,standard
2012345678903,Obst,0.99,reduced
"""


def found(lane: Lane, digits: str) -> str:
    """What the lane finds: name, price, tax, deposit."""
    with closing(Catalogue(lane.state)) as catalogue:
        product = catalogue.find(Gtin.parse(digits))
    if product is None:
        return ""
    price = product.price.as_decimal() if product.price else "no price"
    deposit = product.deposit.as_decimal() if product.deposit else "0"
    return f"{product.name('de')}|{price}|{product.tax.thousandths}|{deposit}"


def test_a_file_is_imported_and_found_at_the_lane(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    file = tmp_path / "products.csv"
    file.write_text(FIRST, encoding="utf-8-sig")
    exit_code, said, errors = backend.command("import", str(file))  # no server yet: the command writes itself
    assert exit_code == 0
    assert [(row["line"], row["reason"].partition(":")[0]) for row in said[:-1]] == [
        (3, "gtin"),
        (4, "gtin"),
        (7, "code 04006381333931 stands already in line 2"),
    ]
    assert "check digit 2, expected 1" in said[0]["reason"]
    assert "spreadsheet" in said[1]["reason"]
    assert said[-1] == {"read": 6, "loaded": 3, "changed": 3, "refused": 3, "unknown_columns": ["colour"]}
    assert errors.count("colour") == 1
    with running(backend, lane):
        assert lane.enrol(backend.code())[0] == 0
        until(lambda: found(lane, "4006381333931"), "the lemonade")
        assert found(lane, "4006381333931") == "Limonade|1.29|19000|0.25"
        assert found(lane, "5901234123457") == found(lane, "96385074") == "Käse|2.49|7000|0"
        assert found(lane, "9780201379624") == "Ohne Preis|no price|0|0"
        file.write_text(SECOND, encoding="utf-8")
        exit_code, said, _ = backend.command("import", str(file))  # now through the server's socket
        assert (exit_code, said[-1]["loaded"], said[-1]["changed"]) == (0, 2, 2)
        until(lambda: found(lane, "2012345678903"), "the fruit")
        assert found(lane, "4006381333931") == "Limonade neu|1.39|19000|0"
        before = lane.state_with(backend="Online")["versions"]["catalogue"]
        assert backend.command("import", str(file))[1][-1]["changed"] == 0
        assert backend.rows("SELECT version FROM catalogue_version") == [(before,)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name,price\nMilch,1.00\n", "no column gtin"),
        (b"gtin;name\n4006381333931;Milch\n", "no column gtin or name"),
        (b"", "no column gtin or name"),
        (b"gtin,name\n4006381333931,M\xfcll\n", "UTF-8"),
        (b"gtin,name,gtin\n", "gtin twice"),
        (b"gtin,name\n1,x\n", "none of 1 rows"),
        (b"gtin,name,price\n4006381333931,Milch,1.999\n", "none of 1 rows"),
    ],
)
def test_a_file_of_which_nothing_loads_ends_with_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    backend = Backend(tmp_path / "backend")
    file = tmp_path / "products.csv"
    file.write_bytes(content)
    exit_code, _, errors = backend.command("import", str(file))
    assert exit_code == 2
    assert sentence in errors
    assert "Traceback" not in errors
    assert errors.count("\n") == 1


def test_real_products_import_with_defaults_and_are_found(tmp_path: Path) -> None:
    if not REAL.exists():
        pytest.skip("the real catalogue is not here")
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    with running(backend, lane):
        arguments = ("import", str(REAL), "--default-price", "1.99", "--default-tax", "standard")
        exit_code, said, _ = backend.command(*arguments)
        assert exit_code == 0
        assert said[-1]["loaded"] == said[-1]["read"] == 3685
        assert lane.enrol(backend.code())[0] == 0
        assert (
            until(lambda: found(lane, "00000000000017"), "a real product") == "Vitória crackers|1.99|19000|0"
        )
        last = backend.rows("SELECT version FROM catalogue_version")[0][0]
        until(lambda: (lane.status() or {"versions": {}})["versions"].get("catalogue") == last, "all of it")
        with closing(Catalogue(lane.state)) as catalogue:
            codes = [row[0] for row in backend.rows("SELECT gtin14 FROM barcode")]
            assert all(catalogue.find(Gtin(code)) is not None for code in codes)


@pytest.mark.long
def test_the_first_hundred_thousand_real_rows_all_arrive(tmp_path: Path) -> None:
    if not DUMP.exists():
        pytest.skip("the dump of real codes is not here")
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    file = tmp_path / "products.csv"
    with gzip.open(DUMP, "rt", encoding="utf-8") as dump:
        file.write_text("".join(islice(dump, 100_001)), encoding="utf-8")
    with running(backend, lane):
        exit_code, said, _ = backend.command("import", str(file), "--default-price", "1.99")
        assert exit_code == 0
        assert said[-1]["loaded"] + said[-1]["refused"] == said[-1]["read"] == 100_000
        assert lane.enrol(backend.code())[0] == 0
        last = backend.rows("SELECT version FROM catalogue_version")[0][0]
        until(lambda: (lane.status() or {"versions": {}})["versions"].get("catalogue") == last, "all of it")
        with closing(Catalogue(lane.state)) as catalogue:
            codes = [row[0] for row in backend.rows("SELECT gtin14 FROM barcode")]
            assert len(codes) == said[-1]["loaded"]
            assert all(catalogue.find(Gtin(code)) is not None for code in codes)


def test_a_second_server_and_a_second_sync_are_refused(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    with running(backend, lane):
        lane.state_with(enrolled=False)
        exit_code, _, errors = backend.command("serve", "--port", "0")
        assert (exit_code, errors.count("\n")) == (2, 1)
        assert "served by another process" in errors
        exit_code, _, errors = run("kiosk", "sync", "--config", lane.config)
        assert (exit_code, errors.count("\n")) == (2, 1)
        assert "written by another process" in errors
