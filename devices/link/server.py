"""Serve one interface on a Unix socket, with asyncio.

Write an object with one method per method of the interface, in snake case. Each takes the `Connection`, then
the parameters by keyword; they have been checked against the ``.varlink`` file already::

    class Scanner:
        async def claim(self, connection: Connection, *, client: str, timeout_ms: int) -> None:
            await self.claims.claim(connection, client, timeout_ms)

        async def get_state(self, connection: Connection) -> dict[str, Any]:
            return {"state": {...}}

        async def subscribe(self, connection, *, since_boot_id, since_seq) -> AsyncIterator[dict[str, Any]]:
            # an async generator serves a `more` method
            async for event in self.log.follow(since_boot_id, since_seq):
                yield {"event": event}

    async with Server(contract("org.checkstand.Scanner1"), Scanner()).serving(path):
        ...

A handler refuses by raising ``CallError("Claimed", holder="…")``, an error its interface declares. Any other
exception is logged and answered with org.checkstand.Link1.Internal. A method that is no stream is cut off at
2 s: journal, return, and tell the rest by events. Calls of one connection are carried out one by one in their
order; those of different connections interleave at each ``await``.
"""

import asyncio
import logging
import socket
import struct
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from pathlib import Path
from typing import Any, NoReturn

from devices.link.dispatch import Bound, ContractError, Dispatcher, Handler
from devices.link.endpoint import Endpoint
from devices.link.frames import Decoder, FrameError, encode
from devices.link.interface import Interface
from devices.link.messages import LINK, SERVICE, Call, CallError, MessageError, Reply

CALL_LIMIT_S = 2.0
"""No call that is not a stream lasts longer, in seconds."""

FLUSH_LIMIT_S = 0.5
"""A client that is let go has this long to read what was sent before, in seconds."""

_QUEUED_CALLS = 64
_CHUNK = 65536
_log = logging.getLogger(__name__)


class Connection:
    """One client, as a handler sees it: an identity, and a moment when it goes."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._on_close: list[Callable[[], None]] = []
        self.peer = _peer(writer)
        """Who called, for logs: ``pid 123 uid 1000``."""

    def on_close(self, callback: Callable[[], None]) -> None:
        """Have ``callback`` run once when the client has gone, however it went."""
        self._on_close.append(callback)

    async def send(self, reply: Reply) -> None:
        """Put one reply on the wire, waiting while the client is slow to read.

        Raises:
            ConnectionError: the client has gone.
            FrameError: the reply has no JSON form, or is too long.
        """
        self._writer.write(encode(reply.message()))
        await self._writer.drain()

    async def close(self) -> None:
        """Run the callbacks, each even if another fails, and close the socket."""
        callbacks, self._on_close = self._on_close, []
        for callback in callbacks:
            try:
                callback()
            except Exception:  # noqa: BLE001 - one clean-up must not stop the others; it is logged
                _log.exception("cleaning up after %s failed", self.peer)
        self._writer.close()
        try:
            async with asyncio.timeout(FLUSH_LIMIT_S):
                await self._writer.wait_closed()
        except OSError:  # TimeoutError is one: the client is there but does not read
            await self._abort()
        except asyncio.CancelledError:
            await self._abort()
            raise

    async def _abort(self) -> None:
        self._writer.transport.abort()
        await asyncio.sleep(0)  # the loop lets go of the socket in its next turn; there may be no other


def _peer(writer: asyncio.StreamWriter) -> str:
    """SO_PEERCRED of unix(7): the process at the other end when it connected."""
    credentials = struct.Struct("=iii")
    raw = writer.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, credentials.size)
    pid, uid, _gid = credentials.unpack(raw)
    return f"pid {pid} uid {uid}"


class Server:
    """One interface, one socket, any number of clients."""

    def __init__(
        self,
        interface: Interface,
        handler: object | Mapping[str, Handler],
        *,
        call_limit_s: float = CALL_LIMIT_S,
    ) -> None:
        """Bind the handlers.

        Raises:
            ContractError: a method of the interface has no handler, or its handler takes other parameters.
        """
        self._dispatcher = Dispatcher(interface, handler)
        self._call_limit_s = call_limit_s
        self._clients: set[asyncio.Task[None]] = set()
        self._endpoint: Endpoint | None = None
        self._listener: asyncio.Server | None = None

    async def start(self, path: Path) -> None:
        """Serve at ``path`` until `stop`; clients can call once this returns.

        Raises:
            EndpointError: another process serves it, or it cannot be made.
        """
        self._endpoint = Endpoint(path)
        self._listener = await asyncio.start_unix_server(self._accept, sock=self._endpoint.socket)

    async def stop(self) -> None:
        """Stop listening, drop every client, release what they held. May be called twice."""
        if self._listener is None or self._endpoint is None:
            return
        self._listener.close()
        for client in self._clients:
            client.cancel()
        await asyncio.gather(*self._clients, return_exceptions=True)
        self._endpoint.close()
        self._listener = self._endpoint = None

    @asynccontextmanager
    async def serving(self, path: Path) -> AsyncIterator["Server"]:
        """`start` and `stop` around a block."""
        await self.start(path)
        try:
            yield self
        finally:
            await self.stop()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - a coroutine always runs in a task
        self._clients.add(task)
        connection = Connection(writer)
        try:
            await _Conversation(self._dispatcher, connection, self._call_limit_s).run(reader)
        except (FrameError, MessageError) as error:
            _log.warning("dropped %s: %s", connection.peer, error)
        except asyncio.CancelledError:
            pass  # only `stop` cancels us; asyncio would log it as an error of ours
        finally:
            await connection.close()
            self._clients.discard(task)


class _Conversation:
    """The calls of one connection: read ahead, so that its end is seen while a stream runs."""

    def __init__(self, dispatcher: Dispatcher, connection: Connection, call_limit_s: float) -> None:
        self._dispatcher = dispatcher
        self._connection = connection
        self._call_limit_s = call_limit_s
        self._calls: asyncio.Queue[Call | None] = asyncio.Queue()
        self._streaming = False

    async def run(self, reader: asyncio.StreamReader) -> None:
        worker = asyncio.create_task(self._work())
        try:
            await self._read(reader)
            # What was asked before the end is still done (an Acknowledge sent and left); no stream goes on.
            self._calls.put_nowait(None)
            if self._streaming:
                worker.cancel()
            await asyncio.wait([worker])
        finally:
            worker.cancel()
            await asyncio.gather(worker, return_exceptions=True)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        decoder = Decoder()
        while data := await _receive(reader):
            decoder.feed(data)
            while (message := decoder.take()) is not None:
                if self._calls.qsize() >= _QUEUED_CALLS:
                    raise MessageError(f"more than {_QUEUED_CALLS} calls are waiting")
                self._calls.put_nowait(Call.parse(message))

    async def _work(self) -> None:
        while (call := await self._calls.get()) is not None:
            with suppress(ConnectionError):
                await self._send(call, await self._carry_out(call))

    async def _send(self, call: Call, reply: Reply) -> None:
        if call.oneway:
            return
        try:
            await self._connection.send(reply)
        except FrameError as error:
            await self._connection.send(_internal(call, error))

    async def _carry_out(self, call: Call) -> Reply:
        """Run a call to its last reply.

        Raises:
            ConnectionError: there is nobody left to answer.
        """
        try:
            return await self._try(call)
        except CallError as error:
            return Reply.of_error(error)
        except TimeoutError:
            _log.warning("%s lasted over %s s", call.method, self._call_limit_s)
            return Reply.of_error(CallError(f"{LINK}.DeadlineExceeded", method=call.method))
        except ConnectionError:
            raise
        except Exception as error:  # noqa: BLE001 - one call of one client fails; the daemon goes on and says so
            return _internal(call, error)

    async def _try(self, call: Call) -> Reply:
        bound = self._dispatcher.find(call.method)
        arguments = bound.arguments(call.parameters)
        try:
            if bound.streams:
                await self._follow(bound, arguments, call)
            # Awaited here, not in a task of its own: two calls sent together run without a gap between them.
            async with asyncio.timeout(self._call_limit_s):
                return Reply(bound.reply(await bound.call(self._connection, arguments)))
        except CallError as error:
            raise bound.refusal(error) from error

    async def _follow(self, bound: Bound, arguments: Mapping[str, Any], call: Call) -> NoReturn:
        if not call.more:
            raise CallError(f"{SERVICE}.ExpectedMore")
        self._streaming = True
        try:
            async with aclosing(bound.stream(self._connection, arguments)) as results:
                async for result in results:
                    await self._send(call, Reply(bound.reply(result), continues=True))
        finally:
            self._streaming = False
        raise CallError(f"{LINK}.StreamEnded", method=call.method)


def _internal(call: Call, error: Exception) -> Reply:
    if isinstance(error, ContractError | FrameError):
        _log.error("%s: %s", call.method, error)
    else:
        _log.error("%s failed", call.method, exc_info=error)
    return Reply.of_error(CallError(f"{LINK}.Internal", method=call.method))


async def _receive(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(_CHUNK)
    except ConnectionError:
        return b""
