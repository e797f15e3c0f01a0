from kiosk.ui.presenters.views import PictureView, RowView
from kiosk.ui.theme import theme
from kiosk.ui.widgets.row import Row
from tests.screens.glass import dressed, frames, on_glass

VIEW = RowView(7, "Almwind whole milk", "1 l · €1.29 each", "× 2", "€2.58", PictureView("", "#E6F0F8", "A"))


def test_a_row_shows_its_view_from_start_to_end_without_overlap() -> None:
    with on_glass(Row(), (1000, 88)) as row:
        row.view = VIEW
        frames(1)
        assert row.name == "row_7"
        assert row._name.right < row._count.x < row._count.right < row._price.x
        assert row._price.right < row._chevron.x < row._chevron.right < 1000
        assert row._second.y < row._name.y


def test_a_name_alone_stands_in_the_middle() -> None:
    with on_glass(Row(), (1000, 88)) as row:
        row.view = RowView(1, "Bananas", "", "", "€1.51", VIEW.picture)
        frames(1)
        assert abs(row._name.center_y - 44) < 2


def test_a_very_long_name_is_cut_and_never_reaches_the_price() -> None:
    with on_glass(Row(), (600, 88)) as row:
        row.view = RowView(1, "A name " * 20, "", "× 12", "€1,234.56", VIEW.picture)
        frames(1)
        assert row._name.texture_size[0] <= row._name.width
        assert row._name.right <= row._count.x


def test_a_pressed_row_shows_it_in_every_theme() -> None:
    row = Row()
    assert row.fill == theme.card
    row.pressed = True
    assert (row.fill, row.edge_width) == (theme.soft, 4)
    row.pressed = False
    with dressed("high_contrast"):
        assert row.edge_width == 4
    row.view = None
    assert row.name == ""
