"""The base of every table of the configuration: strict, frozen, and silent about nothing."""

import re
from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Section(BaseModel):
    """One table. An unknown key is an error; a value of another type is one too, never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Tables(BaseModel):
    """The tables one program reads, a field each, named alike; those of other programs are passed over."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


def unexpected(expected: str) -> PydanticCustomError:
    """The error a validator of ours raises: what should have stood there, such as ``an even number``."""
    return PydanticCustomError("unexpected", "{expected}", {"expected": expected})


def one_of(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """A validator that lets pass only the given words."""

    def check(value: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
        if value in names:
            return value
        raise PydanticCustomError("one_of", "one of {names}", {"names": ", ".join(names)})

    return check


def matching(pattern: str, expected: str) -> AfterValidator:
    """A validator that lets pass text of one form, described by ``expected``."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if compiled.fullmatch(value):
            return value
        raise unexpected(expected)

    return AfterValidator(check)


Milliseconds: TypeAlias = Annotated[int, Field(ge=1, le=3_600_000)]
Seconds: TypeAlias = Annotated[int, Field(ge=1, le=86_400)]
Baud: TypeAlias = Annotated[int, Field(ge=1200, le=921_600)]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]
CurrencyCode: TypeAlias = Annotated[str, matching("[A-Z]{3}", "a currency of ISO 4217, such as EUR")]
"""ISO 4217, three capitals."""
