import pytest

from kiosk.bootstrap.words import translations
from kiosk.checkout.events import Part
from kiosk.ui.presenters.welcome import attract, out_of_service
from kiosk.ui.presenters.words import Words
from tests.screens.samples import LANE, begun

EN = Words("en", translations("en"))


def test_attract_says_one_thing_to_do() -> None:
    view = attract(begun(), LANE, EN)
    assert view.title == "Scan your first item"
    assert len(view.pictures) == len(LANE.attract)
    assert [language.code for language in view.languages] == ["en", "de"]
    assert [step.key for step in view.steps] == ["scan", "pay", "receipt"]


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (Part.SCANNER, "The scanner does not answer. It opens by itself."),
        (Part.TERMINAL, "The card reader does not answer. It opens by itself."),
        (Part.CATALOGUE, "The prices are still being loaded. It opens by itself."),
        (Part.SYNC, "Something does not answer. It opens by itself."),
    ],
)
def test_a_closed_lane_says_why_without_a_code(part: Part, reason: str) -> None:
    assert out_of_service(part, EN).reason == reason
