"""Trying PINs beside the loop: argon2id takes a tenth of a second a person."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from kiosk.checkout.events import AnyEvent, Instant, PinChecked
from kiosk.domain.approval import Right
from kiosk.store.people import People, whose


class Staff:
    """Finds out whose PIN it is, and counts failures durably before it answers."""

    def __init__(
        self, people: People, pepper: bytes, now: Callable[[], Instant], emit: Callable[[AnyEvent], None]
    ) -> None:
        self._people = people
        self._pepper = pepper
        self._now = now
        self._emit = emit
        self._tries: set[asyncio.Task[None]] = set()

    def check(self, pin: str) -> None:
        """Start a try; its answer is `PinChecked`."""
        task = asyncio.get_running_loop().create_task(self._check(pin))
        self._tries.add(task)
        task.add_done_callback(self._tries.discard)

    async def _check(self, pin: str) -> None:
        waiting = self._people.waiting_s(self._now().wall_us)
        if waiting:
            self._emit(PinChecked(self._now(), None, "", may_settle=False, wait_s=waiting))
            return
        person = await asyncio.to_thread(whose, self._people.known(), self._pepper, pin)
        trial = self._people.tried(person, self._now().wall_us)
        if person is None:
            self._emit(PinChecked(self._now(), None, "", may_settle=False, wait_s=trial.wait_s))
            return
        may = Right.SETTLE_PAYMENT in person.rights
        self._emit(PinChecked(self._now(), person.person_id, person.name, may_settle=may, wait_s=0))
