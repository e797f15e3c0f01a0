"""Whole messages read in one pass: strict types, integers that fit, unknown fields passed over."""

from typing import Annotated, Final, TypeAlias, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from kiosk.sync.wire.fields import MAX_INTEGER, MAX_TEXT, NOTHING, WireError

T = TypeVar("T")

Text: TypeAlias = Annotated[str, Field(max_length=MAX_TEXT)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=MAX_INTEGER)]
Number: TypeAlias = Annotated[int, Field(ge=-MAX_INTEGER, le=MAX_INTEGER)]

STRICT: Final = ConfigDict(strict=True, extra="ignore")
"""For every dataclass of a message; each needs it, as it does not reach down."""


def validated(adapter: TypeAdapter[T], text: str | bytes) -> T:
    """Read a message.

    Raises:
        WireError: the first fault found, with its place.
    """
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "missing":
            raise WireError(path, NOTHING, "a value") from None
        raise WireError(path, fault["input"], _expected(fault["msg"])) from None


def _expected(said: str) -> str:
    """Turn "Input should be a valid integer" into what our sentences go on with."""
    return said.removeprefix("Input should be ")
