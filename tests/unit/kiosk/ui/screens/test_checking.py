from dataclasses import replace

from kiosk.ui.screens.checking import StepLine
from tests.screens.played import Played
from tests.screens.samples import sessions


def test_nothing_can_be_pressed_while_nobody_knows(played: Played) -> None:
    scene = played.show("07-checking")
    assert played.names == []
    assert scene.ids.ring.view.figure == "18"


def test_steps_are_told_as_they_went(played: Played) -> None:
    scene = played.show("07-checking")
    lines = scene.ids.steps.children[::-1]
    assert [line._text.text for line in lines] == [
        "Amount sent to the reader",
        "Answer not received",
        "Asking again",
    ]
    assert all(isinstance(line, StepLine) and line._text.right <= line._detail.x for line in lines)


def test_without_a_deadline_a_sign_stands_in_for_the_ring(played: Played) -> None:
    scene = played.show("07-checking-lost")
    assert scene.ids.ring.opacity == 0


def test_the_ring_steps_with_the_clock(played: Played) -> None:
    session = sessions()["07-checking"]
    later = replace(session.at, mono_us=session.at.mono_us + 3_000_000)
    scene = played.show(replace(session, at=later))
    assert scene.ids.ring.view.figure == "15"
