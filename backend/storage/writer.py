"""The one writer: a thread that commits the jobs waiting in its queue as one transaction."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Final, Self, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")

MAX_GROUP: Final = 64
"""Most jobs in one commit: enough to share the fsync, few enough that the first does not wait long."""


class WriterStoppedError(RuntimeError):
    """A job came after the writer had stopped."""


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Connection], Any]
    future: Future[Any]


class Writer:
    """Runs jobs one after the other; a job's result is given only after its commit has reached the disk.

    Each job runs in a savepoint of its own, so one that raises takes nobody else's work with it.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._stopped = False
        self._thread = Thread(target=self._run, name="backend-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Queue a job.

        Args:
            work: called in the writer's thread with a connection inside a transaction; must not commit.

        Returns:
            The job's result or exception, known once it is committed.

        Raises:
            WriterStoppedError: after stop().
        """
        if self._stopped:
            raise WriterStoppedError("the writer has stopped")
        future: Future[T] = Future()
        self._queue.put(_Job(work, future))
        return future

    def run(self, work: Callable[[Connection], T]) -> T:
        """Queue a job and wait for its commit."""
        return self.submit(work).result()

    def stop(self) -> None:
        """Finish what is queued, then end the thread; safe to call twice."""
        self._stopped = True
        self._queue.put(None)
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _run(self) -> None:
        while True:
            jobs, last = self._take()
            if jobs:
                self._commit(jobs)
            if last:
                return

    def _take(self) -> tuple[list[_Job], bool]:
        """Wait for one job, then take those that are there already."""
        jobs: list[_Job] = []
        first = self._queue.get()
        while first is not None:
            jobs.append(first)
            if len(jobs) == MAX_GROUP:
                return jobs, False
            try:
                first = self._queue.get_nowait()
            except Empty:
                return jobs, False
        return jobs, True

    def _commit(self, waiting: list[_Job]) -> None:
        jobs = [job for job in waiting if job.future.set_running_or_notify_cancel()]
        done: list[Callable[[], None]] = []
        try:
            with self._engine.begin() as connection:
                done = [_done(connection, job) for job in jobs]
        except Exception as error:  # noqa: BLE001 - the commit failed (disk full, I/O): nobody's work stands, and each waits to hear it
            done = [_failed(job, error) for job in jobs]
        for tell in done:
            tell()


def _done(connection: Connection, job: _Job) -> Callable[[], None]:
    try:
        with connection.begin_nested():
            result = job.work(connection)
    except Exception as error:  # noqa: BLE001 - any fault of one job is that job's answer
        return _failed(job, error)
    return lambda: job.future.set_result(result)


def _failed(job: _Job, error: Exception) -> Callable[[], None]:
    return lambda: job.future.set_exception(error)
