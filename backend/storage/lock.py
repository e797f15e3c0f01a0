"""Who holds the database: an flock on FILE.lock, so that only one process ever writes."""

import fcntl
import os
from pathlib import Path
from typing import Self


class HeldError(Exception):
    """Another process is the writer."""


class WriterLock:
    """Exclusive for as long as the object is open; the kernel lets go when the process dies."""

    def __init__(self, database: Path) -> None:
        """Take the lock at once.

        Raises:
            HeldError: somebody else has it.
        """
        path = database.with_name(f"{database.name}.lock")
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._descriptor)
            raise HeldError(f"{database} is written by another process") from None

    def close(self) -> None:
        """Let go."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
