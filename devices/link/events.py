"""The ring of a daemon's latest events, each with boot_id and seq, and following it without a gap."""

import asyncio
import uuid
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from typing import Any

RING = 1024
"""Events kept for a subscriber that was away."""


def new_boot_id() -> str:
    """An identity for one run of a daemon: 32 hexadecimal digits, never used twice."""
    return uuid.uuid4().hex


class EventLog:
    """Events of one run, numbered from 1 without gaps. Use it from one event loop.

    ::

        log = EventLog(new_boot_id())
        log.append({"kind": "StatusUpdateEvent", "state": state})        # boot_id and seq are put in
        async for event in log.follow(since_boot_id, since_seq): ...     # endless
    """

    def __init__(self, boot_id: str, size: int = RING) -> None:
        self.boot_id = boot_id
        self._ring: deque[dict[str, Any]] = deque(maxlen=size)
        self._last_seq = 0
        self._news = asyncio.Event()

    @property
    def last_seq(self) -> int:
        """The newest event's seq; 0 before the first."""
        return self._last_seq

    def append(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """Number an event, keep it, wake the followers; returns it with boot_id and seq."""
        self._last_seq += 1
        numbered = {**event, "boot_id": self.boot_id, "seq": self._last_seq}
        self._ring.append(numbered)
        self._news.set()
        self._news = asyncio.Event()
        return numbered

    def after(self, seq: int) -> list[dict[str, Any]]:
        """Events with a higher seq, oldest first; those that have left the ring are missing."""
        wanted = min(max(self._last_seq - seq, 0), len(self._ring))
        return [self._ring[index] for index in range(len(self._ring) - wanted, len(self._ring))]

    def start(self, since_boot_id: str | None, since_seq: int | None) -> int:
        """The seq a subscriber goes on after: its own if it knows this run, else the present."""
        if since_boot_id == self.boot_id and since_seq is not None:
            return since_seq
        return self._last_seq

    async def wait_after(self, seq: int) -> None:
        """Return as soon as there is an event with a higher seq."""
        while self._last_seq <= seq:
            await self._news.wait()

    async def follow(
        self, since_boot_id: str | None, since_seq: int | None
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Every event after the given one, then every new one, for ever.

        The position is fixed when the first event is asked for. A follower so slow that events leave the ring
        before it takes them goes on with the oldest kept; the jump in seq shows it.

        Args:
            since_boot_id: of the last event the subscriber has, or None.
            since_seq: of that event, or None. Another run's, or None: from the present on.
        """
        seq = self.start(since_boot_id, since_seq)
        while True:
            for event in self.after(seq):
                seq = event["seq"]
                yield event
            await self.wait_after(seq)
