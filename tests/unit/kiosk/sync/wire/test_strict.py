from dataclasses import dataclass

import pytest
from pydantic import TypeAdapter

from kiosk.sync.wire.fields import MAX_INTEGER, MAX_TEXT, WireError
from kiosk.sync.wire.strict import STRICT, Count, Number, Text, validated


@dataclass(frozen=True)
class Thing:
    __pydantic_config__ = STRICT

    name: Text
    count: Count
    number: Number


ADAPTER = TypeAdapter(Thing)


def test_a_message_is_read_and_what_is_unknown_passed_over() -> None:
    assert validated(ADAPTER, '{"name":"ä","count":0,"number":-5,"later":1.5}') == Thing("ä", 0, -5)


@pytest.mark.parametrize(
    ("name", "count", "number", "place"),
    [
        ("1", "0", "0", "name"),
        ('"\\ud800"', "0", "0", "the message"),
        (f'"{"a" * (MAX_TEXT + 1)}"', "0", "0", "name"),
        ('""', "-1", "0", "count"),
        ('""', "1.0", "0", "count"),
        ('""', "true", "0", "count"),
        ('""', '"1"', "0", "count"),
        ('""', "0", str(MAX_INTEGER + 1), "number"),
        ('""', "0", "null", "number"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(name: str, count: str, number: str, place: str) -> None:
    with pytest.raises(WireError, match=place):
        validated(ADAPTER, f'{{"name":{name},"count":{count},"number":{number}}}')
