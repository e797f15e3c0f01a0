"""Scripts: every line of the format, and a sentence for every bad one."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.terminal.simulator.script import (
    ByteRule,
    Key,
    LinkRule,
    PaymentRule,
    Playbook,
    ScriptError,
    StatusRule,
    parse_line,
    parse_script,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            '{"on": "payment", "amount": "12.34", "do": "decline", "code": "6C", "delay_ms": 500}',
            PaymentRule("payment", "decline", amount=1234, code=0x6C, delay_ms=500),
        ),
        ('{"on": "payment", "do": "busy", "repeat": true}', PaymentRule("payment", "busy", repeat=True)),
        ('{"on": "refund", "do": "slow"}', PaymentRule("refund", "slow")),
        (
            '{"at_byte": 57, "direction": "out", "do": "stall", "ms": 200}',
            ByteRule(57, "out", "stall", ms=200),
        ),
        (
            '{"at_byte": 0, "direction": "in", "do": "rst", "from": "payment"}',
            ByteRule(0, "in", "rst", origin="payment"),
        ),
        ('{"on": "status", "do": "clear_pan"}', StatusRule("status", "clear_pan")),
        ('{"on": "repeat", "do": "wrong_amount", "ms": 1}', StatusRule("repeat", "wrong_amount", ms=1)),
        ('{"on": "link", "do": "segment", "bytes": 1}', LinkRule(1)),
        ('{"on": "link", "do": "segment"}', LinkRule(0)),
        ('{"key": "power", "ms": 10}', Key("power", 10)),
    ],
)
def test_every_kind_of_line(line: str, expected: object) -> None:
    assert parse_line(line) == expected


@pytest.mark.parametrize("do", ["drop", "rst", "half_open", "power_off", "corrupt", "stall"])
def test_every_accident_of_the_link(do: str) -> None:
    rule = parse_line(json.dumps({"at_byte": 1, "direction": "in", "do": do}))
    assert isinstance(rule, ByteRule)
    assert rule.do == do


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nonsense", "got 'nonsense', expected one JSON object"),
        ("[1]", r"got '\[1\]', expected one JSON object"),
        ("{}", 'got null as "on", expected payment, refund'),
        ('{"on": "paymnt"}', 'got "paymnt" as "on"'),
        ('{"on": {"a": 1}}', 'got {"a": 1} as "on"'),
        ('{"on": "payment"}', '"do" is null, expected one of approve, decline'),
        ('{"on": "payment", "do": "aprove"}', '"do" is "aprove", expected one of approve'),
        ('{"on": "payment", "do": ["approve"]}', r'"do" is \["approve"\], expected one of'),
        (
            '{"on": "payment", "do": "approve", "amount": 12.34}',
            '"amount" is 12.34, expected a text like "12.34"',
        ),
        ('{"on": "payment", "do": "approve", "amount": "12.3"}', '"amount" is "12.3", expected'),
        ('{"on": "payment", "do": "decline", "code": "6"}', '"code" is "6", expected a result code'),
        ('{"on": "payment", "do": "decline", "code": "00"}', '"code" is "00", expected'),
        ('{"on": "payment", "do": "decline", "code": 5}', '"code" is 5, expected'),
        ('{"on": "payment", "do": "approve", "delay_ms": -1}', '"delay_ms" is -1, expected a whole number'),
        ('{"on": "payment", "do": "approve", "delay_ms": true}', '"delay_ms" is true, expected'),
        ('{"on": "payment", "do": "approve", "repeat": 1}', '"repeat" is 1, expected true or false'),
        (
            '{"on": "payment", "do": "approve", "colour": "red"}',
            'got the unknown "colour", expected nothing more',
        ),
        ('{"at_byte": "x", "direction": "in", "do": "drop"}', '"at_byte" is "x", expected'),
        ('{"at_byte": null, "direction": "in", "do": "drop"}', '"at_byte" is null, expected a whole number'),
        ('{"at_byte": 1, "direction": "up", "do": "drop"}', '"direction" is "up", expected one of in, out'),
        ('{"on": "link", "do": "dance"}', '"do" is "dance", expected one of segment'),
        ('{"key": "escape"}', '"key" is "escape", expected one of card'),
    ],
)
def test_a_bad_line_says_what_was_got_and_what_was_expected(line: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_line(line)


def test_a_script_names_every_bad_line() -> None:
    text = '{"on": "status", "do": "late"}\n\nrubbish\n{"key": "card"}\n'
    with pytest.raises(ScriptError) as caught:
        parse_script(text)
    assert [sentence.split(":")[0] for sentence in str(caught.value).splitlines()] == ["line 3", "line 4"]
    assert "keys are pressed on the control socket" in str(caught.value)


def test_a_good_script_keeps_its_order() -> None:
    assert parse_script('{"on": "status", "do": "late"}\n{"on": "payment", "do": "cancel"}\n') == [
        StatusRule("status", "late"),
        PaymentRule("payment", "cancel"),
    ]


def test_the_first_match_is_used_and_dropped() -> None:
    book = Playbook(
        parse_script(
            '{"on": "payment", "amount": "1.00", "do": "cancel"}\n'
            '{"on": "payment", "do": "decline"}\n'
            '{"on": "payment", "do": "slow", "repeat": true}\n'
            '{"on": "status", "do": "late"}\n'
        )
    )
    taken = [book.take_payment("payment", amount) for amount in (200, 100, 100, 100)]
    assert [rule.do if rule else None for rule in taken] == ["decline", "cancel", "slow", "slow"]
    assert book.take_payment("refund", 100) is None
    assert book.take_status("repeat") is None
    assert book.take_status("status") == StatusRule("status", "late")
    assert book.take_status("status") is None


@given(st.text(max_size=60))
def test_no_plain_text_is_a_rule(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        parse_line(text)


@given(
    st.dictionaries(
        st.sampled_from(["on", "do", "at_byte", "direction", "key", "amount", "code", "ms", "repeat"]),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2)
        ),
    )
)
def test_any_object_is_a_rule_or_a_value_error(values: dict[str, object]) -> None:
    with contextlib.suppress(ValueError):
        assert parse_line(json.dumps(values)) is not None
