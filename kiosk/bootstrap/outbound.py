"""What leaves the lane, put into the wire's words for the store to keep."""

from __future__ import annotations

from kiosk.core import clock, receipts
from kiosk.domain.record import CompletedSale
from kiosk.store.journal import Head
from kiosk.sync.records import sale_record
from kiosk.sync.wire.journal_head import JOURNAL_HEAD, JournalHead
from kiosk.sync.wire.sale import SALE, encode_sale


class WireOutbound:
    """Writes sales and journal heads as the backend reads them.

    Attributes:
        lane: name of the lane.
        public_key: its Ed25519 public key, base64.
    """

    def __init__(self, lane: str, public_key: str) -> None:
        self._lane = lane
        self._public_key = public_key

    def sale(self, completed: CompletedSale) -> tuple[str, str]:
        """Give kind and body of a completed sale."""
        return SALE, encode_sale(sale_record(completed))

    def head(self, head: Head, signed_us: int) -> tuple[str, str]:
        """Give kind and body of a signed journal head."""
        told = JournalHead(self._lane, self._public_key, head.count, head.head, head.signature, signed_us)
        return JOURNAL_HEAD, told.to_json()

    def business_day(self, wall_us: int) -> str:
        """Give the local date."""
        return receipts.business_day(wall_us)

    def fresh_id(self) -> str:
        """Give a new UUIDv7."""
        return clock.fresh_id()
