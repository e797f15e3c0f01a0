"""Read the configuration: the operator's file, what was laid over it, and one program's tables out of it."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from devices.settings.link import StoreSettings
from devices.settings.problems import ConfigError, Problem, problems_of
from devices.settings.section import Tables

SYSTEM_CONFIG = Path("/etc/checkstand/config.toml")
OVERLAYS = ("local.toml", "fleet.toml")
"""Laid over the operator's file in this order; written by ``kiosk config set`` and by ``kiosk sync``."""

TablesT = TypeVar("TablesT", bound=Tables)
ModelT = TypeVar("ModelT", bound=BaseModel)


def load(path: Path | None, tables: type[TablesT], *, system: Path = SYSTEM_CONFIG) -> TablesT:
    """Read one program's tables, overlays included.

    Args:
        path: of config.toml; None: the system's if there is one, else nothing but defaults.
        tables: which; a table that is missing from the file has its defaults.
        system: the file of an installed lane.

    Raises:
        ConfigError: with every error in those tables, or the one that makes a file unreadable.
    """
    return validate_document(read(path, system=system), tables)


def read(path: Path | None, *, system: Path = SYSTEM_CONFIG) -> dict[str, Any]:
    """The whole configuration as one document: the file with its overlays, checked no further than TOML.

    Raises:
        ConfigError: a file cannot be read, or is not TOML.
    """
    if path is None and system.exists():
        path = system
    document = {} if path is None else read_file(path)
    for overlay in _overlays(document):
        document = merge(document, read_file(overlay))
    return document


def _overlays(document: Mapping[str, Any]) -> list[Path]:
    """The overlays there are; none when [store] is wrong, which is reported with all the rest."""
    try:
        store = validate_document(document.get("store", {}), StoreSettings)
    except ConfigError:
        return []
    return [path for name in OVERLAYS if (path := store.overlays / name).exists()]


def read_file(path: Path) -> dict[str, Any]:
    """One TOML file as a document.

    Raises:
        ConfigError: it cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError([Problem("", str(path), f"a file that can be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([Problem("", str(path), f"UTF-8 text: {error.reason}")]) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError([Problem("", str(path), f"TOML: {error}")]) from error


def validate_document(document: Mapping[str, Any], model: type[ModelT]) -> ModelT:
    """Hold a document against a model.

    Raises:
        ConfigError: with every error in it.
    """
    try:
        return model.model_validate_json(as_json(document))
    except ValidationError as error:
        raise ConfigError(problems_of(model, error)) from error


def as_json(value: object) -> str:
    """TOML as JSON, dates as text: pydantic's strict mode refuses paths and the like from Python values."""
    return json.dumps(value, default=str)


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one document over another: tables key by key, anything else (lists too) as a whole."""
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
