import json

import pytest

from devices.printer.simulator.script import Line, Script, ScriptError, parse_line, parse_script


def test_the_lines_of_the_formats() -> None:
    text = """{"at_byte": 400, "do": "paper_out"}

{"after_ms": 3000, "do": "paper_in"}
{"status": "near_end"}
{"at_byte": 10, "do": "short_write", "ms": 50, "repeat": true}
"""
    assert parse_script(text) == (
        Line("paper_out", at_byte=400),
        Line("paper_in", after_ms=3000),
        Line("near_end"),
        Line("short_write", at_byte=10, repeat=True, ms=50),
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "not JSON"),
        ("[1]", "expected an object"),
        ('{"do": "paper_ou"}', r"do is \"paper_ou\".*did you mean 'paper_out'\?"),
        ('{"do": 3}', "do is 3"),
        ('{"status": "wet"}', "expected near_end, ok, end"),
        ('{"status": []}', "expected near_end, ok, end"),
        ('{"do": "stall", "status": "ok"}', "expected one of"),
        ("{}", "expected one of"),
        ('{"do": "stall", "at_bytes": 3}', "unknown key 'at_bytes'.*did you mean 'at_byte'"),
        ('{"do": "stall", "at_byte": -1}', "whole number from 0"),
        ('{"do": "stall", "at_byte": true}', "whole number from 0"),
        ('{"do": "stall", "after_ms": 1.5}', "whole number from 0"),
        ('{"do": "stall", "repeat": 1}', "true or false"),
        ('{"do": "stall", "at_byte": 1, "after_ms": 1}', "one of them"),
    ],
)
def test_a_bad_line_is_refused_in_a_sentence(line: str, sentence: str) -> None:
    with pytest.raises(ScriptError, match=sentence):
        parse_line(line)
    with pytest.raises(ScriptError, match=r"^script line 2: "):
        parse_script('{"do": "stall"}\n' + line)


def script(*lines: dict[str, object]) -> Script:
    return Script(parse_script("\n".join(json.dumps(line) for line in lines)), 1000)


def names(lines: list[Line]) -> list[str]:
    return [line.do for line in lines]


def test_an_after_line_counts_from_the_line_before_it() -> None:
    plan = script({"at_byte": 5, "do": "paper_out"}, {"after_ms": 300, "do": "paper_in"})
    assert plan.next_due() is None
    assert names(plan.elapsed(9000)) == []
    assert names(plan.printed(4, 9000)) == []
    assert names(plan.printed(5, 9000)) == ["paper_out"]
    assert plan.next_due() == 9300
    assert names(plan.elapsed(9299)) == []
    assert names(plan.elapsed(9300)) == ["paper_in"]
    assert plan.next_due() is None
    assert names(plan.printed(50, 9999)) == []


def test_a_first_after_line_counts_from_the_start_and_a_bare_line_is_at_once() -> None:
    plan = script({"after_ms": 50, "do": "stall"}, {"after_ms": 20, "do": "resume"}, {"status": "near_end"})
    assert names(plan.elapsed(1000)) == ["near_end"]
    assert names(plan.elapsed(1050)) == ["stall"]
    assert names(plan.elapsed(1070)) == ["resume"]


def test_after_a_bare_line_counts_from_the_start() -> None:
    plan = script({"status": "near_end"}, {"after_ms": 20, "do": "paper_out"})
    assert names(plan.elapsed(1020)) == ["near_end", "paper_out"]


def test_lines_about_the_cable_count_what_arrived() -> None:
    plan = script(
        {"at_byte": 5, "do": "stall"}, {"at_byte": 9, "do": "xoff"}, {"at_byte": 2, "do": "power_off"}
    )
    assert plan.next_arrival(0) == 5
    assert names(plan.printed(100, 0)) == ["power_off"]
    assert names(plan.arrived(5, 0)) == ["stall"]
    assert plan.next_arrival(6) == 3
    assert names(plan.arrived(9, 0)) == ["xoff"]
    assert plan.next_arrival(9) is None


def test_repeated_lines_happen_again() -> None:
    plan = script(
        {"at_byte": 10, "do": "paper_out", "repeat": True},
        {"after_ms": 5, "do": "paper_in", "repeat": True},
    )
    for round_ in (1, 2, 3):
        assert names(plan.printed(10 * round_, 1000 * round_)) == ["paper_out"]
        assert names(plan.elapsed(1000 * round_ + 5)) == ["paper_in"]
        assert names(plan.elapsed(1000 * round_ + 900)) == []


def test_a_repeated_first_after_line_ticks() -> None:
    plan = script({"after_ms": 100, "do": "feed", "repeat": True})
    assert [names(plan.elapsed(at)) for at in (1050, 1100, 1150, 1200)] == [[], ["feed"], [], ["feed"]]


def test_live_lines_count_from_now() -> None:
    plan = script()
    plan.add(parse_line('{"at_byte": 5, "do": "paper_out"}'), 0, 100, 90)
    plan.add(parse_line('{"at_byte": 5, "do": "stall"}'), 0, 100, 90)
    plan.add(parse_line('{"after_ms": 7, "do": "resume"}'), 2000, 100, 90)
    assert plan.next_arrival(100) == 5
    assert names(plan.printed(95, 0)) == ["paper_out"]
    assert names(plan.arrived(105, 0)) == ["stall"]
    assert names(plan.elapsed(2007)) == ["resume"]
