"""Enrolment: the one-time code with the backend's address and CA fingerprint, and its two messages."""

import base64
import binascii
import hashlib
import ipaddress
from dataclasses import dataclass
from typing import Final

from kiosk.sync.wire.fields import WireError, dump, load

FINGERPRINT_LENGTH: Final = 16
"""Bytes of the CA certificate's SHA-256 (of the DER) in a code; 128 bits resist a second preimage."""

SECRET_LENGTH: Final = 10
"""Bytes of the one-time secret."""

SERVER_NAME: Final = "backend.checkstand.internal"
"""The name in every backend's certificate that a lane asks for, whatever address it reached it under."""

LIFETIME_US: Final = 600_000_000
"""A code is good for ten minutes."""

_TLS: Final = 1
_PLAIN: Final = 2
_CHECK_LENGTH: Final = 2
_GROUP: Final = 5
_MISREAD: Final = str.maketrans("018", "OIB")


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """What a one-time code says.

    host: address or name of the backend, ASCII. fingerprint: of the CA; all zero with plain HTTP.
    """

    host: str
    port: int
    fingerprint: bytes
    secret: bytes
    tls: bool = True

    @property
    def url(self) -> str:
        """The backend's address."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"

    def to_text(self) -> str:
        """Return the code: base32 in groups of five, all of it in a QR code's alphanumeric set."""
        body = (
            bytes([_TLS if self.tls else _PLAIN])
            + self.fingerprint
            + self.secret
            + self.port.to_bytes(2)
            + _packed(self.host)
        )
        text = base64.b32encode(body + _check(body)).decode().rstrip("=")
        return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))

    @classmethod
    def parse(cls, text: str) -> "EnrolmentCode":
        """Read a code as typed: case, blanks and hyphens do not matter; 0, 1 and 8 are read as O, I and B.

        Raises:
            WireError: a slip in typing, or not one of our codes.
        """
        body = _checked(text)
        at = 1 + FINGERPRINT_LENGTH
        port = at + SECRET_LENGTH
        if body[0] not in {_TLS, _PLAIN}:
            raise WireError("code", text, "a code of this release")
        return cls(
            host=_unpacked(body[port + 2 :]),
            port=int.from_bytes(body[port : port + 2]),
            fingerprint=body[1:at],
            secret=body[at:port],
            tls=body[0] == _TLS,
        )


@dataclass(frozen=True, slots=True)
class EnrolRequest:
    """A lane redeems a code. secret: hex. public_key: base64 Ed25519."""

    secret: str
    public_key: str

    def to_json(self) -> str:
        """Return the request body."""
        return dump({"secret": self.secret, "public_key": self.public_key})

    @classmethod
    def from_json(cls, text: str | bytes) -> "EnrolRequest":
        """Read a request.

        Raises:
            WireError: it cannot be one.
        """
        fields = load(text)
        return cls(fields.text("secret"), fields.text("public_key"))


@dataclass(frozen=True, slots=True)
class EnrolReply:
    """Who the lane is from now on; a device enrolled again gets the next epoch, so seqs never collide."""

    device: str
    epoch: int
    store_id: str
    lane: str
    server_us: int

    def to_json(self) -> str:
        """Return the reply body."""
        return dump(
            {
                "device": self.device,
                "epoch": self.epoch,
                "store_id": self.store_id,
                "lane": self.lane,
                "server_us": self.server_us,
            }
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> "EnrolReply":
        """Read a reply.

        Raises:
            WireError: it cannot be one.
        """
        fields = load(text)
        return cls(
            device=fields.text("device"),
            epoch=fields.integer("epoch", minimum=1),
            store_id=fields.text("store_id"),
            lane=fields.text("lane"),
            server_us=fields.integer("server_us", minimum=0),
        )


def _check(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:_CHECK_LENGTH]


def _checked(text: str) -> bytes:
    letters = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError):
        raise WireError("code", text, "an enrolment code: letters and the digits 2 to 7") from None
    body, check = raw[:-_CHECK_LENGTH], raw[-_CHECK_LENGTH:]
    whole = base64.b32encode(raw).decode().rstrip("=") == letters.rstrip(
        "="
    )  # no stray bits in the last letter
    if len(body) <= 1 + FINGERPRINT_LENGTH + SECRET_LENGTH + 2 or _check(body) != check or not whole:
        raise WireError("code", text, "the whole enrolment code, without a slip")
    return body


def _packed(host: str) -> bytes:
    try:
        return b"\x04" + ipaddress.IPv4Address(host).packed
    except ValueError:
        return b"\x00" + host.encode("ascii")


def _unpacked(body: bytes) -> str:
    if body[:1] == b"\x04":
        return str(ipaddress.IPv4Address(body[1:]))
    return body[1:].decode("ascii")
