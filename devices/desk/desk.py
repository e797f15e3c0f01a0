"""One running desk: its lines to the simulators, the state of the page, and whoever looks at it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices.desk.acts import Order
from devices.desk.board import Board, Line
from devices.desk.shelf import Shelf
from devices.desk.station import Station

_HEARTBEAT_S = 15.0
_ASK_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything is: control sockets by station, the paper directory, the pictures."""

    controls: Mapping[str, Path]
    paper: Path | None = None
    pictures: Path | None = None


class Desk:
    """Serves any number of pages; ``ask`` says how the daemons are, None where there is no link directory."""

    def __init__(
        self,
        places: Places,
        shelf: Shelf,
        ask: Callable[[], Awaitable[list[Line]]] | None = None,
        ask_every_s: float = _ASK_EVERY_S,
        heartbeat_s: float = _HEARTBEAT_S,
    ) -> None:
        self.places = places
        self.shelf = shelf
        self.codes = frozenset(product.code for product in shelf.products)
        self._ask = ask
        self._ask_every_s = ask_every_s
        self._heartbeat_s = heartbeat_s
        self._board = Board()
        self._shown = ""
        self._pages: set[asyncio.Event] = set()
        self._stations = {
            name: Station(name, path, self._heard, self._away) for name, path in places.controls.items()
        }
        self._tell_pages()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Keep the lines to the simulators while the page is served."""
        tasks = [asyncio.create_task(station.run()) for station in self._stations.values()]
        tasks.append(asyncio.create_task(self._ask_daemons()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def carry_out(self, order: Order) -> None:
        """Send an order to its simulator.

        Raises:
            AwayError: it is not there.
        """
        await self._stations[order.station].send(order.lines)

    async def views(self) -> AsyncGenerator[str]:
        """The page's state as JSON, now and after each change; blank now and then, to keep the line open."""
        changed = asyncio.Event()
        self._pages.add(changed)
        try:
            while True:
                changed.clear()
                yield self._shown
                try:
                    await asyncio.wait_for(changed.wait(), self._heartbeat_s)
                except TimeoutError:
                    yield ""
        finally:
            self._pages.discard(changed)

    def _heard(self, station: str, event: Mapping[str, Any]) -> None:
        self._board.hear(station, event)
        self._tell_pages()

    def _away(self, station: str, sentence: str) -> None:
        self._board.away(station, sentence)
        self._tell_pages()

    def _tell_pages(self) -> None:
        shown = json.dumps(self._board.view(), ensure_ascii=False)
        if shown != self._shown:
            self._shown = shown
            for changed in self._pages:
                changed.set()

    async def _ask_daemons(self) -> None:
        while self._ask is not None:
            # Nobody looks: nobody is asked.
            if self._pages:
                self._board.daemons(await self._ask())
                self._tell_pages()
            await asyncio.sleep(self._ask_every_s)
