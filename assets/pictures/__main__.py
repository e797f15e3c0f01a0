"""`python -m assets.pictures [FOLDER]` renders the product pictures, where they are not up to date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from assets.pictures.emoji import find
from assets.pictures.pictures_table import PICTURES
from assets.pictures.place import folder
from assets.pictures.rendering import render

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None, font: Path | None = None) -> int:
    """Render, and say in one sentence what was done.

    Args:
        arguments: Of the command line, without the program's name.
        font: The emoji font; None looks for the installed one.

    Returns:
        Exit code: 0 done, 2 where the folder cannot be written.
    """
    parser = argparse.ArgumentParser(prog="python -m assets.pictures", description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=folder(), help="where to (default: %(default)s)"
    )
    into: Path = parser.parse_args(arguments).folder
    found = font or find()
    try:
        outcome = render(into, found, PICTURES)
    except OSError as error:
        sys.stderr.write(f"{into}: {error.strerror}; expected a folder that can be written.\n")
        return 2
    if outcome.drawn and found is None:
        sys.stdout.write(
            f"Drew {outcome.drawn} product pictures with letters only: no colour emoji font was found; "
            "install fonts-noto-color-emoji and run this again.\n"
        )
    elif outcome.drawn:
        sys.stdout.write(f"Drew {outcome.drawn} product pictures.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
