"""The database held open by its one writing process: lock, engines, writer, shop."""

import os
from pathlib import Path
from typing import Final, Self

from backend.catalog.shop import Shop, establish
from backend.storage.database import reading_engine, writing_engine
from backend.storage.lock import WriterLock
from backend.storage.writer import Writer

_MODE: Final = 0o640
"""Sales are not for every user of the machine."""


class House:
    """Open for as long as the process writes; closing finishes what is queued."""

    def __init__(self, file: Path, shop: Shop) -> None:
        """Take the lock, make what tables are missing and bring the settings up to date.

        Raises:
            HeldError: another process is the writer.
        """
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = file
        self.shop = shop
        self._lock = WriterLock(file)
        os.close(
            os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _MODE)
        )  # SQLite's other files follow it
        self._writing = writing_engine(file)
        self.writer = Writer(self._writing)
        self.writer.run(lambda connection: establish(connection, shop))
        self.engine = reading_engine(file)

    def close(self) -> None:
        """Finish, then let go of the file and its lock."""
        self.writer.stop()
        self.engine.dispose()
        self._writing.dispose()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
