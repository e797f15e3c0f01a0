"""Call a Varlink socket: one connection, with asyncio.

::

    async with await Client.open(path, contract("org.checkstand.Printer1")) as printer:
        state = (await printer.call("GetState"))["state"]
        async for reply in printer.call_more("Subscribe", {"since_boot_id": None, "since_seq": None}):
            print(reply["event"])

Use :class:`devices.link.device.Device` where the connection must come back by itself.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from devices.link.contracts import contract
from devices.link.frames import Decoder, FrameError, encode
from devices.link.interface import ConformError, Interface
from devices.link.messages import LINK, SERVICE, Call, MessageError, Reply

DEADLINE_S = 3.0
"""Longest wait for a reply, in seconds: the server's own limit of 2 s and a second for a loaded machine."""

_CHUNK = 65536
_AHEAD = 256


class LinkLostError(ConnectionError):
    """The other process has gone, cannot be reached, or does not speak our protocol; one sentence."""


class DeadlineError(TimeoutError):
    """No reply came in time; whether the call took effect is unknown: read the state, or ask by its key."""


class Pending:
    """A call that is on the wire; its replies are taken with `result` (one) or `results` (a stream)."""

    def __init__(self, client: "Client", call: Call) -> None:
        self._client = client
        self._call = call
        self._replies: asyncio.Queue[Reply | LinkLostError] = asyncio.Queue()
        self._room = asyncio.Event()

    async def put(self, reply: Reply) -> None:
        """For the client: a reply came; waits while the caller is far behind."""
        self._replies.put_nowait(reply)
        if self._replies.qsize() >= _AHEAD:
            self._room.clear()
            await self._room.wait()

    def lose(self, reason: LinkLostError) -> None:
        """For the client: no more replies will come."""
        self._replies.put_nowait(reason)

    async def result(self, deadline_s: float = DEADLINE_S) -> dict[str, Any]:
        """Wait for one reply; see `Client.call` for what is returned and raised."""
        try:
            async with asyncio.timeout(deadline_s):
                reply = await self._next()
        except TimeoutError as error:
            raise DeadlineError(f"{self._call.method} was not answered within {deadline_s} s") from error
        return self._client.conform(self._call, reply)

    async def results(self) -> AsyncGenerator[dict[str, Any], None]:
        """Take replies until the last; see `Client.call_more`."""
        finished = False
        try:
            while not finished:
                reply = await self._next()
                finished = not reply.continues
                yield self._client.conform(self._call, reply)
        finally:
            if not finished:
                await self._client.close()

    async def _next(self) -> Reply:
        reply = await self._replies.get()
        self._room.set()
        if isinstance(reply, LinkLostError):
            raise reply
        return reply


class Client:
    """One connection. Calls may overlap; they are carried out and answered in their order."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, interface: Interface
    ) -> None:
        self._writer = writer
        self._interfaces = {each.name: each for each in (interface, contract(SERVICE))}
        self._prefix = interface.name
        self._waiting: deque[Pending] = deque()
        self._lost: LinkLostError | None = None
        self._reading = asyncio.create_task(self._read(reader))

    @classmethod
    async def open(cls, path: Path, interface: Interface, *, deadline_s: float = DEADLINE_S) -> "Client":
        """Connect.

        Raises:
            LinkLostError: nobody serves ``path``, or not within the deadline.
        """
        try:
            async with asyncio.timeout(deadline_s):
                reader, writer = await asyncio.open_unix_connection(path)
        except OSError as error:  # TimeoutError is one
            raise LinkLostError(f"{path} is not served: {error.strerror or 'no answer'}") from error
        return cls(reader, writer, interface)

    async def call(
        self, method: str, parameters: Mapping[str, Any] | None = None, *, deadline_s: float = DEADLINE_S
    ) -> dict[str, Any]:
        """Call a method and wait for its reply.

        Args:
            method: of this client's interface (``GetState``), or qualified (``org.varlink.service.GetInfo``).
            parameters: as the interface declares; nullable ones may be absent.
            deadline_s: longest wait, in seconds.

        Returns:
            The reply's parameters with every declared field; fields we do not know are dropped.

        Raises:
            CallError: the method refused; ``error.short`` is its name.
            DeadlineError: no reply in time; the connection lives on, a late reply is dropped.
            LinkLostError: the connection ended, or the reply does not fit the interface.
        """
        (pending,) = self.begin(self.request(method, parameters))
        return await pending.result(deadline_s)

    def call_more(
        self, method: str, parameters: Mapping[str, Any] | None = None
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Call a method that streams, to iterate over its replies; the call is on the wire when this returns.

        Leaving the loop early closes the connection: Varlink knows no cancel.

        Raises:
            CallError: (while iterating) the method refused, or its stream ended with an error.
            LinkLostError: (while iterating) the connection ended, or a reply does not fit.
        """
        (pending,) = self.begin(self.request(method, parameters, more=True))
        return pending.results()

    def request(
        self, method: str, parameters: Mapping[str, Any] | None = None, *, more: bool = False
    ) -> Call:
        """Make a call for `begin`, the method qualified with this client's interface."""
        name = method if "." in method else f"{self._prefix}.{method}"
        return Call(name, dict(parameters or {}), more=more)

    def begin(self, *calls: Call) -> tuple[Pending, ...]:
        """Put calls on the wire in one piece: the server starts each right behind the one before.

        Raises:
            FrameError: a parameter has no JSON form, or a call is too long; nothing was sent.
        """
        frames = b"".join(encode(call.message()) for call in calls)
        pending = tuple(Pending(self, call) for call in calls)
        if self._lost is None and not self._reading.done():
            self._waiting.extend(pending)
            self._writer.write(frames)
            return pending
        for each in pending:
            each.lose(self._reason())
        return pending

    def conform(self, call: Call, reply: Reply) -> dict[str, Any]:
        """Hold a reply against the interface; see `call`."""
        if reply.error == f"{LINK}.DeadlineExceeded":
            raise DeadlineError(f"{call.method} took the other process too long")
        result = reply.result()
        interface = self._interfaces[call.interface]
        try:
            return interface.conform(interface.methods[call.name].gives, result, closed=False)
        except ConformError as error:
            raise LinkLostError(f"{call.method} was answered with {error}") from error

    async def wait_lost(self) -> LinkLostError:
        """Return when the connection has ended, with the reason."""
        await asyncio.wait([self._reading])
        return self._reason()

    async def close(self) -> None:
        """Close the connection; whoever waits for a reply gets LinkLostError. May be called twice.

        What the other process has not read yet is dropped: it may be stopped, and would never read it.
        """
        self._reading.cancel()
        await asyncio.gather(self._reading, return_exceptions=True)
        self._writer.transport.abort()
        # Shielded: to cancel one who waits here would cancel the stream's own future, which others wait for.
        await asyncio.shield(self._gone())

    async def _gone(self) -> None:
        with suppress(OSError):
            await self._writer.wait_closed()

    def _reason(self) -> LinkLostError:
        return self._lost or LinkLostError("the connection was closed")

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            await self._distribute(reader)
        except (OSError, FrameError, MessageError) as error:
            self._lost = LinkLostError(f"the connection broke: {error}")
        finally:
            waiting, self._waiting = self._waiting, deque()
            for pending in waiting:
                pending.lose(self._reason())

    async def _distribute(self, reader: asyncio.StreamReader) -> None:
        decoder = Decoder()
        while data := await reader.read(_CHUNK):
            decoder.feed(data)
            while (message := decoder.take()) is not None:
                reply = Reply.parse(message)
                if not self._waiting:
                    raise MessageError("a reply came that nobody asked for")
                pending = self._waiting[0] if reply.continues else self._waiting.popleft()
                await pending.put(reply)
        self._lost = LinkLostError("the other process closed the connection")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
