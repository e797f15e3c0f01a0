"""Profiles and phases are data that fits together."""

import pytest

from devices.terminal.simulator.profile import CARDS, CURRENCIES, PROFILES, Identity, Timing


@pytest.mark.parametrize("total", [0, 1, 999, 20_000])
def test_phases_scale_to_the_total(total: int) -> None:
    timing = Timing().scaled(total)
    assert timing.card + timing.pin + timing.host == total


def test_profiles_are_found_by_their_names() -> None:
    assert {
        "standard",
        "card_complete",
        "reverses_last_only",
        "bare_repeat",
        "no_abort",
        "slow_reversal",
    } <= set(PROFILES)
    assert all(name == profile.name for name, profile in PROFILES.items())


def test_the_factory_currency_has_a_name() -> None:
    assert CURRENCIES[Identity().currency] == "EUR"


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_only_the_last_four_digits_are_for_receipts(card: object) -> None:
    assert card.pan.endswith(card.last4)  # type: ignore[attr-defined]  # a Card
    assert len(card.last4) == 4  # type: ignore[attr-defined]  # a Card
