import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.checkout.intents import Intent, MinusPressed, PayPressed, PlusPressed
from kiosk.checkout.session import Overlay
from kiosk.ui.rehearsal import Rehearsal, texts_of
from kiosk.ui.screens.stage import Stage
from tests.screens.glass import frames, on_glass, until
from tests.screens.played import Played
from tests.screens.samples import begun, scanning

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def played() -> Iterator[Played]:
    sent: list[Intent] = []
    stage = Stage(sent.append)
    with on_glass(stage):
        yield Played(stage, sent)


@pytest.fixture
def port(played: Played, tmp_path: Path) -> Iterator[tuple[Rehearsal, Path]]:
    path = tmp_path / "rehearsal.sock"
    path.touch()
    opened = Rehearsal(played.stage, path)
    opened.start()
    yield opened, path
    opened.close()
    assert not path.exists()


@pytest.fixture
def ask(port: tuple[Rehearsal, Path]) -> Iterator[Ask]:
    """Ask over the real socket while this thread lets the screen run."""
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(str(port[1]))
        with client.makefile("rw", encoding="utf-8") as lines:

            def asked(raw: str | None = None, **command: object) -> dict[str, Any]:
                answers: list[str] = []

                def talk() -> None:
                    lines.write((raw if raw is not None else json.dumps(command)) + "\n")
                    lines.flush()
                    answers.append(lines.readline())

                thread = threading.Thread(target=talk)
                thread.start()
                until(lambda: bool(answers), drawn=True)
                thread.join()
                answer: dict[str, Any] = json.loads(answers[0])
                return answer

            yield asked


def test_a_touch_by_name_is_a_real_touch(played: Played, ask: Ask) -> None:
    played.show(scanning())
    assert ask(touch="plus") == {"ok": True, "touched": "plus"}
    assert ask(touch="plus")["ok"]
    assert played.sent == [PlusPressed(12, 8), PlusPressed(12, 8)]


def test_a_touch_by_place_is_measured_from_the_top(played: Played, ask: Ask) -> None:
    played.show(scanning())
    pay = played.target("pay")
    middle = [pay.x + pay.width / 2, 1919 - (pay.y + pay.height / 2)]
    assert ask(touch_xy=middle)["ok"]
    assert played.sent == [PayPressed(12, 2069)]


def test_what_a_finger_could_not_touch_is_refused_with_a_reason(played: Played, ask: Ask) -> None:
    played.show(replace(scanning(), overlay=Overlay.LANGUAGES))
    assert "covered by a dialog" in ask(touch="pay")["error"]
    assert "not on this screen" in ask(touch="nothing")["error"]
    played.show("02-basket-one")
    assert "disabled: To take it out, use Remove" in ask(touch="minus")["error"]
    played.target("pay").x += 5000
    assert "outside the window" in ask(touch="pay")["error"]
    assert not any(isinstance(intent, MinusPressed) for intent in played.sent)


def test_a_screenshot_has_exactly_the_name_asked_for(played: Played, ask: Ask, tmp_path: Path) -> None:
    played.show(begun())
    target = tmp_path / "01-attract.png"
    assert ask(screenshot=str(target)) == {"ok": True, "screenshot": str(target), "size": [1080, 1920]}
    with Image.open(target) as drawn:
        assert drawn.size == (1080, 1920)
        assert drawn.getpixel((5, 5)) == (0, 0x5C, 0x46)
    assert "cannot be read" in ask(screenshot=str(tmp_path / "no" / "such.png"))["error"]


def test_the_view_tells_screen_texts_and_targets(played: Played, ask: Ask) -> None:
    assert ask(view=True)["error"] == "nothing is shown yet"
    played.show(scanning())
    view = ask(view=True)["view"]
    assert (view["screen"], view["dialog"], view["revision"]) == ("basket", "", 12)
    assert "€20.69" in view["texts"]
    assert view["scene"]["newest"]["name"] == "Tautropf lemon soda"
    pay = next(target for target in view["targets"] if target["name"] == "pay")
    assert pay["enabled"]
    assert pay["box"][1] == 1592


def test_waiting_ends_with_the_view_that_was_waited_for(
    played: Played, ask: Ask, port: tuple[Rehearsal, Path]
) -> None:
    played.show(scanning())
    assert ask(wait={"screen": "basket", "dialog": "", "revision": 12, "language": "en", "text": "lemon"})[
        "ok"
    ]
    view = played.presenter.view(replace(scanning(), overlay=Overlay.IDLE_WARNING, revision=13))

    def come() -> None:
        played.stage.view = view
        port[0].shown(view)

    threading.Timer(0.05, come).start()
    assert ask(wait={"dialog": "idle_warning"}) == {"ok": True, "screen": "basket", "revision": 13}


def test_waiting_in_vain_says_what_is_shown_instead(played: Played, ask: Ask) -> None:
    assert "the screen shows nothing" in ask(wait={"screen": "paid"}, timeout_ms=10)["error"]
    played.show(scanning())
    assert "the screen shows basket" in ask(wait={"screen": "paid"}, timeout_ms=10)["error"]
    assert "expected screen, dialog" in ask(wait={"colour": "red"})["error"]
    assert "expected an object" in ask(wait="paid")["error"]


def test_the_ring_is_walked_and_pressed(played: Played, ask: Ask) -> None:
    played.show("09-not-paid")
    assert ask(focus=1)["focus"] == "try_again"
    assert ask(act=True)["acted"] is True
    assert len(played.sent) == 1


def test_without_a_scene_there_is_nothing_to_walk_to_but_the_band(played: Played, ask: Ask) -> None:
    assert ask(focus=1)["focus"] == "help"
    assert played.stage.scene is None


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ("not json", "cannot be read"),
        ("[1]", "expected one JSON object"),
        ("{}", "got nothing"),
        ('{"dance": 1}', "got dance"),
        ('{"touch_xy": "here"}', "cannot be read"),
        ('{"wait": {"screen": "paid"}, "timeout_ms": "soon"}', "cannot be read"),
    ],
)
def test_nonsense_is_answered_and_the_line_stays_open(ask: Ask, raw: str, error: str) -> None:
    assert error in ask(raw)["error"]
    assert error in ask(raw)["error"]


def test_texts_are_found_wherever_they_stand_but_not_in_what_a_press_means() -> None:
    view = {"a": "one", "b": ["two", {"c": "three", "intent": {"pin": "1234"}}], "d": 4, "e": "", "f": None}
    assert texts_of(view) == ["one", "two", "three"]
    frames(1)
