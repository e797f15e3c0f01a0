"""``[scanner]``: which readers there are and how each was set up."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from devices.settings.link import LinkSettings, StoreSettings
from devices.settings.section import Baud, Section, Tables, Text


class ReaderSettings(Section):
    """One entry of ``[[scanner.devices]]``.

    Attributes:
        path: of the event device or serial line; a stable name of udev's, never eventN.
        name: in messages and events.
        transport: evdev for a keyboard wedge, serial for a serial line or USB CDC.
        layout: the keyboard layout the reader was set to (evdev).
        suffix: what the reader sends after each code.
        gap_ms: a silence this long ends a read without a suffix, and voids one that should have had it.
        baud: bits a second (serial).
    """

    path: Path
    name: Text = "scanner"
    transport: Literal["evdev", "serial"] = "evdev"
    layout: Literal["us", "de", "fr", "uk"] = "us"
    suffix: Literal["enter", "tab", "none", "etx"] = "enter"
    gap_ms: Annotated[int, Field(ge=100, le=5000)] = 200
    baud: Baud = 9600


class ScannerSettings(Section):
    """``[scanner]``."""

    devices: tuple[ReaderSettings, ...] = ()


class ScannerTables(Tables):
    """What ``kiosk-scanner`` reads."""

    link: LinkSettings = Field(default_factory=LinkSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    scanner: ScannerSettings = Field(default_factory=ScannerSettings)
