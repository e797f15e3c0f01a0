"""Varlink calls, replies and errors as values (https://varlink.org/Method-Call)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SERVICE = "org.varlink.service"
LINK = "org.checkstand.Link1"

_METHOD = re.compile(r"[A-Za-z][A-Za-z0-9.-]*\.[A-Z][A-Za-z0-9]*")


class MessageError(ValueError):
    """A JSON object that is neither a call nor a reply; the connection should be closed."""


class CallError(Exception):
    """A method's declared error: raised by a handler to refuse, and by a client's call that was refused.

    Args:
        name: ``NotClaimed`` (of the method's own interface) or fully qualified ``org.varlink.service.…``.
        parameters: as the interface declares them for this error.
    """

    def __init__(self, name: str, /, **parameters: Any) -> None:  # noqa: ANN401 - JSON values of any type
        super().__init__(f"{name} {parameters}" if parameters else name)
        self.name = name
        self.parameters: dict[str, Any] = parameters

    @property
    def short(self) -> str:
        """The error's last part, such as ``NotClaimed``, whatever its interface."""
        return self.name.rpartition(".")[2]


def invalid_parameter(parameter: str) -> CallError:
    """The standard error for a missing or mistyped parameter, named by its path such as ``job.state``."""
    return CallError(f"{SERVICE}.InvalidParameter", parameter=parameter)


def _parameters(message: Mapping[str, Any]) -> dict[str, Any]:
    parameters = message.get("parameters")
    if parameters is None:
        return {}
    if not isinstance(parameters, dict):
        raise MessageError(f"parameters is a {type(parameters).__name__}, expected an object")
    return parameters


def _flag(message: Mapping[str, Any], name: str) -> bool:
    value = message.get(name)
    if value is None or isinstance(value, bool):
        return bool(value)
    raise MessageError(f"{name} is a {type(value).__name__}, expected true or false")


@dataclass(frozen=True, slots=True)
class Call:
    """One call. ``method`` is fully qualified; ``more`` asks for a stream; ``oneway`` wants no reply."""

    method: str
    parameters: dict[str, Any] = field(default_factory=dict)
    more: bool = False
    oneway: bool = False

    @property
    def interface(self) -> str:
        """The part of ``method`` before its last dot."""
        return self.method.rpartition(".")[0]

    @property
    def name(self) -> str:
        """The part of ``method`` after its last dot."""
        return self.method.rpartition(".")[2]

    @classmethod
    def parse(cls, message: Mapping[str, Any]) -> "Call":
        """Read a call; unknown members are passed over.

        Raises:
            MessageError: the method is missing or no method name, or a member has the wrong type.
        """
        method = message.get("method")
        if not isinstance(method, str) or not _METHOD.fullmatch(method):
            raise MessageError(f"got method {method!r}, expected a name such as org.example.Thing.Method")
        return cls(method, _parameters(message), _flag(message, "more"), _flag(message, "oneway"))

    def message(self) -> dict[str, Any]:
        """The JSON object to put on the wire."""
        flags = {name: True for name in ("more", "oneway") if getattr(self, name)}
        return {"method": self.method, "parameters": self.parameters, **flags}


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. ``error`` is fully qualified, or None; ``continues`` announces another to the same call."""

    parameters: dict[str, Any] = field(default_factory=dict)
    continues: bool = False
    error: str | None = None

    @classmethod
    def parse(cls, message: Mapping[str, Any]) -> "Reply":
        """Read a reply; unknown members are passed over.

        Raises:
            MessageError: a member has the wrong type, or an error claims to continue.
        """
        error = message.get("error")
        if error is not None and not isinstance(error, str):
            raise MessageError(f"error is a {type(error).__name__}, expected a name")
        reply = cls(_parameters(message), _flag(message, "continues"), error)
        if reply.error is not None and reply.continues:
            raise MessageError("an error cannot be continued")
        return reply

    @classmethod
    def of_error(cls, error: CallError) -> "Reply":
        """The reply that carries a refusal."""
        return cls(error.parameters, error=error.name)

    def message(self) -> dict[str, Any]:
        """The JSON object to put on the wire."""
        message: dict[str, Any] = {"parameters": self.parameters}
        if self.continues:
            message["continues"] = True
        if self.error is not None:
            message["error"] = self.error
        return message

    def result(self) -> dict[str, Any]:
        """The parameters of a good reply.

        Raises:
            CallError: the reply is a refusal.
        """
        if self.error is not None:
            raise CallError(self.error, **self.parameters)
        return self.parameters
