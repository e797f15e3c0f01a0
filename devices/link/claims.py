"""Exclusive use of a device (UnifiedPOS Claim), tied to the connection that asked for it."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from devices.link.messages import CallError

LONGEST_WAIT_S = 1.5
"""A Claim waits at most this long for the holder to release, in seconds: no call may last over 2 s."""


class Holder(Protocol):
    """What a claim is tied to: a server's Connection."""

    def on_close(self, callback: Callable[[], None]) -> None:
        """Have ``callback`` run once when the client has gone."""
        ...


class Claims:
    """At most one holder at a time; freed by `release` or by the end of the holder's connection."""

    def __init__(self, on_release: Callable[[], None] | None = None) -> None:
        """Start unclaimed; ``on_release`` is called after every release (a scanner disables itself then)."""
        self._holder: Holder | None = None
        self._client = ""
        self._on_release = on_release
        self._freed = asyncio.Event()

    @property
    def holder(self) -> str | None:
        """The name the holder gave, or None."""
        return None if self._holder is None else self._client

    async def claim(self, connection: Holder, client: str, timeout_ms: int) -> None:
        """Take it, waiting up to ``timeout_ms`` (and never over 1.5 s) for another holder to let go.

        Claiming again on the same connection changes the name only.

        Raises:
            CallError: Claimed(holder), when somebody else still has it.
        """
        try:
            async with asyncio.timeout(min(max(timeout_ms, 0) / 1000, LONGEST_WAIT_S)):
                while not self._free_for(connection):
                    await self._freed.wait()
        except TimeoutError:
            raise CallError("Claimed", holder=self._client) from None
        if self._holder is None:
            connection.on_close(lambda: self._let_go(connection))
        self._holder, self._client = connection, client

    def release(self, connection: Holder) -> None:
        """Let go.

        Raises:
            CallError: NotClaimed, when this connection does not hold it.
        """
        self.require(connection)
        self._let_go(connection)

    def require(self, connection: Holder) -> None:
        """Pass only for the holder.

        Raises:
            CallError: NotClaimed.
        """
        if self._holder is not connection:
            raise CallError("NotClaimed")

    def _free_for(self, connection: Holder) -> bool:
        return self._holder is None or self._holder is connection

    def _let_go(self, connection: Holder) -> None:
        if self._holder is not connection:
            return
        self._holder = None
        self._freed.set()
        self._freed = asyncio.Event()
        if self._on_release is not None:
            self._on_release()
