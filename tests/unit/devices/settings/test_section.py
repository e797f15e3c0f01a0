from typing import Annotated

import pytest
from pydantic import BeforeValidator, ValidationError

from devices.settings.section import (
    Baud,
    CurrencyCode,
    Milliseconds,
    Seconds,
    Section,
    Tables,
    Text,
    matching,
    one_of,
)


class Part(Section):
    name: Text = "part"
    baud: Baud = 9600
    wait_ms: Milliseconds = 1
    wait_s: Seconds = 1
    currency: CurrencyCode = "EUR"
    colour: Annotated[str, BeforeValidator(one_of(("red", "green")))] = "red"
    code: Annotated[str, matching("[0-9]{2}", "two digits")] = "00"


class All(Tables):
    part: Part = Part()


def test_a_table_is_strict_frozen_and_complete() -> None:
    part = Part.model_validate_json('{"name": "a", "baud": 19200}')
    assert (part.name, part.baud, part.colour) == ("a", 19200, "red")
    with pytest.raises(ValidationError):
        part.name = "b"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"nam": "a"}', "extra_forbidden"),
        ('{"baud": "9600"}', "int_type"),
        ('{"baud": 9600.0}', "int_type"),
        ('{"baud": true}', "int_type"),
        ('{"baud": 300}', "greater_than_equal"),
        ('{"wait_ms": 0}', "greater_than_equal"),
        ('{"wait_s": 86401}', "less_than_equal"),
        ('{"name": ""}', "string_too_short"),
        ('{"currency": "eur"}', "unexpected"),
        ('{"code": "123"}', "unexpected"),
        ('{"colour": "blue"}', "one_of"),
        ('{"colour": ["red"]}', "one_of"),
    ],
)
def test_anything_else_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ValidationError) as error:
        Part.model_validate_json(text)
    assert [each["type"] for each in error.value.errors()] == [kind]


def test_other_programs_tables_are_passed_over() -> None:
    assert All.model_validate_json('{"other": 3, "part": {"name": "a"}}').part.name == "a"
