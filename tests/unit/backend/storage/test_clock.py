import time
import uuid

from backend.storage.clock import now_us, uuid7


def test_microseconds_of_utc() -> None:
    before = time.time_ns() // 1000
    assert before <= now_us() <= time.time_ns() // 1000


def test_ids_are_version_7_sort_by_time_and_never_repeat() -> None:
    before = time.time_ns() // 1_000_000
    ids = [uuid.UUID(uuid7()) for _ in range(1000)]
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {uuid.RFC_4122}
    assert len(set(ids)) == 1000
    stamps = [one.int >> 80 for one in ids]
    assert stamps == sorted(stamps)
    assert before <= stamps[0] <= stamps[-1] <= time.time_ns() // 1_000_000
