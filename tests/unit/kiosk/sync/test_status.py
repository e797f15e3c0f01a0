import asyncio
from typing import Any

import pytest

from devices.link.contracts import contract
from kiosk.sync.status import Status


def kinds(status: Status) -> list[str]:
    return [event["kind"] for event in status.log.after(0)]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"catalogue_version": 3}, ["Changed"]),
        ({"catalogue_version": 3, "acked_seq": 2}, ["Changed"]),
        ({"acked_seq": 2}, ["Pushed"]),
        ({"backend": "Online"}, ["StatusUpdateEvent"]),
        ({"sentence": "well"}, ["StatusUpdateEvent"]),
        ({"told": "help"}, ["StatusUpdateEvent"]),
        ({"skew_ms": 1500}, ["StatusUpdateEvent"]),
        ({"skew_ms": 999}, []),
        ({"newest_seq": 5}, []),
        ({}, []),
    ],
)
def test_each_change_is_one_event_of_its_kind(change: dict[str, Any], kind: list[str]) -> None:
    async def act() -> Status:
        status = Status("boot")
        status.update(**change)
        status.update(**change)
        return status

    assert kinds(asyncio.run(act())) == kind


def test_the_state_is_the_contract_s() -> None:
    async def act() -> Status:
        status = Status("boot")
        status.update(enrolled=True, acked_seq=3, newest_seq=10, receipt_url="https://x/r/{receipt}")
        return status

    status = asyncio.run(act())
    interface = contract("org.checkstand.Sync1")
    gives = interface.methods["GetState"].gives
    state = interface.conform(gives, {"state": status.state()}, closed=True)["state"]
    assert (state["backlog"], state["versions"]) == (7, {"catalogue": 0})
    stream = interface.methods["Subscribe"].gives
    assert interface.conform(stream, {"event": status.log.after(0)[0]}, closed=True)


def test_a_backlog_is_never_below_nothing() -> None:
    async def act() -> int:
        status = Status("boot")
        status.update(acked_seq=5, newest_seq=3)
        return status.facts.backlog

    assert asyncio.run(act()) == 0
