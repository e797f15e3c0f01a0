from dataclasses import replace

import pytest

from kiosk.checkout.intents import LanguagesPressed
from kiosk.checkout.session import Overlay
from kiosk.ui.screens.stage import SCENES
from kiosk.ui.theme import theme
from tests.screens.glass import frames, tap
from tests.screens.played import Played
from tests.screens.samples import begun, scanning, sessions


def test_every_scene_can_be_made_and_is_kept(played: Played) -> None:
    for name in SCENES:
        assert played.stage.make(name) is played.stage.make(name)


def test_a_view_brings_its_scene_and_an_equal_one_draws_nothing_anew(played: Played) -> None:
    scene = played.show(scanning())
    drawn: list[object] = []
    scene.render = drawn.append
    played.show(scanning())
    assert drawn == []
    played.show(replace(scanning(), revision=13))
    assert len(drawn) == 1


def test_the_band_works_on_every_screen_and_through_dialogs(played: Played) -> None:
    for session in sessions().values():
        played.show(session)
        played.sent.clear()
        tap(played.stage.band.language)
        assert played.sent == [LanguagesPressed(session.revision)]
        played.stage.band.language._acted_at -= 1


def test_a_dialog_keeps_touches_from_what_it_covers(played: Played) -> None:
    played.show(scanning())
    pay = played.target("pay")
    played.show(replace(scanning(), overlay=Overlay.IDLE_WARNING))
    tap(pay)
    assert played.sent == []
    assert "pay" not in [target.name for target in played.stage.targets()]


def test_the_ring_walks_in_reading_order_and_presses_what_it_is_on(played: Played) -> None:
    played.show("09-not-paid")
    order = [target.name for target in played.stage.targets()]
    walked = [played.stage.move_focus(1) for _ in order]
    assert [target.name for target in walked if target] == order
    again = played.stage.move_focus(1)
    assert again is not None
    assert again.name == "try_again"
    assert played.stage.act()
    assert len(played.sent) == 1
    back = played.stage.move_focus(-1)
    assert back is not None
    assert back.name == "access"
    assert sum(target.focused for target in played.stage.targets()) == 1


def test_the_ring_starts_at_the_end_when_walking_back(played: Played) -> None:
    played.show("09-not-paid")
    last = played.stage.move_focus(-1)
    assert last is not None
    assert last.name == "access"


def test_nothing_has_the_focus_before_anybody_walked(played: Played) -> None:
    assert not played.stage.act()
    played.show(begun())
    assert not played.stage.act()


def test_easier_to_use_opens_here_and_is_undone_with_the_visit(played: Played) -> None:
    played.show(scanning())
    played.press("access")
    played.press("larger")
    assert theme.text_scale == pytest.approx(1.25)
    played.stage.move_focus(1)
    played.press("close")
    assert played.stage.dialog is None
    played.show(begun())
    assert theme.text_scale == 1.0
    assert not any(target.focused for target in played.stage.targets())


def test_a_view_in_high_contrast_switches_the_theme_and_back(played: Played) -> None:
    played.show(replace(scanning(), contrast=True))
    assert theme.name == "high_contrast"
    played.show(scanning())
    assert theme.name == "light"
    frames(1)


def test_larger_text_chosen_before_a_scan_is_kept_for_the_visit(played: Played) -> None:
    played.show(begun())
    played.press("access")
    played.press("larger")
    played.show(scanning())
    assert theme.text_scale == pytest.approx(1.25)
    played.show(begun())
    assert theme.text_scale == 1.0
