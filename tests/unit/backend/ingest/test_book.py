from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.ingest.rows import Origin
from kiosk.sync.wire import Event, JournalHead, PushReply
from tests.backend_room import Room, opened
from tests.wire_samples import batch, event, sale, sale_event


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path) as made:
        yield made


@pytest.fixture
def origin(room: Room) -> Origin:
    return room.origin(room.enrol())


def alarms(room: Room) -> list[str]:
    return [row[0] for row in room.rows("SELECT kind FROM alarm ORDER BY alarm_id")]


def booked(room: Room) -> tuple[int, int, int]:
    """Sales, their money, and what the ledger of stock comes to."""
    sales = room.rows("SELECT count(*), coalesce(sum(total_minor), 0) FROM sale")[0]
    moved = room.rows("SELECT coalesce(sum(delta_milli), 0) FROM stock_move")[0][0]
    levels = room.rows("SELECT coalesce(sum(on_hand_milli), 0) FROM stock_level")[0][0]
    assert moved == levels
    return sales[0], sales[1], moved


def test_a_push_is_booked_once_however_often_it_comes(room: Room, origin: Origin) -> None:
    push = batch(sale_event(1), sale_event(2))
    first = room.book(push, origin)
    assert first == PushReply(2, "event-2", (), room.now_us)
    for _ in range(3):
        assert room.book(push, origin) == first
    assert booked(room) == (2, 616, -4000)
    assert room.rows("SELECT count(*) FROM tender") == [(2,)]
    assert alarms(room) == []


def test_an_empty_push_asks_how_far_we_are(room: Room, origin: Origin) -> None:
    assert room.book(batch(), origin).acked_seq == 0
    room.book(batch(sale_event(1)), origin)
    reply = room.book(batch(), origin)
    assert (reply.acked_seq, reply.acked_event_id) == (1, "event-1")


def test_overlapping_pushes_add_only_what_is_new(room: Room, origin: Origin) -> None:
    room.book(batch(sale_event(1), sale_event(2)), origin)
    assert room.book(batch(sale_event(2), sale_event(3)), origin).acked_seq == 3
    assert room.book(batch(sale_event(1)), origin).acked_seq == 3
    assert booked(room)[0] == 3


def test_a_push_from_beyond_is_answered_with_where_we_are(room: Room, origin: Origin) -> None:
    room.book(batch(sale_event(1)), origin)
    reply = room.book(batch(sale_event(3)), origin)
    assert (reply.acked_seq, reply.acked_event_id) == (1, "event-1")
    assert booked(room)[0] == 1


def test_events_the_lane_no_longer_holds_are_a_hole_with_an_alarm(room: Room, origin: Origin) -> None:
    room.book(batch(sale_event(1)), origin)
    reply = room.book(replace(batch(sale_event(4)), oldest_seq=4), origin)
    assert reply.acked_seq == 4
    assert room.rows("SELECT sentence FROM alarm") == [("the lane no longer holds its events 2 to 3",)]
    assert booked(room)[0] == 2


def test_bad_events_are_set_aside_once_and_the_rest_is_booked(room: Room, origin: Origin) -> None:
    bad = event(2, '{"total_minor": 500}')
    push = batch(sale_event(1), bad, sale_event(3))
    for _ in range(2):
        reply = room.book(push, origin)
        assert [(one.seq, one.event_id, one.reason) for one in reply.rejected] == [(2, "event-2", "body")]
        assert reply.acked_seq == 3
    assert room.rows("SELECT seq, total_minor, body FROM dead_letter") == [(2, 500, bad.body)]
    assert alarms(room) == ["dead_letter"]
    assert booked(room)[0] == 2


@pytest.mark.parametrize(
    ("body", "money"),
    [("[]", None), ('{"total_minor": "5"}', None), ('{"total_minor": 1e30}', None), ("a\x00", None)],
)
def test_money_that_cannot_be_read_is_not_guessed(
    room: Room, origin: Origin, body: str, money: int | None
) -> None:
    room.book(batch(event(1, body)), origin)
    assert room.rows("SELECT total_minor FROM dead_letter") == [(money,)]


def test_the_same_id_with_another_body_keeps_the_first(room: Room, origin: Origin) -> None:
    room.book(batch(sale_event(1)), origin)
    other = event(2, sale(1, quantity=5).to_json(), event_id="event-1")
    reply = room.book(batch(other), origin)
    assert [one.reason for one in reply.rejected] == ["conflict"]
    assert booked(room) == (1, 308, -2000)
    assert alarms(room) == ["dead_letter"]


def test_a_new_epoch_sends_everything_again_and_nothing_is_booked_twice(room: Room, origin: Origin) -> None:
    room.book(batch(sale_event(1), sale_event(2)), origin)
    later = room.origin(room.enrol())
    assert later.epoch == 2
    reply = room.book(batch(sale_event(1), sale_event(2), sale_event(3), epoch=2), later)
    assert (reply.acked_seq, reply.rejected) == (3, ())
    assert booked(room)[0] == 3


def test_what_the_database_refuses_stands_in_nobody_s_way(room: Room, origin: Origin) -> None:
    room.house.writer.run(
        lambda connection: connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON sale WHEN NEW.receipt_no = '2'"
            " BEGIN SELECT RAISE(ABORT, 'never'); END"
        )
    )
    push = batch(sale_event(1), sale_event(2), sale_event(3))
    reply = room.book(push, origin)
    assert [(one.seq, one.reason) for one in reply.rejected] == [(2, "fault")]
    assert reply.acked_seq == 3
    assert booked(room)[0] == 2


def test_sums_that_do_not_hold_are_booked_with_an_alarm(room: Room, origin: Origin) -> None:
    room.book(batch(event(1, replace(sale(1), total_minor=309).to_json())), origin)
    assert booked(room)[:2] == (1, 309)
    assert alarms(room) == ["sums"]


def test_a_clock_that_is_off_is_noted_and_alarms_once(room: Room, origin: Origin) -> None:
    off = room.now_us - 61_000_000
    for sent_us in (room.now_us, off, off, room.now_us + 61_000_000, room.now_us, room.now_us + 61_000_000):
        room.book(batch(sent_us=sent_us), origin)
    assert alarms(room) == ["clock", "clock"]
    assert room.rows("SELECT sentence FROM alarm ORDER BY alarm_id") == [
        ("the lane's clock is 61 s behind the backend's",),
        ("the lane's clock is 61 s ahead of the backend's",),
    ]
    assert room.rows("SELECT last_seen_us, skew_ms FROM epoch") == [(room.now_us, -61_000)]


def head(seq: int, count: int, digest: str, key: str) -> Event:
    told = JournalHead("lane-1", key, count, digest, "signature", 1)
    return event(seq, told.to_json(), kind="journal_head")


def test_journal_heads_are_kept_and_one_that_goes_back_alarms(room: Room, origin: Origin) -> None:
    key = origin.public_key
    room.book(batch(head(1, 10, "aa", key), head(2, 20, "bb", key)), origin)
    assert alarms(room) == []
    room.book(batch(head(3, 20, "bb", key)), origin)
    assert alarms(room) == []
    room.book(batch(head(4, 20, "cc", key), head(5, 15, "dd", key)), origin)
    assert alarms(room) == ["journal", "journal"]
    room.book(batch(head(6, 30, "ee", "another key")), origin)
    assert alarms(room) == ["journal"] * 3
    assert room.rows("SELECT count(*) FROM journal_head") == [(6,)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 5)), min_size=1, max_size=12))
def test_whatever_batches_come_each_sale_is_booked_once(
    tmp_path_factory: pytest.TempPathFactory, pushes: list[tuple[int, int]]
) -> None:
    """Any stretches of one outbox in any order: what is booked is a stretch from 1, each sale once."""
    with opened(tmp_path_factory.mktemp("room")) as room:
        origin = room.origin(room.enrol())
        acked = 0
        for first, length in pushes:
            events = [sale_event(seq) for seq in range(first, first + length)]
            reply = room.book(replace(batch(*events), from_seq=first), origin)
            if events and first <= acked + 1:
                acked = max(acked, first + length - 1)
            assert reply.acked_seq == acked
        assert booked(room) == (acked, 308 * acked, -2000 * acked)
