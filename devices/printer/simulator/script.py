"""The simulated printer's script: what happens to it, and when (docs of the formats: "Simulator scripts").

``at_byte`` counts bytes of the stream from the host. What happens to the mechanism (paper, cover, power)
happens when the print engine has taken that many bytes, so half a receipt is on the paper; what happens to
the cable (stall, xoff, short_write) happens when that many bytes have arrived. ``after_ms`` counts from the
line before it having happened, or from the start for a first line.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass

ON_ARRIVAL = frozenset(("stall", "xoff", "short_write"))
ACTS = (
    "paper_out",
    "paper_in",
    "near_end",
    "cover_open",
    "cover_close",
    "power_off",
    "power_on",
    "stall",
    "xoff",
    "short_write",
    "resume",
    "cutter_jam",
    "cutter_clear",
    "drawer_close",
    "feed",
    "tear",
)
_STATUS = {"near_end": "near_end", "ok": "paper_in", "end": "paper_out"}
_KEYS = ("at_byte", "after_ms", "do", "status", "repeat", "ms")
_SHORT_WRITE_MS = 500


class ScriptError(ValueError):
    """A line is not one of a printer script; the sentence says what was got and what is expected."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    ``at_byte``: bytes of the stream; ``after_ms``: milliseconds; both None: at once. ``ms``: how long a short
    write holds the line, in milliseconds.
    """

    do: str
    at_byte: int | None = None
    after_ms: int | None = None
    repeat: bool = False
    ms: int = _SHORT_WRITE_MS


def parse_line(text: str) -> Line:
    """Read one script line.

    Raises:
        ScriptError: with one sentence.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ScriptError(f"not JSON ({error})") from None
    if not isinstance(found, dict):
        raise ScriptError(f'expected an object such as {{"do": "paper_out"}}, got {text.strip()}')
    for key in found:
        if key not in _KEYS:
            raise ScriptError(f"unknown key {key!r}; expected {', '.join(_KEYS)}{_near(key, _KEYS)}")
    at_byte, after_ms = _number(found, "at_byte"), _number(found, "after_ms")
    if at_byte is not None and after_ms is not None:
        raise ScriptError("at_byte and after_ms in one line; expected one of them")
    repeat = found.get("repeat", False)
    if not isinstance(repeat, bool):
        raise ScriptError(f"repeat is {json.dumps(repeat)}; expected true or false")
    ms = _number(found, "ms")
    return Line(_act(found), at_byte, after_ms, repeat, _SHORT_WRITE_MS if ms is None else ms)


def parse_script(text: str) -> tuple[Line, ...]:
    """Read a whole script; blank lines are passed over.

    Raises:
        ScriptError: naming the number of the first bad line.
    """
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                lines.append(parse_line(line))
            except ScriptError as error:
                raise ScriptError(f"script line {number}: {error}") from None
    return tuple(lines)


def _act(found: dict[str, object]) -> str:
    if ("do" in found) == ("status" in found):
        raise ScriptError('expected one of "do" and "status"')
    if "status" in found:
        status = found["status"]
        if not isinstance(status, str) or status not in _STATUS:
            raise ScriptError(f"status is {json.dumps(status)}; expected {', '.join(_STATUS)}")
        return _STATUS[status]
    do = found["do"]
    if not isinstance(do, str) or do not in ACTS:
        raise ScriptError(f"do is {json.dumps(do)}; expected {', '.join(ACTS)}{_near(do, ACTS)}")
    return do


def _number(found: dict[str, object], key: str) -> int | None:
    value = found.get(key)
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ScriptError(f"{key} is {json.dumps(value)}; expected a whole number from 0")
    return value


def _near(word: object, words: Iterable[str]) -> str:
    near = difflib.get_close_matches(str(word), list(words), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


@dataclass(slots=True, eq=False)
class _Entry:
    """A line still to happen.

    ``offset``: the byte it waits for. ``due``: when it is due by time; both None while the line before it,
    ``follows``, has not happened.
    """

    line: Line
    offset: int | None
    due: float | None
    follows: _Entry | None = None


class Script:
    """The lines still to happen. Times in milliseconds of any steady clock the caller passes."""

    def __init__(self, lines: Iterable[Line], now: float) -> None:
        self._waiting: list[_Entry] = []
        before: _Entry | None = None
        for line in lines:
            entry = _Entry(line, line.at_byte, None, before)
            at_once = before is None or _immediate(before.line)
            if line.at_byte is None and (at_once or line.after_ms is None):
                entry.due = now + (line.after_ms or 0)
            self._waiting.append(entry)
            before = entry

    def add(self, line: Line, now: float, received: int, printed: int) -> None:
        """A line given live: its bytes and milliseconds count from now."""
        if line.at_byte is None:
            self._waiting.append(_Entry(line, None, now + (line.after_ms or 0)))
        else:
            base = received if line.do in ON_ARRIVAL else printed
            self._waiting.append(_Entry(line, base + line.at_byte, None))

    def next_arrival(self, received: int) -> int | None:
        """How many more bytes may arrive before something happens on the line."""
        offsets = [e.offset for e in self._waiting if e.offset is not None and e.line.do in ON_ARRIVAL]
        return max(0, min(offsets) - received) if offsets else None

    def next_due(self) -> float | None:
        """When the next line is due by time."""
        return min((entry.due for entry in self._waiting if entry.due is not None), default=None)

    def arrived(self, received: int, now: float) -> list[Line]:
        """Lines that happen now that so many bytes have arrived."""
        return self._reached(received, now, arrival=True)

    def printed(self, count: int, now: float) -> list[Line]:
        """Lines that happen now that the engine has taken so many bytes."""
        return self._reached(count, now, arrival=False)

    def elapsed(self, now: float) -> list[Line]:
        """Lines that are due by time, in their order of time."""
        due = [(entry.due, entry) for entry in self._waiting if entry.due is not None and entry.due <= now]
        return [self._happen(entry, at) for at, entry in sorted(due, key=lambda pair: pair[0])]

    def _reached(self, count: int, now: float, *, arrival: bool) -> list[Line]:
        hit = [
            entry
            for entry in self._waiting
            if entry.offset is not None and entry.offset <= count and (entry.line.do in ON_ARRIVAL) == arrival
        ]
        return [self._happen(entry, now) for entry in hit]

    def _happen(self, entry: _Entry, now: float) -> Line:
        line = entry.line
        for other in self._waiting:
            if other.follows is entry and other.line.after_ms is not None:
                other.due = now + other.line.after_ms
        entry.due = None
        if not line.repeat:
            self._waiting.remove(entry)
        elif line.at_byte:
            entry.offset = (entry.offset or 0) + line.at_byte
        elif line.after_ms and (entry.follows is None or _immediate(entry.follows.line)):
            entry.due = now + line.after_ms
        return line


def _immediate(line: Line) -> bool:
    return line.at_byte is None and line.after_ms is None
