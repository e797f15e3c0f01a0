import asyncio
import json
from pathlib import Path

from devices.printer.simulator.control import Control
from devices.printer.simulator.script import Line

Client = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def heard(client: Client) -> object:
    return json.loads(await client[0].readline())


def test_lines_in_and_events_out_for_every_client(tmp_path: Path) -> None:
    async def scene() -> None:
        acts: list[Line] = []
        control = Control(tmp_path / "c.sock", acts.append, lambda: {"event": "state", "paper": "ok"})
        await control.start()
        assert not control.watched
        clients = [await asyncio.open_unix_connection(tmp_path / "c.sock") for _ in range(2)]
        for client in clients:
            assert await heard(client) == {"event": "state", "paper": "ok"}
        assert control.watched
        clients[0][1].write(b'\n{"do": "paper_out"}\n{"do": "nonsense"}\n')
        error = await heard(clients[0])
        assert isinstance(error, dict)
        assert error["event"] == "error"
        assert "nonsense" in error["sentence"]
        assert acts == [Line("paper_out")]
        control.tell({"event": "drawer", "drawer": 1})
        for client in clients:
            assert await heard(client) == {"event": "drawer", "drawer": 1}
            client[1].close()
            await client[1].wait_closed()
        await control.close()
        assert not (tmp_path / "c.sock").exists()

    asyncio.run(scene())


def test_a_stale_socket_is_replaced_and_clients_are_let_go(tmp_path: Path) -> None:
    async def scene() -> None:
        for _ in range(2):
            control = Control(tmp_path / "c.sock", lambda _line: None, dict)
            await control.start()
            reader, writer = await asyncio.open_unix_connection(tmp_path / "c.sock")
            await reader.readline()
            await control.close()
            assert await reader.read() == b""
            writer.close()
        await Control(tmp_path / "never", lambda _line: None, dict).close()

    asyncio.run(scene())


def test_a_client_that_does_not_read_is_dropped(tmp_path: Path) -> None:
    async def scene() -> None:
        control = Control(tmp_path / "c.sock", lambda _line: None, dict)
        await control.start()
        reader, writer = await asyncio.open_unix_connection(tmp_path / "c.sock")
        await reader.readline()
        while control.watched:
            control.tell({"event": "x", "sentence": "x" * 100_000})
            await asyncio.sleep(0)
        writer.close()
        await control.close()

    asyncio.run(scene())
