from dataclasses import replace

from kiosk.checkout.intents import (
    DismissPressed,
    MinusPressed,
    PayPressed,
    PlusPressed,
    RemovePressed,
    RowChosen,
)
from tests.screens.played import Played
from tests.screens.samples import BREAD, GOODS, begun, scanning, sessions


def test_hands_on_the_large_card_and_on_pay_send_what_they_mean(played: Played) -> None:
    played.show(scanning())
    for name in ("minus", "plus", "remove", "pay"):
        played.press(name)
    assert played.sent == [
        MinusPressed(12, 8),
        PlusPressed(12, 8),
        RemovePressed(12, 8),
        PayPressed(12, 2069),
    ]


def test_a_row_is_chosen_with_the_revision_that_is_on_the_screen(played: Played) -> None:
    played.show(scanning())
    played.show(replace(scanning(), revision=40))
    played.press("row_3")
    assert played.sent == [RowChosen(40, 3)]


def test_reading_order_is_card_notice_rows_pay(played: Played) -> None:
    played.show("03-unknown")
    assert played.names[:4] == ["minus", "plus", "remove", "notice"]
    assert played.names[-1] == "pay"
    played.press("notice")
    assert played.sent == [DismissPressed(12)]


def test_an_empty_basket_has_nothing_to_press_but_its_notice(played: Played) -> None:
    scene = played.show("03-empty")
    assert played.names == ["notice", "pay"]
    assert not played.target("pay").enabled
    assert scene.ids.newest.opacity == 0


def test_the_notice_pushes_the_rows_down_and_covers_nothing(played: Played) -> None:
    scene = played.show(scanning())
    before = scene.ids.rows.top
    scene = played.show("03-age")
    assert scene.ids.rows.top < before
    assert scene.ids.notice.y >= scene.ids.rows.top


def test_scans_are_followed_to_the_top_of_the_list(played: Played) -> None:
    scene = played.show("02-basket-many")
    scene.ids.rows.page(1)
    assert scene.ids.rows.first > 0
    played.show(sessions()["02-basket-chosen"])
    played.show(scanning(goods=(*GOODS, *GOODS, BREAD)))
    assert scene.ids.rows.first == 0


def test_a_new_visit_starts_at_the_top(played: Played) -> None:
    scene = played.show("02-basket-many")
    scene.ids.rows.page(1)
    played.show(begun())
    played.show("02-basket-many")
    assert scene.ids.rows.first == 0


def test_pills_come_and_go(played: Played) -> None:
    scene = played.show(scanning())
    assert len(scene.ids.pills.children) == 2
    played.show("02-basket-one")
    assert len(scene.ids.pills.children) == 1
