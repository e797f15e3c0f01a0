"""Finds the font files for scripts that no code page of a printer has."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

# Unicode script (the first word of a character's name) to font files in the order of choice; Noto from the
# distribution's packages, DejaVu from them or from Kivy's own data.
_FILES: Final[dict[str, tuple[str, ...]]] = {
    "ARABIC": ("NotoNaskhArabic-Regular.ttf", "DejaVuSans.ttf"),
    "HEBREW": ("NotoSansHebrew-Regular.ttf", "DejaVuSans.ttf"),
    "THAI": ("NotoSansThai-Regular.ttf",),
    "DEVANAGARI": ("NotoSansDevanagari-Regular.ttf",),
    "GEORGIAN": ("NotoSansGeorgian-Regular.ttf", "DejaVuSans.ttf"),
    "ARMENIAN": ("NotoSansArmenian-Regular.ttf", "DejaVuSans.ttf"),
    "CJK": ("NotoSansCJK-Regular.ttc", "DroidSansFallbackFull.ttf"),
    "HIRAGANA": ("NotoSansCJK-Regular.ttc", "DroidSansFallbackFull.ttf"),
    "KATAKANA": ("NotoSansCJK-Regular.ttc", "DroidSansFallbackFull.ttf"),
    "HANGUL": ("NotoSansCJK-Regular.ttc", "DroidSansFallbackFull.ttf"),
}
_GENERAL: Final = (
    "DejaVuSansMono.ttf",
    "NotoSansMono-Regular.ttf",
    "NotoSans-Regular.ttf",
    "RobotoMono-Regular.ttf",
)
_SYSTEM: Final = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@lru_cache(maxsize=64)
def font_file(script: str) -> Path | None:
    """The font for a script named as Unicode names its characters ("ARABIC"), or None."""
    wanted = _FILES.get(script, _GENERAL)
    known = _installed()
    return next((known[name] for name in wanted if name in known), None)


@lru_cache(maxsize=1)
def _installed() -> dict[str, Path]:
    """Font files by name; the distribution's come before those inside Python packages."""
    found: dict[str, Path] = {}
    for folder in (*_SYSTEM, *_packaged()):
        for path in sorted(folder.rglob("*.tt?")):
            found.setdefault(path.name, path)
    return found


def _packaged() -> tuple[Path, ...]:
    """Kivy's fonts, where it is installed; the package itself is not imported."""
    spec = find_spec("kivy")
    places = spec.submodule_search_locations if spec else None
    return tuple(Path(place) / "data" / "fonts" for place in places or ())
