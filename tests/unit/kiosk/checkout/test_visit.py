from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.checkout import visit
from kiosk.checkout.effects import (
    Authorize,
    Effect,
    KeepReceiptChoice,
    KeepRefusal,
    KeepSale,
    KeepState,
    KeepVisitEnd,
    Play,
    PrintReceipt,
    SettleAttempt,
    Sound,
)
from kiosk.checkout.events import (
    AnyEvent,
    Attempt,
    AttemptChanged,
    AttemptRejected,
    AttemptState,
    Condition,
    Part,
    PartChanged,
    Pressed,
    ReadRef,
    SaleStored,
    Scanned,
    SyncChanged,
    Ticked,
)
from kiosk.checkout.intents import (
    AnyIntent,
    BackPressed,
    CancelPaymentPressed,
    ContrastPressed,
    DismissPressed,
    DonePressed,
    HelpPressed,
    LanguageChosen,
    LanguagesPressed,
    MethodChosen,
    ParkPressed,
    PayPressed,
    PlusPressed,
    ReceiptChoice,
    ReceiptChosen,
    RemovePressed,
    StillHerePressed,
    TryAgainPressed,
)
from kiosk.checkout.session import Overlay, Phase, Session
from kiosk.checkout.visit import StoredVisit
from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Quantity
from kiosk.domain.sale import (
    AddGoods,
    Cancel,
    Capture,
    CardReceipt,
    Complete,
    Method,
    NotCharged,
    RequestTender,
    Sale,
    SaleEvent,
    SaleState,
    Suspend,
    TotalUp,
)
from tests.goods import EUR, MILK, SODA, eur
from tests.playbook import POLICY, START, Playbook, later

WALL = START.wall_us
MILK_IN = AddGoods(MILK, Quantity.pieces(1), EntryMethod.SCANNED)
PAYING = (MILK_IN, TotalUp(), RequestTender("a1", Method.CARD))
DONE = (*PAYING, Capture("a1", CardReceipt(eur(129))), Complete(7))


def sale(*events: SaleEvent) -> Sale:
    made = Sale("s1", Basket(EUR))
    for event in events:
        made = made.handle(event)
    return made


def scanned() -> Playbook:
    play = Playbook()
    play >> play.scan(MILK)
    play.take()
    return play


def test_an_idle_basket_is_asked_after_then_set_aside() -> None:
    play = scanned()
    (play.wait(59) >> play.tick()).done()
    (play.wait(1) >> play.tick() << Play(Sound.ATTENTION)).done()
    play.over(Overlay.IDLE_WARNING)
    (play.wait(29) >> play.tick()).done()
    (play.wait(1) >> play.tick() << KeepState("s1", SaleState.SUSPENDED, play.at.wall_us)).done()
    assert (play.session.phase, play.session.sale) == (Phase.ATTRACT, None)


def test_still_here_or_a_scan_re_arms_it() -> None:
    play = scanned()
    play.wait(60) >> play.tick()
    play.take()
    (play >> play.press(StillHerePressed)).done()
    play.over(Overlay.NONE)
    play.wait(60) >> play.tick()
    play.take()
    play >> play.scan(SODA)
    play.take()
    play.over(Overlay.NONE)
    (play.wait(59) >> play.tick()).done()


def test_the_shopper_may_set_the_basket_aside() -> None:
    play = scanned()
    (play >> play.press(ParkPressed)).done()
    (play >> play.press(StillHerePressed)).done()
    play.wait(60) >> play.tick()
    play.take()
    (play >> play.press(ParkPressed) << KeepState("s1", SaleState.SUSPENDED, play.at.wall_us)).done()


def test_an_empty_basket_does_not_wait_long() -> None:
    play = scanned()
    play >> play.press(RemovePressed, 1)
    play.take()
    (play.wait(20) >> play.tick() << KeepState("s1", SaleState.CANCELLED, play.at.wall_us)).done()
    play = Playbook()
    play >> play.scan(None)
    play.take()
    (play.wait(19) >> play.tick()).done()
    (play.wait(1) >> play.tick()).done()
    play.scene(Phase.ATTRACT)


def test_payment_has_no_timeout_of_the_screens() -> None:
    play = Playbook(replace(scanned().session, sale=sale(*PAYING), phase=Phase.FOLLOW_TERMINAL))
    (play.wait(3600) >> play.tick()).done()
    play.scene(Phase.FOLLOW_TERMINAL)


def test_language_contrast_and_help_end_with_the_visit() -> None:
    play = Playbook()
    (play >> play.press(LanguagesPressed) >> play.press(LanguagesPressed)).done()
    play.over(Overlay.NONE)
    (play >> play.press(LanguageChosen, "de") >> play.press(LanguageChosen, "xx")).done()
    (play >> play.press(ContrastPressed)).done()
    (play >> play.press(HelpPressed) << Play(Sound.ATTENTION)).done()
    told = play.session
    assert (told.language, told.contrast, told.help_wanted) == ("de", True, True)
    (play.wait(19) >> play.tick()).done()
    (play.wait(1) >> play.tick()).done()
    told = play.session
    assert (told.language, told.contrast, told.help_wanted) == ("en", False, False)
    revision = told.revision
    (play.wait(60) >> play.tick()).done()
    assert play.session.revision == revision


def test_help_may_be_taken_back() -> None:
    play = Playbook()
    play >> play.press(HelpPressed)
    play.take()
    (play >> play.press(HelpPressed)).done()
    assert not play.session.help_wanted


def test_staff_are_told_of_what_is_wanted_now_and_of_nothing_before() -> None:
    play = Playbook()
    (play >> SyncChanged(play.at, 5, None, "help")).done()
    assert not play.session.staff_told
    play >> play.press(HelpPressed)
    play.take()
    assert not play.session.staff_told
    revision = play.session.revision
    (play >> SyncChanged(play.at, 5, None, "help")).done()
    assert play.session.staff_told
    assert play.session.revision == revision, "it must not make a press stale"
    (play >> play.press(HelpPressed)).done()
    play >> play.press(HelpPressed)
    play.take()
    assert (play.session.help_wanted, play.session.staff_told) == (True, False)
    (play >> SyncChanged(play.at, 5, None, "help") >> SyncChanged(play.at, 5, None)).done()
    assert not play.session.staff_told


def test_manners_work_on_any_revision_and_notices_can_be_put_away() -> None:
    play = scanned()
    (play >> play.press(ContrastPressed, revision=0)).done()
    assert play.session.contrast
    play >> play.scan(None)
    play.take()
    (play >> play.press(DismissPressed)).done()
    assert play.session.notice is None


def test_back_closes_what_lies_over() -> None:
    play = Playbook()
    play >> play.press(LanguagesPressed)
    (play >> play.press(BackPressed)).done()
    play.over(Overlay.NONE)


def test_the_revision_grows_only_with_what_a_hand_could_mistake() -> None:
    play = scanned()
    revision = play.session.revision
    (play.wait(1) >> play.tick() >> play.part(Part.PRINTER, Condition.READY)).done()
    assert play.session.revision == revision
    (play >> play.part(Part.PRINTER, Condition.TROUBLE, "paper_end")).done()
    assert play.session.revision == revision + 1
    assert play.session.part(Part.PRINTER) == PartChanged(
        play.at, Part.PRINTER, Condition.TROUBLE, "paper_end"
    )


def test_what_never_spoke_is_unknown_and_silence_never_ready() -> None:
    session = Session.begin(POLICY, START)
    assert session.condition(Part.TERMINAL) is Condition.UNKNOWN
    assert session.out_of_service is None
    assert replace(session, phase=Phase.BASKET).out_of_service is None


def test_what_the_backend_has() -> None:
    play = Playbook()
    (play >> SyncChanged(play.at, 5, "https://shop/r/{receipt}")).done()
    assert (play.session.acked_seq, play.session.receipt_url) == (5, "https://shop/r/{receipt}")


@pytest.mark.parametrize(
    ("stored", "gone_s", "phase", "effects"),
    [
        (sale(MILK_IN), 90, Phase.BASKET, []),
        (sale(MILK_IN), 91, Phase.ATTRACT, [KeepState("s1", SaleState.SUSPENDED, WALL)]),
        (sale(MILK_IN), -1, Phase.ATTRACT, [KeepState("s1", SaleState.SUSPENDED, WALL)]),
        (sale(), 91, Phase.ATTRACT, [KeepState("s1", SaleState.CANCELLED, WALL)]),
        (sale(MILK_IN, TotalUp()), 5, Phase.PAY_CHOICE, []),
        (sale(*PAYING), 99_999, Phase.CHECKING, [Play(Sound.ATTENTION)]),
        (sale(*DONE), 30, Phase.PAID, []),
        (
            sale(*DONE),
            31,
            Phase.ATTRACT,
            [KeepReceiptChoice("s1", ReceiptChoice.PRINT), PrintReceipt("s1"), KeepVisitEnd("s1")],
        ),
        (sale(MILK_IN, Suspend()), 1, Phase.ATTRACT, []),
        (sale(MILK_IN, Cancel()), 1, Phase.ATTRACT, []),
    ],
)
def test_where_a_restart_leads(stored: Sale, gone_s: int, phase: Phase, effects: list[Effect]) -> None:
    kept = StoredVisit(stored, "de", WALL - gone_s * 1_000_000)
    session, wanted = visit.resume(POLICY, START, kept)
    assert (session.phase, list(wanted)) == (phase, effects)
    assert session.language == ("en" if phase is Phase.ATTRACT else "de")


@pytest.mark.parametrize(
    ("choice", "phase", "effects"),
    [
        (ReceiptChoice.PRINT, Phase.GOODBYE, [PrintReceipt("s1")]),
        (ReceiptChoice.QR, Phase.RECEIPT_QR, []),
        (ReceiptChoice.NONE, Phase.GOODBYE, []),
    ],
)
def test_a_receipt_that_was_chosen_is_not_asked_for_again(
    choice: ReceiptChoice, phase: Phase, effects: list[Effect]
) -> None:
    session, wanted = visit.resume(POLICY, START, StoredVisit(sale(*DONE), "en", WALL, choice, 3))
    assert (session.phase, session.choice, session.outbox_seq, list(wanted)) == (phase, choice, 3, effects)


@pytest.mark.parametrize("choice", ReceiptChoice)
@pytest.mark.parametrize("gone_s", [91, -1])
def test_a_receipt_is_not_shown_to_whoever_comes_after_an_outage(choice: ReceiptChoice, gone_s: int) -> None:
    kept = StoredVisit(sale(*DONE), "en", WALL - gone_s * 1_000_000, choice, 3)
    session, wanted = visit.resume(POLICY, START, kept)
    printed: list[Effect] = [PrintReceipt("s1")] if choice is ReceiptChoice.PRINT else []
    assert (session.phase, session.sale) == (Phase.ATTRACT, None)
    assert list(wanted) == [*printed, KeepVisitEnd("s1")]


def resumed(gone_s: int) -> Playbook:
    kept = StoredVisit(sale(*PAYING), "en", WALL - gone_s * 1_000_000)
    return Playbook(visit.resume(POLICY, START, kept)[0])


@pytest.mark.parametrize("gone_s", [601, -1])
def test_a_payment_found_out_about_after_an_outage_is_not_shown_to_the_next_shopper(gone_s: int) -> None:
    play = resumed(gone_s)
    (play >> play.attempt(AttemptState.UNCERTAIN)).done()
    play.scene(Phase.CHECKING)
    (
        play
        >> play.attempt(AttemptState.NOT_CHARGED)
        << KeepRefusal("s1", "a1", NotCharged.NOT_CHARGED, "NOT_CHARGED", WALL)
        << Play(Sound.REFUSED)
        << SettleAttempt("a1")
        << KeepState("s1", SaleState.SUSPENDED, WALL)
    ).done()
    assert (play.session.phase, play.session.sale, play.session.deserted) == (Phase.ATTRACT, None, False)


def test_a_charge_found_out_about_after_an_outage_gets_its_receipt_and_the_lane_is_free() -> None:
    play = resumed(601)
    play >> play.attempt(AttemptState.CAPTURED) << KeepSale("s1", "a1", CardReceipt(eur(129)), WALL)
    (
        play
        >> SaleStored(START, "s1", 7, 1)
        << SettleAttempt("a1")
        << Play(Sound.PAID)
        << KeepReceiptChoice("s1", ReceiptChoice.PRINT)
        << PrintReceipt("s1")
        << KeepVisitEnd("s1")
    ).done()
    assert (play.session.phase, play.session.sale) == (Phase.ATTRACT, None)


@pytest.mark.parametrize("gone_s", [600, 601])
def test_a_hand_proves_that_somebody_is_there(gone_s: int) -> None:
    play = resumed(gone_s)
    play >> play.press(ContrastPressed)
    play >> play.attempt(AttemptState.NOT_CHARGED)
    play.take()
    play.scene(Phase.NOT_PAID)


READY = tuple(PartChanged(START, part, Condition.READY) for part in Part)
ATTEMPTS = st.sampled_from(["a1", "a2", "a3"])
CARD = st.builds(CardReceipt, st.sampled_from([eur(129), eur(258), eur(144)]))


def press(kind: type, *args: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.tuples(st.just(kind), st.tuples(*args))


presses = st.one_of(
    press(PlusPressed, st.integers(1, 3)),
    press(RemovePressed, st.integers(1, 3)),
    press(PayPressed, st.sampled_from([129, 258, 144])),
    press(MethodChosen, st.just(Method.CARD), st.sampled_from([129, 258, 144])),
    press(CancelPaymentPressed),
    press(TryAgainPressed),
    press(BackPressed),
    press(ReceiptChosen, st.sampled_from(ReceiptChoice)),
    press(DonePressed),
    press(HelpPressed),
    press(ParkPressed),
)
happenings = st.one_of(
    st.tuples(st.just("scan"), st.sampled_from([MILK, SODA, None])),
    st.tuples(st.just("press"), presses),
    st.tuples(
        st.just("attempt"),
        st.builds(Attempt, ATTEMPTS, st.sampled_from(AttemptState), st.one_of(st.none(), CARD)),
    ),
    st.tuples(st.just("rejected"), ATTEMPTS),
    st.tuples(st.just("part"), st.tuples(st.sampled_from(Part), st.sampled_from(Condition))),
    st.tuples(st.just("tick"), st.integers(1, 100)),
)


def event_of(session: Session, happening: tuple[str, object], n: int) -> AnyEvent:
    at = later(session.at, 1)
    kind, what = happening
    match kind, what:
        case "scan", product:
            return Scanned(at, "x", ReadRef("front", "b1", n), product, f"s{n}")  # type: ignore[arg-type]
        case "press", (intent, tuple(args)):
            made: AnyIntent = intent(session.revision, *args)  # type: ignore[operator]  # drawn by kind above
            return Pressed(at, made, f"a{n}")
        case "attempt", Attempt() as attempt:
            return AttemptChanged(at, attempt)
        case "rejected", str(attempt_id):
            return AttemptRejected(at, attempt_id, "never sent")
        case "part", (Part() as part, Condition() as condition):
            return PartChanged(at, part, condition)
        case _:
            return Ticked(later(at, int(str(what))))


@given(st.lists(happenings, max_size=60))
def test_no_order_of_happenings_lies_about_money(script: list[tuple[str, object]]) -> None:
    session = replace(Session.begin(POLICY, START), parts=READY)
    asked: dict[str, str] = {}
    refused: set[str] = set()
    completed: set[str] = set()
    open_now: set[str] = set()
    for n, happening in enumerate(script):
        event = event_of(session, happening, n % 3 + 1 if happening[0] == "press" else n)
        try:
            after, effects = visit.handle(session, event)
        except DomainError:
            continue
        for effect in effects:
            match effect:
                case Authorize(attempt_id=attempt_id):
                    assert attempt_id not in open_now
                    assert not open_now, "one open attempt at a time"
                    asked[attempt_id] = after.sale.sale_id if after.sale else ""
                    open_now.add(attempt_id)
                case KeepSale(sale_id=sale_id, attempt_id=attempt_id):
                    assert asked[attempt_id] == sale_id
                    assert sale_id not in completed, "a sale is paid once"
                    completed.add(sale_id)
                    open_now.discard(attempt_id)
                case SettleAttempt(attempt_id=attempt_id):
                    open_now.discard(attempt_id)
                    refused.add(attempt_id)
                case _:
                    pass
        if isinstance(event, AttemptRejected):
            open_now.discard(event.attempt_id) if after.sale and not after.sale.open_tender else None
        session = after
        if any(isinstance(effect, KeepSale) for effect in effects):
            assert session.phase is not Phase.PAID, "paid is not shown before it is stored"
            sale_id = session.sale.sale_id if session.sale else ""
            session, _ = visit.handle(session, SaleStored(session.at, sale_id, n + 1, n + 1))
        _truthful(session, completed)


def _truthful(session: Session, completed: set[str]) -> None:
    shown = session.phase
    if shown in (Phase.PAID, Phase.RECEIPT_QR, Phase.GOODBYE):
        assert session.sale is not None
        assert session.sale.sale_id in completed
    if shown is Phase.NOT_PAID:
        assert session.sale is not None
        assert isinstance(session.sale.tenders[-1].outcome, NotCharged)
    if session.sale is not None and session.sale.state is SaleState.PAYING:
        assert shown in (Phase.FOLLOW_TERMINAL, Phase.CHECKING, Phase.ESCALATED)
