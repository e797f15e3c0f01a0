"""Faults strike at their byte, whatever the pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.simulator.faults import Injector
from devices.terminal.simulator.script import ByteRule


def test_bytes_pass_when_nothing_is_armed() -> None:
    assert Injector().cut("in", b"abc") == [b"abc"]
    assert Injector().cut("in", b"") == []


@given(st.binary(min_size=1, max_size=60), st.integers(0, 70), st.integers(1, 20))
def test_a_drop_lets_exactly_its_bytes_pass(data: bytes, at_byte: int, size: int) -> None:
    injector, rule = Injector(), ByteRule(at_byte, "out", "drop")
    injector.arm(rule)
    passed = b""
    for start in range(0, len(data), size):
        assert injector.cut("in", b"other direction") == [b"other direction"]
        for piece in injector.cut("out", data[start : start + size]):
            if piece == rule:
                assert passed == data[:at_byte]
                return
            assert isinstance(piece, bytes)
            passed += piece
    assert passed == data
    assert at_byte >= len(data)


def test_corruption_changes_one_byte_and_goes_on() -> None:
    injector, rule = Injector(), ByteRule(1, "in", "corrupt")
    injector.arm(rule)
    assert injector.cut("in", b"\x00\x01\x02") == [b"\x00", rule, b"\xfe\x02"]


def test_a_stall_goes_on_after_its_mark() -> None:
    injector, rule = Injector(), ByteRule(2, "out", "stall", ms=5)
    injector.arm(rule)
    assert injector.cut("out", b"abcd") == [b"ab", rule, b"cd"]


def test_two_faults_strike_in_the_order_of_their_bytes() -> None:
    injector, late, early = Injector(), ByteRule(3, "in", "drop"), ByteRule(1, "in", "stall")
    injector.arm(late)
    injector.arm(early)
    assert injector.cut("in", b"abcdef") == [b"a", early, b"bc", late]


@pytest.mark.parametrize(("do", "again"), [("drop", True), ("corrupt", False)])
def test_repeating_at_byte_0_is_for_faults_that_end_the_link(do: str, again: bool) -> None:  # noqa: FBT001
    injector = Injector()
    injector.arm(ByteRule(0, "in", do, repeat=True))  # type: ignore[arg-type]  # do is one of the two above
    injector.cut("in", b"ab")
    assert (injector.cut("in", b"ab") != [b"ab"]) == again


def test_a_repeating_fault_counts_anew() -> None:
    injector, rule = Injector(), ByteRule(2, "in", "drop", repeat=True)
    injector.arm(rule)
    assert injector.cut("in", b"abc") == [b"ab", rule]
    assert injector.cut("in", b"abc") == [b"ab", rule]


@pytest.mark.parametrize("start", ["06 01 0C", "10 02 06 01"])
def test_counting_from_the_payment(start: str) -> None:
    injector, rule = Injector(), ByteRule(1, "in", "drop", origin="payment")
    injector.arm(rule)
    injector.arriving(b"\x06\x00\x01", at_start=True)
    assert injector.cut("in", b"\x06\x00\x01") == [b"\x06\x00\x01"]
    data = bytes.fromhex(start)
    injector.arriving(data, at_start=False)
    assert injector.cut("in", data) == [data]
    injector.arriving(data, at_start=True)
    assert injector.cut("in", data) == [data[:1], rule]
