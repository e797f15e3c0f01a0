import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import Client
from devices.link.contracts import contract
from devices.link.messages import CallError
from devices.link.server import Server
from kiosk.checkout.events import Condition, Part, PartChanged
from kiosk.checkout.intents import MethodChosen, PayPressed
from kiosk.checkout.session import Session
from kiosk.core.health import INTERFACE, LaneService
from kiosk.domain.sale import Method
from tests.goods import MILK
from tests.playbook import POLICY, START, Playbook


def asked(path: Path, session: Session, method: str, **parameters: Any) -> dict[str, Any]:
    """Call the method over a real socket."""

    async def main() -> dict[str, Any]:
        service = LaneService(lambda: session, lambda: 42, lambda: 7)
        socket = path / "lane.sock"
        async with (
            Server(contract(INTERFACE), service).serving(socket),
            await Client.open(socket, contract(INTERFACE)) as client,
        ):
            return await client.call(method, parameters)

    return asyncio.run(main())


def paying() -> Session:
    book = Playbook()
    book >> book.scan(MILK)
    book.take()
    book >> book.press(PayPressed, 129)
    book.take()
    book >> book.press(MethodChosen, Method.CARD, 129)
    book.take()
    return book.session


def test_a_lane_whose_parts_are_well_is_well(tmp_path: Path) -> None:
    told = asked(tmp_path, Playbook().session, "Health")
    assert (told["ok"], told["frames"]) == (True, 42)
    assert [(part["name"], part["ok"], part["sentence"]) for part in told["parts"]] == [
        (part.value, True, "ready") for part in Part
    ]


def test_a_silent_part_is_not_well_and_one_that_is_needed_closes_the_lane(tmp_path: Path) -> None:
    gone = PartChanged(START, Part.TERMINAL, Condition.GONE, "daemon")
    told = asked(tmp_path, replace(Session.begin(POLICY, START), parts=(gone,)), "Health")
    assert told["ok"] is False
    sentences = {part["name"]: (part["ok"], part["sentence"]) for part in told["parts"]}
    assert sentences["terminal"] == (False, "gone (daemon)")
    assert sentences["printer"] == (False, "unknown")


def test_the_state_tells_of_the_sale(tmp_path: Path) -> None:
    session = paying()
    assert asked(tmp_path, session, "State") == {
        "screen": "follow_terminal",
        "sale_state": "paying",
        "visit": "s1",
        "revision": session.revision,
        "lines": 1,
        "total_minor": 129,
        "currency": "EUR",
        "language": "en",
        "open_attempt": "a1",
        "outbox_seq": 7,
    }


def test_an_empty_lane_has_no_sale(tmp_path: Path) -> None:
    told = asked(tmp_path, Playbook().session, "State")
    assert (told["screen"], told["sale_state"], told["visit"], told["open_attempt"]) == (
        "attract",
        None,
        None,
        None,
    )
    assert (told["lines"], told["total_minor"]) == (0, 0)
    closed = asked(tmp_path, Session.begin(POLICY, START), "State")
    assert closed["screen"] == "attract"
    broken = PartChanged(START, Part.SCANNER, Condition.GONE)
    closed = asked(tmp_path, replace(Session.begin(POLICY, START), parts=(broken,)), "State")
    assert closed["screen"] == "out_of_service"


def test_reports_are_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CallError) as refusal:
        asked(tmp_path, Playbook().session, "Report", kind="z")
    assert refusal.value.short == "NotServed"
    assert "z report" in refusal.value.parameters["sentence"]
