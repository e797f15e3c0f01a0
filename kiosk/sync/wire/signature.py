"""What a lane signs of a request with its Ed25519 key, and the headers that carry it."""

from dataclasses import dataclass
from typing import Final

DEVICE: Final = "checkstand-device"
EPOCH: Final = "checkstand-epoch"
TIMESTAMP: Final = "checkstand-timestamp"
NONCE: Final = "checkstand-nonce"
SIGNATURE: Final = "checkstand-signature"
SERVER_TIME: Final = "checkstand-server-us"
"""On every reply: the backend's clock in microseconds since 1970 UTC."""

CLOCK_WINDOW_US: Final = 120_000_000
"""How far a request's timestamp may lie from the backend's clock, either way."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The parts of a request that its signature covers.

    method: such as POST. target: path with query. body_sha256: hex. nonce: random text, used once.
    timestamp_us: microseconds since 1970 UTC by the backend's clock as the lane reckons it.
    """

    method: str
    target: str
    body_sha256: str
    device: str
    epoch: int
    timestamp_us: int
    nonce: str

    def message(self) -> bytes:
        """Return the bytes that are signed: a version line, then one part a line."""
        parts = (
            "checkstand-request-1",
            self.method,
            self.target,
            self.body_sha256,
            self.device,
            str(self.epoch),
            str(self.timestamp_us),
            self.nonce,
        )
        return "\n".join(parts).encode()
