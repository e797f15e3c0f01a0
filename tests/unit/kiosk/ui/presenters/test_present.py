from dataclasses import replace

import pytest

from kiosk.bootstrap.words import translations
from kiosk.checkout.session import Overlay, Session
from kiosk.ui.presenters.present import Presenter
from kiosk.ui.presenters.views import IdleView, LanguagesView
from tests.screens.samples import LANE, begun, scanning, sessions

PRESENTER = Presenter(LANE, translations)
SCREENS = {
    "01": "attract",
    "02": "basket",
    "03": "basket",
    "05": "pay_choice",
    "06": "follow_terminal",
    "07": "checking",
    "08-paid": "paid",
    "08-receipt": "receipt_qr",
    "08-": "goodbye",
    "09-not": "not_paid",
    "09-staff": "staff_will_help",
    "10": "pin_pad",
    "11": "settle",
    "15": "basket",
    "16": "out_of_service",
}


@pytest.mark.parametrize(("name", "session"), list(sessions().items()), ids=list(sessions()))
def test_every_session_has_its_screen_and_something_to_say(name: str, session: Session) -> None:
    view = PRESENTER.view(session)
    expected = next(screen for start, screen in SCREENS.items() if name.startswith(start))
    assert view.screen == expected
    assert view.announcement
    assert "\n" not in view.announcement
    assert view.revision == session.revision


@pytest.mark.parametrize(("name", "session"), list(sessions("de").items()), ids=list(sessions("de")))
def test_the_german_view_has_the_same_shape(name: str, session: Session) -> None:
    german, english = PRESENTER.view(session), PRESENTER.view(sessions()[name])
    assert (german.screen, german.language) == (english.screen, "de")
    assert german.announcement != english.announcement


def test_dialogs_lie_over_the_scene_and_speak_first() -> None:
    languages = PRESENTER.view(replace(scanning(), overlay=Overlay.LANGUAGES))
    assert isinstance(languages.dialog, LanguagesView)
    assert languages.announcement == "Choose your language"
    idle = PRESENTER.view(replace(scanning(), overlay=Overlay.IDLE_WARNING))
    assert isinstance(idle.dialog, IdleView)
    assert idle.announcement.startswith("Are you still there?. In")


def test_the_theme_is_the_lanes_unless_contrast_is_wanted() -> None:
    assert PRESENTER.view(begun()).theme == "light"
    assert PRESENTER.view(replace(begun(), contrast=True)).theme == "high_contrast"


def test_the_visit_is_named_by_its_sale() -> None:
    assert PRESENTER.view(begun()).visit is None
    assert PRESENTER.view(scanning()).visit == "0192f0c1-0000-7000-8000-000000000001"


def test_what_is_said_of_a_basket_follows_what_matters_now() -> None:
    assert PRESENTER.view(scanning()).announcement == "Added. Tautropf lemon soda. €2.38. Total. €20.69"
    views = {name: PRESENTER.view(session) for name, session in sessions().items()}
    assert views["03-unknown"].announcement.startswith("We don’t know this barcode yet. It ends in")
    assert views["03-empty"].announcement.startswith("We don’t know")
    empty = replace(sessions()["03-empty"], notice=None)
    assert PRESENTER.view(empty).announcement == "Your basket is empty. Scan an item to begin"
