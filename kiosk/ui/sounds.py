"""Plays the lane's sounds, loaded once; without a loudspeaker the lane is silent, not broken."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from kivy.core.audio import SoundLoader

__all__ = ["NAMES", "Sounds"]

NAMES: Final = ("added", "refused", "paid", "attention")
_log = logging.getLogger(__name__)


class Sounds:
    """The loudspeaker.

    Args:
        folder: Where `<name>.wav` files lie.
        volume: 0.0 to 1.0.
        load: Gives a sound for a path, or None.
    """

    def __init__(self, folder: Path, volume: float, load: Callable[[str], Any] = SoundLoader.load) -> None:
        self._folder = folder
        self._volume = volume
        self._load = load
        self._loaded: dict[str, Any] = {}

    def load(self, names: Iterable[str] = NAMES) -> None:
        """Load the sounds, so that the first one starts at once."""
        for name in names if self._volume > 0 else ():
            path = self._folder / f"{name}.wav"
            sound = self._load(str(path)) if path.is_file() else None
            if sound is None:
                _log.warning("sound %s: expected to load %s, the lane stays silent for it", name, path)
                continue
            sound.volume = self._volume
            self._loaded[name] = sound

    def play(self, name: str) -> bool:
        """Play a sound from its start; returns whether there is one."""
        sound = self._loaded.get(name)
        if sound is None:
            return False
        sound.stop()
        sound.play()
        return True
