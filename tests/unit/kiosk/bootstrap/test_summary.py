from pathlib import Path

from kiosk.bootstrap import summary
from kiosk.bootstrap.shopper import Step

SALE = {
    "lane": "lane-4",
    "receipt_no": "7",
    "currency": "EUR",
    "lines": [{"name": "Milk & <honey>", "quantity_milli": 2000, "total_minor": 258}],
    "deposit_minor": 25,
    "tax": [{"code": "reduced", "rate_thousandths": 7000, "tax_minor": 17}],
    "tenders": [{"card_name": "girocard", "method": "card", "last4": "1234", "amount_minor": 283}],
    "total_minor": 283,
}


def test_the_page_shows_every_step_the_receipt_and_the_sale(tmp_path: Path) -> None:
    steps = [Step("Scan: milk", "01-scan.png", 1.24), Step("Pay", "02-pay.png", 2.0)]
    page = summary.write(tmp_path, steps, tmp_path / "receipt.png", SALE, 12.3)
    text = page.read_text(encoding="utf-8")
    assert page == tmp_path / "summary.html"
    for each in ('src="01-scan.png"', "2. Pay", "1.2 s", 'src="receipt.png"', "12 seconds"):
        assert each in text
    for each in (
        "Milk &amp; &lt;honey&gt; × 2",
        "€2.58",
        "Deposit",
        "VAT 7 %",
        "girocard •••• 1234",
        "€2.83",
    ):
        assert each in text


def test_a_sale_without_deposit_or_card_name_has_no_empty_row(tmp_path: Path) -> None:
    plain = SALE | {
        "deposit_minor": 0,
        "tenders": [{"card_name": None, "method": "card", "last4": None, "amount_minor": 283}],
    }
    text = summary.write(tmp_path, [], tmp_path / "receipt.png", plain, 1.0).read_text(encoding="utf-8")
    assert "Deposit" not in text
    assert "card •••• " in text
    assert "None" not in text
