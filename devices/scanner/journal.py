"""What happened since the daemon started: numbered events, and the reads nobody has acknowledged yet."""

from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final

from devices.link.events import EventLog

STALE_AFTER_US: Final = 5_000_000
"""A read this old, in microseconds, belongs to a shopper who may have left."""
MAX_UNACKNOWLEDGED: Final = 1000


class Journal:
    """Events of one run in order, as objects of org.checkstand.Scanner1.Event.

    A DataEvent is kept until it is acknowledged or goes stale, other events as long as the log's ring has
    them. Use it from one event loop.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._reads: dict[int, dict[str, Any]] = {}
        self.stale = 0
        """Reads that were dropped because nobody took them in time."""

    @property
    def boot_id(self) -> str:
        """The identity of this run."""
        return self._log.boot_id

    def append(self, event: Mapping[str, Any]) -> None:
        """Numbers an event and tells the subscribers."""
        numbered = self._log.append(event)
        if numbered["kind"] == "DataEvent":
            self._reads[numbered["seq"]] = numbered
            if len(self._reads) > MAX_UNACKNOWLEDGED:
                del self._reads[next(iter(self._reads))]
                self.stale += 1

    def acknowledge(self, boot_id: str, seq: int) -> None:
        """Forgets the reads up to `seq`; those of another run are gone already."""
        if boot_id == self.boot_id:
            for known in [each for each in self._reads if each <= seq]:
                del self._reads[known]

    async def follow(
        self, since: tuple[str | None, int | None], now_us: int, *, same_visit: bool
    ) -> AsyncGenerator[dict[str, Any], None]:
        """What the subscriber has missed, then everything new, for ever.

        Args:
            since: boot_id and seq of the last event it has stored, or None and None.
            now_us: the present, on the clock of the events' monotonic_us.
            same_visit: whether the shopper is still the one the reads were made by; if not, those older than
                5 s become ErrorEvents "stale", for this and every later subscriber.
        """
        present = self._log.last_seq
        for event in self._missed(since, now_us, same_visit=same_visit):
            yield event
        async for event in self._log.follow(self.boot_id, present):
            yield event

    def _missed(
        self, since: tuple[str | None, int | None], now_us: int, *, same_visit: bool
    ) -> list[dict[str, Any]]:
        boot_id, seq = since
        known = seq if boot_id == self.boot_id and seq is not None else None
        missed = [] if known is None else self._faults_after(known)
        for number, read in list(self._reads.items()):
            if known is not None and number <= known:
                continue
            if not same_visit and now_us - read["monotonic_us"] > STALE_AFTER_US:
                del self._reads[number]
                self.stale += 1
                missed.append({**read, "kind": "ErrorEvent", "data": None, "reason": "stale"})
            else:
                missed.append(read)
        return sorted(missed, key=lambda event: int(event["seq"]))

    def _faults_after(self, seq: int) -> list[dict[str, Any]]:
        return [event for event in self._log.after(seq) if event["kind"] != "DataEvent"]
