"""The lane's end of Terminal1: money is asked for once, and every open question is asked again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from devices.link.client import DeadlineError, LinkLostError
from devices.link.device import Device, Link
from devices.link.messages import CallError
from kiosk.checkout.events import (
    AnyEvent,
    Attempt,
    AttemptChanged,
    AttemptRejected,
    AttemptState,
    Condition,
    Instant,
    Part,
    PartChanged,
    Recovery,
    RecoveryStep,
    TerminalShows,
)
from kiosk.checkout.intents import Settlement
from kiosk.domain.approval import Approval
from kiosk.domain.money import Currency, Money
from kiosk.domain.sale import CardReceipt
from kiosk.peripherals.outlet import Outlet

INTERFACE: Final = "org.checkstand.Terminal1"
_UNKNOWN: Final = f"{INTERFACE}.UnknownAttempt"
_ASK_AGAIN_S: Final = 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TerminalCalls:
    """What the terminal needs of the running lane.

    Attributes:
        now: both clocks.
        emit: takes an event.
        open_attempt: gives the attempt whose outcome the lane does not know, or None.
        decided: tells whether an attempt's outcome is durable in the lane; None for a foreign one.
    """

    now: Callable[[], Instant]
    emit: Callable[[AnyEvent], None]
    open_attempt: Callable[[], str | None]
    decided: Callable[[str], bool | None]


class Terminal:
    """One payment channel."""

    def __init__(self, socket: Path, calls: TerminalCalls, *, ask_again_s: float = _ASK_AGAIN_S) -> None:
        self._calls = calls
        self._ask_again_s = ask_again_s
        self._outlet = Outlet("terminal")
        self._device = Device(
            socket,
            INTERFACE,
            claim_as="kiosk run",
            prepare=self._reconcile,
            on_state=self._linked,
            on_event=self._event,
        )

    async def run(self) -> None:
        """Serve until cancelled."""
        await self._outlet.run_beside(self._device)

    def authorize(self, attempt_id: str, amount: Money, *, printer_ready: bool) -> None:
        """Ask for money; the tender is durable already."""
        asked = {
            "attempt_id": attempt_id,
            "kind": "sale",
            "amount_minor": amount.minor,
            "currency": amount.currency.code,
            "original": None,
            "printer_ready": printer_ready,
        }

        async def call() -> None:
            try:
                reply = await self._device.call("AuthorizeSales", asked)
            except (CallError, DeadlineError, LinkLostError) as error:
                # Refused, or perhaps journalled and not answered: the daemon's own book tells which.
                _log.warning("AuthorizeSales %s: %s", attempt_id, error)
                await self._ask(attempt_id)
            else:
                self._told_attempt(reply["attempt"])

        self._outlet.put(call)

    def cancel(self, attempt_id: str) -> None:
        """Pass on the shopper's wish."""
        self._simple("Cancel", {"attempt_id": attempt_id})

    def settle(self, attempt_id: str) -> None:
        """Tell that the outcome is durable; lost, it is told again at the next connection."""
        self._simple("Settle", {"attempt_id": attempt_id})

    def resolve(self, attempt_id: str, outcome: Settlement, approval: Approval) -> None:
        """Tell what a person found out."""
        told = {
            "attempt_id": attempt_id,
            "outcome": outcome.value,
            "person": approval.person,
            "reason": approval.reason,
        }

        async def call() -> None:
            self._told_attempt((await self._device.call("Resolve", told))["attempt"])

        self._outlet.put(call)

    def _simple(self, method: str, parameters: dict[str, Any]) -> None:
        async def call() -> None:
            await self._device.call(method, parameters)

        self._outlet.put(call)

    async def _reconcile(self, _state: dict[str, Any]) -> None:
        """Before any event: every attempt the daemon holds open, and every one the lane does."""
        told = (await self._device.call("ListUnsettled"))["attempts"]
        for attempt in told:
            decided = self._calls.decided(attempt["attempt_id"])
            if decided is None and attempt["state"] == AttemptState.CAPTURED:
                _log.error("attempt %s is charged and belongs to no sale here", attempt["attempt_id"])
            if decided:
                await self._settle_again(attempt)
            else:
                self._told_attempt(attempt)
        mine = self._calls.open_attempt()
        if mine is not None and mine not in {attempt["attempt_id"] for attempt in told}:
            await self._ask(mine)

    async def _settle_again(self, attempt: dict[str, Any]) -> None:
        """Tell once more; one whose charge is being reversed by now is refused, and no reason to hang up."""
        try:
            await self._device.call("Settle", {"attempt_id": attempt["attempt_id"]})
        except CallError as error:
            _log.warning("Settle %s, which is %s: %s", attempt["attempt_id"], attempt["state"], error)

    async def _ask(self, attempt_id: str) -> None:
        """Find out what became of the lane's open attempt, as often as it takes; see `_look_up`."""
        if self._calls.open_attempt() != attempt_id:
            return
        try:
            await self._look_up(attempt_id)
        except (CallError, DeadlineError, LinkLostError) as error:
            _log.warning("attempt %s cannot be looked up: %s", attempt_id, error)
            self._outlet.put_later(self._ask_again_s, lambda: self._ask(attempt_id))

    async def _look_up(self, attempt_id: str) -> None:
        """Ask for one attempt; one the daemon never had is made never to be."""
        try:
            reply = await self._device.call("GetAttempt", {"attempt_id": attempt_id})
        except CallError as error:
            if error.name != _UNKNOWN:
                raise
            # Abandoned before it arrived: the daemon refuses it should it still come.
            reply = await self._device.call("Abandon", {"attempt_id": attempt_id})
            if reply["attempt"]["state"] == AttemptState.NOT_CHARGED:
                self._calls.emit(AttemptRejected(self._calls.now(), attempt_id, "never reached the terminal"))
                return
            # It arrived between the two questions: what becomes of it is for the daemon to say.
        self._told_attempt(reply["attempt"])

    def _linked(self, link: Link) -> None:
        if link.up:
            self._told(link.state)
        else:
            self._calls.emit(PartChanged(self._calls.now(), Part.TERMINAL, Condition.GONE, "daemon"))

    def _told(self, state: dict[str, Any]) -> None:
        condition, detail = condition_of(state)
        self._calls.emit(PartChanged(self._calls.now(), Part.TERMINAL, condition, detail))

    def _told_attempt(self, attempt: dict[str, Any]) -> None:
        self._calls.emit(AttemptChanged(self._calls.now(), attempt_of(attempt)))

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("attempt"):
            self._told_attempt(event["attempt"])
        if shown := event.get("display"):
            told = TerminalShows(self._calls.now(), shown["attempt_id"], shown["code"], shown.get("text"))
            self._calls.emit(told)
        if event.get("state"):
            self._told(event["state"])


def condition_of(state: dict[str, Any]) -> tuple[Condition, str]:
    """Read a terminal's state; one that has not registered yet is unknown."""
    if state["power"] == "Unknown" or (state["power"] == "Online" and not state["registered"]):
        return Condition.UNKNOWN, "starting"
    return (Condition.READY, "") if state["power"] == "Online" else (Condition.TROUBLE, "offline")


def attempt_of(told: dict[str, Any]) -> Attempt:
    """Read an attempt as Terminal1 tells it."""
    state = AttemptState(told["state"])
    if state is AttemptState.CAPTURED and told.get("abandoned"):
        # Given up here, charged all the same: the daemon owes its reversal, so nothing may be called paid.
        state = AttemptState.REVERSING
    receipt = _receipt(told) if state in (AttemptState.AUTHORISED, AttemptState.CAPTURED) else None
    recovery = told.get("recovery")
    return Attempt(
        told["attempt_id"], state, receipt, told.get("reason"), _recovery(recovery) if recovery else None
    )


def _receipt(told: dict[str, Any]) -> CardReceipt:
    currency = Currency(told["currency"])
    result = told.get("result")
    if not result:
        return CardReceipt(Money(told["amount_minor"], currency))
    return CardReceipt(
        Money(result["amount_minor"], currency),
        card_name=result.get("card_name") or "",
        last4=result.get("last4") or "",
        receipt_no=result.get("receipt_no") or "",
        trace=result.get("trace") or "",
        terminal_id=result.get("terminal_id") or "",
        authorisation=result.get("authorisation") or "",
        lines=tuple(result.get("receipt_lines") or ()),
    )


def _recovery(told: dict[str, Any]) -> Recovery:
    return Recovery(RecoveryStep(told["step"]), told["since_us"], told.get("deadline_us"), told["tries"])
