"""What the terminal is asked for outside a payment: be idle, learn, end the day."""

from dataclasses import dataclass
from typing import assert_never

from devices.terminal.exchange import Denied, Done, Failed, exchange, overhear
from devices.terminal.preflight import LastRecord, Unready, connect, last_record, log_in
from devices.terminal.steps import (
    Close,
    Expired,
    Heard,
    Lost,
    Receive,
    Session,
    Start,
    Steps,
    Timer,
    Woken,
)
from devices.terminal.zvt import commands
from devices.terminal.zvt.messages import Malformed


def learn_registration(session: Session) -> Steps[bool | None]:
    """Find out on a new connection whether the terminal is still registered; None: it cannot be told.

    A terminal that keeps it and one day has lost it has been restarted: nothing is under way in it.
    """
    yield Close()
    failed = yield from connect(session)
    if failed is not None:
        return None
    found = yield from last_record(session)
    if not isinstance(found, LastRecord):
        return None
    if not found.lost_registration:
        session.registered = True
    return not found.lost_registration


@dataclass(frozen=True, slots=True)
class DayEnd:
    """The terminal's end of day: what it printed, `total_minor` in minor units where it told it."""

    lines: tuple[str, ...] = ()
    total_minor: int | None = None


def end_day(session: Session) -> Steps[DayEnd | Unready]:
    """Let the terminal reconcile; never while an attempt is open: recovery needs the last record."""
    unready = yield from log_in(session)
    if unready is not None and not unready.reachable:
        return unready
    answer = yield from exchange(session, commands.end_of_day(session.profile.password))
    match answer:
        case Done(_, statuses, lines):
            return DayEnd(lines, statuses[-1].amount_minor if statuses else None)
        case Denied(code):
            return Unready(f"The terminal refuses its end of day (code {code:02X}).")
        case Failed(reason):
            return Unready(reason, reachable=False)
        case unreachable:
            assert_never(unreachable)


def idle(session: Session, seconds: float) -> Steps[None]:
    """Wait on an open or closed line; whatever the terminal says meanwhile moves no money."""
    yield Start(Timer.PAUSE, seconds)
    while True:
        match (yield Receive()):
            case Expired(Timer.PAUSE) | Woken():
                return
            case Lost():
                session.registered = False
                return
            case Heard(message):
                yield from overhear(session, message)
                if isinstance(message, Malformed):
                    return
            case _:
                pass
