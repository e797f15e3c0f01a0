"""Reads what the scanner program needs of the configuration file, and says every mistake in it."""

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from devices.scanner.settings import ScannerSettings

SYSTEM_DIRECTORY: Final = Path("/run/checkstand")
SOCKET_NAME: Final = "scanner.sock"


class ConfigurationError(ValueError):
    """The configuration cannot be used; `sentences` names every mistake."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Configuration:
    """The scanner's section, and the folder of the link's sockets."""

    scanner: ScannerSettings
    directory: Path

    @property
    def socket(self) -> Path:
        """Where the daemon is served."""
        return self.directory / SOCKET_NAME


def load(path: Path | None) -> Configuration:
    """Reads the file; without one the defaults hold. Tables of other programs are passed over.

    Raises:
        ConfigurationError: it cannot be read, is no TOML, or a setting is wrong.
    """
    tables = {} if path is None else _tables(path)
    link = tables.get("link", {})
    directory = link.get("directory") if isinstance(link, dict) else None
    try:
        # Validated as JSON: python-mode strict refuses the lists and paths that TOML gives.
        text = json.dumps(tables.get("scanner", {}), default=str)
        scanner = ScannerSettings.model_validate_json(text)
    except ValidationError as error:
        raise ConfigurationError([_sentence(path, each) for each in error.errors()]) from error
    return Configuration(scanner, Path(directory) if isinstance(directory, str) else default_directory())


def default_directory() -> Path:
    """The system's folder where we may use it, else one of the user's own."""
    if os.access(SYSTEM_DIRECTORY, os.W_OK):
        return SYSTEM_DIRECTORY
    return Path(os.environ.get("XDG_RUNTIME_DIR", f"/tmp/checkstand-{os.getuid()}")) / "checkstand"  # noqa: S108 - last resort of a user without a runtime folder


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(
            [f"{path} cannot be read: {error.strerror}; expected a TOML file"]
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError([f"{path} is not TOML: {error}"]) from error


def _sentence(path: Path | None, error: ErrorDetails) -> str:
    place = ".".join(str(part) for part in ("scanner", *error["loc"]))
    return f"{path}: {place} is {error['input']!r}; {error['msg']}"
