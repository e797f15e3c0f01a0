"""What the presenters need to know of the shop and the lane, from the config."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final
from zlib import crc32

from kiosk.domain import receipt
from kiosk.domain.catalogue import Product
from kiosk.ui.palette_table import PICTURE_GROUNDS
from kiosk.ui.presenters.views import PictureView

__all__ = ["Lane"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane this screen stands at.

    Attributes:
        shop: Who sells.
        number: Of the lane, as it stands on its sign and in receipt numbers.
        theme: `light` or `dark`.
        country: ISO 3166-1 alpha-2 of the shop; empty for none in particular.
        zone: Time zone of the shop.
        pictures: Folder of the product pictures, one `<key>.png` each; empty for none.
        attract: Picture keys of the attract scene.
        pin_least: Digits a PIN has at least.
        pin_most: Digits a PIN has at most.
    """

    shop: receipt.Shop
    number: str
    theme: str = "light"
    country: str = ""
    zone: tzinfo = UTC
    pictures: str = ""
    attract: tuple[str, ...] = ()
    pin_least: int = 4
    pin_most: int = 8

    def local(self, wall_us: int) -> datetime:
        """Give the shop's local time of a moment in microseconds of UTC."""
        return (_EPOCH + timedelta(microseconds=wall_us)).astimezone(self.zone)

    def picture(self, key: str | None, name: str) -> PictureView:
        """Give the picture of a key; its tint depends on the key alone, so that a product keeps it."""
        path = f"{self.pictures}/{key}.png" if key and self.pictures else ""
        ground = PICTURE_GROUNDS[crc32((key or name).encode()) % len(PICTURE_GROUNDS)]
        return PictureView(path, ground, name[:1].upper())

    def picture_of(self, product: Product, language: str) -> PictureView:
        """Give a product's picture."""
        return self.picture(product.picture, product.name(language))
