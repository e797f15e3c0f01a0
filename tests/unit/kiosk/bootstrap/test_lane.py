import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.link.client import Client
from devices.link.contracts import contract
from devices.settings.link import LinkSettings, StoreSettings
from kiosk.bootstrap.lane import LaneRooms, Screen
from kiosk.checkout.effects import Sound
from kiosk.checkout.events import Condition, JobState, Part
from kiosk.checkout.intents import MethodChosen, PayPressed, ReceiptChoice, ReceiptChosen
from kiosk.checkout.session import Phase, Session
from kiosk.config import LaneSettings, LaneTables
from kiosk.domain.sale import Method, SaleState
from kiosk.peripherals import printer, scanner, sync, terminal
from kiosk.store.database import FileTakenError
from kiosk.sync.ledger import Ledger
from kiosk.sync.wire import CataloguePage, Change, TaxRateEntry
from tests.daemons import FakeDaemon, running, until
from tests.wire_samples import GTIN, product

SCANNER = {"power": "Online", "claimed": True, "device_enabled": True, "devices": [], "sentence": ""}
TERMINAL = {
    "channel": "card",
    "power": "Online",
    "registered": True,
    "terminal_id": None,
    "currency": "EUR",
    "recovery_query": True,
    "busy": False,
    "open_attempt": None,
    "sentence": "",
}
PRINTER = {
    "power": "Online",
    "paper": "ok",
    "cover": "closed",
    "error": "none",
    "cutter_error": False,
    "drawer": "low",
    "ready": True,
    "queued": 0,
    "sentence": "",
}
SYNC = {
    "enrolled": True,
    "backend": "Online",
    "versions": {},
    "acked_seq": 0,
    "backlog": 0,
    "receipt_url": "https://shop/r/{receipt}",
    "skew_ms": 0,
    "sentence": "",
}


def attempt(asked: Mapping[str, Any], state: str) -> dict[str, Any]:
    empty = dict.fromkeys(("original", "result", "reason", "evidence", "recovery"))
    return {
        **empty,
        "attempt_id": asked["attempt_id"],
        "channel": "card",
        "kind": "sale",
        "state": state,
        "amount_minor": asked["amount_minor"],
        "currency": "EUR",
        "settled": False,
        "abandoned": False,
    }


class Place:
    """A lane with fake daemons around it; the lane can be stopped and started."""

    def __init__(self, path: Path) -> None:
        self.state = path / "state"
        self.settings = LaneTables(
            link=LinkSettings(directory=path), store=StoreSettings(directory=self.state), lane=LaneSettings()
        )
        self.views: list[Session] = []
        self.sounds: list[Sound] = []
        socket = self.settings.link.socket
        self.scanner = FakeDaemon(scanner.INTERFACE, socket("scanner"), SCANNER)
        self.terminal = FakeDaemon(terminal.INTERFACE, socket("terminal-card"), TERMINAL)
        self.printer = FakeDaemon(printer.INTERFACE, socket("printer"), PRINTER)
        self.sync = FakeDaemon(sync.INTERFACE, socket("sync"), SYNC)
        self.terminal.answers |= {
            "ListUnsettled": lambda _: {"attempts": []},
            "AuthorizeSales": lambda asked: {"attempt": attempt(asked, "PREPARED")},
            "GetAttempt": lambda asked: {"attempt": attempt({**asked, "amount_minor": 129}, "CAPTURED")},
            "Settle": lambda asked: {"attempt": attempt({**asked, "amount_minor": 129}, "CAPTURED")},
        }
        self.printer.answers["Print"] = lambda asked: {
            "job": {"job": asked["job"], "state": "DONE", "copies": 0, "cause": None}
        }

    def stock(self) -> None:
        rate = (Change(1, "standard", TaxRateEntry("standard", 19_000)),)
        goods = Change(1, GTIN, replace(product(), deposit_minor=0))
        self.state.mkdir(parents=True, exist_ok=True)
        with closing(Ledger(self.state)) as ledger:
            ledger.belongs_to("backend", "device/1")
            ledger.apply(CataloguePage(1, more=False, server_us=0, products=(goods,), tax_rates=rate))

    @property
    def view(self) -> Session:
        return self.views[-1]

    def shows(self, phase: Phase) -> bool:
        return bool(self.views) and self.view.phase is phase

    @asynccontextmanager
    async def daemons(self) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for daemon in (self.scanner, self.terminal, self.printer, self.sync):
                await stack.enter_async_context(daemon.serving())
            yield

    @asynccontextmanager
    async def lane(self) -> AsyncIterator[LaneRooms]:
        self.views.clear()
        rooms = LaneRooms(self.settings, Screen(self.views.append, self.sounds.append, lambda: 5))
        try:
            async with running(rooms.run()):
                await until(lambda: bool(self.views) and all(map(self._ready, Part)))
                yield rooms
        finally:
            rooms.close()

    def _ready(self, part: Part) -> bool:
        return self.view.condition(part) is Condition.READY

    async def scan(self) -> None:
        lines = len(self.view.sale.basket.lines) if self.view.sale else 0
        self.scanner.event("DataEvent", data=GTIN)
        await until(lambda: self.view.sale is not None and len(self.view.sale.basket.lines) > lines)

    async def pay(self, rooms: LaneRooms) -> str:
        await self.scan()
        rooms.lane.press(PayPressed(self.view.revision, 129))
        rooms.lane.press(MethodChosen(self.view.revision, Method.CARD, 129))
        await until(lambda: bool(self.terminal.named("AuthorizeSales")))
        return str(self.terminal.named("AuthorizeSales")[-1][1]["attempt_id"])


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path)
    made.stock()
    return made


def test_a_sale_from_the_first_scan_to_the_receipt(place: Place) -> None:
    async def main() -> None:
        async with place.daemons(), place.lane() as rooms:
            key = await place.pay(rooms)
            captured = attempt({"attempt_id": key, "amount_minor": 129}, "CAPTURED")
            place.terminal.event("AttemptEvent", attempt=captured)
            await until(lambda: place.shows(Phase.PAID))
            rooms.lane.press(ReceiptChosen(place.view.revision, ReceiptChoice.PRINT))
            await until(lambda: place.view.job is JobState.DONE)
            sale = place.view.sale
            assert sale is not None
            assert (sale.state, sale.receipt_no) == (SaleState.COMPLETED, 1)
            ((_, printed),) = place.printer.named("Print")
            assert printed["job"] == sale.sale_id
            assert {"qr": f"https://shop/r/{sale.sale_id}", "size": 6, "align": "center"} in printed[
                "document"
            ]["blocks"]
            await until(lambda: bool(place.terminal.named("Settle")))
            told = {"screen": "goodbye", "sale_state": "completed", "outbox_seq": 2, "wants": None}
            await until(lambda: ("LaneState", told) in place.sync.calls)
        assert place.sounds == [Sound.ADDED, Sound.PAID]

    asyncio.run(main())


def test_a_restarted_lane_has_the_same_basket_and_asks_for_what_came_after_it(place: Place) -> None:
    async def main() -> None:
        async with place.daemons():
            async with place.lane():
                await place.scan()
                await until(lambda: bool(place.scanner.named("Acknowledge")))
                read = place.scanner.named("Acknowledge")[-1][1]
                before = place.view.sale
            async with place.lane():
                assert place.shows(Phase.BASKET)
                assert place.view.sale == before
                assert place.scanner.subscribed[-1] == {
                    "since_boot_id": read["boot_id"],
                    "since_seq": read["seq"],
                    "same_visit": True,
                }

    asyncio.run(main())


def test_old_reads_are_not_for_whoever_comes_after_a_sale(place: Place) -> None:
    async def main() -> None:
        async with place.daemons():
            async with place.lane() as rooms:
                key = await place.pay(rooms)
                captured = attempt({"attempt_id": key, "amount_minor": 129}, "CAPTURED")
                place.terminal.event("AttemptEvent", attempt=captured)
                await until(lambda: place.shows(Phase.PAID))
            async with place.lane():
                assert place.shows(Phase.PAID)
                assert place.scanner.subscribed[-1]["same_visit"] is False

    asyncio.run(main())


def test_a_lane_that_died_while_paying_finds_out_before_it_says_anything(place: Place) -> None:
    async def main() -> None:
        async with place.daemons():
            async with place.lane() as rooms:
                await place.pay(rooms)
            async with place.lane():
                await until(lambda: place.shows(Phase.PAID))
                assert place.views[0].phase is Phase.CHECKING
                assert [name for name, _ in place.terminal.named("AuthorizeSales")] == ["AuthorizeSales"]

    asyncio.run(main())


def test_a_receipt_that_missed_the_printer_is_handed_over_when_it_is_back(place: Place) -> None:
    async def main() -> None:
        async with AsyncExitStack() as stack:
            for daemon in (place.scanner, place.terminal, place.sync):
                await stack.enter_async_context(daemon.serving())
            async with place.printer.serving():
                lane = place.lane()
                rooms = await stack.enter_async_context(lane)
            await until(lambda: place.view.condition(Part.PRINTER) is Condition.GONE)
            key = await place.pay(rooms)
            captured = attempt({"attempt_id": key, "amount_minor": 129}, "CAPTURED")
            place.terminal.event("AttemptEvent", attempt=captured)
            await until(lambda: place.shows(Phase.PAID))
            rooms.lane.press(ReceiptChosen(place.view.revision, ReceiptChoice.PRINT))
            async with place.printer.serving():
                await until(lambda: place.view.job is JobState.DONE)

    asyncio.run(main())


def test_an_empty_shop_is_out_of_service_until_goods_arrive(tmp_path: Path) -> None:
    place = Place(tmp_path)

    async def main() -> None:
        async with place.daemons():
            rooms = LaneRooms(place.settings, Screen(place.views.append, place.sounds.append, lambda: 5))
            async with running(rooms.run()):
                await until(lambda: bool(place.views) and place.view.out_of_service is Part.CATALOGUE)
                place.stock()
                place.sync.event("Changed", state={**SYNC, "boot_id": place.sync.boot_id})
                await until(lambda: place.view.condition(Part.CATALOGUE) is Condition.READY)
            rooms.close()

    asyncio.run(main())


def test_the_lane_answers_technicians_and_is_the_only_one(place: Place) -> None:
    async def main() -> None:
        async with place.daemons(), place.lane():
            lane = contract("org.checkstand.Lane1")
            async with await Client.open(place.settings.link.socket("lane"), lane) as client:
                health = await client.call("Health")
                assert (health["ok"], health["frames"]) == (True, 5)
                assert (await client.call("State"))["screen"] == "attract"
            with pytest.raises(FileTakenError):
                LaneRooms(place.settings, Screen(place.views.append, place.sounds.append, lambda: 0))

    asyncio.run(main())
