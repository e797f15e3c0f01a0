"""``[scanner]``: which readers there are and how each was set up."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from devices.settings.link import LinkSettings, StoreSettings
from devices.settings.section import Section, Tables, unexpected

LONGEST_CODE = 4296
"""Most characters a QR code holds (ISO/IEC 18004, version 40-L, alphanumeric)."""


class ReaderSettings(Section):
    """One entry of ``[[scanner.readers]]``.

    Attributes:
        device: path of its event device or serial line; a link of udev's, for event numbers move.
        transport: evdev for a keyboard wedge, serial for RS-232, USB CDC or a pseudo terminal.
        name: what events and messages call it; by default the device's path.
        layout: the keyboard layout the wedge was set to.
        suffix: what it sends after each code; with none a pause ends it.
        gap_ms: the pause that ends a read without a suffix, and voids one that should have had it.
        max_length: characters beyond which a read is refused.
        baud: bits a second of the serial line.
        gs_key: the Linux key code this wedge sends for GS (FNC1), if it is a key of its own.
    """

    device: Annotated[str, Field(min_length=1)] = "/dev/kiosk/scanner0"
    transport: Literal["evdev", "serial"] = "evdev"
    name: str = ""
    layout: Literal["us", "de", "fr", "uk"] = "us"
    suffix: Literal["enter", "tab", "none", "etx"] = "enter"
    gap_ms: Annotated[int, Field(ge=100, le=10_000)] = 200
    max_length: Annotated[int, Field(ge=1, le=LONGEST_CODE)] = LONGEST_CODE
    baud: Annotated[int, Field(ge=300, le=4_000_000)] = 9600
    gs_key: Annotated[int, Field(ge=1, le=0x2FF)] | None = None

    @property
    def label(self) -> str:
        """What events call the reader."""
        return self.name or self.device


def _names_differ(readers: tuple[ReaderSettings, ...]) -> tuple[ReaderSettings, ...]:
    labels = [reader.label for reader in readers]
    if len(set(labels)) < len(labels):
        raise unexpected("a name of its own for each reader")
    return readers


class ScannerSettings(Section):
    """``[scanner]``; without it one keyboard wedge at the link our udev rule makes."""

    readers: Annotated[tuple[ReaderSettings, ...], AfterValidator(_names_differ)] = (ReaderSettings(),)


class ScannerTables(Tables):
    """What ``kiosk-scanner`` reads."""

    link: LinkSettings = Field(default_factory=LinkSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    scanner: ScannerSettings = Field(default_factory=ScannerSettings)
