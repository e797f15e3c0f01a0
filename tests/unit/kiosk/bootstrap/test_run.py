import threading
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.bootstrap import run
from kiosk.bootstrap.core_thread import BadConfigError
from kiosk.bootstrap.first_look import FirstLook
from kiosk.bootstrap.words import translations
from kiosk.checkout.effects import Sound
from kiosk.checkout.intents import HelpPressed
from kiosk.config import LaneTables
from kiosk.domain.receipt import Shop
from kiosk.store.database import Writer
from kiosk.store.sql_table import SALES_SCHEMA
from kiosk.ui.presenters.present import Presenter


@pytest.mark.parametrize(
    "text", ["[lane]\nnumber = 0.5", "[display]\nwidth = 5", "[lane", "[lane]\nnumbr = 3\nnumber = true"]
)
def test_a_bad_configuration_ends_with_its_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    assert run.main(["--config", str(path)]) == run.BAD_INPUT
    said = capsys.readouterr().err
    assert said
    assert "Traceback" not in said


def test_the_strict_settings_give_the_same_first_look() -> None:
    assert run._look_of(LaneTables()) == FirstLook()


def test_the_presenters_know_the_lane() -> None:
    lane = run._lane(FirstLook(theme="dark", number=7), Shop("Minzel"))
    assert (lane.number, lane.theme, lane.country, lane.shop.name) == ("7", "dark", "DE", "Minzel")
    assert lane.pictures.endswith("rendered")


@pytest.mark.parametrize(
    ("failure", "code"), [(None, 0), (RuntimeError("disk"), run.FAILED), (BadConfigError("x"), run.BAD_INPUT)]
)
def test_how_it_ended_is_its_exit_code(
    failure: BaseException | None, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run._exit_code(failure) == code
    assert capsys.readouterr().err == ("x\n" if isinstance(failure, BadConfigError) else "")


class Screen:
    """Stands in for the window: notes what it is asked for."""

    frames = 3

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.played: list[str] = []

    def stop_soon(self) -> None:
        self.ended.set()

    def play(self, sound: str) -> None:
        self.played.append(sound)


def ended_lane(path: Path) -> BaseException | None:
    """Start the core behind a first frame, over a state directory somebody else uses."""
    config = path / "config.toml"
    config.write_text(f'[link]\ndirectory = "{path}"\n[store]\ndirectory = "{path / "state"}"\n')
    running = run._Running(config, Presenter(run._lane(FirstLook(), Shop("Minzel")), translations))
    running.press(HelpPressed(1))
    running.app = screen = Screen()
    run._first_frame(running)()
    running.play(Sound.PAID)
    assert screen.ended.wait(60)
    assert screen.played == ["paid"]
    assert running.core is not None
    running.core.join(60)
    return running.core.failure


def test_a_second_lane_ends_with_a_sentence(tmp_path: Path) -> None:
    with closing(Writer(tmp_path / "state" / "sales.db", SALES_SCHEMA)):
        failure = ended_lane(tmp_path)
    assert isinstance(failure, BadConfigError)
    assert "sales.db is being written by another process" in str(failure)


def test_a_key_that_is_none_ends_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "lane.key").write_text("no key")
    failure = ended_lane(tmp_path)
    assert isinstance(failure, BadConfigError)
    assert "is not an Ed25519 private key" in str(failure)
