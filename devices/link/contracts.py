"""The interface files shipped beside this module, parsed once each."""

from functools import cache
from importlib.resources import files

from devices.link.interface import Interface, parse


@cache
def contract(name: str) -> Interface:
    """Read one of our interfaces.

    Args:
        name: such as ``org.checkstand.Scanner1``.

    Raises:
        FileNotFoundError: there is no such contract.
    """
    return parse((files(__package__) / f"{name}.varlink").read_text(encoding="utf-8"))
