"""Tells the backend what the lane shows and whom it calls, and the lane whether anybody has seen it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.sync.patience import Backoff
from kiosk.sync.status import Status
from kiosk.sync.transport import Backend, BackendError, patience
from kiosk.sync.wire import LaneHeard, LaneSaid, WireError

HEARTBEAT_S: Final = 10.0
"""A lane that shows the same still says so this often: the console calls one silent that does not."""

ASK_AGAIN_S: Final = 1.0
"""As long as nobody has seen what is wanted, it is asked this often whether somebody has."""

LONGEST_WAIT_S: Final = 3.0
"""A backend that came back hears of a want within this time, whatever the failures before."""


@dataclass(frozen=True, slots=True)
class _Report:
    """What the lane said; a want has one since_us for as long as it lasts, by the lane's clock."""

    screen: str
    sale_state: str | None
    wants: str | None
    since_us: int


class Presence:
    """What the lane said last, until it says something else or is gone. For one event loop."""

    def __init__(self, status: Status, wall_us: Callable[[], int]) -> None:
        """Take where to tell it, and the lane's clock in microseconds since 1970 UTC."""
        self._status = status
        self._wall_us = wall_us
        self._report: _Report | None = None
        self._anew = asyncio.Event()

    def say(self, screen: str, sale_state: str | None, wants: str | None) -> None:
        """Take the lane's state; it is told to the backend at once."""
        before = self._report
        if before is not None and before.wants == wants:
            self._report = _Report(screen, sale_state, wants, before.since_us)
        else:
            self._report = _Report(screen, sale_state, wants, self._wall_us())
            self._status.update(told=None)
        self._anew.set()

    def fall_silent(self) -> None:
        """The lane is gone: nothing more is told for it, and what it wanted nobody is told of."""
        self._report = None
        self._status.update(told=None)

    def lose(self) -> None:
        """The backend has gone: who has been told is not known any more, and is asked anew."""
        self._status.update(told=None)
        self._anew.set()

    async def tell_on(self, backend: Backend, random: Callable[[], float]) -> None:
        """Tell one backend for ever."""
        backoff = Backoff(random)
        self._anew.set()
        while True:
            await self._anew.wait()
            self._anew.clear()
            while (report := self._report) is not None and not self._anew.is_set():
                await patience(self._anew, await self._tell(report, backend, backoff))

    async def _tell(self, report: _Report, backend: Backend, backoff: Backoff) -> float:
        """Tell once; returns after how many seconds to tell again."""
        said = LaneSaid(report.screen, report.sale_state, report.wants, report.since_us, self._wall_us())
        try:
            answer = await backend.ask("POST", "/v1/lane", said.to_json())
            told = LaneHeard.from_json(answer.body).told
        except (BackendError, WireError) as error:
            self._status.update(told=None)
            asked_s = getattr(error, "retry_after_s", 0.0)
            return max(asked_s, min(LONGEST_WAIT_S, backoff.failed()))
        backoff.succeeded()
        now = self._report
        if now is None or (now.wants, now.since_us) != (said.wants, said.since_us):
            return 0.0  # the answer is to what is wanted no more
        seen = told if told == said.wants else None
        self._status.update(told=seen)
        return HEARTBEAT_S if seen == said.wants else ASK_AGAIN_S
