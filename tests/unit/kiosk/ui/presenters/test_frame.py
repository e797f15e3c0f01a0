from dataclasses import replace

import pytest

from kiosk.bootstrap.words import translations
from kiosk.checkout.intents import (
    BackPressed,
    ContrastPressed,
    HelpPressed,
    LanguageChosen,
    LanguagesPressed,
    ParkPressed,
    StillHerePressed,
)
from kiosk.checkout.session import Overlay, Staff
from kiosk.ui.presenters import frame
from kiosk.ui.presenters.views import HeaderView
from kiosk.ui.presenters.words import Words
from tests.screens.samples import LANE, NOW, SECOND, begun, scanning

EN, DE = (Words(language, translations(language)) for language in ("en", "de"))


def test_the_header_tells_shop_lane_and_time() -> None:
    assert frame.header(begun(), LANE, EN, attract=False) == HeaderView("Minzel", "Lane 4  ·  14:32")
    assert frame.header(begun(), LANE, DE, attract=True).place == "Kasse 4  ·  14:32"
    assert frame.header(begun(), LANE, EN, attract=True).look == "attract"


def test_while_staff_are_at_work_the_header_is_theirs() -> None:
    session = replace(begun(), overlay=Overlay.PIN_PAD)
    assert frame.header(session, LANE, EN, attract=False).shop == "Staff"
    known = replace(begun(), overlay=Overlay.SETTLE, staff=Staff("m", "Mara K."))
    header = frame.header(known, LANE, EN, attract=False)
    assert (header.shop, header.look) == ("Mara K.", "staff")


def test_the_band_says_whether_help_was_called() -> None:
    band = frame.band(begun(), EN)
    assert (band.help.text, band.help_called, band.help.intent) == ("Call for help", False, HelpPressed(3))
    assert (band.language.text, band.language.intent) == ("English", LanguagesPressed(3))
    untold = replace(begun(), help_wanted=True)
    called = frame.band(untold, EN)
    assert (called.help.text, called.help_called) == ("Please ask us", True)
    called = frame.band(replace(untold, told="help"), EN)
    assert (called.help.text, called.help_called) == ("Help called", True)


def test_languages_stand_under_their_own_names_and_carry_what_they_mean() -> None:
    view = frame.languages(begun("de"), DE)
    assert [(each.button.text, each.chosen) for each in view.languages] == [
        ("Deutsch", True),
        ("English", False),
    ]
    assert view.languages[1].button.intent == LanguageChosen(3, "en")
    assert view.close.intent == BackPressed(3)


def test_a_language_without_a_name_stands_under_its_code() -> None:
    session = begun()
    policy = replace(session.policy, languages=("en", "xx"))
    listed = frame.list_languages(replace(session, policy=policy))
    assert listed[1].button.text == "xx"


def test_contrast_is_the_sessions_affair() -> None:
    view = frame.access(replace(begun(), contrast=True), EN)
    assert view.contrast_on
    assert view.contrast.intent == ContrastPressed(3)
    assert view.larger.intent is None


@pytest.mark.parametrize(
    ("idle", "figure", "sentence"),
    [
        (63, "27", "In 27 seconds we set your basket aside.\nIt is not lost."),
        (89, "1", "In 1 second we set your basket aside.\nIt is not lost."),
        (120, "0", "In 0 seconds we set your basket aside.\nIt is not lost."),
    ],
)
def test_the_idle_warning_counts_down_and_never_below_nothing(idle: int, figure: str, sentence: str) -> None:
    touched = replace(NOW, mono_us=NOW.mono_us - idle * SECOND)
    view = frame.idle(replace(scanning(), touched_at=touched), EN)
    assert (view.countdown.figure, view.sentence) == (figure, sentence)
    assert view.countdown.part == pytest.approx(int(figure) / 30)
    assert (view.stay.intent, view.park.intent) == (StillHerePressed(12), ParkPressed(12))


@pytest.mark.parametrize(
    ("left_us", "figure", "caption", "part"),
    [(18 * SECOND, "18", "seconds left", 0.4), (1, "1", "second left", 0.0), (-5, "0", "seconds left", 0.0)],
)
def test_a_countdown_rounds_up_and_ends_at_nothing(
    left_us: int, figure: str, caption: str, part: float
) -> None:
    deadline = NOW.mono_us + left_us
    view = frame.countdown(NOW, deadline - 45 * SECOND, deadline, EN)
    assert (view.figure, view.caption) == (figure, caption)
    assert view.part == pytest.approx(part, abs=1e-6)
