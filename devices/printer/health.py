"""What is known of the printer, put together from its answers; what it has not said stays unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from devices.printer.status import Status

Power = Literal["Unknown", "Online", "Off", "Offline", "OffOffline"]
Cause = Literal[
    "disconnected", "silent", "paper_end", "cover_open", "cutter_error", "error", "offline", "stalled"
]

SENTENCES: Final[Mapping[str | None, str]] = {
    None: "The printer is ready.",
    "disconnected": "The printer cannot be reached: check its power and its cable.",
    "silent": "The printer does not answer: check that it is switched on.",
    "paper_end": "The paper has run out: put in a new roll.",
    "cover_open": "The cover is open: close it.",
    "cutter_error": "The knife is stuck: open the cover, remove the paper, close it.",
    "error": "The printer reports an error: switch it off and on again.",
    "offline": "The printer is offline: check its panel.",
    "stalled": "The printer takes no more data: check its panel and its cable.",
}


@dataclass(frozen=True)
class Health:
    """The printer's state in UnifiedPOS terms; a new one knows nothing, and that is not ready."""

    power: Power = "Unknown"
    paper: Literal["unknown", "ok", "near_end", "end"] = "unknown"
    cover: Literal["unknown", "open", "closed"] = "unknown"
    error: Literal["none", "recoverable", "auto_recoverable", "unrecoverable"] = "none"
    cutter_error: bool = False
    drawer: Literal["unknown", "low", "high"] = "unknown"

    def merged(self, status: Status) -> Health:
        """With what an answer says; what it does not speak of stays."""
        power = self.power
        if status.online is not None:
            power = "Online" if status.online else "Offline"
        return Health(
            power=power,
            paper=status.paper or self.paper,
            cover=status.cover or self.cover,
            error=status.error or self.error,
            cutter_error=self.cutter_error if status.cutter_error is None else status.cutter_error,
            drawer=status.drawer or self.drawer,
        )

    def silent(self) -> Health:
        """It stopped answering: nothing known before holds any more."""
        return Health()

    def gone(self) -> Health:
        """There is no connection: off, or not connected, which cannot be told apart."""
        return replace(Health(), power="OffOffline")

    @property
    def cause(self) -> Cause | None:
        """Why it cannot print now, None when it can."""
        signs: tuple[tuple[Cause, bool], ...] = (
            ("disconnected", self.power in {"Off", "OffOffline"}),
            ("paper_end", self.paper == "end"),
            ("cover_open", self.cover == "open"),
            ("cutter_error", self.cutter_error),
            ("error", self.error != "none"),
            ("offline", self.power == "Offline"),
            ("silent", self.power == "Unknown" or "unknown" in {self.paper, self.cover}),
        )
        return next((cause for cause, there in signs if there), None)
