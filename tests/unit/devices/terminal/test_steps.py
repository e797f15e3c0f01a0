import pytest

from devices.terminal.steps import Profile, Timers


def test_all_waits_derive_from_the_four_times() -> None:
    times = Timers()
    assert [times.pause(tries) for tries in (0, 1, 2, 3, 10, 19)] == [1, 2, 4, 4, 4, 4]
    assert [times.pause(tries) for tries in (20, 21, 22, 1000)] == [8, 16, 30, 30]
    assert times.enquiry == 60


@pytest.mark.parametrize("tries", range(30))
def test_a_fast_terminal_is_asked_faster(tries: int) -> None:
    fast = Timers(t3=0.05, t4=0.12)
    assert 0 < fast.pause(tries) <= 0.05


def test_a_profile_does_not_show_the_password() -> None:
    assert "000000" not in repr(Profile())
