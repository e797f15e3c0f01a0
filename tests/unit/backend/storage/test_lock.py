import os
from pathlib import Path

import pytest

from backend.storage.lock import HeldError, WriterLock


def test_one_holds_it_and_lets_go(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    with WriterLock(file), pytest.raises(HeldError, match=r"x\.db is written by another process"):
        WriterLock(file)
    with WriterLock(file):
        assert (tmp_path / "x.db.lock").exists()


def test_the_kernel_lets_go_for_one_who_dies(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        WriterLock(tmp_path / "x.db")
        os._exit(0)
    os.waitpid(child, 0)
    with WriterLock(tmp_path / "x.db"):
        pass
