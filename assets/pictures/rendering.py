"""Renders every picture into its folder, once: a stamp tells whether they are still what the sources draw."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import PIL

from assets.pictures.emoji import Emoji
from assets.pictures.pack import Pack, Plain
from assets.pictures.paint import paint

__all__ = ["Outcome", "render", "stamp"]

_STAMP: Final = ".stamp"
_SOURCES: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did. drawn: pictures made; 0 where all were up to date. kept: how many there are."""

    drawn: int
    kept: int


def stamp(font: Path | None, pictures: Mapping[str, Plain | Pack], sources: Path = _SOURCES) -> str:
    """Give a digest of all that a picture depends on: our sources, the table, the font, the library."""
    digest = hashlib.sha256(f"{PIL.__version__} {sorted(pictures)}".encode())
    for path in sorted(sources.glob("*.py")):
        digest.update(path.read_bytes())
    if font is not None:
        digest.update(font.read_bytes())
    return digest.hexdigest()


def render(folder: Path, font: Path | None, pictures: Mapping[str, Plain | Pack]) -> Outcome:
    """Render what is not up to date into a folder as `<key>.png`, and remove what no key names.

    Args:
        folder: Made where it is missing.
        font: The emoji font, None for none.
        pictures: What to draw, by key.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = stamp(font, pictures)
    mark = folder / _STAMP
    there = {path.stem for path in folder.glob("*.png")}
    if mark.exists() and mark.read_text(encoding="ascii") == wanted and there == set(pictures):
        return Outcome(0, len(pictures))
    mark.unlink(missing_ok=True)
    for stale in there - set(pictures):
        (folder / f"{stale}.png").unlink()
    emoji = Emoji(font)
    for key, made_of in pictures.items():
        _draw(folder, key, made_of, emoji)
    mark.write_text(wanted, encoding="ascii")
    return Outcome(len(pictures), len(pictures))


def _draw(folder: Path, key: str, made_of: Plain | Pack, emoji: Emoji) -> None:
    target = folder / f"{key}.png"
    half_done = target.with_suffix(".part")
    paint(made_of, emoji, key[0]).save(half_done, "PNG", compress_level=4)
    half_done.replace(target)
