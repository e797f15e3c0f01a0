from dataclasses import replace

from kiosk.checkout.events import Condition, Part, PartChanged
from kiosk.checkout.session import Overlay, Phase, Session
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
    )
    ended = used.ended()
    assert ended == replace(
        Session.begin(POLICY, later(START, 5)), revision=9, parts=(part,), acked_seq=4, receipt_url="u"
    )
    assert ended.idle_s == 0
