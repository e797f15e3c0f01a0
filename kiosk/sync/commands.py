"""Serves Sync1 to kiosk run: the state, hints to push now, calls for a person, and events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from devices.link.server import Connection
from kiosk.sync.presence import Presence
from kiosk.sync.status import Status


class SyncService:
    """The methods of org.checkstand.Sync1; none waits for the network."""

    def __init__(self, status: Status, presence: Presence, push_now: asyncio.Event) -> None:
        self._status = status
        self._presence = presence
        self._push_now = push_now
        self._speaker: Connection | None = None

    async def get_state(self, _connection: Connection) -> dict[str, Any]:
        """Return what is known now."""
        return {"state": self._status.state()}

    async def lane_state(
        self,
        connection: Connection,
        *,
        screen: str,
        sale_state: str | None,
        outbox_seq: int,
        wants: str | None,
    ) -> None:
        """Take the lane's hint; a newer event in its outbox is pushed, a want is told, at once."""
        if self._speaker is not connection:
            self._speaker = connection
            connection.on_close(lambda: self._fell_silent(connection))
        self._presence.say(screen, sale_state, wants)
        if outbox_seq > self._status.facts.newest_seq:
            self._status.update(newest_seq=outbox_seq)
        if self._status.facts.backlog:
            self._push_now.set()

    def _fell_silent(self, connection: Connection) -> None:
        if self._speaker is connection:
            self._speaker = None
            self._presence.fall_silent()

    async def subscribe(
        self, _connection: Connection, *, since_boot_id: str | None, since_seq: int | None
    ) -> AsyncIterator[dict[str, Any]]:
        """Give every event from here on."""
        async for event in self._status.log.follow(since_boot_id, since_seq):
            yield {"event": event}
