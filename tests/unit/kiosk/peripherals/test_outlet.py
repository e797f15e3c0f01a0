import asyncio
from pathlib import Path

from devices.link.client import DeadlineError, LinkLostError
from devices.link.device import Device
from devices.link.messages import CallError
from kiosk.peripherals.outlet import Call, Outlet
from tests.daemons import running, until


def test_calls_go_one_after_the_other_and_a_failed_one_stops_nothing() -> None:
    done: list[str] = []

    def failing(error: Exception) -> Call:
        async def call() -> None:
            done.append(type(error).__name__)
            raise error

        return call

    async def slow() -> None:
        await asyncio.sleep(0)
        done.append("slow")

    async def last() -> None:
        done.append("last")

    async def main() -> None:
        outlet = Outlet("lamp")
        outlet.put(slow)
        for error in (CallError("Burnt"), DeadlineError("late"), LinkLostError("gone")):
            outlet.put(failing(error))
        outlet.put(last)
        async with running(outlet.run()):
            await until(lambda: done[-1:] == ["last"])

    asyncio.run(main())
    assert done == ["slow", "CallError", "DeadlineError", "LinkLostError", "last"]


def test_what_is_put_later_holds_nothing_up() -> None:
    done: list[str] = []

    async def main() -> None:
        outlet = Outlet("lamp")

        async def note(word: str) -> None:
            done.append(word)

        outlet.put_later(0.01, lambda: note("later"))
        outlet.put(lambda: note("now"))
        async with running(outlet.run()):
            await until(lambda: len(done) == 2)

    asyncio.run(main())
    assert done == ["now", "later"]


def test_stopping_waits_until_the_connections_are_closed(tmp_path: Path) -> None:
    class Slow(Device):
        closed = False

        async def run(self) -> None:
            try:
                await super().run()
            finally:
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                Slow.closed = True

    async def main() -> None:
        device = Slow(tmp_path / "no.sock", "org.checkstand.Sync1")
        stopping = asyncio.ensure_future(Outlet("lamp").run_beside(device))
        await asyncio.sleep(0.001)
        stopping.cancel()
        await asyncio.gather(stopping, return_exceptions=True)
        assert Slow.closed

    asyncio.run(main())
