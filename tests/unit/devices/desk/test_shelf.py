from pathlib import Path

import pytest

from devices.desk.shelf import Product, ShelfError, as_printed, read_shelf


def written(folder: Path, text: str) -> Path:
    path = folder / "shelf.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_products_become_tiles(tmp_path: Path) -> None:
    (tmp_path / "milk.png").touch()
    shelf = read_shelf(
        written(
            tmp_path, "\ufeffgtin,name,price,category,picture\n04006381333931,Milch,1.29,Dairy,milk.png\n"
        ),
        tmp_path,
    )
    (product,) = shelf.products
    assert product == Product("4006381333931", "Milch", "€1.29", "Dairy", "milk.png", product.bars)
    assert len(product.bars) == 95
    assert product.bars.startswith("101")
    assert (shelf.skipped, shelf.sign) == (0, "€")


@pytest.mark.parametrize(
    ("header", "cells", "note"),
    [
        ("price", "1.29", "€1.29"),
        ("price,deposit", "1.19,0.25", "€1.19 + deposit"),
        ("price,deposit", "1.19,0.00", "€1.19"),
        ("price,unit", "1.79,kg", "€1.79 a kg"),
        ("price,unit", "1.79,piece", "€1.79"),
        ("price,min_age", "5.99,16", "from 16 years"),
        ("price,min_age", "5.99,0", "€5.99"),
        ("quantity", "500 g", "500 g"),
        ("brand", "x", ""),
    ],
)
def test_the_note_says_what_matters(tmp_path: Path, header: str, cells: str, note: str) -> None:
    shelf = read_shelf(written(tmp_path, f"gtin,name,{header}\n4006381333931,A,{cells}\n"), None)
    assert shelf.products[0].note == note


def test_lines_of_no_use_are_counted(tmp_path: Path) -> None:
    lines = [
        "gtin,name,category",
        "4006381333931,A,x",
        "123,B,x",
        "abcdefgh,C,x",
        "4006381333931,,x",
        "73513537",
    ]
    text = "\n".join((*lines, "73513537,D,y,z,z\n"))
    shelf = read_shelf(written(tmp_path, text), None)
    assert [product.name for product in shelf.products] == ["A", "D"]
    assert shelf.skipped == 4
    assert shelf.categories == ("x", "y")


def test_pictures_that_are_missing_or_elsewhere_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "in.png").touch()
    text = "gtin,name,picture\n4006381333931,A,gone.png\n4006381333931,B,../pictures/in.png\n"
    first, second = read_shelf(written(tmp_path, text), folder).products
    assert (first.picture, second.picture) == ("", "in.png")


@pytest.mark.parametrize(
    ("gtin", "printed"),
    [
        ("04006381333931", "4006381333931"),
        ("00000073513537", "73513537"),
        ("14006381333938", "14006381333938"),
        ("4006381333931", "4006381333931"),
        ("036000291452", "036000291452"),
    ],
)
def test_a_gtin_as_on_the_pack(gtin: str, printed: str) -> None:
    assert as_printed(gtin) == printed


def test_a_code_without_bars_is_still_a_tile(tmp_path: Path) -> None:
    shelf = read_shelf(written(tmp_path, "gtin,name\n14006381333938,Case of A\n"), None, "XTS")
    assert shelf.products[0].bars == ""
    assert shelf.sign == "XTS "


def test_what_is_no_shelf_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ShelfError, match="has no column gtin and name"):
        read_shelf(written(tmp_path, "a,b\n"), None)
    with pytest.raises(ShelfError, match="has no column gtin and name"):
        read_shelf(written(tmp_path, ""), None)
    with pytest.raises(ShelfError, match="cannot be read: No such file"):
        read_shelf(tmp_path / "gone.csv", None)
    with pytest.raises(ShelfError, match=r"pictures .* cannot be read"):
        read_shelf(written(tmp_path, "gtin,name\n"), tmp_path / "gone")
    (tmp_path / "shelf.csv").write_bytes(b"gtin,name\n\xff\n")
    with pytest.raises(ShelfError, match="no CSV file in UTF-8"):
        read_shelf(tmp_path / "shelf.csv", None)
