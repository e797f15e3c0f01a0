import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from devices.printer.job import Phase, Run
from devices.printer.journal import (
    Job,
    Journal,
    JournalError,
    JournalLockedError,
    open_for_reading,
    read_jobs,
)

DOCUMENT = {"blocks": [{"text": "Käse"}]}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "print.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with contextlib.closing(Journal(path, "tcp:127.0.0.1:9100", automatic_copies=2)) as made:
        yield made


def only_run(journal: Journal) -> Run:
    run = journal.next_run()
    assert run is not None
    return run


def test_a_job_is_journalled_once(journal: Journal) -> None:
    assert journal.add("k", DOCUMENT, 1) == Job("k", "QUEUED", 0, None)
    journal.save(replace(only_run(journal), phase=Phase.DONE))
    assert journal.add("k", {"blocks": []}, 2) == Job("k", "DONE", 0, None)
    assert journal.document("k") == DOCUMENT
    assert journal.next_run() is None
    assert journal.queued() == 0


def test_what_holds_a_job_is_part_of_its_state_until_it_is_over(journal: Journal) -> None:
    journal.add("k", DOCUMENT, 1)
    journal.save(replace(only_run(journal), held="paper_end"))
    assert journal.job("k") == Job("k", "HELD", 0, "paper_end")
    assert only_run(journal) == Run(1, "k", held="paper_end")
    journal.save(replace(only_run(journal), phase=Phase.DONE, held=None))
    assert journal.job("k") == Job("k", "DONE", 0, None)
    assert journal.job("other") is None
    assert Job("k", "DONE", 0, None).as_dict() == {"job": "k", "state": "DONE", "copies": 0, "cause": None}


def test_an_unknown_run_is_followed_by_its_copy_before_younger_jobs(journal: Journal) -> None:
    for key in ("a", "b"):
        journal.add(key, DOCUMENT, 1)
    journal.save(replace(only_run(journal), phase=Phase.UNKNOWN))
    copy = only_run(journal)
    assert copy == Run(3, "a", copy=1)
    assert journal.follows_unknown(copy)
    assert journal.left_over()
    assert journal.next_run("b") == Run(2, "b")
    assert not journal.follows_unknown(Run(2, "b"))
    assert journal.queued() == 2
    journal.save(replace(copy, phase=Phase.DONE))
    assert not journal.left_over()
    journal.save(replace(Run(2, "b"), phase=Phase.UNCONFIRMED, broken=True))
    assert journal.left_over()
    journal.save(replace(Run(2, "b"), phase=Phase.UNCONFIRMED))
    assert not journal.left_over()


def test_copies_of_our_own_come_to_an_end_and_a_person_may_ask_for_more(journal: Journal) -> None:
    journal.add("k", DOCUMENT, 1)
    for expected in (1, 2):
        journal.save(replace(only_run(journal), phase=Phase.UNKNOWN))
        assert only_run(journal).copy == expected
    journal.save(replace(only_run(journal), phase=Phase.UNKNOWN))
    assert journal.next_run() is None
    assert journal.job("k") == Job("k", "UNKNOWN", 2, None)
    journal.add_copy("k")
    assert only_run(journal).copy == 3
    journal.add_copy("no such job")
    assert journal.queued() == 1


def test_asking_first_makes_no_copy(path: Path) -> None:
    with contextlib.closing(Journal(path)) as journal:
        journal.add("k", DOCUMENT, 1)
        journal.save(replace(only_run(journal), phase=Phase.UNKNOWN))
        assert journal.next_run() is None


@pytest.mark.parametrize(
    ("phase", "unknown", "left"),
    [
        (Phase.QUEUED, 0, Run(1, "k")),
        (Phase.SENDING, 1, Run(2, "k", copy=1)),
        (Phase.SENT, 0, Run(1, "k", phase=Phase.SENT)),
    ],
)
def test_a_new_process_judges_what_the_last_one_left(
    path: Path, phase: Phase, unknown: int, left: Run
) -> None:
    with contextlib.closing(Journal(path)) as before:
        before.add("k", DOCUMENT, 1)
        before.save(replace(only_run(before), phase=phase, held="silent"))
    with contextlib.closing(Journal(path, automatic_copies=2)) as journal:
        assert journal.restart() == unknown
        assert only_run(journal) == left


def test_every_change_is_on_disk_at_once(path: Path, journal: Journal) -> None:
    journal.add("k", DOCUMENT, 1)
    with contextlib.closing(open_for_reading(path)) as other:
        assert list(read_jobs(other)) == [Job("k", "QUEUED", 0, None)]
        journal.save(replace(only_run(journal), phase=Phase.SENDING))
        assert list(read_jobs(other)) == [Job("k", "SENDING", 0, None)]
        with pytest.raises(sqlite3.OperationalError):
            other.execute("DELETE FROM job")
    with contextlib.closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_only_one_process_owns_the_file(path: Path) -> None:
    journal = Journal(path, "tcp:127.0.0.1:9100")
    with pytest.raises(JournalLockedError, match="belongs to a running kiosk-printer") as refused:
        Journal(path)
    assert refused.value.owner == "tcp:127.0.0.1:9100"
    journal.close()
    with contextlib.closing(Journal(path)) as next_one:
        assert next_one.queued() == 0


def test_old_jobs_that_are_over_are_forgotten(journal: Journal) -> None:
    for key, created in (("old", 1), ("open", 2), ("new", 100)):
        journal.add(key, DOCUMENT, created)
    for key in ("old", "new"):
        run = journal.next_run(key)
        assert run is not None
        journal.save(replace(run, phase=Phase.DONE))
    assert journal.prune(50) == 1
    assert journal.job("old") is None
    assert journal.job("open") is not None
    journal.add("old", DOCUMENT, 200)
    assert only_run(journal).job == "open"


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database at all, but long enough to look like one" * 9)
    with pytest.raises(JournalError, match="cannot be opened"):
        Journal(path)
    with pytest.raises(JournalError, match="cannot be read"):
        open_for_reading(path)


def test_a_newer_file_is_left_alone(path: Path) -> None:
    Journal(path).close()
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 2")
    with pytest.raises(JournalError, match="has version 2, this program knows 1"):
        Journal(path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalError, match="cannot be opened"):
        Journal(tmp_path / "file" / "print.db")
    (tmp_path / "print.db").mkdir()
    with pytest.raises(JournalError, match="cannot be opened"):
        Journal(tmp_path / "print.db")


def test_a_full_disk_is_told_and_changes_nothing(path: Path, journal: Journal) -> None:
    journal.add("k", DOCUMENT, 1)
    with contextlib.closing(sqlite3.connect(path, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")
        journal._database.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(JournalError, match=r"print\.db cannot be written"):
            journal.save(replace(only_run(journal), phase=Phase.SENDING))
        other.rollback()
    assert only_run(journal).phase is Phase.QUEUED
