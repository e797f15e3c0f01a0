import asyncio
from typing import Any

import pytest

from devices.link.events import EventLog
from devices.scanner import journal
from devices.scanner.journal import Journal

NOW_US = 60_000_000


def event(kind: str = "DataEvent", age_s: float = 0) -> dict[str, Any]:
    return {
        "kind": kind,
        "device": "front",
        "monotonic_us": NOW_US - int(age_s * 1e6),
        "data": "1" if kind == "DataEvent" else None,
        "reason": None,
        "state": None,
    }


def journal_of(*events: dict[str, Any]) -> Journal:
    made = Journal(EventLog("boot"))
    for each in events:
        made.append(each)
    return made


async def missed(
    made: Journal, boot_id: str | None = None, seq: int | None = None, *, same_visit: bool = True
) -> list[tuple[int, str, str | None]]:
    """What a new subscriber gets first: everything before a fault that happens while it listens."""
    stream = made.follow((boot_id, seq), NOW_US, same_visit=same_visit)
    listening = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    made.append(event("StatusUpdateEvent") | {"device": "marker"})
    got = []
    while (each := await listening)["device"] != "marker":
        got.append((each["seq"], each["kind"], each["reason"]))
        listening = asyncio.ensure_future(anext(stream))
    await stream.aclose()
    return got


def test_a_first_subscriber_gets_every_unacknowledged_read_and_no_old_fault() -> None:
    made = journal_of(event(), event("ErrorEvent"), event(age_s=60))
    assert asyncio.run(missed(made)) == [(1, "DataEvent", None), (3, "DataEvent", None)]


def test_acknowledged_reads_are_forgotten_up_to_their_number() -> None:
    made = journal_of(event(), event(), event())
    made.acknowledge("another run", 3)
    made.acknowledge("boot", 2)
    assert asyncio.run(missed(made)) == [(3, "DataEvent", None)]


def test_a_known_subscriber_goes_on_after_what_it_has_stored() -> None:
    made = journal_of(event(), event("ErrorEvent"), event(), event("StatusUpdateEvent"))
    assert asyncio.run(missed(made, "boot", 1)) == [
        (2, "ErrorEvent", None),
        (3, "DataEvent", None),
        (4, "StatusUpdateEvent", None),
    ]


@pytest.mark.parametrize(("boot_id", "seq"), [("another run", 9), (None, 9), ("boot", None)])
def test_a_position_in_another_run_is_none(boot_id: str | None, seq: int | None) -> None:
    made = journal_of(event(), event("ErrorEvent"))
    assert asyncio.run(missed(made, boot_id, seq)) == [(1, "DataEvent", None)]


def test_an_old_read_never_reaches_the_next_visit() -> None:
    made = journal_of(event(age_s=5.1), event(age_s=5))
    assert asyncio.run(missed(made, same_visit=False)) == [(1, "ErrorEvent", "stale"), (2, "DataEvent", None)]
    assert made.stale == 1
    assert [each[0] for each in asyncio.run(missed(made, same_visit=True))] == [2]


def test_a_stale_read_carries_no_data() -> None:
    async def first() -> dict[str, Any]:
        stream = journal_of(event(age_s=6)).follow((None, None), NOW_US, same_visit=False)
        got = await anext(stream)
        await stream.aclose()
        return got

    assert asyncio.run(first()) == event(age_s=6) | {
        "kind": "ErrorEvent",
        "data": None,
        "reason": "stale",
        "boot_id": "boot",
        "seq": 1,
    }


def test_reads_nobody_ever_takes_do_not_fill_the_memory() -> None:
    made = journal_of(*[event()] * (journal.MAX_UNACKNOWLEDGED + 2))
    assert made.stale == 2
    assert asyncio.run(missed(made))[0] == (3, "DataEvent", None)
