"""The terminal's own book of transactions, as formats.md fixes it: a change of state is a new line."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final, Literal, cast, get_args

Kind = Literal["payment", "reversal", "refund"]
State = Literal["pending", "stored", "reversed", "declined"]

DECIMALS: Final = 2
LAST_RECEIPT: Final = 9999
LAST_NUMBER: Final = 999_999


class LedgerError(ValueError):
    """A ledger file that cannot be trusted: which line, what was got, what was expected."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One transaction in one state. Amount in minor units; `original`: the trace a reversal undoes."""

    seq: int
    kind: Kind
    receipt: int
    trace: int
    amount: int
    currency: str
    state: State
    turnover: int
    result: int
    at: dt.datetime
    card: str
    original: int | None = None

    def line(self) -> dict[str, object]:
        """The JSON object of the ledger file: first what the format promises, then what a restart needs."""
        return {
            "seq": self.seq,
            "kind": self.kind,
            "receipt": f"{self.receipt:04d}",
            "trace": f"{self.trace:06d}",
            "amount": f"{self.amount // 100}.{self.amount % 100:02d}",
            "currency": self.currency,
            "state": self.state,
            "turnover": f"{self.turnover:06d}",
            "result": f"{self.result:02X}",
            "at": self.at.isoformat(timespec="seconds"),
            "card": self.card,
            "original": None if self.original is None else f"{self.original:06d}",
        }


@dataclass(frozen=True, slots=True)
class Closing:
    """An end of day up to `after_seq`; kept beside the ledger, whose kinds of line are fixed."""

    after_seq: int
    trace: int
    total: int
    count: int
    at: dt.datetime

    def line(self) -> dict[str, object]:
        """The JSON object of the closings file."""
        return {**asdict(self), "at": self.at.isoformat(timespec="seconds")}


def minor_units(text: object) -> int:
    """Read an amount like "12.34" into minor units; raises LedgerError."""
    whole, dot, cents = str(text).partition(".")
    if not (dot and whole.isdecimal() and cents.isdecimal() and len(cents) == DECIMALS):
        raise LedgerError(f'got the amount {text!r}, expected one like "12.34"')
    return int(whole) * 100 + int(cents)


def parse_entry(values: Mapping[str, object]) -> Entry:
    """Read one line of a ledger file; raises LedgerError, KeyError or ValueError."""
    kind, state, original = str(values["kind"]), str(values["state"]), values.get("original")
    if kind not in get_args(Kind) or state not in get_args(State):
        raise LedgerError(
            f"got kind {kind!r} and state {state!r}, expected {get_args(Kind)} and {get_args(State)}"
        )
    return Entry(
        seq=int(str(values["seq"])),
        kind=cast("Kind", kind),
        receipt=int(str(values["receipt"])),
        trace=int(str(values["trace"])),
        amount=minor_units(values["amount"]),
        currency=str(values["currency"]),
        state=cast("State", state),
        turnover=int(str(values.get("turnover", "0"))),
        result=int(str(values.get("result", "00")), 16),
        at=dt.datetime.fromisoformat(str(values.get("at", "2000-01-01T00:00:00"))),
        card=str(values.get("card", "girocard")),
        original=None if original is None else int(str(original)),
    )


def parse_closing(values: Mapping[str, object]) -> Closing:
    """Read one line of a closings file; raises KeyError or ValueError."""
    after, trace, total, count = (int(str(values[key])) for key in ("after_seq", "trace", "total", "count"))
    return Closing(after, trace, total, count, dt.datetime.fromisoformat(str(values["at"])))


def _after(number: int, last: int) -> int:
    return 1 if number >= last else number + 1


Record = Entry | Closing


class Ledger:
    """The book in memory; `keep` makes each new line durable before the terminal goes on.

    Receipt numbers are taken by what was stored or declined and given back by what was reversed; trace
    numbers are never used twice; turnover numbers count what was stored.
    """

    def __init__(
        self, keep: Callable[[Record], None], entries: Iterable[Entry] = (), closings: Iterable[Closing] = ()
    ) -> None:
        self._keep = keep
        self._now: dict[tuple[int, int], Entry] = {}
        self._closings = list(closings)
        self._seq = 0
        self._trace = 0
        for line in entries:
            self._remember(line)
        if self._closings and self._closings[-1].after_seq >= self._seq:
            self._trace = self._closings[-1].trace

    @property
    def entries(self) -> list[Entry]:
        """Every transaction in its present state, oldest first."""
        return list(self._now.values())

    @property
    def trace(self) -> int:
        """The last trace number used, 0 before the first."""
        return self._trace

    def _remember(self, line: Entry) -> Entry:
        if (line.receipt, line.trace) not in self._now:
            self._trace = line.trace
        self._now[line.receipt, line.trace] = line
        self._seq = line.seq
        return line

    def _write(self, entry: Entry) -> Entry:
        self._keep(entry)
        return self._remember(entry)

    def _latest(self, *states: State) -> Entry | None:
        """The transaction entered last of those now in one of these states."""
        return next((entry for entry in reversed(self._now.values()) if entry.state in states), None)

    def _next_trace(self) -> int:
        return _after(self._trace, LAST_NUMBER)

    def enter(
        self,
        kind: Kind,
        amount: int,
        currency: str,
        *,
        at: dt.datetime,
        card: str,
        result: int = 0,
        original: int | None = None,
    ) -> Entry:
        """Write a new transaction: pending when `result` is 0, else declined with that code."""
        numbered, stored = self._latest("stored", "declined", "pending"), self._latest("stored")
        return self._write(
            Entry(
                seq=self._seq + 1,
                kind=kind,
                receipt=_after(numbered.receipt if numbered else 0, LAST_RECEIPT),
                trace=self._next_trace(),
                amount=amount,
                currency=currency,
                state="declined" if result else "pending",
                turnover=_after(stored.turnover if stored else 0, LAST_NUMBER),
                result=result,
                at=at,
                card=card,
                original=original,
            )
        )

    def settle(self, entry: Entry, state: State, result: int = 0) -> Entry:
        """Write the entry's new state as a new line and return it."""
        return self._write(replace(entry, seq=self._seq + 1, state=state, result=result))

    def restart(self) -> list[Entry]:
        """After a loss of power: what was pending is reversed. The lines written, oldest first."""
        return [self.settle(entry, "reversed") for entry in self.entries if entry.state == "pending"]

    def close_day(self, at: dt.datetime) -> Closing:
        """Write an end of day over what was stored since the last."""
        batch = self.batch()
        closing = Closing(self._seq, self._next_trace(), net(batch), len(batch), at)
        self._keep(closing)
        self._closings.append(closing)
        self._trace = closing.trace
        return closing

    def batch(self) -> list[Entry]:
        """What is stored since the last end of day, oldest first."""
        closed = self._closings[-1].after_seq if self._closings else 0
        return [entry for entry in self.entries if entry.state == "stored" and entry.seq > closed]

    def last_record(self) -> Record | None:
        """What 06 20 repeats: the last transaction stored or declined, or a later end of day."""
        last = self._latest("stored", "declined")
        closing = self._closings[-1] if self._closings else None
        if closing and (last is None or last.seq <= closing.after_seq):
            return closing
        return last

    def record_before(self, record: Record) -> Record:
        """The transaction kept before this one, as a terminal of stale memory repeats it; else the same."""
        kept = [entry for entry in self.entries if entry.state in ("stored", "declined") and entry != record]
        return kept[-1] if kept else record

    def payment(self, receipt: int) -> Entry | None:
        """The stored payment of this receipt number since the last end of day (the newest such)."""
        found = [entry for entry in self.batch() if entry.kind == "payment" and entry.receipt == receipt]
        return found[-1] if found else None

    def last_payment(self) -> Entry | None:
        """The newest stored payment since the last end of day that no reversal has undone."""
        found = [entry for entry in self.batch() if entry.kind == "payment" and not self.is_undone(entry)]
        return found[-1] if found else None

    def is_undone(self, payment: Entry) -> bool:
        """Whether a stored reversal names this payment."""
        return any(
            entry.kind == "reversal" and entry.state == "stored" and entry.original == payment.trace
            for entry in self.entries
        )

    def total(self) -> int:
        """Net of everything stored, in minor units: payments less reversals and refunds."""
        return net(entry for entry in self.entries if entry.state == "stored")


def net(entries: Iterable[Entry]) -> int:
    """Payments less reversals and refunds, in minor units; the caller picks the entries."""
    return sum(entry.amount if entry.kind == "payment" else -entry.amount for entry in entries)
