from collections.abc import Callable

import pytest

from kiosk.ui.rehearsal import Finger
from kiosk.ui.widgets import touchable
from kiosk.ui.widgets.touchable import Touchable
from tests.screens.glass import frames, on_glass, tap


@pytest.fixture
def acts() -> list[str]:
    return []


@pytest.fixture
def target(acts: list[str]) -> Touchable:
    made = Touchable(name="pay")
    made.bind(on_act=lambda pressed: acts.append(pressed.name))
    return made


def test_a_release_inside_acts_and_one_outside_does_not(target: Touchable, acts: list[str]) -> None:
    with on_glass(target, (200, 100)):
        tap(target, dx=500)
        assert acts == []
        tap(target)
        assert acts == ["pay"]


def test_it_shows_that_it_is_pressed_only_while_a_release_would_act(target: Touchable) -> None:
    with on_glass(target, (200, 100)):
        finger = Finger(100, 50)
        finger.down()
        assert target.pressed
        finger.wander(400, 50)
        assert not target.pressed
        finger.wander(100, 50)
        assert target.pressed
        finger.up()
        assert not target.pressed


def test_a_second_tap_at_once_is_ignored(
    target: Touchable, acts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    clock: Callable[[], float] = lambda: now[0]  # noqa: E731 - one value that the test moves
    monkeypatch.setattr(touchable, "monotonic", clock)
    with on_glass(target, (200, 100)):
        tap(target)
        now[0] += 0.2
        tap(target)
        assert acts == ["pay"]
        assert target.since_act() == pytest.approx(0.2)
        now[0] += 0.1
        tap(target)
        assert acts == ["pay", "pay"]


def test_a_second_finger_is_ignored_while_the_first_lies(target: Touchable, acts: list[str]) -> None:
    with on_glass(target, (200, 100)):
        first, second = Finger(50, 50), Finger(150, 50)
        first.down()
        second.down()
        second.up()
        assert acts == []
        first.up()
        frames(1)
        assert acts == ["pay"]


def test_disabled_targets_swallow_touches_and_act_for_nobody(target: Touchable, acts: list[str]) -> None:
    target.enabled = False
    with on_glass(target, (200, 100)):
        assert target.on_touch_down(Finger(100, 50)) is True
        assert not target.act()
        assert acts == []


def test_hidden_targets_are_not_there(target: Touchable, acts: list[str]) -> None:
    target.opacity = 0
    with on_glass(target, (200, 100)):
        tap(target)
        assert acts == []


def test_focus_draws_the_ring(target: Touchable) -> None:
    with on_glass(target, (200, 100)):
        target.focused = True
        assert target.ring
        target.focused = False
        assert not target.ring
