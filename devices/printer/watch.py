"""Keeps the printer's state fresh: asks when it is quiet, believes whole answers, calls silence unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from devices.printer.health import Health
from devices.printer.status import QUESTIONS, Noise, Status, StatusReader, is_poll_answer

if TYPE_CHECKING:
    from devices.printer.limits import Limits
    from devices.printer.status import Answer

_MISSES = 2  # one answer may be lost on a serial line


class Watch:
    """The status side of one printer.

    Answers to DLE EOT 1 to 4 are taken as one batch: a lost byte would shift the meaning of those behind it,
    so an incomplete batch is dropped whole. Automatic status is believed at once.
    """

    def __init__(self, limits: Limits, *, answers: bool, hides_power: bool = False) -> None:
        """Know nothing yet.

        Args:
            limits: All waits.
            answers: Whether the transport can bring anything back; a file cannot, and counts as sound.
            hides_power: Whether silence is the only sign that the printer was switched off.
        """
        self._hides_power = hides_power
        self.health = Health().gone()
        self.polled_at: float | None = None
        self._limits = limits
        self._answers = answers
        self._reader = StatusReader()
        self._batch: list[Status] = []
        self._asked_at: float | None = None
        self._status_at: float | None = None
        self._alive_at = 0.0
        self._misses = 0
        self._late = 0

    def connected(self, now: float) -> None:
        """A new connection: nothing said on the last one counts."""
        self._reader.restart()
        self._batch.clear()
        self._asked_at = self._status_at = self.polled_at = None
        self._alive_at = now
        self._misses = self._late = 0
        self.health = Health() if self._answers else Health(power="Online", paper="ok", cover="closed")

    def disconnected(self) -> None:
        """No connection, no knowledge."""
        self.health = Health().gone()

    def feed(self, now: float, data: bytes) -> tuple[Answer, ...]:
        """Take what the printer sent; the answers that are not about its state are given back."""
        rest: list[Answer] = []
        for answer in self._reader.feed(data):
            match answer:
                case Status(kind="eot"):
                    self._eot(now, answer)
                case Status():
                    self._believe(now, answer)
                    rest.append(answer)
                case Noise(data=data) if self._late and is_poll_answer(data):
                    self._late -= 1  # of a poll we had given up: the printer was only slow
                case _:
                    rest.append(answer)
        return tuple(rest)

    def asked(self, now: float) -> None:
        """A poll has gone out."""
        self._reader.expect(QUESTIONS)
        self._asked_at = now

    def fence(self) -> None:
        """GS r 1 has gone out behind a job."""
        self._reader.expect(("paper",))

    def fresh(self, now: float) -> bool:
        """Whether the state is young enough to start a job on."""
        young = self._status_at is not None and now - self._status_at <= self._limits.poll
        return young or not self._answers

    def tick(self, now: float) -> Literal["poll", "dead"] | None:
        """What is due: a poll, or giving the connection up."""
        if not self._answers:
            return None
        if self._asked_at is not None:
            if now - self._asked_at < self._limits.answer:
                return None
            self._miss()
        off = self._hides_power and self._misses >= _MISSES
        if off or (self._misses and now - self._alive_at >= self._limits.dead):
            return "dead"
        due = self._status_at is None or now - self._status_at >= self._limits.poll
        return "poll" if due else None

    def _miss(self) -> None:
        self._asked_at = None
        self._late += self._reader.outstanding
        self._reader.forget()
        self._batch.clear()
        self._misses += 1
        if self._misses >= _MISSES:
            self.health = Health()

    def _eot(self, now: float, status: Status) -> None:
        self._batch.append(status)
        if self._reader.outstanding:
            return
        for each in self._batch:
            self._believe(now, each)
        self._batch.clear()
        self._asked_at = None
        self.polled_at = now

    def _believe(self, now: float, status: Status) -> None:
        self.health = self.health.merged(status)
        self._status_at = self._alive_at = now
        self._misses = 0
