"""The lane's end of Printer1: a receipt is handed over once, under the sale's id."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from devices.link.client import DeadlineError, LinkLostError
from devices.link.device import Device, Link
from devices.link.messages import CallError
from kiosk.checkout.events import AnyEvent, Condition, Instant, JobChanged, JobState, Part, PartChanged
from kiosk.peripherals.outlet import Outlet

INTERFACE: Final = "org.checkstand.Printer1"
_BAD_DOCUMENT: Final = f"{INTERFACE}.BadDocument"
_PRINTED: Final = (JobState.DONE, JobState.UNCONFIRMED)
_HAND_OVER_AGAIN_S: Final = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PrinterCalls:
    """What the printer needs of the running lane.

    Attributes:
        now: both clocks.
        emit: takes an event.
        document: makes the print document of a sale.
        waiting: gives the sales whose receipt is to be printed and not yet handed over.
        handed: keeps that the daemon has one.
    """

    now: Callable[[], Instant]
    emit: Callable[[AnyEvent], None]
    document: Callable[[str], dict[str, Any]]
    waiting: Callable[[], list[str]]
    handed: Callable[[str], None]


class Printer:
    """The receipt printer."""

    def __init__(self, socket: Path, calls: PrinterCalls, *, again_s: float = _HAND_OVER_AGAIN_S) -> None:
        self._calls = calls
        self._again_s = again_s
        self._followed: str | None = None
        self._round_due = False
        self._outlet = Outlet("printer")
        self._device = Device(
            socket,
            INTERFACE,
            claim_as="kiosk run",
            prepare=self._hand_over,
            on_state=self._linked,
            on_event=self._event,
        )

    async def run(self) -> None:
        """Serve until cancelled."""
        await self._outlet.run_beside(self._device)

    def print_receipt(self, sale_id: str) -> None:
        """Hand a receipt over, and follow it; the same one twice prints once."""
        self._followed = sale_id
        self._outlet.put(lambda: self._print(sale_id))

    async def _hand_over(self, _state: dict[str, Any]) -> None:
        """Hand over what waits, and ask about what the screen follows: its end may have been missed.

        What the screen follows is only asked about: one that was never handed over and does not wait any more
        is not wanted on paper, as the shopper has taken a code instead.
        """
        waiting = self._calls.waiting()
        for sale_id in waiting:
            await self._print(sale_id)
        if self._followed is not None and self._followed not in waiting:
            await self._look_up(self._followed)

    async def _look_up(self, sale_id: str) -> None:
        """Ask what became of a receipt; the next connection asks again where this fails."""
        try:
            reply = await self._device.call("GetJob", {"job": sale_id})
        except (CallError, DeadlineError, LinkLostError) as error:
            _log.warning("GetJob %s: %s", sale_id, error)
        else:
            self._job(reply["job"])

    async def _hand_over_again(self) -> None:
        self._round_due = False
        await self._hand_over({})

    def _again_later(self) -> None:
        """Have another round; one is enough for all that wait, or every round would double the next."""
        if not self._round_due:
            self._round_due = True
            self._outlet.put_later(self._again_s, self._hand_over_again)

    async def _print(self, sale_id: str) -> None:
        """Hand one over; while the link is down it waits for the next connection."""
        asked = {"job": sale_id, "document": self._calls.document(sale_id)}
        try:
            reply = await self._device.call("Print", asked)
        except (CallError, DeadlineError) as error:
            _log.warning("Print %s: %s", sale_id, error)
            if isinstance(error, CallError) and error.name == _BAD_DOCUMENT:
                self._refused(sale_id)
            else:
                self._again_later()
        except LinkLostError as error:
            _log.warning("Print %s: %s", sale_id, error)
        else:
            self._calls.handed(sale_id)
            self._job(reply["job"])

    def _refused(self, sale_id: str) -> None:
        """A document the daemon cannot print will not become one it can: staff and the screen must help."""
        self._calls.handed(sale_id)
        self._followed = None if self._followed == sale_id else self._followed
        self._calls.emit(JobChanged(self._calls.now(), sale_id, JobState.HELD, "document"))

    def _linked(self, link: Link) -> None:
        if link.up:
            self._told(link.state)
        else:
            self._calls.emit(PartChanged(self._calls.now(), Part.PRINTER, Condition.GONE, "daemon"))

    def _told(self, state: dict[str, Any]) -> None:
        condition, detail = condition_of(state)
        self._calls.emit(PartChanged(self._calls.now(), Part.PRINTER, condition, detail))

    def _job(self, job: dict[str, Any]) -> None:
        state = JobState(job["state"])
        if job["job"] == self._followed and state in _PRINTED:
            self._followed = None
        self._calls.emit(JobChanged(self._calls.now(), job["job"], state, job.get("cause")))

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("job"):
            self._job(event["job"])
        if event.get("state"):
            self._told(event["state"])


def condition_of(state: dict[str, Any]) -> tuple[Condition, str]:
    """Read a printer's state: ready, or what is wrong in one word; silence is unknown."""
    if state["ready"]:
        return Condition.READY, "paper_near_end" if state["paper"] == "near_end" else ""
    wrongs = (
        (state["power"] == "Unknown", Condition.UNKNOWN, "silent"),
        (state["cover"] == "open", Condition.TROUBLE, "cover_open"),
        (state["paper"] == "end", Condition.TROUBLE, "paper_end"),
        (state["cutter_error"], Condition.TROUBLE, "cutter"),
        (state["power"] != "Online", Condition.GONE, "offline"),
    )
    return next(
        ((condition, detail) for holds, condition, detail in wrongs if holds), (Condition.TROUBLE, "error")
    )
