"""A scripted shopper: scans at the simulated scanner, touches the real screen, keeps pictures."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from kiosk.bootstrap.stand import LineSocket, Stand, StandError, await_that

_PATIENCE_S: Final = 30.0
_SETTLE_S: Final = 0.45
"""After a change the screen moves for under 0.2 s; a picture is taken when it has come to rest."""


@dataclass(frozen=True)
class Step:
    """One picture of the story.

    Attributes:
        title: what the shopper does.
        picture: file name.
        seconds: since the story began.
    """

    title: str
    picture: str
    seconds: float


class Shopper:
    """Acts at one stand; use as a context."""

    def __init__(self, stand: Stand, out: Path) -> None:
        self.stand = stand
        self.steps: list[Step] = []
        self._out = out
        self._began = time.monotonic()
        self._refusal = ""
        self._screen = self._reach("the screen", stand.places.sockets / "rehearsal.sock", "lane")
        self._scanner = self._reach("the scanner", stand.places.control("scanner"), "scanner-sim")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._screen.close()
        self._scanner.close()

    def _reach(self, what: str, path: Path, process: str) -> LineSocket:
        """Connect to a process that may still be starting: its socket may be there before it listens."""
        found: list[LineSocket] = []

        def answered() -> bool:
            try:
                found.append(LineSocket(path))
            except (FileNotFoundError, ConnectionRefusedError):
                return False
            return True

        await_that(answered, what, self.stand.places.log(process))
        return found[0]

    def arrive(self) -> None:
        """Come to a lane whose every part is ready, as a shop opens it.

        Raises:
            StandError: it never was.
        """
        wanted = {"scanner", "printer", "terminal", "sync", "catalogue"}
        health: dict[str, bool] = {}

        def ready() -> bool:
            health.update(self.stand.health())
            return wanted <= {name for name, ok in health.items() if ok}

        try:
            await_that(ready, "a lane that is ready", self.stand.places.log("lane"), _PATIENCE_S)
        except StandError as error:
            raise StandError(f"{error} (parts: {health})") from error
        self.see("attract")

    def scan(self, code: str) -> None:
        """Hold a barcode in front of the glass."""
        self._scanner.ask({"scan": code})

    def touch(self, name: str) -> None:
        """Lay a finger on a target by its name, once it is there to be touched.

        Raises:
            StandError: it never was.
        """
        try:
            self.until(lambda: self.tap(name), f"the target {name!r}")
        except StandError as error:
            raise StandError(f"{error} ({self._refusal})") from error

    def tap(self, name: str) -> bool:
        """Lay a finger on a target, once; tells whether it was there to be touched."""
        answer = self._screen.ask({"touch": name})
        self._refusal = str(answer.get("error", ""))
        return bool(answer["ok"])

    def see(self, screen: str, **more: Any) -> None:  # noqa: ANN401  dialog, revision and text of the rehearsal port
        """Wait for a scene.

        Raises:
            StandError: it did not come.
        """
        asked = {"wait": {"screen": screen, **more}, "timeout_ms": int(_PATIENCE_S * 1000)}
        answer = self._screen.ask(asked)
        if not answer["ok"]:
            raise StandError(f"expected the scene {screen} {more or ''}: {answer['error']}")

    def view(self) -> dict[str, Any]:
        """Give what is on the screen."""
        view: dict[str, Any] = self._screen.ask({"view": True})["view"]
        return view

    def snap(self, title: str, *, rest_s: float = _SETTLE_S) -> None:
        """Keep a picture of the screen."""
        time.sleep(rest_s)
        slug = "-".join("".join(each if each.isalnum() else " " for each in title.lower()).split())
        name = f"{len(self.steps) + 1:02d}-{slug}.png"
        answer = self._screen.ask({"screenshot": str(self._out / name)})
        if not answer["ok"]:
            raise StandError(f"picture {name}: {answer['error']}")
        self.steps.append(Step(title, name, time.monotonic() - self._began))

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for something off the screen."""
        await_that(holds, what, self.stand.places.log("lane"), _PATIENCE_S)


@dataclass(frozen=True)
class Goods:
    """A product of the demo catalogue, as its file tells it."""

    gtin: str
    name: str
    price: str
    deposit: str
    min_age: int
    category: str


def goods_of(catalogue: Path) -> list[Goods]:
    """Read what a shopper can scan by the piece."""
    with catalogue.open(encoding="utf-8", newline="") as file:
        return [
            Goods(
                row["gtin"],
                row["name"],
                row["price"],
                row.get("deposit") or "",
                int(row.get("min_age") or 0),
                row.get("category") or "",
            )
            for row in csv.DictReader(file)
            if (row.get("unit") or "piece") == "piece" and row["price"] and row["gtin"]
        ]


def pick(goods: list[Goods]) -> list[Goods]:
    """Choose three for the story: bread, something in a deposit bottle, something from the dairy."""
    plain = [each for each in goods if not each.deposit and not each.min_age]
    bread = next((each for each in plain if each.category == "bakery"), plain[0])
    milk = next((each for each in plain if each.category == "dairy"), plain[-1])
    bottle = next(each for each in goods if each.deposit and not each.min_age)
    return [bread, bottle, milk]
