"""A payment attempt: its states, its events, and the one table that says which may follow which."""

from enum import StrEnum, auto
from typing import Final


class AttemptState(StrEnum):
    """Where an attempt stands; the names are those of the journal, the link and the screens."""

    PREPARED = "PREPARED"
    ARMED = "ARMED"
    AUTHORISED = "AUTHORISED"
    CAPTURED = "CAPTURED"
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"
    NOT_CHARGED = "NOT_CHARGED"
    UNCERTAIN = "UNCERTAIN"
    ESCALATED = "ESCALATED"
    REVERSING = "REVERSING"
    REVERSED = "REVERSED"


class AttemptEvent(StrEnum):
    """What can happen to an attempt."""

    ARM = auto()  # the command goes out next, its baseline is known
    DROP = auto()  # nothing was sent: terminal unreachable, not ready, or refused by ourselves
    CANCEL = auto()  # the shopper's wish, or result 6C
    APPROVE = auto()  # 04 0F with result 00 that fits
    DECLINE = auto()  # 04 0F or 06 1E with another result, or 84 xx to the command
    COMPLETE = auto()  # 06 0F after our acknowledgement
    DOUBT = auto()  # the outcome is unknown
    FOUND_CHARGED = auto()
    FOUND_DECLINED = auto()
    FOUND_NOTHING = auto()
    GIVE_UP = auto()  # the query cannot settle it
    REVERSE = auto()  # a reversal of this attempt is armed
    REVERSE_DONE = auto()
    REVERSE_FAILED = auto()
    RESOLVE_CAPTURED = auto()  # a person decides
    RESOLVE_NOT_CHARGED = auto()
    RESOLVE_REVERSED = auto()


class Kind(StrEnum):
    """What is asked of the terminal."""

    SALE = "sale"
    REFUND = "refund"
    REVERSAL = "reversal"


class TransitionError(ValueError):
    """The table has no such move: our fault."""


_S = AttemptState
_E = AttemptEvent

TRANSITIONS: Final[dict[AttemptState, dict[AttemptEvent, AttemptState]]] = {
    _S.PREPARED: {_E.ARM: _S.ARMED, _E.DROP: _S.NOT_CHARGED, _E.CANCEL: _S.CANCELLED},
    _S.ARMED: {
        _E.APPROVE: _S.AUTHORISED,
        _E.DECLINE: _S.DECLINED,
        _E.CANCEL: _S.CANCELLED,
        _E.DOUBT: _S.UNCERTAIN,
    },
    _S.AUTHORISED: {_E.COMPLETE: _S.CAPTURED, _E.DOUBT: _S.UNCERTAIN},
    _S.UNCERTAIN: {
        _E.FOUND_CHARGED: _S.CAPTURED,
        _E.FOUND_DECLINED: _S.DECLINED,
        _E.FOUND_NOTHING: _S.NOT_CHARGED,
        _E.GIVE_UP: _S.ESCALATED,
    },
    _S.CAPTURED: {_E.REVERSE: _S.REVERSING},
    _S.REVERSING: {_E.REVERSE_DONE: _S.REVERSED, _E.REVERSE_FAILED: _S.ESCALATED},
    _S.ESCALATED: {
        _E.RESOLVE_CAPTURED: _S.CAPTURED,
        _E.RESOLVE_NOT_CHARGED: _S.NOT_CHARGED,
        _E.RESOLVE_REVERSED: _S.REVERSED,
    },
    _S.DECLINED: {},
    _S.CANCELLED: {},
    _S.NOT_CHARGED: {},
    _S.REVERSED: {},
}

# The terminal is not free while one of its attempts is here.
OPEN: Final = frozenset({_S.PREPARED, _S.ARMED, _S.AUTHORISED, _S.UNCERTAIN})
# The lane may settle an attempt here: it has an outcome.
OUTCOMES: Final = frozenset({_S.CAPTURED, _S.DECLINED, _S.CANCELLED, _S.NOT_CHARGED, _S.REVERSED})
# "Not charged" may be shown from here only.
UNCHARGED: Final = frozenset({_S.DECLINED, _S.CANCELLED, _S.NOT_CHARGED, _S.REVERSED})

RESOLUTIONS: Final = {
    _S.CAPTURED: _E.RESOLVE_CAPTURED,
    _S.NOT_CHARGED: _E.RESOLVE_NOT_CHARGED,
    _S.REVERSED: _E.RESOLVE_REVERSED,
}


def after(state: AttemptState, event: AttemptEvent) -> AttemptState:
    """Return the state that follows.

    Raises:
        TransitionError: the table has no such move.
    """
    try:
        return TRANSITIONS[state][event]
    except KeyError:
        raise TransitionError(f"an attempt in {state} cannot take {event}") from None


def moves() -> tuple[tuple[AttemptState, AttemptEvent, AttemptState], ...]:
    """Return every move of the table, in its order."""
    return tuple((state, event, to) for state, row in TRANSITIONS.items() for event, to in row.items())


def mermaid() -> str:
    """Return the table as a Mermaid state diagram, for docs/devices/terminal.md."""
    lines = ["stateDiagram-v2", "    [*] --> PREPARED"]
    lines += [f"    {state} --> {to}: {event}" for state, event, to in moves()]
    lines += [f"    {state} --> [*]" for state, row in TRANSITIONS.items() if not row]
    return "\n".join(lines) + "\n"
