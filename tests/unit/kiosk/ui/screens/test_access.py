from collections.abc import Iterator

import pytest

from kiosk.checkout.intents import ContrastPressed
from kiosk.ui.theme import theme
from tests.screens.played import Played
from tests.screens.samples import scanning


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    theme.text_scale, theme.motion = 1.0, False


def test_contrast_is_asked_of_the_session(played: Played) -> None:
    played.show(scanning())
    played.press("access")
    played.press("contrast")
    assert played.sent == [ContrastPressed(12)]


def test_larger_text_and_stillness_are_turned_on_and_off_here(played: Played) -> None:
    theme.motion = True
    played.show(scanning())
    played.press("access")
    assert played.names == ["contrast", "larger", "calm", "close"]
    for name, kinds in (("larger", ["chosen", "secondary"]), ("calm", ["chosen", "secondary"])):
        for kind in kinds:
            played.press(name)
            assert played.target(name).kind == kind
            played.target(name)._acted_at -= 1
    assert (theme.text_scale, theme.motion) == (1.0, True)
    assert played.sent == []


def test_done_closes_it(played: Played) -> None:
    played.show(scanning())
    played.press("access")
    played.press("close")
    assert played.stage.dialog is None
