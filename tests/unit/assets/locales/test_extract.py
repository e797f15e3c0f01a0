import io
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from assets.locales.extract import from_kv, from_python

ROOT = Path(__file__).resolve().parents[4]
LOCALES = ROOT / "assets" / "locales"
LANGUAGES = ["de"]


def found_in(source: str) -> list[object]:
    return [message for _, _, message, _ in from_python(io.BytesIO(source.encode()), (), (), {})]


def wanted() -> set[str | tuple[str, ...]]:
    methods = [("**.py", "assets.locales.extract:from_python"), ("**.kv", "assets.locales.extract:from_kv")]
    return {
        message
        for folder in ("kiosk/ui", "kiosk/domain")
        for _, _, message, _, _ in extract_from_dir(str(ROOT / folder), methods)
    }


def catalogue(language: str) -> dict[str | tuple[str, ...], Message]:
    with (LOCALES / language / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        found = [message for message in read_po(file, locale=language) if message.id]
    return {_key(message): message for message in found}


def test_calls_are_found_wherever_they_stand() -> None:
    source = """
gettext("one"); words.gettext("two"); f"{gettext('three')}: {other('not')}"
ngettext("{n} item", "{n} items", 3); gettext(variable); gettext(f"{x}")
(lambda: gettext)()("not")
"""
    assert set(found_in(source)) == {"one", "two", "three", ("{n} item", "{n} items")}


def test_kv_files_are_read_and_ours_hold_no_words() -> None:
    line = b"    text: gettext('Hello') if x else _( \"You\" )\n"
    assert [found[2] for found in from_kv(io.BytesIO(line), (), (), {})] == ["Hello", "You"]
    for path in (ROOT / "kiosk" / "ui").rglob("*.kv"):
        assert not list(from_kv(io.BytesIO(path.read_bytes()), (), (), {})), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated_and_nothing_left_over(language: str) -> None:
    messages = catalogue(language)
    assert set(messages) == wanted()
    for message in messages.values():
        assert all(_texts(message)), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_their_places_for_values(language: str) -> None:
    for key, message in catalogue(language).items():
        original = key if isinstance(key, str) else key[1]
        for text in _texts(message):
            assert _places(text) == _places(original), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_words(language: str) -> None:
    folder = LOCALES / language / "LC_MESSAGES"
    with (folder / "kiosk.po").open("rb") as file:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(file, locale=language))
    assert (folder / "kiosk.mo").read_bytes() == compiled.getvalue()


def _key(message: Message) -> str | tuple[str, ...]:
    return message.id if isinstance(message.id, str) else tuple(message.id)


def _texts(message: Message) -> tuple[str, ...]:
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
