"""``[link]`` and ``[store]``: where the sockets and the databases lie."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from devices.settings.section import Section

SYSTEM_SOCKETS = Path("/run/checkstand")
SYSTEM_STATE = Path("/var/lib/checkstand")


def default_socket_directory(
    environment: Mapping[str, str] | None = None, system: Path = SYSTEM_SOCKETS
) -> Path:
    """The system's folder where it exists or can be made; else one of the user's own.

    Entering is enough: on an appliance systemd makes the sockets there, and our users only connect.
    """
    known = os.environ if environment is None else environment
    if os.access(system, os.X_OK) or (not system.exists() and os.access(system.parent, os.W_OK)):
        return system
    if runtime := known.get("XDG_RUNTIME_DIR"):
        return Path(runtime) / "checkstand"
    return Path(tempfile.gettempdir()) / f"checkstand-{os.getuid()}"


def default_state_directory(
    environment: Mapping[str, str] | None = None, system: Path = SYSTEM_STATE
) -> Path:
    """The system's folder where it can be written or made; else one of the user's own, after XDG."""
    known = os.environ if environment is None else environment
    if os.access(system, os.W_OK) or (not system.exists() and os.access(system.parent, os.W_OK)):
        return system
    return Path(known.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "checkstand"


class LinkSettings(Section):
    """``[link]``.

    Attributes:
        directory: of the sockets through which the processes talk.
    """

    directory: Path = Field(default_factory=default_socket_directory)

    def socket(self, name: str) -> Path:
        """The socket of one process: ``scanner``, ``printer``, ``terminal-card``, ``sync`` or ``lane``."""
        return self.directory / f"{name}.sock"


class StoreSettings(Section):
    """``[store]``.

    Attributes:
        directory: of the databases: sales.db, catalogue.db, print.db, payments.db and ``config.d/``.
    """

    directory: Path = Field(default_factory=default_state_directory)

    @property
    def overlays(self) -> Path:
        """The folder of local.toml and fleet.toml."""
        return self.directory / "config.d"
