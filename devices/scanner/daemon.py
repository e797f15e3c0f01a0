"""Serves org.checkstand.Scanner1: every read an event, kept until the lane says it has it."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any, Final

from devices.link.claims import Claims
from devices.link.events import EventLog, new_boot_id
from devices.link.server import Connection
from devices.scanner.journal import Journal
from devices.scanner.reader import Presence, Reader, ReaderThread
from devices.scanner.reads import DataEvent, Read
from devices.scanner.transport import now_ms

# Names of UnifiedPOS where it has one (Scanner statistics, common statistics), ours in the same form.
GOOD: Final = "GoodScanCount"
LINE_FAULTS: Final = "CommunicationErrorCount"
WHILE_DISABLED: Final = "DisabledScanCount"
STALE: Final = "StaleCount"
FAULTS: Final = ("overflow", "gap", "unplugged", "control", "length", "tail")
OF_THE_LINE: Final = frozenset({"overflow", "unplugged"})


class Scanner:
    """The handlers of the interface, and the work of the daemon; all on one event loop.

    Enabled from the start, unlike UnifiedPOS: a shopper's read in the second in which the lane restarts must
    wait for it, not vanish. While disabled, reads and faults are counted and told to nobody.
    """

    def __init__(self, readers: Sequence[Reader], *, clock_ms: Callable[[], float] = now_ms) -> None:
        self._clock_ms = clock_ms
        self._journal = Journal(EventLog(new_boot_id()))
        self._claims = Claims()
        self._enabled = True
        self._presence = {
            each.name: Presence(each, online=False, sentence=f"{each.path} is being opened")
            for each in readers
        }
        self._threads: list[ReaderThread] = []
        self._counts: Counter[str] = Counter()

    async def work(self) -> None:
        """Reads every device until cancelled."""
        loop = asyncio.get_running_loop()

        def on_read(reader: Reader, read: Read) -> None:
            loop.call_soon_threadsafe(self.take, reader, read)

        def on_presence(presence: Presence) -> None:
            loop.call_soon_threadsafe(self.note, presence)

        readers = [each.reader for each in self._presence.values()]
        self._threads = [ReaderThread(each, on_read, on_presence) for each in readers]
        for thread in self._threads:
            thread.start()
        try:
            await asyncio.Event().wait()
        finally:
            for thread in self._threads:
                thread.stop()

    def healthy(self) -> bool:
        """Whether every device still has its thread."""
        return all(thread.alive for thread in self._threads)

    def take(self, reader: Reader, read: Read) -> None:
        """Makes a read or a fault of that reader an event."""
        self._count(read)
        if not self._enabled:
            self._counts[WHILE_DISABLED] += 1
            return
        is_data = isinstance(read, DataEvent)
        self._journal.append(
            {
                "kind": "DataEvent" if is_data else "ErrorEvent",
                "device": reader.name,
                "monotonic_us": int(read.t_ms * 1000),
                "data": read.data if isinstance(read, DataEvent) else None,
                "reason": None if isinstance(read, DataEvent) else read.reason,
                "state": None,
            }
        )

    def note(self, presence: Presence) -> None:
        """Remembers whether a device is there, and says so."""
        self._presence[presence.reader.name] = presence
        self._tell_state(presence.reader.name)

    async def claim(self, connection: Connection, *, client: str, timeout_ms: int) -> None:
        """Claim."""
        await self._claims.claim(connection, client, timeout_ms)

    async def release(self, connection: Connection) -> None:
        """Release."""
        self._claims.release(connection)

    async def set_device_enabled(self, connection: Connection, *, enabled: bool) -> None:
        """SetDeviceEnabled."""
        self._claims.require(connection)
        if enabled != self._enabled:
            self._enabled = enabled
            self._tell_state("")

    async def get_state(self, _connection: Connection) -> dict[str, Any]:
        """GetState."""
        return {"state": self._state()}

    async def acknowledge(self, connection: Connection, *, boot_id: str, seq: int) -> None:
        """Acknowledge."""
        self._claims.require(connection)
        self._journal.acknowledge(boot_id, seq)

    async def subscribe(
        self, _connection: Connection, *, since_boot_id: str | None, since_seq: int | None, same_visit: bool
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Subscribe."""
        since = (since_boot_id, since_seq)
        now_us = int(self._clock_ms() * 1000)
        async for event in self._journal.follow(since, now_us, same_visit=same_visit):
            yield {"event": event}

    async def get_statistics(self, _connection: Connection) -> dict[str, Any]:
        """GetStatistics."""
        known = [GOOD, LINE_FAULTS, WHILE_DISABLED, *map(_fault_name, FAULTS)]
        return {"statistics": {name: self._counts[name] for name in known} | {STALE: self._journal.stale}}

    def _count(self, read: Read) -> None:
        if isinstance(read, DataEvent):
            self._counts[GOOD] += 1
            return
        self._counts[_fault_name(read.reason)] += 1
        if read.reason in OF_THE_LINE:
            self._counts[LINE_FAULTS] += 1

    def _tell_state(self, device: str) -> None:
        self._journal.append(
            {
                "kind": "StatusUpdateEvent",
                "device": device,
                "monotonic_us": int(self._clock_ms() * 1000),
                "data": None,
                "reason": None,
                "state": self._state(),
            }
        )

    def _state(self) -> dict[str, Any]:
        known = list(self._presence.values())
        missing = [each.sentence for each in known if not each.online]
        power = "Unknown" if not known else "Offline" if len(missing) == len(known) else "Online"
        nothing = "no scanner is configured; name one under [scanner]"
        return {
            "boot_id": self._journal.boot_id,
            "power": power,
            "claimed": self._claims.holder is not None,
            "device_enabled": self._enabled,
            "devices": [_device(each) for each in known],
            "sentence": "; ".join(missing) if known else nothing,
        }


def _device(presence: Presence) -> dict[str, Any]:
    reader = presence.reader
    return {
        "name": reader.name,
        "path": reader.path,
        "transport": reader.transport,
        "online": presence.online,
    }


def _fault_name(reason: str) -> str:
    return f"{reason.capitalize()}Count"
