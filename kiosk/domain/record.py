"""A completed sale as it leaves the lane."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.sale import Sale


@dataclass(frozen=True, slots=True)
class CompletedSale:
    """A completed sale with what the lane alone knows of it.

    Attributes:
        sale: completed; its receipt number is set.
        lane: name of the lane.
        business_day: ISO date the sale is booked to.
        opened_us: UTC microseconds.
        completed_us: UTC microseconds.
        language: ISO 639-1 code of the visit.
    """

    sale: Sale
    lane: str
    business_day: str
    opened_us: int
    completed_us: int
    language: str

    @property
    def catalogue_version(self) -> int:
        """The newest price version among the lines."""
        return max((line.product.price_version for line in self.sale.basket.lines), default=0)
