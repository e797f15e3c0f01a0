import pytest

from kiosk.ui.widgets.icons_table import ICONS
from kiosk.ui.widgets.strokes import draw_icon, points_of


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_stays_on_its_grid_and_draws_something(name: str) -> None:
    for part in ICONS[name]:
        if part[0] != "D":
            assert all(-0.5 <= x <= 24.5 and -0.5 <= y <= 24.5 for x, y in points_of(part))
    drawn = draw_icon(name, 48, 2.0)
    assert drawn.size == (48, 48)
    assert max(drawn.tobytes()) == 255
    assert min(drawn.tobytes()) == 0


def test_shapes_become_lines() -> None:
    assert points_of(("L", (1, 2, 3, 4))) == [(1, 2), (3, 4)]
    assert points_of(("Z", (0, 0, 2, 0, 2, 2)))[-1] == (0, 0)
    circle = points_of(("C", (12, 12, 5)))
    assert circle[0] == pytest.approx((17, 12))
    assert circle[-1] == pytest.approx((17, 12))
    box = points_of(("R", (2, 4, 10, 6, 1)))
    assert (min(x for x, _ in box), max(y for _, y in box)) == pytest.approx((2, 10))
    curve = points_of(("B", (0, 0, 0, 10, 10, 10, 10, 0)))
    assert (curve[0], curve[-1]) == ((0, 0), (10, 0))
    assert points_of(("A", (12, 12, 4, 180, 360)))[-1] == pytest.approx((16, 12))


def test_an_icon_we_do_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        draw_icon("unicorn", 24, 2.0)
