"""The contract between a lane and the backend: pure values, read and written."""

from kiosk.sync.wire.catalogue import (
    CataloguePage,
    Change,
    PriceEntry,
    ProductEntry,
    SettingEntry,
    TaxRateEntry,
)
from kiosk.sync.wire.enrolment import EnrolmentCode, EnrolReply, EnrolRequest
from kiosk.sync.wire.fields import WireError
from kiosk.sync.wire.journal_head import JOURNAL_HEAD, JournalHead
from kiosk.sync.wire.lane import LaneHeard, LaneSaid
from kiosk.sync.wire.push import Event, Push, PushReply, Rejected, sha256_of
from kiosk.sync.wire.sale import SALE, SaleLine, SaleRecord, SaleTax, SaleTender, encode_sale, sums_differ
from kiosk.sync.wire.signature import Signed

__all__ = [
    "JOURNAL_HEAD",
    "SALE",
    "CataloguePage",
    "Change",
    "EnrolReply",
    "EnrolRequest",
    "EnrolmentCode",
    "Event",
    "JournalHead",
    "LaneHeard",
    "LaneSaid",
    "PriceEntry",
    "ProductEntry",
    "Push",
    "PushReply",
    "Rejected",
    "SaleLine",
    "SaleRecord",
    "SaleTax",
    "SaleTender",
    "SettingEntry",
    "Signed",
    "TaxRateEntry",
    "WireError",
    "encode_sale",
    "sha256_of",
    "sums_differ",
]
