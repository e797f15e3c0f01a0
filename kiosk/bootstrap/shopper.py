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
        rehearsal = stand.places.sockets / "rehearsal.sock"
        await_that(rehearsal.exists, "the screen", stand.places.log("lane"))
        self._screen = LineSocket(rehearsal)
        self._scanner = LineSocket(stand.places.control("scanner"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._screen.close()
        self._scanner.close()

    def scan(self, code: str) -> None:
        """Hold a barcode in front of the glass."""
        self._scanner.ask({"scan": code})

    def touch(self, name: str) -> None:
        """Lay a finger on a target by its name, once it is there to be touched.

        Raises:
            StandError: it never was.
        """
        sentence = ""

        def touched() -> bool:
            nonlocal sentence
            answer = self._screen.ask({"touch": name})
            sentence = str(answer.get("error", ""))
            return bool(answer["ok"])

        try:
            await_that(touched, f"the target {name!r}", self.stand.places.log("lane"), _PATIENCE_S)
        except StandError as error:
            raise StandError(f"{error} ({sentence})") from error

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
    """Choose three for the story: something to eat, something in a deposit bottle, something more."""
    plain = [each for each in goods if not each.deposit and not each.min_age]
    bottle = next(each for each in goods if each.deposit and not each.min_age)
    return [plain[0], bottle, plain[len(plain) // 2]]
