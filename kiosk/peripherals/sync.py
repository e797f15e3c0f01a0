"""The lane's end of Sync1: what the backend has, and what has changed there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from devices.link.device import Device, Link
from kiosk.checkout.events import AnyEvent, Condition, Instant, Part, PartChanged, SyncChanged
from kiosk.peripherals.outlet import Outlet

INTERFACE: Final = "org.checkstand.Sync1"
_CONDITIONS: Final = {"Online": Condition.READY, "Unknown": Condition.UNKNOWN, "Offline": Condition.TROUBLE}


@dataclass(frozen=True)
class SyncCalls:
    """What the sync process needs of the running lane.

    Attributes:
        now: both clocks.
        emit: takes an event.
        changed: new versions may be in catalogue.db.
    """

    now: Callable[[], Instant]
    emit: Callable[[AnyEvent], None]
    changed: Callable[[], None]


class Sync:
    """The lane's network process."""

    def __init__(self, socket: Path, calls: SyncCalls) -> None:
        self._calls = calls
        self._outlet = Outlet("sync")
        self._device = Device(socket, INTERFACE, on_state=self._linked, on_event=self._event)
        self._said: dict[str, Any] | None = None
        self._known: SyncChanged | None = None

    async def run(self) -> None:
        """Serve until cancelled."""
        await self._outlet.run_beside(self._device)

    def lane_state(self, screen: str, sale_state: str | None, outbox_seq: int, wants: str | None) -> None:
        """Tell what the lane shows, how far its outbox goes, whom it calls; a new process is told again."""
        self._said = {"screen": screen, "sale_state": sale_state, "outbox_seq": outbox_seq, "wants": wants}
        self._say(self._said)

    def _say(self, said: dict[str, Any]) -> None:
        async def call() -> None:
            if self._device.up:
                await self._device.call("LaneState", said)

        self._outlet.put(call)

    def _linked(self, link: Link) -> None:
        if link.up:
            self._told(link.state)
            self._calls.changed()
            if self._said is not None:
                self._say(self._said)
        else:
            now = self._calls.now()
            self._calls.emit(PartChanged(now, Part.SYNC, Condition.GONE, "daemon"))
            if self._known is not None:
                self._calls.emit(replace(self._known, at=now, told=None))

    def _told(self, state: dict[str, Any]) -> None:
        now = self._calls.now()
        self._calls.emit(PartChanged(now, Part.SYNC, _CONDITIONS[state["backend"]]))
        self._known = SyncChanged(now, state["acked_seq"], state.get("receipt_url"), state.get("told"))
        self._calls.emit(self._known)

    def _event(self, event: dict[str, Any]) -> None:
        self._told(event["state"])
        if event["kind"] == "Changed":
            self._calls.changed()
