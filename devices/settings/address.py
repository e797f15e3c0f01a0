"""Where a device is reached: ``tcp:HOST:PORT``, ``serial:PATH[,BAUD]``, ``usblp:PATH`` or ``file:PATH``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import GetPydanticSchema
from pydantic_core import core_schema

from devices.settings.section import unexpected

_TCP = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:\[\]/]+):(?P<port>[0-9]{1,5})")
_SERIAL = re.compile(r"(?P<path>/[^,]*)(?:,(?P<baud>[0-9]{3,6}))?")
_HIGHEST_PORT = 65535


class AddressError(ValueError):
    """The text is no address of the kinds allowed; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Tcp:
    """A network device; ``host`` is a name or an address, without the brackets of IPv6."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"tcp:[{self.host}]:{self.port}" if ":" in self.host else f"tcp:{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial line or a pseudo terminal; ``baud`` in bits a second, None for the driver's own choice."""

    path: Path
    baud: int | None = None

    def __str__(self) -> str:
        return f"serial:{self.path}" if self.baud is None else f"serial:{self.path},{self.baud}"


@dataclass(frozen=True, slots=True)
class Usblp:
    """A USB printer as the kernel's usblp driver shows it."""

    path: Path

    def __str__(self) -> str:
        return f"usblp:{self.path}"


@dataclass(frozen=True, slots=True)
class File:
    """A file that takes the bytes; it never answers."""

    path: Path

    def __str__(self) -> str:
        return f"file:{self.path}"


Address: TypeAlias = Tcp | Serial | Usblp | File

_FORMS = {"tcp": "tcp:HOST:PORT", "serial": "serial:PATH[,BAUD]", "usblp": "usblp:PATH", "file": "file:PATH"}


def parse_address(text: str, kinds: tuple[str, ...] = tuple(_FORMS)) -> Address:
    """Read an address, of a file or of a command line.

    Args:
        text: such as ``tcp:127.0.0.1:9100``; paths must be absolute, except a ``file:``'s.
        kinds: those allowed, of tcp, serial, usblp, file.

    Raises:
        AddressError: it is none of them.
    """
    kind, _, rest = text.partition(":")
    address = _READ[kind](rest) if kind in kinds else None
    if address is None:
        raise AddressError(f"one of {', '.join(_FORMS[kind] for kind in kinds)}")
    return address


def _tcp(rest: str) -> Tcp | None:
    match = _TCP.fullmatch(rest)
    if match is None or not 0 < int(match["port"]) <= _HIGHEST_PORT:
        return None
    return Tcp(match["host"].strip("[]"), int(match["port"]))


def _serial(rest: str) -> Serial | None:
    match = _SERIAL.fullmatch(rest)
    if match is None:
        return None
    return Serial(Path(match["path"]), int(match["baud"]) if match["baud"] else None)


def _usblp(rest: str) -> Usblp | None:
    return Usblp(Path(rest)) if rest.startswith("/") else None


def _file(rest: str) -> File | None:
    return File(Path(rest)) if rest else None


_READ: dict[str, Callable[[str], Address | None]] = {
    "tcp": _tcp,
    "serial": _serial,
    "usblp": _usblp,
    "file": _file,
}


def _field(*kinds: str) -> GetPydanticSchema:
    """How pydantic reads an address from text."""

    def read(text: str) -> Address:
        try:
            return parse_address(text, kinds)
        except AddressError as error:
            raise unexpected(str(error)) from error

    def schema(_source: Any, _handler: Any) -> core_schema.CoreSchema:  # noqa: ANN401 - as pydantic calls it
        return core_schema.no_info_after_validator_function(read, core_schema.str_schema())

    return GetPydanticSchema(schema)


PrinterAddress = Annotated[Address, _field("tcp", "serial", "usblp", "file")]
TerminalAddress = Annotated[Address, _field("tcp", "serial")]
