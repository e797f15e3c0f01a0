"""What the simulated scanner is told to do: JSON Lines, from a script or live."""

import json
from dataclasses import dataclass
from typing import Any, Final, Literal, NoReturn

DEFAULT_GAP_MS: Final = 4
DEFAULT_STALL_MS: Final = 100
MAX_MS: Final = 3_600_000
EXAMPLES: Final = '{"scan": "4006381333931", "gap_ms": 4} or {"do": "unplug"}'
Fault = Literal["unplug", "stall"]


class ScriptError(ValueError):
    """The script cannot be used; every mistake with its line."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Type `text`, a character every `gap_ms`, `after_ms` after the line before."""

    text: str
    gap_ms: int = DEFAULT_GAP_MS
    after_ms: int = 0
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Plug:
    """Put the cable in (`on`) or pull it; after `ms`, where not 0, the opposite by itself."""

    on: bool
    ms: int = 0
    after_ms: int = 0
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Arm:
    """In the next scan, once `at_byte` characters are typed (None: half of them), let this happen.

    `stall` types nothing for `ms`; `unplug` pulls the cable, and puts it back after `ms` where not 0.
    """

    do: Fault
    ms: int
    at_byte: int | None = None
    after_ms: int = 0
    repeat: bool = False


Line = Scan | Plug | Arm


def parse_script(text: str) -> tuple[Line, ...]:
    """Reads a whole script; empty lines are passed over.

    Raises:
        ScriptError: with every mistake in it.
    """
    lines: list[Line] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                lines.append(parse_line(line))
            except ScriptError as error:
                wrong.append(f"line {number}: {error}")
    if wrong:
        raise ScriptError("; ".join(wrong))
    return tuple(lines)


def parse_line(text: str) -> Line:
    """Reads one line.

    Raises:
        ScriptError: what is wrong with it.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScriptError(f"this is not JSON; expected {EXAMPLES}") from error
    if not isinstance(found, dict):
        raise ScriptError(f"this is {found!r}; expected {EXAMPLES}")
    when = _milliseconds(found, "after_ms", 0)
    repeat = _repeat(found)
    if "scan" in found:
        _only(found, ("scan", "gap_ms", "after_ms", "repeat"))
        return Scan(_text(found), _milliseconds(found, "gap_ms", DEFAULT_GAP_MS), when, repeat)
    _only(found, ("do", "ms", "at_byte", "after_ms", "repeat"))
    return _deed(found, when, repeat=repeat)


def _deed(found: dict[str, Any], when: int, *, repeat: bool) -> Line:
    match found.get("do"):
        case "plug":
            return Plug(on=True, ms=_milliseconds(found, "ms", 0), after_ms=when, repeat=repeat)
        case "unplug" if "at_byte" not in found:
            return Plug(on=False, ms=_milliseconds(found, "ms", 0), after_ms=when, repeat=repeat)
        case "unplug":
            return Arm("unplug", _milliseconds(found, "ms", 0), _at_byte(found), when, repeat)
        case "stall":
            return Arm("stall", _milliseconds(found, "ms", DEFAULT_STALL_MS), _at_byte(found), when, repeat)
        case other:
            raise ScriptError(f"do is {other!r}; expected unplug, plug or stall, or a line with scan")


def _text(found: dict[str, Any]) -> str:
    text = found["scan"]
    if not isinstance(text, str) or not text:
        raise ScriptError(f"scan is {text!r}; expected the text of a code")
    return text


def _at_byte(found: dict[str, Any]) -> int | None:
    return None if found.get("at_byte") is None else _milliseconds(found, "at_byte", 0)


def _repeat(found: dict[str, Any]) -> bool:
    repeat = found.get("repeat", False)
    if not isinstance(repeat, bool):
        raise ScriptError(f"repeat is {repeat!r}; expected true or false")
    if repeat and not found.get("after_ms"):
        raise ScriptError("repeat needs an after_ms above 0, or the scanner would never pause")
    return repeat


def _milliseconds(found: dict[str, Any], name: str, default: int) -> int:
    value = found.get(name, default)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_MS:
        return value
    return _refuse(f"{name} is {value!r}; expected a whole number from 0 to {MAX_MS}")


def _only(found: dict[str, Any], names: tuple[str, ...]) -> None:
    unknown = sorted(found.keys() - set(names))
    if unknown:
        _refuse(f"{unknown[0]!r} is not known here; expected {', '.join(names)}")


def _refuse(sentence: str) -> NoReturn:
    raise ScriptError(sentence)
