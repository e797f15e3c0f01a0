"""The ledger on disk: durable, alone, and whole again after a crash."""

import json
from pathlib import Path

import pytest

from devices.terminal.simulator.ledger import LedgerError
from devices.terminal.simulator.ledger_file import LedgerFile
from tests.unit.devices.terminal.simulator.bench import NOON


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pt.ledger"


def sell(book: LedgerFile) -> None:
    entry = book.ledger.enter("payment", 1234, "EUR", at=NOON, card="VISA")
    book.ledger.settle(entry, "stored")


def test_lines_are_appended_and_read_back(path: Path) -> None:
    with LedgerFile(path) as book:
        sell(book)
        book.ledger.close_day(NOON)
    with LedgerFile(path) as book:
        assert book.ledger.total() == 1234
        assert book.ledger.batch() == []
        sell(book)
    states = [json.loads(line)["state"] for line in path.read_text().splitlines()]
    assert states == ["pending", "stored", "pending", "stored"]
    assert len(Path(f"{path}.closings").read_text().splitlines()) == 1


def test_a_line_torn_by_a_crash_is_cut_off(path: Path) -> None:
    with LedgerFile(path) as book:
        sell(book)
    whole = path.read_bytes()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        with LedgerFile(path) as book:
            assert len(book.ledger.entries) <= 1
            sell(book)
        assert all(json.loads(line) for line in path.read_bytes().splitlines())


@pytest.mark.parametrize("line", ["no json", "[]", '{"seq": 1}', '"x"'])
def test_a_bad_line_is_named(path: Path, line: str) -> None:
    path.write_text(f"{line}\n")
    with pytest.raises(LedgerError, match=r"pt\.ledger line 1: got .*, expected a line of a ledger"):
        LedgerFile(path)
    path.write_text("")
    LedgerFile(path).close()


def test_a_second_simulator_is_kept_out(path: Path) -> None:
    with LedgerFile(path), pytest.raises(LedgerError, match="in use by another simulator"):
        LedgerFile(path)


def test_a_closings_file_that_cannot_be_opened_lets_the_ledger_go(path: Path) -> None:
    closings = Path(f"{path}.closings")
    closings.mkdir()
    with pytest.raises(IsADirectoryError):
        LedgerFile(path)
    closings.rmdir()
    LedgerFile(path).close()
