"""The lane's end of Scanner1: reads come in once, and are acknowledged once they are safe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from devices.link.device import Device, Link
from kiosk.checkout.events import AnyEvent, Condition, Instant, Misread, Part, PartChanged, ReadRef
from kiosk.peripherals.outlet import Outlet

INTERFACE: Final = "org.checkstand.Scanner1"
_CONDITIONS: Final = {"Online": Condition.READY, "Unknown": Condition.UNKNOWN}


@dataclass(frozen=True)
class ScannerCalls:
    """What the scanner needs of the running lane.

    Attributes:
        now: both clocks.
        emit: takes an event.
        read: takes a code and which read it was.
        same_visit: whether the visit of the stored position is still going on.
    """

    now: Callable[[], Instant]
    emit: Callable[[AnyEvent], None]
    read: Callable[[str, ReadRef], None]
    same_visit: Callable[[], bool]


class Scanner:
    """Every reader the scanner daemon serves."""

    def __init__(self, socket: Path, calls: ScannerCalls, since: tuple[str, int] | None) -> None:
        self._calls = calls
        self._outlet = Outlet("scanner")
        self._device = Device(
            socket,
            INTERFACE,
            claim_as="kiosk run",
            subscribe=lambda: {"same_visit": calls.same_visit()},
            since=since,
            prepare=self._enable,
            on_state=self._linked,
            on_event=self._event,
        )

    async def run(self) -> None:
        """Serve until cancelled."""
        await self._outlet.run_beside(self._device)

    def acknowledge(self, read: ReadRef) -> None:
        """Tell the daemon that it may forget a read."""

        async def call() -> None:
            await self._device.call("Acknowledge", {"boot_id": read.boot_id, "seq": read.seq})

        self._outlet.put(call)

    async def _enable(self, _state: dict[str, Any]) -> None:
        await self._device.call("SetDeviceEnabled", {"enabled": True})

    def _linked(self, link: Link) -> None:
        if link.up:
            self._told(link.state)
        else:
            self._calls.emit(PartChanged(self._calls.now(), Part.SCANNER, Condition.GONE, "daemon"))

    def _told(self, state: dict[str, Any]) -> None:
        condition = _CONDITIONS.get(state["power"], Condition.GONE)
        detail = "" if condition is Condition.READY else "device"
        self._calls.emit(PartChanged(self._calls.now(), Part.SCANNER, condition, detail))

    def _event(self, event: dict[str, Any]) -> None:
        kind = event["kind"]
        if kind == "DataEvent":
            self._calls.read(event["data"], ReadRef(event["device"], event["boot_id"], event["seq"]))
        elif kind == "ErrorEvent":
            self._calls.emit(Misread(self._calls.now(), event["reason"]))
        elif event.get("state"):
            self._told(event["state"])
