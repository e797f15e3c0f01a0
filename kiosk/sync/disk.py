"""Work on files in one thread of its own, so that nothing else of this process waits for a disk."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Disk:
    """One thread: what it does, it does in order, and SQLite connections stay with it."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, "sync-disk")

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run work there and wait for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: work(*args, **kwargs))

    def close(self) -> None:
        """Finish what was begun and end the thread."""
        self._pool.shutdown()
