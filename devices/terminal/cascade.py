"""What the fate of a reversal means for the payment it reverses."""

from typing import Final

from devices.terminal.attempt import AttemptEvent, AttemptState

REVERSAL_TRIES: Final = 3

_S = AttemptState
_E = AttemptEvent


def original_moves(
    original: AttemptState, event: AttemptEvent, reversal: AttemptState, *, automatic: bool, tries: int = 1
) -> tuple[AttemptEvent, ...]:
    """Return the moves of the original when its reversal took `event` and now is in `reversal`.

    Args:
        original: the payment's state.
        event: what happened to the reversal.
        reversal: the reversal's state after it.
        automatic: the daemon owes this reversal: failing to send it is an escalation, not a refusal.
        tries: how many reversals of this payment there have been.
    """
    if event is _E.ARM:
        return (_E.REVERSE,) if original is _S.CAPTURED else ()
    if original is _S.REVERSING:
        again = automatic and event is _E.FOUND_NOTHING and tries < REVERSAL_TRIES
        return () if again else _fate(reversal)
    if original is _S.CAPTURED and automatic and reversal in {_S.NOT_CHARGED, _S.CANCELLED}:
        return (_E.REVERSE, _E.REVERSE_FAILED)
    if original is _S.ESCALATED and event is _E.RESOLVE_CAPTURED:
        return (_E.RESOLVE_REVERSED,)
    return ()


def _fate(reversal: AttemptState) -> tuple[AttemptEvent, ...]:
    if reversal is _S.CAPTURED:
        return (_E.REVERSE_DONE,)
    if reversal in {_S.DECLINED, _S.CANCELLED, _S.NOT_CHARGED, _S.ESCALATED}:
        return (_E.REVERSE_FAILED,)
    return ()


def reversal_of_resolution(outcome: AttemptState) -> AttemptEvent:
    """Return what a person's word on the payment says of its escalated reversal."""
    return _E.RESOLVE_CAPTURED if outcome is _S.REVERSED else _E.RESOLVE_NOT_CHARGED
