from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalog.import_cells import Defaults
from backend.catalog.import_file import Loadable, ProductFile, Refusal, open_text
from backend.errors import UserError
from kiosk.domain.money import Currency

DEFAULTS = Defaults(Currency("EUR"), "de", ("standard",), "standard")
GTINS = ("4006381333931", "5901234123457", "96385074")


def read(text: str) -> tuple[list[Loadable | Refusal], tuple[str, ...]]:
    file = ProductFile(DEFAULTS)
    rows = list(file.read(text.splitlines(keepends=True)))
    return rows, file.unknown_columns


def brief(text: str) -> list[tuple[int, str]]:
    """Line and name, or line and the first words of the refusal."""
    return [
        (row.line, row.product.names[0][1] if isinstance(row, Loadable) else row.reason)
        for row in read(text)[0]
    ]


def test_rows_come_with_the_line_they_begin_in() -> None:
    text = f'gtin,name\n{GTINS[0]},"Zwei\nZeilen"\n\n  ,  \n{GTINS[1]},Brot\nx,Fehler\n{GTINS[2]},Ei\n'
    assert brief(text)[:2] == [(2, "Zwei Zeilen"), (6, "Brot")]
    assert brief(text)[2][0] == 7
    assert brief(text)[3] == (8, "Ei")


def test_columns_come_in_any_order_and_case_and_unknown_ones_are_named_once() -> None:
    rows, unknown = read(f" Name ,COLOUR,,Gtin,shape\nMilch,white,x,{GTINS[0]},box\n")
    assert isinstance(rows[0], Loadable)
    assert unknown == ("colour", "shape")


def test_missing_cells_at_the_end_are_empty_and_too_many_are_refused() -> None:
    text = f"gtin,name,price\n{GTINS[0]},Milch\n{GTINS[1]},Brot,1.00,2.00\n"
    assert brief(text)[0] == (2, "Milch")
    assert brief(text)[1] == (3, "4 cells, expected 3: put a name with commas in quotes")


def test_a_code_that_comes_again_is_refused_with_the_first_line() -> None:
    text = f"gtin,name,barcodes\n{GTINS[0]},A,{GTINS[1]}\n{GTINS[1]},B,\n0{GTINS[0]},C,\n"
    assert [reason for _, reason in brief(text)] == [
        "A",
        f"code 0{GTINS[1]} stands already in line 2: expected each code once",
        f"code 0{GTINS[0]} stands already in line 2: expected each code once",
    ]


def test_a_row_that_was_refused_claims_no_code() -> None:
    text = f"gtin,name,price\n{GTINS[0]},A,wrong\n{GTINS[0]},B,1.00\n"
    assert brief(text)[1] == (3, "B")


def test_a_row_that_is_no_csv_is_refused_and_the_next_is_read() -> None:
    text = f'gtin,name\n{GTINS[0]},"A"x\n{GTINS[1]},B\n'
    assert brief(text)[0][1].startswith("not CSV")
    assert brief(text)[1] == (3, "B")


@pytest.mark.parametrize("text", ["", "name\n", "gtin\n", "gtin;name\n", "gtin,name,name\n", '"gtin,name\n'])
def test_a_header_that_cannot_be_is_a_sentence(text: str) -> None:
    with pytest.raises(UserError):
        read(text)


@given(st.text(max_size=80))
def test_whatever_follows_a_header_is_rows_or_refusals(text: str) -> None:
    assert all(isinstance(row, Loadable | Refusal) for row in read(f"gtin,name,price\n{text}")[0])


def test_names_are_in_nfc_without_control_characters() -> None:
    text = f'gtin,name\n{GTINS[0]},"  Ka\u0308se\t\x07 mild  "\n'
    assert brief(text) == [(2, "Käse mild")]


def test_files_with_a_byte_order_mark_and_files_that_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("gtin,name\n", encoding="utf-8-sig")
    assert list(open_text(file)) == ["gtin,name\n"]
    file.write_bytes(b"gtin,name\n\xff\n")
    with pytest.raises(UserError, match="save it as CSV UTF-8"):
        list(open_text(file))
    with pytest.raises(UserError, match="No such file"):
        list(open_text(tmp_path / "nowhere.csv"))
