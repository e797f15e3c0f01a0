"""Serves org.checkstand.Terminal1 for one payment channel."""

import logging
from collections.abc import AsyncGenerator
from typing import Any

from devices.link.claims import Claims
from devices.link.events import EventLog, new_boot_id
from devices.link.messages import CallError
from devices.link.server import Connection
from devices.terminal.attempt import AttemptState, Kind
from devices.terminal.book import Attempt, UnknownAttemptError
from devices.terminal.engine import Engine, Listeners
from devices.terminal.journal import MismatchError, NotAllowedError, OpenAttemptError
from devices.terminal.presentation import link_attempt, link_display, link_state
from devices.terminal.steps import Show

INTERFACE = "org.checkstand.Terminal1"
_log = logging.getLogger(__name__)


class Terminal:
    """The interface's methods over an engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._claims = Claims()
        self._log = EventLog(new_boot_id())
        self._told: dict[str, AttemptState] = {}
        engine.listeners = Listeners(self._attempt_changed, self._shown, self._state_changed)

    async def work(self) -> None:
        """Serve the terminal until cancelled."""
        await self._engine.work()

    # Events.

    def _event(self, kind: str, **parts: object) -> None:
        self._log.append({"kind": kind, "attempt": None, "display": None, "state": None, **parts})

    def _attempt_changed(self, attempt: Attempt) -> None:
        if self._told.get(attempt.attempt_id) is not attempt.state:
            self._told = {attempt.attempt_id: attempt.state}
            _log.info(
                "%s %s is %s: %s", attempt.kind, attempt.attempt_id, attempt.state, attempt.reason or "-"
            )
        self._event("AttemptEvent", attempt=self._attempt(attempt))

    def _shown(self, shown: Show) -> None:
        self._event("DisplayEvent", display=link_display(shown))

    def _state_changed(self) -> None:
        _log.info("%s: %s", self._engine.condition.power, self._engine.condition.sentence)
        self._event("StatusUpdateEvent", state=self._state())

    def _attempt(self, attempt: Attempt) -> dict[str, Any]:
        return link_attempt(attempt, self._engine.check)

    def _state(self) -> dict[str, Any]:
        journal = self._engine.journal
        open_attempt = journal.open_attempt()
        return link_state(
            self._engine.condition,
            boot_id=self._log.boot_id,
            channel=journal.channel,
            currency=self._engine.session.profile.currency,
            open_attempt=open_attempt.attempt_id if open_attempt else None,
        )

    # Methods.

    async def claim(self, connection: Connection, *, client: str, timeout_ms: int) -> None:
        """Take the terminal for this connection."""
        await self._claims.claim(connection, client, timeout_ms)

    async def release(self, connection: Connection) -> None:
        """Give it back."""
        self._claims.release(connection)

    async def get_state(self, _connection: Connection) -> dict[str, Any]:
        """Tell how the terminal is."""
        return {"state": self._state()}

    async def authorize_sales(
        self,
        connection: Connection,
        *,
        attempt_id: str,
        kind: str,
        amount_minor: int,
        currency: str,
        original: str | None,
        printer_ready: bool,
    ) -> dict[str, Any]:
        """Journal an attempt; progress and outcome are events."""
        self._claims.require(connection)
        channel = self._engine.journal.channel
        wanted = Attempt(
            attempt_id, channel, Kind(kind), AttemptState.PREPARED, amount_minor, currency, original=original
        )
        self._check(wanted)
        try:
            attempt = self._engine.authorize(wanted, printer_ready=printer_ready)
        except MismatchError as error:
            raise CallError("Mismatch", sentence=str(error)) from error
        except OpenAttemptError as error:
            raise CallError("Busy", open_attempt=str(error)) from error
        except UnknownAttemptError as error:
            raise CallError("UnknownAttempt", attempt_id=original) from error
        return {"attempt": self._attempt(attempt)}

    def _check(self, wanted: Attempt) -> None:
        ours = self._engine.session.profile.currency
        if wanted.amount_minor <= 0:
            raise CallError("Unavailable", sentence="An amount must be above zero.")
        if wanted.currency != ours:
            sentence = f"The terminal works in {ours}, {wanted.currency} was asked for."
            raise CallError("Unavailable", sentence=sentence)
        if wanted.kind is Kind.REVERSAL and wanted.original is None:
            raise CallError("Unavailable", sentence="A reversal must name the attempt it undoes.")

    async def cancel(self, connection: Connection, *, attempt_id: str) -> dict[str, Any]:
        """Pass the shopper's wish on."""
        self._claims.require(connection)
        try:
            return {"accepted": self._engine.cancel(attempt_id)}
        except UnknownAttemptError as error:
            raise CallError("UnknownAttempt", attempt_id=attempt_id) from error

    async def get_attempt(self, _connection: Connection, *, attempt_id: str) -> dict[str, Any]:
        """Tell what became of an attempt."""
        try:
            return {"attempt": self._attempt(self._engine.journal.get(attempt_id))}
        except UnknownAttemptError as error:
            raise CallError("UnknownAttempt", attempt_id=attempt_id) from error

    async def list_unsettled(self, _connection: Connection) -> dict[str, Any]:
        """Tell of every attempt the lane has not settled."""
        return {"attempts": [self._attempt(one) for one in self._engine.journal.unsettled()]}

    async def settle(self, connection: Connection, *, attempt_id: str) -> dict[str, Any]:
        """Note that the lane has committed the outcome."""
        self._claims.require(connection)
        try:
            return {"attempt": self._attempt(self._engine.settle(attempt_id))}
        except UnknownAttemptError as error:
            raise CallError("UnknownAttempt", attempt_id=attempt_id) from error
        except NotAllowedError as error:
            raise CallError("Open", state=str(error)) from error

    async def abandon(self, connection: Connection, *, attempt_id: str) -> dict[str, Any]:
        """Note that the lane has given the sale up; an attempt that never arrived is made never to be."""
        self._claims.require(connection)
        return {"attempt": self._attempt(self._engine.abandon(attempt_id))}

    async def resolve(
        self, connection: Connection, *, attempt_id: str, outcome: str, person: str, reason: str
    ) -> dict[str, Any]:
        """Let a person settle an ESCALATED attempt."""
        self._claims.require(connection)
        try:
            attempt = self._engine.resolve(attempt_id, AttemptState(outcome), person, reason)
        except UnknownAttemptError as error:
            raise CallError("UnknownAttempt", attempt_id=attempt_id) from error
        except NotAllowedError as error:
            raise CallError("NotEscalated", state=str(error)) from error
        return {"attempt": self._attempt(attempt)}

    async def subscribe(
        self, _connection: Connection, *, since_boot_id: str | None, since_seq: int | None
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Stream events."""
        async for event in self._log.follow(since_boot_id, since_seq):
            yield {"event": event}
