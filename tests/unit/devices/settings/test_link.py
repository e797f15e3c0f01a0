import os
from pathlib import Path

import pytest

from devices.settings.link import (
    LinkSettings,
    StoreSettings,
    default_socket_directory,
    default_state_directory,
)

needs_a_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


def test_the_systems_folder_is_taken_where_it_is_or_can_be_made(tmp_path: Path) -> None:
    system = tmp_path / "checkstand"
    assert default_socket_directory({}, system) == system
    assert default_state_directory({}, system) == system
    system.mkdir()
    assert default_socket_directory({}, system) == system
    assert default_state_directory({}, system) == system


def test_else_it_is_one_of_the_users(tmp_path: Path) -> None:
    out_of_reach = tmp_path / "absent" / "checkstand"
    environment = {"XDG_RUNTIME_DIR": "/run/user/7", "XDG_STATE_HOME": "/home/a/state"}
    assert default_socket_directory(environment, out_of_reach) == Path("/run/user/7/checkstand")
    assert default_state_directory(environment, out_of_reach) == Path("/home/a/state/checkstand")
    assert default_socket_directory({}, out_of_reach).name == f"checkstand-{os.getuid()}"
    assert default_state_directory({}, out_of_reach) == Path.home() / ".local" / "state" / "checkstand"


@needs_a_user
def test_a_systems_folder_that_may_only_be_entered_still_has_the_sockets(tmp_path: Path) -> None:
    system = tmp_path / "checkstand"
    system.mkdir(mode=0o500)
    assert default_socket_directory({}, system) == system
    assert default_state_directory({"XDG_STATE_HOME": "/home/a/state"}, system) == Path(
        "/home/a/state/checkstand"
    )


def test_sockets_and_overlays_have_their_names() -> None:
    assert LinkSettings(directory=Path("/run/x")).socket("terminal-card") == Path("/run/x/terminal-card.sock")
    assert StoreSettings(directory=Path("/var/x")).overlays == Path("/var/x/config.d")
    assert LinkSettings().directory == default_socket_directory()
    assert StoreSettings().directory == default_state_directory()
