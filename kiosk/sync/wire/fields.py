"""Reads the fields of a decoded JSON object strictly by name and type, and passes over the unknown ones."""

import json
from collections.abc import Sequence
from typing import Final

MAX_TEXT: Final = 4096
"""Longest text field, in characters; no field of the wire needs more."""

MAX_INTEGER: Final = 2**63 - 1
"""What an SQL integer column holds."""


NOTHING: Final = type("Nothing", (), {"__repr__": lambda _: "nothing"})()
"""What was got where a value is missing."""


class WireError(ValueError):
    """A message of the wire that cannot be meant: where, what was got, what was expected."""

    def __init__(self, path: str, got: object, expected: str) -> None:
        """Remember the place; the sentence names it first."""
        super().__init__(f"{path or 'the message'}: got {_shown(got)}, expected {expected}")
        self.path = path
        self.expected = expected


def _shown(value: object) -> str:
    """Return a short picture of a value for an error sentence."""
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."  # noqa: PLR2004 - one line of a terminal


def load(text: str | bytes) -> "Fields":
    """Decode one JSON object.

    Raises:
        WireError: not JSON, or not an object. A float is refused like any other wrong type by the reader.
    """
    try:
        return Fields(json.loads(text), "")
    except (ValueError, RecursionError) as error:
        if isinstance(error, WireError):
            raise
        raise WireError("", text[:60], "JSON") from error


def dump(value: object) -> str:
    """Encode to the one compact form the wire uses; its UTF-8 bytes are what a SHA-256 is taken of."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Fields:
    """One JSON object with the path that led to it; each reader raises WireError on a wrong value."""

    def __init__(self, value: object, path: str) -> None:
        """Take an object; anything else is refused."""
        if not isinstance(value, dict):
            raise WireError(path, value, "an object")
        self._values: dict[str, object] = value
        self._path = path

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def raw(self, name: str) -> object:
        """Return a required value of any type."""
        if name not in self._values:
            raise WireError(self._at(name), NOTHING, "a value")
        return self._values[name]

    def integer(self, name: str, *, minimum: int = -MAX_INTEGER) -> int:
        """Return a required integer that is no less than `minimum` and fits 64 bits."""
        value = self.raw(name)
        if not isinstance(value, int) or isinstance(value, bool) or not minimum <= value <= MAX_INTEGER:
            least = f" of at least {minimum}" if minimum > -MAX_INTEGER else ""
            raise WireError(self._at(name), value, f"an integer{least}")
        return value

    def text(self, name: str, *, longest: int = MAX_TEXT) -> str:
        """Return a required text that UTF-8 and an SQL column can carry (no lone surrogate, no NUL)."""
        value = self.raw(name)
        if not isinstance(value, str) or not storable(value) or len(value) > longest:
            raise WireError(self._at(name), value, f"a text of at most {longest} characters")
        return value

    def any_text(self, name: str) -> str:
        """Return a required text of any length and content; the reader judges it later."""
        value = self.raw(name)
        if not isinstance(value, str):
            raise WireError(self._at(name), value, "a text")
        return value

    def maybe_text(self, name: str) -> str | None:
        """Return a text, or None when it is absent or null."""
        return None if self._values.get(name) is None else self.text(name)

    def objects(self, name: str) -> Sequence["Fields"]:
        """Return a required list of objects."""
        value = self.raw(name)
        if not isinstance(value, list):
            raise WireError(self._at(name), value, "a list")
        return [Fields(item, f"{self._at(name)}[{at}]") for at, item in enumerate(value)]

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a required list of texts."""
        value = self.raw(name)
        if not isinstance(value, list) or not all(isinstance(item, str) and storable(item) for item in value):
            raise WireError(self._at(name), value, "a list of texts")
        return tuple(value)

    def text_map(self, name: str) -> dict[str, str]:
        """Return a required object of texts by text."""
        value = self.raw(name)
        if not isinstance(value, dict):
            raise WireError(self._at(name), value, "an object of texts")
        inner = Fields(value, self._at(name))
        return {key: inner.text(key) for key in value}


def storable(text: str) -> bool:
    """Tell whether UTF-8 and every database we use can hold the text."""
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
