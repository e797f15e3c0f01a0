import pytest

from kiosk.ui.presenters.views import CountdownView
from kiosk.ui.theme import theme
from kiosk.ui.widgets.countdown import Countdown, fan, ring_texture
from tests.screens.glass import on_glass, picture


@pytest.mark.parametrize(("part", "corners"), [(0.0, 2), (0.25, 31), (1.0, 121), (7.0, 121)])
def test_the_fan_opens_clockwise_from_the_top(part: float, corners: int) -> None:
    points = fan(0, 0, 100, part)
    assert points[:4] == [50, 50, 0.5, 0.5]
    assert (len(points) - 4) // 4 == corners
    assert points[4] == pytest.approx(50)
    assert points[5] > 100


def test_what_is_left_is_drawn_and_what_is_gone_is_not() -> None:
    ring = Countdown(color=(1, 0, 0, 1), view=CountdownView("8", 0.25))
    with on_glass(ring, (300, 300)):
        drawn = picture((0, 0, 300, 300))
    assert drawn.getpixel((249, 51)) == (255, 0, 0)
    assert drawn.getpixel((51, 249)) == tuple(round(part * 255) for part in theme.track[:3])
    assert drawn.getpixel((2, 150)) != (255, 0, 0)


def test_the_figure_stands_in_the_middle_and_a_caption_below_it() -> None:
    with on_glass(Countdown(view=CountdownView("18", 0.4, "seconds left")), (484, 484)) as ring:
        assert ring._figure.text == "18"
        assert ring._caption.top < ring._figure.center_y
        ring.view = CountdownView("17", 0.4)
        assert tuple(ring._caption.size) == (0, 0)


def test_nothing_to_count_shows_nothing() -> None:
    with on_glass(Countdown(), (300, 300)) as ring:
        assert ring.opacity == 0
    assert ring_texture(100, 10) is ring_texture(100, 10)
