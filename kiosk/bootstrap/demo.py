"""`kiosk demo`: a whole stand with simulated devices; touch it, or watch a scripted shopper in pictures."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import webbrowser
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from kiosk.bootstrap import summary
from kiosk.bootstrap import tour as scenes
from kiosk.bootstrap.shopper import Shopper, goods_of, pick
from kiosk.bootstrap.stand import DAEMONS, SIMULATORS, Options, Places, Stand, StandError, await_that
from kiosk.bootstrap.words import assets

_BAD: Final = 1


def main(arguments: Sequence[str]) -> int:
    """Run the demo.

    Returns:
        0, or 1 with a sentence when a part of it did not come.
    """
    options = _parse(arguments)
    # Ended from outside it must end its processes too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    out: Path = options.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="checkstand-") as sockets:
        places = Places(out / "stand", Path(sockets))
        try:
            if _screen() and not options.headless:
                return _by_hand(places)
            return _by_script(places, out, tour=options.tour)
        except (StandError, OSError) as error:
            sys.stderr.write(f"kiosk demo: {error}\n")
            return _BAD
        except KeyboardInterrupt:
            return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kiosk demo", description="A stand with simulated devices.")
    parser.add_argument(
        "--out", type=Path, default=Path("demo-out"), help="where the pictures go (%(default)s)"
    )
    parser.add_argument("--headless", action="store_true", help="the scripted shopper, even with a screen")
    parser.add_argument("--tour", action="store_true", help="every scene instead of one visit")
    return parser.parse_args(arguments)


def _screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def opened(places: Places, options: Options) -> Stand:
    """Give a stand with its shop open, the lane enrolled and every daemon up; the lane is not started yet."""
    stand = Stand(places, options)
    try:
        stand.open_shop(assets("demo", "catalogue.csv"))
        stand.start(*SIMULATORS)
        for name in SIMULATORS:
            control = places.control(name.removesuffix("-sim"))
            await_that(control.exists, f"the simulated {name.removesuffix('-sim')}", places.log(name))
        stand.start(*DAEMONS)
    except BaseException:
        stand.stop()
        raise
    return stand


def _by_hand(places: Places) -> int:
    with opened(places, Options(offscreen=False, rehearsal=False, manual_terminal=True)) as stand:
        stand.start("lane", "desk")
        sys.stdout.write(
            f"The lane is in its window; the device desk is at http://127.0.0.1:{stand.ports['desk']}/\n"
            "Scan from the shelf there, work the terminal's keys, watch the paper. Close the window to end.\n"
        )
        sys.stdout.flush()
        webbrowser.open(f"http://127.0.0.1:{stand.ports['desk']}/")
        while stand.alive("lane"):
            time.sleep(0.2)
    return 0


def _by_script(places: Places, out: Path, *, tour: bool) -> int:
    began = time.monotonic()
    options = Options(idle=scenes.IDLE, timers=scenes.TIMERS) if tour else Options()
    with opened(places, options) as stand:
        stand.start("lane")
        with Shopper(stand, out) as shopper:
            _visit(shopper)
            receipt = _receipt(places, out)
            sale = _sale(places, out)
            if tour:
                scenes.play(shopper)
            steps = shopper.steps
    page = summary.write(out, steps, receipt, sale, time.monotonic() - began)
    sys.stdout.write(f"{len(steps)} pictures: {page} ({time.monotonic() - began:.0f} s)\n")
    return 0


def _visit(shopper: Shopper) -> None:
    """Scan three things, pay by card, take the receipt."""
    first, bottle, third = pick(goods_of(assets("demo", "catalogue.csv")))
    shopper.arrive()
    shopper.snap("Nobody is here yet")
    shopper.scan(first.gtin)
    shopper.see("basket", text=first.name)
    shopper.snap(f"Scan: {first.name}")
    shopper.scan(bottle.gtin)
    shopper.see("basket", text=bottle.name)
    shopper.snap(f"Scan: {bottle.name}, with deposit")
    shopper.touch("plus")
    shopper.scan(third.gtin)
    shopper.see("basket", text=third.name)
    shopper.snap(f"Scan: {third.name}", rest_s=1.6)
    shopper.touch("pay")
    shopper.see("pay_choice")
    shopper.snap("Choose how to pay")
    shopper.touch("pay_card")
    shopper.see("follow_terminal")
    shopper.snap("Follow the card reader")
    shopper.see("paid")
    shopper.snap("Paid, choose the receipt")
    shopper.touch("receipt_print")
    shopper.see("goodbye")
    shopper.snap("Take the receipt")


def _receipt(places: Places, out: Path) -> Path:
    paper = places.paper / "0001.png"
    await_that(paper.exists, "the receipt", places.log("printer"))
    kept = out / "receipt.png"
    shutil.copyfile(paper, kept)
    return kept


def _sale(places: Places, out: Path) -> dict[str, Any]:
    """Give the sale as the backend has it, read from the backend's own database."""
    found: list[dict[str, Any]] = []

    def arrived() -> bool:
        with closing(sqlite3.connect(f"file:{places.database}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT body FROM event WHERE kind = 'sale'").fetchall()
        found[:] = [json.loads(row[0]) for row in rows]
        return bool(found)

    await_that(arrived, "the sale at the backend", places.log("sync"))
    (out / "sale.json").write_text(json.dumps(found[0], ensure_ascii=False, indent=2), encoding="utf-8")
    return found[0]
