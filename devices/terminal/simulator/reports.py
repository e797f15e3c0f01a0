"""From a ledger record to the status information the till gets, true or bent by a script."""

import datetime as dt
from dataclasses import replace
from typing import Final

from devices.terminal.simulator import messages
from devices.terminal.simulator.dialog import Site
from devices.terminal.simulator.ledger import Closing, Entry, Record, net
from devices.terminal.simulator.profile import CARDS
from devices.terminal.simulator.receipt import card_named
from devices.terminal.simulator.script import StatusRule
from devices.terminal.simulator.wire import Apdu

PIN_FROM = 5_000
"""Minor units from which a contactless card asks for its PIN (the schemes' usual limit of 50.00)."""

_GROUPS = ({2, 5}, {4}, {6}, {8}, {10}, {12})
"""Card types of BMP 60's named groups: girocard, JCB, Mastercard, Amex, Visa, Diners; the rest follow."""


def _group(card_type: int) -> int:
    return next((index for index, group in enumerate(_GROUPS) if card_type in group), len(_GROUPS))


def single_totals(entries: list[Entry]) -> bytes:
    """BMP 60 over these entries: reversals and refunds count, their sums are taken off."""
    counts = [(0, 0)] * (len(_GROUPS) + 1)
    for entry in entries:
        index = _group(card_named(entry.card).type_id)
        count, total = counts[index]
        counts[index] = (count + 1, total + (entry.amount if entry.kind == "payment" else -entry.amount))
    receipts = [entry.receipt for entry in entries] or [0]
    return messages.single_totals(
        receipts[0], receipts[-1], [(count, max(total, 0)) for count, total in counts]
    )


def _sums(site: Site, at: dt.datetime, trace: int, batch: list[Entry]) -> messages.Status:
    return messages.Status(
        result=0,
        amount=max(net(batch), 0),
        trace=trace,
        time=f"{at:%H%M%S}",
        date=f"{at:%m%d}",
        terminal_id=site.identity.terminal_id,
        currency=site.identity.currency,
        merchant=site.identity.merchant,
        totals=single_totals(batch),
    )


def totals_of(site: Site) -> Apdu:
    """The 04 0F that answers 06 10: sums since the last end of day, under the last trace number used."""
    return messages.status_information(_sums(site, site.wall(), site.ledger.trace, site.ledger.batch()))


def _closing(site: Site, closing: Closing) -> messages.Status:
    stored = [
        entry for entry in site.ledger.entries if entry.state == "stored" and entry.seq <= closing.after_seq
    ]
    return _sums(site, closing.at, closing.trace, stored[len(stored) - closing.count :])


def _transaction(site: Site, entry: Entry) -> messages.Status:
    card, with_pin = card_named(entry.card), entry.amount >= PIN_FROM
    booked = entry.state in ("pending", "stored")
    with_tlv = site.registration is not None and site.registration.uses_tlv
    return messages.Status(
        result=entry.result,
        amount=entry.amount,
        trace=entry.trace,
        time=f"{entry.at:%H%M%S}",
        date=f"{entry.at:%m%d}",
        terminal_id=site.identity.terminal_id,
        currency=site.identity.currency,
        merchant=site.identity.merchant,
        receipt=entry.receipt,
        turnover=entry.turnover if booked else None,
        pan="*" * (len(card.pan) - 4) + card.last4,
        card_type=card.type_id,
        card_name=card.name,
        sequence=1,
        payment_type=0x70 if with_pin else 0x60,
        authorisation=f"{(entry.trace * 7919) % 1_000_000:06d}" if booked else None,
        text="Zahlung erfolgt" if booked else "Zahlung abgelehnt",
        host_result=entry.result if booked else None,
        original=entry.original,
        tlv=messages.emv_details(card.aid, card.label, online_pin=with_pin) if with_tlv else b"",
    )


def _bend(status: messages.Status, rule: StatusRule | None, card_name: str) -> messages.Status:
    pan = card_named(card_name).pan
    match rule.do if rule else None:
        case "wrong_amount":
            return replace(status, amount=status.amount + 1)
        case "wrong_terminal":
            return replace(status, terminal_id=f"{(int(status.terminal_id) + 1) % 10**8:08d}")
        case "wrong_currency":
            return replace(status, currency="0840" if status.currency != "0840" else "0978")
        case "clear_pan":
            track2 = messages.packed_pan(f"{pan}D30122010000")
            return replace(status, pan=pan, track2=track2, text=f"Karte {pan} gueltig bis 12/30")
        case _:
            return status


_TAILS: Final = {
    "unknown_tag": bytes.fromhex("06 05 DF 55 02 01 02"),
    "unknown_bmp": bytes.fromhex("99 01"),
    "long_text": bytes.fromhex("3C F3 F0 F0") + b"." * 300,
    "cut_short": bytes.fromhex("3C F0 F9 F9") + b"to be continued",
}
"""What these faults put behind a status: an unheard-of tag (legal), an unheard-of bitmap (whose length nobody
knows), a text that makes the length extended (legal), and a field that announces more than there is."""


def status_of(site: Site, record: Record, rule: StatusRule | None = None) -> Apdu:
    """The 04 0F for a record, with the fault a script wants in it."""
    if isinstance(record, Closing):
        status, card = _closing(site, record), CARDS[0].name
    else:
        status, card = _transaction(site, record), record.card
    apdu = messages.status_information(_bend(status, rule, card))
    return replace(apdu, data=apdu.data + _TAILS.get(rule.do if rule else "", b""))
