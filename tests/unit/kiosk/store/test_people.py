import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.attendant.pin import Person, Pin
from kiosk.domain.approval import Right
from kiosk.store.database import Writer
from kiosk.store.people import People, load_pepper, whose
from kiosk.store.sql_table import SALES_SCHEMA

ADA = Person("p1", "Ada", (Right.SETTLE_PAYMENT,))
BOB = Person("p2", "Bob", ())
SECOND = 1_000_000


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    made = Writer(tmp_path / "sales.db", SALES_SCHEMA)
    yield made
    made.close()


def test_a_pin_tells_whose_it_is_and_only_on_this_lane(writer: Writer, tmp_path: Path) -> None:
    pepper = load_pepper(tmp_path)
    people = People(writer, pepper)
    people.add(ADA, Pin.parse("2580"))
    people.add(BOB, Pin.parse("7391"))
    assert whose(people.known(), pepper, "2580") == ADA
    assert whose(people.known(), pepper, "7391") == BOB
    assert whose(people.known(), pepper, "0000") is None
    assert whose(people.known(), b"another lane's pepper", "2580") is None
    assert "2580" not in str(writer.rows("SELECT * FROM person"))


def test_a_pin_is_one_persons(writer: Writer) -> None:
    people = People(writer, b"pepper")
    people.add(ADA, Pin.parse("2580"))
    with pytest.raises(ValueError, match="taken"):
        people.add(BOB, Pin.parse("2580"))
    assert len(people.known()) == 1


def test_failures_outlive_a_restart_and_a_success_forgets_them(writer: Writer) -> None:
    people = People(writer, b"pepper")
    assert [people.tried(None, n * SECOND).wait_s for n in range(4)] == [0, 0, 30, 60]
    again = People(writer, b"pepper")
    assert again.waiting_s(13 * SECOND) == 50
    assert again.waiting_s(-100 * SECOND) == 60
    assert again.waiting_s(63 * SECOND) == 0
    assert again.tried(ADA, 64 * SECOND).person == ADA
    assert again.waiting_s(64 * SECOND) == 0


def test_the_pepper_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    pepper = load_pepper(tmp_path)
    assert (load_pepper(tmp_path), len(pepper)) == (pepper, 32)
    assert stat.S_IMODE((tmp_path / "lane.pepper").stat().st_mode) == 0o600
