from dataclasses import replace

import pytest

from kiosk.checkout.intents import Intent, MinusPressed, PlusPressed, RemovePressed
from kiosk.ui.presenters.views import ButtonView, NewestView, PictureView
from kiosk.ui.theme import theme
from kiosk.ui.widgets.newest_card import NewestCard
from tests.screens.glass import frames, on_glass, tap, until

VIEW = NewestView(
    root=4,
    line=9,
    badge="Added",
    name="Tautropf lemon soda",
    second="0.5 l · €1.19 each",
    third="+ €0.50 deposit",
    price="€2.38",
    quantity="2",
    picture=PictureView("", "#E6F0F8", "T"),
    minus=ButtonView("One less", MinusPressed(1, 4), icon="minus"),
    plus=ButtonView("One more", PlusPressed(1, 4), icon="plus"),
    remove=ButtonView("Remove", RemovePressed(1, 4), icon="trash"),
)


def test_its_controls_send_what_they_mean() -> None:
    with on_glass(NewestCard(), (1000, 404)) as card:
        sent: list[Intent] = []
        card.emit = sent.append
        card.view = VIEW
        frames(1)
        for target in card.targets:
            tap(target)
        assert sent == [VIEW.minus.intent, VIEW.plus.intent, VIEW.remove.intent]


@pytest.mark.parametrize(
    "view",
    [VIEW, replace(VIEW, badge=""), replace(VIEW, third=""), replace(VIEW, second="", third="", badge="")],
)
def test_everything_stands_inside_and_nothing_covers_the_controls(view: NewestView) -> None:
    with on_glass(NewestCard(), (1000, 404)) as card:
        card.view = view
        frames(1)
        for part in (card._badge, card._name, card._second, card._third, card._price):
            assert part.width == 0 or (card.plus.top - 1 <= part.y and part.top <= card.top)
        assert card._second.right <= card._price.x + 1
        assert card.plus.right < card.remove.x


def test_the_stepper_shows_only_signs_but_speaks_words() -> None:
    with on_glass(NewestCard(), (1000, 404)) as card:
        card.view = VIEW
        assert (card.minus.text, card.minus.spoken) == ("", "One less")


def test_a_fresh_line_glows_and_cools_down() -> None:
    theme.motion = True
    try:
        with on_glass(NewestCard(), (1000, 404)) as card:
            card.view = VIEW
            assert card.fill == theme.tint
            card._cool(0)
            until(lambda: card.fill == theme.card)
            card.view = replace(VIEW, line=10)
            assert card.fill == theme.tint
            card.view = replace(VIEW, line=11)
            card._cooling.cancel()
    finally:
        theme.motion = False


def test_no_line_hides_it() -> None:
    with on_glass(NewestCard(), (1000, 404)) as card:
        card.view = VIEW
        card.view = None
        assert card.opacity == 0
