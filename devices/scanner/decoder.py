"""A keyboard-wedge scanner's key events in, whole reads and faults out; pure, so recordings replay."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from devices.scanner.framer import Framer
from devices.scanner.keyboard import Keyboard
from devices.scanner.keymap import layout
from devices.scanner.reads import TAIL_MS, FrameSettings, Read

# Numbers of linux/input-event-codes.h.
EV_SYN: Final = 0
EV_KEY: Final = 1
SYN_REPORT: Final = 0
SYN_DROPPED: Final = 3
RELEASED: Final = 0
PRESSED: Final = 1


@dataclass(frozen=True, slots=True)
class WedgeSettings:
    """How a keyboard-wedge scanner types.

    Attributes:
        layout: the keyboard layout it was set to.
        frame: how it ends a read.
        keys: key codes this model uses for a control character (a function key for GS, say).
    """

    layout: str = "us"
    frame: FrameSettings = field(default_factory=FrameSettings)
    keys: Mapping[int, str] = field(default_factory=dict)


class Decoder:
    """The state machine over (t_ms, type, code, value) of linux/input.h.

    Times are milliseconds of one clock and never go back. Only key-down counts: autorepeat, releases of keys
    that were never seen, and every other event type are passed over. Wherever keys may have been lost
    (SYN_DROPPED, unplugging, keys already held at opening, a silence inside a read) the read is voided whole,
    because a shortened code can still look like a right one.
    """

    def __init__(self, settings: WedgeSettings) -> None:
        self._frame = Framer(settings.frame)
        self._keyboard = Keyboard(layout(settings.layout), settings.keys)
        self._gap_ms = settings.frame.gap_ms
        self._dropping = False
        self._caps_unsure = False
        self._held: set[int] = set()
        self._opened: float | None = None
        self._touched: float = 0

    @property
    def deadline(self) -> float | None:
        """When `expire` will have something to say; None when nothing is pending."""
        return self._frame.deadline

    def feed(self, t_ms: float, kind: int, code: int, value: int) -> list[Read]:
        """Takes one event; returns what it completed."""
        reads = self.expire(t_ms)
        if kind == EV_SYN:
            return reads + self._sync(t_ms, code)
        if kind == EV_KEY and not self._dropping:
            if value == PRESSED:
                reads += self._press(t_ms, code)
            elif value == RELEASED:
                reads += self._release(t_ms, code)
        return reads

    def unplug(self, t_ms: float) -> list[Read]:
        """The device is gone: a part of a read is void, and so is whatever would still arrive of it."""
        reads = self.expire(t_ms)
        reads += self._frame.void(t_ms, "unplugged") if self._frame.pending else []
        self._frame.discard(t_ms)
        self._forget_device()
        return reads

    def plug(self, t_ms: float, held: Collection[int] = ()) -> list[Read]:
        """The device was opened at `t_ms` with the keys `held` down: nothing counts until they are up."""
        reads = self.unplug(t_ms)
        self._frame.restart()
        self._held = set(held)
        self._opened = self._touched = t_ms
        return reads

    def expire(self, t_ms: float) -> list[Read]:
        """Judges the silence up to `t_ms`; to be called when `deadline` has passed."""
        if t_ms - self._touched >= self._gap_ms:
            # A scanner holds no key longer than a gap: one that stays down is stuck, not part of a read.
            self._held.clear()
        reads: list[Read] = []
        deadline = self._frame.deadline
        if deadline is not None and t_ms >= deadline:
            reads += self._type(self._touched, self._keyboard.flush())
            reads += self._frame.expire(t_ms)
            self._dropping = False
        if t_ms - self._touched >= self._gap_ms:
            self._keyboard.forget()
        self._settle_caps()
        return reads

    def finish(self) -> list[Read]:
        """No more will come: a pending read is judged as after a long silence."""
        deadline = self._frame.deadline
        return [] if deadline is None else self.expire(deadline)

    def _sync(self, t_ms: float, code: int) -> list[Read]:
        if code == SYN_DROPPED:
            # What the kernel's queue held is gone (Documentation/input/event-codes.rst): releases too, so no
            # key counts as held. Re-reading the held keys would take still queued ones away with it.
            self._dropping = self._caps_unsure = True
            self._keyboard.reset()
            self._touched = t_ms
            return self._frame.void(t_ms, "overflow")
        if code == SYN_REPORT:
            self._dropping = False
        return []

    def _press(self, t_ms: float, code: int) -> list[Read]:
        reads = self._tail(t_ms)
        self._touched = t_ms
        self._frame.touch(t_ms)
        typed = self._keyboard.press(code)
        if self._held:
            return reads
        reads += self._type(t_ms, typed)
        self._settle_caps()
        return reads

    def _release(self, t_ms: float, code: int) -> list[Read]:
        typed = self._keyboard.release(code)
        if self._held:
            self._held.discard(code)
            if not self._held and self._opened is not None:
                self._opened = self._touched = t_ms
            return []
        return self._type(t_ms, typed) if typed != "" else []

    def _tail(self, t_ms: float) -> list[Read]:
        if self._opened is None or self._frame.discarding:
            return []
        is_tail = bool(self._held) or t_ms - self._opened < TAIL_MS
        self._opened = None
        return self._frame.void(t_ms, "tail") if is_tail else []

    def _type(self, t_ms: float, typed: str | None) -> list[Read]:
        if typed is None:
            self._keyboard.forget()
            return self._frame.void(t_ms, "control")
        reads: list[Read] = []
        for character in typed:
            reads += self._frame.character(t_ms, character)
        return reads

    def _settle_caps(self) -> None:
        if self._caps_unsure and not self._frame.discarding:
            self._keyboard.unlock()
            self._caps_unsure = False

    def _forget_device(self) -> None:
        self._keyboard.reset()
        self._dropping = self._caps_unsure = False
        self._held.clear()
        self._opened = None
