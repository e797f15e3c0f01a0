import datetime as dt
from collections import namedtuple
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend.commands.doctor import Check, examine
from backend.tls.authority import establish
from tests.backend_room import Room, opened
from tests.wire_samples import NOON_US, batch, event, sale_event

DAY_US = 86_400_000_000
NOW = dt.datetime.fromtimestamp(NOON_US // 1_000_000, tz=dt.UTC)


def checks(tmp_path: Path, at_us: int = NOON_US) -> dict[str, Check]:
    return {one.check: one for one in examine(tmp_path / "backend.db", tmp_path / "tls", "shop", at_us)}


def fill(room: Room, *, bad: bool = False, sent_us: int = NOON_US) -> None:
    room.book(batch(event(1, "bad") if bad else sale_event(1), sent_us=sent_us), room.origin(room.enrol()))


def test_all_well(tmp_path: Path) -> None:
    establish(tmp_path / "tls", ["127.0.0.1"], NOW)
    with opened(tmp_path) as room:
        fill(room)
        found = checks(tmp_path)  # while it is open, as when the server runs
    assert list(found) == ["database", "lane lane-1", "dead letters", "disk", "certificate"]
    assert all(check.ok for check in found.values())
    assert found["lane lane-1"].sentence == "1 events taken"
    assert "820 days" in found["certificate"].sentence


def test_each_trouble_has_its_sentence_and_what_to_do(tmp_path: Path) -> None:
    establish(tmp_path / "tls", ["127.0.0.1"], NOW)
    with opened(tmp_path) as room:
        fill(room, bad=True, sent_us=NOON_US - 100_000_000)
        room.enrol("lane-2", Ed25519PrivateKey.generate())
    found = checks(tmp_path)
    assert "100 s behind" in found["lane lane-1"].sentence
    assert "since it was enrolled" in found["lane lane-2"].sentence
    assert not found["dead letters"].ok
    late = checks(tmp_path, NOON_US + 900 * DAY_US)
    assert "silent for 1296000 minutes" in late["lane lane-1"].sentence
    assert not late["certificate"].ok
    assert all(check.do for check in late.values() if not check.ok)


def test_no_database_and_a_spoilt_one(tmp_path: Path) -> None:
    assert [check.ok for check in checks(tmp_path).values()] == [False]
    (tmp_path / "backend.db").write_bytes(b"spoilt" * 1000)
    found = checks(tmp_path)
    assert "cannot be read" in found["database"].sentence
    assert found["certificate"].ok


def test_a_full_disk_and_a_spoilt_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - what shutil gives
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1, 1, 5_000_000))
    (tmp_path / "tls").mkdir()
    (tmp_path / "tls" / "server.pem").write_text("spoilt")
    with opened(tmp_path):
        pass
    found = checks(tmp_path)
    assert found["disk"] == Check("disk", ok=False, sentence="5 MB free", do="make room on this disk")
    assert not found["certificate"].ok
