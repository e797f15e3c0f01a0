"""The work of kiosk sync: push and pull side by side for whichever backend we are enrolled with, for ever."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from kiosk.store.lane_key import LaneKeyError, load_or_create
from kiosk.sync import enrolment as enrolments
from kiosk.sync.disk import Disk
from kiosk.sync.enrolment import Enrolment, EnrolmentError
from kiosk.sync.ledger import Ledger
from kiosk.sync.outbox import Outbox
from kiosk.sync.patience import Backoff
from kiosk.sync.presence import Presence
from kiosk.sync.pull import Puller
from kiosk.sync.push import Pushed, Pusher
from kiosk.sync.status import Status
from kiosk.sync.transport import Backend, BackendError, patience
from kiosk.sync.wire import WireError

T = TypeVar("T")

LOOK_S: Final = 1.0
"""How often the outbox and the enrolment are looked at without a hint."""

HEARTBEAT_S: Final = 60.0
"""A lane with nothing to say still says so, and hears how far the backend is."""

EPOCH_PAUSE_S: Final = 60.0
"""At most one new epoch in this time: two machines with one key must not chase each other."""

NOT_ENROLLED: Final = "not enrolled: ask the shop for a code and run kiosk sync enrol CODE"

_LOG: Final = logging.getLogger(__name__)
_FAULTS: Final = (BackendError, WireError, sqlite3.Error, OSError)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the process is given: its directory, patience, clocks and chance.

    address: where the backend is, if not where it was when the lane was enrolled; its CA stays the same.
    """

    state: Path
    address: str | None
    interval_s: float
    timeout_s: float
    batch: int
    wall_us: Callable[[], int]
    monotonic_s: Callable[[], float]
    random: Callable[[], float]


class Process:
    """Owns catalogue.db and the exchange with the backend."""

    def __init__(
        self,
        given: Surroundings,
        status: Status,
        ledger: Ledger,
        presence: Presence,
        push_now: asyncio.Event,
    ) -> None:
        self._given = given
        self._status = status
        self._ledger = ledger
        self._presence = presence
        self._push_now = push_now
        self._outbox = Outbox(given.state)
        self._disk = Disk()
        self._last_epoch_s = -EPOCH_PAUSE_S

    async def run(self) -> None:
        """Serve until cancelled; without an enrolment, wait for one."""
        try:
            while True:
                await self._once()
        finally:
            await self._disk.do(self._outbox.close)
            self._disk.close()

    async def _once(self) -> None:
        """Work for the enrolment there is until it changes."""
        try:
            enrolment = await self._disk.do(enrolments.read, self._given.state)
            if enrolment is None:
                self._status.update(enrolled=False, backend="Unknown", sentence=NOT_ENROLLED)
                await self._look_without_backend()
                return
            key = await self._disk.do(load_or_create, self._given.state)
            reached = replace(enrolment, url=self._given.address or enrolment.url)
            backend = Backend(reached, key, self._given.wall_us, self._given.timeout_s)
            await self._disk.do(self._ledger.belongs_to, enrolment.backend, enrolment.identity)
        except (EnrolmentError, LaneKeyError, ValueError, *_FAULTS) as error:
            self._status.update(enrolled=False, backend="Unknown", sentence=str(error))
            await asyncio.sleep(LOOK_S)
            return
        async with backend:
            await self._tell_enrolled(reached)
            await _first_of(
                self._push_on(
                    Pusher(backend, self._outbox, self._ledger, self._disk, self._given.batch), backend
                ),
                self._pull_on(Puller(backend, self._ledger, self._disk), backend),
                self._presence.tell_on(backend, self._given.random),
                self._watch(enrolment),
            )
        self._presence.lose()

    async def _look_without_backend(self) -> None:
        span = await self._disk.do(self._outbox.span)
        version = await self._disk.do(self._ledger.position, "catalogue")
        self._status.update(newest_seq=span.newest, catalogue_version=version)
        await asyncio.sleep(LOOK_S)

    async def _tell_enrolled(self, enrolment: Enrolment) -> None:
        acked = await self._disk.do(self._ledger.position, "acked_seq")
        version = await self._disk.do(self._ledger.position, "catalogue")
        url = await self._disk.do(self._ledger.setting, "receipt_url")
        self._status.update(
            enrolled=True,
            acked_seq=acked,
            catalogue_version=version,
            receipt_url=url or f"{enrolment.url}/r/{{receipt}}",
            sentence=f"looking for the backend at {enrolment.url}",
        )

    async def _watch(self, enrolment: Enrolment) -> None:
        """Return when the enrolment on disk is another one."""
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                if await self._disk.do(enrolments.read, self._given.state) != enrolment:
                    return
            except EnrolmentError:
                return

    async def _push_on(self, pusher: Pusher, backend: Backend) -> None:
        """Push for ever; returns once a new epoch has been written down."""
        backoff = Backoff(self._given.random)
        heartbeat_s = -HEARTBEAT_S
        while True:
            self._push_now.clear()  # before looking: a hint that comes meanwhile is not lost
            span = await pusher.waiting()
            self._status.update(newest_seq=max(span.newest, self._status.facts.newest_seq))
            idle_s = self._given.monotonic_s() - heartbeat_s
            if span.newest <= self._status.facts.acked_seq and idle_s < HEARTBEAT_S:
                await patience(self._push_now, LOOK_S)
                continue
            pushed = await self._try(lambda: pusher.push(self._given.wall_us), backend, backoff)
            if pushed is None:
                continue
            heartbeat_s = self._given.monotonic_s()
            self._note_pushed(pushed)
            if pushed.anew and await self._begin_anew(pusher, backend, backoff):
                return

    def _note_pushed(self, pushed: Pushed) -> None:
        if pushed.rejected:
            _LOG.error("the backend set %d events aside: see its console under Lanes", pushed.rejected)
        self._status.update(acked_seq=pushed.acked_seq, newest_seq=pushed.newest_seq)

    async def _begin_anew(self, pusher: Pusher, backend: Backend, backoff: Backoff) -> bool:
        """Have the outbox taken from its beginning; tells whether that was agreed and written down."""
        now_s = self._given.monotonic_s()
        if now_s - self._last_epoch_s < EPOCH_PAUSE_S:
            await asyncio.sleep(LOOK_S)
            return False
        self._last_epoch_s = now_s
        _LOG.warning("the outbox is another one than the backend knows: a new epoch begins")
        renewed = await self._try(pusher.new_epoch, backend, backoff)
        if renewed is None:
            return False
        await self._disk.do(self._write_down, renewed)
        return True

    def _write_down(self, renewed: Enrolment) -> None:
        kept = enrolments.read(self._given.state)
        url = kept.url if kept else renewed.url
        enrolments.write(self._given.state, replace(renewed, url=url))

    async def _pull_on(self, puller: Puller, backend: Backend) -> None:
        """Pull for ever."""
        backoff = Backoff(self._given.random)
        while True:
            pulled = await self._try(puller.pull, backend, backoff)
            if pulled is None:
                continue
            url = pulled.receipt_url or f"{backend.enrolment.url}/r/{{receipt}}"
            self._status.update(catalogue_version=pulled.version, receipt_url=url)
            if not pulled.more:
                await asyncio.sleep(self._given.interval_s)

    async def _try(self, work: Callable[[], Awaitable[T]], backend: Backend, backoff: Backoff) -> T | None:
        """Do one exchange and note how it went; after a failure, wait and return None."""
        try:
            done = await work()
        except _FAULTS as error:
            await self._failed(error, backoff)
            return None
        backoff.succeeded()
        skew_ms = (backend.offset_us or 0) // 1000
        self._status.update(
            backend="Online", skew_ms=skew_ms, sentence=f"the backend at {backend.enrolment.url} answers"
        )
        return done

    async def _failed(self, error: Exception, backoff: Backoff) -> None:
        waiting = self._status.facts.backlog
        kept = f"; {waiting} events wait" if waiting else ""
        was_there = self._status.facts.backend != "Offline"
        self._status.update(backend="Offline", sentence=f"{error}{kept}")
        if was_there:
            self._presence.lose()
        await asyncio.sleep(backoff.failed(getattr(error, "retry_after_s", 0.0)))


async def _first_of(*works: Awaitable[None]) -> None:
    """Run side by side until one returns (or fails), then end the others."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
