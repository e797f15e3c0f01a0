from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.link.interface import (
    Array,
    ConformError,
    Enumeration,
    Interface,
    InterfaceError,
    Maybe,
    Reference,
    Simple,
    Struct,
    Table,
    parse,
)

SHELF = """
# A shelf.
interface org.example.Shelf1
type Box (name: string, tags: []string, sizes: [string]int, kind: (small, large)) # trailing
type Kind (wood, steel)
method Put(box: Box, at: ?int, weight: float, data: ?object, kinds: []Kind, where: (row: int)) -> (ok: bool)
method Empty() -> ()
error Full (count: int)
"""

BOX = {"name": "a", "tags": ["x"], "sizes": {"w": 3}, "kind": "small"}
PUT = {"box": BOX, "at": None, "weight": 1.5, "data": {"any": [1]}, "kinds": ["wood"], "where": {"row": 2}}


@pytest.fixture
def shelf() -> Interface:
    return parse(SHELF)


def test_a_definition_is_read(shelf: Interface) -> None:
    assert (shelf.name, shelf.description) == ("org.example.Shelf1", SHELF)
    assert shelf.types["Kind"] == Enumeration(("wood", "steel"))
    assert shelf.methods["Empty"].takes == Struct(())
    assert shelf.errors["Full"] == Struct((("count", Simple("int")),))
    assert shelf.methods["Put"].takes.fields == (
        ("box", Reference("Box")),
        ("at", Maybe(Simple("int"))),
        ("weight", Simple("float")),
        ("data", Maybe(Simple("object"))),
        ("kinds", Array(Reference("Kind"))),
        ("where", Struct((("row", Simple("int")),))),
    )
    box = shelf.types["Box"]
    assert isinstance(box, Struct)
    assert dict(box.fields)["sizes"] == Table(Simple("int"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "got '', expected 'interface'"),
        ("interface Shelf", "got 'Shelf', expected an interface name"),
        ("interface a.b1 thing X ()", "got 'thing', expected type, method or error"),
        ("interface a.b1 type x ()", "got 'x', expected a name in capitals"),
        ("interface a.b1 type X () type X ()", "X is defined twice"),
        ("interface a.b1 type X () error X ()", "X is defined twice"),
        ("interface a.b1 method X () -> () error X ()", "X is defined twice"),
        ("interface a.b1 error X () method X () -> ()", "X is defined twice"),
        ("interface a.b1 type X (a: int, a: int)", "the field a is defined twice"),
        ("interface a.b1 type X (a: Y)", "the type Y is used but not defined"),
        ("interface a.b1 type X (a: ??int)", "a type is nullable twice"),
        ("interface a.b1 type X (a: 3)", "got '3', expected a type"),
        ("interface a.b1 type X (a: int; b: int)", "got ';', expected ',' or ')'"),
        ("interface a.b1 type X (a, b: int)", "got ':', expected ',' or ')'"),
        ("interface a.b1 type X (_a: int)", "got '_', expected a field name"),
        ("interface a.b1 method X (a, b) -> ()", "method X has a list of words, expected fields with types"),
        ("interface a.b1 method X () ()", "got '(', expected '->'"),
        ("interface a.b1 method X", "got '', expected '('"),
        ("interface a.b1 error X (", "got '', expected a field name"),
    ],
)
def test_what_is_no_definition_is_refused_with_what_stands_there(text: str, sentence: str) -> None:
    with pytest.raises(InterfaceError) as error:
        parse(text)
    assert str(error.value) == sentence


@given(st.text() | st.lists(st.sampled_from(SHELF.split()), max_size=30).map(" ".join))
def test_any_text_is_a_definition_or_the_parsers_own_error(text: str) -> None:
    with suppress(InterfaceError):
        assert parse(text).description == text


def test_a_value_that_fits_passes_unchanged(shelf: Interface) -> None:
    assert shelf.conform(shelf.methods["Put"].takes, PUT, closed=True) == PUT


def test_absent_nullable_fields_become_none(shelf: Interface) -> None:
    short = {key: value for key, value in PUT.items() if key not in {"at", "data"}}
    assert shelf.conform(shelf.methods["Put"].takes, short, closed=False) == {**PUT, "data": None}


def test_unknown_fields_are_dropped_from_what_comes_and_refused_in_what_goes(shelf: Interface) -> None:
    newer = {**PUT, "box": {**BOX, "colour": "red"}, "new": 1}
    takes = shelf.methods["Put"].takes
    assert shelf.conform(takes, newer, closed=False) == PUT
    with pytest.raises(ConformError, match="new: expected no such field"):
        shelf.conform(takes, newer, closed=True)
    with pytest.raises(ConformError, match=r"box\.colour: expected no such field"):
        shelf.conform(takes, {**PUT, "box": {**BOX, "colour": "red"}}, closed=True)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"box": None}, "box"),
        ({"box": {}}, "box.name"),
        ({"box": {**BOX, "name": 3}}, "box.name"),
        ({"box": {**BOX, "tags": "x"}}, "box.tags"),
        ({"box": {**BOX, "tags": ["x", None]}}, "box.tags[1]"),
        ({"box": {**BOX, "sizes": []}}, "box.sizes"),
        ({"box": {**BOX, "sizes": {"w": "3"}}}, "box.sizes.w"),
        ({"box": {**BOX, "sizes": {3: 3}}}, "box.sizes"),
        ({"box": {**BOX, "kind": "huge"}}, "box.kind"),
        ({"box": {**BOX, "kind": 1}}, "box.kind"),
        ({"at": True}, "at"),
        ({"at": 1.0}, "at"),
        ({"weight": True}, "weight"),
        ({"weight": "1"}, "weight"),
        ({"data": [1]}, "data"),
        ({"kinds": ["wood", "glass"]}, "kinds[1]"),
        ({"where": {"row": None}}, "where.row"),
    ],
)
def test_what_does_not_fit_is_named_by_its_path(shelf: Interface, change: dict[str, Any], path: str) -> None:
    with pytest.raises(ConformError) as error:
        shelf.conform(shelf.methods["Put"].takes, {**PUT, **change}, closed=False)
    assert error.value.path == path


def test_parameters_that_are_no_object_are_refused(shelf: Interface) -> None:
    with pytest.raises(ConformError, match="parameters: expected an object"):
        shelf.conform(shelf.methods["Put"].takes, [], closed=False)


def test_a_whole_number_is_a_float_too_and_a_tuple_is_a_list(shelf: Interface) -> None:
    value = {**PUT, "weight": 2, "kinds": ("wood", "steel")}
    result = shelf.conform(shelf.methods["Put"].takes, value, closed=True)
    assert (result["weight"], result["kinds"]) == (2, ["wood", "steel"])
