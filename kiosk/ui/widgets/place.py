"""Where the middle of a widget is, reckoned from its corner.

Kivy caches `center`, `top` and `right`; a callback of `pos` may still read them as they were before.
"""

from typing import Any

__all__ = ["centre", "middle_of"]


def middle_of(widget: Any) -> tuple[float, float]:  # noqa: ANN401 - Kivy has no types
    """Give the middle of a widget in window pixels."""
    return widget.x + widget.width / 2, widget.y + widget.height / 2


def centre(widget: Any, size: tuple[float, float], at: tuple[float, float]) -> None:  # noqa: ANN401 - Kivy has no types
    """Give a widget a size and put its middle somewhere."""
    widget.size = size
    widget.pos = (at[0] - size[0] / 2, at[1] - size[1] / 2)
