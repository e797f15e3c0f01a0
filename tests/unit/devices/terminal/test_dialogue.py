from dataclasses import replace

import pytest

from devices.terminal.attempt import AttemptState, Kind
from devices.terminal.dialogue import Dialogue, Order, command_of, objection
from devices.terminal.evidence import Record, record_of, result_of
from devices.terminal.steps import (
    Connected,
    Input,
    Journal,
    Lost,
    Profile,
    Session,
    Show,
    Start,
    Steps,
    Timer,
    Wishes,
    Woken,
)
from devices.terminal.zvt.card import mask
from devices.terminal.zvt.messages import (
    Abort,
    Accepted,
    Completion,
    IntermediateStatus,
    Malformed,
    Message,
    Print,
    Refused,
    SetClock,
    Unknown,
)
from devices.terminal.zvt.status import StatusInformation
from tests.unit.devices.terminal.stage import Stage, stage

BASE = Record(terminal_id="52500041", receipt_no="0041", trace="000100", amount_minor=999, result="00")
ORDER = Order("a1", Kind.SALE, 1234, "EUR")
APPROVAL = StatusInformation(
    result=0, amount_minor=1234, currency="0978", receipt_no="0042", trace="000101", terminal_id="52500041"
)
DECLINED = StatusInformation(result=0x33, terminal_id="52500041")
PAY = "06 01 0C 04 00 00 00 00 12 34 49 09 78 19 40"
OK, VETO, ABORT = "80 00 00", "84 66 00", "06 B0 00"

Given = Message | Timer | Lost | Woken | Connected


def _play(*inputs: Given, session: Session | None = None) -> tuple[Dialogue, Stage]:
    played = stage(*inputs)
    dialogue = Dialogue(session or Session(terminal_id="52500041"), ORDER, BASE)
    played.run(dialogue.run())
    return dialogue, played


def test_a_payment_is_journalled_before_each_step() -> None:
    dialogue, played = _play(Accepted(), IntermediateStatus(0x0A), APPROVAL, Print(("Beleg",)), Completion())
    assert played.order == [
        "journal arm",
        "send 06 01",
        "send 80 00",
        "journal approve",
        "send 80 00",
        "journal -",
        "send 80 00",
        "journal complete",
        "send 80 00",
    ]
    assert played.sent[0] == PAY
    assert dialogue.state is AttemptState.CAPTURED
    assert dialogue.result == result_of(APPROVAL, amount_minor=1234, currency="EUR")
    changes = [effect.change for effect in played.effects if isinstance(effect, Journal)]
    assert changes[0].baseline == BASE
    assert changes[1].result == dialogue.result
    assert changes[2].lines == ("Beleg",)


def test_the_command_is_never_sent_twice() -> None:
    for inputs in ((Timer.T3,), (Lost("gone"),), (Accepted(), Timer.T4), (Accepted(), Lost("gone"))):
        dialogue, played = _play(*inputs)
        assert played.sent == [PAY]
        assert played.order[-2:] == ["journal doubt", "close"]
        assert dialogue.state is AttemptState.UNCERTAIN


@pytest.mark.parametrize(
    ("inputs", "event"),
    [
        ((Refused(0x9C),), "decline"),
        ((Refused(0x6C),), "cancel"),
        ((Accepted(), Abort(0x6C)), "cancel"),
        ((Accepted(), Abort(0x05)), "decline"),
        ((Accepted(), DECLINED, Abort(0x05)), "decline"),
        ((Accepted(), replace(DECLINED, result=0x6C), Completion()), "cancel"),
        ((Accepted(), StatusInformation(), Abort(0x05)), "decline"),
    ],
)
def test_no_success_is_no_charge(inputs: tuple[Message, ...], event: str) -> None:
    dialogue, played = _play(*inputs)
    assert played.events == ["arm", event]
    assert dialogue.state in {AttemptState.DECLINED, AttemptState.CANCELLED}


def test_a_decline_is_on_disk_before_it_is_acknowledged() -> None:
    _, played = _play(Accepted(), DECLINED, Abort(0x05))
    assert played.order == ["journal arm", "send 06 01", "journal decline", "send 80 00", "send 80 00"]


def test_a_refused_registration_is_remembered() -> None:
    session = Session(registered=True)
    _play(Refused(0x6B), session=session)
    assert not session.registered


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_minor": 1235},
        {"amount_minor": None},
        {"currency": "0756"},
        {"terminal_id": "52500099"},
        {"receipt_no": None, "trace": None},
        {"receipt_no": "0041", "trace": "000100", "amount_minor": 1234},
    ],
)
def test_an_approval_that_does_not_fit_is_doubted_on_disk_then_refused(changes: dict[str, object]) -> None:
    session = Session(terminal_id="52500041")
    base = replace(BASE, amount_minor=1234)
    played = stage(Accepted(), replace(APPROVAL, **changes), Abort(0xFF))  # type: ignore[arg-type]  # a table
    dialogue = Dialogue(session, ORDER, base)
    played.run(dialogue.run())
    assert played.order == ["journal arm", "send 06 01", "journal doubt", "send 84 66", "send 80 00"]
    change = [effect.change for effect in played.effects if isinstance(effect, Journal)][-1]
    assert change.reason
    assert change.evidence
    assert dialogue.state is AttemptState.UNCERTAIN


def test_what_the_terminal_does_not_say_is_not_held_against_it() -> None:
    bare = replace(APPROVAL, currency=None, terminal_id=None)
    assert objection(Session(), ORDER, BASE, bare) is None
    assert objection(Session(terminal_id="1"), ORDER, BASE, bare) is None


def test_a_terminal_that_does_not_mask_leaves_a_note_but_no_number() -> None:
    clear = replace(APPROVAL, pan=mask(bytes.fromhex("4111111111111111")))
    dialogue, played = _play(Accepted(), clear, Completion())
    change = [effect.change for effect in played.effects if isinstance(effect, Journal)][1]
    assert "in the clear" in (change.evidence or "")
    assert dialogue.result is not None
    assert dialogue.result.last4 == "1111"
    assert "411111" not in repr(played.effects)


def test_a_repeated_approval_is_answered_again_without_effect() -> None:
    dialogue, played = _play(Accepted(), APPROVAL, APPROVAL, APPROVAL, Completion())
    assert played.events == ["arm", "approve", "complete"]
    assert played.sent == [PAY, OK, OK, OK, OK]
    assert dialogue.state is AttemptState.CAPTURED


def test_a_second_approval_with_other_numbers_is_refused() -> None:
    dialogue, played = _play(Accepted(), APPROVAL, replace(APPROVAL, receipt_no="0043"), Abort(0xFF))
    assert played.events == ["arm", "approve", "doubt"]
    assert played.sent == [PAY, OK, VETO, OK]
    assert dialogue.state is AttemptState.UNCERTAIN


def test_whatever_follows_a_doubt_changes_nothing() -> None:
    wrong = replace(APPROVAL, amount_minor=1)
    dialogue, played = _play(Accepted(), wrong, DECLINED, APPROVAL, Timer.T4)
    assert played.events == ["arm", "doubt"]
    assert played.sent == [PAY, VETO, OK, VETO]
    assert dialogue.state is AttemptState.UNCERTAIN


def test_an_approval_after_a_decline_is_refused_and_the_decline_stands() -> None:
    dialogue, played = _play(Accepted(), DECLINED, APPROVAL, Abort(0xFF))
    assert played.events == ["arm", "decline"]
    assert played.sent == [PAY, OK, VETO, OK]
    assert dialogue.state is AttemptState.DECLINED


def test_a_decline_after_an_approval_is_doubt() -> None:
    dialogue, played = _play(Accepted(), APPROVAL, DECLINED, Abort(0x05))
    assert played.events == ["arm", "approve", "doubt"]
    assert dialogue.state is AttemptState.UNCERTAIN


@pytest.mark.parametrize(
    ("end", "event"),
    [(Abort(0xFF), "doubt"), (Lost("gone"), "doubt"), (Timer.T4, "doubt"), (Completion(), "complete")],
)
def test_after_our_acknowledgement_only_the_completion_is_success(end: Given, event: str) -> None:
    _, played = _play(Accepted(), APPROVAL, end)
    assert played.events == ["arm", "approve", event]


def test_a_completion_without_a_result_is_doubt() -> None:
    dialogue, played = _play(Accepted(), Completion())
    assert played.order[-2:] == ["journal doubt", "send 80 00"]
    assert dialogue.state is AttemptState.UNCERTAIN


def test_a_malformed_result_is_refused_other_rubbish_ends_the_line() -> None:
    dialogue, played = _play(Accepted(), Malformed("04 0F", "cut"), Abort(0xFF))
    assert played.order[2:] == ["journal doubt", "send 84 66", "send 80 00"]
    assert dialogue.state is AttemptState.UNCERTAIN
    dialogue, played = _play(Accepted(), Malformed("06 0F", "cut"))
    assert played.order[2:] == ["journal doubt", "close"]
    assert dialogue.state is AttemptState.UNCERTAIN


def test_a_line_lost_after_a_decline_changes_nothing() -> None:
    dialogue, played = _play(Accepted(), DECLINED, Lost("gone"))
    assert played.events == ["arm", "decline"]
    assert dialogue.state is AttemptState.DECLINED


def test_given_up_before_the_approval_it_is_vetoed() -> None:
    session = Session(wishes=Wishes(abandon=True))
    dialogue, played = _play(Accepted(), APPROVAL, Abort(0xFF), session=session)
    assert played.order[2:] == ["journal doubt", "send 84 66", "send 80 00"]
    assert dialogue.state is AttemptState.UNCERTAIN


def test_a_cancel_is_passed_on_once_and_only_while_it_can_help() -> None:
    session = Session(terminal_id="52500041", wishes=Wishes(cancel=True))
    _, played = _play(Woken(), Accepted(), Woken(), Accepted(), Refused(0x83), Abort(0x6C), session=session)
    assert played.sent == [PAY, ABORT, OK]
    _, played = _play(Accepted(), APPROVAL, Woken(), Completion(), session=Session(wishes=Wishes()))
    assert ABORT not in played.sent


def test_a_cancel_after_the_approval_is_too_late() -> None:
    session = Session(terminal_id="52500041")
    dialogue = Dialogue(session, ORDER, BASE)

    def wish_at_approval() -> Steps[None]:
        steps = dialogue.run()
        heard: Input | None = None
        while True:
            try:
                effect = steps.send(heard)
            except StopIteration:
                return
            session.wishes.cancel = session.wishes.cancel or dialogue.state is AttemptState.AUTHORISED
            heard = yield effect

    played = stage(Accepted(), APPROVAL, Woken(), Completion())
    played.run(wish_at_approval())
    assert session.wishes.cancel
    assert ABORT not in played.sent


def test_a_display_may_stand_in_for_the_acceptance() -> None:
    _, played = _play(IntermediateStatus(0x0A), APPROVAL, Completion())
    assert played.events == ["arm", "approve", "complete"]


def test_an_approval_before_the_acceptance_is_of_an_older_payment_and_refused() -> None:
    dialogue, played = _play(APPROVAL, Accepted(), Abort(0xFF))
    assert played.order == ["journal arm", "send 06 01", "journal doubt", "send 84 66", "send 80 00"]
    change = [effect.change for effect in played.effects if isinstance(effect, Journal)][-1]
    assert "before it had taken" in (change.reason or "")
    assert "0042" in (change.evidence or "")
    assert (dialogue.state, dialogue.result) == (AttemptState.UNCERTAIN, None)


def test_the_payment_before_told_again_disturbs_nothing() -> None:
    before = replace(APPROVAL, receipt_no="0041", trace="000100")
    booked = result_of(before, amount_minor=1234, currency="EUR")
    session = Session(terminal_id="52500041", booked=booked)
    played = stage(before, Accepted(), before, APPROVAL, Completion())
    dialogue = Dialogue(session, ORDER, record_of(before))
    played.run(dialogue.run())
    assert played.events == ["arm", "approve", "complete"]
    assert played.sent == [PAY, OK, OK, OK, OK]
    assert dialogue.result == result_of(APPROVAL, amount_minor=1234, currency="EUR")
    _, played = _play(before, Timer.T3, session=session)
    assert played.events == ["arm", "doubt"]


def test_a_reversal_that_names_only_the_receipt_it_undoes_is_no_repetition() -> None:
    booked = result_of(APPROVAL, amount_minor=1234, currency="EUR")
    played = stage(Accepted(), replace(APPROVAL, trace=None), Completion())
    order = replace(ORDER, kind=Kind.REVERSAL, original=booked)
    dialogue = Dialogue(Session(booked=booked), order, record_of(APPROVAL))
    played.run(dialogue.run())
    assert played.events == ["arm", "approve", "complete"]


def test_displays_are_told_in_our_words_and_the_terminals_only_where_allowed() -> None:
    shown = IntermediateStatus(0x0B, 1, ("Karte", "entnehmen"))
    _, played = _play(Accepted(), shown, IntermediateStatus(0xFE), Abort(0x05))
    told = [(one.code, one.text) for one in played.effects if isinstance(one, Show)]
    assert told == [("see_terminal", None), ("remove_card", None), ("see_terminal", None)]
    session = Session(Profile(texts=True))
    _, played = _play(Accepted(), shown, Abort(0x05), session=session)
    assert ("remove_card", "Karte entnehmen") in [
        (e.code, e.text) for e in played.effects if isinstance(e, Show)
    ]


def test_t4_begins_anew_at_signs_of_life_not_at_paper() -> None:
    _, played = _play(
        Accepted(), IntermediateStatus(0x0E, 5), Print(("x",)), Print(), SetClock(), Abort(0x05)
    )
    assert [(one.timer, one.seconds) for one in played.effects if isinstance(one, Start)] == [
        (Timer.T3, 5.0),
        (Timer.T4, 180.0),
        (Timer.T4, 300.0),
    ]
    assert played.running == {}


def test_other_requests_are_declined_politely() -> None:
    _, played = _play(Accepted(), Unknown("06 D8"), Connected(), Abort(0x05))
    assert played.sent == [PAY, "84 83 00", OK]


def test_the_command_of_each_kind() -> None:
    session, result = Session(), result_of(APPROVAL, amount_minor=1234, currency="EUR")
    assert command_of(session, ORDER).header == "06 01"
    assert command_of(session, replace(ORDER, kind=Kind.REFUND)).header == "06 31"
    reversal = command_of(session, replace(ORDER, kind=Kind.REVERSAL, original=result))
    assert reversal.encode().hex(" ").upper() == "06 30 10 00 00 00 87 00 42 04 00 00 00 00 12 34 49 09 78"
    for original in (None, replace(result, receipt_no=None)):
        with pytest.raises(ValueError, match="receipt number"):
            command_of(session, replace(ORDER, kind=Kind.REVERSAL, original=original))


def test_the_record_of_the_approval_is_newer_than_the_baseline() -> None:
    assert record_of(APPROVAL).identity != BASE.identity
