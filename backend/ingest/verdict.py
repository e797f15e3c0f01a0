"""Judges the events of one push against what is already booked: new, known, or to be set aside; pure."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from kiosk.sync.wire import JOURNAL_HEAD, SALE, Event, JournalHead, SaleRecord, WireError, sha256_of
from kiosk.sync.wire.fields import storable
from kiosk.sync.wire.push import MAX_BODY

CONFLICT_REASONS = frozenset({"conflict", "seq_taken", "sale_taken"})
"""Reasons that mean two different truths under one name; the whole reply is then 409."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds that a push may touch.

    shas: SHA-256 by event id. seqs: event id by seq, of this device and epoch. sales: sale ids.
    set_aside: (seq, event id, sha) of this device and epoch's dead letters.
    """

    shas: Mapping[str, str]
    seqs: Mapping[int, str]
    sales: AbstractSet[str]
    set_aside: AbstractSet[tuple[int, str, str]]


@dataclass(frozen=True, slots=True)
class SetAside:
    """An event for the dead letters; `again` says that it lies there already and raises no second alarm."""

    event: Event
    reason: str
    sentence: str
    again: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The events of a push, sorted."""

    new: list[Event] = field(default_factory=list)
    sales: list[tuple[Event, SaleRecord]] = field(default_factory=list)
    heads: list[tuple[Event, JournalHead]] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)


class _FaultError(Exception):
    """Why one event cannot be booked."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def judge(events: tuple[Event, ...], known: Known) -> Verdict:
    """Sort the events in their order; the same event twice in one push is booked once."""
    verdict = Verdict()
    shas = dict(known.shas)
    sales = set(known.sales)
    for event in events:
        try:
            _check_bytes(event)
            if _is_known(event, shas, known.seqs):
                continue
            _read(event, verdict, sales)
        except _FaultError as fault:
            again = (event.seq, event.event_id, event.sha256) in known.set_aside
            verdict.aside.append(SetAside(event, fault.reason, str(fault), again))
        else:
            shas[event.event_id] = event.sha256
            verdict.new.append(event)
    return verdict


def _check_bytes(event: Event) -> None:
    if len(event.body) > MAX_BODY or not storable(event.body):
        raise _FaultError(
            "body", f"the body is longer than {MAX_BODY} characters or holds NUL or half a character"
        )
    actual = sha256_of(event.body)
    if actual != event.sha256:
        raise _FaultError("sha256", f"the body's SHA-256 is {actual}, the event says {event.sha256}")


def _is_known(event: Event, shas: Mapping[str, str], seqs: Mapping[int, str]) -> bool:
    known_sha = shas.get(event.event_id)
    if known_sha is not None and known_sha != event.sha256:
        raise _FaultError(
            "conflict",
            f"event {event.event_id} was booked with SHA-256 {known_sha}, now comes with {event.sha256}",
        )
    if known_sha is None and event.seq in seqs:
        raise _FaultError("seq_taken", f"seq {event.seq} was booked as event {seqs[event.seq]}")
    return known_sha is not None


def _read(event: Event, verdict: Verdict, sales: set[str]) -> None:
    """Read the bodies we know; an unknown kind is kept whole for a later release to read."""
    try:
        if event.kind == SALE:
            sale = SaleRecord.from_json(event.body)
            _check_sale(sale, sales)
            verdict.sales.append((event, sale))
        elif event.kind == JOURNAL_HEAD:
            verdict.heads.append((event, JournalHead.from_json(event.body)))
    except WireError as error:
        raise _FaultError("body", str(error)) from error


def _check_sale(sale: SaleRecord, sales: set[str]) -> None:
    numbers = [line.n for line in sale.lines]
    if len(set(numbers)) != len(numbers):
        raise _FaultError("body", "lines: two lines have the same number, expected each once")
    groups = [(group.code, group.rate_thousandths) for group in sale.tax]
    if len(set(groups)) != len(groups):
        raise _FaultError("body", "tax: a rate comes twice, expected each once")
    if sale.sale_id in sales:
        raise _FaultError("sale_taken", f"sale {sale.sale_id} was booked under another event")
    sales.add(sale.sale_id)
