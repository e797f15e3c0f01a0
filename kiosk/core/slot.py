"""How the core shows the screen what is: the latest wins, nobody waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


def _nobody() -> None:
    return


class Slot(Generic[T]):
    """One place for one value, written by one thread and read by another.

    A single reference is swapped, which CPython does at once; a value overtaken before it was read is gone,
    as it should be. `on_put` is called in the writer's thread.
    """

    def __init__(self) -> None:
        self._value: T | None = None
        self.on_put: Callable[[], None] = _nobody

    def put(self, value: T) -> None:
        """Leave a value, over any older one."""
        self._value = value
        self.on_put()

    def take(self) -> T | None:
        """Take the value away, or None if nothing new came."""
        value, self._value = self._value, None
        return value
