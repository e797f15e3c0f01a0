import asyncio
from contextlib import aclosing

import pytest

from devices.link.events import EventLog, new_boot_id


def filled(count: int, size: int = 1024) -> EventLog:
    log = EventLog("boot", size)
    for number in range(1, count + 1):
        log.append({"kind": f"event {number}"})
    return log


async def first_seqs(log: EventLog, since: tuple[str | None, int | None], count: int) -> list[int]:
    seqs: list[int] = []
    async with aclosing(log.follow(*since)) as events:
        async for event in events:
            seqs.append(event["seq"])
            if len(seqs) == count:
                break
    return seqs


def test_events_are_numbered_from_one() -> None:
    log = EventLog("boot")
    assert log.last_seq == 0
    assert log.append({"kind": "A"}) == {"kind": "A", "boot_id": "boot", "seq": 1}
    assert log.append({"kind": "B"})["seq"] == log.last_seq == 2


def test_a_boot_id_is_never_used_twice() -> None:
    assert len({new_boot_id() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("seq", "expected"),
    [(0, [8, 9, 10]), (7, [8, 9, 10]), (8, [9, 10]), (10, []), (99, []), (-5, [8, 9, 10])],
)
def test_the_ring_gives_what_it_still_has(seq: int, expected: list[int]) -> None:
    assert [event["seq"] for event in filled(10, size=3).after(seq)] == expected


def test_at_least_a_thousand_events_are_kept() -> None:
    assert len(filled(3000).after(0)) >= 1000


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (("boot", 2), [3, 4]),
        (("boot", 0), [1, 2]),
        (("boot", None), [5, 6]),
        (("other", 2), [5, 6]),
        ((None, None), [5, 6]),
    ],
)
def test_a_follower_goes_on_where_it_was_and_a_strangers_place_is_the_present(
    since: tuple[str | None, int | None], expected: list[int]
) -> None:
    async def main() -> list[int]:
        log = filled(4)
        following = asyncio.create_task(first_seqs(log, since, 2))
        await asyncio.sleep(0)  # the follower takes its place
        log.append({"kind": "5"})
        log.append({"kind": "6"})
        return await following

    assert asyncio.run(main()) == expected


def test_many_followers_each_get_every_event() -> None:
    async def main() -> list[list[int]]:
        log = EventLog("boot")
        following = [asyncio.create_task(first_seqs(log, (None, None), 50)) for _ in range(5)]
        for _ in range(50):
            await asyncio.sleep(0)
            log.append({"kind": "A"})
        return await asyncio.gather(*following)

    assert asyncio.run(main()) == [list(range(1, 51))] * 5
