"""The acts that write: done here when nobody holds the database, through the server's socket when it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from backend.catalog.publish import Offer, Published, publish
from backend.catalog.shop import setting
from backend.enrolment.codes import check_name, issue
from backend.errors import UserError
from backend.storage.clock import now_us
from backend.storage.house import House
from kiosk.sync.wire import EnrolmentCode
from kiosk.sync.wire.enrolment import FINGERPRINT_LENGTH

ADDRESS = "address"
"""The setting that keeps the address the server was last reached under, as http(s)://host:port."""


@dataclass(frozen=True, slots=True)
class ImportShop:
    """What an import needs to know of the shop."""

    currency: str
    language: str
    tax_codes: tuple[str, ...]


class Acts(Protocol):
    """What both ways can do."""

    def shop(self) -> ImportShop:
        """Tell what the shop reckons in."""

    def publish(self, offers: Sequence[Offer]) -> Published:
        """Put products into the catalogue, in one transaction."""

    def enrol(self, lane: str) -> tuple[str, int]:
        """Give out a one-time code: its text, and when it expires in microseconds since 1970 UTC.

        Raises:
            UserError: no such name, or no address to put into the code yet.
        """


class HereActs:
    """Acts on the database itself; for whoever holds it."""

    def __init__(self, house: House, fingerprint: bytes) -> None:
        self._house = house
        self._fingerprint = fingerprint

    def shop(self) -> ImportShop:
        """See Acts."""
        shop = self._house.shop
        return ImportShop(shop.currency, shop.language, tuple(shop.tax))

    def publish(self, offers: Sequence[Offer]) -> Published:
        """See Acts."""
        store_id = self._house.shop.store_id
        return self._house.writer.run(lambda connection: publish(connection, store_id, offers))

    def enrol(self, lane: str) -> tuple[str, int]:
        """See Acts."""
        name = check_name(lane)
        store_id = self._house.shop.store_id
        address = self._house.writer.run(lambda connection: setting(connection, store_id, ADDRESS))
        if address is None:
            raise UserError(
                "the backend has no address yet: start kiosk-backend serve once, then ask for the code"
            )
        secret, expires_us = self._house.writer.run(
            lambda connection: issue(connection, store_id, name, now_us())
        )
        return _code(address, self._fingerprint, secret).to_text(), expires_us


def _code(address: str, fingerprint: bytes, secret: bytes) -> EnrolmentCode:
    scheme, _, rest = address.partition("://")
    host, _, port = rest.rpartition(":")
    tls = scheme == "https"
    print_of_ca = fingerprint if tls else bytes(FINGERPRINT_LENGTH)
    return EnrolmentCode(host.strip("[]"), int(port), print_of_ca, secret, tls)


def published_values(published: Published) -> Mapping[str, object]:
    """Return a Published as JSON values."""
    return {
        "changed": published.changed,
        "refused": {str(at): reason for at, reason in published.refused.items()},
    }
