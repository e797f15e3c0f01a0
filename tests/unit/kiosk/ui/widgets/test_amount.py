import pytest

from kiosk.ui.theme import theme
from kiosk.ui.widgets.amount import Amount
from tests.screens.glass import on_glass, picture


def places(amount: Amount) -> list[tuple[float, float]]:
    return [(cell.pos[0], cell.size[0]) for cell in amount._cells if cell.size[0]]


def test_a_change_of_figures_moves_no_other_figure() -> None:
    with on_glass(Amount(text="€11.11", role="price"), (400, 60)) as amount:
        before = amount._cells[0].pos
        count = len(places(amount))
        amount.text = "€88.88"
        assert amount._cells[0].pos == before
        assert len(places(amount)) == count


@pytest.mark.parametrize(
    ("halign", "least", "most"), [("left", 0, 40), ("center", 120, 200), ("right", 250, 390)]
)
def test_it_stands_where_it_is_told(halign: str, least: float, most: float) -> None:
    with on_glass(Amount(text="€1.29", role="price", halign=halign), (400, 60)) as amount:
        assert least <= places(amount)[0][0] <= most


def test_it_runs_from_left_to_right_and_inside_its_box() -> None:
    with on_glass(Amount(text="1.234.567,89\xa0€", role="total"), (700, 240)) as amount:
        starts = [start for start, _ in places(amount)]
        assert starts == sorted(starts)
        assert amount.shrink < 1.0
        assert places(amount)[0][0] >= -2
        assert sum(places(amount)[-1]) <= 702


def test_a_shorter_amount_leaves_nothing_of_the_longer_one() -> None:
    with on_glass(Amount(text="€100.00", role="price"), (400, 60)) as amount:
        amount.text = "€1"
        assert len(places(amount)) == 2
        amount.text = ""
        assert places(amount) == []


def test_it_is_drawn_in_its_colour() -> None:
    with on_glass(Amount(text="888", role="total", color=(1, 0, 0, 1)), (600, 240)) as amount:
        assert (255, 0, 0) in {colour for _, colour in picture((0, 0, 600, 240)).getcolors(1 << 20) or ()}
        assert tuple(amount._color.rgba) == (1, 0, 0, 1)


def test_large_text_makes_small_amounts_larger_and_leaves_the_huge_as_they_are() -> None:
    with on_glass(Amount(text="888", role="price"), (600, 240)) as amount:
        narrow = amount.natural()[0]
        theme.text_scale = 1.25
        assert amount.natural()[0] > narrow
        amount.role = "total"
        huge = amount.natural()[0]
        theme.text_scale = 1.0
        assert amount.natural()[0] == huge
