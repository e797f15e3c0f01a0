"""The line to one simulator's control socket: comes back by itself, says in a sentence when it is away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

_AGAIN_S = 1.0


class AwayError(ConnectionError):
    """The simulator cannot be reached; one sentence."""


class Station:
    """One simulator.

    Args:
        name: scanner, printer or terminal.
        path: of its control socket.
        hear: is called with each event.
        away: is called with a sentence when the simulator cannot be reached.
        again_s: seconds between two tries.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        hear: Callable[[str, Mapping[str, Any]], None],
        away: Callable[[str, str], None],
        again_s: float = _AGAIN_S,
    ) -> None:
        self.name = name
        self._path = path
        self._hear = hear
        self._away = away
        self._again_s = again_s
        self._writer: asyncio.StreamWriter | None = None

    async def run(self) -> None:
        """Keep the line until cancelled."""
        while True:
            try:
                reader, self._writer = await asyncio.open_unix_connection(self._path)
            except OSError:
                self._away(self.name, self._sentence)
            else:
                await self._listen(reader, self._writer)
                self._away(self.name, self._sentence)
            await asyncio.sleep(self._again_s)

    async def send(self, lines: Sequence[Mapping[str, Any]]) -> None:
        """Send control lines.

        Raises:
            AwayError: the simulator is not there.
        """
        writer = self._writer
        if writer is None:
            raise AwayError(self._sentence)
        try:
            for line in lines:
                writer.write(json.dumps(line).encode() + b"\n")
            await writer.drain()
        except ConnectionError as error:
            raise AwayError(self._sentence) from error

    @property
    def _sentence(self) -> str:
        return (
            f"The simulated {self.name} is away (nothing answers at {self._path.name}); "
            "start it and it appears here by itself."
        )

    async def _listen(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # An event longer than the stream's limit is no event of ours: the line is made anew.
            with suppress(ConnectionError, ValueError):
                async for text in reader:
                    self._take(text)
        finally:
            self._writer = None
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    def _take(self, text: bytes) -> None:
        try:
            event = json.loads(text)
        except ValueError:
            return
        if isinstance(event, dict):
            self._hear(self.name, event)
