"""A visit as a script: `Playbook() >> event << effect` says what happens and what must come of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Self

from kiosk.checkout import visit
from kiosk.checkout.effects import Effect
from kiosk.checkout.events import (
    AnyEvent,
    Attempt,
    AttemptChanged,
    AttemptState,
    Condition,
    Instant,
    Part,
    PartChanged,
    Pressed,
    ReadRef,
    Scanned,
    Ticked,
)
from kiosk.checkout.intents import AnyIntent, Intent
from kiosk.checkout.session import Overlay, Phase, Policy, Session
from kiosk.domain.catalogue import Product
from tests.goods import EUR

START = Instant(1_700_000_000_000_000, 1_000_000_000)
POLICY = Policy(EUR, languages=("en", "de"))
SECOND = 1_000_000


def later(at: Instant, seconds: float) -> Instant:
    """Give a moment later on both clocks."""
    moved = int(seconds * SECOND)
    return Instant(at.wall_us + moved, at.mono_us + moved)


class Playbook:
    """Plays events into a session; every effect must be expected, in order, before the next event."""

    def __init__(self, session: Session | None = None) -> None:
        ready = tuple(PartChanged(START, part, Condition.READY) for part in Part)
        self.session = session or replace(Session.begin(POLICY, START), parts=ready)
        self.at = self.session.at
        self._effects: list[Effect] = []
        self._reads = 0

    def __rshift__(self, event: AnyEvent) -> Self:
        assert self._effects == [], f"not expected: {self._effects}"
        self.session, effects = visit.handle(self.session, event)
        self._effects = list(effects)
        return self

    def __lshift__(self, effect: Effect) -> Self:
        assert self._effects, f"expected {effect}, nothing came"
        assert self._effects.pop(0) == effect
        return self

    def scene(self, phase: Phase) -> None:
        """The visit must be in this scene."""
        assert self.session.phase is phase

    def over(self, overlay: Overlay) -> None:
        """This must lie over the scene."""
        assert self.session.overlay is overlay

    def done(self) -> None:
        """Nothing more must have come."""
        assert self._effects == [], f"not expected: {self._effects}"

    def take(self) -> list[Effect]:
        """Take what came, to look at it some other way."""
        effects, self._effects = self._effects, []
        return effects

    def wait(self, seconds: float) -> Self:
        """Let time pass; the next event is later."""
        self.at = later(self.at, seconds)
        return self

    def tick(self) -> Ticked:
        """Give the event of a second that has passed."""
        return Ticked(self.at)

    def scan(self, product: Product | None, code: str = "4006381333931") -> Scanned:
        """Give the next read."""
        self._reads += 1
        return Scanned(self.at, code, ReadRef("front", "b1", self._reads), product, "s1")

    def press(self, kind: type[Intent], *args: Any, revision: int | None = None) -> Pressed:
        """Give a press on the present view, or on an older one."""
        intent: AnyIntent = kind(self.session.revision if revision is None else revision, *args)  # type: ignore[assignment]
        return Pressed(self.at, intent, "a1")

    def attempt(self, state: AttemptState, attempt_id: str = "a1", **more: Any) -> AttemptChanged:
        """Give what the terminal daemon tells of an attempt."""
        return AttemptChanged(self.at, Attempt(attempt_id, state, **more))

    def part(self, part: Part, condition: Condition, detail: str = "") -> PartChanged:
        """Give what a part of the lane tells."""
        return PartChanged(self.at, part, condition, detail)
