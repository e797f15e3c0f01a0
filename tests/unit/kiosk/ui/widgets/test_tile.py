import pytest

from kiosk.ui.theme import theme
from kiosk.ui.widgets.tile import Tile
from tests.screens.glass import dressed, on_glass


def test_the_icon_stands_on_its_disc_above_the_words() -> None:
    with on_glass(Tile(text="Card", sub="tap or insert", icon="card"), (490, 292)) as tile:
        assert tuple(tile._disc.size) == (128, 128)
        assert tile._disc.center_x == pytest.approx(tile._icon.center_x)
        assert tile._disc.y >= tile._text.top - 1
        assert tile._sub.y >= 0
        assert tile._disc.top <= 292


def test_the_disc_follows_state_and_theme() -> None:
    with on_glass(Tile(text="Card", icon="card"), (490, 292)) as tile:
        assert tile._disc.fill == theme.tint
        tile.enabled = False
        assert tile._disc.fill == theme.soft
        with dressed("high_contrast"):
            assert tile._disc.edge_width == 3
