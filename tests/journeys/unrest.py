"""Sales by script while processes are killed at random: a plan of kills, and a patient shopper."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from tests.journeys import books
from tests.journeys.floor import BREAD, MILK, SODA, Article, Floor, logs

GOODS: Final = (MILK, SODA, BREAD)
_MOST_GOODS: Final = 3
_POLL_S: Final = 0.02
_PATIENCE_S: Final = 90.0
_MOST_SCANS: Final = 10
_SHOPPERS_PATIENCE_S: Final = 2.0
_SETTLED_S: Final = 0.5
"""A read that was under way when the lane was well again has arrived after this."""


class Moment(StrEnum):
    """What the shopper is doing when a process dies."""

    SCANNING = "scanning"
    PAYING = "paying"
    PRINTING = "printing"


EVERYTHING: Final = ("lane", "scanner", "printer", "terminal", "sync", "backend")
_PLUG: Final = "+".join(EVERYTHING)
"""All at once, as when the plug is pulled."""
VICTIMS: Final = {
    Moment.SCANNING: ("lane", "scanner", "sync", "backend", "terminal", "printer", _PLUG),
    Moment.PAYING: ("lane", "terminal", "lane+terminal", "sync", "backend", "printer", "scanner", _PLUG),
    Moment.PRINTING: ("printer", "lane", "lane+printer", "sync", "backend", "terminal", "scanner", _PLUG),
}
_WITHIN_S: Final = {Moment.SCANNING: 0.15, Moment.PAYING: 0.9, Moment.PRINTING: 0.3}
_CARD_MS: Final = (50, 200, 500)
_SLOW_CARD_MS: Final = 800
"""A payment that is to be struck takes long enough to be struck anywhere in it."""


@dataclass(frozen=True, slots=True)
class Struck:
    """A kill that was carried out, and whether what it was to strike was still going on then."""

    kill: Kill
    during: bool


@dataclass(frozen=True, slots=True)
class Kill:
    """Something dies with SIGKILL.

    Attributes:
        sale: number of the sale, from 1.
        moment: what the shopper is doing.
        victim: which process; several with a plus between.
        after_s: seconds after the shopper has begun to do it.
    """

    sale: int
    moment: Moment
    victim: str
    after_s: float


def _name(victim: str) -> str:
    return "everything" if victim == _PLUG else victim


def plan(seed: int, sales: int, each: int) -> list[Kill]:
    """Choose `each` kills of every moment, over different sales, the victims in turn."""
    dice = random.Random(seed)  # noqa: S311  a plan that can be had again, no secret
    kills = []
    for moment in Moment:
        victims = VICTIMS[moment]
        for n, sale in enumerate(sorted(dice.sample(range(1, sales + 1), each))):
            after_s = dice.uniform(0, _WITHIN_S[moment])
            kills.append(Kill(sale, moment, victims[n % len(victims)], after_s))
    return kills


class Shopper:
    """Buys one basket after the other, whatever dies."""

    def __init__(self, floor: Floor, kills: list[Kill], seed: int) -> None:
        self.floor = floor
        self.done: list[Struck] = []
        self._left = list(kills)
        self._dice = random.Random(seed)  # noqa: S311  as above
        self._sale = 0

    def buy(self) -> None:
        """Scan one to three things, pay them, take the receipt."""
        self._sale += 1
        # Nobody scans at a screen that says it is closed.
        self.floor.wait(self.floor.open_for_visits, "an open lane", _PATIENCE_S)
        goods = self._dice.choices(GOODS, k=self._dice.randint(1, _MOST_GOODS))
        owed = 0
        for n, article in enumerate(goods, 1):
            self._put(article, owed, last=n == len(goods))
            owed += article.price_minor
        self._pay(owed)
        self._take_receipt()

    def table(self) -> str:
        """Tell what was killed when, a line a kill."""
        head = f"{'sale':>5}  {'while':<9} {'after':>8}  killed"
        rows = [
            f"{struck.kill.sale:>5}  {struck.kill.moment:<9} {struck.kill.after_s * 1000:>5.0f} ms  "
            f"{_name(struck.kill.victim)}{'' if struck.during else ' (it was over by then)'}"
            for struck in self.done
        ]
        return "\n".join([head, *rows])

    def _due(self, moment: Moment) -> list[Kill]:
        return [kill for kill in self._left if (kill.sale, kill.moment) == (self._sale, moment)]

    def _strike(self, moment: Moment, going_on: Callable[[], bool]) -> bool:
        """Kill what the plan has for now, and start it again at once."""
        due = self._due(moment)
        for kill in due:
            self._left.remove(kill)
            time.sleep(kill.after_s)  # the random moment itself
            during = going_on()
            victims = kill.victim.split("+")
            self.floor.kill(*victims)
            self.floor.start(*victims)
            self.done.append(Struck(kill, during))
        return bool(due)

    def _paying(self) -> bool:
        told = self.floor.state_if_up()
        return told is not None and told["sale_state"] == "paying"

    def _printing(self) -> bool:
        return self._sale not in {sheet.receipt_no for sheet in books.paper(self.floor.places)}

    def _put(self, article: Article, owed: int, *, last: bool) -> None:
        """Scan an article until it is in the basket: what died with its reader is scanned again."""
        wanted = owed + article.price_minor
        for scans in range(1, _MOST_SCANS):
            self.floor.shopper.scan(article.gtin)
            disturbed = last and scans == 1 and self._strike(Moment.SCANNING, lambda: True)
            if self._arrived(wanted, disturbed=disturbed):
                break
        total = self._total()
        assert total >= wanted, self._failed(f"{article.name} was scanned {scans} times and never came")
        assert total == wanted or scans > 1, self._failed(f"one scan, {total} instead of {wanted}")
        while self._total() > wanted:
            # Scanned again while the first read was still on its way, as a shopper may: one goes back.
            self.floor.tap("minus")

    def _arrived(self, wanted: int, *, disturbed: bool) -> bool:
        """Wait for the total as long as a shopper would; after a kill until all is well and had its say."""
        began = time.monotonic()
        for _ in self._moments("the basket"):
            if self._total() >= wanted:
                return True
            well = self.floor.open_for_visits()
            if well and (disturbed or time.monotonic() > began + _SHOPPERS_PATIENCE_S):
                break
        until = time.monotonic() + _SETTLED_S
        while time.monotonic() < until:
            if self._total() >= wanted:
                return True
        return False

    def _total(self) -> int:
        told = self.floor.state_if_up()
        open_sale = told is not None and told["sale_state"] in ("open", "totalled")
        return int(told["total_minor"]) if told and open_sale else 0

    def _pay(self, owed: int) -> None:
        """Press on until the sale is paid."""
        struck = self._due(Moment.PAYING) == []
        self.floor.card(delay_ms=self._dice.choice(_CARD_MS) if struck else _SLOW_CARD_MS)
        for told in self._moments("paid"):
            match told["screen"]:
                case "basket" if told["total_minor"] == owed:
                    self.floor.tap("pay")
                case "pay_choice":
                    if self.floor.tap("pay_card") and not struck:
                        struck = True
                        self._strike(Moment.PAYING, self._paying)
                case "not_paid":
                    self.floor.tap("try_again")
                case "follow_terminal" | "checking":
                    continue
                case "paid" | "goodbye" | "receipt_qr":
                    return
                case other:
                    raise AssertionError(self._failed(f"paying led to the scene {other}"))

    def _take_receipt(self) -> None:
        """Choose paper, and stay until the lane has heard it."""
        struck = False
        for told in self._moments("the goodbye"):
            if told["screen"] != "paid":
                return
            if self.floor.tap("receipt_print") and not struck:
                struck = True
                self._strike(Moment.PRINTING, self._printing)

    def _moments(self, what: str) -> Iterator[dict[str, Any]]:
        """Look at the lane again and again, as often as it answers."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            told = self.floor.state_if_up()
            if told is not None:
                yield told
            time.sleep(_POLL_S)
        raise AssertionError(self._failed(f"{what} did not come within {_PATIENCE_S:.0f} s"))

    def _failed(self, what: str) -> str:
        return f"sale {self._sale}: {what}\n{self.table()}\n{logs(self.floor.places)}"


def run(floor: Floor, sales: int, kills: list[Kill], seed: int, say: Callable[[str], None]) -> Shopper:
    """Make the sales; tells what was killed when."""
    shopper = Shopper(floor, kills, seed)
    began = time.monotonic()
    try:
        for _ in range(sales):
            shopper.buy()
    finally:
        say(f"{shopper.table()}\n{sales} sales, {len(shopper.done)} kills, {time.monotonic() - began:.0f} s")
    return shopper
