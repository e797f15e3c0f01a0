from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.catalog.import_file import Refusal
from backend.commands import importing
from backend.commands.acts import HereActs
from backend.commands.importing import Outcome, bring_in
from backend.errors import UserError
from tests.backend_room import Room, opened

GTINS = ("4006381333931", "5901234123457", "96385074")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path) as made:
        yield made


def run(
    room: Room, tmp_path: Path, text: str, price: str = "", tax: str | None = None
) -> tuple[Outcome, list[Refusal]]:
    file = tmp_path / "products.csv"
    file.write_text(text)
    refused: list[Refusal] = []
    return bring_in(file, HereActs(room.house, b""), price, tax, refused.append), refused


def test_rows_are_loaded_refused_and_reported_in_the_file_s_order(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    run(room, tmp_path, f"gtin,name,barcodes\n{GTINS[0]},Milch,{GTINS[1]}\n")
    text = f"gtin,name,colour\n{GTINS[1]},Brot,x\n1,Fehler,x\n{GTINS[2]},Ei,x\n,Leer,x\n{GTINS[0]},Milch,x\n"
    outcome, refused = run(room, tmp_path, text)
    assert [(row.line, row.gtin) for row in refused] == [(2, "05901234123457"), (3, "1"), (5, "")]
    assert outcome == Outcome(read=5, loaded=2, changed=2, refused=3, unknown_columns=("colour",))


def test_defaults_fill_what_is_missing(room: Room, tmp_path: Path) -> None:
    run(room, tmp_path, f"gtin,name\n{GTINS[0]},Milch\n", "1.99", "reduced")
    run(room, tmp_path, f"gtin,name\n{GTINS[2]},Ei\n")
    assert room.rows("SELECT tax_code FROM product ORDER BY version") == [("reduced",), ("standard",)]
    assert room.rows("SELECT price_minor FROM price") == [(199,)]


@pytest.mark.parametrize(
    ("price", "tax", "said"),
    [
        ("1,99", None, "--default-price"),
        ("", "luxury", "--default-tax 'luxury': expected one of standard, reduced"),
    ],
)
def test_defaults_that_cannot_be_are_refused_before_anything_is_read(
    room: Room, tmp_path: Path, price: str, tax: str | None, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        run(room, tmp_path, f"gtin,name\n{GTINS[0]},Milch\n", price, tax)
    assert room.rows("SELECT * FROM product") == []


def test_a_file_without_rows_loads_nothing(room: Room, tmp_path: Path) -> None:
    assert run(room, tmp_path, "gtin,name\n")[0] == Outcome()
