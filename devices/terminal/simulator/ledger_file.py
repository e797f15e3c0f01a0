"""The ledger on disk: JSON Lines, append-only, each line synced before the terminal goes on."""

import fcntl
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Self, TypeVar

from devices.terminal.simulator.ledger import (
    Closing,
    Entry,
    Ledger,
    LedgerError,
    Record,
    parse_closing,
    parse_entry,
)

_T = TypeVar("_T", Entry, Closing)


class LedgerFile:
    """Owns FILE and FILE.closings; opening it twice is refused, a line torn by a crash is cut off."""

    def __init__(self, path: Path) -> None:
        """Open or create; raises OSError, and LedgerError for a bad line or a file in use."""
        self._path = path
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._lock()
            self.closings_path = path.with_name(path.name + ".closings")
            self._closings = os.open(self.closings_path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        except BaseException:
            os.close(self._handle)
            raise
        try:
            entries = _load(self._handle, path, parse_entry)
            closings = _load(self._closings, self.closings_path, parse_closing)
        except BaseException:
            self.close()
            raise
        _sync_folder(path.parent)
        self.ledger = Ledger(self._keep, entries, closings)

    def _lock(self) -> None:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LedgerError(
                f"the ledger {self._path} is in use by another simulator; stop that one or name another file"
            ) from None

    def _keep(self, record: Record) -> None:
        handle = self._handle if isinstance(record, Entry) else self._closings
        os.write(handle, json.dumps(record.line()).encode() + b"\n")
        os.fsync(handle)

    def close(self) -> None:
        """Give the files back."""
        os.close(self._handle)
        os.close(self._closings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def _load(handle: int, path: Path, parse: Callable[[dict[str, object]], _T]) -> list[_T]:
    text = path.read_bytes()
    whole = text.rfind(b"\n") + 1
    if whole < len(text):
        os.ftruncate(handle, whole)  # power was cut while this line was written: it was never acknowledged
    return [_parse(line, number, path, parse) for number, line in enumerate(text[:whole].splitlines(), 1)]


def _parse(line: bytes, number: int, path: Path, parse: Callable[[dict[str, object]], _T]) -> _T:
    try:
        values = json.loads(line)
        return parse(values)
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"{path} line {number}: got {line[:80]!r}, expected a line of a ledger ({error!r})"
        ) from error


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
