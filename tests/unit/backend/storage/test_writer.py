import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event, text

from backend.storage.database import writing_engine
from backend.storage.writer import MAX_GROUP, Writer, WriterStoppedError


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = writing_engine(tmp_path / "x.db")
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER PRIMARY KEY)"))
    yield made
    made.dispose()


def put(number: int) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        connection.execute(text("INSERT INTO t VALUES (:n)"), {"n": number})
        return number

    return work


def count(writer: Writer) -> int:
    return int(writer.run(lambda connection: connection.execute(text("SELECT count(*) FROM t")).scalar_one()))


def test_a_result_is_given_once_it_is_committed(engine: Engine) -> None:
    with Writer(engine) as writer:
        assert writer.run(put(1)) == 1
        assert count(writer) == 1


def test_jobs_that_wait_share_a_commit_and_keep_their_order(engine: Engine) -> None:
    commits: list[int] = []
    event.listen(engine, "commit", lambda _: commits.append(1))
    gate, begun = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        begun.set()
        gate.wait(30)

    with Writer(engine) as writer:
        first = writer.submit(hold)
        assert begun.wait(30)
        waiting: list[Future[int]] = [writer.submit(put(n)) for n in range(MAX_GROUP + 5)]
        gate.set()
        first.result(30)
        assert [future.result(30) for future in waiting] == list(range(MAX_GROUP + 5))
    assert sum(commits) == 3


def test_a_job_that_fails_takes_nobody_s_work_with_it(engine: Engine) -> None:
    gate, begun = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        begun.set()
        gate.wait(30)

    with Writer(engine) as writer:
        writer.submit(hold)
        assert begun.wait(30)
        futures = [writer.submit(put(n)) for n in (1, 1, 2)]
        gate.set()
        assert futures[0].result(30) == 1
        with pytest.raises(Exception, match="UNIQUE"):
            futures[1].result(30)
        assert futures[2].result(30) == 2
        assert count(writer) == 2


def test_a_commit_that_fails_is_told_to_each_and_the_writer_goes_on(engine: Engine) -> None:
    def refuse(_: Connection) -> None:
        raise OSError("disk full")

    with Writer(engine) as writer:
        event.listen(engine, "commit", refuse)
        with pytest.raises(OSError, match="disk full"):
            writer.run(put(1))
        event.remove(engine, "commit", refuse)
        assert count(writer) == 0


def test_who_stopped_waiting_is_passed_over(engine: Engine) -> None:
    gate, begun = threading.Event(), threading.Event()

    def hold(_: Connection) -> None:
        begun.set()
        gate.wait(30)

    with Writer(engine) as writer:
        writer.submit(hold)
        assert begun.wait(30)
        gone = writer.submit(put(1))
        assert gone.cancel()
        gate.set()
        assert count(writer) == 0


def test_after_the_stop_nothing_is_taken(engine: Engine) -> None:
    writer = Writer(engine)
    last = writer.submit(put(7))
    writer.stop()
    writer.stop()
    assert last.result(0) == 7
    with pytest.raises(WriterStoppedError):
        writer.submit(put(8))
