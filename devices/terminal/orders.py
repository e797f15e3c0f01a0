"""The commands of `kiosk-terminal` that talk to a terminal: answers in JSON Lines, exit codes."""

import argparse
import json
from typing import Any, Final

from devices.terminal.attempt import OUTCOMES, AttemptState, Kind
from devices.terminal.book import Attempt, read_only
from devices.terminal.engine import Engine
from devices.terminal.evidence import same_booking
from devices.terminal.journal import Journal
from devices.terminal.login import DayEnd, end_day
from devices.terminal.preflight import LastRecord, Unready, last_record, log_in
from devices.terminal.presentation import decimal_text, line_of, link_attempt
from devices.terminal.till import (
    DaemonTill,
    OwnTill,
    Place,
    Till,
    TillError,
    Wanted,
    follow,
    open_till,
    own_engine,
)

DONE: Final = 0
NOT_CHARGED: Final = 1
REFUSED: Final = 2
UNKNOWN: Final = 3
_PAID = frozenset({AttemptState.CAPTURED, AttemptState.REVERSED})
_UNKNOWN = frozenset(
    {
        AttemptState.UNCERTAIN,
        AttemptState.ESCALATED,
        AttemptState.ARMED,
        AttemptState.AUTHORISED,
        AttemptState.REVERSING,
    }
)


def say(line: dict[str, Any]) -> None:
    """Print one object."""
    print(json.dumps(line, ensure_ascii=False), flush=True)  # noqa: T201 - a command line's answer


def exit_code(state: str) -> int:
    """Return the exit code for an attempt's state."""
    if AttemptState(state) in _PAID:
        return DONE
    return UNKNOWN if AttemptState(state) in _UNKNOWN else NOT_CHARGED


def patience(place: Place, args: argparse.Namespace) -> float:
    """Return how long a command waits for an outcome: payment, quiet time and a margin, or as asked."""
    times = place.profile.timers
    wanted: float | None = getattr(args, "timeout", None)
    return wanted if wanted is not None else 2 * times.t4 + 6 * times.t3


async def _see(till: Till, attempt: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Print an attempt's states as they come; return it as it ends."""
    return await follow(till, attempt, seconds, lambda state: say(line_of(state)))


async def _settle(till: Till, attempt: dict[str, Any]) -> None:
    """Settle an outcome; refused, the command's own answer stands, as its outcome is told already."""
    if AttemptState(attempt["state"]) not in OUTCOMES or attempt["settled"]:
        return
    try:
        await till.settle(attempt["attempt_id"])
    except TillError as error:
        sentence = f"{error} If its sale was given up, the charge is reversed first."
        say(line_of(attempt) | {"sentence": sentence})


async def _clear(till: OwnTill | DaemonTill, seconds: float) -> dict[str, Any] | None:
    """See what is still open through to its end; return it where it stays unknown."""
    for attempt in await till.unsettled():
        if AttemptState(attempt["state"]) in OUTCOMES or attempt["state"] == AttemptState.ESCALATED:
            continue
        last = await _see(till, attempt, seconds)
        if exit_code(last["state"]) == UNKNOWN and last["state"] != AttemptState.ESCALATED:
            return last
    return None


async def _order(place: Place, args: argparse.Namespace, wanted: Wanted) -> dict[str, Any]:
    async with open_till(place) as till:
        if isinstance(till, DaemonTill):
            await till.claim()
        stuck = await _clear(till, patience(place, args))
        if stuck is not None:
            return stuck
        attempt = await _see(till, await till.authorize(wanted), patience(place, args))
        await _settle(till, attempt)
        return attempt


async def pay(place: Place, args: argparse.Namespace) -> int:
    """`pay AMOUNT`."""
    wanted = Wanted(Kind.SALE, args.amount, place.profile.currency, sale_id=args.sale)
    return exit_code((await _order(place, args, wanted))["state"])


async def refund(place: Place, args: argparse.Namespace) -> int:
    """`refund AMOUNT`."""
    wanted = Wanted(Kind.REFUND, args.amount, place.profile.currency)
    return exit_code((await _order(place, args, wanted))["state"])


async def reverse(place: Place, args: argparse.Namespace) -> int:
    """`reverse ATTEMPT`: its last line is the payment's."""
    original = _known(place, args.attempt)
    if original.state is not AttemptState.CAPTURED or original.kind is Kind.REVERSAL:
        raise TillError(
            f"Attempt {args.attempt} is {original.state}; only a CAPTURED payment can be reversed."
        )
    wanted = Wanted(Kind.REVERSAL, original.amount_minor, original.currency, original=original.attempt_id)
    reversal = await _order(place, args, wanted)
    after = link_attempt(_known(place, args.attempt), None)
    line = line_of(after)
    if after["state"] == AttemptState.CAPTURED:  # nothing was sent, or nothing is known yet
        line["sentence"] = f"Not reversed. {reversal['reason'] or ''}".strip()
        say(line)
        return UNKNOWN if exit_code(reversal["state"]) == UNKNOWN else NOT_CHARGED
    say(line)
    return exit_code(after["state"])


def _known(place: Place, attempt_id: str) -> Attempt:
    book = read_only(place.directory, place.channel)
    if book is None:
        raise TillError(f"The journal has no attempt {attempt_id}.")
    try:
        return book.get(attempt_id)
    except KeyError as error:
        raise TillError(f"The journal has no attempt {attempt_id}.") from error
    finally:
        book.close()


async def recover(place: Place, args: argparse.Namespace) -> int:
    """`recover`: bring what is open to an outcome, and tell what nobody was told."""
    async with open_till(place) as till:
        told = await till.unsettled()
        last: dict[str, Any] | None = None
        for attempt in told:
            last = await _see(till, attempt, patience(place, args))
            if isinstance(till, OwnTill):
                await _settle(till, last)
    if last is None:
        newest = attempts_of(place)[-1:]
        if not newest:
            say({"attempt": None, "state": None, "sentence": "The journal has no attempt."})
            return DONE
        last = link_attempt(newest[0], None)
        say(line_of(last))
    return exit_code(last["state"])


def orders_state(place: Place, attempt_id: str) -> str:
    """Return the state an attempt is in."""
    return _known(place, attempt_id).state.value


def attempts_of(place: Place) -> tuple[Attempt, ...]:
    """Return all attempts of the journal."""
    book = read_only(place.directory, place.channel)
    if book is None:
        return ()
    try:
        return book.attempts()
    finally:
        book.close()


async def attempts(place: Place, _args: argparse.Namespace) -> int:
    """`attempts`: one line each, oldest first."""
    for attempt in attempts_of(place):
        say(line_of(link_attempt(attempt, None)))
    return DONE


def _status_line(engine: Engine, unready: Unready | None) -> dict[str, Any]:
    session = engine.session
    open_attempt = engine.journal.open_attempt()
    return {
        "power": "Offline" if unready and not unready.reachable else "Online",
        "registered": session.registered,
        "ready": unready is None,
        "terminal_id": session.terminal_id,
        "software": session.software,
        "recovery_query": session.recovery_query,
        "open_attempt": open_attempt.attempt_id if open_attempt else None,
        "sentence": unready.sentence if unready else "The terminal is ready.",
    }


async def status(place: Place, _args: argparse.Namespace) -> int:
    """`status`: ask the terminal, or the daemon that holds it."""
    async with open_till(place) as till:
        if isinstance(till, DaemonTill):
            state = await till.state()
            say(state)
            return DONE if state["power"] == "Online" and state["registered"] else NOT_CHARGED
    async with own_engine(place) as engine:
        unready = await engine.run(log_in(engine.session))
        say(_status_line(engine, unready))
        return DONE if unready is None else NOT_CHARGED


async def login(place: Place, _args: argparse.Namespace) -> int:
    """`login`: register, and learn what recovery may rely on."""
    async with own_engine(place) as engine:
        _refuse_open(engine.journal)
        unready = await engine.run(log_in(engine.session))
        if unready is None:
            await engine.get_acquainted()
        say(_status_line(engine, unready))
        return DONE if unready is None else NOT_CHARGED


def _refuse_open(journal: Journal) -> None:
    attempt = journal.open_attempt()
    if attempt is not None:
        raise TillError(f"Attempt {attempt.attempt_id} is still open; run kiosk-terminal recover.")


async def end_of_day(place: Place, _args: argparse.Namespace) -> int:
    """`end-of-day`."""
    async with own_engine(place) as engine:
        _refuse_open(engine.journal)
        ended = await engine.run(end_day(engine.session))
    if isinstance(ended, DayEnd):
        total = None if ended.total_minor is None else decimal_text(ended.total_minor)
        say({"done": True, "total": total, "lines": list(ended.lines), "sentence": "The day is closed."})
        return DONE
    say({"done": False, "sentence": ended.sentence})
    return NOT_CHARGED


async def commission(place: Place, args: argparse.Namespace) -> int:
    """`commission`: one test payment, the query must show the same booking, then its reversal."""
    code = await login(place, args)
    if code != DONE:
        return code
    wanted = Wanted(Kind.SALE, args.amount, place.profile.currency, sale_id="commission")
    paid = await _order(place, args, wanted)
    if exit_code(paid["state"]) != DONE:
        return exit_code(paid["state"])
    args.attempt = paid["attempt_id"]
    async with own_engine(place) as engine:
        await engine.run(log_in(engine.session))
        found = await engine.run(last_record(engine.session))
        result = engine.journal.get(args.attempt).result
        works = isinstance(found, LastRecord) and result is not None and same_booking(found.record, result)
        session = engine.session
        engine.journal.remember(session.terminal_id, session.software, recovery_query=works)
    undone = await reverse(place, args)
    sentence = "The terminal shows the last payment when asked; it may be used without staff."
    if not works:
        sentence = (
            "The terminal does not show the last payment when asked; it must not be used without staff."
        )
    state = orders_state(place, args.attempt)
    say({"attempt": args.attempt, "state": state, "recovery_query": works, "sentence": sentence})
    return undone if works else NOT_CHARGED
