"""What each lane said last, and whether anybody has seen whom it calls; kept in memory alone.

A lane says it anew every ten seconds and at once when the backend has come back, so that a disk would only
keep what is no longer true.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from threading import Lock

from kiosk.sync.wire import LaneSaid


@dataclass(frozen=True, slots=True)
class Heard:
    """One lane's word.

    since_us, heard_us: by our clock, microseconds since 1970 UTC. seen: a console has shown the want.
    """

    device_id: str
    said: LaneSaid
    since_us: int
    heard_us: int
    seen: bool = False

    @property
    def call(self) -> tuple[str, str | None, int]:
        """What tells this want from every other, also from the same one an hour ago."""
        return self.device_id, self.said.wants, self.said.since_us


class Presence:
    """The newest word of each lane; for any thread."""

    def __init__(self) -> None:
        """Begin without having heard of anybody."""
        self._lock = Lock()
        self._heard: dict[str, Heard] = {}

    def hear(self, device_id: str, said: LaneSaid, now_us: int) -> Heard:
        """Take a lane's word; returns how it stands, with what is known of the same want from before."""
        since_us = min(now_us, now_us - (said.sent_us - said.since_us))
        heard = Heard(device_id, said, since_us, now_us)
        with self._lock:
            before = self._heard.get(device_id)
            if before is not None and before.call == heard.call:
                heard = replace(heard, since_us=before.since_us, seen=before.seen)
            self._heard[device_id] = heard
        return heard

    def all(self) -> Mapping[str, Heard]:
        """Return the newest word of each device heard of."""
        with self._lock:
            return dict(self._heard)

    def show(self, shown: Iterable[Heard]) -> None:
        """Note that a console has shown these; a want that came since is not among them."""
        with self._lock:
            for each in shown:
                now = self._heard[each.device_id]
                if now.call == each.call:
                    self._heard[each.device_id] = replace(now, seen=True)
