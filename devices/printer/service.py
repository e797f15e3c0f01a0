"""The printer's daemon: org.checkstand.Printer1 in front, the pump behind."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from devices.link.claims import Claims
from devices.link.events import EventLog, new_boot_id
from devices.link.messages import CallError
from devices.printer.document import DocumentError, parse_document
from devices.printer.driver import Driver
from devices.printer.health import SENTENCES
from devices.printer.job import FINAL, Phase
from devices.printer.journal import Job, Journal, JournalError
from devices.printer.limits import Limits
from devices.printer.office import Office
from devices.printer.press import Press
from devices.printer.pump import Pump
from devices.printer.transport import brings_answers
from devices.settings import Serial

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from devices.link.server import Connection
    from devices.printer.encode import Artist
    from devices.printer.office import EventKind
    from devices.printer.profile import Profile
    from devices.settings import Address

_MICROSECONDS: Final = 1_000_000
_KEPT_S: Final = 90 * 24 * 3600  # receipts stay reprintable for a quarter; the sale itself is kept elsewhere
MOST_AUTOMATIC_COPIES: Final = 3  # a printer that loses every job is for a person to look at
_FINISHED: Final = frozenset(str(phase) for phase in FINAL)


@dataclass(frozen=True)
class Setup:
    """What a printer's daemon is made of.

    Attributes:
        address: Where the printer is.
        profile: Its model.
        database: Path of print.db.
        artist: Draws what it cannot write.
        copy_unknown: Print a lost receipt again, marked COPY, without asking anybody.
        only: Print no job but this one.
        limits: All waits.
    """

    address: Address
    profile: Profile
    database: Path
    artist: Artist
    copy_unknown: bool = True
    only: str | None = None
    limits: Limits = field(default_factory=Limits)


class Printer:
    """Serves Printer1 and owns print.db; close it when done."""

    def __init__(self, setup: Setup) -> None:
        """Open the journal and judge what an earlier process left.

        Raises:
            JournalLockedError: Another process owns it.
            JournalError: It cannot be used.
        """
        answers = brings_answers(setup.address)
        copies = MOST_AUTOMATIC_COPIES if setup.copy_unknown else 0
        self._journal = Journal(setup.database, str(setup.address), automatic_copies=copies)
        self._journal.prune(_now_us() - _KEPT_S * _MICROSECONDS)
        self._claims = Claims()
        self._events = EventLog(new_boot_id())
        self._driver = Driver(setup.limits, answers=answers, hides_power=isinstance(setup.address, Serial))
        self._press = Press(setup.profile, setup.artist, answers)
        self._office = Office(self._journal, self._driver, self._press, self._tell, only=setup.only)
        self._pump = Pump(setup.address, self._driver, self._office, setup.limits)

    async def work(self) -> None:
        """Print until cancelled."""
        await self._pump.run()

    def healthy(self) -> bool:
        """Whether the printer is being serviced, for systemd's watchdog."""
        return self._pump.turning

    def close(self) -> None:
        """Let the journal go."""
        self._journal.close()

    # org.checkstand.Printer1, one method each, as the link's server calls them.

    async def claim(self, connection: Connection, *, client: str, timeout_ms: int) -> None:
        """UnifiedPOS ClaimDevice."""
        await self._claims.claim(connection, client, timeout_ms)

    async def release(self, connection: Connection) -> None:
        """UnifiedPOS ReleaseDevice."""
        self._claims.release(connection)

    async def get_state(self, _connection: Connection) -> dict[str, object]:
        """The printer's state now."""
        return {"state": self.state()}

    async def print(self, connection: Connection, *, job: str, document: object) -> dict[str, object]:
        """Journal a job; a key that is known prints nothing more."""
        self._admit(connection)
        known = self._journal.job(job)
        if known is None:
            _judge(document)
            known = self._journalled(job, document)
            self._pump.nudge()
        return {"job": known.as_dict()}

    async def get_job(self, _connection: Connection, *, job: str) -> dict[str, object]:
        """What became of a job."""
        return {"job": self._known(job).as_dict()}

    async def reprint(self, connection: Connection, *, job: str) -> dict[str, object]:
        """Print a finished job again, marked COPY; one that is still on its way is left alone."""
        self._admit(connection)
        if self._known(job).state in _FINISHED:
            try:
                self._journal.add_copy(job)
            except JournalError as fault:
                raise CallError("Unavailable", sentence=str(fault)) from fault
            self._pump.nudge()
        return {"job": self._known(job).as_dict()}

    async def open_drawer(self, connection: Connection, *, drawer: int) -> None:
        """Pulse a drawer now, or refuse: a drawer must not open later by itself."""
        self._admit(connection)
        if drawer not in {1, 2}:
            raise CallError("Unavailable", sentence=f"There is no drawer {drawer}; expected 1 or 2.")
        if not self._driver.pulse(drawer):
            raise CallError("Unavailable", sentence=self._sentence())
        self._office.statistics["DrawerOpenCount"] += 1
        self._pump.nudge()

    async def subscribe(
        self, _connection: Connection, *, since_boot_id: str | None, since_seq: int | None
    ) -> AsyncIterator[dict[str, object]]:
        """Every event after the given one, for ever."""
        async for event in self._events.follow(since_boot_id, since_seq):
            yield {"event": event}

    async def get_statistics(self, _connection: Connection) -> dict[str, object]:
        """Counted since this process started."""
        return {"statistics": dict(self._office.statistics)}

    def state(self) -> dict[str, object]:
        """The State type of the interface."""
        health = self._driver.health
        return {
            "boot_id": self._events.boot_id,
            "power": health.power,
            "paper": health.paper,
            "cover": health.cover,
            "error": health.error,
            "cutter_error": health.cutter_error,
            "drawer": health.drawer,
            "ready": health.cause is None,
            "queued": self._journal.queued(),
            "sentence": self._sentence(),
        }

    def submit(self, job: str, document: object) -> Job:
        """Journal a job, for this process.

        Raises:
            JournalError: It could not be written.
        """
        return self._journal.add(job, document, _now_us())

    def outcome(self, job: str) -> Job | None:
        """What became of a job, for a process that is about to give it up.

        A run whose bytes are out but whose printer has gone is UNKNOWN; so is a job whose copy still waits.
        """
        run = self._journal.next_run(job)
        if run is None:
            return self._journal.job(job)
        gone = run.phase is not Phase.QUEUED and run.held in {"disconnected", "silent"}
        lost = run.phase is Phase.QUEUED and self._journal.follows_unknown(run)
        return Job(job, "UNKNOWN", run.copy, run.held) if gone or lost else Job.of(run)

    def _sentence(self) -> str:
        cause = self._driver.health.cause
        told = SENTENCES[cause]
        return f"{told} ({self._pump.trouble})" if cause == "disconnected" and self._pump.trouble else told

    def _tell(self, kind: EventKind, job: Job | None) -> None:
        self._events.append(
            {"kind": kind, "job": job.as_dict() if job else None, "state": None if job else self.state()}
        )

    def _admit(self, connection: Connection) -> None:
        """Anybody may print while nobody has claimed the printer."""
        try:
            self._claims.require(connection)
        except CallError:
            if self._claims.holder is not None:
                raise CallError("Claimed", holder=self._claims.holder) from None

    def _known(self, job: str) -> Job:
        known = self._journal.job(job)
        if known is None:
            raise CallError("UnknownJob", job=job)
        return known

    def _journalled(self, job: str, document: object) -> Job:
        try:
            return self._journal.add(job, document, _now_us())
        except JournalError as fault:
            raise CallError("Unavailable", sentence=str(fault)) from fault


def _judge(document: object) -> None:
    try:
        parse_document(document)
    except DocumentError as fault:
        raise CallError("BadDocument", position=fault.position, sentence=str(fault)) from fault


def _now_us() -> int:
    return time.time_ns() // 1000
