"""What a person can do at the desk, as lines for the control sockets of the simulators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Line = Mapping[str, Any]
# Codes a shop does not sell: valid EAN-13 that no shelf of ours carries; the first not on the shelf is used.
STRANGE_CODES = ("9780201379624", "5901234123457", "4012345678901")
_LONGEST_CODE = 512
_TWICE_MS = 350


class ActError(ValueError):
    """The page asked for something that does not exist; one sentence."""


@dataclass(frozen=True, slots=True)
class Order:
    """Lines for one simulator: ``station`` is scanner, printer or terminal."""

    station: str
    lines: tuple[Line, ...]


_FIXED: dict[str, Order] = {
    "scanner.unplug": Order("scanner", ({"do": "unplug"},)),
    "scanner.plug": Order("scanner", ({"do": "plug"},)),
    "terminal.approve": Order("terminal", ({"key": "approve"},)),
    "terminal.card": Order("terminal", ({"key": "card"},)),
    "terminal.decline": Order("terminal", ({"key": "decline"},)),
    "terminal.wrong_pin": Order("terminal", ({"key": "wrong_pin"},)),
    "terminal.cancel": Order("terminal", ({"key": "cancel"},)),
    "terminal.pull_cable": Order("terminal", ({"key": "pull_cable"},)),
    "terminal.plug_cable": Order("terminal", ({"key": "plug_cable"},)),
    "terminal.power": Order("terminal", ({"key": "power"},)),
    "terminal.late": Order("terminal", ({"on": "status", "do": "late", "ms": 3000},)),
    **{
        f"printer.{do}": Order("printer", ({"do": do},))
        for do in (
            "paper_out",
            "paper_in",
            "near_end",
            "cover_open",
            "cover_close",
            "power_off",
            "power_on",
            "cutter_jam",
            "cutter_clear",
            "drawer_close",
            "resume",
            "feed",
            "tear",
        )
    },
}


def order_for(act: object, code: object, shelf: frozenset[str]) -> Order:
    """The lines that carry out an act of the page.

    Args:
        act: its name, such as ``printer.paper_out`` or ``scanner.scan``.
        code: what is to be scanned, for the acts of the scanner that need it.
        shelf: the codes on the shelf.

    Raises:
        ActError: there is no such act, or nothing to scan.
    """
    if isinstance(act, str) and act in _FIXED:
        return _FIXED[act]
    if act == "scanner.strange":
        strange = next(each for each in (*STRANGE_CODES, "") if each not in shelf)
        return Order("scanner", ({"scan": strange or STRANGE_CODES[0]},))
    if act not in ("scanner.scan", "scanner.scratched", "scanner.twice"):
        raise ActError(f"The desk has no act {act!r}.")
    if not isinstance(code, str) or not 0 < len(code) <= _LONGEST_CODE:
        raise ActError(f"There is nothing to scan; expected a code of 1 to {_LONGEST_CODE} characters.")
    if act == "scanner.scratched":
        # Half of the bars are readable: a short code, as a careless scanner gives it.
        return Order("scanner", ({"scan": code[: max(1, len(code) // 2)]},))
    if act == "scanner.twice":
        return Order("scanner", ({"scan": code}, {"scan": code, "after_ms": _TWICE_MS}))
    return Order("scanner", ({"scan": code},))
