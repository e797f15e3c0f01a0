import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.wire.fields import MAX_INTEGER, MAX_TEXT, Fields, WireError, dump, load, storable

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda fields: fields.integer("x"), -7),
        (lambda fields: fields.integer("x", minimum=0), 0),
        (lambda fields: fields.text("x"), "Käse 🧀"),
        (lambda fields: fields.any_text("x"), "\x00" * 5000),
        (lambda fields: fields.maybe_text("x"), None),
        (lambda fields: fields.maybe_text("x"), ""),
        (lambda fields: list(fields.texts("x")), ["a", "b"]),
        (lambda fields: fields.text_map("x"), {"de": "Milch"}),
        (lambda fields: [one.text("y") for one in fields.objects("x")], None),
    ],
)
def test_each_type_is_read_as_it_is(read: Callable[[Fields], object], value: object) -> None:
    given_value = [{"y": "z"}] if value is None and "objects" in str(read.__code__.co_names) else value
    expected = ["z"] if given_value is not value else value
    assert read(Fields({"x": given_value}, "")) == expected


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (lambda fields: fields.integer("x"), 1.0, "an integer"),
        (lambda fields: fields.integer("x"), True, "an integer"),
        (lambda fields: fields.integer("x"), MAX_INTEGER + 1, "an integer"),
        (lambda fields: fields.integer("x", minimum=1), 0, "an integer of at least 1"),
        (lambda fields: fields.text("x"), 5, "a text"),
        (lambda fields: fields.text("x"), "a" * (MAX_TEXT + 1), "a text of at most"),
        (lambda fields: fields.text("x"), "\x00", "a text"),
        (lambda fields: fields.text("x"), "\ud800", "a text"),
        (lambda fields: fields.any_text("x"), [], "a text"),
        (lambda fields: fields.texts("x"), ["a", 1], "a list of texts"),
        (lambda fields: fields.texts("x"), "ab", "a list of texts"),
        (lambda fields: fields.text_map("x"), [], "an object of texts"),
        (lambda fields: fields.text_map("x"), {"de": 1}, "a text"),
        (lambda fields: fields.objects("x"), {}, "a list"),
        (lambda fields: fields.objects("x"), [1], "an object"),
    ],
)
def test_a_wrong_type_is_refused_with_its_place(
    read: Callable[[Fields], object], value: object, expected: str
) -> None:
    with pytest.raises(WireError, match=r"^at\.x.*got .*expected") as caught:
        read(Fields({"x": value}, "at"))
    assert caught.value.expected.startswith(expected)
    assert len(str(caught.value)) < 200


def test_what_is_missing_is_named() -> None:
    with pytest.raises(WireError, match="x: got nothing, expected a value"):
        Fields({}, "").raw("x")


@given(json_values)
def test_any_json_is_an_object_or_refused(value: object) -> None:
    text = dump(value)
    if isinstance(value, dict):
        assert load(text).raw(next(iter(value))) is not ... if value else True
    else:
        with pytest.raises(WireError):
            load(text)


@given(st.text() | st.binary())
def test_garbage_is_refused_as_nothing_else(text: str | bytes) -> None:
    try:
        decoded = json.loads(text)
    except ValueError:
        with pytest.raises(WireError, match="the message: got"):
            load(text)
    else:
        assert not isinstance(decoded, dict) or isinstance(load(text), Fields)


def test_depth_without_end_is_refused() -> None:
    with pytest.raises(WireError):
        load("[" * 100_000)


@pytest.mark.parametrize(("text", "can"), [("Käse", True), ("a\x00b", False), ("\udfff", False), ("", True)])
def test_storable(text: str, can: bool) -> None:  # noqa: FBT001 - a table of cases
    assert storable(text) is can
