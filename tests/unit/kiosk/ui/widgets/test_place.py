from kivy.uix.widget import Widget

from kiosk.ui.widgets.place import centre, middle_of


def test_centre_puts_the_middle_where_it_is_asked_for() -> None:
    widget = Widget()
    centre(widget, (40, 20), (100, 50))
    assert (widget.x, widget.y) == (80, 40)
    assert middle_of(widget) == (100, 50)


def test_the_middle_is_right_inside_a_callback_of_pos() -> None:
    widget, seen = Widget(size=(10, 10)), []
    widget.bind(pos=lambda *_: seen.append(middle_of(widget)))
    widget.pos = (100, 200)
    assert seen[-1] == (105, 205)
