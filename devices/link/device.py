"""A daemon as its user sees it: a connection that comes back by itself, and events without a gap.

::

    device = Device(
        path, "org.checkstand.Scanner1",
        claim_as="kiosk run",                              # Claim after every connect; leave out not to claim
        subscribe=lambda: {"same_visit": True},            # what Subscribe takes besides since_*
        since=(boot_id, seq),                              # of the last event stored, or leave out
        prepare=enable,                                    # async, after GetState and before the first event
        on_state=lambda link: ...,                         # Link(up, state, sentence)
        on_event=queue.put_nowait,                         # each event once, in order, across reconnects
    )
    task = asyncio.create_task(device.run())               # until cancelled
    await device.call("SetDeviceEnabled", {"enabled": True})
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from devices.link.client import DEADLINE_S, Client, DeadlineError, LinkLostError, Pending
from devices.link.contracts import contract
from devices.link.interface import Interface
from devices.link.messages import CallError

LONGEST_PAUSE_S = 0.25
_SHORTEST_PAUSE_S = 0.02
_CLAIM_WAIT_MS = 1000
HEARTBEAT_S = 10.0
"""How often a silent daemon is asked for its state, in seconds: silence is Unknown, never OK."""


@dataclass(frozen=True, slots=True)
class Link:
    """Whether the daemon is there: with its state at that moment, or with why it is not, in one sentence."""

    up: bool
    state: dict[str, Any] = field(default_factory=dict)
    sentence: str = ""


async def _nothing(_state: dict[str, Any]) -> None:
    return


def _ignore(_value: object) -> None:
    return


def _no_parameters() -> Mapping[str, Any]:
    return {}


class Device:
    """Two connections to one daemon: *control* (calls, the Claim) and *events* (Subscribe).

    On connect: Claim on control; then, on events and in one piece, GetState and Subscribe, so that nothing
    happens between the state read and the first event; ``on_state`` with the state; ``prepare``; the events.
    When either connection ends, both are closed, ``on_state`` says so once, and within 250 ms it begins anew.
    """

    def __init__(
        self,
        path: Path,
        interface: str | Interface,
        *,
        claim_as: str | None = None,
        subscribe: Callable[[], Mapping[str, Any]] = _no_parameters,
        since: tuple[str, int] | None = None,
        prepare: Callable[[dict[str, Any]], Awaitable[None]] = _nothing,
        on_state: Callable[[Link], None] = _ignore,
        on_event: Callable[[dict[str, Any]], None] = _ignore,
        heartbeat_s: float = HEARTBEAT_S,
    ) -> None:
        self._path = path
        self._interface = contract(interface) if isinstance(interface, str) else interface
        self._claim_as = claim_as
        self._subscribe = subscribe
        self._since = since
        self._prepare = prepare
        self._on_state = on_state
        self._on_event = on_event
        self._heartbeat_s = heartbeat_s
        self._control: Client | None = None
        self._link: Link | None = None

    @property
    def up(self) -> bool:
        """Whether the daemon is connected, claimed if asked, and its state is known."""
        return self._control is not None

    @property
    def since(self) -> tuple[str, int] | None:
        """(boot_id, seq) of the last event handed to ``on_event``, or what was given at the start."""
        return self._since

    async def call(
        self, method: str, parameters: Mapping[str, Any] | None = None, *, deadline_s: float = DEADLINE_S
    ) -> dict[str, Any]:
        """Call a method on the control connection; see `Client.call`. Never waits for a reconnect.

        Raises:
            LinkLostError: also at once when there is no connection now.
            CallError: the method refused.
            DeadlineError: no reply in time.
        """
        if self._control is None:
            raise LinkLostError(f"{self._path} is not connected")
        return await self._control.call(method, parameters, deadline_s=deadline_s)

    async def run(self) -> None:
        """Connect, and connect again, until cancelled."""
        while True:
            try:
                await self._session()
            except (ConnectionError, DeadlineError) as error:
                self._lost(str(error))
            except CallError as error:
                self._lost(f"{self._path} refused: {error}")
            await asyncio.sleep(random.uniform(_SHORTEST_PAUSE_S, LONGEST_PAUSE_S))  # noqa: S311 - spreads reconnects

    def _lost(self, sentence: str) -> None:
        if self._link is None or self._link.up:
            self._link = Link(up=False, sentence=sentence)
            self._on_state(self._link)

    async def _session(self) -> None:
        """One life of the two connections; leaves only by an exception."""
        async with AsyncExitStack() as stack:
            control = await stack.enter_async_context(await Client.open(self._path, self._interface))
            if self._claim_as is not None:
                await control.call("Claim", {"client": self._claim_as, "timeout_ms": _CLAIM_WAIT_MS})
            events = await stack.enter_async_context(await Client.open(self._path, self._interface))
            first, stream = events.begin(
                events.request("GetState"), events.request("Subscribe", self._position(), more=True)
            )
            state = (await first.result())["state"]
            self._control = control
            stack.callback(self._forget)  # however the session ends, a failing callback included
            self._link = Link(up=True, state=state)
            self._on_state(self._link)
            await self._prepare(state)
            await self._watch(control, stream)

    def _forget(self) -> None:
        self._control = None

    def _position(self) -> dict[str, Any]:
        boot_id, seq = self._since or (None, None)
        return {**self._subscribe(), "since_boot_id": boot_id, "since_seq": seq}

    async def _watch(self, control: Client, stream: Pending) -> None:
        """Hand events on until one of the connections ends; raises why."""
        tasks = [
            asyncio.create_task(self._deliver(stream)),
            asyncio.create_task(self._heartbeat(control)),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, stream: Pending) -> None:
        async with aclosing(stream.results()) as replies:
            async for reply in replies:
                event = reply["event"]
                self._on_event(event)
                self._since = (event["boot_id"], event["seq"])
        raise LinkLostError(f"{self._path} ended its events")

    async def _heartbeat(self, control: Client) -> None:
        while True:
            try:
                async with asyncio.timeout(self._heartbeat_s):
                    raise await control.wait_lost()
            except TimeoutError:
                await control.call("GetState")
