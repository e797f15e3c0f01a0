"""`python -m assets.pictures [FOLDER]` renders the product pictures, where they are not up to date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assets.pictures.emoji import FONTS, find
from assets.pictures.pack import Pack, Plain
from assets.pictures.pictures_table import PICTURES
from assets.pictures.place import folder
from assets.pictures.rendering import render

__all__ = ["main"]


def main(
    arguments: Sequence[str] | None = None,
    fonts: tuple[Path, ...] = FONTS,
    pictures: Mapping[str, Plain | Pack] = PICTURES,
) -> int:
    """Render, and say in one sentence what was done.

    Args:
        arguments: Of the command line, without the program's name.
        fonts: Where an emoji font may be.
        pictures: What to render, by key.

    Returns:
        Exit code: 0 done, 2 where the folder cannot be written.
    """
    parser = argparse.ArgumentParser(prog="python -m assets.pictures", description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=folder(), help="where to (default: %(default)s)"
    )
    into: Path = parser.parse_args(arguments).folder
    font = find(fonts)
    try:
        outcome = render(into, font, pictures)
    except OSError as error:
        sys.stderr.write(f"{into}: {error.strerror}; expected a folder that can be written.\n")
        return 2
    if outcome.drawn and font is None:
        sys.stdout.write(
            f"Drew {outcome.drawn} product pictures with letters only: no colour emoji font was found; "
            "install fonts-noto-color-emoji and run this again.\n"
        )
    elif outcome.drawn:
        sys.stdout.write(f"Drew {outcome.drawn} product pictures.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
