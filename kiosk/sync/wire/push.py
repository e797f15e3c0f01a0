"""Push: a batch of outbox events, gap-free per device and epoch, and the backend's answer to it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.sync.wire.fields import MAX_TEXT, Fields, WireError, dump, load

MAX_BATCH = 5000
"""Most events in one push; a lane never sends more, a backend refuses more."""

MAX_BODY = 1_000_000
"""Longest body of one event, in characters; a longer one is set aside, it does not stop its batch."""


def sha256_of(body: str) -> str:
    """Return the hex SHA-256 of a body's UTF-8 bytes."""
    return hashlib.sha256(body.encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Event:
    """One outbox row. body: raw JSON text, carried as a string so that its bytes stay what the SHA is of."""

    seq: int
    event_id: str
    kind: str
    business_day: str
    occurred_us: int
    body: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Push:
    """Events from_seq, from_seq + 1, … of one device and epoch; none is a question for the acknowledged seq.

    oldest_seq: the first seq the lane still holds; an older one the backend waits for will never come.
    sent_us: the lane's own clock, uncorrected, in microseconds since 1970 UTC.
    """

    device: str
    epoch: int
    from_seq: int
    oldest_seq: int
    sent_us: int
    events: tuple[Event, ...]

    def to_json(self) -> str:
        """Return the request body."""
        return dump(
            {
                "device": self.device,
                "epoch": self.epoch,
                "from_seq": self.from_seq,
                "oldest_seq": self.oldest_seq,
                "sent_us": self.sent_us,
                "events": [_event_values(event) for event in self.events],
            }
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> "Push":
        """Read a request.

        Raises:
            WireError: the batch itself cannot be read; what is wrong inside one body is not looked at here.
        """
        fields = load(text)
        events = tuple(_event(event) for event in fields.objects("events"))
        push = cls(
            device=fields.text("device"),
            epoch=fields.integer("epoch", minimum=1),
            from_seq=fields.integer("from_seq", minimum=1),
            oldest_seq=fields.integer("oldest_seq", minimum=1),
            sent_us=fields.integer("sent_us"),
            events=events,
        )
        return push._checked()

    def _checked(self) -> "Push":
        if len(self.events) > MAX_BATCH:
            raise WireError("events", len(self.events), f"at most {MAX_BATCH} events")
        for expected, event in enumerate(self.events, self.from_seq):
            if event.seq != expected:
                raise WireError("events", f"seq {event.seq}", f"seq {expected}: a batch has no gaps")
        return self


@dataclass(frozen=True, slots=True)
class Rejected:
    """One event that was set aside; it is never sent again.

    reason: conflict (the id was seen with another body), seq_taken (the seq was seen with another id),
    sha256 (the body is not what its SHA says), body (the body cannot be read), kind (unknown).
    """

    seq: int
    event_id: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PushReply:
    """How far a lane's outbox is dealt with.

    acked_seq: every seq up to it is booked, known already, or set aside; send from the next one.
    acked_event_id: the event the backend saw at acked_seq; another one there means that the lane's outbox
    began anew (a wiped or restored disk) and the lane has to ask for a new epoch.
    """

    acked_seq: int
    acked_event_id: str | None
    rejected: tuple[Rejected, ...]
    server_us: int

    def to_json(self) -> str:
        """Return the reply body."""
        return dump(
            {
                "acked_seq": self.acked_seq,
                "acked_event_id": self.acked_event_id,
                "rejected": [
                    {"seq": one.seq, "event_id": one.event_id, "reason": one.reason, "sentence": one.sentence}
                    for one in self.rejected
                ],
                "server_us": self.server_us,
            }
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> "PushReply":
        """Read a reply.

        Raises:
            WireError: the reply cannot be read.
        """
        fields = load(text)
        return cls(
            acked_seq=fields.integer("acked_seq", minimum=0),
            acked_event_id=fields.maybe_text("acked_event_id"),
            rejected=tuple(_rejected(one) for one in fields.objects("rejected")),
            server_us=fields.integer("server_us", minimum=0),
        )


def _event_values(event: Event) -> Mapping[str, object]:
    return {
        "seq": event.seq,
        "event_id": event.event_id,
        "kind": event.kind,
        "business_day": event.business_day,
        "occurred_us": event.occurred_us,
        "body": event.body,
        "sha256": event.sha256,
    }


def _event(fields: Fields) -> Event:
    return Event(
        seq=fields.integer("seq", minimum=1),
        event_id=fields.text("event_id"),
        kind=fields.text("kind"),
        business_day=fields.text("business_day"),
        occurred_us=fields.integer("occurred_us"),
        body=fields.any_text("body"),
        sha256=fields.text("sha256"),
    )


def _rejected(fields: Fields) -> Rejected:
    return Rejected(
        seq=fields.integer("seq", minimum=0),
        event_id=fields.text("event_id"),
        reason=fields.text("reason"),
        sentence=fields.text("sentence", longest=2 * MAX_TEXT),
    )
