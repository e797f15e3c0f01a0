"""The command line's hand on a terminal: its own, or through the daemon that holds it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from devices.link.client import Client, DeadlineError, LinkLostError
from devices.link.contracts import contract
from devices.link.messages import CallError
from devices.terminal.attempt import OPEN, AttemptState, Kind
from devices.terminal.book import Attempt, UnknownAttemptError
from devices.terminal.daemon import INTERFACE
from devices.terminal.engine import Engine, Listeners, new_attempt_id
from devices.terminal.journal import Journal, JournalBusyError, NotAllowedError, OpenAttemptError
from devices.terminal.presentation import link_attempt
from devices.terminal.runner import Way
from devices.terminal.steps import Profile

_CLIENT = "kiosk-terminal"
_CLAIM_WAIT_MS = 1000


class TillError(Exception):
    """The command cannot be carried out; the text is a sentence."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An attempt to open: `original` for a reversal, `sale_id` for the journal."""

    kind: Kind
    amount_minor: int
    currency: str
    original: str | None = None
    sale_id: str | None = None


class Till(Protocol):
    """What a command needs of a terminal. Attempts are those of the interface."""

    async def authorize(self, wanted: Wanted) -> dict[str, Any]:
        """Open an attempt."""
        ...

    async def changed(self) -> dict[str, Any]:
        """Return the next attempt that changed."""
        ...

    async def get(self, attempt_id: str) -> dict[str, Any]:
        """Return an attempt as it stands."""
        ...

    async def unsettled(self) -> list[dict[str, Any]]:
        """Return what nobody has settled."""
        ...

    async def settle(self, attempt_id: str) -> None:
        """Note that the outcome was told."""
        ...


class OwnTill:
    """We hold the journal's lock and run the engine ourselves."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changes: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        engine.listeners = Listeners(lambda attempt: self._changes.put_nowait(self._shown(attempt)))
        self._work: asyncio.Task[None] | None = None

    def _shown(self, attempt: Attempt) -> dict[str, Any]:
        return link_attempt(attempt, self._engine.check)

    def start(self) -> asyncio.Task[None]:
        """Let the engine work from now on."""
        if self._work is None:
            self._work = asyncio.create_task(self._engine.work())
            self._work.add_done_callback(lambda _work: self._changes.put_nowait(None))
        return self._work

    async def stop(self) -> None:
        """Stop the engine; an open attempt stays open in the journal."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait({self._work})
        await self._engine.close()

    async def authorize(self, wanted: Wanted) -> dict[str, Any]:
        """Open an attempt."""
        attempt = Attempt(
            new_attempt_id(),
            self._engine.journal.channel,
            wanted.kind,
            AttemptState.PREPARED,
            wanted.amount_minor,
            wanted.currency,
            sale_id=wanted.sale_id,
            original=wanted.original,
        )
        try:
            opened = self._engine.authorize(attempt)
        except OpenAttemptError as error:
            raise TillError(f"Attempt {error} is still open; run kiosk-terminal recover.") from error
        except UnknownAttemptError as error:
            raise TillError(f"The journal has no attempt {wanted.original}.") from error
        _ = self.start()
        return self._shown(opened)

    async def changed(self) -> dict[str, Any]:
        """Return the next attempt that changed."""
        work = self.start()
        change = await self._changes.get()
        if change is None:
            work.result()
            raise TillError("The terminal's work ended.")
        return change

    async def get(self, attempt_id: str) -> dict[str, Any]:
        """Return an attempt as it stands."""
        try:
            return self._shown(self._engine.journal.get(attempt_id))
        except UnknownAttemptError as error:
            raise TillError(f"The journal has no attempt {attempt_id}.") from error

    async def unsettled(self) -> list[dict[str, Any]]:
        """Return what nobody has settled."""
        return [self._shown(attempt) for attempt in self._engine.journal.unsettled()]

    async def settle(self, attempt_id: str) -> None:
        """Note that the outcome was told."""
        try:
            self._engine.journal.settle(attempt_id)
        except NotAllowedError as error:
            raise TillError(f"Attempt {attempt_id} is {error} and cannot be settled yet.") from error


class DaemonTill:
    """A daemon holds the terminal; we ask it through its socket."""

    def __init__(self, control: Client, events: Client) -> None:
        self._control = control
        self._events = events.call_more("Subscribe", {"since_boot_id": None, "since_seq": None})

    async def _call(self, method: str, parameters: Mapping[str, object]) -> dict[str, Any]:
        try:
            return await self._control.call(method, parameters)
        except CallError as error:
            told = error.parameters.get("sentence") or error.short
            raise TillError(f"The terminal's daemon refuses: {told}") from error
        except (LinkLostError, DeadlineError) as error:
            raise TillError(f"The terminal's daemon does not answer: {error}") from error

    async def claim(self) -> None:
        """Take the terminal; a running lane does not give it away."""
        await self._call("Claim", {"client": _CLIENT, "timeout_ms": _CLAIM_WAIT_MS})

    async def state(self) -> dict[str, Any]:
        """Return the daemon's State."""
        state: dict[str, Any] = (await self._call("GetState", {}))["state"]
        return state

    async def authorize(self, wanted: Wanted) -> dict[str, Any]:
        """Open an attempt."""
        await self.claim()
        asked = {
            "attempt_id": new_attempt_id(),
            "kind": wanted.kind.value,
            "amount_minor": wanted.amount_minor,
            "currency": wanted.currency,
            "original": wanted.original,
            "printer_ready": True,
        }
        attempt: dict[str, Any] = (await self._call("AuthorizeSales", asked))["attempt"]
        return attempt

    async def changed(self) -> dict[str, Any]:
        """Return the next attempt that changed."""
        try:
            async for reply in self._events:
                attempt: dict[str, Any] | None = reply["event"]["attempt"]
                if attempt is not None:
                    return attempt
        except (LinkLostError, CallError) as error:
            raise TillError(f"The terminal's daemon went away: {error}") from error
        raise TillError("The terminal's daemon ended its events.")

    async def get(self, attempt_id: str) -> dict[str, Any]:
        """Return an attempt as it stands."""
        attempt: dict[str, Any] = (await self._call("GetAttempt", {"attempt_id": attempt_id}))["attempt"]
        return attempt

    async def unsettled(self) -> list[dict[str, Any]]:
        """Return what nobody has settled."""
        attempts: list[dict[str, Any]] = (await self._call("ListUnsettled", {}))["attempts"]
        return attempts

    async def settle(self, attempt_id: str) -> None:
        """Note that the outcome was told."""
        await self._call("Settle", {"attempt_id": attempt_id})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a terminal is and where its journal and socket lie."""

    way: Way
    profile: Profile
    directory: Path
    channel: str
    socket: Path


@asynccontextmanager
async def own_engine(place: Place) -> AsyncIterator[Engine]:
    """Hold the journal.

    Raises:
        TillError: a daemon or another command holds it.
    """
    try:
        journal = Journal(place.directory, place.channel)
    except JournalBusyError as error:
        raise TillError(f"{error}; stop it first.") from error
    try:
        engine = Engine(place.way, place.profile, journal)
        try:
            yield engine
        finally:
            await engine.close()
    finally:
        journal.close()


@asynccontextmanager
async def daemon_till(place: Place) -> AsyncIterator[DaemonTill]:
    """Connect to the daemon.

    Raises:
        TillError: nobody serves the socket.
    """
    interface = contract(INTERFACE)
    try:
        control = await Client.open(place.socket, interface)
    except LinkLostError as error:
        raise TillError(f"The terminal is held by another process, but {error}.") from error
    async with control, await Client.open(place.socket, interface) as events:
        yield DaemonTill(control, events)


@asynccontextmanager
async def open_till(place: Place) -> AsyncIterator[OwnTill | DaemonTill]:
    """Hold the terminal ourselves, or go through the daemon that does."""
    try:
        journal = Journal(place.directory, place.channel)
    except JournalBusyError:
        async with daemon_till(place) as till:
            yield till
        return
    try:
        own = OwnTill(Engine(place.way, place.profile, journal))
        try:
            yield own
        finally:
            await own.stop()
    finally:
        journal.close()


def is_over(attempt: dict[str, Any]) -> bool:
    """The attempt has an outcome, or needs a person."""
    return AttemptState(attempt["state"]) not in OPEN | {AttemptState.REVERSING}


def _ignore(_attempt: dict[str, Any]) -> None:
    return


async def follow(
    till: Till, attempt: dict[str, Any], seconds: float, tell: Callable[[dict[str, Any]], None] = _ignore
) -> dict[str, Any]:
    """Call `tell` with an attempt as it stands and at each new state; return it when over or out of time."""
    tell(attempt)
    attempt_id, state = attempt["attempt_id"], attempt["state"]
    clock = asyncio.get_running_loop().time
    deadline = clock() + seconds
    while not is_over(attempt):
        change = await _within(till.changed(), deadline - clock())
        if change is None:
            break
        if change["attempt_id"] == attempt_id:
            attempt = change
        if attempt["state"] != state:
            state = attempt["state"]
            tell(attempt)
    return attempt


async def _within(work: Coroutine[Any, Any, dict[str, Any]], seconds: float) -> dict[str, Any] | None:
    """Return what `work` returns, None when it takes longer than that."""
    task = asyncio.create_task(work)
    await asyncio.wait({task}, timeout=max(0.0, seconds))
    if task.done():
        return task.result()
    task.cancel()
    await asyncio.wait({task})
    return None
