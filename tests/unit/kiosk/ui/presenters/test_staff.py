from dataclasses import replace

import pytest

from kiosk.bootstrap.words import translations
from kiosk.checkout.intents import BackPressed, Settlement
from kiosk.checkout.session import Staff
from kiosk.ui.presenters.staff import pin_pad, settle
from kiosk.ui.presenters.words import Words
from tests.screens.samples import LANE, NOW, SECOND, begun, paying

EN = Words("en", translations("en"))
SOON = NOW.mono_us + 4 * SECOND - 1


@pytest.mark.parametrize(
    ("staff", "message", "keys_open"),
    [
        (Staff(), "", True),
        (Staff(checking=True), "One moment", False),
        (
            Staff(failed=True),
            "This PIN is unknown here, or may not settle payments.\nPlease try again.",
            True,
        ),
        (Staff(failed=True, wait_until_us=SOON), "Not that one. Please wait 4 seconds.", False),
        (Staff(wait_until_us=NOW.mono_us + SECOND), "Not that one. Please wait 1 second.", False),
        (Staff(wait_until_us=NOW.mono_us), "", True),
    ],
)
def test_the_pin_pad_says_why_it_waits(staff: Staff, message: str, *, keys_open: bool) -> None:
    view = pin_pad(replace(paying(), staff=staff), LANE, EN)
    assert (view.message, view.open) == (message, keys_open)
    assert (view.length, view.most) == (4, 8)
    assert view.back.intent == BackPressed(12)


def test_the_basket_is_told_to_stay_even_without_one() -> None:
    assert pin_pad(paying(), LANE, EN).lead == "The basket stays as it is: €20.69"
    assert pin_pad(begun(), LANE, EN).lead == "The basket stays as it is: €0.00"


def test_settling_offers_every_outcome_with_reasons_of_its_own() -> None:
    view = settle(paying(), EN)
    assert [outcome.key for outcome in view.outcomes] == list(Settlement)
    assert len(view.reasons) == len(view.outcomes)
    for reasons in view.reasons:
        keys = [reason.key for reason in reasons]
        assert len(set(keys)) == len(keys) == 3
    assert view.facts[1].amount == "C4E7F4"
    assert view.confirm.intent is None
