import asyncio
import threading

import pytest

from kiosk.sync.disk import Disk


def test_work_is_done_in_order_in_one_other_thread() -> None:
    async def act() -> list[tuple[int, str]]:
        disk = Disk()
        done: list[tuple[int, str]] = []

        def work(number: int, *, twice: bool = False) -> int:
            done.append((number, threading.current_thread().name))
            return number * 2 if twice else number

        results = await asyncio.gather(disk.do(work, 1), disk.do(work, 2, twice=True), disk.do(work, 3))
        assert list(results) == [1, 4, 3]
        disk.close()
        return done

    done = asyncio.run(act())
    assert [number for number, _ in done] == [1, 2, 3]
    assert len({name for _, name in done}) == 1
    assert done[0][1] != threading.current_thread().name


def test_a_fault_reaches_whoever_asked() -> None:
    async def act() -> None:
        disk = Disk()
        try:
            await disk.do(int, "no number")
        finally:
            disk.close()

    with pytest.raises(ValueError, match="no number"):
        asyncio.run(act())
