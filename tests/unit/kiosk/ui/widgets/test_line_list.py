from kiosk.ui.presenters.views import PictureView, RowView
from kiosk.ui.rehearsal import Finger
from kiosk.ui.theme import theme
from kiosk.ui.widgets.line_list import LineList
from tests.screens.glass import frames, on_glass, tap, until

PICTURE = PictureView("", "#E6F0F8", "A")
SIX = 6 * 101


def rows(count: int) -> tuple[RowView, ...]:
    return tuple(RowView(n, f"Goods {n}", "", "", "€1.00", PICTURE) for n in range(count, 0, -1))


def names(lines: LineList) -> list[str]:
    return [target.name for target in lines.targets]


def test_rows_that_fit_are_all_shown_in_order_and_inside() -> None:
    with on_glass(LineList(), (1032, SIX)) as lines:
        lines.show(rows(6), "More below", pushed=False)
        assert names(lines) == [f"row_{n}" for n in (6, 5, 4, 3, 2, 1)]
        assert all(target.y >= 0 and target.top <= SIX for target in lines.targets)


def test_more_rows_than_fit_are_paged_and_nothing_is_lost() -> None:
    with on_glass(LineList(), (1032, SIX)) as lines:
        lines.show(rows(12), "More below", pushed=False)
        assert names(lines) == [*(f"row_{n}" for n in (12, 11, 10, 9, 8)), "rows_up", "rows_down"]
        assert lines._below.text == "More below: 7"
        assert not lines._up.enabled
        seen = set(names(lines))
        for _ in range(4):
            lines.page(1)
            seen |= set(names(lines))
        assert {f"row_{n}" for n in range(1, 13)} <= seen
        assert not lines._down.enabled
        assert lines._below.text == ""
        lines.page(-1)
        assert lines._down.enabled


def test_a_row_keeps_its_widget_when_another_is_put_on_top() -> None:
    with on_glass(LineList(), (1032, SIX)) as lines:
        lines.show(rows(3), "", pushed=False)
        before = dict(lines._shown)
        lines.show(rows(4), "", pushed=True)
        assert all(lines._shown[root] is widget for root, widget in before.items())
        assert lines._shown[4].y > lines._shown[3].y


def test_the_pool_does_not_grow_with_the_list() -> None:
    with on_glass(LineList(), (1032, SIX)) as lines:
        for count in range(1, 60):
            lines.show(rows(count), "", pushed=True)
        lines.show((), "", pushed=False)
        assert len(lines._spare) <= 7
        assert names(lines) == []


def test_a_tap_chooses_a_row_and_a_drag_scrolls_instead() -> None:
    with on_glass(LineList(), (1032, SIX)) as lines:
        chosen: list[int] = []
        lines.choose = chosen.append
        lines.show(rows(12), "More", pushed=False)
        frames(1)
        tap(lines.targets[1])
        assert chosen == [11]
        finger = Finger(500, 300)
        finger.down()
        finger.wander(500, 310)
        finger.wander(500, 520)
        finger.up()
        assert chosen == [11]
        assert lines.first == 2
        tap(lines._down)
        assert lines.first > 2


def test_large_text_makes_taller_rows() -> None:
    with on_glass(LineList(), (1032, SIX)) as lines:
        lines.show(rows(6), "More below", pushed=False)
        theme.text_scale = 1.25
        assert lines.targets[0].height == 108
        assert len(names(lines)) == 4 + 2
        theme.text_scale = 1.0
        assert len(names(lines)) == 6


def test_a_touch_beside_the_list_is_not_its_affair() -> None:
    with on_glass(LineList(), (400, 200)) as lines:
        finger = Finger(800, 800)
        finger.scale_for_screen(1080, 1920)
        assert lines.on_touch_down(finger) is False
        assert lines.on_touch_move(finger) is False
        assert lines.on_touch_up(finger) is False


def test_the_others_move_down_when_one_is_pushed_and_motion_is_wanted() -> None:
    theme.motion = True
    try:
        with on_glass(LineList(), (1032, SIX)) as lines:
            lines.show(rows(3), "", pushed=True)
            assert lines.shift > 0
            until(lambda: lines.shift == 0)
    finally:
        theme.motion = False
