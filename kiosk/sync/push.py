"""Sends the outbox to the backend, batch by batch, from the first event it does not have."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.sync.disk import Disk
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.ledger import Ledger
from kiosk.sync.outbox import Outbox, Span
from kiosk.sync.patience import BatchSize
from kiosk.sync.transport import Backend, BackendError
from kiosk.sync.wire import EnrolReply, Event, Push, PushReply

TOO_MUCH: Final = frozenset({413, 500, 502, 503, 504})
"""Answers after which a smaller batch is worth trying."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What one push came to.

    newest_seq: of the lane's outbox. anew: the backend counts from another start than we.
    """

    acked_seq: int
    newest_seq: int
    rejected: int
    anew: bool

    @property
    def more(self) -> bool:
        """Whether events wait still."""
        return self.newest_seq > self.acked_seq


class Pusher:
    """Pushes for one enrolment."""

    def __init__(self, backend: Backend, outbox: Outbox, ledger: Ledger, disk: Disk, most: int) -> None:
        self._backend = backend
        self._outbox = outbox
        self._ledger = ledger
        self._disk = disk
        self._batch = BatchSize(most)

    async def waiting(self) -> Span:
        """Return what the outbox holds now."""
        return await self._disk.do(self._outbox.span)

    async def push(self, now_us: Callable[[], int]) -> Pushed:
        """Send the next batch, empty if there is none: the reply then tells how far the backend is.

        Raises:
            BackendError: nothing is acknowledged; the same batch or a smaller one goes next time.
            WireError: the backend's reply cannot be read.
        """
        push, span = await self._disk.do(self._next, now_us)
        try:
            answer = await self._backend.ask("POST", "/v1/push", push.to_json())
        except BackendError as error:
            if error.reason == "epoch":  # it has begun one that we did not hear of
                return Pushed(push.from_seq - 1, span.newest, 0, anew=True)
            if error.status in TOO_MUCH or error.reason == "timeout":
                self._batch.too_much()
            raise
        reply = PushReply.from_json(answer.body)
        anew = await self._disk.do(self._note, reply, now_us())
        self._batch.went_well()
        return Pushed(reply.acked_seq, span.newest, len(reply.rejected), anew)

    async def new_epoch(self) -> Enrolment:
        """Have the backend take our outbox from its beginning; what it knows by id stays booked once.

        Raises:
            BackendError: it did not.
            WireError: its reply cannot be read.
        """
        answer = await self._backend.ask("POST", "/v1/epoch", "{}")
        return self._backend.enrolment.with_reply(EnrolReply.from_json(answer.body))

    def _next(self, now_us: Callable[[], int]) -> tuple[Push, Span]:
        acked = self._ledger.position("acked_seq")
        span = self._outbox.span()
        events = self._outbox.after(acked, self._batch.size)
        first = events[0].seq if events else acked + 1
        gap = first > acked + 1
        enrolment = self._backend.enrolment
        push = Push(
            device=enrolment.device,
            epoch=enrolment.epoch,
            from_seq=first,
            oldest_seq=first if gap else (span.oldest or first),
            sent_us=now_us(),
            events=_gapless(events),
        )
        return push, span

    def _note(self, reply: PushReply, now_us: int) -> bool:
        self._ledger.acknowledge(self._backend.enrolment.identity, reply.acked_seq, reply.rejected, now_us)
        return began_anew(self._outbox, reply)


def began_anew(outbox: Outbox, reply: PushReply) -> bool:
    """Tell whether our outbox is another one than the backend acknowledged: a disk was wiped or put back.

    Nothing is concluded from an outbox that is empty or not there yet.
    """
    span = outbox.span()
    if span.newest == 0 or reply.acked_seq == 0:
        return False
    ours = outbox.event_id(reply.acked_seq)
    return span.newest < reply.acked_seq or (ours is not None and ours != reply.acked_event_id)


def _gapless(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events up to the first gap between them."""
    kept: list[Event] = []
    for event in events:
        if kept and event.seq != kept[-1].seq + 1:
            break
        kept.append(event)
    return tuple(kept)
