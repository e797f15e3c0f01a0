import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kiosk.checkout.events import AnyEvent, Condition, JobChanged, JobState, Part, PartChanged
from kiosk.peripherals.printer import INTERFACE, Printer, PrinterCalls, condition_of
from tests.daemons import FakeDaemon, hang_up, refuse, running, silence, until
from tests.playbook import START

STATE = {
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


def job(state: str, key: str = "s1", cause: str | None = None) -> dict[str, Any]:
    return {"job": key, "state": state, "copies": 0, "cause": cause}


class Office:
    """A lane's end of the printer, with the book of what it still owes."""

    def __init__(self, path: Path, again_s: float = 0.01) -> None:
        self.daemon = FakeDaemon(INTERFACE, path / "printer.sock", STATE)
        self.daemon.answers["Print"] = self._print
        self.events: list[AnyEvent] = []
        self.waiting: list[str] = []
        self.handed: list[str] = []
        self.rounds = 0
        calls = PrinterCalls(lambda: START, self.events.append, self._document, self._waiting, self._handed)
        self.printer = Printer(self.daemon.path, calls, again_s=again_s)

    @property
    def jobs(self) -> list[JobChanged]:
        return [event for event in self.events if isinstance(event, JobChanged)]

    @property
    def printed(self) -> list[str]:
        return [asked["job"] for _, asked in self.daemon.named("Print")]

    def ready(self) -> bool:
        return self.events[-1:] == [PartChanged(START, Part.PRINTER, Condition.READY)]

    def _print(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        return {"job": job("QUEUED", asked["job"])}

    def _document(self, sale_id: str) -> dict[str, Any]:
        return {"language": "en", "blocks": [{"text": sale_id}]}

    def _waiting(self) -> list[str]:
        self.rounds += 1
        return [sale_id for sale_id in self.waiting if sale_id not in self.handed]

    def _handed(self, sale_id: str) -> None:
        self.handed.append(sale_id)


def test_a_receipt_is_handed_over_and_its_printing_followed(tmp_path: Path) -> None:
    async def main() -> None:
        office = Office(tmp_path)
        async with running(office.printer.run()), office.daemon.serving() as daemon:
            await until(office.ready)
            office.printer.print_receipt("s1")
            await until(lambda: bool(office.jobs))
            document = {"language": "en", "blocks": [{"text": "s1"}]}
            assert daemon.named("Print") == [("Print", {"job": "s1", "document": document})]
            assert office.handed == ["s1"]
            daemon.event("ErrorEvent", job=job("HELD", cause="paper_end"))
            daemon.event("OutputCompleteEvent", job=job("DONE"))
            await until(lambda: len(office.jobs) == 3)
            assert office.jobs == [
                JobChanged(START, "s1", JobState.QUEUED, None),
                JobChanged(START, "s1", JobState.HELD, "paper_end"),
                JobChanged(START, "s1", JobState.DONE, None),
            ]

    asyncio.run(main())


def test_what_waits_is_handed_over_at_every_connection(tmp_path: Path) -> None:
    async def main() -> None:
        office = Office(tmp_path)
        async with running(office.printer.run()):
            await until(lambda: bool(office.events))
            assert office.events == [PartChanged(START, Part.PRINTER, Condition.GONE, "daemon")]
            office.waiting = ["s1", "s2"]
            office.daemon.answers["Print"] = lambda asked: {"job": job("DONE", asked["job"])}
            office.printer.print_receipt("s1")  # nobody is there: it stays owed
            async with office.daemon.serving():
                await until(lambda: office.handed == ["s1", "s2"])
            assert office.printed == ["s1", "s2"]
            await until(lambda: office.events[-1] == office.events[0])
            async with office.daemon.serving():
                await until(office.ready)
            assert office.printed == ["s1", "s2"]

    asyncio.run(main())


def test_an_end_missed_while_the_daemon_restarted_is_asked_for(tmp_path: Path) -> None:
    async def main() -> None:
        office = Office(tmp_path)
        async with running(office.printer.run()):
            async with office.daemon.serving():
                await until(office.ready)
                office.printer.print_receipt("s1")
                await until(lambda: office.handed == ["s1"])
            office.daemon.answers["GetJob"] = lambda asked: {"job": job("DONE", asked["job"])}
            async with office.daemon.serving():
                await until(lambda: office.jobs[-1] == JobChanged(START, "s1", JobState.DONE, None))
            await until(lambda: not office.ready())
            async with office.daemon.serving():
                await until(office.ready)
            assert office.printed == ["s1"]
            assert len(office.daemon.named("GetJob")) == 1

    asyncio.run(main())


def test_a_restarted_lane_hears_what_became_of_a_receipt_handed_over_before(tmp_path: Path) -> None:
    async def main() -> None:
        office = Office(tmp_path)
        office.daemon.answers["GetJob"] = lambda asked: {"job": job("HELD", asked["job"], "paper_end")}
        async with running(office.printer.run()):
            await until(lambda: bool(office.events))
            office.printer.print_receipt("s1")  # before there is a connection; it is in print.db already
            async with office.daemon.serving():
                await until(lambda: office.jobs == [JobChanged(START, "s1", JobState.HELD, "paper_end")])
            assert office.printed == []

    asyncio.run(main())


def test_a_receipt_nobody_waits_for_any_more_stays_in_when_the_daemon_is_back(tmp_path: Path) -> None:
    async def main() -> None:
        office = Office(tmp_path)
        office.daemon.answers["GetJob"] = refuse("UnknownJob", job="s1")
        async with running(office.printer.run()):
            await until(lambda: bool(office.events))
            office.printer.print_receipt("s1")  # nobody is there; the shopper takes the code instead
            async with office.daemon.serving():
                await until(office.ready)
                office.printer.print_receipt("s2")
                await until(lambda: office.handed == ["s2"])
            assert office.printed == ["s2"]

    asyncio.run(main())


def test_a_link_lost_in_the_call_hands_the_receipt_over_at_the_next_one(tmp_path: Path) -> None:
    async def main() -> None:
        office = Office(tmp_path)
        office.daemon.once("Print", hang_up)
        async with running(office.printer.run()), office.daemon.serving():
            await until(office.ready)
            office.waiting = ["s1"]
            office.printer.print_receipt("s1")
            await until(lambda: office.handed == ["s1"])
            assert office.printed == ["s1", "s1"]

    asyncio.run(main())


@pytest.mark.parametrize("answer", [silence, refuse("Unavailable", sentence="the disk is full")])
def test_a_receipt_not_taken_is_offered_again(tmp_path: Path, answer: Any) -> None:
    async def main() -> None:
        office = Office(tmp_path)
        office.daemon.once("Print", answer)
        async with running(office.printer.run()), office.daemon.serving():
            await until(office.ready)
            office.waiting = ["s1"]
            office.printer.print_receipt("s1")
            await until(lambda: office.handed == ["s1"])
            assert office.printed == ["s1", "s1"]
            assert office.jobs == [JobChanged(START, "s1", JobState.QUEUED, None)]

    asyncio.run(main())


def test_however_many_receipts_wait_they_are_offered_again_in_one_round(tmp_path: Path) -> None:
    async def main() -> None:
        office = Office(tmp_path, again_s=0.0)
        full = refuse("Unavailable", sentence="the disk is full")
        office.daemon.once("Print", *[full] * 12)
        office.waiting = ["s1", "s2", "s3"]
        async with running(office.printer.run()), office.daemon.serving():
            await until(lambda: office.handed == ["s1", "s2", "s3"])
            office.printer.print_receipt("s4")
            await until(lambda: office.handed[-1] == "s4")
            assert office.rounds == 5

    asyncio.run(main())


def test_a_document_the_daemon_cannot_print_is_not_offered_for_ever(tmp_path: Path) -> None:
    async def main() -> None:
        office = Office(tmp_path)
        office.waiting = ["s1", "s2"]
        office.daemon.once("Print", refuse("BadDocument", position=3, sentence="an unknown block"))
        async with running(office.printer.run()), office.daemon.serving():
            await until(lambda: office.handed == ["s1", "s2"])
            assert office.printed == ["s1", "s2"]
            assert JobChanged(START, "s1", JobState.HELD, "document") in office.jobs

    asyncio.run(main())


def test_the_lane_hears_how_the_printer_is(tmp_path: Path) -> None:
    async def main() -> None:
        office = Office(tmp_path)
        async with running(office.printer.run()), office.daemon.serving() as daemon:
            await until(office.ready)
            daemon.changed(ready=False, paper="end")
            trouble = PartChanged(START, Part.PRINTER, Condition.TROUBLE, "paper_end")
            await until(lambda: office.events[-1] == trouble)
            daemon.changed(ready=True, paper="near_end")
            low = PartChanged(START, Part.PRINTER, Condition.READY, "paper_near_end")
            await until(lambda: office.events[-1] == low)

    asyncio.run(main())


@pytest.mark.parametrize(
    ("state", "condition", "detail"),
    [
        ({"ready": True}, Condition.READY, ""),
        ({"power": "Unknown"}, Condition.UNKNOWN, "silent"),
        ({"cover": "open", "paper": "end"}, Condition.TROUBLE, "cover_open"),
        ({"paper": "end"}, Condition.TROUBLE, "paper_end"),
        ({"cutter_error": True}, Condition.TROUBLE, "cutter"),
        ({"power": "Offline"}, Condition.GONE, "offline"),
        ({"error": "unrecoverable"}, Condition.TROUBLE, "error"),
    ],
)
def test_a_state_is_one_condition(state: dict[str, Any], condition: Condition, detail: str) -> None:
    assert condition_of({**STATE, "ready": False} | state) == (condition, detail)
