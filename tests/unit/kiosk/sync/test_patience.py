import pytest

from kiosk.sync.patience import LONGEST_S, SHORTEST_S, Backoff, BatchSize


def test_waits_double_to_a_minute_and_begin_anew_after_a_success() -> None:
    backoff = Backoff(lambda: 1.0)
    waits = [backoff.failed() for _ in range(10)]
    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    backoff.succeeded()
    assert backoff.failed() == SHORTEST_S
    assert max(waits) == LONGEST_S


@pytest.mark.parametrize("chance", [0.0, 0.25, 0.999])
def test_full_jitter_draws_from_nothing_to_the_bound(chance: float) -> None:
    backoff = Backoff(lambda: chance)
    assert [backoff.failed() for _ in range(3)] == [0.5 * chance, chance, 2 * chance]


def test_the_backend_s_own_wish_is_the_least() -> None:
    assert Backoff(lambda: 0.0).failed(at_least_s=7.0) == 7.0


def test_many_failures_do_not_overflow() -> None:
    backoff = Backoff(lambda: 1.0)
    assert [backoff.failed() for _ in range(5000)][-1] == LONGEST_S


def test_a_batch_halves_to_one_and_doubles_to_the_most() -> None:
    batch = BatchSize(100)
    sizes = []
    for _ in range(8):
        batch.too_much()
        sizes.append(batch.size)
    assert sizes == [50, 25, 12, 6, 3, 1, 1, 1]
    for _ in range(8):
        batch.went_well()
    assert batch.size == 100
