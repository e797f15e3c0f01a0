"""Read a Varlink interface definition and hold values against it (https://varlink.org/Interface-Definition)."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

_TOKEN = re.compile(
    r"(?:\s|#[^\n]*)*(?P<token>->|[(),:?]|\[\]|\[string\]|[A-Za-z][A-Za-z0-9_.-]*|\Z|.)", re.DOTALL
)
_INTERFACE = re.compile(r"[A-Za-z](?:-*[A-Za-z0-9])*(?:\.[A-Za-z0-9](?:-*[A-Za-z0-9])*)+")
_MEMBER = re.compile(r"[A-Z][A-Za-z0-9]*")
_FIELD = re.compile(r"[A-Za-z](?:_?[A-Za-z0-9])*")
_SIMPLE = frozenset({"bool", "int", "float", "string", "object"})


class InterfaceError(ValueError):
    """The definition is not Varlink; the sentence says what stands where something else was expected."""


class ConformError(ValueError):
    """A value does not fit its type; ``path`` names the place, such as ``devices[0].path``."""

    def __init__(self, path: str, expected: str) -> None:
        super().__init__(f"{path}: expected {expected}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Simple:
    """bool, int, float, string or object."""

    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A type of the same interface, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Enumeration:
    """One of some words."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Struct:
    """Named fields in their order; a field of type Maybe may be absent."""

    fields: tuple[tuple[str, "Type"], ...]


@dataclass(frozen=True, slots=True)
class Array:
    """Any number of one type, in order."""

    of: "Type"


@dataclass(frozen=True, slots=True)
class Table:
    """A map from text to one type."""

    of: "Type"


@dataclass(frozen=True, slots=True)
class Maybe:
    """A type or null."""

    of: "Type"


Type: TypeAlias = Simple | Reference | Enumeration | Struct | Array | Table | Maybe


@dataclass(frozen=True, slots=True)
class Method:
    """One method with what it takes and what it replies."""

    name: str
    takes: Struct
    gives: Struct


@dataclass(frozen=True)
class Interface:
    """A whole definition; ``description`` is its text as it was read, for GetInterfaceDescription."""

    name: str
    description: str
    types: Mapping[str, Struct | Enumeration]
    methods: Mapping[str, Method]
    errors: Mapping[str, Struct]

    def conform(self, struct: Struct, value: Any, *, closed: bool) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """Hold a JSON object against a struct of this interface.

        Args:
            struct: a method's ``takes`` or ``gives``, or an error's parameters.
            value: what came, or is to go.
            closed: True for what we send (an unknown field is our mistake); False for what we receive
                (unknown fields are dropped: a neighbour may be one release ahead).

        Returns:
            A new object with every declared field; absent nullable ones are None.

        Raises:
            ConformError: a field is missing, mistyped, or unknown though closed.
        """
        return _Check(self.types, closed=closed).struct(struct, value, "")


class _Check:
    """One walk through a value."""

    def __init__(self, types: Mapping[str, Struct | Enumeration], *, closed: bool) -> None:
        self._types = types
        self._closed = closed

    def struct(self, struct: Struct, value: Any, path: str) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        if not isinstance(value, Mapping):
            raise ConformError(path or "parameters", "an object")
        known = dict(struct.fields)
        if self._closed and (unknown := sorted(set(value) - set(known))):
            raise ConformError(_join(path, unknown[0]), "no such field")
        return {name: self.any(kind, value.get(name), _join(path, name)) for name, kind in struct.fields}

    def any(self, kind: Type, value: Any, path: str) -> Any:  # noqa: ANN401 - any JSON
        match kind:
            case Maybe():
                return None if value is None else self.any(kind.of, value, path)
            case Reference():
                return self.any(self._types[kind.name], value, path)
            case Struct():
                return self.struct(kind, value, path)
            case Enumeration():
                return _enumeration(kind, value, path)
            case Array():
                return self._array(kind, value, path)
            case Table():
                return self._table(kind, value, path)
            case Simple():
                return _simple(kind, value, path)

    def _array(self, kind: Array, value: Any, path: str) -> list[Any]:  # noqa: ANN401 - any JSON
        if not isinstance(value, list | tuple):
            raise ConformError(path, "a list")
        return [self.any(kind.of, item, f"{path}[{index}]") for index, item in enumerate(value)]

    def _table(self, kind: Table, value: Any, path: str) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise ConformError(path, "an object")
        return {key: self.any(kind.of, item, _join(path, key)) for key, item in value.items()}


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _enumeration(kind: Enumeration, value: Any, path: str) -> str:  # noqa: ANN401 - any JSON
    if isinstance(value, str) and value in kind.values:
        return str(value)  # a StrEnum of ours becomes plain text
    raise ConformError(path, f"one of {', '.join(kind.values)}")


_FITS: dict[str, Callable[[Any], bool]] = {
    "bool": lambda value: isinstance(value, bool),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "object": lambda value: isinstance(value, Mapping),
}


def _simple(kind: Simple, value: Any, path: str) -> Any:  # noqa: ANN401 - any JSON
    if _FITS[kind.name](value):
        return value
    raise ConformError(path, f"{'an' if kind.name in {'int', 'object'} else 'a'} {kind.name}")


def parse(text: str) -> Interface:
    """Read one interface definition.

    Args:
        text: the whole ``.varlink`` file.

    Raises:
        InterfaceError: it is not Varlink, defines a name twice, or refers to a type it does not define.
    """
    return _Parser(text).interface()


class _Parser:
    """Recursive descent over the tokens, one look ahead."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._next = next(self._tokens)
        self._references: set[str] = set()

    def interface(self) -> Interface:
        self._expect("interface")
        name = self._name(_INTERFACE, "an interface name")
        types: dict[str, Struct | Enumeration] = {}
        methods: dict[str, Method] = {}
        errors: dict[str, Struct] = {}
        while (keyword := self._take()) != "":
            member = self._name(_MEMBER, "a name in capitals")
            if member in types or member in methods or member in errors:
                raise InterfaceError(f"{member} is defined twice")
            match keyword:
                case "type":
                    types[member] = self._braces()
                case "method":
                    methods[member] = self._method(member)
                case "error":
                    errors[member] = self._struct(f"error {member}")
                case _:
                    raise InterfaceError(f"got {keyword!r}, expected type, method or error")
        if missing := sorted(self._references - set(types)):
            raise InterfaceError(f"the type {missing[0]} is used but not defined")
        return Interface(name, self._text, types, methods, errors)

    def _method(self, name: str) -> Method:
        takes = self._struct(f"method {name}")
        self._expect("->")
        return Method(name, takes, self._struct(f"method {name}"))

    def _struct(self, where: str) -> Struct:
        braces = self._braces()
        if isinstance(braces, Enumeration):
            raise InterfaceError(f"{where} has a list of words, expected fields with types")
        return braces

    def _braces(self) -> Struct | Enumeration:
        self._expect("(")
        if self._next == ")":
            self._take()
            return Struct(())
        first = self._name(_FIELD, "a field name")
        if self._next == ":":
            return self._fields(first)
        return self._words(first)

    def _fields(self, name: str) -> Struct:
        fields: dict[str, Type] = {}
        while True:
            self._expect(":")
            if name in fields:
                raise InterfaceError(f"the field {name} is defined twice")
            fields[name] = self._type()
            if self._end():
                return Struct(tuple(fields.items()))
            name = self._name(_FIELD, "a field name")

    def _words(self, first: str) -> Enumeration:
        words = [first]
        while not self._end():
            words.append(self._name(_FIELD, "a word"))
        return Enumeration(tuple(words))

    def _end(self) -> bool:
        """Take a comma (False) or the closing bracket (True)."""
        sign = self._take()
        if sign not in {",", ")"}:
            raise InterfaceError(f"got {sign!r}, expected ',' or ')'")
        return sign == ")"

    def _type(self) -> Type:
        if self._next == "?":
            self._take()
            if self._next == "?":
                raise InterfaceError("a type is nullable twice")
            return Maybe(self._type())
        if self._next in {"[]", "[string]"}:
            made = Array if self._take() == "[]" else Table
            return made(self._type())
        if self._next == "(":
            return self._braces()
        if self._next in _SIMPLE:
            return Simple(self._take())
        name = self._name(_MEMBER, "a type")
        self._references.add(name)
        return Reference(name)

    def _name(self, pattern: re.Pattern[str], expected: str) -> str:
        token = self._take()
        if not pattern.fullmatch(token):
            raise InterfaceError(f"got {token!r}, expected {expected}")
        return token

    def _expect(self, wanted: str) -> None:
        token = self._take()
        if token != wanted:
            raise InterfaceError(f"got {token!r}, expected {wanted!r}")

    def _take(self) -> str:
        token = self._next
        self._next = next(self._tokens)
        return token


def _tokens(text: str) -> Iterator[str]:
    """Words and signs of a definition, then empty text for ever."""
    for match in _TOKEN.finditer(text):
        yield match["token"]
    while True:
        yield ""
