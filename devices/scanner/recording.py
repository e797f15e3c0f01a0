"""Recorded key events as JSON Lines: read strictly with every mistake told, and written."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from devices.scanner.decoder import Decoder
from devices.scanner.reads import DataEvent, Read

MAX_TYPE: Final = 0x1F
MAX_CODE: Final = 0xFFFF
KEY_MAX: Final = 0x2FF
EXAMPLE: Final = '{"t_ms": 12, "type": 1, "code": 5, "value": 1}'
INT32: Final = range(-(2**31), 2**31)


class RecordingError(ValueError):
    """The recording cannot be replayed; `sentences` names every mistake with its line."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """One record of linux/input.h at `t_ms`."""

    t_ms: float
    kind: int
    code: int
    value: int


@dataclass(frozen=True, slots=True)
class Unplugged:
    """The device went away at `t_ms`."""

    t_ms: float


@dataclass(frozen=True, slots=True)
class Plugged:
    """The device was opened at `t_ms` with the keys `held` already down."""

    t_ms: float
    held: tuple[int, ...]


Step = KeyEvent | Unplugged | Plugged


def parse(lines: Iterable[str]) -> list[Step]:
    """Reads a recording; empty lines and unknown fields are passed over.

    Raises:
        RecordingError: with every mistake in it.
    """
    steps: list[Step] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            steps.append(_after(steps[-1].t_ms if steps else -math.inf, _step(_object(line))))
        except ValueError as error:
            wrong.append(f"line {number}: {error}")
    if wrong:
        raise RecordingError(wrong)
    return steps


def replay(steps: Iterable[Step], decoder: Decoder) -> Iterable[Read]:
    """What the decoder says of the steps, at their end as after a long silence."""
    for step in steps:
        yield from _feed(decoder, step)
    yield from decoder.finish()


def line_of_read(read: Read) -> str:
    """The JSON line that tells of a read or a fault."""
    said: dict[str, Any] = {"event": "DataEvent" if isinstance(read, DataEvent) else "ErrorEvent"}
    said["t_ms"] = read.t_ms
    if isinstance(read, DataEvent):
        said["data"] = read.data
    else:
        said["reason"] = read.reason
    return json.dumps(said)


def line_of_step(step: Step) -> str:
    """The JSON line that records a step."""
    said: dict[str, Any] = {"t_ms": step.t_ms}
    if isinstance(step, KeyEvent):
        said |= {"type": step.kind, "code": step.code, "value": step.value}
    elif isinstance(step, Unplugged):
        said["unplug"] = True
    else:
        said |= {"plug": True, "held": list(step.held)}
    return json.dumps(said)


def _feed(decoder: Decoder, step: Step) -> list[Read]:
    if isinstance(step, KeyEvent):
        return decoder.feed(step.t_ms, step.kind, step.code, step.value)
    if isinstance(step, Unplugged):
        return decoder.unplug(step.t_ms)
    return decoder.plug(step.t_ms, step.held)


def _after(before_ms: float, step: Step) -> Step:
    if step.t_ms < before_ms:
        raise ValueError(f"t_ms goes back from {before_ms} to {step.t_ms}; expected it to rise")
    return step


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("this is not JSON; expected one object") from error
    return found if isinstance(found, dict) else _refuse_line(found)


def _refuse_line(found: object) -> NoReturn:
    raise ValueError(f"this is {found!r}; expected an object such as {EXAMPLE}")


def _step(found: dict[str, Any]) -> Step:
    t_ms = _time(found)
    if found.get("unplug") is True:
        return Unplugged(t_ms)
    if found.get("plug") is True:
        return Plugged(t_ms, _held(found.get("held", [])))
    return KeyEvent(
        t_ms,
        _whole(found, "type", range(MAX_TYPE + 1)),
        _whole(found, "code", range(MAX_CODE + 1)),
        _whole(found, "value", INT32),
    )


def _time(found: dict[str, Any]) -> float:
    t_ms = found.get("t_ms")
    if isinstance(t_ms, int | float) and not isinstance(t_ms, bool) and math.isfinite(t_ms):
        return t_ms
    raise ValueError(f"t_ms is {t_ms!r}; expected a number of milliseconds")


def _whole(found: dict[str, Any], name: str, allowed: range) -> int:
    value = found.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and value in allowed:
        return value
    raise ValueError(f"{name} is {value!r}; expected a whole number from {allowed[0]} to {allowed[-1]}")


def _held(held: object) -> tuple[int, ...]:
    codes = held if isinstance(held, list) else [held]
    return tuple(_whole({"held": code}, "held", range(KEY_MAX + 1)) for code in codes)
