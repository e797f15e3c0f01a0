"""One page that tells a visit in pictures: every step, the receipt, and the sale as the shop has it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from babel.numbers import format_currency

from kiosk.bootstrap.shopper import Step
from kiosk.domain.money import Currency, Money
from kiosk.domain.receipt import percent
from kiosk.domain.tax import TaxRate

_STYLE: Final = """
:root { --ink:#131A17; --muted:#424E48; --accent:#005C46; --ground:#F6F5F1; --line:#E3E1D9 }
* { box-sizing: border-box }
body { margin: 0; padding: 48px; background: var(--ground); color: var(--ink);
  font: 17px/1.45 Inter, "Noto Sans", "DejaVu Sans", sans-serif }
h1 { font-size: 44px; margin: 0 0 6px } h2 { font-size: 26px; margin: 56px 0 18px }
p { margin: 0; color: var(--muted) }
ol { list-style: none; margin: 36px 0 0; padding: 0; display: grid; gap: 28px;
  grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)) }
figure { margin: 0; background: #fff; border: 1px solid var(--line); border-radius: 16px; overflow: hidden }
figure img { display: block; width: 100%; aspect-ratio: 9/16; object-fit: cover }
figcaption { padding: 12px 14px; font-weight: 600; font-size: 15px } figcaption small { color: var(--muted);
  font-weight: 400; float: right }
.end { display: grid; grid-template-columns: minmax(260px, 380px) 1fr; gap: 40px; align-items: start }
.end img { width: 100%; border-radius: 8px; border: 1px solid var(--line) }
table { border-collapse: collapse; width: 100%; background: #fff; border-radius: 16px; overflow: hidden }
td, th { padding: 10px 16px; text-align: left; border-bottom: 1px solid var(--line) }
td:last-child, th:last-child { text-align: right; font-variant-numeric: tabular-nums }
tr.total td { font-weight: 700; color: var(--accent); font-size: 20px }
@media (max-width: 760px) { body { padding: 20px } .end { grid-template-columns: 1fr } }
"""


def write(out: Path, steps: Sequence[Step], receipt: Path, sale: dict[str, Any], seconds: float) -> Path:
    """Write summary.html beside the pictures and give its path."""
    pictures = "".join(
        f'<li><figure><a href="{escape(step.picture)}"><img src="{escape(step.picture)}" '
        f'alt="{escape(step.title)}" loading="lazy"></a>'
        f"<figcaption>{number}. {escape(step.title)}<small>{step.seconds:.1f} s</small></figcaption>"
        "</figure></li>"
        for number, step in enumerate(steps, 1)
    )
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Checkstand: one visit</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        "<h1>One visit, end to end</h1>"
        "<p>Real processes, real protocols, real stores; only the hardware is simulated. "
        f"{seconds:.0f} seconds.</p>"
        f"<ol>{pictures}</ol>"
        '<h2>What is left</h2><div class="end">'
        f'<img src="{escape(receipt.name)}" alt="The printed receipt">'
        f'<div><p>The sale as the backend has it (<a href="sale.json">sale.json</a>):</p>{_table(sale)}'
        "</div></div></body></html>"
    )
    path = out / "summary.html"
    path.write_text(page, encoding="utf-8")
    return path


def _table(sale: dict[str, Any]) -> str:
    currency = Currency(sale["currency"])

    def money(minor: int) -> str:
        return str(format_currency(Money(minor, currency).as_decimal(), currency.code, locale="en"))

    rows = [("Receipt", f"{sale['lane']} · {sale['receipt_no']}")]
    rows += [
        (f"{line['name']} × {line['quantity_milli'] // 1000}", money(line["total_minor"]))
        for line in sale["lines"]
    ]
    rows += [("Deposit", money(sale["deposit_minor"]))] if sale["deposit_minor"] else []
    rows += [
        (f"VAT {percent(TaxRate(group['code'], group['rate_thousandths']))}", money(group["tax_minor"]))
        for group in sale["tax"]
    ]
    rows += [
        (
            f"{tender['card_name'] or tender['method']} •••• {tender['last4'] or ''}",
            money(tender["amount_minor"]),
        )
        for tender in sale["tenders"]
    ]
    cells = "".join(f"<tr><td>{escape(left)}</td><td>{escape(right)}</td></tr>" for left, right in rows)
    total = f'<tr class="total"><td>Total</td><td>{escape(money(sale["total_minor"]))}</td></tr>'
    return f"<table>{cells}{total}</table>"
