"""The tour: every scene a shopper can meet so far, played on the same stand as the demo's visit."""

from __future__ import annotations

from kiosk.bootstrap.shopper import Goods, Shopper, goods_of, pick
from kiosk.bootstrap.stand import LineSocket
from kiosk.bootstrap.words import assets

IDLE = {"idle_warning_s": 12, "countdown_s": 20}
"""The tour's shopper is less patient than a shop would be, so that waiting can be shown."""
TIMERS = {"t4_ms": 8000}
"""Nor does it wait three minutes for a terminal whose cable is pulled."""
_NOBODYS_CODE = "9520000999995"


def play(shopper: Shopper) -> None:
    """Play every scene, one visit after the other."""
    catalogue = goods_of(assets("demo", "catalogue.csv"))
    first, bottle, third = pick(catalogue)
    shopper.see("attract")
    _in_german(shopper, [first, bottle, third])
    _what_cannot_be_sold(shopper, first, next(each for each in catalogue if each.min_age))
    _refused_then_paid(shopper, first, bottle)
    _uncertain(shopper, third)
    _idle(shopper, first)
    _closed(shopper)


def _in_german(shopper: Shopper, goods: list[Goods]) -> None:
    shopper.touch("language_de")
    shopper.snap("Auf Deutsch")
    for each in goods:
        shopper.scan(each.gtin)
        shopper.see("basket")
    shopper.snap("Der Einkauf", rest_s=1.8)
    shopper.touch("access")
    shopper.snap("Bedienhilfen")
    shopper.touch("contrast")
    shopper.touch("close")
    shopper.snap("Hoher Kontrast")
    shopper.touch("pay")
    shopper.see("pay_choice")
    shopper.snap("Wie möchten Sie bezahlen?")
    shopper.touch("pay_card")
    shopper.see("follow_terminal")
    shopper.snap("Dem Lesegerät folgen")
    shopper.see("paid")
    shopper.touch("receipt_qr")
    shopper.see("receipt_qr")
    shopper.snap("Der Beleg auf dem Handy")
    shopper.touch("done")
    shopper.see("attract")


def _what_cannot_be_sold(shopper: Shopper, first: Goods, wine: Goods) -> None:
    shopper.scan(first.gtin)
    shopper.see("basket")
    shopper.scan(_NOBODYS_CODE)
    shopper.snap("A code nobody knows", rest_s=0.8)
    shopper.scan(wine.gtin)
    shopper.snap("A product for adults", rest_s=0.8)
    shopper.touch("help")
    shopper.snap("Help is asked for")
    shopper.touch("help")


def _refused_then_paid(shopper: Shopper, first: Goods, bottle: Goods) -> None:
    shopper.scan(first.gtin)
    shopper.scan(bottle.gtin)
    shopper.see("basket", text=bottle.name)
    with _terminal(shopper) as terminal:
        terminal.send({"on": "payment", "do": "decline", "code": "05"})
        shopper.touch("pay")
        shopper.touch("pay_card")
        shopper.see("not_paid")
        shopper.snap("Declined: nothing was charged")
        shopper.touch("try_again")
        shopper.see("pay_choice")
        shopper.touch("pay_card")
        shopper.see("paid")
    shopper.touch("receipt_none")
    shopper.see("goodbye")
    shopper.snap("Goodbye without a receipt")
    shopper.touch("done")
    shopper.see("attract")


def _uncertain(shopper: Shopper, third: Goods) -> None:
    shopper.scan(third.gtin)
    shopper.see("basket", text=third.name)
    with _terminal(shopper) as terminal:
        terminal.send({"on": "payment", "do": "slow", "delay_ms": 1500})
        shopper.touch("pay")
        shopper.touch("pay_card")
        shopper.see("follow_terminal")
        terminal.send({"key": "pull_cable"})
        shopper.see("checking")
        shopper.snap("The cable is pulled: we are checking", rest_s=1.5)
        terminal.send({"key": "plug_cable"})
        shopper.until(lambda: shopper.view()["screen"] in ("paid", "not_paid"), "the result of the check")
        shopper.snap("Checked")
        if shopper.view()["screen"] == "not_paid":
            shopper.touch("try_again")
            shopper.touch("pay_card")
            shopper.see("paid")
    shopper.touch("receipt_none")
    shopper.touch("done")
    shopper.see("attract")


def _idle(shopper: Shopper, first: Goods) -> None:
    shopper.scan(first.gtin)
    shopper.see("basket")
    shopper.see("basket", dialog="idle_warning")
    shopper.snap("Are you still there?", rest_s=1.0)
    shopper.touch("park")
    shopper.see("attract")


def _closed(shopper: Shopper) -> None:
    shopper.stand.kill("terminal")
    shopper.see("out_of_service")
    shopper.snap("The lane is closed while its terminal is away")
    shopper.stand.start("terminal")
    shopper.see("attract")
    shopper.snap("And open again by itself")


def _terminal(shopper: Shopper) -> LineSocket:
    return LineSocket(shopper.stand.places.control("terminal"))
