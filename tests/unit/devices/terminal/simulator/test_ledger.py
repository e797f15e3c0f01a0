"""The book: numbers, states, totals, and what a restart does."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.simulator.ledger import (
    Closing,
    Entry,
    Kind,
    Ledger,
    LedgerError,
    Record,
    minor_units,
    net,
    parse_closing,
    parse_entry,
)
from tests.unit.devices.terminal.simulator.bench import NOON


class Book:
    def __init__(self, *entries: Entry, closings: tuple[Closing, ...] = ()) -> None:
        self.kept: list[Record] = []
        self.ledger = Ledger(self.kept.append, entries, closings)

    def enter(
        self, amount: int = 100, kind: Kind = "payment", result: int = 0, original: int | None = None
    ) -> Entry:
        return self.ledger.enter(kind, amount, "EUR", at=NOON, card="VISA", result=result, original=original)

    def store(self, amount: int = 100, kind: Kind = "payment", original: int | None = None) -> Entry:
        return self.ledger.settle(self.enter(amount, kind, original=original), "stored")


def line(receipt: int, trace: int, state: str = "stored", seq: int = 1) -> Entry:
    return parse_entry(
        {
            "seq": seq,
            "kind": "payment",
            "receipt": f"{receipt:04d}",
            "trace": f"{trace:06d}",
            "amount": "1.00",
            "currency": "EUR",
            "state": state,
        }
    )


def test_a_line_is_what_the_format_promises() -> None:
    entry = Book().enter(1234)
    promised = {key: entry.line()[key] for key in list(entry.line())[:7]}
    assert promised == {
        "seq": 1,
        "kind": "payment",
        "receipt": "0001",
        "trace": "000001",
        "amount": "12.34",
        "currency": "EUR",
        "state": "pending",
    }
    assert parse_entry(entry.line()) == entry


def test_a_change_of_state_is_a_new_line_with_the_same_numbers() -> None:
    book = Book()
    entry = book.enter()
    stored = book.ledger.settle(entry, "stored")
    assert [(kept.seq, kept.state) for kept in book.kept if isinstance(kept, Entry)] == [
        (1, "pending"),
        (2, "stored"),
    ]
    assert (stored.receipt, stored.trace) == (entry.receipt, entry.trace)
    assert book.ledger.entries == [stored]


def test_a_reversed_payment_gives_its_receipt_number_back_but_not_its_trace() -> None:
    book = Book()
    book.store()
    book.ledger.settle(book.enter(), "reversed")
    after = book.enter()
    assert (after.receipt, after.trace, after.turnover) == (2, 3, 2)


def test_a_declined_payment_keeps_its_receipt_number_and_takes_no_turnover() -> None:
    book = Book()
    declined = book.enter(result=0x05)
    after = book.store()
    assert declined.state == "declined"
    assert (after.receipt, after.trace, after.turnover) == (2, 2, 1)


def test_receipts_wrap_after_9999_and_traces_after_999999() -> None:
    after = Book(line(9999, 999_999)).enter()
    assert (after.receipt, after.trace) == (1, 1)


def test_a_restart_reverses_what_was_pending() -> None:
    book = Book(line(1, 1), line(2, 2, "pending", seq=2))
    assert [(entry.receipt, entry.state) for entry in book.ledger.restart()] == [(2, "reversed")]
    assert book.ledger.restart() == []
    assert book.ledger.total() == 100


def test_totals_are_net_of_what_is_stored() -> None:
    book = Book()
    book.store(1000)
    sold = book.store(500)
    book.store(500, "reversal", original=sold.trace)
    book.store(200, "refund")
    book.enter(9999)
    book.ledger.settle(book.enter(7777), "reversed")
    assert book.ledger.total() == 1000 - 200
    assert net([]) == 0


def test_a_payment_is_undone_only_by_a_stored_reversal() -> None:
    book = Book()
    sold = book.store()
    book.ledger.settle(book.enter(kind="reversal", original=sold.trace), "reversed")
    assert not book.ledger.is_undone(sold)
    assert book.ledger.last_payment() == sold
    book.store(kind="reversal", original=sold.trace)
    assert book.ledger.is_undone(sold)
    assert book.ledger.last_payment() is None


def test_the_end_of_day_closes_what_is_stored() -> None:
    book = Book()
    assert book.ledger.close_day(NOON) == Closing(0, 1, 0, 0, NOON)
    sold = book.store(300)
    assert book.ledger.payment(sold.receipt) == sold
    closing = book.ledger.close_day(NOON)
    assert closing == Closing(2, 3, 300, 1, NOON)
    assert book.kept[-1] == closing
    assert parse_closing(closing.line()) == closing
    assert book.ledger.batch() == []
    assert book.ledger.payment(sold.receipt) is None
    assert book.ledger.total() == 300
    assert book.enter().trace == 4


def test_the_last_record_is_the_last_stored_or_declined_or_a_later_closing() -> None:
    book = Book()
    assert book.ledger.last_record() is None
    sold = book.store()
    book.ledger.settle(book.enter(), "reversed")
    assert book.ledger.last_record() == sold
    closing = book.ledger.close_day(NOON)
    assert book.ledger.last_record() == closing
    declined = book.enter(result=5)
    assert book.ledger.last_record() == declined


def test_a_closing_read_back_keeps_the_trace_going() -> None:
    closing = Closing(1, 2, 100, 1, NOON)
    book = Book(line(1, 1), closings=(closing,))
    assert book.ledger.last_record() == closing
    assert book.enter().trace == 3
    older = Book(line(1, 1), line(2, 3, seq=2), closings=(closing,))
    assert older.enter().trace == 4


@pytest.mark.parametrize("text", ["12", "12.3", "12.345", "-1.00", "1,00", "", 12.34])
def test_an_amount_is_whole_units_dot_two_digits(text: object) -> None:
    if text == 12.34:
        assert minor_units(text) == 1234
        return
    with pytest.raises(LedgerError, match="expected one like"):
        minor_units(text)


@pytest.mark.parametrize("change", [{"kind": "gift"}, {"state": "lost"}, {"amount": "x"}])
def test_a_line_of_another_kind_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(LedgerError):
        parse_entry({**line(1, 1).line(), **change})


@given(st.lists(st.sampled_from(["store", "reverse", "decline", "restart", "close"]), max_size=30))
def test_a_ledger_read_back_goes_on_as_if_nothing_had_been(acts: list[str]) -> None:
    book = Book()
    for act in acts:
        match act:
            case "store":
                book.store()
            case "reverse":
                book.ledger.settle(book.enter(), "reversed")
            case "decline":
                book.enter(result=5)
            case "close":
                book.ledger.close_day(NOON)
            case _:
                book.enter()
                book.ledger.restart()
    entries = [parse_entry(kept.line()) for kept in book.kept if isinstance(kept, Entry)]
    closings = tuple(parse_closing(kept.line()) for kept in book.kept if isinstance(kept, Closing))
    again = Book(*entries, closings=closings)
    assert again.ledger.entries == book.ledger.entries
    assert again.ledger.last_record() == book.ledger.last_record()
    assert again.enter() == book.enter()
    numbers = [(entry.receipt, entry.trace) for entry in book.ledger.entries]
    assert len(numbers) == len(set(numbers))
    assert book.ledger.total() == 100 * acts.count("store")


def test_times_are_kept_to_the_second() -> None:
    assert Book().enter().line()["at"] == "2026-11-23T12:00:07"
    assert dt.datetime.fromisoformat(str(Book().enter().line()["at"])) == NOON
