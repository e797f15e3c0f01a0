"""Simulator scripts: what shall go differently, one JSON object a line (formats.md, "Simulator scripts")."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

Direction = Literal["in", "out"]
ByteAct = Literal["drop", "rst", "half_open", "power_off", "corrupt", "stall"]
PaymentAct = Literal["approve", "decline", "cancel", "busy", "slow", "wrong_pin"]
StatusAct = Literal[
    "wrong_amount",
    "wrong_terminal",
    "wrong_currency",
    "duplicate",
    "late",
    "clear_pan",
    "abort_after",
    "unknown_tag",
    "unknown_bmp",
    "long_text",
    "cut_short",
    "stale",
]
KeyName = Literal["card", "approve", "decline", "cancel", "wrong_pin", "pull_cable", "plug_cable", "power"]
Occasion = Literal["payment", "refund", "reversal", "end_of_day"]
Tale = Literal["status", "repeat"]
Origin = Literal["start", "payment"]

_OCCASIONS: Final = get_args(Occasion)
_TALES: Final = get_args(Tale)
DECIMALS: Final = 2
_MAX_MS: Final = 86_400_000


class ScriptError(ValueError):
    """Bad lines of a script: one sentence each, joined by newlines."""


@dataclass(frozen=True, slots=True)
class PaymentRule:
    """How the next matching transaction ends; amount in minor units or any, delays in milliseconds."""

    on: Occasion
    do: PaymentAct
    amount: int | None = None
    code: int | None = None
    delay_ms: int | None = None
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class StatusRule:
    """What is wrong with the next status information (`repeat`: the one that answers 06 20)."""

    on: Tale
    do: StatusAct
    ms: int | None = None
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class ByteRule:
    """What befalls the link once `at_byte` bytes have passed in a direction since the line took effect.

    `origin` "payment": counted from the first byte of the next 06 01 instead.
    """

    at_byte: int
    direction: Direction
    do: ByteAct
    ms: int | None = None
    origin: Origin = "start"
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class LinkRule:
    """Everything the terminal sends leaves in pieces of so many bytes (0: whole)."""

    segment: int


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the terminal, its cable or its power switch; `ms`: how long the power stays away."""

    key: KeyName
    ms: int | None = None


Rule = PaymentRule | StatusRule | ByteRule | LinkRule


class _Fields:
    """The values of one line, each taken once; what is left over at the end is unknown."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def one_of(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """A word out of a few; raises ValueError."""
        got = self._values.pop(name, default)
        if got not in choices:
            raise ValueError(f'"{name}" is {json.dumps(got)}, expected one of {", ".join(choices)}')
        return str(got)

    def number(self, name: str, most: int = _MAX_MS) -> int | None:
        """A whole number from 0 to `most`, or None when absent; raises ValueError."""
        got = self._values.pop(name, None)
        if got is None:
            return None
        if isinstance(got, bool) or not isinstance(got, int) or not 0 <= got <= most:
            raise ValueError(f'"{name}" is {json.dumps(got)}, expected a whole number from 0 to {most}')
        return got

    def flag(self, name: str) -> bool:
        """True or false, false when absent; raises ValueError."""
        got = self._values.pop(name, False)
        if not isinstance(got, bool):
            raise ValueError(f'"{name}" is {json.dumps(got)}, expected true or false')  # noqa: TRY004  # one error type
        return got

    def amount(self, name: str) -> int | None:
        """Minor units of a text like "12.34", or None when absent; raises ValueError."""
        got = self._values.pop(name, None)
        if got is None:
            return None
        whole, _, cents = str(got).partition(".")
        if (
            not isinstance(got, str)
            or not whole.isdecimal()
            or not cents.isdecimal()
            or len(cents) != DECIMALS
        ):
            raise ValueError(f'"{name}" is {json.dumps(got)}, expected a text like "12.34"')
        return int(whole) * 100 + int(cents)

    def code(self, name: str) -> int | None:
        """A result code of two hexadecimal digits, or None when absent; raises ValueError."""
        got = self._values.pop(name, None)
        if got is None:
            return None
        try:
            value = bytes.fromhex(got) if isinstance(got, str) else b""
        except ValueError:
            value = b""
        if len(value) != 1 or value == b"\x00":
            raise ValueError(f'"{name}" is {json.dumps(got)}, expected a result code like "6C" (not "00")')
        return value[0]

    def finish(self) -> None:
        """Nothing may be left over; raises ValueError."""
        if self._values:
            names = ", ".join(json.dumps(name) for name in self._values)
            raise ValueError(f"got the unknown {names}, expected nothing more")


def _payment(values: _Fields) -> Rule:
    return PaymentRule(
        on=cast("Occasion", values.one_of("on", _OCCASIONS)),
        do=cast("PaymentAct", values.one_of("do", get_args(PaymentAct))),
        amount=values.amount("amount"),
        code=values.code("code"),
        delay_ms=values.number("delay_ms"),
        repeat=values.flag("repeat"),
    )


def _status(values: _Fields) -> Rule:
    return StatusRule(
        on=cast("Tale", values.one_of("on", _TALES)),
        do=cast("StatusAct", values.one_of("do", get_args(StatusAct))),
        ms=values.number("ms"),
        repeat=values.flag("repeat"),
    )


def _bytes(values: _Fields) -> Rule:
    at_byte = values.number("at_byte", most=10**9)
    if at_byte is None:
        raise ValueError('"at_byte" is null, expected a whole number')
    return ByteRule(
        at_byte=at_byte,
        direction=cast("Direction", values.one_of("direction", get_args(Direction))),
        do=cast("ByteAct", values.one_of("do", get_args(ByteAct))),
        ms=values.number("ms"),
        origin=cast("Origin", values.one_of("from", get_args(Origin), "start")),
        repeat=values.flag("repeat"),
    )


def _link(values: _Fields) -> Rule:
    values.one_of("on", ("link",))
    values.one_of("do", ("segment",))
    return LinkRule(values.number("bytes", most=65_535) or 0)


def _key(values: _Fields) -> Key:
    return Key(cast("KeyName", values.one_of("key", get_args(KeyName))), values.number("ms"))


def _builder(values: _Fields, on: object) -> Callable[[_Fields], Rule | Key]:
    if "at_byte" in values:
        return _bytes
    if "key" in values:
        return _key
    if on in _TALES:
        return _status
    if on == "link":
        return _link
    if on in _OCCASIONS:
        return _payment
    known = ", ".join((*_OCCASIONS, *_TALES, "link"))
    raise ValueError(f'got {json.dumps(on)} as "on", expected {known}, or a line with "at_byte" or "key"')


def parse_line(text: str) -> Rule | Key:
    """Read one line; raises ValueError with a sentence that says what was got and what was expected."""
    try:
        values = json.loads(text)
    except ValueError:
        raise ValueError(f"got {text.strip()[:80]!r}, expected one JSON object") from None
    if not isinstance(values, dict):
        raise ValueError(f"got {text.strip()[:80]!r}, expected one JSON object")  # noqa: TRY004  # one error type
    taken = _Fields(values)
    rule = _builder(taken, values.get("on"))(taken)
    taken.finish()
    return rule


def parse_script(text: str) -> list[Rule]:
    """Read a whole script, blank lines passed over; raises ScriptError that names every bad line."""
    rules: list[Rule] = []
    errors: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            rules.append(_rule(line))
        except ValueError as error:
            errors.append(f"line {number}: {error}")
    if errors:
        raise ScriptError("\n".join(errors))
    return rules


def _rule(line: str) -> Rule:
    rule = parse_line(line)
    if isinstance(rule, Key):
        raise ValueError(f'got the key "{rule.key}", expected a rule: keys are pressed on the control socket')  # noqa: TRY004
    return rule


class Playbook:
    """The rules in force: the first that matches is used, and dropped unless it repeats."""

    def __init__(self, rules: list[Rule] | None = None) -> None:
        self.rules: list[Rule] = list(rules or [])

    def _take(self, rule: PaymentRule | StatusRule | None) -> None:
        if rule is not None and not rule.repeat:
            self.rules.remove(rule)

    def take_payment(self, on: Occasion, amount: int) -> PaymentRule | None:
        """The rule for a transaction of this kind and amount (minor units)."""
        found = next(
            (
                rule
                for rule in self.rules
                if isinstance(rule, PaymentRule) and rule.on == on and rule.amount in (None, amount)
            ),
            None,
        )
        self._take(found)
        return found

    def take_status(self, on: Tale) -> StatusRule | None:
        """The rule for the next status information of this sort."""
        found = next((rule for rule in self.rules if isinstance(rule, StatusRule) and rule.on == on), None)
        self._take(found)
        return found
