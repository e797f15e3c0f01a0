"""What may be known of a card: its last four digits. The rest is dropped here and nowhere kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

LAST: Final = 4
_CLEAR_ALLOWED: Final = 10
_SHORTEST: Final = 13
_LONGEST: Final = 19
_RUN = re.compile(r"\d(?:[ .\-]?\d){12,63}")
_GROUP = re.compile(r"\d+")
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


@dataclass(frozen=True, slots=True)
class MaskedPan:
    """A card number as far as we may hold it.

    Attributes:
        last4: the last four digits, None where the terminal masked them too.
        clear: the terminal sent more than ten digits in the clear: it is not masking, an operator must know.
    """

    last4: str | None
    clear: bool = False

    def __str__(self) -> str:
        return f"****{self.last4}" if self.last4 else "****"


def mask(packed: bytes) -> MaskedPan:
    """Return what we keep of BMP 22: packed digits, E for a masked one, F as filling, D after them."""
    digits = packed.hex().split("d", 1)[0].rstrip("f")
    tail = digits[-LAST:]
    clear = sum(char.isdigit() for char in digits) > _CLEAR_ALLOWED
    return MaskedPan(tail if len(tail) == LAST and tail.isdigit() else None, clear)


def luhn(digits: str) -> bool:
    """Tell whether `digits` carry the check digit of ISO/IEC 7812-1."""
    odd = sum(int(char) for char in digits[-1::-2])
    even = sum(_DOUBLED[int(char)] for char in digits[-2::-2])
    return (odd + even) % 10 == 0


def _windows(run: str) -> Iterator[tuple[int, int]]:
    """Yield every stretch of whole digit groups of `run` with 13 to 19 digits, most groups first."""
    groups = [match.span() for match in _GROUP.finditer(run)]
    counts = [0, *accumulate(end - start for start, end in groups)]
    for size in range(min(len(groups), _LONGEST), 0, -1):
        for first in range(len(groups) - size + 1):
            if _SHORTEST <= counts[first + size] - counts[first] <= _LONGEST:
                yield groups[first][0], groups[first + size - 1][1]


def _cover(found: re.Match[str]) -> str:
    run = found[0]
    for start, end in _windows(run):
        digits = re.sub(r"\D", "", run[start:end])
        if luhn(digits):
            return _cover_rest(run[:start]) + f"****{digits[-LAST:]}" + _cover_rest(run[end:])
    return run


def _cover_rest(text: str) -> str:
    return _RUN.sub(_cover, text)


def redact(text: str) -> str:
    """Return `text` with every 13 to 19 digits that may be a card number (whole groups, Luhn) cut to four."""
    return _RUN.sub(_cover, text)
