"""Judges the events of one push against what is already booked: new, known, or to be set aside; pure."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from kiosk.sync.wire import Event, JournalHead, SaleRecord, WireError, sha256_of
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


Content = SaleRecord | JournalHead | None
"""What a body holds: None for a kind of a later release, which is kept whole for that one to read."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An event with its body read, or the fault that it has whatever is known already."""

    event: Event
    content: Content = None
    fault: "FaultError | None" = None


class FaultError(Exception):
    """Why one event cannot be booked."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


def open_event(event: Event) -> Opened:
    """Check an event's bytes and read its body."""
    try:
        _check_bytes(event)
        return Opened(event, _content(event))
    except WireError as error:
        return Opened(event, fault=FaultError("body", str(error)))
    except FaultError as fault:
        return Opened(event, fault=fault)


def judge(opened: Sequence[Opened], known: Known) -> Verdict:
    """Sort events in their order; the same event twice in one push is booked once."""
    verdict = Verdict()
    shas = dict(known.shas)
    sales = set(known.sales)
    for one in opened:
        event = one.event
        try:
            if _is_known(one, shas, known.seqs):
                continue
            _sort(one, verdict, sales)
        except FaultError as fault:
            again = (event.seq, event.event_id, event.sha256) in known.set_aside
            verdict.aside.append(SetAside(event, fault.reason, str(fault), again))
        else:
            shas[event.event_id] = event.sha256
            verdict.new.append(event)
    return verdict


def _check_bytes(event: Event) -> None:
    if len(event.body) > MAX_BODY or not storable(event.body):
        raise FaultError("body", f"the body exceeds {MAX_BODY} characters, or holds NUL or half a character")
    actual = sha256_of(event.body)
    if actual != event.sha256:
        raise FaultError("sha256", f"the body's SHA-256 is {actual}, the event says {event.sha256}")


def _content(event: Event) -> Content:
    match event.kind:
        case "sale":
            sale = SaleRecord.from_json(event.body)
            _check_sale(sale)
            return sale
        case "journal_head":
            return JournalHead.from_json(event.body)
        case _:
            return None


def _check_sale(sale: SaleRecord) -> None:
    if len({line.n for line in sale.lines}) != len(sale.lines):
        raise FaultError("body", "lines: two lines have the same number, expected each once")
    if len({(group.code, group.rate_thousandths) for group in sale.tax}) != len(sale.tax):
        raise FaultError("body", "tax: a rate comes twice, expected each once")


def _is_known(one: Opened, shas: Mapping[str, str], seqs: Mapping[int, str]) -> bool:
    event = one.event
    known_sha = shas.get(event.event_id)
    if one.fault is not None:
        raise one.fault
    if known_sha is not None and known_sha != event.sha256:
        raise FaultError(
            "conflict",
            f"event {event.event_id} was booked with SHA-256 {known_sha}, now comes with {event.sha256}",
        )
    if known_sha is None and event.seq in seqs:
        raise FaultError("seq_taken", f"seq {event.seq} was booked as event {seqs[event.seq]}")
    return known_sha is not None


def _sort(one: Opened, verdict: Verdict, sales: set[str]) -> None:
    match one.content:
        case SaleRecord() as sale:
            if sale.sale_id in sales:
                raise FaultError("sale_taken", f"sale {sale.sale_id} was booked under another event")
            sales.add(sale.sale_id)
            verdict.sales.append((one.event, sale))
        case JournalHead() as head:
            verdict.heads.append((one.event, head))
        case None:
            pass
