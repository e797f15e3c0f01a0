"""What must hold before money moves: the terminal is registered and idle, its last record is known."""

from dataclasses import dataclass
from typing import Final, assert_never

from devices.terminal.evidence import EMPTY, Record, record_of
from devices.terminal.exchange import Answer, Denied, Done, Failed, LateStatus, exchange
from devices.terminal.steps import Connect, Connected, Lost, Session, Steps
from devices.terminal.zvt import commands
from devices.terminal.zvt.status import StatusInformation

NOT_REGISTERED: Final = 0x6B
NO_FUNCTION: Final = 0x83
CARD_INSIDE: Final = frozenset({0xDC, 0xE1})
BUSY: Final = CARD_INSIDE | {0x9C}
# Answers to the query that pass by themselves and say nothing of a record.
_PASSING: Final = BUSY | {NOT_REGISTERED, 0x6C, 0xA0, 0xA1, 0xA2, 0xA3, 0xCC, 0xDF}

STATUS_SENTENCES: Final = {
    0x51: "The terminal must be initialised by a technician.",
    0x62: "The terminal's clock is wrong; a technician must set it.",
    0x9C: "The terminal is busy.",
    0xC2: "The terminal asks for a diagnosis by a technician.",
    0xDC: "A card is still in the terminal; it must be taken out.",
    0xDF: "The terminal is out of order.",
    0xE1: "A card is still in the terminal; it must be taken out.",
    0xF0: "The terminal asks for its end of day.",
}


@dataclass(frozen=True, slots=True)
class Unready:
    """The terminal cannot take a payment now; nothing was charged. `code`: what it answered, if it did."""

    sentence: str
    reachable: bool = True
    code: int | None = None

    @property
    def busy(self) -> bool:
        """It passes by itself: the terminal finishes something, or a card must be taken out."""
        return self.code in BUSY


@dataclass(frozen=True, slots=True)
class LastRecord:
    """The answer to the silent query: `record` to compare, `status` with all fields (None: no record)."""

    record: Record
    status: StatusInformation | None = None
    lost_registration: bool = False


@dataclass(frozen=True, slots=True)
class NoQuery:
    """The terminal does not know the silent query."""


def _unready(code: int, otherwise: str) -> Unready:
    return Unready(STATUS_SENTENCES.get(code, f"{otherwise} (code {code:02X})."), code=code)


def connect(session: Session) -> Steps[Failed | None]:
    """Open the line unless it is open."""
    heard = yield Connect()
    if isinstance(heard, Lost):
        session.registered = False
        return Failed(heard.reason)
    if isinstance(heard, Connected) and heard.fresh:
        session.registered = False
    return None


def register(session: Session, late: LateStatus | None = None) -> Steps[Unready | None]:
    """Send 06 00; None when the terminal took it."""
    profile = session.profile
    command = commands.registration(profile.password, profile.currency, profile.config)
    answer = yield from exchange(session, command, late)
    match answer:
        case Failed(reason):
            return Unready(reason, reachable=False)
        case Denied(code):
            session.registered = False
            return _unready(code, "The terminal refuses to be registered; check password and currency")
        case Done(completion):
            session.registered = True
            session.terminal_id = completion.terminal_id or session.terminal_id
            return None
        case unreachable:
            assert_never(unreachable)


def enquire(session: Session, late: LateStatus | None = None) -> Steps[int | Unready]:
    """Send 05 01; return the terminal's status code (0 = ready)."""
    answer = yield from exchange(session, commands.status_enquiry(session.profile.password), late)
    match answer:
        case Failed(reason):
            return Unready(reason, reachable=False)
        case Denied(code):
            return code
        case Done(completion):
            session.software = completion.software or session.software
            return completion.terminal_status or 0
        case unreachable:
            assert_never(unreachable)


def _read(session: Session, answer: Answer) -> LastRecord | NoQuery | Unready:
    match answer:
        case Failed(reason):
            return Unready(reason, reachable=False)
        case Denied(code) if code in _PASSING:
            return _unready(code, "The terminal cannot tell its last record")
        case Denied(code) if code != NO_FUNCTION:
            session.recovery_query = True
            return LastRecord(EMPTY)
        case Done(_, statuses) if statuses:
            session.recovery_query = True
            session.terminal_id = session.terminal_id or statuses[-1].terminal_id
            return LastRecord(record_of(statuses[-1]), statuses[-1])
        case _:
            session.recovery_query = False
            return NoQuery()


def last_record(session: Session, late: LateStatus | None = None) -> Steps[LastRecord | NoQuery | Unready]:
    """Ask for the last record, registering where the terminal demands it."""
    query = commands.repeat_receipt(session.profile.password)
    answer = yield from exchange(session, query, late)
    if not isinstance(answer, Denied) or answer.code != NOT_REGISTERED:
        return _read(session, answer)
    unready = yield from register(session, late)
    if unready is not None:
        return unready
    found = _read(session, (yield from exchange(session, query, late)))
    if isinstance(found, LastRecord):
        return LastRecord(found.record, found.status, lost_registration=True)
    return found


def log_in(session: Session) -> Steps[Unready | None]:
    """Connect, register where needed, ask for the status; None when the terminal is ready."""
    failed = yield from connect(session)
    if failed is not None:
        return Unready(failed.reason, reachable=False)
    if not session.registered:
        unready = yield from register(session)
        if unready is not None:
            return unready
    code = yield from enquire(session)
    if isinstance(code, Unready):
        return code
    if code == NOT_REGISTERED:
        session.registered = False
        return (yield from register(session))
    return _unready(code, "The terminal is not ready") if code else None


def prepare(session: Session) -> Steps[LastRecord | Unready]:
    """Bring the terminal to the point where a payment may be armed; return its last record, the baseline.

    It is always asked for afresh: the query is the very one recovery will depend on.
    """
    unready = yield from log_in(session)
    if unready is not None:
        return unready
    found = yield from last_record(session)
    if isinstance(found, NoQuery):
        return Unready("The terminal does not answer the recovery query; it cannot be used without staff.")
    return found
