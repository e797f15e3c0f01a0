from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from backend.api.context import Context
from tests.backend_room import opened


def test_the_console_is_for_this_machine_unless_asked(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        context = Context(room.house.shop, room.house.engine, room.house.writer, b"", lambda: 1)
        assert not context.console_everywhere
        with pytest.raises(FrozenInstanceError):
            context.console_everywhere = True  # type: ignore[misc]  # that is what is shown
