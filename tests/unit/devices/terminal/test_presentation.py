import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.attempt import AttemptState, Kind
from devices.terminal.book import Attempt
from devices.terminal.engine import Check, Condition, Power
from devices.terminal.evidence import Result
from devices.terminal.presentation import (
    decimal_text,
    line_of,
    link_attempt,
    link_display,
    link_state,
    parse_amount,
)
from devices.terminal.steps import Show, Step

RESULT = Result(
    "00", 1234, "EUR", "0042", "000101", terminal_id="52500041", card_name="girocard", last4="0018"
)
UNCERTAIN = Attempt("a", "card", Kind.SALE, AttemptState.UNCERTAIN, 1234, "EUR", reason="It broke.")
CHECK = Check("a", Step.ASKING, 100, 200, 3)


def test_an_attempt_as_the_interface_has_it() -> None:
    paid = Attempt(
        "a", "card", Kind.SALE, AttemptState.CAPTURED, 1234, "EUR", result=RESULT, lines=("Beleg",)
    )
    told = link_attempt(paid, CHECK)
    assert told["result"]["receipt_lines"] == ["Beleg"]
    assert told["result"]["last4"] == "0018"
    assert told["recovery"] is None
    assert (told["kind"], told["state"]) == ("sale", "CAPTURED")


def test_only_an_uncertain_attempt_tells_of_its_check() -> None:
    told = link_attempt(UNCERTAIN, CHECK)
    assert told["recovery"] == {"step": "asking", "since_us": 100, "deadline_us": 200, "tries": 3}
    assert told["result"] is None
    assert link_attempt(UNCERTAIN, None)["recovery"] is None
    assert link_attempt(UNCERTAIN, Check("b", Step.ASKING, 1, None, 1))["recovery"] is None


def test_a_display() -> None:
    assert link_display(Show("a", "remove_card", "Karte")) == {
        "attempt_id": "a",
        "code": "remove_card",
        "text": "Karte",
    }


@pytest.mark.parametrize(
    ("ready", "open_attempt", "busy"), [(True, None, False), (True, "a", True), (False, None, True)]
)
def test_a_state(ready: bool, open_attempt: str | None, busy: bool) -> None:  # noqa: FBT001 - a table
    condition = Condition(
        Power.ONLINE, registered=True, ready=ready, terminal_id="52500041", recovery_query=True
    )
    told = link_state(condition, boot_id="b", channel="card", currency="EUR", open_attempt=open_attempt)
    assert (told["power"], told["busy"], told["open_attempt"]) == ("Online", busy, open_attempt)


@pytest.mark.parametrize(
    ("text", "minor"),
    [("12.34", 1234), ("12.3", 1230), ("12", 1200), ("0.01", 1), ("9999999999.99", 999_999_999_999)],
)
def test_amounts(text: str, minor: int) -> None:
    assert parse_amount(text) == minor


@pytest.mark.parametrize(
    "text", ["", "0", "0.00", "-1", "1,50", "1.234", "1.", "x", "1e3", "\u0661", "12345678901"]
)
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match="got"):
        parse_amount(text)


@given(st.integers(1, 10**12 - 1))
def test_an_amount_is_written_as_it_is_read(minor: int) -> None:
    assert parse_amount(decimal_text(minor)) == minor


@pytest.mark.parametrize("state", AttemptState)
@pytest.mark.parametrize("kind", Kind)
def test_every_state_has_its_sentence_and_only_a_capture_says_paid(state: AttemptState, kind: Kind) -> None:
    line = line_of(link_attempt(Attempt("a", "card", kind, state, 5, "EUR", reason="Why."), None))
    assert line["sentence"]
    assert ("Paid." in line["sentence"]) == (state is AttemptState.CAPTURED and kind is Kind.SALE)
    assert ("Why." in line["sentence"]) == (state is not AttemptState.CAPTURED)
    assert line["amount"] == "0.05"


def test_a_line_has_what_the_contract_names() -> None:
    paid = Attempt("a", "card", Kind.SALE, AttemptState.CAPTURED, 1234, "EUR", result=RESULT)
    assert line_of(link_attempt(paid, None)) == {
        "attempt": "a",
        "state": "CAPTURED",
        "kind": "sale",
        "amount": "12.34",
        "currency": "EUR",
        "receipt_no": "0042",
        "trace": "000101",
        "terminal_id": "52500041",
        "card_name": "girocard",
        "last4": "0018",
        "sentence": "Paid.",
    }
