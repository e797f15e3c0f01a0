from pathlib import Path

import pytest

from devices.terminal.attempt import AttemptState, Kind
from devices.terminal.book import Attempt, UnknownAttemptError, read_only
from devices.terminal.journal import Journal


def test_there_is_nothing_to_read_before_anything_was_written(tmp_path: Path) -> None:
    assert read_only(tmp_path) is None


def test_a_reader_beside_the_writer(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    wanted = Attempt("a", "card", Kind.SALE, AttemptState.PREPARED, 5, "EUR")
    journal.prepare(wanted)
    book = read_only(tmp_path)
    assert book is not None
    assert book.attempts() == (wanted,)
    assert book.get("a") == wanted
    assert book.open_attempt() == wanted
    assert book.unsettled() == (wanted,)
    assert book.terminal() == (None, None, False, None)
    with pytest.raises(UnknownAttemptError):
        book.get("b")
    book.close()
    journal.close()
