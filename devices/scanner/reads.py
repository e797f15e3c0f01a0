"""What a scanner's decoder says: one whole read, or one fault in its place."""

from dataclasses import dataclass
from typing import Final, Literal

Suffix = Literal["enter", "tab", "none", "etx"]
Reason = Literal["overflow", "gap", "unplugged", "control", "length", "tail", "stale"]

SUFFIXES: Final[tuple[Suffix, ...]] = ("enter", "tab", "none", "etx")
# The most text a code carries: QR version 40-L, alphanumeric (ISO/IEC 18004, table 7).
MAX_LENGTH: Final = 4296
# Below this a busy USB host's ordinary jitter would cut scans in two (a stall of 54 ms was measured).
MIN_GAP_MS: Final = 100
# What arrives this soon after the device was opened, with no pause before it, is the rest of an unseen read.
TAIL_MS: Final = 100


@dataclass(frozen=True, slots=True)
class DataEvent:
    """A whole read: `t_ms` when it ended, `data` the text as received (AIM identifier and GS included)."""

    t_ms: float
    data: str


@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """Something was read but cannot be trusted: nothing of it is told, the shopper scans again."""

    t_ms: float
    reason: Reason


Read = DataEvent | ErrorEvent


@dataclass(frozen=True, slots=True)
class FrameSettings:
    """How this scanner marks the end of a read.

    Attributes:
        suffix: what the scanner sends after each code; `none` has the idle gap end it.
        gap_ms: silence, in milliseconds, after which a read is over; at least MIN_GAP_MS.
        max_length: characters beyond which a read is refused.
    """

    suffix: Suffix = "enter"
    gap_ms: float = 200
    max_length: int = MAX_LENGTH

    def __post_init__(self) -> None:
        if self.gap_ms < MIN_GAP_MS:
            raise ValueError(f"a gap of {self.gap_ms} ms is too short; use at least {MIN_GAP_MS} ms")
