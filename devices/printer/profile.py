"""What a printer model can do, as far as it matters to a receipt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from devices.printer.codepage import PREFERENCE, CodePage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from devices.printer.document import PaperWidth

DEFAULT_PROFILE: Final = "TM-T88V"
_FONT_A_DOTS: Final = 12  # a character of font A is 12 dots wide on every model of the list
_DEFAULT_COLUMNS: Final = 42

# Printable on 58 mm paper: 48 mm at 203 dots an inch, 50.8 mm at 180 (the T88 family).
_NARROW: Final = 384
_NARROW_DOTS: Final = {512: 360}

# Models whose manuals list GS ( H function 48 (process id response).
_PROCESS_ID: Final = frozenset(
    {
        "TM-L90",
        "TM-P80",
        "TM-P80-42col",
        "TM-T20II",
        "TM-T20II-42col",
        "TM-T88IV",
        "TM-T88IV-SA",
        "TM-T88V",
    }
)


@dataclass(frozen=True)
class Profile:
    """A printer model.

    Attributes:
        name: As in the configuration.
        columns: Characters of font A on one line.
        width_dots: Printable width in dots.
        code_pages: In order of choice; the first is selected at the start of each job.
        cut: The best cut the model has, or none.
        qr: Draws QR codes itself (GS ( k).
        barcode: Draws barcodes itself (GS k).
        raster: Takes bit images (GS v 0).
        process_id: Confirms printed data by GS ( H; without it a job ends unconfirmed.
        narrow: The paper is narrower than the head: the printing area has to be set.
    """

    name: str
    columns: int
    width_dots: int
    code_pages: tuple[CodePage, ...]
    cut: Literal["partial", "full", "none"] = "partial"
    qr: bool = True
    barcode: bool = True
    raster: bool = True
    process_id: bool = False
    narrow: bool = False

    def narrowed(self, paper: PaperWidth) -> Profile:
        """The model with paper of that width in it; a model made for it, or narrower, stays as it is."""
        dots = _NARROW_DOTS.get(self.width_dots, _NARROW)
        if paper != "58mm" or self.width_dots <= dots:
            return self
        return replace(self, columns=dots // self.dots_per_column, width_dots=dots, narrow=True)

    @property
    def dots_per_column(self) -> int:
        """Width of one character cell in dots."""
        return self.width_dots // self.columns


def from_capabilities(name: str, raw: Mapping[str, object]) -> Profile:
    """A profile from one entry of python-escpos' capabilities data.

    Args:
        name: The entry's name.
        raw: With the keys `fonts`, `media`, `codePages` and `features` of that data, any of them missing.
    """
    features = {feature for feature, there in _mapping(raw.get("features")).items() if there is True}
    columns = _whole(_mapping(_mapping(raw.get("fonts")).get("0")).get("columns"), _DEFAULT_COLUMNS)
    width = _mapping(_mapping(raw.get("media")).get("width")).get("pixels")
    cut: Literal["partial", "full", "none"] = "none"
    if "paperPartCut" in features:
        cut = "partial"
    elif "paperFullCut" in features:
        cut = "full"
    return Profile(
        name=name,
        columns=columns,
        width_dots=_whole(width, columns * _FONT_A_DOTS),
        code_pages=_code_pages(_mapping(raw.get("codePages"))),
        cut=cut,
        qr="qrCode" in features,
        barcode="barcodeB" in features,
        raster="bitImageRaster" in features,
        process_id=name in _PROCESS_ID,
    )


def own_profiles(base: Mapping[str, Profile]) -> Mapping[str, Profile]:
    """The models python-escpos 3.1 has no data for, from the nearest relative it has.

    Args:
        base: The profiles made from its data; needs TM-T88V, TM-T20II and default.
    """
    narrow, wide, plain = base["TM-T88V"], base["TM-T20II"], base["default"]
    relatives = {
        "TM-T88VI": narrow,
        "TM-T88VII": narrow,
        "TM-T20III": wide,
        "TM-m30": wide,
        "TM-m30II": wide,
        "TM-m30III": wide,
    }
    own = {name: replace(relative, name=name, process_id=True) for name, relative in relatives.items()}
    own["generic-80mm"] = replace(plain, name="generic-80mm", columns=48, width_dots=576)
    return own


def _code_pages(numbers: Mapping[str, object]) -> tuple[CodePage, ...]:
    """The usable pages in our order of choice; the data lists them by number."""
    found = {str(page): int(number) for number, page in reversed(tuple(numbers.items())) if number.isdigit()}
    return tuple(CodePage(found[page], codec) for page, codec in PREFERENCE.items() if page in found)


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _whole(value: object, default: int) -> int:
    return value if isinstance(value, int) and value > 0 else default
