"""POST /v1/lane: what a lane shows and whether it wants a person; and whom the backend has told."""

from dataclasses import asdict, dataclass
from typing import Final

from kiosk.sync.wire.fields import Fields, WireError, dump, load

MAX_WORD: Final = 40
"""Longest name of a screen, a state or a want, in characters."""


@dataclass(frozen=True, slots=True)
class LaneSaid:
    """The lane's present state; the newest replaces all before.

    screen: name of the scene. sale_state: of the sale, None without one. wants: help, checking, escalated,
    or None for nobody; another word is somebody wanted too. since_us: since when it wants that (or nobody).
    sent_us: now. Both are the lane's own clock, uncorrected, in microseconds since 1970 UTC; as long as one
    want lasts its since_us stays the same.
    """

    screen: str
    sale_state: str | None
    wants: str | None
    since_us: int
    sent_us: int

    def to_json(self) -> str:
        """Return the request body."""
        return dump(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> "LaneSaid":
        """Read a request; unknown fields are passed over.

        Raises:
            WireError: it cannot be read.
        """
        fields = load(text)
        return cls(
            screen=fields.text("screen", longest=MAX_WORD),
            sale_state=_maybe_word(fields, "sale_state"),
            wants=_maybe_word(fields, "wants"),
            since_us=fields.integer("since_us", minimum=0),
            sent_us=fields.integer("sent_us", minimum=0),
        )


@dataclass(frozen=True, slots=True)
class LaneHeard:
    """The answer. told: the want that a console has shown since it came; None when nobody has seen it yet."""

    told: str | None

    def to_json(self) -> str:
        """Return the reply body."""
        return dump(asdict(self))

    @classmethod
    def from_json(cls, text: str | bytes) -> "LaneHeard":
        """Read a reply.

        Raises:
            WireError: it cannot be read.
        """
        return cls(_maybe_word(load(text), "told"))


def _maybe_word(fields: Fields, name: str) -> str | None:
    word = fields.maybe_text(name)
    if word is not None and not 0 < len(word) <= MAX_WORD:
        raise WireError(name, word, f"a word of 1 to {MAX_WORD} characters")
    return word
