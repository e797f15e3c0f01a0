"""From ledger to status information."""

import pytest

from devices.terminal.simulator.reports import single_totals, status_of, totals_of
from devices.terminal.simulator.script import StatusRule
from tests.unit.devices.terminal.simulator.bench import NOON, Bench


def stored(bench: Bench, amount: int, card: str, kind: str = "payment") -> None:
    entry = bench.ledger.enter(kind, amount, "EUR", at=NOON, card=card)  # type: ignore[arg-type]  # a kind's name
    bench.ledger.settle(entry, "stored")


def test_sums_stand_under_their_cards() -> None:
    bench = Bench()
    for amount, card in ((100, "girocard"), (200, "Mastercard"), (300, "VISA"), (400, "Maestro")):
        stored(bench, amount, card)
    stored(bench, 100, "VISA", "refund")
    groups = single_totals(bench.ledger.batch())
    assert groups[:4].hex() == "00010005"
    counts = [(groups[at], int(groups[at + 1 : at + 7].hex())) for at in range(4, len(groups), 7)]
    assert counts == [(1, 100), (0, 0), (1, 200), (0, 0), (2, 200), (0, 0), (1, 400)]


def test_a_sum_below_nothing_is_shown_as_nothing() -> None:
    bench = Bench()
    stored(bench, 500, "VISA", "refund")
    assert bytes(totals_of(bench.terminal.site)).hex().count("04000000000000") == 1
    assert single_totals([])[:4].hex() == "00000000"


@pytest.mark.parametrize("do", ["wrong_amount", "clear_pan", "duplicate"])
def test_a_closing_can_be_bent_as_well(do: str) -> None:
    bench = Bench()
    closing = bench.ledger.close_day(NOON)
    plain = status_of(bench.terminal.site, closing)
    bent = status_of(bench.terminal.site, closing, StatusRule("repeat", do))  # type: ignore[arg-type]  # its name
    assert (bent == plain) == (do == "duplicate")


def test_the_terminal_id_wraps_where_it_is_bent() -> None:
    bench = Bench()
    entry = bench.ledger.enter("payment", 1, "EUR", at=NOON, card="VISA")
    status = status_of(bench.terminal.site, entry, StatusRule("status", "wrong_terminal"))
    assert bytes.fromhex("29 52 50 00 42") in status.data
