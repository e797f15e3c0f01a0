from dataclasses import replace

import pytest

from kiosk.bootstrap.words import translations
from kiosk.checkout.events import (
    Attempt,
    AttemptState,
    Condition,
    Part,
    PartChanged,
    Recovery,
    RecoveryStep,
    TerminalShows,
)
from kiosk.checkout.intents import (
    BackPressed,
    CancelPaymentPressed,
    MethodChosen,
    StaffPressed,
    TryAgainPressed,
)
from kiosk.checkout.session import Phase, Session
from kiosk.domain.sale import Method, NotCharged
from kiosk.ui.presenters import paying
from kiosk.ui.presenters.words import Words
from tests.screens.samples import (
    ATTEMPT,
    LANE,
    MILK,
    NOW,
    READY,
    SECOND,
    begun,
    refused,
    scanning,
    showing,
    uncertain,
)
from tests.screens.samples import paying as paying_visit

EN = Words("en", translations("en"))
GONE = PartChanged(NOW, Part.TERMINAL, Condition.GONE)


def down(session: Session) -> Session:
    return replace(session, parts=(*(p for p in READY if p.part is not Part.TERMINAL), GONE))


def test_pay_choice_shows_what_the_sum_is_made_of() -> None:
    view = paying.pay_choice(replace(scanning(), phase=Phase.PAY_CHOICE), EN)
    assert view.total == "€20.69"
    assert [(line.text, line.amount) for line in view.sums] == [
        ("9 items", "€20.19"),
        ("Deposit", "€0.50"),
        ("of which VAT 19 %", "€0.38"),
        ("of which VAT 7 %", "€1.17"),
    ]
    assert view.ways[0].intent == MethodChosen(12, Method.CARD, 2069)
    assert view.ways[0].enabled
    assert view.back.intent == BackPressed(12)


def test_without_deposit_there_is_no_line_for_it() -> None:
    view = paying.pay_choice(scanning(goods=(MILK,)), EN)
    assert [line.text for line in view.sums] == ["1 item", "of which VAT 7 %"]


def test_a_reader_that_is_gone_is_offered_but_not_pressable() -> None:
    way = paying.pay_choice(down(scanning()), EN).ways[0]
    assert not way.enabled
    assert way.why == "The card reader is not ready. A colleague can help."


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("present_card", "Hold your card\nto the reader"),
        ("insert_card", "Put your card\ninto the reader"),
        ("enter_pin", "Type your PIN\non the reader"),
        ("remove_card", "Please take\nyour card"),
        ("processing", "One moment,\nthe bank answers"),
        ("see_terminal", "Please follow\nthe reader"),
        ("something_new", "Please follow\nthe reader"),
    ],
)
def test_the_screen_follows_what_the_reader_asks_for(code: str, sentence: str) -> None:
    view = paying.follow_terminal(showing(code), EN)
    assert (view.shows, view.sentence) == (code, sentence)
    assert view.cancel is not None
    assert view.cancel.intent == CancelPaymentPressed(12)


def test_the_terminals_own_words_are_shown_where_policy_lets_them_through() -> None:
    session = replace(paying_visit(), shows=TerminalShows(NOW, ATTEMPT, "see_terminal", "BITTE WARTEN"))
    assert paying.follow_terminal(session, EN).where == "BITTE WARTEN"


@pytest.mark.parametrize(
    ("state", "shows", "cancellable"),
    [
        (AttemptState.PREPARED, "preparing", True),
        (AttemptState.ARMED, "present_card", True),
        (AttemptState.AUTHORISED, "approved", False),
    ],
)
def test_an_approved_payment_cannot_be_cancelled_here(
    state: AttemptState, shows: str, *, cancellable: bool
) -> None:
    view = paying.follow_terminal(replace(paying_visit(), attempt=Attempt(ATTEMPT, state)), EN)
    assert (view.shows, view.cancel is not None) == (shows, cancellable)


def test_without_an_attempt_the_reader_is_being_woken() -> None:
    assert paying.follow_terminal(replace(paying_visit(), attempt=None), EN).shows == "preparing"


@pytest.mark.parametrize(
    ("step", "heading"),
    [
        (RecoveryStep.CONNECTING, "Reaching the reader again"),
        (RecoveryStep.ASKING, "Asking the reader for the result"),
        (RecoveryStep.WAITING, "Waiting for the bank to answer"),
        (RecoveryStep.DECIDING, "Comparing the answers"),
    ],
)
def test_checking_tells_the_real_step_and_counts_down(step: RecoveryStep, heading: str) -> None:
    recovery = Recovery(step, NOW.mono_us - 27 * SECOND, NOW.mono_us + 18 * SECOND, 2)
    view = paying.checking(uncertain(recovery), LANE, EN)
    assert view.heading == heading
    assert view.warning == "Please don’t pay again"
    assert view.countdown is not None
    assert view.countdown.figure == "18"
    assert view.steps[2].detail == "try 2"


@pytest.mark.parametrize("recovery", [None, Recovery(RecoveryStep.CONNECTING, 0, None, 0)])
def test_without_a_deadline_nothing_is_counted(recovery: Recovery | None) -> None:
    view = paying.checking(uncertain(recovery), LANE, EN)
    assert view.countdown is None
    assert view.steps[2].detail == "one moment"


def test_checking_before_the_daemon_spoke_of_the_attempt() -> None:
    view = paying.checking(replace(uncertain(None), attempt=None), LANE, EN)
    assert view.heading == "Reaching the reader again"


def test_a_colleague_was_told_of_the_check_only_if_one_was() -> None:
    session = uncertain(None)
    view = paying.checking(session, LANE, EN)
    assert (view.staff, view.staff_line) == (
        "Please ask one of us.",
        "This is lane 4. Your basket is safe.",
    )
    view = paying.checking(replace(session, told="checking"), LANE, EN)
    assert (view.staff, view.staff_line) == (
        "A colleague has been told.",
        "They will come to lane 4. Your basket is safe.",
    )


def test_a_colleague_was_told_to_help_only_if_one_was() -> None:
    session = replace(paying_visit(), phase=Phase.ESCALATED, told="checking")
    assert paying.staff_will_help(session, EN).title == "Please ask\none of us"
    told = paying.staff_will_help(replace(session, told="escalated"), EN)
    assert told.title == "A colleague\nhas been told"


def test_a_reversal_is_told_as_what_it_is() -> None:
    session = replace(paying_visit(), attempt=Attempt(ATTEMPT, AttemptState.REVERSING))
    view = paying.checking(session, LANE, EN)
    assert view.warning_line == "We are giving the amount back."
    assert view.heading == "The amount is being given back"


def test_staff_will_help_gives_a_reference_that_can_be_read_out() -> None:
    view = paying.staff_will_help(paying_visit(), EN)
    assert view.reference == "C4E7F4"
    assert view.staff.intent == StaffPressed(12)
    assert view.amount == "€20.69"


def test_the_reference_is_known_from_the_tender_alone_and_may_be_missing() -> None:
    assert paying.reference(replace(paying_visit(), attempt=None)) == "C4E7F4"
    assert paying.reference(begun()) == ""
    assert paying.reference(scanning()) == ""


@pytest.mark.parametrize(
    ("outcome", "told", "reason"),
    [
        (NotCharged.DECLINED, "declined", "The card was not accepted."),
        (NotCharged.DECLINED, None, "The card was not accepted."),
        (NotCharged.DECLINED, "timeout", "No card was held to the reader in time."),
        (NotCharged.CANCELLED, "cancelled", "The payment was cancelled."),
        (NotCharged.NOT_CHARGED, None, "We checked: nothing was taken."),
        (NotCharged.REVERSED, None, "The amount was given back to your card."),
    ],
)
def test_not_paid_says_so_and_why(outcome: NotCharged, told: str | None, reason: str) -> None:
    view = paying.not_paid(refused(outcome, told), EN)
    assert (view.title, view.lead) == ("Not paid", "Your card was not charged.")
    assert view.reason.startswith(reason)
    assert view.again.intent == TryAgainPressed(12)
    assert view.again.enabled


def test_a_rejected_attempt_of_a_lost_reader_cannot_be_tried_again_yet() -> None:
    session = replace(down(refused(NotCharged.NOT_CHARGED, None)), attempt=None)
    view = paying.not_paid(session, EN)
    assert not view.again.enabled
    assert view.again.why == "The card reader is not ready. A colleague can help."


def test_nothing_but_a_known_result_says_paid_or_not_charged() -> None:
    for state in AttemptState:
        session = replace(paying_visit(), attempt=Attempt(ATTEMPT, state))
        texts = [*_texts(paying.checking(session, LANE, EN)), *_texts(paying.follow_terminal(session, EN))]
        assert not [text for text in texts if "not charged" in text or text.startswith("Paid")]


def _texts(view: object) -> list[str]:
    return [value for name in view.__slots__ if isinstance(value := getattr(view, name), str)]  # type: ignore[attr-defined] # a slotted view
