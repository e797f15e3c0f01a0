import wave
from pathlib import Path

import pytest

from assets.sounds.generate import RATE, SOUNDS, Note, render, write
from kiosk.checkout.effects import Sound

COMMITTED = Path(__file__).resolve().parents[4] / "assets" / "sounds"


def test_the_committed_sounds_are_what_the_script_makes(tmp_path: Path) -> None:
    for path in write(tmp_path):
        assert path.read_bytes() == (COMMITTED / path.name).read_bytes()


def test_every_sound_the_visit_asks_for_is_there() -> None:
    assert set(SOUNDS) == {sound.value for sound in Sound}


@pytest.mark.parametrize("name", SOUNDS)
def test_a_sound_is_mono_48_khz_and_ends_softly(name: str) -> None:
    with wave.open(str(COMMITTED / f"{name}.wav")) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
        samples = sound.readframes(sound.getnframes())
    assert samples[-2:] == b"\x00\x00"


def test_the_beep_of_a_scan_is_short_and_high_and_a_refusal_low_and_double() -> None:
    added, refused = SOUNDS["added"], SOUNDS["refused"]
    assert added[0].length_s <= 0.1
    assert min(note.hertz for note in added) > 5 * max(note.hertz for note in refused)
    assert (len(added), len(refused)) == (1, 2)


def test_a_loud_mix_is_held_within_range() -> None:
    note = Note(440.0, 0.0, 0.05, 1.0)
    samples = render((note, note, note))
    peaks = {int.from_bytes(samples[i : i + 2], "little", signed=True) for i in range(0, len(samples), 2)}
    assert max(peaks) == 32_767
    assert min(peaks) == -32_767
