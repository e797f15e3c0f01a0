"""What is known of a payment: the terminal's last record to compare, and the result kept for the lane."""

from dataclasses import dataclass

from devices.terminal.zvt.commands import currency_code
from devices.terminal.zvt.status import StatusInformation


@dataclass(frozen=True, slots=True)
class Record:
    """The terminal's last record, as compared before and after a payment (numbers as texts, zeros kept).

    Attributes:
        exists: False for a terminal that says it has none.
        result: result code, two hex digits.
        original_trace: set where the record is a reversal.
    """

    exists: bool = True
    terminal_id: str | None = None
    receipt_no: str | None = None
    trace: str | None = None
    turnover_no: str | None = None
    amount_minor: int | None = None
    result: str = "--"
    original_trace: str | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the same booking: numbers and amount, not the result (a reversal may change it)."""
        return (
            self.exists,
            self.terminal_id,
            self.receipt_no,
            self.trace,
            self.turnover_no,
            self.amount_minor,
        )


EMPTY = Record(exists=False)


def record_of(status: StatusInformation) -> Record:
    """Return the part of 04 0F that recovery compares."""
    return Record(
        terminal_id=status.terminal_id,
        receipt_no=status.receipt_no,
        trace=status.trace,
        turnover_no=status.turnover_no,
        amount_minor=status.amount_minor,
        result=status.code,
        original_trace=status.original_trace,
    )


@dataclass(frozen=True, slots=True)
class Result:
    """What the terminal reported of a payment, field by field as org.checkstand.Terminal1 names it."""

    result_code: str
    amount_minor: int
    currency: str
    receipt_no: str | None = None
    trace: str | None = None
    turnover_no: str | None = None
    terminal_id: str | None = None
    authorisation: str | None = None
    card_name: str | None = None
    last4: str | None = None
    technology: str | None = None
    date: str | None = None
    time: str | None = None


def result_of(status: StatusInformation, *, amount_minor: int, currency: str) -> Result:
    """Return the result to keep; amount and currency asked for stand in where the terminal left them out."""
    return Result(
        result_code=status.code,
        amount_minor=amount_minor if status.amount_minor is None else status.amount_minor,
        currency=currency_code(status.currency) or currency,
        receipt_no=status.receipt_no,
        trace=status.trace,
        turnover_no=status.turnover_no,
        terminal_id=status.terminal_id,
        authorisation=status.authorisation,
        card_name=status.card_name,
        last4=status.pan.last4 if status.pan else None,
        technology=status.technology,
        date=status.date,
        time=status.time,
    )


def same_booking(record: Record, result: Result) -> bool:
    """Tell whether `record` is the transaction `result` reported: every number both know must agree."""
    pairs = (
        (record.receipt_no, result.receipt_no),
        (record.trace, result.trace),
        (record.turnover_no, result.turnover_no),
        (record.terminal_id, result.terminal_id),
        (record.amount_minor, result.amount_minor),
    )
    known = [(ours, theirs) for ours, theirs in pairs if ours is not None and theirs is not None]
    numbers = (record.receipt_no, result.receipt_no), (record.trace, result.trace)
    return any(None not in pair for pair in numbers) and all(ours == theirs for ours, theirs in known)
