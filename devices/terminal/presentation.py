"""Attempts and states as org.checkstand.Terminal1 and the command line name them."""

from dataclasses import asdict
from typing import Any

from devices.terminal.attempt import AttemptState, Kind
from devices.terminal.book import Attempt
from devices.terminal.engine import Check, Condition
from devices.terminal.steps import Show

_SENTENCES: dict[AttemptState, str] = {
    AttemptState.PREPARED: "The terminal is being prepared.",
    AttemptState.ARMED: "The terminal has been asked for the payment.",
    AttemptState.AUTHORISED: "The terminal approved; its completion is awaited.",
    AttemptState.CAPTURED: "Paid.",
    AttemptState.DECLINED: "Not paid; nothing was charged.",
    AttemptState.CANCELLED: "Cancelled; nothing was charged.",
    AttemptState.NOT_CHARGED: "Nothing was charged.",
    AttemptState.UNCERTAIN: "It is not known whether the payment went through; it is being checked.",
    AttemptState.ESCALATED: "The terminal cannot tell what became of the payment; staff must decide.",
    AttemptState.REVERSING: "The payment is being reversed.",
    AttemptState.REVERSED: "The payment was reversed.",
}
_DONE: dict[Kind, str] = {
    Kind.SALE: "Paid.",
    Kind.REFUND: "The money was given back.",
    Kind.REVERSAL: "The payment was reversed.",
}
_DECIMALS = 2
_HUNDRED = 100


def link_attempt(attempt: Attempt, check: Check | None) -> dict[str, Any]:
    """Return the Attempt of the interface."""
    result = None
    if attempt.result is not None:
        result = {**asdict(attempt.result), "receipt_lines": list(attempt.lines)}
    recovery = None
    if (
        check is not None
        and check.attempt_id == attempt.attempt_id
        and attempt.state is AttemptState.UNCERTAIN
    ):
        recovery = {
            "step": check.step.value,
            "since_us": check.since_us,
            "deadline_us": check.deadline_us,
            "tries": check.tries,
        }
    return {
        "attempt_id": attempt.attempt_id,
        "channel": attempt.channel,
        "kind": attempt.kind.value,
        "state": attempt.state.value,
        "amount_minor": attempt.amount_minor,
        "currency": attempt.currency,
        "original": attempt.original,
        "result": result,
        "reason": attempt.reason,
        "evidence": attempt.evidence,
        "settled": attempt.settled,
        "abandoned": attempt.abandoned,
        "recovery": recovery,
    }


def link_display(shown: Show) -> dict[str, Any]:
    """Return the display of a DisplayEvent."""
    return {"attempt_id": shown.attempt_id, "code": shown.code, "text": shown.text}


def link_state(
    condition: Condition, *, boot_id: str, channel: str, currency: str, open_attempt: str | None
) -> dict[str, Any]:
    """Return the State of the interface."""
    return {
        "boot_id": boot_id,
        "channel": channel,
        "power": condition.power.value,
        "registered": condition.registered,
        "terminal_id": condition.terminal_id,
        "currency": currency,
        "recovery_query": condition.recovery_query,
        "busy": open_attempt is not None or not condition.ready,
        "open_attempt": open_attempt,
        "sentence": condition.sentence,
    }


def decimal_text(minor: int) -> str:
    """Return minor units as the command line writes amounts: 1234 is "12.34"."""
    return f"{minor // _HUNDRED}.{minor % _HUNDRED:0{_DECIMALS}d}"


def parse_amount(text: str) -> int:
    """Return "12.34", "12.3" or "12" in minor units.

    Raises:
        ValueError: it is no amount above zero with at most two decimals and ten digits before them.
    """
    whole, point, part = text.partition(".")
    good = whole.isascii() and whole.isdecimal() and len(whole) <= 10  # noqa: PLR2004 - twelve digits in all
    if point:
        good = good and part.isascii() and part.isdecimal() and len(part) <= _DECIMALS
    if not good:
        raise ValueError(f"got {text!r}, expected an amount such as 12.34")
    minor = int(whole) * _HUNDRED + int((part or "0").ljust(_DECIMALS, "0"))
    if minor == 0:
        raise ValueError(f"got {text!r}, expected an amount above zero")
    return minor


def line_of(attempt: dict[str, Any]) -> dict[str, Any]:
    """Return the command line's object for an attempt of the interface."""
    result = attempt["result"] or {}
    state, kind = AttemptState(attempt["state"]), Kind(attempt["kind"])
    sentence = _DONE[kind] if state is AttemptState.CAPTURED else _SENTENCES[state]
    if attempt["reason"] and state is not AttemptState.CAPTURED:
        sentence = f"{sentence} {attempt['reason']}"
    return {
        "attempt": attempt["attempt_id"],
        "state": state.value,
        "kind": kind.value,
        "amount": decimal_text(attempt["amount_minor"]),
        "currency": attempt["currency"],
        "receipt_no": result.get("receipt_no"),
        "trace": result.get("trace"),
        "terminal_id": result.get("terminal_id"),
        "card_name": result.get("card_name"),
        "last4": result.get("last4"),
        "sentence": sentence,
    }
