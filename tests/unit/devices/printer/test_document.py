import contextlib
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.barcode import Symbol
from devices.printer.document import (
    Barcode,
    Cell,
    Columns,
    Cut,
    Document,
    DocumentError,
    Drawer,
    Feed,
    Image,
    Qr,
    Rule,
    Style,
    Text,
    clean_text,
    parse_document,
)

EXAMPLE: dict[str, Any] = {
    "language": "de",
    "width": "80mm",
    "copy": False,
    "blocks": [
        {"image": "assets/brand/logo.png", "align": "center"},
        {"text": "Danke für Ihren Einkauf", "align": "center", "size": 2, "bold": True},
        {"columns": [["Vollmilch 1 L", "left"], ["1,29", "right"]]},
        {"rule": "-"},
        {"qr": "https://example.org", "size": 6},
        {"barcode": "EAN13", "data": "4006381333931"},
        {"feed": 2},
        {"drawer": 1},
        {"cut": "partial"},
    ],
}


def test_every_block_of_the_format() -> None:
    assert parse_document(EXAMPLE) == Document(
        language="de",
        width="80mm",
        copy=False,
        blocks=(
            Image("assets/brand/logo.png", "center"),
            Text("Danke für Ihren Einkauf", Style("center", 2, bold=True)),
            Columns((Cell("Vollmilch 1 L", "left"), Cell("1,29", "right"))),
            Rule("-"),
            Qr("https://example.org", 6),
            Barcode(Symbol("EAN13", "4006381333931")),
            Feed(2),
            Drawer(1),
            Cut("partial"),
        ),
    )


def test_everything_but_the_blocks_has_a_default() -> None:
    assert parse_document({"blocks": []}) == Document("en", None, copy=False, blocks=())


def test_a_copy_is_marked_and_leaves_the_drawer_shut() -> None:
    copy = parse_document(EXAMPLE).as_copy()
    assert copy.copy
    assert not any(isinstance(block, Drawer) for block in copy.blocks)
    assert len(copy.blocks) == len(EXAMPLE["blocks"]) - 1


def test_control_characters_are_dropped_and_counted() -> None:
    kick = "Milch\x1bp\x00\x19\x9f"
    document = parse_document({"blocks": [{"text": kick}, {"columns": [[kick, "left"]]}]})
    assert document.blocks == (Text("Milchp"), Columns((Cell("Milchp", "left"),)))
    assert document.dropped == 8


def test_a_line_feed_is_data_in_a_qr_code_and_nowhere_else() -> None:
    document = parse_document({"blocks": [{"qr": "a\nb\x1b"}, {"text": "a\nb"}]})
    assert document.blocks == (Qr("a\nb"), Text("ab"))
    assert document.dropped == 2


def test_decomposed_letters_are_composed() -> None:
    assert parse_document({"blocks": [{"text": "Cafe\u0301"}]}).blocks == (Text("Café"),)


@given(st.text())
def test_cleaned_text_is_composed_and_carries_no_command(text: str) -> None:
    kept, dropped = clean_text(text)
    assert all(unicodedata.category(character) != "Cc" for character in kept)
    assert unicodedata.is_normalized("NFC", kept)
    assert dropped == sum(unicodedata.category(character) == "Cc" for character in text)


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        ({"picture": "x"}, "exactly one of text, columns"),
        ({}, "got nothing"),
        ({"text": "a", "cut": "full"}, "exactly one of"),
        ("text", "a block must be an object, got 'text'"),
        ({"text": 5}, "'text' must be a text, got 5"),
        ({"text": "a", "size": 9}, "'size' must be a whole number from 1 to 8, got 9"),
        ({"text": "a", "size": True}, "'size' must be a whole number"),
        ({"text": "a", "align": "middle"}, "'align' must be one of left, center, right, got 'middle'"),
        ({"text": "a", "align": 1}, "'align' must be one of"),
        ({"text": "a", "bold": "yes"}, "'bold' must be true or false, got 'yes'"),
        ({"text": "a", "colour": "red"}, "'colour' is not known here"),
        ({"columns": []}, "'columns' must be a list"),
        ({"columns": "a"}, "'columns' must be a list"),
        ({"columns": ["a"]}, "a column is a pair"),
        ({"columns": [["a"]]}, "a column is a pair"),
        ({"columns": [["a", "middle"]]}, "a column is a pair"),
        ({"columns": [[1, "left"]]}, "a column is a pair"),
        ({"rule": "--"}, "'rule' must be one character, got '--'"),
        ({"rule": ""}, "'rule' must be a text, got ''"),
        ({"qr": "x" * 3000}, "'qr' must hold 1 to 2953 bytes, got 3000"),
        ({"qr": "\x07"}, "'qr' must hold 1 to 2953 bytes, got 0"),
        ({"barcode": "EAN13", "data": "4006381333932"}, "check digit 2, expected 1"),
        ({"barcode": "EAN13"}, "'data' must be a text, got None"),
        ({"feed": 0}, "'feed' must be a whole number from 1 to 255, got 0"),
        ({"drawer": 3}, "'drawer' must be a whole number from 1 to 2, got 3"),
        ({"cut": "half"}, "'cut' must be one of full, partial, got 'half'"),
    ],
)
def test_a_bad_block_is_refused_with_its_position(block: object, sentence: str) -> None:
    with pytest.raises(DocumentError) as refused:
        parse_document({"blocks": [{"text": "ok"}, block]})
    assert refused.value.position == 1
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("blocks[1]: ")


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(DocumentError) as refused:
        parse_document({"copy": 1, "blocks": [{"feed": 0}, {"text": "ok"}, {"cut": "x"}]})
    assert [problem.position for problem in refused.value.problems] == [-1, 0, 2]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ([], "The document must be an object, got list."),
        ({}, "'blocks' must be a list, got None"),
        ({"blocks": {}}, "'blocks' must be a list"),
        ({"blocks": [], "width": "76mm"}, "'width' must be one of 80mm, 58mm, got '76mm'"),
        ({"blocks": [], "heading": 1}, "'heading' is not known here"),
    ],
)
def test_a_bad_document_is_refused(raw: object, sentence: str) -> None:
    with pytest.raises(DocumentError) as refused:
        parse_document(raw)
    assert refused.value.position == -1
    assert sentence in str(refused.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
BLOCK = st.dictionaries(st.sampled_from(["text", "columns", "qr", "rule", "size", "cut", "align"]), JSON)


@given(st.one_of(JSON, st.fixed_dictionaries({"blocks": st.lists(BLOCK | JSON)})))
def test_whatever_comes_is_a_document_or_refused(raw: object) -> None:
    with contextlib.suppress(DocumentError):
        assert isinstance(parse_document(raw), Document)
