"""The running lane: every event through the visit, its effects to the store first, then outward."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from kiosk.checkout import visit
from kiosk.checkout.effects import (
    AcknowledgeRead,
    AnyOutwardEffect,
    Authorize,
    CancelAttempt,
    CheckPin,
    Effect,
    Play,
    PrintReceipt,
    ResolveAttempt,
    SettleAttempt,
    StoreEffect,
)
from kiosk.checkout.events import AnyEvent, Instant, Pressed, ReadRef, SaleStored, Scanned, Ticked
from kiosk.checkout.intents import AnyIntent
from kiosk.checkout.ports import (
    Book,
    Catalogue,
    PrinterPort,
    ScannerPort,
    SpeakerPort,
    StaffPort,
    TerminalPort,
)
from kiosk.checkout.session import Session, Step
from kiosk.domain.barcode import ScannedText
from kiosk.domain.errors import DomainError

_log = logging.getLogger(__name__)
_TICK_S: Final = 1.0


@dataclass(frozen=True)
class World:
    """Everything the lane acts on.

    Attributes:
        now: both clocks.
        fresh_id: makes UUIDv7s.
        publish: takes each new session; never blocks.
    """

    now: Callable[[], Instant]
    fresh_id: Callable[[], str]
    publish: Callable[[Session], None]
    catalogue: Catalogue
    book: Book
    scanner: ScannerPort
    terminal: TerminalPort
    printer: PrinterPort
    staff: StaffPort
    speaker: SpeakerPort


class Lane:
    """The session that is going on; all of it on one loop, one event after the other.

    A store that fails raises out of `handle`: a lane that cannot keep what it does must stop, and the
    restarted one tells the shopper what is known.
    """

    def __init__(self, session: Session, world: World) -> None:
        self.session = session
        self._world = world
        self._dealt: tuple[str, int] | None = None

    def begin(self, step: Step) -> None:
        """Take up a visit a crash broke off."""
        self.session, effects = step
        self._carry_out(effects)
        self._world.publish(self.session)

    def handle(self, event: AnyEvent) -> None:
        """Apply an event and carry out what it wants."""
        before = self.session.phase
        try:
            self.session, effects = visit.handle(self.session, event)
        except DomainError:
            # Our own mistake, and nothing has changed: the visit goes on as it was.
            _log.exception("%s was refused", type(event).__name__)
            return
        after = self.session.phase
        self._carry_out(effects)
        if after is not before:
            _log.info("%s -> %s", before, after)
        self._world.publish(self.session)

    def read(self, code: str, read: ReadRef) -> None:
        """Look a read up and sell it; one that has been dealt with is only acknowledged again."""
        if self._dealt is not None and self._dealt[0] == read.boot_id and read.seq <= self._dealt[1]:
            self._world.scanner.acknowledge(read)
            return
        try:
            gtin = ScannedText.parse(code).gtin()
        except DomainError:
            gtin = None
        product = self._world.catalogue.find(gtin) if gtin else None
        self.handle(Scanned(self._world.now(), code, read, product, self._world.fresh_id()))
        self._dealt = (read.boot_id, read.seq)

    def press(self, intent: AnyIntent) -> None:
        """Take a hand on the screen."""
        self.handle(Pressed(self._world.now(), intent, self._world.fresh_id()))

    async def tick(self) -> None:
        """Let the seconds pass until cancelled."""
        while True:
            await asyncio.sleep(_TICK_S)
            self.handle(Ticked(self._world.now()))

    def _carry_out(self, effects: Sequence[Effect]) -> None:
        kept = [effect for effect in effects if isinstance(effect, StoreEffect)]
        stored = self._world.book.commit(kept) if kept else None  # type: ignore[arg-type]  # every StoreEffect is one
        for effect in effects:
            if not isinstance(effect, StoreEffect):
                self._outward(effect)  # type: ignore[arg-type]  # every other Effect is one
        if stored is not None:
            self.handle(SaleStored(self._world.now(), stored.sale_id, stored.receipt_no, stored.outbox_seq))

    def _outward(self, effect: AnyOutwardEffect) -> None:
        world = self._world
        match effect:
            case AcknowledgeRead(read):
                world.scanner.acknowledge(read)
            case Authorize(attempt_id, amount, ready):
                world.terminal.authorize(attempt_id, amount, printer_ready=ready)
            case CancelAttempt(attempt_id):
                world.terminal.cancel(attempt_id)
            case SettleAttempt(attempt_id):
                world.terminal.settle(attempt_id)
            case ResolveAttempt(attempt_id, outcome, approval):
                world.terminal.resolve(attempt_id, outcome, approval)
            case PrintReceipt(sale_id):
                world.printer.print_receipt(sale_id)
            case CheckPin(pin):
                world.staff.check(pin)
            case Play(sound):
                world.speaker.play(sound)
            case _:
                assert_never(effect)
