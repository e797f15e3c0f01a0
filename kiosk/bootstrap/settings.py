"""The configuration, put into the words of the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.checkout.intents import ReceiptChoice
from kiosk.checkout.session import Policy
from kiosk.core.receipts import Place
from kiosk.domain.money import Currency
from kiosk.domain.receipt import Shop

if TYPE_CHECKING:
    from kiosk.config import LaneTables


def policy_of(settings: LaneTables) -> Policy:
    """Give the settings a visit goes by; the shop's own language first."""
    lane = settings.lane
    languages = (lane.language, *(each for each in lane.languages if each != lane.language))
    paper = settings.receipt.policy == "paper"
    return Policy(
        currency=Currency(lane.currency),
        languages=languages,
        empty_s=lane.empty_idle_s,
        idle_s=lane.idle_warning_s,
        countdown_s=lane.countdown_s,
        goodbye_s=lane.thanks_s,
        receipt_choices=(ReceiptChoice.PRINT,) if paper else tuple(ReceiptChoice),
    )


def shop_of(settings: LaneTables) -> Shop:
    """Give who sells, for receipts."""
    lane, receipt = settings.lane, settings.receipt
    return Shop(lane.shop, (*lane.address, *receipt.header), lane.vat_id or "", receipt.footer)


def place_of(settings: LaneTables) -> Place:
    """Give where receipts are written."""
    return Place(shop_of(settings), str(settings.lane.number), settings.lane.country)
