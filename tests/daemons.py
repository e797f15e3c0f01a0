"""A daemon for tests: real sockets and contracts, and it answers, stays silent or goes away as told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from devices.link.claims import Claims
from devices.link.contracts import contract
from devices.link.events import EventLog, new_boot_id
from devices.link.messages import CallError
from devices.link.server import Connection, Server

Answer = Callable[[Mapping[str, Any]], Mapping[str, Any] | Awaitable[Mapping[str, Any] | None] | None]


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something another task does."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110  the condition is another object's state
            await asyncio.sleep(0.001)


class FakeDaemon:
    """Serves one interface.

    `answers`: a function a method, from its parameters to its reply; `once` lays a special one before it.
    `calls`: every call but Claim and Subscribe, in the order they came.
    `subscribed`: what Subscribe was given.
    """

    def __init__(self, interface: str, path: Path, state: Mapping[str, Any]) -> None:
        self.path = path
        self.state: dict[str, Any] = dict(state)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.subscribed: list[dict[str, Any]] = []
        self.claimed_by: list[str] = []
        self.answers: dict[str, Answer] = {"GetState": lambda _: {"state": self._told()}}
        self._contract = contract(interface)
        self._once: dict[str, list[Answer]] = {}
        self._boot()

    def once(self, method: str, *answers: Answer) -> None:
        """Answer the next calls of a method so, one each."""
        self._once.setdefault(method, []).extend(answers)

    def event(self, kind: str, **parts: Any) -> None:
        """Tell the subscribers."""
        fields = {"device": "front", "monotonic_us": 0} if "Scanner" in self._contract.name else {}
        self._log.append({"kind": kind, **fields, **parts})

    def changed(self, **state: Any) -> None:
        """Have a new state, and tell."""
        self.state |= state
        self.event("StatusUpdateEvent", state=self._told())

    def named(self, *methods: str) -> list[tuple[str, dict[str, Any]]]:
        """Give the calls of some methods."""
        return [call for call in self.calls if call[0] in methods]

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[FakeDaemon]:
        """Run, as a fresh process, until the block ends."""
        self._boot()
        async with Server(self._contract, self._handlers(), call_limit_s=0.2).serving(self.path):
            yield self

    def _boot(self) -> None:
        self._log = EventLog(new_boot_id())
        self._claims = Claims()

    @property
    def boot_id(self) -> str:
        """The identity of this run."""
        return self._log.boot_id

    def _told(self) -> dict[str, Any]:
        return {**self.state, "boot_id": self.boot_id}

    def _handlers(self) -> dict[str, Callable[..., Any]]:
        own: dict[str, Callable[..., Any]] = {"Claim": self._claim, "Subscribe": self._subscribe}
        return {name: own.get(name) or self._handler(name) for name in self._contract.methods}

    def _handler(self, method: str) -> Callable[..., Any]:
        async def handle(connection: Connection, **parameters: Any) -> Mapping[str, Any] | None:
            self.calls.append((method, parameters))
            special = self._once.get(method)
            answer = special.pop(0) if special else self.answers.get(method, lambda _: None)
            try:
                given = answer(parameters)
                return await given if isinstance(given, Awaitable) else given
            except ConnectionError:
                await connection.close()
                raise

        return handle

    async def _claim(self, connection: Connection, *, client: str, timeout_ms: int) -> None:
        self.claimed_by.append(client)
        await self._claims.claim(connection, client, timeout_ms)

    async def _subscribe(self, _connection: Connection, **parameters: Any) -> AsyncIterator[dict[str, Any]]:
        self.subscribed.append(parameters)
        async for event in self._log.follow(parameters["since_boot_id"], parameters["since_seq"]):
            yield {"event": event}


def refuse(error: str, **parameters: Any) -> Answer:
    """Give an answer that is a refusal."""

    def answer(_: Mapping[str, Any]) -> None:
        raise CallError(error, **parameters)

    return answer


async def silence(_: Mapping[str, Any]) -> None:
    """Say nothing until the server gives the call up."""
    await asyncio.Event().wait()


def hang_up(_: Mapping[str, Any]) -> None:
    """Drop the connection instead of answering."""
    raise ConnectionResetError


@asynccontextmanager
async def running(work: Awaitable[None]) -> AsyncIterator[None]:
    """Run something beside a block; it must not have ended by itself."""
    task = asyncio.ensure_future(work)
    try:
        async with asyncio.timeout(60):
            yield
        assert not task.done(), task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
