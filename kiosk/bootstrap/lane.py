"""The core thread: store, catalogue, links and session of the running lane, on one asyncio loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from devices.link.contracts import contract
from devices.link.server import Server
from kiosk.bootstrap.outbound import WireOutbound
from kiosk.bootstrap.settings import place_of, policy_of
from kiosk.bootstrap.words import translations
from kiosk.checkout import visit
from kiosk.checkout.effects import Sound
from kiosk.checkout.events import AnyEvent, Condition, Part, PartChanged, ReadRef, SyncChanged
from kiosk.checkout.session import Phase, Session
from kiosk.config import LaneTables
from kiosk.core import clock
from kiosk.core.health import INTERFACE, LaneService
from kiosk.core.lane import Lane, World
from kiosk.core.receipts import ReceiptWriter
from kiosk.core.staff import Staff
from kiosk.domain.money import Currency
from kiosk.domain.receipt import Say
from kiosk.peripherals.printer import Printer, PrinterCalls
from kiosk.peripherals.scanner import Scanner, ScannerCalls
from kiosk.peripherals.sync import Sync, SyncCalls
from kiosk.peripherals.terminal import Terminal, TerminalCalls
from kiosk.store import lane_key, people
from kiosk.store.catalogue import Catalogue
from kiosk.store.database import FileTakenError
from kiosk.store.sales import FILE_NAME, LaneFacts, SalesStore

CANNOT_START: Final = (FileTakenError, lane_key.LaneKeyError, OSError)
"""What keeps the rooms from being built, each with a sentence that says what to do."""
_PRINT_AGAIN_US: Final = 15 * 60 * 1_000_000
"""A receipt that missed the printer is printed at its return for this long; later it would only surprise."""
_LOOK_S: Final = 1.0
_NO_BASKET: Final = (Phase.ATTRACT, Phase.PAID, Phase.RECEIPT_QR, Phase.GOODBYE)
"""Scenes in which a read begins a visit: an old one would end up in the basket of whoever comes next."""


@dataclass(frozen=True)
class Screen:
    """What the core needs of the screen; each is called from the core's thread and must not wait.

    Attributes:
        publish: takes each new session.
        play: takes a sound.
        frames: tells how many frames were really drawn.
    """

    publish: Callable[[Session], None]
    play: Callable[[Sound], None]
    frames: Callable[[], int]


class Speaker:
    """The loudspeaker, which the screen's process owns."""

    def __init__(self, play: Callable[[Sound], None]) -> None:
        self.play = play


class LaneRooms:
    """Everything behind the screen, built in order; `run` serves it until stopped.

    Raises:
        FileTakenError: sales.db has another writer.
        LaneKeyError: the lane's key cannot be used.
        OSError: the state directory cannot be used.
    """

    def __init__(self, settings: LaneTables, screen: Screen) -> None:
        self._settings = settings
        self._screen = screen
        state = settings.store.directory
        state.mkdir(parents=True, exist_ok=True)
        key = lane_key.load_or_create(state)
        name = settings.lane.workstation
        facts = LaneFacts(name, Currency(settings.lane.currency))
        outbound = WireOutbound(name, lane_key.public_key_base64(key))
        self.store = SalesStore(state / FILE_NAME, facts, key, outbound)
        self.catalogue = Catalogue(state)
        pepper = people.load_pepper(state)
        self._people = people.People(self.store.writer, pepper)
        self._receipts = ReceiptWriter(place_of(settings), self.store, _say)
        self._told: tuple[str, str | None, int, str | None] | None = None
        self._build(pepper)

    def _build(self, pepper: bytes) -> None:
        socket = self._settings.link.socket
        scans = ScannerCalls(clock.now, self.emit, self._read, self._same_visit)
        self._scanner = Scanner(socket("scanner"), scans, self.store.position())
        self._terminal = Terminal(
            socket("terminal-card"),
            TerminalCalls(clock.now, self.emit, self._open_attempt, self.store.decided),
        )
        self._printer = Printer(
            socket("printer"),
            PrinterCalls(
                clock.now, self.emit, self._receipts.document, self._unprinted, self.store.handed_to_printer
            ),
        )
        self._sync = Sync(socket("sync"), SyncCalls(clock.now, self.emit, self._look))
        world = World(
            now=clock.now,
            fresh_id=clock.fresh_id,
            publish=self._published,
            catalogue=self.catalogue,
            book=self.store,
            scanner=self._scanner,
            terminal=self._terminal,
            printer=self._printer,
            staff=Staff(self._people, pepper, clock.now, self.emit),
            speaker=Speaker(self._screen.play),
        )
        self.lane = Lane(Session.begin(policy_of(self._settings), clock.now()), world)

    async def run(self) -> None:
        """Take up what a crash broke off, then serve until cancelled."""
        stored = self.store.open_visit()
        if stored is not None:
            self.lane.begin(visit.resume(self.lane.session.policy, clock.now(), stored))
        self._look()
        service = LaneService(lambda: self.lane.session, self._screen.frames, lambda: self.store.outbox_seq)
        server = Server(contract(INTERFACE), service)
        async with server.serving(self._settings.link.socket("lane")), asyncio.TaskGroup() as group:
            for part in (self._scanner, self._terminal, self._printer, self._sync):
                group.create_task(part.run())
            group.create_task(self.lane.tick())
            group.create_task(self._watch())

    def emit(self, event: AnyEvent) -> None:
        """Take an event of a device."""
        if isinstance(event, SyncChanged):
            self._receipts.link = event.receipt_url
        self.lane.handle(event)

    def close(self) -> None:
        """Close the files."""
        self.catalogue.close()
        self.store.close()

    def _read(self, code: str, read: ReadRef) -> None:
        self.lane.read(code, read)

    def _same_visit(self) -> bool:
        return self.lane.session.phase not in _NO_BASKET

    def _open_attempt(self) -> str | None:
        sale = self.lane.session.sale
        tender = sale.open_tender if sale else None
        return tender.attempt_id if tender else None

    def _unprinted(self) -> list[str]:
        return self.store.unprinted(clock.now().wall_us - _PRINT_AGAIN_US)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_S)
            self._look()

    def _look(self) -> None:
        """See whether there is anything to sell yet."""
        ready = self.catalogue.ready()
        condition = Condition.READY if ready else Condition.GONE
        if self.lane.session.condition(Part.CATALOGUE) is not condition:
            detail = "" if ready else "empty"
            self.lane.handle(PartChanged(clock.now(), Part.CATALOGUE, condition, detail))

    def _published(self, session: Session) -> None:
        self._screen.publish(session)
        sale = session.sale
        wants = session.wants.value if session.wants else None
        told = (session.screen, sale.state.value if sale else None, self.store.outbox_seq, wants)
        if told != self._told:
            self._told = told
            self._sync.lane_state(*told)


def _say(language: str) -> Say:
    return translations(language).gettext
