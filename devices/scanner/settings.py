"""The [scanner] section of the configuration: which readers there are and how each is set up."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from devices.scanner.reads import MAX_LENGTH, MIN_GAP_MS

STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)


class ReaderSettings(BaseModel):
    """One scanner: `[[scanner.readers]]`.

    Attributes:
        device: path of its evdev node or serial port; a udev link is best, event numbers move.
        transport: `evdev` for a keyboard wedge, `serial` for USB CDC or RS-232.
        name: what events and messages call it; the device's path by default.
        layout: keyboard layout the wedge is set to.
        suffix: what it sends after each code; `none` has a pause end it.
        gap_ms: the pause that ends or voids a read; over four times its slowest pause between keys.
        max_length: characters beyond which a read is refused.
        baud: speed of the serial line.
        gs_key: key code of the function key this model sends for GS, if it does.
    """

    model_config = STRICT

    device: str = Field(default="/dev/kiosk/scanner0", min_length=1)
    transport: Literal["evdev", "serial"] = "evdev"
    name: str = ""
    layout: Literal["us", "de", "fr", "uk"] = "us"
    suffix: Literal["enter", "tab", "none", "etx"] = "enter"
    gap_ms: Annotated[int, Field(ge=MIN_GAP_MS, le=10_000)] = 200
    max_length: Annotated[int, Field(ge=1, le=MAX_LENGTH)] = MAX_LENGTH
    baud: Annotated[int, Field(ge=300, le=4_000_000)] = 9600
    gs_key: Annotated[int, Field(ge=1, le=0x2FF)] | None = None

    @property
    def label(self) -> str:
        """What events call the reader."""
        return self.name or self.device


class ScannerSettings(BaseModel):
    """The whole section; without it one keyboard wedge at the link our udev rule makes."""

    model_config = STRICT

    readers: tuple[ReaderSettings, ...] = (ReaderSettings(),)

    @field_validator("readers")
    @classmethod
    def _names_differ(cls, readers: tuple[ReaderSettings, ...]) -> tuple[ReaderSettings, ...]:
        labels = [reader.label for reader in readers]
        if len(set(labels)) < len(labels):
            raise ValueError("two readers have the same name; expected each to differ")
        return readers
