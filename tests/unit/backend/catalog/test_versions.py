from pathlib import Path

from backend.catalog.versions import newest, take
from tests.backend_room import opened


def test_versions_only_rise_and_each_store_counts_its_own(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        write = room.house.writer.run
        assert write(lambda connection: newest(connection, "other")) == 0
        assert write(lambda connection: take(connection, "other", 3)) == range(1, 4)
        assert write(lambda connection: take(connection, "other", 1)) == range(4, 5)
        assert write(lambda connection: newest(connection, "other")) == 4
        assert write(lambda connection: newest(connection, "shop")) == 6  # three settings, three rates
