"""What kiosk run is told of sync: the Sync1 state, and an event for every change of it."""

from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from devices.link.events import EventLog

MAX_STEADY_SKEW_MS: Final = 1000
"""A clock difference that moves less than this makes no event."""

Reach = Literal["Unknown", "Online", "Offline"]


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of Sync1's State but boot_id; newest_seq is the lane's newest outbox seq known."""

    enrolled: bool = False
    backend: Reach = "Unknown"
    catalogue_version: int = 0
    acked_seq: int = 0
    newest_seq: int = 0
    receipt_url: str | None = None
    skew_ms: int = 0
    told: str | None = None
    sentence: str = "starting"

    @property
    def backlog(self) -> int:
        """Events the backend does not have yet."""
        return max(0, self.newest_seq - self.acked_seq)


class Status:
    """Holds the facts of one run; each change becomes one event of the right kind. For one event loop."""

    def __init__(self, boot_id: str) -> None:
        self.facts = Facts()
        self.log = EventLog(boot_id)

    def state(self) -> dict[str, Any]:
        """Return Sync1's State."""
        facts = self.facts
        return {
            "boot_id": self.log.boot_id,
            "enrolled": facts.enrolled,
            "backend": facts.backend,
            "versions": {"catalogue": facts.catalogue_version},
            "acked_seq": facts.acked_seq,
            "backlog": facts.backlog,
            "receipt_url": facts.receipt_url,
            "skew_ms": facts.skew_ms,
            "told": facts.told,
            "sentence": facts.sentence,
        }

    def update(self, **changed: Any) -> None:  # noqa: ANN401 - the fields of Facts, checked by replace
        """Set facts; tell of it if anything a lane cares for is new."""
        before, self.facts = self.facts, replace(self.facts, **changed)
        if kind := _kind(before, self.facts):
            self.log.append({"kind": kind, "state": self.state()})


def _kind(before: Facts, after: Facts) -> str | None:
    if after.catalogue_version != before.catalogue_version:
        return "Changed"
    if after.acked_seq != before.acked_seq:
        return "Pushed"
    steady = abs(after.skew_ms - before.skew_ms) < MAX_STEADY_SKEW_MS
    quiet = replace(before, newest_seq=0, skew_ms=0) == replace(after, newest_seq=0, skew_ms=0)
    return None if quiet and steady else "StatusUpdateEvent"
