from kiosk.checkout.intents import DismissPressed, Intent
from kiosk.ui.presenters.views import ButtonView, NoticeView, PictureView
from kiosk.ui.widgets.notice_card import NoticeCard
from tests.screens.glass import frames, on_glass, tap

VIEW = NoticeView(
    "scan", "We don’t know this barcode yet", "It ends in 5532.", None, ButtonView("OK", DismissPressed(2))
)
WINE = NoticeView("scan", "Wine: age check", "Please …", PictureView("", "#E6F0F8", "W"), VIEW.act)


def test_it_says_what_happened_and_is_dismissed_by_its_button() -> None:
    with on_glass(NoticeCard(), (1000, 196)) as card:
        sent: list[Intent] = []
        card.emit = sent.append
        card.view = VIEW
        frames(1)
        assert card._title.texture_size[0] <= card._title.width
        assert card._title.right < card.button.x
        assert card._sentence.y >= 0
        tap(card.button)
        assert sent == [DismissPressed(2)]


def test_a_known_article_shows_its_picture_instead_of_the_sign() -> None:
    with on_glass(NoticeCard(), (1000, 196)) as card:
        card.view = VIEW
        assert (card._icon.icon, card._picture.view) == ("scan", None)
        card.view = WINE
        assert (card._icon.icon, card._picture.view) == ("", WINE.picture)
        card.view = None
        assert card._picture.view == WINE.picture
