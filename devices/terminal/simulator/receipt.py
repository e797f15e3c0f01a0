"""The lines of a card receipt as the terminal composes them."""

from devices.terminal.simulator.dialog import Site
from devices.terminal.simulator.ledger import Closing, Entry, Record
from devices.terminal.simulator.profile import CARDS, Card

_TITLES = {"payment": "Zahlung", "refund": "Gutschrift", "reversal": "Storno"}


def card_named(name: str) -> Card:
    """The test card of that name; the first where none bears it."""
    return next((card for card in CARDS if card.name == name), CARDS[0])


def amount_text(amount: int, currency: str) -> str:
    """Minor units as a receipt shows them."""
    return f"{currency} {amount // 100},{amount % 100:02d}"


def receipt_lines(site: Site, record: Record, copy: str) -> list[str]:
    """The text of one receipt; `copy` is its heading (Händlerbeleg, Kundenbeleg)."""
    head = [f"* * {copy} * *", f"Terminal-ID: {site.identity.terminal_id}", f"TA-Nr. {record.trace:06d}"]
    when = [f"Datum {record.at:%d.%m.%Y}", f"Zeit {record.at:%H:%M:%S}"]
    if isinstance(record, Closing):
        return [
            *head,
            "Kassenschnitt",
            f"Anzahl {record.count}",
            f"Gesamt {record.total // 100},{record.total % 100:02d}",
            *when,
        ]
    return [*head, f"Beleg-Nr. {record.receipt:04d}", *_body(record), *when]


def _body(entry: Entry) -> list[str]:
    card = card_named(entry.card)
    outcome = (
        "Zahlung erfolgt" if entry.state in ("stored", "pending") else f"Nicht erfolgt ({entry.result:02X})"
    )
    return [
        f"{_TITLES[entry.kind]} {card.name}",
        amount_text(entry.amount, entry.currency),
        f"Nr. {'#' * (len(card.pan) - 4)}{card.last4}",
        f"AID {card.aid}",
        outcome,
    ]
