from kiosk.ui.presenters.views import PillView
from kiosk.ui.theme import theme
from kiosk.ui.widgets.pill import Pill
from tests.screens.glass import dressed, frames, on_glass


def test_a_pill_is_as_wide_as_what_it_says() -> None:
    pill = Pill()
    with on_glass(pill):
        pill.show(PillView("You save", "€1.50", "tag", "tint"))
        wide = pill.width
        assert pill._amount.right <= pill.right - 20
        pill.show(PillView("You save"))
        frames(1)
        assert pill.width < wide
        assert pill.radius >= pill.height / 2


def test_looks_come_from_the_theme() -> None:
    pill = Pill(look="warn", text="Waiting")
    assert pill.fill == theme.warn
    pill.look = "accent"
    assert pill._text.color == theme.accent_ink
    with dressed("high_contrast"):
        assert pill.edge_width == 4
    assert pill.edge_width == 0
