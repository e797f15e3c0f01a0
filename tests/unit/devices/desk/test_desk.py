import asyncio
import json
from pathlib import Path

import pytest

from devices.desk.acts import Order
from devices.desk.board import Line
from devices.desk.desk import Desk, Places
from devices.desk.shelf import Product, Shelf
from devices.desk.station import AwayError

SHELF = Shelf((Product("4006381333931", "Milch", "€1.29", "", "", ""),))


def test_a_page_sees_what_changes(tmp_path: Path) -> None:
    async def scene() -> None:
        told: asyncio.Queue[bytes] = asyncio.Queue()

        async def simulator(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b'{"event": "state", "paper": "end"}\n')
            told.put_nowait(await reader.readline())
            await reader.read()
            writer.close()

        path = tmp_path / "p.sock"
        server = await asyncio.start_unix_server(simulator, path)
        desk = Desk(Places({"printer": path}), SHELF)
        assert desk.codes == {"4006381333931"}
        async with server, desk.running():
            views = desk.views()
            async for text in views:
                if json.loads(text)["printer"]["line"] == "out of paper, the rest waits":
                    break
            await desk.carry_out(Order("printer", ({"do": "paper_in"},)))
            assert json.loads(await told.get()) == {"do": "paper_in"}
            await views.aclose()

    asyncio.run(scene())


def test_an_order_for_a_simulator_that_is_away_is_refused(tmp_path: Path) -> None:
    async def scene() -> None:
        desk = Desk(Places({"printer": tmp_path / "gone"}), Shelf())
        async with desk.running():
            async for text in desk.views():
                if json.loads(text)["printer"]["away"]:
                    break
            with pytest.raises(AwayError, match="is away"):
                await desk.carry_out(Order("printer", ({"do": "feed"},)))

    asyncio.run(scene())


def test_daemons_are_asked_only_while_somebody_looks() -> None:
    async def scene() -> None:
        asked = 0

        async def ask() -> list[Line]:
            nonlocal asked
            asked += 1
            return [{"name": "sync", "level": "ok", "text": "well"}]

        desk = Desk(Places({}), Shelf(), ask, ask_every_s=0)
        async with desk.running():
            for _ in range(20):
                await asyncio.sleep(0)
            assert asked == 0
            views = desk.views()
            async for text in views:
                if json.loads(text)["daemons"]:
                    break
            await views.aclose()
            assert asked > 0

    asyncio.run(scene())


def test_an_idle_page_is_kept_awake() -> None:
    async def scene() -> None:
        desk = Desk(Places({}), Shelf(), heartbeat_s=0)
        views = desk.views()
        first, second = await anext(views), await anext(views)
        assert json.loads(first)["notice"] == ""
        assert second == ""
        await views.aclose()

    asyncio.run(scene())
