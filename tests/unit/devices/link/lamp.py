"""A small device for the link's own tests; as a program it is served at the path given."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from devices.link.claims import Claims
from devices.link.daemon import Daemon, run
from devices.link.events import EventLog, new_boot_id
from devices.link.interface import parse
from devices.link.messages import CallError
from devices.link.server import Connection

LAMP = """
# A lamp that counts.
interface org.example.Lamp1
type State (boot_id: string, lit: bool, colour: (red, green), note: ?string)
type Event (boot_id: string, seq: int, kind: (Lit, Dark), state: ?State)
method Claim(client: string, timeout_ms: int) -> ()
method Release() -> ()
method GetState() -> (state: State)
method Switch(lit: bool, colour: ?(red, green)) -> (state: State)
method Misbehave(how: string) -> (state: State)
method Subscribe(since_boot_id: ?string, since_seq: ?int) -> (event: Event)
error Claimed (holder: string)
error NotClaimed ()
error Burnt (hours: int)
"""


class Lamp:
    """A device that keeps the link's rules, and breaks them when told to misbehave."""

    def __init__(self) -> None:
        self.log = EventLog(new_boot_id())
        self.claims = Claims(on_release=self.dark)
        self.lit = False
        self.colour = "red"
        self.subscribers = 0
        self.ending = asyncio.Event()

    def state(self) -> dict[str, Any]:
        return {"boot_id": self.log.boot_id, "lit": self.lit, "colour": self.colour}

    def dark(self) -> None:
        self.lit = False
        self.log.append({"kind": "Dark", "state": self.state()})

    async def claim(self, connection: Connection, *, client: str, timeout_ms: int) -> None:
        await self.claims.claim(connection, client, timeout_ms)

    async def release(self, connection: Connection) -> None:
        self.claims.release(connection)

    async def get_state(self, _connection: Connection) -> dict[str, Any]:
        return {"state": self.state()}

    async def switch(self, connection: Connection, *, lit: bool, colour: str | None) -> dict[str, Any]:
        self.claims.require(connection)
        self.lit, self.colour = lit, colour or self.colour
        self.log.append({"kind": "Lit" if lit else "Dark", "state": self.state()})
        return {"state": self.state()}

    async def misbehave(self, _connection: Connection, *, how: str) -> dict[str, Any]:
        match how:
            case "raise":
                raise RuntimeError("the filament broke")
            case "hang":
                await asyncio.Event().wait()
            case "refuse":
                raise CallError("Burnt", hours=900)
            case "unknown error":
                raise CallError("Exploded")
            case "wrong error":
                raise CallError("Burnt", hours="many")
            case _:
                pass
        broken = {"note": "x" * (1 << 20)} if how == "long" else {"lit": how}
        return {"state": {**self.state(), **broken}}

    async def subscribe(
        self, _connection: Connection, *, since_boot_id: str | None, since_seq: int | None
    ) -> AsyncIterator[dict[str, Any]]:
        self.subscribers += 1
        try:
            async for event in self.log.follow(since_boot_id, since_seq):
                yield {"event": event}
                if self.ending.is_set():
                    return
        finally:
            self.subscribers -= 1


if __name__ == "__main__":
    raise SystemExit(run(Daemon("lamp", Path(sys.argv[1]), parse(LAMP), Lamp())))
