"""The words of each language, from the installed message catalogues."""

from __future__ import annotations

import gettext
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

_DOMAIN: Final = "kiosk"


@lru_cache
def translations(language: str) -> gettext.NullTranslations:
    """Give a language's messages; English, the language of the message ids, needs no file."""
    return gettext.translation(_DOMAIN, str(assets("locales")), [language], fallback=True)


def assets(*parts: str) -> Path:
    """Give the place of an installed asset."""
    return Path(str(resources.files("assets").joinpath(*parts)))
