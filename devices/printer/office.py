"""Between the journal and the driver: which run is next, what became of the last, what is told to whom."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, Protocol

from devices.printer.document import DocumentError, parse_document
from devices.printer.driver import Finished, Garbage, HealthChanged, Saved
from devices.printer.job import Phase
from devices.printer.journal import Job

if TYPE_CHECKING:
    from devices.printer.document import Document
    from devices.printer.driver import Driver, Effect, Order
    from devices.printer.job import Run
    from devices.printer.journal import Journal
    from devices.printer.press import Press

_log: Final = logging.getLogger(__name__)
EventKind = Literal["OutputCompleteEvent", "ErrorEvent", "StatusUpdateEvent"]


class Listener(Protocol):
    """Who is told what happens."""

    def __call__(self, kind: EventKind, job: Job | None) -> None:
        """Something happened to a job, or (None) to the printer."""


class Office:
    """Carries out what the driver decides, and gives it one run at a time, oldest job first."""

    def __init__(
        self, journal: Journal, driver: Driver, press: Press, tell: Listener, *, only: str | None = None
    ) -> None:
        """Take over what an earlier process left in the journal; `only`: print no job but that one."""
        self.statistics: Counter[str] = Counter()
        self._journal = journal
        self._driver = driver
        self._press = press
        self._tell = tell
        self._only = only
        self._unsaved: dict[int, Run] = {}
        self.statistics["UnknownCount"] += journal.restart()

    def carry_out(self, effects: tuple[Effect, ...]) -> None:
        """Journal and tell, in order.

        Raises:
            JournalError: It could not be written; it is kept and written before anything else.
        """
        for effect in effects:
            match effect:
                case Saved():
                    self._save(effect.run)
                    self._tell("ErrorEvent" if effect.run.held else "StatusUpdateEvent", Job.of(effect.run))
                case Finished():
                    self._save(effect.run)
                    self._finished(effect.run)
                case HealthChanged():
                    self._tell("StatusUpdateEvent", None)
                case Garbage():
                    self.statistics["ProtocolErrorCount"] += 1
                    _log.warning("the printer sent %s, which is no answer", effect.data.hex(" "))
                case _:
                    pass

    def offer_next(self, now: float) -> None:
        """Give the driver the oldest run that is not over, when it has none.

        Raises:
            JournalError: What was decided before cannot be written yet.
        """
        self._flush()
        if self._driver.run is not None:
            return
        run = self._journal.next_run(self._only)
        if run is not None:
            # What this process has begun is in the driver's hands: a run with bytes sent is another's.
            self.carry_out(self._driver.offer(now, self._order(run.restarted())))

    def document(self, job: str) -> Document:
        """The document of a journalled job.

        It was judged when it was journalled; one that a newer version refuses is printed as that sentence.
        """
        try:
            return parse_document(self._journal.document(job))
        except DocumentError as fault:
            _log.error("job %s cannot be read back: %s", job, fault)
            return parse_document({"blocks": [{"text": str(fault)}, {"cut": "partial"}]})

    def _order(self, run: Run) -> Order:
        return self._press.order(run, self.document(run.job), separate=self._journal.left_over())

    def _save(self, run: Run) -> None:
        self._unsaved[run.number] = run
        self._flush()

    def _flush(self) -> None:
        for number, run in tuple(self._unsaved.items()):
            self._journal.save(run)
            del self._unsaved[number]

    def _finished(self, run: Run) -> None:
        if run.phase is Phase.UNKNOWN:
            self.statistics["UnknownCount"] += 1
            self._tell("ErrorEvent", Job.of(run))
            return
        self._add_up(run)
        self._tell("OutputCompleteEvent", Job.of(run))

    def _add_up(self, run: Run) -> None:
        encoded = self._press.encoded(self.document(run.job), run.copy)
        self.statistics["ReceiptLinePrintedCount"] += encoded.lines
        self.statistics["PaperCutCount"] += encoded.cuts
        self.statistics["CopyCount" if run.copy else "ReceiptCount"] += 1
