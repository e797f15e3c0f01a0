import asyncio
import sqlite3
from collections.abc import Sequence
from typing import Any

import pytest

from kiosk.checkout import visit
from kiosk.checkout.effects import AnyStoreEffect, Effect, KeepRead, KeepSale, KeepState, OpenSale, Sound
from kiosk.checkout.events import (
    AnyEvent,
    Attempt,
    AttemptChanged,
    AttemptState,
    Condition,
    Instant,
    Part,
    PartChanged,
    PinChecked,
    ReadRef,
)
from kiosk.checkout.intents import (
    CancelPaymentPressed,
    Intent,
    MethodChosen,
    PayPressed,
    PinEntered,
    ReceiptChoice,
    ReceiptChosen,
    RemovePressed,
    Settlement,
    SettlePressed,
    StaffPressed,
)
from kiosk.checkout.session import Phase, Session
from kiosk.checkout.visit import StoredVisit
from kiosk.core import lane as lane_module
from kiosk.core.lane import Lane, World
from kiosk.domain.approval import Approval
from kiosk.domain.barcode import Gtin
from kiosk.domain.basket import Basket, EntryMethod
from kiosk.domain.catalogue import Product
from kiosk.domain.money import Money, Quantity
from kiosk.domain.sale import CardReceipt, Method, Sale, SaleState
from kiosk.store.sales import Stored
from tests.daemons import running, until
from tests.goods import EUR, MILK, eur
from tests.playbook import POLICY, START

CODE = MILK.gtin.digits


class Recorder:
    """The world of a lane; `did` tells in order what was stored and what went out."""

    def __init__(self) -> None:
        self.did: list[Any] = []
        self.views: list[Session] = []
        self.fails = False
        self.completed: Stored | None = None
        self._ids = 0

    # Of the world itself.

    def now(self) -> Instant:
        return START

    def fresh_id(self) -> str:
        self._ids += 1
        return f"id{self._ids}"

    def publish(self, session: Session) -> None:
        self.views.append(session)

    # Catalogue and book.

    def find(self, gtin: Gtin) -> Product | None:
        return MILK if gtin == MILK.gtin else None

    def commit(self, effects: Sequence[AnyStoreEffect]) -> Stored | None:
        if self.fails:
            raise sqlite3.OperationalError("disk I/O error")
        self.did.append([type(effect) for effect in effects])
        sale = next((effect for effect in effects if isinstance(effect, KeepSale)), None)
        return Stored(sale.sale_id, 7, 3) if sale else None

    # What goes out.

    def acknowledge(self, read: ReadRef) -> None:
        self.did.append(("acknowledge", read.seq))

    def authorize(self, attempt_id: str, amount: Money, *, printer_ready: bool) -> None:
        self.did.append(("authorize", attempt_id, amount.minor, printer_ready))

    def cancel(self, attempt_id: str) -> None:
        self.did.append(("cancel", attempt_id))

    def settle(self, attempt_id: str) -> None:
        self.did.append(("settle", attempt_id))

    def resolve(self, attempt_id: str, outcome: Settlement, approval: Approval) -> None:
        self.did.append(("resolve", attempt_id, outcome, approval.person))

    def print_receipt(self, sale_id: str) -> None:
        self.did.append(("print", sale_id))

    def check(self, pin: str) -> None:
        self.did.append(("check", pin))

    def play(self, sound: Sound) -> None:
        self.did.append(sound)


class Stage:
    """A lane whose every part is well."""

    def __init__(self) -> None:
        self.world = world = Recorder()
        self.lane = Lane(
            Session.begin(POLICY, START),
            World(
                now=world.now,
                fresh_id=world.fresh_id,
                publish=world.publish,
                catalogue=world,
                book=world,
                scanner=world,
                terminal=world,
                printer=world,
                staff=world,
                speaker=world,
            ),
        )
        for part in Part:
            self.lane.handle(PartChanged(START, part, Condition.READY))

    def scan(self, code: str = CODE, seq: int = 1) -> None:
        self.lane.read(code, ReadRef("front", "b1", seq))

    def press(self, kind: type[Intent], *args: Any) -> None:
        self.lane.press(kind(self.lane.session.revision, *args))  # type: ignore[arg-type]

    def pay(self) -> str:
        self.scan()
        self.press(PayPressed, 129)
        self.press(MethodChosen, Method.CARD, 129)
        tender = self.lane.session.sale.open_tender if self.lane.session.sale else None
        assert tender is not None
        return tender.attempt_id

    def told(self, attempt_id: str, state: AttemptState) -> None:
        receipt = CardReceipt(eur(129)) if state is AttemptState.CAPTURED else None
        self.lane.handle(AttemptChanged(START, Attempt(attempt_id, state, receipt)))

    def did(self) -> list[Any]:
        done, self.world.did = self.world.did, []
        return done


def test_a_read_is_stored_before_it_is_acknowledged() -> None:
    stage = Stage()
    stage.scan()
    stored, acknowledged, sound = stage.did()
    assert (stored[0], stored[-1]) == (OpenSale, KeepRead)
    assert (acknowledged, sound) == (("acknowledge", 1), Sound.ADDED)
    assert stage.world.views[-1].phase is Phase.BASKET


def test_a_read_dealt_with_is_only_acknowledged_again() -> None:
    stage = Stage()
    stage.scan(seq=4)
    stage.did()
    stage.scan(seq=4)
    stage.scan(seq=3)
    assert stage.did() == [("acknowledge", 4), ("acknowledge", 3)]
    stage.lane.read(CODE, ReadRef("front", "b2", 1))
    assert ("acknowledge", 1) in stage.did()
    sale = stage.lane.session.sale
    assert sale is not None
    assert len(sale.basket.lines) == 2


@pytest.mark.parametrize("code", ["4006381333931", "HELLO", "\x1d", "x" * 5000])
def test_what_the_shop_does_not_have_is_refused_and_kept_as_dealt_with(code: str) -> None:
    stage = Stage()
    stage.scan(code)
    assert stage.did() == [[KeepRead], ("acknowledge", 1), Sound.REFUSED]


def test_money_is_asked_for_after_the_tender_is_stored_and_paid_is_shown_after_the_sale_is() -> None:
    stage = Stage()
    attempt = stage.pay()
    assert stage.did()[-1] == ("authorize", attempt, 129, True)
    stage.press(CancelPaymentPressed)
    assert stage.did() == [("cancel", attempt)]
    stage.told(attempt, AttemptState.CAPTURED)
    assert stage.did() == [[KeepSale], ("settle", attempt), Sound.PAID]
    shown = stage.world.views[-1]
    assert shown.phase is Phase.PAID
    assert shown.sale is not None
    assert (shown.sale.state, shown.sale.receipt_no, shown.outbox_seq) == (SaleState.COMPLETED, 7, 3)
    assert all(view.sale is None or view.sale.state is not SaleState.PAID for view in stage.world.views[:-2])
    stage.press(ReceiptChosen, ReceiptChoice.PRINT)
    assert stage.did()[-1] == ("print", shown.sale.sale_id)


def test_an_escalated_payment_is_settled_by_a_person() -> None:
    stage = Stage()
    attempt = stage.pay()
    stage.told(attempt, AttemptState.ESCALATED)
    stage.press(StaffPressed)
    stage.did()
    stage.press(PinEntered, "4711")
    assert stage.did() == [("check", "4711")]
    stage.lane.handle(PinChecked(START, "p1", "Mia", may_settle=True, wait_s=0))
    stage.press(SettlePressed, Settlement.CAPTURED, "terminal_shows_paid")
    assert stage.did()[-1] == ("resolve", attempt, Settlement.CAPTURED, "Mia")


def test_a_store_that_fails_ends_the_lane_and_nothing_went_out() -> None:
    stage = Stage()
    stage.did()
    stage.world.fails = True
    views = len(stage.world.views)
    with pytest.raises(sqlite3.OperationalError):
        stage.scan()
    assert stage.did() == []
    assert len(stage.world.views) == views


def test_a_mistake_of_ours_is_refused_and_the_visit_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    stage = Stage()
    stage.scan()
    before = stage.lane.session
    stage.press(RemovePressed, 99)
    assert stage.lane.session == before
    assert "Pressed was refused" in caplog.text


def test_a_visit_broken_off_is_taken_up() -> None:
    stage = Stage()
    basket, _ = Basket(EUR).add(MILK, Quantity.pieces(1), EntryMethod.SCANNED)
    stored = StoredVisit(Sale("s1", basket), "de", START.wall_us)
    stage.lane.begin(visit.resume(POLICY, START, stored))
    assert [view.phase for view in stage.world.views[-1:]] == [Phase.BASKET]
    gone = StoredVisit(Sale("s1", basket), "de", 0)
    stage.did()
    stage.lane.begin(visit.resume(POLICY, START, gone))
    assert stage.did() == [[KeepState]]
    assert stage.world.views[-1].phase is Phase.ATTRACT


def test_seconds_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane_module, "_TICK_S", 0.001)
    stage = Stage()
    views = len(stage.world.views)

    async def main() -> None:
        async with running(stage.lane.tick()):
            await until(lambda: len(stage.world.views) > views + 2)

    asyncio.run(main())


def test_every_outward_effect_has_a_place(caplog: pytest.LogCaptureFixture) -> None:
    stage = Stage()
    with pytest.raises(AssertionError):
        stage.lane.begin((stage.lane.session, (Effect(),)))
    assert caplog.text == ""


def test_an_event_that_changes_nothing_is_shown_all_the_same() -> None:
    stage = Stage()
    event: AnyEvent = PartChanged(START, Part.SYNC, Condition.READY)
    views = len(stage.world.views)
    stage.lane.handle(event)
    assert len(stage.world.views) == views + 1
    assert stage.did() == []
