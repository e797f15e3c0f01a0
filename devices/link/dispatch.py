"""Bind an object's methods to an interface, and hold every value that passes against the contract."""

import inspect
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from devices.link.contracts import contract
from devices.link.interface import ConformError, Interface, Method
from devices.link.messages import LINK, SERVICE, CallError, invalid_parameter

Handler = Callable[..., Any]
"""``async def (connection, *, …) -> Mapping | None``, or for a stream an async generator of mappings."""


class ContractError(TypeError):
    """Our own program breaks its contract: a handler is missing, or its reply does not fit the interface."""


def snake_case(name: str) -> str:
    """``AuthorizeSales`` → ``authorize_sales``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True, slots=True)
class Bound:
    """One method of an interface with what serves it."""

    interface: Interface
    method: Method
    handler: Handler
    streams: bool

    def call(self, connection: object, arguments: Mapping[str, Any]) -> Awaitable[Mapping[str, Any] | None]:
        """Start a handler that is no stream."""
        answer: Awaitable[Mapping[str, Any] | None] = self.handler(connection, **arguments)
        return answer

    def stream(
        self, connection: object, arguments: Mapping[str, Any]
    ) -> AsyncGenerator[Mapping[str, Any], None]:
        """Start a handler that is one."""
        answer: AsyncGenerator[Mapping[str, Any], None] = self.handler(connection, **arguments)
        return answer

    def arguments(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Check what came; unknown fields are dropped.

        Raises:
            CallError: org.varlink.service.InvalidParameter with the path of the first wrong one.
        """
        try:
            return self.interface.conform(self.method.takes, parameters, closed=False)
        except ConformError as error:
            raise invalid_parameter(error.path) from error

    def reply(self, result: Mapping[str, Any] | None) -> dict[str, Any]:
        """Check what goes.

        Raises:
            ContractError: the handler's result does not fit its interface.
        """
        try:
            return self.interface.conform(self.method.gives, result or {}, closed=True)
        except ConformError as error:
            raise ContractError(f"{self.interface.name}.{self.method.name} replied with {error}") from error

    def refusal(self, error: CallError) -> CallError:
        """Qualify a short error name and check its parameters.

        Raises:
            ContractError: the interface declares no such error, or other parameters.
        """
        if "." in error.name:
            return error
        declared = self.interface.errors.get(error.name)
        if declared is None:
            raise ContractError(f"{self.interface.name} declares no error {error.name}")
        try:
            parameters = self.interface.conform(declared, error.parameters, closed=True)
        except ConformError as wrong:
            raise ContractError(f"{self.interface.name}.{error.name} was raised with {wrong}") from wrong
        return CallError(f"{self.interface.name}.{error.name}", **parameters)


class Dispatcher:
    """Everything one socket answers: its own interface, and org.varlink.service about it."""

    def __init__(self, interface: Interface, handler: object | Mapping[str, Handler]) -> None:
        """Bind.

        Args:
            interface: what is served.
            handler: an object whose methods are named in snake case (``get_state`` for GetState), or a dict
                from the interface's own names. Each takes the connection, then the parameters by keyword.

        Raises:
            ContractError: a method has no handler, or its handler takes other parameters.
        """
        service = contract(SERVICE)
        self._known = {each.name: each for each in (service, interface, contract(LINK))}
        self._bound = _bind(interface, handler) | _bind(service, self)

    def find(self, method: str) -> Bound:
        """The handler of a fully qualified method.

        Raises:
            CallError: InterfaceNotFound or MethodNotFound.
        """
        bound = self._bound.get(method)
        if bound is not None:
            return bound
        name = method.rpartition(".")[0]
        if name not in self._known:
            raise CallError(f"{SERVICE}.InterfaceNotFound", interface=name)
        raise CallError(f"{SERVICE}.MethodNotFound", method=method)

    async def get_info(self, _connection: object) -> dict[str, Any]:
        """org.varlink.service.GetInfo."""
        return {
            "vendor": "Checkstand",
            "product": "Checkstand",
            "version": _version(),
            "url": "",
            "interfaces": list(self._known),
        }

    async def get_interface_description(self, _connection: object, *, interface: str) -> dict[str, Any]:
        """org.varlink.service.GetInterfaceDescription."""
        known = self._known.get(interface)
        if known is None:
            raise CallError(f"{SERVICE}.InterfaceNotFound", interface=interface)
        return {"description": known.description}


def _version() -> str:
    try:
        return version("checkstand")
    except PackageNotFoundError:
        return "uninstalled"


def _bind(interface: Interface, handler: object) -> dict[str, Bound]:
    return {
        f"{interface.name}.{method.name}": _bind_one(interface, method, handler)
        for method in interface.methods.values()
    }


def _bind_one(interface: Interface, method: Method, handler: object) -> Bound:
    if isinstance(handler, Mapping):
        function = handler.get(method.name)
    else:
        function = getattr(handler, snake_case(method.name), None)
    if not callable(function):
        raise ContractError(f"{interface.name}.{method.name} has no handler")
    wanted = [name for name, _ in method.takes.fields]
    try:
        inspect.signature(function).bind(None, **dict.fromkeys(wanted))
    except TypeError as error:
        raise ContractError(
            f"the handler of {interface.name}.{method.name} must take {wanted}: {error}"
        ) from error
    return Bound(interface, method, function, inspect.isasyncgenfunction(function))
