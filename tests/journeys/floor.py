"""A stand of real processes for journeys: opened quickly, with goods of its own, and hands on every part."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from devices.link.client import Client, LinkLostError
from devices.link.contracts import contract
from kiosk.bootstrap.shopper import Shopper
from kiosk.bootstrap.stand import (
    DAEMONS,
    SIMULATORS,
    LineSocket,
    Options,
    Places,
    Stand,
    StandError,
    await_that,
)
from kiosk.domain.barcode import check_digit
from tests.journeys import books

PIN: Final = "4711"
UNKNOWN: Final = "9520000999992"
TIMERS: Final = {"t2_ms": 1000, "t3_ms": 1000, "t4_ms": 4000}
"""A terminal that makes up its mind in seconds: a payment nobody answers is decided after t4 and t3."""
IDLE: Final = {"thanks_s": 2, "empty_idle_s": 600, "idle_warning_s": 600}
CHEAP: Final = {"KIVY_GL_BACKEND": "mock"}
"""Views, layout and touches are as on a real screen; only the drawing goes nowhere."""


def _gtin(number: int) -> str:
    body = f"0952000{number:05d}"
    return f"{body}{check_digit(body)}"


@dataclass(frozen=True, slots=True)
class Article:
    """Something on the shelf."""

    gtin: str
    name: str
    price_minor: int
    row: str


def _article(number: int, name: str, minor: int, row: str) -> Article:
    return Article(_gtin(number), name, minor, f"{_gtin(number)},{name},{row}")


MILK: Final = _article(1, "Whole milk", 129, "1.29,reduced,,,dairy,piece")
SODA: Final = _article(2, "Lemon soda", 144, "1.19,standard,0.25,,drinks,piece")
BREAD: Final = _article(3, "Rye bread", 349, "3.49,reduced,,,bakery,piece")
WINE: Final = _article(4, "Red wine", 599, "5.99,standard,,16,drinks,piece")
MYSTERY: Final = _article(5, "Mystery box", 0, ",standard,,,other,piece")
SHELF: Final = (MILK, SODA, BREAD, WINE, MYSTERY)


class Floor:
    """One stand, and one shopper after the other in front of it."""

    def __init__(self, root: Path, sockets: Path, options: Options) -> None:
        self.root = root
        self.places = Places(root, sockets)
        self.stand = Stand(self.places, options)
        self.shopper: Shopper
        self._printed: list[int] = []

    def open(self) -> None:
        """Start everything, in the order of a shop that opens."""
        shelf = self.root / "shelf.csv"
        rows = [article.row for article in SHELF]
        shelf.write_text("\n".join(["gtin,name,price,tax,deposit,min_age,category,unit", *rows]) + "\n")
        self.stand.start(*SIMULATORS)
        self.stand.open_shop(shelf)
        self._hire("Mia Berg", PIN)
        self.stand.start(*DAEMONS, "lane")
        self.enter()
        self.until_ready()

    def enter(self) -> None:
        """Have the shopper step in front of the screen."""
        self.shopper = Shopper(self.stand, self.root)

    def close(self) -> None:
        """End everything."""
        if hasattr(self, "shopper"):
            self.shopper.__exit__()
        self.stand.stop()

    def _hire(self, name: str, pin: str) -> None:
        command = [sys.executable, "-m", "kiosk", "people", "add", name, "--config", str(self.places.config)]
        subprocess.run(command, input=f"{pin}\n", text=True, check=True, capture_output=True)

    # Hands on the parts.

    def restart(self, name: str) -> None:
        """Kill a process with SIGKILL and start it again at once."""
        self.kill(name)
        if name in DAEMONS:
            self.wait(lambda: not self.part_ok(name), f"a lane that misses {name}")
        self.start(name)

    def kill(self, *names: str) -> None:
        """Kill processes with SIGKILL."""
        if "lane" in names:
            self.shopper.__exit__()
        for name in names:
            self.stand.kill(name)

    def start(self, *names: str) -> None:
        """Start processes again."""
        self.stand.start(*names)
        if "lane" in names:
            self.enter()

    def card(self, do: str = "approve", **more: Any) -> None:
        """Say how the next payment goes."""
        self.tell("terminal", on="payment", do=do, **{"delay_ms": 300, **more})

    def tell(self, device: str, **line: Any) -> None:
        """Give a simulator a line of its script, in force at once."""
        with closing(LineSocket(self.places.control(device))) as control:
            control.receive()  # how things stand
            control.send(line)
            if device == "terminal":
                answer = self._answer(control)
                assert "error" not in answer, answer

    @contextmanager
    def stalled_printer(self, at_byte: int) -> Iterator[Callable[[], None]]:
        """Let the printer take so many bytes and no more; gives a wait until it stands, resumes after."""
        with closing(LineSocket(self.places.control("printer"))) as control:
            control.receive()
            control.send({"at_byte": at_byte, "do": "stall"})

            def stands() -> None:
                while control.receive() != {"event": "done", "do": "stall"}:
                    pass

            yield stands
            control.send({"do": "resume"})

    @staticmethod
    def _answer(control: LineSocket) -> dict[str, Any]:
        while True:
            told = control.receive()
            if {"accepted", "ignored", "error"} & told.keys():
                return told

    # What a shopper does.

    def until_ready(self) -> None:
        """Wait until a visit can begin and be paid."""
        self.shopper.see("attract")
        self.shopper.until(self.healthy, "a lane whose parts are all well")

    def healthy(self) -> bool:
        """Tell whether every part of the lane says it is ready."""
        health = self.health()
        return health is not None and all(part["ok"] for part in health["parts"])

    def open_for_visits(self) -> bool:
        """Tell whether everything is well that a visit needs."""
        health = self.health()
        needed = ("scanner", "terminal", "catalogue")
        return health is not None and all(part["ok"] for part in health["parts"] if part["name"] in needed)

    def part_ok(self, name: str) -> bool:
        """Tell whether one part of the lane says it is ready."""
        health = self.health()
        return health is not None and any(part["ok"] for part in health["parts"] if part["name"] == name)

    def health(self) -> dict[str, Any] | None:
        """Ask the lane how its parts are."""
        return self._ask_lane("Health")

    def state(self) -> dict[str, Any]:
        """Ask the lane how its sale stands."""
        told = self.state_if_up()
        assert told is not None, "the lane does not answer"
        return told

    def state_if_up(self) -> dict[str, Any] | None:
        """Ask the lane how its sale stands; None while it does not answer."""
        return self._ask_lane("State")

    def scenes(self) -> list[str]:
        """Give the scenes the lane has been in, as its log tells them; the shortest ones too."""
        log = self.places.log("lane").read_text(errors="replace")
        return [line.rpartition(" -> ")[2] for line in log.splitlines() if " -> " in line]

    def tap(self, name: str) -> bool:
        """Lay a finger where a target should be, once; tells whether it was there to be touched."""
        return self.shopper.tap(name)

    def _ask_lane(self, method: str) -> dict[str, Any] | None:
        async def ask() -> dict[str, Any] | None:
            interface = contract("org.checkstand.Lane1")
            try:
                async with await Client.open(self.places.sockets / "lane.sock", interface) as lane:
                    return await lane.call(method)
            except LinkLostError:
                return None

        return asyncio.run(ask())

    def scan(self, *articles: Article) -> None:
        """Scan goods, one after the other as each is in the basket."""
        for article in articles:
            told = self.state()
            owed = (
                told["total_minor"] if told["sale_state"] in ("open", "totalled") else 0
            ) + article.price_minor
            self._scan_until(article, owed)
            self.shopper.see("basket", text=article.name)

    def _scan_until(self, article: Article, owed: int) -> None:
        """Scan, and scan again what the scanner could not vouch for, as a shopper would."""
        for patience_s in (4, 4, 30):
            self.shopper.scan(article.gtin)
            try:
                self.wait(
                    lambda: self.state()["total_minor"] == owed, f"{article.name} in the basket", patience_s
                )
            except StandError:
                if patience_s > 4:
                    raise
            else:
                return

    def pay(self) -> None:
        """Press Pay and choose the card."""
        self.shopper.touch("pay")
        self.shopper.see("pay_choice")
        self.shopper.touch("pay_card")

    def take_receipt(self, choice: str = "print") -> None:
        """Choose the receipt on the paid screen; paper is remembered for the books."""
        self.shopper.see("paid")
        if choice == "print":
            self.expect_paper()
        self.shopper.touch(f"receipt_{choice}")
        self.shopper.see("receipt_qr" if choice == "qr" else "goodbye")

    def expect_paper(self) -> None:
        """Remember for the books that the last sale's receipt must come out."""
        self._printed.append(books.at_lane(self.places)[-1].receipt_no)

    def leave(self) -> None:
        """Let the visit end."""
        self.shopper.touch("done")
        self.shopper.see("attract")

    def visit(self, *articles: Article, **card: Any) -> None:
        """Buy goods by card and take the receipt on paper."""
        self.card(**card)
        self.scan(*articles)
        self.pay()
        self.take_receipt()

    def books_agree(self) -> list[books.Sale]:
        """Hold everybody's books against each other; gives the sales."""
        return books.agree(self.places, self._printed)

    def wait(self, holds: Any, what: str, seconds: float = 30.0) -> None:
        """Wait for something off the screen."""
        await_that(holds, what, self.places.log("lane"), seconds)


@contextmanager
def opened(root: Path, options: Options | None = None) -> Iterator[Floor]:
    """Give an open stand and end it afterwards, with the logs left under the root."""
    chosen = options or Options(timers=TIMERS, idle=IDLE, environment=CHEAP)
    with tempfile.TemporaryDirectory(prefix="cs-") as sockets:
        floor = Floor(root, Path(sockets), chosen)
        try:
            floor.open()
            yield floor
        finally:
            floor.close()


def logs(places: Places) -> str:
    """Give the last lines of every log, for a test that failed."""
    parts = []
    for log in sorted((places.root / "logs").glob("*.log")):
        tail = log.read_text(errors="replace").splitlines()[-12:]
        parts.append(f"== {log.name}\n" + "\n".join(tail))
    return "\n".join(parts)
