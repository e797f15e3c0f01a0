"""The options of `kiosk-terminal`: arguments and configuration into one description of a terminal."""

import argparse
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from devices.settings import AddressError, ChannelSettings, TerminalTables, load, parse_address
from devices.settings.address import Address
from devices.terminal.presentation import parse_amount
from devices.terminal.steps import Profile, Timers
from devices.terminal.till import Place
from devices.terminal.wiring import profile_of, timers_of, way_to
from devices.terminal.zvt.commands import Password, UnknownCurrencyError, currency_number

_TIMERS = ("t1", "t2", "t3", "t4")
_CHANNELS = ("card", "qr")
DISTRIBUTION = "checkstand"

Reader: TypeAlias = Callable[[str], object]


def package_version() -> str:
    """Return the installed version."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "uninstalled"


def amount(text: str) -> int:
    """Read an amount of money, as minor units."""
    try:
        return parse_amount(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def seconds(text: str) -> float:
    """Read a number of seconds above zero."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:  # noqa: PLR2004 - eleven days are long enough
        raise argparse.ArgumentTypeError(f"got {text!r}, expected seconds above zero")
    return value


def timers(text: str) -> dict[str, float]:
    """Read `t1=0.2,t2=5`; every timer that is named, in seconds."""
    found: dict[str, float] = {}
    for part in text.split(","):
        name, equals, value = part.strip().partition("=")
        if name not in _TIMERS or not equals:
            raise argparse.ArgumentTypeError(
                f"got {part!r}, expected t1, t2, t3 or t4 and its seconds: t4=180"
            )
        found[name] = seconds(value)
    return found


def _address(kind: str, text: str) -> Address:
    try:
        return parse_address(f"{kind}:{text}", (kind,))
    except AddressError as error:
        raise argparse.ArgumentTypeError(f"got {text!r}, expected {error}") from error


def tcp(text: str) -> Address:
    """Read HOST:PORT."""
    return _address("tcp", text)


def serial(text: str) -> Address:
    """Read PATH[,BAUD]; a relative path is taken from here."""
    path, comma, baud = text.partition(",")
    return _address("serial", f"{Path(path).absolute()}{comma}{baud}")


def password(text: str) -> Password:
    """Read the six digits."""
    try:
        return Password(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def currency(text: str) -> str:
    """Read a currency code the terminal can be told."""
    try:
        currency_number(text)
    except UnknownCurrencyError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def add_common(parser: argparse.ArgumentParser, *, suppress: bool) -> None:
    """Give `parser` the options every command takes, before or after its name."""
    default = argparse.SUPPRESS if suppress else None
    add = parser.add_argument
    add("--config", type=Path, metavar="FILE", default=default, help="the lane's settings")
    add("--state", type=Path, metavar="DIR", default=default, help="where payments.db lies")
    add("--channel", choices=_CHANNELS, default=default, help="payment channel (card)")
    add("--link", type=Path, metavar="DIR", default=default, help="folder of the lane's sockets")


def add_terminal(parser: argparse.ArgumentParser, *, suppress: bool) -> None:
    """Give `parser` the options that say where the terminal is and how it is talked to."""
    default = argparse.SUPPRESS if suppress else None
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--tcp", dest="address", type=tcp, metavar="HOST:PORT", default=default)
    way.add_argument("--serial", dest="address", type=serial, metavar="PATH[,BAUD]", default=default)
    parser.add_argument("--password", type=password, metavar="DIGITS", default=default)
    parser.add_argument("--currency", type=currency, metavar="CODE", default=default)
    help_text = "seconds, such as t1=0.2,t2=5,t3=5,t4=180"
    parser.add_argument("--timers", type=timers, metavar="LIST", default=default, help=help_text)


def place_of(args: argparse.Namespace) -> Place:
    """Put configuration and options together; options win.

    Raises:
        ConfigError: the configuration is wrong.
    """
    tables = load(args.config, TerminalTables)
    channel = args.channel or "card"
    settings = (tables.terminal.qr or ChannelSettings()) if channel == "qr" else tables.terminal.card
    directory = args.state or tables.store.directory
    return Place(
        way_to(args.address or settings.to),
        _profile(args, settings),
        directory if channel == "card" else directory / channel,
        channel,
        (args.link / f"terminal-{channel}.sock") if args.link else tables.link.socket(f"terminal-{channel}"),
    )


def _profile(args: argparse.Namespace, settings: ChannelSettings) -> Profile:
    base, times = profile_of(settings), timers_of(settings)
    named = args.timers or {}
    return Profile(
        Timers(**{name: named.get(name, getattr(times, name)) for name in _TIMERS}),
        args.password or base.password,
        args.currency or base.currency,
        base.config,
        base.texts,
    )
