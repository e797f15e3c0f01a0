from pathlib import Path

import pytest

from backend.commands.anchor import last_head
from backend.errors import UserError
from kiosk.sync.wire import JournalHead
from tests.backend_room import opened
from tests.wire_samples import batch, event


def test_the_longest_journal_is_the_anchor(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        origin = room.origin(room.enrol())
        heads = [
            event(seq, JournalHead("lane-1", "key", count, digest, "sig", 1).to_json(), kind="journal_head")
            for seq, count, digest in ((1, 10, "aa"), (2, 20, "bb"), (3, 5, "cc"))
        ]
        room.book(batch(*heads), origin)
    anchor = last_head(tmp_path / "backend.db", "shop", "lane-1")
    assert anchor == {"lane": "lane-1", "public_key": "key", "count": 20, "head": "bb"}


def test_no_lane_no_head_no_file_are_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        last_head(tmp_path / "backend.db", "shop", "lane-1")
    with opened(tmp_path) as room:
        room.enrol()
    for lane in ("lane-1", "lane-9"):
        with pytest.raises(UserError, match="no journal head yet"):
            last_head(tmp_path / "backend.db", "shop", lane)
