from pathlib import Path

from backend.catalog.shop import Shop, establish, put_setting, setting
from backend.catalog.versions import newest
from tests.backend_room import Room, opened


def version(room: Room) -> int:
    return room.house.writer.run(lambda connection: newest(connection, "shop"))


def test_only_what_differs_gets_a_new_version(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        before = version(room)
    with opened(tmp_path) as room:
        assert version(room) == before
    with opened(tmp_path, Shop(name="Laden", tax={"standard": 20_000, "reduced": 7_000})) as room:
        assert version(room) == before + 3  # the name, a rate that moved, and one that is gone
        rates = room.rows("SELECT code, rate_thousandths, deleted FROM tax_rate ORDER BY code")
        assert rates == [("reduced", 7_000, 0), ("standard", 20_000, 0), ("zero", 0, 1)]
        room.house.writer.run(lambda connection: establish(connection, Shop(name="Laden")))
        assert room.rows("SELECT deleted FROM tax_rate WHERE code = 'zero'") == [(0,)]


def test_what_is_not_shared_has_no_version(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        before = version(room)
        room.house.writer.run(lambda connection: put_setting(connection, "shop", "address", "https://x:1"))
        assert (
            room.house.writer.run(lambda connection: setting(connection, "shop", "address")) == "https://x:1"
        )
        assert room.house.writer.run(lambda connection: setting(connection, "shop", "nothing")) is None
        assert version(room) == before
        assert room.rows("SELECT shared, version FROM setting WHERE name = 'address'") == [(0, 0)]


def test_receipts_have_an_address_only_if_the_shop_says_so() -> None:
    assert "receipt_url" not in Shop().shared()
    assert Shop(public_url="https://x").shared()["receipt_url"] == "https://x/r/{receipt}"
