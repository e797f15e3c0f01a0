from dataclasses import astuple

from devices.printer.limits import Limits


def test_every_wait_is_positive_and_the_connection_outlives_a_few_polls() -> None:
    limits = Limits()
    assert all(value > 0 for value in astuple(limits))
    assert limits.dead > 3 * limits.poll
    assert limits.stall < limits.write
