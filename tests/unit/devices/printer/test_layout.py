from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.document import Columns, Rule, Text, parse_document
from devices.printer.layout import Row, measure, rows, wrap


def lay(block: dict[str, Any], width: int = 20, language: str = "en") -> list[Row]:
    (parsed,) = parse_document({"blocks": [block]}).blocks
    assert isinstance(parsed, Text | Columns | Rule)
    return list(rows(parsed, width, language))


def texts(block: dict[str, Any], width: int = 20, language: str = "en") -> list[str]:
    return [row.text for row in lay(block, width, language)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ("",)),
        ("one two", ("one two",)),
        ("one two three four", ("one two", "three four")),
        ("  2 x 1,29", ("  2 x 1,29",)),
        ("abcdefghijkl", ("abcdefghij", "kl")),
        ("a abcdefghijkl m", ("a", "abcdefghij", "kl m")),
        ("123456789 b", ("123456789", "b")),
        ("1234567890 b", ("1234567890", "b")),
        ("1234567890   b", ("1234567890", "b")),
        ("牛乳牛乳牛乳", ("牛乳牛乳牛", "乳")),
    ],
)
def test_wrapping_at_ten_columns(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, 10) == lines


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.integers(2, 50))
def test_no_line_is_wider_than_the_paper_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(measure(line) <= width for line in lines)
    assert "".join("".join(lines).split(" ")) == "".join(text.split(" "))


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("e\u0301", 1), ("牛", 2), ("\u200ea", 1)])
def test_columns_a_text_takes(text: str, columns: int) -> None:
    assert measure(text) == columns


def test_a_price_stands_at_the_right_edge_beside_the_first_line_of_its_name() -> None:
    block = {"columns": [["Vollmilch länger frisch", "left"], ["1,29", "right"]]}
    assert texts(block) == ["Vollmilch       1,29", "länger frisch"]


def test_a_figure_is_never_split_but_put_below() -> None:
    block = {"columns": [["A long name of goods", "left"], ["1 234 567,89 EUR", "right"]]}
    assert texts(block) == ["A long name of goods", "1 234 567,89 EUR"]
    assert [row.style.align for row in lay(block)] == ["left", "right"]


def test_two_figures_too_wide_for_one_line_are_stacked() -> None:
    assert texts({"columns": [["1" * 12, "right"], ["2" * 12, "right"]]}) == ["1" * 12, "2" * 12]


def test_a_table_of_figures_lines_up_from_row_to_row() -> None:
    first = {"columns": [["A", "left"], ["1", "right"], ["22", "right"]]}
    second = {"columns": [["B", "left"], ["333", "right"], ["4", "right"]]}
    assert texts(first) == ["A            1    22"]
    assert texts(second) == ["B          333     4"]


def test_three_columns_with_one_figure_keep_their_natural_width() -> None:
    assert texts({"columns": [["2 x", "left"], ["Milk", "left"], ["2,58", "right"]]}) == [
        "2 x Milk        2,58"
    ]


def test_a_centred_cell_and_a_lone_one() -> None:
    assert texts({"columns": [["ab", "center"]]}) == ["ab"]
    assert texts({"columns": [["ab", "center"], ["1", "right"]]}) == ["ab                 1"]


def test_large_text_has_fewer_columns() -> None:
    assert texts({"text": "twelve letters", "size": 2}) == ["twelve", "letters"]
    (row, _) = lay({"columns": [["Total", "left"], ["9,99 EUR", "right"]], "size": 2})
    assert row.width == 10


def test_a_rule_fills_the_paper() -> None:
    assert texts({"rule": "="}) == ["=" * 20]
    assert texts({"rule": "ー"}) == ["ー" * 10]


def test_a_reader_from_right_to_left_gets_the_columns_mirrored() -> None:
    block = {"columns": [["Name", "left"], ["1,29", "right"]]}
    (row,) = lay(block, 20, "ar")
    assert row.text == "1,29            Name"
    assert row.style.align == "left"
    (text,) = lay({"text": "abc"}, 20, "he-IL")
    assert (text.text, text.style.align) == ("abc", "right")


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="ascii", min_codepoint=32)),
            st.sampled_from(["left", "center", "right"]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.integers(8, 64),
    st.sampled_from(["en", "ar"]),
)
def test_no_row_of_columns_is_wider_than_the_paper(
    cells: list[tuple[str, str]], width: int, language: str
) -> None:
    block = {"columns": [list(cell) for cell in cells]}
    for row in lay(block, width, language):
        assert measure(row.text) <= width
        spans = sorted((piece.start, piece.start + piece.width) for piece in row.pieces)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert not spans or (spans[0][0] >= 0 and spans[-1][1] <= width)


@given(st.text("0123456789.,", min_size=1, max_size=20), st.text(min_size=0, max_size=60))
def test_a_figure_that_fits_the_paper_stands_in_one_row(price: str, name: str) -> None:
    found = [row for row in texts({"columns": [[name, "left"], [price, "right"]]}) if price in row]
    assert found
