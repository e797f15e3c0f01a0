import asyncio
from collections.abc import Callable

import pytest

from devices.link.claims import Claims
from devices.link.messages import CallError


class Client:
    """What a claim sees of a connection."""

    def __init__(self) -> None:
        self.callbacks: list[Callable[[], None]] = []

    def on_close(self, callback: Callable[[], None]) -> None:
        self.callbacks.append(callback)

    def go(self) -> None:
        for callback in self.callbacks:
            callback()


def test_one_holder_at_a_time() -> None:
    async def main() -> None:
        claims, first, second = Claims(), Client(), Client()
        assert claims.holder is None
        await claims.claim(first, "kiosk run", 0)
        await claims.claim(first, "kiosk run again", 0)
        assert claims.holder == "kiosk run again"
        claims.require(first)
        with pytest.raises(CallError) as refused:
            await claims.claim(second, "doctor", 0)
        assert (refused.value.name, refused.value.parameters) == ("Claimed", {"holder": "kiosk run again"})
        with pytest.raises(CallError, match="NotClaimed"):
            claims.require(second)
        with pytest.raises(CallError, match="NotClaimed"):
            claims.release(second)
        claims.release(first)
        await claims.claim(second, "doctor", -1)
        assert claims.holder == "doctor"
        first.go()  # long released: frees nothing
        assert claims.holder == "doctor"
        second.go()
        assert claims.holder is None

    asyncio.run(main())


def test_a_claim_waits_for_the_holder_to_go() -> None:
    async def main() -> None:
        released: list[str] = []
        claims, first, second = Claims(lambda: released.append("released")), Client(), Client()
        await claims.claim(first, "first", 0)
        waiting = asyncio.create_task(claims.claim(second, "second", 60_000))
        await asyncio.sleep(0)
        assert claims.holder == "first"
        first.go()
        await waiting
        assert (claims.holder, released) == ("second", ["released"])

    asyncio.run(main())


def test_of_many_who_wait_one_gets_it() -> None:
    async def main() -> None:
        claims, first, others = Claims(), Client(), [Client() for _ in range(3)]
        await claims.claim(first, "first", 0)
        waiting = [asyncio.create_task(claims.claim(each, "other", 50)) for each in others]
        await asyncio.sleep(0)
        claims.release(first)
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert [isinstance(result, CallError) for result in results].count(False) == 1

    asyncio.run(main())
