"""The thread the core runs on; what it runs is imported there, after the first frame."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

    from kiosk.bootstrap.lane import LaneRooms
    from kiosk.checkout.intents import AnyIntent

_log = logging.getLogger(__name__)


class BadConfigError(Exception):
    """What the configuration names cannot be used; its sentences are all there is to say."""


class CoreThread(threading.Thread):
    """Runs the rooms beside the screen; `failure` holds why it ended, if it did."""

    def __init__(self, build: Callable[[], LaneRooms], on_end: Callable[[], None]) -> None:
        super().__init__(name="core", daemon=True)
        self._build = build
        self._on_end = on_end
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rooms: LaneRooms | None = None
        self._serving: asyncio.Task[None] | None = None
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Build the rooms and serve them."""
        try:
            import_module("asyncio").run(self._main())
        except BadConfigError as failure:
            self.failure = failure
        except BaseException as failure:  # noqa: BLE001  the thread's edge: the screen's thread decides what to do
            self.failure = failure
            _log.exception("the core ended")
        finally:
            self._on_end()

    def press(self, intent: AnyIntent) -> None:
        """Take a hand on the screen, from its thread; before the core runs there is nothing to press."""
        if self._rooms is not None:
            self._soon(self._rooms.lane.press, intent)

    def stop(self) -> None:
        """Ask it to end, from another thread."""
        if self._serving is not None:
            self._soon(self._serving.cancel)

    def _soon(self, act: Callable[..., object], *given: object) -> None:
        """Have the core's loop do something; one that has ended does nothing any more."""
        if self._loop is not None:
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(act, *given)

    async def _main(self) -> None:
        asyncio = import_module("asyncio")
        self._loop = asyncio.get_running_loop()
        self._loop.set_exception_handler(self._failed)
        rooms = self._rooms = self._build()
        try:
            self._serving = asyncio.ensure_future(rooms.run())
            await asyncio.gather(self._serving, return_exceptions=False)
        except asyncio.CancelledError:
            _log.info("stopped")
        finally:
            rooms.close()

    def _failed(self, _loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        """A callback failed (a press the store could not keep): end, rather than go on with a lie."""
        self.failure = context.get("exception") or RuntimeError(context["message"])
        _log.error("%s", context["message"], exc_info=self.failure)
        if self._serving is not None:
            self._serving.cancel()
