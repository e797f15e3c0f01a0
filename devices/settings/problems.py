"""What is wrong with a configuration, all at once: place, value, what was expected, what may be meant."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from math import isfinite
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

_ALIKE = 0.6
_SECRET = frozenset({"password", "secret", "pin", "token"})
_LOOK = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list in square brackets",
    "list_type": "a list in square brackets",
    "dict_type": "a table",
    "model_type": "a table",
    "path_type": "a path in quotes",
    "missing": "a value, it is missing",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One error.

    Attributes:
        path: of the value: ``printer.profile``, ``scanner.devices[0].path``; empty for the file as a whole.
        got: what stands there; None when it is missing; never a password.
        expected: what should.
        suggestion: the nearest allowed word, or None.
    """

    path: str
    got: Any
    expected: str
    suggestion: str | None = None

    def row(self) -> dict[str, Any]:
        """As ``kiosk check-config`` prints it."""
        return asdict(self)

    def sentence(self) -> str:
        """For a person."""
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        where = self.path or "the file"
        return f"{where}: got {self.got!r}, expected {self.expected}{hint}"


class ConfigError(Exception):
    """A configuration that cannot be used; ``problems`` holds every error found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.sentence() for problem in problems))
        self.problems = tuple(problems)


def problems_of(model: type[BaseModel], error: ValidationError) -> list[Problem]:
    """Put pydantic's findings into our words.

    Args:
        model: that refused.
        error: its refusal.
    """
    return [_problem(model, details) for details in error.errors(include_url=False)]


def path_of(location: Sequence[int | str]) -> str:
    """``("scanner", "devices", 0, "path")`` → ``scanner.devices[0].path``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).removeprefix(
        "."
    )


def unknown_name(path: str, name: str, known: Sequence[str]) -> Problem:
    """A table or key that does not exist."""
    return Problem(path, name, f"one of {', '.join(sorted(known))}", nearest(name, known))


def nearest(word: object, known: Sequence[str]) -> str | None:
    """The known word most like ``word``, whatever its capitals; None when none is near."""
    if not isinstance(word, str):
        return None
    rated = [(_likeness(word.casefold(), each.casefold()), each) for each in known]
    score, best = max(rated, default=(0.0, None))
    return best if score > 0 else None


def _likeness(word: str, known: str) -> float:
    """Difflib's ratio, or 0 below 0.6; each letter alike at the start adds a tenth, as Winkler does."""
    ratio = SequenceMatcher(None, word, known).ratio()
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(word, known, strict=False))
    return ratio + sum(1 for _ in alike) / 10 if ratio >= _ALIKE else 0.0


def _problem(model: type[BaseModel], details: ErrorDetails) -> Problem:
    path = path_of(details["loc"])
    if details["type"] == "extra_forbidden":
        name = str(details["loc"][-1])
        return unknown_name(path, name, list(_model_at(model, details["loc"][:-1]).model_fields))
    got = None if details["type"] == "missing" else details["input"]
    if got is not None and _SECRET & set(path.split(".")[-1].split("_")):
        got = "(not shown)"
    if isinstance(got, float) and not isfinite(got):
        got = str(got)  # JSON has no word for it
    expected, known = _expected(details)
    return Problem(path, got, expected, nearest(got, known))


def _expected(details: ErrorDetails) -> tuple[str, list[str]]:
    """What should have stood there, and the allowed words where there is a list of them."""
    context = details.get("ctx", {})
    match details["type"]:
        case "literal_error":
            words = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
            return f"one of {', '.join(words)}", words
        case "one_of":
            return details["msg"], context["names"].split(", ")
        case kind:
            return _LOOK.get(kind) or details["msg"].removeprefix("Input should be "), []


def _model_at(model: type[BaseModel], location: Sequence[int | str]) -> type[BaseModel]:
    """The model that stands at a place of the file."""
    for part in location:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models_in(model.model_fields[part].annotation))
    return model


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - a type of any form
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
