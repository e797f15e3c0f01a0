from pathlib import Path

import pytest

from kiosk.ui.sounds import NAMES, Sounds

ASSETS = Path(__file__).resolve().parents[4] / "assets" / "sounds"


class Played:
    def __init__(self, path: str) -> None:
        self.path, self.volume, self.calls = path, 1.0, list[str]()

    def play(self) -> None:
        self.calls.append("play")

    def stop(self) -> None:
        self.calls.append("stop")


def test_sounds_are_loaded_once_and_start_anew_each_time() -> None:
    made: list[Played] = []

    def load(path: str) -> Played:
        made.append(Played(path))
        return made[-1]

    sounds = Sounds(ASSETS, 0.5, load)
    sounds.load()
    assert [Path(sound.path).stem for sound in made] == list(NAMES)
    assert sounds.play("added")
    assert sounds.play("added")
    assert made[0].calls == ["stop", "play", "stop", "play"]
    assert made[0].volume == 0.5


def test_a_sound_that_cannot_be_had_leaves_the_lane_silent(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sounds = Sounds(tmp_path, 0.7)
    sounds.load()
    assert not sounds.play("added")
    assert "stays silent" in caplog.text


def test_at_volume_nothing_nothing_is_loaded() -> None:
    sounds = Sounds(ASSETS, 0.0)
    sounds.load()
    assert not sounds.play("paid")


def test_the_real_loader_reads_our_files() -> None:
    sounds = Sounds(ASSETS, 0.3)
    sounds.load(("added",))
    assert sounds.play("added")
    sounds._loaded["added"].stop()
    sounds._loaded["added"].unload()
