from pathlib import Path

import pytest

from kiosk.bootstrap import first_look
from kiosk.bootstrap.first_look import FirstLook
from kiosk.config import LaneTables


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_look, "SYSTEM", tmp_path / "none.toml")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def read(folder: Path, text: str) -> FirstLook | None:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return first_look.read(path)


def test_the_lenient_defaults_are_the_strict_ones(tmp_path: Path) -> None:
    strict = LaneTables()
    assert first_look.read(None) == FirstLook() == read(tmp_path, "")
    look = FirstLook()
    display, lane = strict.display, strict.lane
    assert (look.width, look.height, look.dpi, look.fullscreen, look.theme) == (
        display.width,
        display.height,
        display.dpi,
        display.fullscreen,
        display.theme,
    )
    assert (look.shop, look.number, look.country, look.currency) == (
        lane.shop,
        lane.number,
        lane.country,
        lane.currency,
    )
    assert look.languages == (lane.language, *(each for each in lane.languages if each != lane.language))
    assert look.volume == strict.sound.volume


def test_what_the_first_frame_shows(tmp_path: Path) -> None:
    text = """
    [lane]
    shop = "Minzel"
    number = 7
    language = "de"
    country = "AT"
    [display]
    width = 720
    height = 1280
    theme = "dark"
    fullscreen = false
    [sound]
    volume = 0
    """
    look = read(tmp_path, text)
    assert look == FirstLook(
        width=720,
        height=1280,
        fullscreen=False,
        theme="dark",
        shop="Minzel",
        number=7,
        country="AT",
        languages=("de", "en"),
        volume=0,
    )


@pytest.mark.parametrize(
    "text",
    [
        "[display",
        "display = 3",
        '[display]\nwidth = "wide"',
        "[display]\nwidth = 5",
        "[display]\nwidth = true",
        '[display]\ntheme = "pink"',
        '[display]\nfullscreen = "yes"',
        "[lane]\nshop = 5",
        "[lane]\nlanguages = 5",
        '[lane]\nlanguages = [""]',
        '[lane]\ncurrency = "€"',
        "[sound]\nvolume = 0.5",
    ],
)
def test_what_looks_odd_is_left_to_the_strict_reader(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) is None


def test_a_missing_file_and_overlays_are_left_to_the_strict_reader(tmp_path: Path) -> None:
    assert first_look.read(tmp_path / "missing.toml") is None
    (tmp_path / "store" / "config.d").mkdir(parents=True)
    assert read(tmp_path, f'[store]\ndirectory = "{tmp_path}/store"') is None
    assert read(tmp_path, f'[store]\ndirectory = "{tmp_path}/other"') == FirstLook()
    (tmp_path / "state" / "checkstand" / "config.d").mkdir(parents=True)
    assert read(tmp_path, "") is None
