"""Finds the faces of the type roles in the system, and falls back to those Kivy ships."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

__all__ = ["FACES", "FOLDERS", "Face", "find"]

FOLDERS: Final[tuple[Path, ...]] = (
    Path("/usr/share/fonts/opentype/inter"),
    Path("/usr/share/fonts/truetype/inter"),
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/local/share/fonts"),
)


@dataclass(frozen=True, slots=True)
class Face:
    """One face of the theme: the files that may hold it, best first, and Kivy's own as the last resort.

    Attributes:
        files: File names looked for in the font folders.
        fallback: Name of a file in Kivy's own font folder.
    """

    files: tuple[str, ...]
    fallback: str


FACES: Final[Mapping[str, Face]] = {
    "Text": Face(("Inter-Regular.otf", "Inter-Regular.ttf"), "Roboto-Regular.ttf"),
    "TextMedium": Face(("Inter-Medium.otf", "Inter-Medium.ttf"), "Roboto-Regular.ttf"),
    "TextSemi": Face(("Inter-SemiBold.otf", "Inter-SemiBold.ttf"), "Roboto-Bold.ttf"),
    "Display": Face(("InterDisplay-Bold.otf", "InterDisplay-Bold.ttf", "Inter-Bold.otf"), "Roboto-Bold.ttf"),
    "DisplaySemi": Face(
        ("InterDisplay-SemiBold.otf", "InterDisplay-SemiBold.ttf", "Inter-SemiBold.otf"), "Roboto-Bold.ttf"
    ),
    "Arabic": Face(("NotoSansArabic-Regular.ttf",), "DejaVuSans.ttf"),
    "ArabicBold": Face(("NotoSansArabic-Bold.ttf",), "DejaVuSans.ttf"),
}


def find(face: Face, shipped: Path, folders: Iterable[Path] = FOLDERS) -> Path:
    """Give the file that draws a face.

    Args:
        face: What is looked for.
        shipped: Kivy's own font folder.
        folders: Where to look first, best first.

    Returns:
        An existing file, or the fallback in `shipped`.
    """
    for folder in folders:
        for name in face.files:
            if (path := folder / name).is_file():
                return path
    return shipped / face.fallback
