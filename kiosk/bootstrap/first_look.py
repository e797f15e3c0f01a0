"""The few settings the first frame needs, read leniently; the strict reading of all follows behind it.

Importing pydantic and building the models takes a third of the time the attract frame may take (measured).
What looks odd here is not judged here: `None` sends the caller to the strict reader, which has the sentences.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

SYSTEM: Final = Path("/etc/checkstand/config.toml")
_THEMES: Final = ("light", "dark", "high_contrast")
_LEAST_PX: Final = 320
_MOST_PX: Final = 7680


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the attract frame shows and how; the defaults are those of the configuration.

    Attributes:
        width: of the window in pixels.
        height: of the window in pixels.
        dpi: pixels an inch.
        fullscreen: whether the window takes the whole output.
        theme: light, dark or high_contrast.
        shop: name over the door.
        number: of the lane.
        country: of the shop, ISO 3166-1 alpha-2.
        languages: offered, the shop's own first.
        currency: ISO 4217.
        volume: percent.
    """

    width: int = 1080
    height: int = 1920
    dpi: int = 102
    fullscreen: bool = True
    theme: str = "light"
    shop: str = "Checkstand Demo"
    number: int = 1
    country: str = "DE"
    languages: tuple[str, ...] = ("en", "de")
    currency: str = "EUR"
    volume: int = 70


def read(path: Path | None) -> FirstLook | None:
    """Read config.toml for the first frame, or give None where only the strict reader can help."""
    if path is None and not SYSTEM.exists():
        return FirstLook()
    try:
        document = tomllib.loads((path or SYSTEM).read_text(encoding="utf-8"))
        return None if _overlaid(document) else _look(document)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _overlaid(document: dict[str, Any]) -> bool:
    """Tell whether the lane's own settings may lie over the operator's."""
    told = document.get("store", {}).get("directory")
    own = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "checkstand"
    places = [Path(told)] if told else [Path("/var/lib/checkstand"), own]
    return any((place / "config.d").exists() for place in places)


def _look(document: dict[str, Any]) -> FirstLook | None:
    display, lane, plain = document.get("display", {}), document.get("lane", {}), FirstLook()
    own = lane.get("language", "en")
    offered = lane.get("languages", list(plain.languages))
    look = FirstLook(
        width=display.get("width", plain.width),
        height=display.get("height", plain.height),
        dpi=display.get("dpi", plain.dpi),
        fullscreen=display.get("fullscreen", plain.fullscreen),
        theme=display.get("theme", plain.theme),
        shop=lane.get("shop", plain.shop),
        number=lane.get("number", plain.number),
        country=lane.get("country", plain.country),
        languages=(own, *(each for each in offered if each != own)),
        currency=lane.get("currency", plain.currency),
        volume=document.get("sound", {}).get("volume", plain.volume),
    )
    return look if _plausible(look) else None


def _plausible(look: FirstLook) -> bool:
    numbers: tuple[object, ...] = (look.width, look.height, look.dpi, look.number, look.volume)
    texts: tuple[object, ...] = (look.shop, look.country, look.currency, look.theme, *look.languages)
    flags: tuple[object, ...] = (look.fullscreen,)
    return (
        all(type(each) is int for each in numbers)
        and all(isinstance(each, str) and each for each in texts)
        and all(isinstance(each, bool) for each in flags)
        and all(_LEAST_PX <= each <= _MOST_PX for each in (look.width, look.height))
        and look.theme in _THEMES
        and look.currency.isalpha()
    )
