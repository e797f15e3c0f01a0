import pytest

from kiosk.attendant.pin import Person, Pin, wait_s
from kiosk.domain.approval import Right
from kiosk.domain.errors import DomainError


@pytest.mark.parametrize("text", ["2580", "73910284", "1224"])
def test_reads_a_pin(text: str) -> None:
    pin = Pin.parse(text)
    assert pin.digits == text
    assert text not in repr(pin)


@pytest.mark.parametrize("text", ["", "258", "123456789", "25a0", "٢٥٨٠"])
def test_refuses_another_length_or_character(text: str) -> None:
    with pytest.raises(DomainError, match="4 to 8 digits"):
        Pin.parse(text)


@pytest.mark.parametrize("text", ["0000", "1234", "4321", "7890", "99999999"])
def test_refuses_what_everybody_tries_first(text: str) -> None:
    with pytest.raises(DomainError, match="too easy"):
        Pin.parse(text)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (2, 0), (3, 30), (4, 60), (5, 120), (8, 900), (1000, 900)]
)
def test_failures_cost_time(failures: int, seconds: int) -> None:
    assert wait_s(failures) == seconds


def test_a_person_has_rights() -> None:
    assert Right.SETTLE_PAYMENT in Person("p1", "Ada", (Right.SETTLE_PAYMENT,)).rights
