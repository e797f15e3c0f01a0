"""The body of a "journal_head" event: how far the lane's audit journal went, signed by the lane."""

from dataclasses import asdict, dataclass
from typing import Final

from kiosk.sync.wire.fields import dump, load

JOURNAL_HEAD: Final = "journal_head"
"""The kind of an outbox event that carries a JournalHead."""


@dataclass(frozen=True, slots=True)
class JournalHead:
    """The number of journal entries and the hash of the newest, with the lane's Ed25519 signature.

    public_key and signature: base64. head: hex SHA-256. signed_us: microseconds since 1970 UTC.
    """

    lane: str
    public_key: str
    count: int
    head: str
    signature: str
    signed_us: int

    def to_json(self) -> str:
        """Return the outbox body."""
        return dump(asdict(self))

    @classmethod
    def from_json(cls, body: str) -> "JournalHead":
        """Read a body; unknown fields are passed over.

        Raises:
            WireError: the body cannot be a journal head.
        """
        fields = load(body)
        return cls(
            lane=fields.text("lane"),
            public_key=fields.text("public_key"),
            count=fields.integer("count", minimum=0),
            head=fields.text("head"),
            signature=fields.text("signature"),
            signed_us=fields.integer("signed_us"),
        )
