from pathlib import Path

import pytest
from sqlalchemy import text

from backend.catalog.shop import Shop
from backend.storage.house import House
from backend.storage.lock import HeldError


def test_it_is_held_by_one_and_let_go_of(tmp_path: Path) -> None:
    file = tmp_path / "new" / "backend.db"
    with House(file, Shop()) as house:
        assert house.file == file
        assert {path.stat().st_mode & 0o007 for path in file.parent.iterdir()} == {0}
        with pytest.raises(HeldError):
            House(file, Shop())
    with House(file, Shop(name="Laden")) as house, house.engine.connect() as connection:
        found = connection.execute(text("SELECT value FROM setting WHERE name = 'name'")).scalar()
        assert found == "Laden"
