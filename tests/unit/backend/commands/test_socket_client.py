import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.catalog.publish import Offer, Published
from backend.catalog.shop import put_setting
from backend.commands import socket_server
from backend.commands.acts import ADDRESS, HereActs
from backend.commands.letters import short_path
from backend.commands.socket_client import ServerActs
from backend.errors import UserError
from tests.backend_room import Room, opened
from tests.wire_samples import GTIN, product


@contextmanager
def served(room: Room) -> Iterator[None]:
    """Serve the control socket in a thread."""
    loop, ready, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def run() -> None:
        server = await socket_server.serve(room.house.file, HereActs(room.house, bytes(16)))
        ready.set()
        await stop.wait()
        server.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    assert ready.wait(30)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


def test_the_same_acts_through_the_server(tmp_path: Path) -> None:
    with opened(tmp_path) as room, served(room):
        room.house.writer.run(lambda connection: put_setting(connection, "shop", ADDRESS, "https://x:1"))
        with ServerActs(room.house.file) as acts:
            assert acts.shop().tax_codes == ("standard", "reduced", "zero")
            assert acts.publish([Offer(product(), 5)]) == Published(1, {})
            taken = product("05901234123457")
            refused = acts.publish([Offer(taken), Offer(product("00000096385074"))])
            assert refused == Published(2, {})
            assert acts.enrol("lane-1")[0].startswith("A")
            with pytest.raises(UserError, match="lane name"):
                acts.enrol("?")
        assert room.rows("SELECT cost_minor FROM product WHERE product_id = :id", id=GTIN) == [(5,)]


def test_a_holder_that_takes_no_commands_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="takes no commands"):
        ServerActs(tmp_path / "backend.db")


def test_a_server_that_goes_away_is_said(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        with short_path(tmp_path / "backend.db") as path:
            listening.bind(path)
        listening.listen()
        with ServerActs(tmp_path / "backend.db") as acts:
            listening.accept()[0].close()
            with pytest.raises(UserError, match="went away"):
                acts.shop()
