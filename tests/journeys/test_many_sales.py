"""Sales by script through the real processes while these are killed at random: nothing is lost or doubled."""

import os
from collections import Counter
from pathlib import Path

import pytest

from kiosk.bootstrap.stand import Options
from tests.journeys import books, unrest
from tests.journeys.floor import CHEAP, IDLE, Floor, opened
from tests.journeys.unrest import VICTIMS, Kill, Moment, Struck

SEED = 20261123
SEEDS = [int(seed) for seed in os.environ.get("CHECKSTAND_SEEDS", str(SEED)).split()]
TIMERS = {"t2_ms": 1000, "t3_ms": 1000, "t4_ms": 2000}

pytestmark = pytest.mark.journey


def everything_is_once(floor: Floor, sales: int) -> None:
    """Each sale at the backend once, equal sums everywhere, each receipt once or once and a marked copy."""
    numbers = list(range(1, sales + 1))
    books.wait_for_paper(floor.places, numbers, 120)
    books.wait_for_backend(floor.places, 120)
    assert len(books.agree(floor.places, numbers)) == sales


def sales_with_kills(root: Path, sales: int, kills: list[Kill], seed: int = SEED) -> list[Struck]:
    with opened(root, Options(timers=TIMERS, idle=IDLE, environment=CHEAP)) as floor:
        shopper = unrest.run(floor, sales, kills, seed, print)
        assert len(shopper.done) == len(kills)
        everything_is_once(floor, sales)
        return shopper.done


def test_the_plan_reaches_every_process_at_every_moment() -> None:
    kills = unrest.plan(SEED, 100, 12)
    assert Counter(kill.moment for kill in kills) == dict.fromkeys(Moment, 12)
    assert {(kill.moment, kill.victim) for kill in kills} == {
        (moment, victim) for moment in Moment for victim in VICTIMS[moment]
    }
    assert kills == unrest.plan(SEED, 100, 12)


def test_six_sales_with_a_kill_while_scanning_paying_and_printing(tmp_path: Path) -> None:
    kills = [
        Kill(2, Moment.SCANNING, "lane", 0.03),
        Kill(3, Moment.PAYING, "terminal", 0.30),
        Kill(4, Moment.PRINTING, "printer", 0.10),
        Kill(5, Moment.PAYING, "lane", 0.25),
    ]
    sales_with_kills(tmp_path, 6, kills)


@pytest.mark.smoke
@pytest.mark.long
def test_three_sales_with_a_kill_each(tmp_path: Path) -> None:
    kills = [
        Kill(1, Moment.SCANNING, "scanner", 0.02),
        Kill(2, Moment.PAYING, "lane", 0.20),
        Kill(3, Moment.PRINTING, "printer", 0.05),
    ]
    sales_with_kills(tmp_path, 3, kills)


@pytest.mark.long
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_hundred_sales_with_ten_kills_and_more_of_each_kind(tmp_path: Path, seed: int) -> None:
    struck = sales_with_kills(tmp_path, 100, unrest.plan(seed, 100, 16), seed)
    during = Counter(each.kill.moment for each in struck if each.during)
    assert all(during[moment] >= 10 for moment in Moment), during
