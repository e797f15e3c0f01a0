"""Reads python-escpos' printer data; the one place that touches that package's files."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from devices.printer.profile import Profile, from_capabilities, own_profiles

if TYPE_CHECKING:
    from collections.abc import Mapping


class CapabilitiesError(Exception):
    """The printer data or the profile asked for is not there."""


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, Profile]:
    """Every known profile by name: python-escpos' models and our own.

    The data file is read directly: importing the package would configure logging and parse it as YAML.

    Raises:
        CapabilitiesError: python-escpos is not installed.
    """
    spec = find_spec("escpos")
    if spec is None or not spec.submodule_search_locations:
        raise CapabilitiesError("python-escpos is not installed; install checkstand with its lane extra")
    data = json.loads((Path(spec.submodule_search_locations[0]) / "capabilities.json").read_text("utf-8"))
    known = {name: from_capabilities(name, raw) for name, raw in data["profiles"].items()}
    return {**known, **own_profiles(known)}


def profile(name: str) -> Profile:
    """The profile of that name.

    Raises:
        CapabilitiesError: No such profile; the message lists all.
    """
    known = profiles()
    if name not in known:
        raise CapabilitiesError(
            f"printer profile {name!r} is not known; expected one of {', '.join(sorted(known))}"
        )
    return known[name]
