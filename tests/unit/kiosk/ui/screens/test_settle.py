from kiosk.checkout.intents import BackPressed, Settlement, SettlePressed
from tests.screens.played import Played


def test_nothing_is_chosen_beforehand_and_settle_sleeps(played: Played) -> None:
    played.show("11-settle")
    assert played.names == ["outcome_CAPTURED", "outcome_NOT_CHARGED", "outcome_REVERSED", "back", "settle"]
    assert not played.target("settle").enabled


def test_outcome_and_reason_are_sent_together(played: Played) -> None:
    played.show("11-settle")
    played.press("outcome_NOT_CHARGED")
    assert not played.target("settle").enabled
    played.press("reason_reader_shows_nothing")
    played.press("settle")
    assert played.sent == [SettlePressed(20, Settlement.NOT_CHARGED, "reader_shows_nothing")]


def test_another_outcome_asks_for_its_own_reason(played: Played) -> None:
    played.show("11-settle")
    played.press("outcome_CAPTURED")
    played.press("reason_bank_shows_charge")
    played.press("outcome_REVERSED")
    assert not played.target("settle").enabled
    assert "reason_reversed_by_hand" in played.names


def test_leaving_forgets_what_was_chosen(played: Played) -> None:
    played.show("11-settle")
    played.press("outcome_CAPTURED")
    played.press("back")
    assert played.sent == [BackPressed(20)]
    played.show("09-staff-will-help")
    scene = played.show("11-settle")
    assert (scene.outcome, scene.reason) == (-1, -1)


def test_settling_without_a_reason_sends_nothing(played: Played) -> None:
    scene = played.show("11-settle")
    scene._settle()
    assert played.sent == []
