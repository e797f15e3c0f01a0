"""What a visit needs of the world, as the running session sees it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.checkout.effects import AnyStoreEffect, Sound
from kiosk.checkout.events import ReadRef
from kiosk.checkout.intents import Settlement
from kiosk.domain.approval import Approval
from kiosk.domain.barcode import Gtin
from kiosk.domain.catalogue import Product
from kiosk.domain.money import Money


class Catalogue(Protocol):
    """What the shop sells now."""

    def find(self, gtin: Gtin) -> Product | None:
        """Look an article number up; None where the shop does not have it."""


class StoredSale(Protocol):
    """A sale that has just been completed."""

    @property
    def sale_id(self) -> str:
        """The lane's id of it."""

    @property
    def receipt_no(self) -> int:
        """The gap-free number it got."""

    @property
    def outbox_seq(self) -> int:
        """The number of its push event."""


class Book(Protocol):
    """The lane's own book of sales."""

    def commit(self, effects: Sequence[AnyStoreEffect]) -> StoredSale | None:
        """Make these durable, all or none; tells of a sale completed by them."""


class ScannerPort(Protocol):
    """The scanner daemon."""

    def acknowledge(self, read: ReadRef) -> None:
        """It may forget a read."""


class TerminalPort(Protocol):
    """The terminal daemon; none of these waits, what comes of them comes back as events."""

    def authorize(self, attempt_id: str, amount: Money, *, printer_ready: bool) -> None:
        """Ask for money."""

    def cancel(self, attempt_id: str) -> None:
        """The shopper wants out."""

    def settle(self, attempt_id: str) -> None:
        """The outcome is durable here."""

    def resolve(self, attempt_id: str, outcome: Settlement, approval: Approval) -> None:
        """A person found out."""


class PrinterPort(Protocol):
    """The printer daemon."""

    def print_receipt(self, sale_id: str) -> None:
        """Print a completed sale's receipt, once."""


class StaffPort(Protocol):
    """Who is who among the staff."""

    def check(self, pin: str) -> None:
        """Find out whose PIN it is; the answer is an event."""


class SpeakerPort(Protocol):
    """The loudspeaker."""

    def play(self, sound: Sound) -> None:
        """Play a sound."""
