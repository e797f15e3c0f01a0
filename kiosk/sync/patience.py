"""How long to wait before trying again, and how much to send at once: full jitter, halve and double."""

from collections.abc import Callable
from typing import Final

SHORTEST_S: Final = 0.5
LONGEST_S: Final = 60.0


class Backoff:
    """Waits drawn evenly from zero to a bound that doubles with each failure, up to a minute.

    Full jitter keeps a shop's lanes from coming back all at once after the backend's restart.
    """

    def __init__(self, random: Callable[[], float]) -> None:
        """Take a source of numbers from 0 to 1."""
        self._random = random
        self._failures = 0

    def succeeded(self) -> None:
        """Begin anew."""
        self._failures = 0

    def failed(self, at_least_s: float = 0.0) -> float:
        """Return how long to wait now, in seconds; never less than the backend asked for (Retry-After)."""
        bound = min(LONGEST_S, SHORTEST_S * 2.0 ** min(self._failures, 16))
        self._failures += 1
        return max(at_least_s, bound * self._random())


class BatchSize:
    """Events of one push: halved when a push was too much, doubled up to the most when one went well."""

    def __init__(self, most: int) -> None:
        """Begin with the most."""
        self._most = most
        self.size = most

    def too_much(self) -> None:
        """The backend took too long, or said that it was too long."""
        self.size = max(1, self.size // 2)

    def went_well(self) -> None:
        """A push was booked."""
        self.size = min(self._most, self.size * 2)
