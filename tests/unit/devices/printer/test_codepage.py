import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.codepage import PREFERENCE, CodePage, Run, characters, encode_lossy, encode_text

CP858 = CodePage(19, "cp858")
CP1252 = CodePage(16, "cp1252")
CP852 = CodePage(18, "cp852")
CP1251 = CodePage(46, "cp1251")
PAGES = (CP858, CP1252, CP852, CP1251)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Käse 1,29 €", (Run(CP858, b"K\x84se 1,29 \xd5"),)),
        ("", ()),
        ("Żółw 2 zł", (Run(CP852, b"\xbd\xa2\x88w 2 z\x88"),)),
        ("Сир ґ", (Run(CP1251, b"\xd1\xe8\xf0 \xb4"),)),
        ("Сир 1 €", (Run(CP1251, b"\xd1\xe8\xf0 1 \x88"),)),
        ("„Test“", (Run(CP1252, b"\x84Test\x93"),)),
        ("ü Ж", (Run(CP858, b"\x81 "), Run(CP1251, b"\xc6"))),
    ],
)
def test_the_page_that_reaches_furthest_is_taken(text: str, expected: tuple[Run, ...]) -> None:
    assert encode_text(text, PAGES) == expected


def test_typographic_characters_have_plain_stand_ins() -> None:
    assert encode_text("1\u202f234,50\u00a0\u2212 \u201ea\u201c\u2026", (CodePage(0, "cp437"),)) == (
        Run(CodePage(0, "cp437"), b'1 234,50\xff- "a"...'),
    )


def test_direction_marks_take_no_byte() -> None:
    assert encode_text("\u200ea\u200f", PAGES) == (Run(CP858, b"a"),)


@pytest.mark.parametrize("text", ["حليب", "牛乳", "a😀"])
def test_what_no_page_has_is_not_encoded(text: str) -> None:
    assert encode_text(text, PAGES) is None


def test_without_pages_nothing_is_encoded() -> None:
    assert encode_text("a", ()) is None
    assert encode_lossy("a", ()) == ()


def test_lossy_keeps_what_it_can() -> None:
    assert encode_lossy("a牛b…", (CP858,)) == (Run(CP858, b"a?b..."),)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"])))
def test_encoded_text_reads_back_and_holds_no_control_byte(text: str) -> None:
    runs = encode_lossy(text, PAGES)
    assert all(byte >= 0x20 for run in runs for byte in run.data)
    exact = encode_text(text, PAGES)
    known = characters("cp858").keys() | characters("cp1252").keys() | characters("cp852").keys()
    if exact is not None and set(text) <= known:
        assert "".join(run.data.decode(run.page.codec) for run in exact) == text


@pytest.mark.parametrize("codec", sorted(PREFERENCE.values()))
def test_every_page_is_single_byte_and_holds_ascii(codec: str) -> None:
    table = characters(codec)
    assert len(table) > 180
    for code in range(0x20, 0x7F):
        assert table[chr(code)] == code
