from dataclasses import replace

import pytest

from devices.printer.simulator.status import Sensors, asb, asb_wanted, eot, queued_status

WELL = Sensors()


@pytest.mark.parametrize(
    ("sensors", "answers", "back"),
    [
        (WELL, "12121212", "1000000f"),
        (Sensors(paper="near_end"), "1212121e", "1000030f"),
        (Sensors(paper="end"), "1a32127e", "18000f0f"),
        (Sensors(cover_open=True), "1a161212", "3800000f"),
        (Sensors(cutter_jam=True), "1a521a12", "1808000f"),
        (Sensors(drawer_open=True), "16121212", "1400000f"),
    ],
)
def test_status_bytes_say_what_the_sensors_say(sensors: Sensors, answers: str, back: str) -> None:
    assert b"".join(eot(sensors, number) for number in (1, 2, 3, 4)).hex() == answers
    assert asb(sensors).hex() == back


def test_an_unknown_status_number_is_not_answered() -> None:
    assert eot(WELL, 9) == b""
    assert queued_status(WELL, 9) == b""


@pytest.mark.parametrize(
    ("sensors", "number", "expected"),
    [
        (WELL, 1, b"\x00"),
        (Sensors(paper="near_end"), 49, b"\x03"),
        (Sensors(drawer_open=True), 2, b"\x01"),
        (WELL, 50, b"\x00"),
    ],
)
def test_queued_status(sensors: Sensors, number: int, expected: bytes) -> None:
    assert queued_status(sensors, number) == expected


@pytest.mark.parametrize(
    ("mask", "change", "told"),
    [
        (0x0F, replace(WELL, paper="near_end"), True),
        (0x07, replace(WELL, paper="near_end"), False),
        (0x02, replace(WELL, cover_open=True), True),
        (0x01, replace(WELL, drawer_open=True), True),
        (0x04, replace(WELL, cutter_jam=True), True),
        (0x00, replace(WELL, cover_open=True), False),
        (0x0F, WELL, False),
    ],
)
def test_status_back_is_sent_for_the_changes_asked_for(mask: int, change: Sensors, told: bool) -> None:  # noqa: FBT001 - a row of the table
    assert asb_wanted(mask, WELL, change) is told


def test_a_printer_without_power_is_not_online() -> None:
    assert not Sensors(powered=False).online
