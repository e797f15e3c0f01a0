"""Books one push in one transaction: events, sales, stock, dead letters, alarms, and the acknowledged seq."""

import json
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from backend.ingest.rows import (
    Origin,
    Row,
    event_row,
    head_row,
    level_rows,
    line_rows,
    move_rows,
    sale_row,
    tax_rows,
    tender_rows,
)
from backend.ingest.verdict import Known, Opened, SetAside, Verdict, judge, open_event
from backend.storage.bulk import add_rows, insert_rows
from backend.storage.tables import (
    Alarm,
    DeadLetter,
    Epoch,
    Event,
    JournalHead,
    Sale,
    SaleLine,
    SaleTax,
    StockLevel,
    StockMove,
    Tender,
    table,
)
from kiosk.sync.wire import Event as PushedEvent
from kiosk.sync.wire import JournalHead as PushedHead
from kiosk.sync.wire import Push, PushReply, Rejected, SaleRecord, sums_differ

_ALARM, _DEAD_LETTER, _EPOCH, _EVENT = table(Alarm), table(DeadLetter), table(Epoch), table(Event)
_HEAD, _SALE, _LINE, _TAX = table(JournalHead), table(Sale), table(SaleLine), table(SaleTax)
_MOVE, _LEVEL, _TENDER = table(StockMove), table(StockLevel), table(Tender)

MAX_SKEW_MS = 60_000
"""A lane's clock further off than this is an alarm; sales are ordered by seq, never by clock."""


def book(connection: Connection, push: Push, origin: Origin) -> PushReply:
    """Book a push; the same push again changes nothing and is answered the same.

    Events are taken in the order of their seq only. A push that starts beyond the acknowledged seq is not
    booked but answered with that seq, so that the lane goes back; unless the lane holds nothing older, when
    the missing seqs are a hole, recorded with an alarm.
    """
    state = connection.execute(select(_EPOCH).where(*_this_epoch(_EPOCH, origin))).one()
    acked, acked_id = int(state.acked_seq), state.acked_event_id
    _note_clock(connection, push, origin, state.skew_ms)
    if push.from_seq > acked + 1:
        if push.from_seq != push.oldest_seq or not push.events:
            return PushReply(acked, acked_id, (), origin.received_us)
        hole = f"the lane no longer holds its events {acked + 1} to {push.from_seq - 1}"
        _raise_alarms(connection, origin, [("hole", hole)])
    aside = _take_in(connection, [open_event(event) for event in push.events], origin)
    last = push.from_seq + len(push.events) - 1
    if push.events and last > acked:
        acked, acked_id = last, push.events[-1].event_id
        reached = {"acked_seq": acked, "acked_event_id": acked_id}
        connection.execute(update(_EPOCH).where(*_this_epoch(_EPOCH, origin)).values(reached))
    rejected = tuple(_rejected(one) for one in aside)
    return PushReply(acked, acked_id, rejected, origin.received_us)


def _take_in(connection: Connection, opened: Sequence[Opened], origin: Origin) -> list[SetAside]:
    """Judge and store events that follow each other.

    Events that the database refuses together are tried one by one, so that one which it will never take does
    not stand in the way of the others.
    """
    try:
        with connection.begin_nested():
            verdict = judge(opened, _known(connection, opened, origin))
            _store(connection, verdict, origin)
            _set_aside(connection, verdict.aside, origin)
    except OperationalError:
        raise  # the disk is full, the file is gone: not the events' fault
    except (DBAPIError, OverflowError) as error:
        if len(opened) == 1:
            aside = SetAside(
                opened[0].event, "fault", f"the database refuses it: {error}"[:1000], again=False
            )
            _set_aside(connection, [aside], origin)
            return [aside]
        return [aside for one in opened for aside in _take_in(connection, [one], origin)]
    return verdict.aside


def _note_clock(connection: Connection, push: Push, origin: Origin, old_skew_ms: int | None) -> None:
    """Keep when the lane was last here and how far its clock is off; a jump past the bound is an alarm."""
    skew_ms = (origin.received_us - push.sent_us) // 1000
    seen = {"last_seen_us": origin.received_us, "skew_ms": skew_ms}
    connection.execute(update(_EPOCH).where(*_this_epoch(_EPOCH, origin)).values(seen))
    if abs(skew_ms) > MAX_SKEW_MS >= abs(old_skew_ms or 0):
        behind = "behind" if skew_ms > 0 else "ahead of"
        said = f"the lane's clock is {abs(skew_ms) // 1000} s {behind} the backend's"
        _raise_alarms(connection, origin, [("clock", said)])


def _this_epoch(of: Table, origin: Origin) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return of.c.device_id == origin.device_id, of.c.epoch == origin.epoch


def _known(connection: Connection, opened: Sequence[Opened], origin: Origin) -> Known:
    if not opened:
        return Known({}, {}, frozenset(), frozenset())
    ids = [one.event.event_id for one in opened]
    sale_ids = [one.content.sale_id for one in opened if isinstance(one.content, SaleRecord)]
    first, last = opened[0].event.seq, opened[-1].event.seq
    here = _this_epoch(_EVENT, origin)
    shas = connection.execute(select(_EVENT.c.event_id, _EVENT.c.sha256).where(_EVENT.c.event_id.in_(ids)))
    seqs = connection.execute(
        select(_EVENT.c.seq, _EVENT.c.event_id).where(*here, _EVENT.c.seq.between(first, last))
    )
    sales = connection.execute(select(_SALE.c.sale_id).where(_SALE.c.sale_id.in_(sale_ids)))
    letters = connection.execute(
        select(_DEAD_LETTER.c.seq, _DEAD_LETTER.c.event_id, _DEAD_LETTER.c.sha256).where(
            *_this_epoch(_DEAD_LETTER, origin), _DEAD_LETTER.c.seq.between(first, last)
        )
    )
    return Known(
        shas={row.event_id: row.sha256 for row in shas},
        seqs={row.seq: row.event_id for row in seqs},
        sales=set(sales.scalars()),
        set_aside={(row.seq, row.event_id, row.sha256) for row in letters},
    )


def _peek(event: PushedEvent, name: str) -> object:
    """Return one value of a body that may be anything, for what can be saved of it."""
    try:
        values = json.loads(event.body)
    except (ValueError, RecursionError):
        return None
    return values.get(name) if isinstance(values, dict) else None


def _store(connection: Connection, verdict: Verdict, origin: Origin) -> None:
    sales = [sale for _, sale in verdict.sales]
    insert_rows(connection, _EVENT, [event_row(event, origin) for event in verdict.new])
    insert_rows(connection, _SALE, [sale_row(event, sale, origin) for event, sale in verdict.sales])
    insert_rows(connection, _LINE, [row for sale in sales for row in line_rows(sale, origin)])
    insert_rows(connection, _TAX, [row for sale in sales for row in tax_rows(sale, origin)])
    insert_rows(connection, _TENDER, [row for sale in sales for row in tender_rows(sale, origin)])
    moves = [row for event, sale in verdict.sales for row in move_rows(event, sale, origin)]
    insert_rows(connection, _MOVE, moves)
    add_rows(connection, _LEVEL, level_rows(sales, origin), "on_hand_milli")
    wrong = [(sale.receipt_no, sentence) for sale in sales if (sentence := sums_differ(sale)) is not None]
    _raise_alarms(
        connection, origin, [("sums", f"receipt {number}: {sentence}") for number, sentence in wrong]
    )
    for event, head in verdict.heads:
        _store_head(connection, event, head, origin)


def _store_head(connection: Connection, event: PushedEvent, head: PushedHead, origin: Origin) -> None:
    newest = connection.execute(
        select(_HEAD.c["count"].label("entries"), _HEAD.c.head)
        .where(_HEAD.c.device_id == origin.device_id, _HEAD.c.public_key == head.public_key)
        .order_by(_HEAD.c["count"].desc(), _HEAD.c.seq)
        .limit(1)
    ).first()
    alarms = []
    if newest and (head.count, head.head) != (newest.entries, newest.head) and head.count <= newest.entries:
        alarms.append(f"the audit journal had {newest.entries} entries, now a head over {head.count} differs")
    if head.public_key != origin.public_key:
        alarms.append("the audit journal is signed with a key that is not the lane's")
    _raise_alarms(connection, origin, [("journal", sentence) for sentence in alarms])
    connection.execute(insert(_HEAD).values(head_row(event, head, origin)))


def _set_aside(connection: Connection, aside: list[SetAside], origin: Origin) -> None:
    fresh = [one for one in aside if not one.again]
    insert_rows(connection, _DEAD_LETTER, [_letter_row(one, origin) for one in fresh])
    alarms = [
        ("dead_letter", f"event {one.event.event_id}, seq {one.event.seq}: {one.sentence}") for one in fresh
    ]
    _raise_alarms(connection, origin, alarms)


def _letter_row(aside: SetAside, origin: Origin) -> Row:
    event = aside.event
    total = _peek(event, "total_minor")
    return {
        "device_id": origin.device_id,
        "epoch": origin.epoch,
        "seq": event.seq,
        "event_id": event.event_id,
        "sha256": event.sha256,
        "store_id": origin.store_id,
        "kind": event.kind,
        "reason": aside.reason,
        "sentence": aside.sentence,
        "received_us": origin.received_us,
        "total_minor": total if isinstance(total, int) and abs(total) < 1 << 63 else None,
        "body": event.body.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode(),
    }


def _raise_alarms(connection: Connection, origin: Origin, alarms: list[tuple[str, str]]) -> None:
    common: Row = {
        "store_id": origin.store_id,
        "device_id": origin.device_id,
        "raised_us": origin.received_us,
    }
    if alarms:
        rows = [common | {"kind": kind, "sentence": said} for kind, said in alarms]
        connection.execute(insert(_ALARM), rows)


def _rejected(aside: SetAside) -> Rejected:
    return Rejected(aside.event.seq, aside.event.event_id, aside.reason, aside.sentence)
