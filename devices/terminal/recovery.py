"""Decides what became of a payment from the terminal's last record, by one table (standard profile)."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from devices.terminal.attempt import AttemptEvent, Kind
from devices.terminal.evidence import Record, Result, same_booking

RECEIPTS: Final = 9999
TRACES: Final = 999_999


class Place(Enum):
    """Where the terminal's last record stands, seen from what we have on disk."""

    BASELINE = auto()  # the record known before the payment: nothing was booked since
    REPORTED = auto()  # the very booking 04 0F reported
    NEXT = auto()  # exactly one step newer than the baseline
    OTHER_AMOUNT = auto()  # one step newer, but for another amount
    CANCELS = auto()  # a reversal of our payment, made by the terminal itself
    FAR = auto()  # more than one step newer, or not comparable (an end-of-day record)
    FOREIGN = auto()  # another terminal answered
    NO_QUERY = auto()  # the terminal does not answer the query


class Verdict(Enum):
    """What to do about an UNCERTAIN attempt."""

    CHARGED = auto()
    DECLINED = auto()
    NOTHING = auto()
    ESCALATE = auto()
    WAIT = auto()  # the terminal is busy, or the quiet time has not passed


_V = Verdict
_ANY = (True, False)


def _rows(places: tuple[Place, ...], verdict: Verdict) -> dict[tuple[bool, Place, bool], Verdict]:
    return {(reported, place, ok): verdict for reported in _ANY for place in places for ok in _ANY}


# (an approval was reported and journalled, place of the last record, its result is 00) -> verdict.
# WAIT for (False, BASELINE) becomes NOTHING once the terminal restarted or was quiet for T4.
DECISIONS: Final[dict[tuple[bool, Place, bool], Verdict]] = {
    **_rows((Place.FAR, Place.FOREIGN, Place.NO_QUERY, Place.OTHER_AMOUNT), _V.ESCALATE),
    (False, Place.BASELINE, True): _V.WAIT,
    (False, Place.BASELINE, False): _V.WAIT,
    (False, Place.NEXT, True): _V.CHARGED,
    (False, Place.NEXT, False): _V.DECLINED,
    (False, Place.CANCELS, True): _V.NOTHING,
    (False, Place.CANCELS, False): _V.ESCALATE,
    (True, Place.REPORTED, True): _V.CHARGED,
    (True, Place.REPORTED, False): _V.NOTHING,
    (True, Place.BASELINE, True): _V.NOTHING,
    (True, Place.BASELINE, False): _V.NOTHING,
    (True, Place.CANCELS, True): _V.NOTHING,
    (True, Place.CANCELS, False): _V.ESCALATE,
    # Something newer than the baseline that is not what was reported.
    (True, Place.NEXT, True): _V.ESCALATE,
    (True, Place.NEXT, False): _V.ESCALATE,
}

EVENTS: Final[dict[Verdict, AttemptEvent]] = {
    _V.CHARGED: AttemptEvent.FOUND_CHARGED,
    _V.DECLINED: AttemptEvent.FOUND_DECLINED,
    _V.NOTHING: AttemptEvent.FOUND_NOTHING,
    _V.ESCALATE: AttemptEvent.GIVE_UP,
}


REASONS: Final[dict[Place, str]] = {
    Place.BASELINE: "The terminal's last record is the one from before the payment.",
    Place.REPORTED: "The terminal's last record is the payment it had reported.",
    Place.NEXT: "The terminal's last record is the one after the last known.",
    Place.OTHER_AMOUNT: "The terminal's last record is of another amount.",
    Place.CANCELS: "The terminal has reversed the payment by itself.",
    Place.FAR: "The terminal's last record does not follow the last known.",
    Place.FOREIGN: "Another terminal answers than the one that was asked for the payment.",
    Place.NO_QUERY: "The terminal does not tell its last record.",
}


@dataclass(frozen=True, slots=True)
class Case:
    """What is on disk of an attempt: `amount_minor` asked, `baseline` before it, `reported` by 04 0F."""

    kind: Kind
    amount_minor: int
    baseline: Record
    reported: Result | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the terminal says now.

    Attributes:
        last: its last record; None where it cannot be asked (no query in this profile).
        idle: it is ready and does nothing.
        quiet: T4 has passed since we last heard of the payment.
        restarted: it has lost what a restart loses, so nothing is under way in it.
    """

    last: Record | None
    idle: bool = True
    quiet: bool = False
    restarted: bool = False


def _distance(ours: str | None, theirs: str | None, around: int) -> int | None:
    """Return how many steps `theirs` is after `ours`, 9999 to 0001 being one; None where one is missing."""
    if ours is None or theirs is None:
        return None
    return (int(theirs) - int(ours)) % around


def is_next(baseline: Record, last: Record) -> bool:
    """Tell whether `last` is exactly one step newer than `baseline`."""
    if not baseline.exists:
        return last.receipt_no is not None or last.trace is not None
    receipts = _distance(baseline.receipt_no, last.receipt_no, RECEIPTS)
    traces = _distance(baseline.trace, last.trace, TRACES)
    if receipts == 1:
        return traces != 0
    if receipts is None:
        return traces == 1
    # A declined payment takes a trace number, but not always a receipt number.
    return receipts == 0 and traces == 1 and last.result != "00"


def _cancels(case: Case, last: Record) -> bool:
    """Tell whether `last` is a reversal of the payment in doubt."""
    if case.kind is Kind.REVERSAL or last.original_trace is None or not int(last.original_trace):
        return False
    if case.reported is not None:
        return _distance(case.reported.trace, last.original_trace, TRACES) == 0
    return not case.baseline.exists or _distance(case.baseline.trace, last.original_trace, TRACES) == 1


def place(case: Case, last: Record | None) -> Place:
    """Return where the terminal's last record stands."""
    if last is None:
        return Place.NO_QUERY
    known = case.baseline.terminal_id or (case.reported.terminal_id if case.reported else None)
    if known and last.terminal_id and known != last.terminal_id:
        return Place.FOREIGN
    if case.reported is not None and same_booking(last, case.reported):
        return Place.REPORTED
    if last.identity == case.baseline.identity:
        return Place.BASELINE
    if _cancels(case, last):
        return Place.CANCELS
    if not last.exists or not is_next(case.baseline, last):
        return Place.FAR
    return Place.NEXT if last.result != "00" or last.amount_minor == case.amount_minor else Place.OTHER_AMOUNT


def decide(case: Case, answer: Answer) -> Verdict:
    """Return the verdict; WAIT means ask again later, the attempt stays UNCERTAIN."""
    if not answer.idle:
        return Verdict.WAIT
    where = place(case, answer.last)
    ok = answer.last is not None and answer.last.result == "00"
    verdict = DECISIONS[case.reported is not None, where, ok]
    if verdict is Verdict.WAIT and (answer.quiet or answer.restarted):
        return Verdict.NOTHING
    return verdict
