import pytest

from kiosk.ui.theme import theme
from kiosk.ui.widgets.header import Header
from tests.screens.glass import dressed, frames, on_glass


@pytest.mark.parametrize("name", ["light", "dark", "high_contrast"])
@pytest.mark.parametrize("look", ["plain", "attract", "staff"])
def test_shop_and_place_are_read_on_every_ground(look: str, name: str) -> None:
    with (
        dressed(name),
        on_glass(Header(shop="Minzel", place="Lane 4  ·  14:32", look=look), (1080, 112)) as header,
    ):
        frames(1)
        grounds = {"plain": theme.ground, "attract": theme.attract, "staff": theme.bar}
        assert header._shop.color != grounds[look]
        assert header._icon.icon == ("lock" if look == "staff" else "leaf")
        assert header._shop.x > header._mark.x
        assert header._place.right <= 1040
        assert (header.fill[3] == 1) == (look == "staff")
