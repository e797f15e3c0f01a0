import pytest

from devices.terminal.attempt import AttemptEvent, AttemptState, after
from devices.terminal.cascade import REVERSAL_TRIES, original_moves, reversal_of_resolution

S = AttemptState
E = AttemptEvent


@pytest.mark.parametrize(
    ("original", "event", "reversal", "automatic", "moves"),
    [
        (S.CAPTURED, E.ARM, S.ARMED, False, (E.REVERSE,)),
        (S.REVERSING, E.ARM, S.ARMED, True, ()),
        (S.REVERSING, E.APPROVE, S.AUTHORISED, True, ()),
        (S.REVERSING, E.DOUBT, S.UNCERTAIN, False, ()),
        (S.REVERSING, E.COMPLETE, S.CAPTURED, False, (E.REVERSE_DONE,)),
        (S.REVERSING, E.FOUND_CHARGED, S.CAPTURED, True, (E.REVERSE_DONE,)),
        (S.REVERSING, E.DECLINE, S.DECLINED, True, (E.REVERSE_FAILED,)),
        (S.REVERSING, E.CANCEL, S.CANCELLED, False, (E.REVERSE_FAILED,)),
        (S.REVERSING, E.GIVE_UP, S.ESCALATED, False, (E.REVERSE_FAILED,)),
        (S.REVERSING, E.FOUND_NOTHING, S.NOT_CHARGED, False, (E.REVERSE_FAILED,)),
        (S.REVERSING, E.FOUND_NOTHING, S.NOT_CHARGED, True, ()),
        (S.CAPTURED, E.DROP, S.NOT_CHARGED, False, ()),
        (S.CAPTURED, E.CANCEL, S.CANCELLED, False, ()),
        (S.CAPTURED, E.DROP, S.NOT_CHARGED, True, (E.REVERSE, E.REVERSE_FAILED)),
        (S.ESCALATED, E.RESOLVE_CAPTURED, S.CAPTURED, True, (E.RESOLVE_REVERSED,)),
        (S.ESCALATED, E.RESOLVE_NOT_CHARGED, S.NOT_CHARGED, True, ()),
        (S.REVERSED, E.RESOLVE_CAPTURED, S.CAPTURED, True, ()),
    ],
)
def test_the_fate_of_a_reversal_moves_its_original(
    original: S,
    event: E,
    reversal: S,
    automatic: bool,  # noqa: FBT001 - a table
    moves: tuple[E, ...],
) -> None:
    assert original_moves(original, event, reversal, automatic=automatic) == moves
    for move in moves:
        original = after(original, move)


def test_a_reversal_we_owe_is_tried_three_times_then_a_person_decides() -> None:
    last = original_moves(S.REVERSING, E.FOUND_NOTHING, S.NOT_CHARGED, automatic=True, tries=REVERSAL_TRIES)
    assert last == (E.REVERSE_FAILED,)


def test_a_persons_word_on_the_payment_settles_its_reversal() -> None:
    assert reversal_of_resolution(S.REVERSED) is E.RESOLVE_CAPTURED
    assert reversal_of_resolution(S.CAPTURED) is E.RESOLVE_NOT_CHARGED
    assert reversal_of_resolution(S.NOT_CHARGED) is E.RESOLVE_NOT_CHARGED
