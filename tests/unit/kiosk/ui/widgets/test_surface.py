from kiosk.ui.theme import theme
from kiosk.ui.widgets.surface import Surface
from tests.screens.glass import dressed, on_glass, picture


def test_it_paints_its_ground_and_its_edge() -> None:
    surface = Surface(fill=(1, 0, 0, 1), edge_color=(0, 0, 1, 1), edge_width=6, radius=20)
    with on_glass(surface, (200, 120)):
        drawn = picture((0, 0, 200, 120))
    assert drawn.getpixel((100, 60)) == (255, 0, 0)
    assert drawn.getpixel((100, 2)) == (0, 0, 255)
    assert drawn.getpixel((0, 0)) not in ((255, 0, 0), (0, 0, 255))


def test_the_ring_lies_outside_and_the_shadow_below() -> None:
    surface = Surface(fill=(1, 1, 1, 1), radius=10, ring=True)
    with on_glass(surface, (100, 60)):
        surface.pos = (60, 60)
        drawn = picture((0, 0, 220, 180))
    ring = tuple(round(part * 255) for part in theme.focus[:3])
    assert drawn.getpixel((110, 180 - 120 - 10)) == ring
    shadowed = Surface(fill=(1, 1, 1, 1), radius=4, shadow=True)
    with on_glass(shadowed, (100, 60)):
        shadowed.pos = (60, 60)
        below = picture((0, 0, 220, 180)).getpixel((110, 180 - 59))
    assert below != (255, 255, 255)


def test_a_dashed_edge_has_gaps() -> None:
    surface = Surface(edge_color=(1, 1, 1, 1), edge_width=4, dashed=True, radius=20)
    with dressed("high_contrast"), on_glass(surface, (300, 100)):
        drawn = picture((0, 0, 300, 100))
    line = {drawn.getpixel((x, 1)) for x in range(30, 270)}
    assert len(line) > 1
