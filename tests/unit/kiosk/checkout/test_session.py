from dataclasses import replace

import pytest

from kiosk.checkout.events import Condition, Part, PartChanged
from kiosk.checkout.session import Overlay, Phase, Session, Want
from tests.playbook import POLICY, START, later


def test_the_shops_own_language_begins() -> None:
    assert Session.begin(replace(POLICY, languages=("de", "en")), START).language == "de"


def test_after_a_visit_nothing_of_the_shopper_is_left_but_the_lane_is_as_it_was() -> None:
    part = PartChanged(START, Part.PRINTER, Condition.TROUBLE, "paper_end")
    used = replace(
        Session.begin(POLICY, START),
        at=later(START, 5),
        phase=Phase.BASKET,
        overlay=Overlay.LANGUAGES,
        language="de",
        contrast=True,
        help_wanted=True,
        revision=9,
        parts=(part,),
        acked_seq=4,
        receipt_url="u",
        told="help",
    )
    ended = used.ended()
    assert ended == replace(
        Session.begin(POLICY, later(START, 5)), revision=9, parts=(part,), acked_seq=4, receipt_url="u"
    )
    assert ended.idle_s == 0


@pytest.mark.parametrize(
    ("phase", "help_wanted", "wants"),
    [
        (Phase.BASKET, False, None),
        (Phase.BASKET, True, Want.HELP),
        (Phase.CHECKING, True, Want.CHECKING),
        (Phase.CHECKING, False, Want.CHECKING),
        (Phase.ESCALATED, True, Want.ESCALATED),
        (Phase.PAID, False, None),
    ],
)
def test_the_gravest_is_what_a_person_is_called_for(
    *, phase: Phase, help_wanted: bool, wants: Want | None
) -> None:
    session = replace(Session.begin(POLICY, START), phase=phase, help_wanted=help_wanted)
    assert session.wants is wants
    assert not session.staff_told
    assert replace(session, told=wants).staff_told is (wants is not None)
    assert not replace(session, told="something else").staff_told


def test_the_screen_is_named_as_the_shopper_sees_it() -> None:
    session = Session.begin(POLICY, START)
    assert session.screen == "attract"
    broken = PartChanged(START, Part.SCANNER, Condition.GONE)
    assert replace(session, parts=(broken,)).screen == "out_of_service"
    assert replace(session, parts=(broken,), phase=Phase.BASKET).screen == "basket"
