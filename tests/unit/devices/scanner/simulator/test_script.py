import pytest

from devices.scanner.simulator.script import Arm, Plug, Scan, ScriptError, parse_line, parse_script


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"scan": "4006381333931"}', Scan("4006381333931")),
        ('{"after_ms": 100, "scan": "1", "gap_ms": 9}', Scan("1", 9, 100)),
        ('{"scan": "1", "after_ms": 5, "repeat": true}', Scan("1", after_ms=5, repeat=True)),
        ('{"do": "unplug"}', Plug(on=False)),
        ('{"do": "plug", "ms": 100}', Plug(on=True, ms=100)),
        ('{"do": "unplug", "at_byte": 3, "ms": 50}', Arm("unplug", 50, 3)),
        ('{"do": "stall"}', Arm("stall", 100)),
        ('{"do": "stall", "ms": 300, "at_byte": 0}', Arm("stall", 300, 0)),
    ],
)
def test_a_line_is_understood(text: str, line: object) -> None:
    assert parse_line(text) == line


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x", "this is not JSON"),
        ("5", "this is 5; expected"),
        ('{"do": "explode"}', "do is 'explode'; expected unplug, plug or stall"),
        ("{}", "do is None"),
        ('{"scan": ""}', "scan is ''; expected the text of a code"),
        ('{"scan": 5}', "scan is 5"),
        ('{"scan": "1", "gap": 4}', "'gap' is not known here; expected scan, gap_ms"),
        ('{"do": "plug", "scam": 1}', "'scam' is not known here; expected do, ms"),
        ('{"scan": "1", "gap_ms": -1}', "gap_ms is -1; expected a whole number from 0 to"),
        ('{"scan": "1", "gap_ms": true}', "gap_ms is True"),
        ('{"do": "stall", "ms": 1e9}', "ms is 1000000000.0"),
        ('{"scan": "1", "repeat": 1}', "repeat is 1; expected true or false"),
        ('{"scan": "1", "repeat": true}', "repeat needs an after_ms above 0"),
    ],
)
def test_a_wrong_line_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ScriptError, match=sentence):
        parse_line(text)


def test_a_script_is_its_lines_and_every_mistake_is_told() -> None:
    assert parse_script('{"scan": "1"}\n\n{"do": "plug"}\n') == (Scan("1"), Plug(on=True))
    with pytest.raises(ScriptError, match=r"line 1: .*; line 3: "):
        parse_script('x\n{"scan": "1"}\n{}')
