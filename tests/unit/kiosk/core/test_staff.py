import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.attendant.pin import Person, Pin
from kiosk.checkout.events import AnyEvent, Instant, PinChecked
from kiosk.core.staff import Staff
from kiosk.domain.approval import Right
from kiosk.store.database import Writer
from kiosk.store.people import People
from kiosk.store.sql_table import SALES_SCHEMA
from tests.daemons import until
from tests.playbook import START, later

PEPPER = b"p" * 32


class Pad:
    """The staff's end, with a clock that is moved by hand."""

    def __init__(self, writer: Writer) -> None:
        self.at = START
        self.answers: list[AnyEvent] = []
        self.people = People(writer, PEPPER)
        self.staff = Staff(self.people, PEPPER, lambda: self.at, self.answers.append)

    def answer(self, pin: str) -> AnyEvent:
        async def main() -> None:
            self.staff.check(pin)
            await until(lambda: bool(self.answers))

        asyncio.run(main())
        return self.answers.pop()


@pytest.fixture
def pad(tmp_path: Path) -> Iterator[Pad]:
    writer = Writer(tmp_path / "sales.db", SALES_SCHEMA)
    made = Pad(writer)
    made.people.add(Person("p1", "Mia", (Right.SETTLE_PAYMENT,)), Pin.parse("4711"))
    made.people.add(Person("p2", "Ole", ()), Pin.parse("0815"))
    yield made
    writer.close()


def nobody(at: Instant, wait_s: int) -> PinChecked:
    return PinChecked(at, None, "", may_settle=False, wait_s=wait_s)


def test_a_pin_tells_whose_it_is_and_what_they_may(pad: Pad) -> None:
    assert pad.answer("4711") == PinChecked(START, "p1", "Mia", may_settle=True, wait_s=0)
    assert pad.answer("0815") == PinChecked(START, "p2", "Ole", may_settle=False, wait_s=0)


def test_the_third_failure_brings_a_wait_that_even_the_right_pin_keeps(pad: Pad) -> None:
    assert [pad.answer("9999") for _ in range(3)] == [nobody(START, wait) for wait in (0, 0, 30)]
    assert pad.answer("4711") == nobody(START, 30)
    pad.at = later(START, 30)
    assert pad.answer("4711") == PinChecked(pad.at, "p1", "Mia", may_settle=True, wait_s=0)
    assert pad.answer("9999") == nobody(pad.at, 0)
