"""Text to single-byte code pages: CP858 first, others only for what it lacks, nothing for what none has."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Capability name to Python codec, in the order of choice; all agree with ASCII below 0x80. Left out:
# multi-byte pages, and right-to-left and combining scripts, which need shaping and are drawn.
PREFERENCE: Final[Mapping[str, str]] = {
    "CP858": "cp858",
    "CP1252": "cp1252",
    "CP437": "cp437",
    "CP850": "cp850",
    "CP852": "cp852",
    "CP1250": "cp1250",
    "CP857": "cp857",
    "CP1254": "cp1254",
    "CP1251": "cp1251",
    "CP866": "cp866",
    "CP855": "cp855",
    "CP1253": "cp1253",
    "ISO_8859-7": "iso8859_7",
    "CP737": "cp737",
    "CP1257": "cp1257",
    "CP775": "cp775",
    "ISO_8859-2": "iso8859_2",
    "ISO_8859-15": "iso8859-15",
    "CP860": "cp860",
    "CP863": "cp863",
    "CP865": "cp865",
    "CP861": "cp861",
}
_UPPER_HALF: Final = range(0x80, 0x100)
_FIRST_PRINTABLE: Final = 0x20

# What a page without the character still can say; typographic spaces come from CLDR's number formats.
_PLAIN: Final[Mapping[str, str]] = {
    "\u00a0": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": ",",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u2026": "...",
    "\u2022": "*",
    "\u00d7": "x",
}


@dataclass(frozen=True)
class CodePage:
    """A page the printer has: its number for ESC t and the Python codec of the same characters."""

    number: int
    codec: str


@dataclass(frozen=True)
class Run:
    """Bytes that belong to one code page."""

    page: CodePage
    data: bytes


@lru_cache(maxsize=64)
def characters(codec: str) -> Mapping[str, int]:
    """The printable characters of a single-byte codec, each with its byte."""
    table = {chr(code): code for code in range(_FIRST_PRINTABLE, 0x7F)}
    for code in _UPPER_HALF:
        text = bytes((code,)).decode(codec, errors="ignore")
        if text and unicodedata.category(text) != "Cc":
            table[text] = code
    return table


def encode_text(text: str, pages: tuple[CodePage, ...]) -> tuple[Run, ...] | None:
    """Encode `text` in as few pages as there must be, or None when no page has one of its characters.

    Args:
        text: NFC, one line, without control characters.
        pages: In order of choice; an earlier one wins where both reach equally far.
    """
    runs: list[Run] = []
    rest = _printable(text, pages)
    while rest:
        page = max(pages, key=lambda candidate: _reach(rest, candidate.codec), default=None)
        length = _reach(rest, page.codec) if page else 0
        if page is None or length == 0:
            return None
        table = characters(page.codec)
        runs.append(Run(page, bytes(table[character] for character in rest[:length])))
        rest = rest[length:]
    return tuple(runs)


def encode_lossy(text: str, pages: tuple[CodePage, ...]) -> tuple[Run, ...]:
    """Encode `text`, a question mark standing for what no page has."""
    plain = _printable(text, pages)
    known = "".join(character if _known(character, pages) else "?" for character in plain)
    return encode_text(known, pages) or ()


def _reach(text: str, codec: str) -> int:
    table = characters(codec)
    return next((place for place, character in enumerate(text) if character not in table), len(text))


def _visible(text: str) -> str:
    """Without format characters (direction marks, zero-width joiners), which no code page knows."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def _printable(text: str, pages: tuple[CodePage, ...]) -> str:
    """`text` with plain stand-ins for typographic characters that none of the pages has."""
    return "".join(
        character if _known(character, pages) else _PLAIN.get(character, character)
        for character in _visible(text)
    )


def _known(character: str, pages: tuple[CodePage, ...]) -> bool:
    return any(character in characters(page.codec) for page in pages)
