"""Where the product pictures lie once they are rendered."""

from pathlib import Path
from typing import Final

__all__ = ["folder"]

_RENDERED: Final = Path(__file__).with_name("rendered")


def folder() -> Path:
    """Give the folder of the pictures, one `<key>.png` each; made by `python -m assets.pictures`."""
    return _RENDERED
