"""Makes the lane's sounds: `python -m assets.sounds.generate` writes them beside this file.

A short high beep for an added line, a low double for a refusal, a soft chime when paid, two calm notes to
draw attention; they differ in rhythm as well as in pitch.
"""

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, pi, sin
from pathlib import Path
from typing import Final

__all__ = ["RATE", "SOUNDS", "Note", "render", "write"]

RATE: Final = 48_000
_FULL: Final = 32_767
_ATTACK_S: Final = 0.004
_TAIL_S: Final = 0.03


@dataclass(frozen=True, slots=True)
class Note:
    """One note.

    Attributes:
        hertz: Its pitch.
        start_s: When it begins.
        length_s: How long it sounds.
        loud: 0 to 1.
        ring: How fast it dies away, per second; 0 holds it.
        overtone: Part of the octave above that is mixed in.
    """

    hertz: float
    start_s: float
    length_s: float
    loud: float
    ring: float = 0.0
    overtone: float = 0.0


SOUNDS: Final[dict[str, tuple[Note, ...]]] = {
    "added": (Note(2093.0, 0.0, 0.09, 0.5, ring=14, overtone=0.12),),
    "refused": (
        Note(233.1, 0.0, 0.14, 0.6, ring=4, overtone=0.45),
        Note(196.0, 0.20, 0.22, 0.6, ring=5, overtone=0.45),
    ),
    "paid": (
        Note(523.25, 0.0, 0.9, 0.32, ring=5, overtone=0.2),
        Note(659.25, 0.11, 0.9, 0.32, ring=5, overtone=0.2),
        Note(783.99, 0.22, 1.1, 0.34, ring=4, overtone=0.2),
    ),
    "attention": (
        Note(880.0, 0.0, 0.35, 0.4, ring=6, overtone=0.15),
        Note(1108.7, 0.30, 0.5, 0.4, ring=5, overtone=0.15),
    ),
}


def render(notes: Sequence[Note]) -> bytes:
    """Give the samples of some notes: signed 16 bit little endian, mono, at `RATE`."""
    length = round((max(note.start_s + note.length_s for note in notes) + _TAIL_S) * RATE)
    mixed = [0.0] * length
    for note in notes:
        first = round(note.start_s * RATE)
        for index in range(round(note.length_s * RATE)):
            mixed[first + index] += _sample(note, index / RATE)
    samples = (round(max(-1.0, min(1.0, value)) * _FULL) for value in mixed)
    return b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples)


def _sample(note: Note, at_s: float) -> float:
    rise = min(1.0, at_s / _ATTACK_S)
    fall = min(1.0, (note.length_s - at_s) / _TAIL_S)
    turn = 2 * pi * note.hertz * at_s
    wave_form = sin(turn) * (1 - note.overtone) + sin(2 * turn) * note.overtone
    return note.loud * rise * fall * exp(-note.ring * at_s) * wave_form


def write(folder: Path) -> list[Path]:
    """Write every sound into a folder as `<name>.wav`; gives the files."""
    written = []
    for name, notes in SOUNDS.items():
        path = folder / f"{name}.wav"
        with wave.open(str(path), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(render(notes))
        written.append(path)
    return written


if __name__ == "__main__":
    write(Path(__file__).parent)
