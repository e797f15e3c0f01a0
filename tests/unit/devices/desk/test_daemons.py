import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from devices.desk.board import Line
from devices.desk.daemons import PROCESSES, ask, ask_all

SCANNER = {
    "boot_id": "b",
    "power": "Online",
    "claimed": True,
    "device_enabled": True,
    "devices": [],
    "sentence": "",
}
LANE = {
    "screen": "basket",
    "sale_state": "open",
    "visit": "v",
    "revision": 1,
    "lines": 1,
    "total_minor": 129,
    "currency": "EUR",
    "language": "de",
    "open_attempt": None,
    "outbox_seq": 0,
}
SYNC = {
    "boot_id": "b",
    "enrolled": True,
    "backend": "Offline",
    "versions": {},
    "acked_seq": 0,
    "backlog": 3,
    "receipt_url": None,
    "skew_ms": 0,
    "sentence": "",
}


def asked(folder: Path, name: str, answer: Callable[[dict[str, Any]], dict[str, Any] | None]) -> Line:
    """Serve one Varlink socket by hand (a JSON object and a NUL each way) and ask it as the desk does."""
    process = next(each for each in PROCESSES if each.name == name)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = json.loads((await reader.readuntil(b"\0"))[:-1])
        reply = answer(call)
        if reply is not None:
            writer.write(json.dumps(reply).encode() + b"\0")
        await reader.read()
        writer.close()

    async def whole() -> Line:
        server = await asyncio.start_unix_server(serve, folder / process.socket)
        async with server:
            return await ask(process, folder)

    return asyncio.run(whole())


@pytest.mark.parametrize(
    ("name", "method", "parameters", "level", "text"),
    [
        ("scanner", "org.checkstand.Scanner1.GetState", {"state": SCANNER}, "ok", "online"),
        (
            "scanner",
            "org.checkstand.Scanner1.GetState",
            {"state": {**SCANNER, "power": "Off"}},
            "warn",
            "off",
        ),
        (
            "scanner",
            "org.checkstand.Scanner1.GetState",
            {"state": {**SCANNER, "sentence": "The reader is well."}},
            "ok",
            "The reader is well.",
        ),
        ("screen", "org.checkstand.Lane1.State", LANE, "ok", "basket · 1 line"),
        ("screen", "org.checkstand.Lane1.State", {**LANE, "lines": 4}, "ok", "basket · 4 lines"),
        ("sync", "org.checkstand.Sync1.GetState", {"state": SYNC}, "warn", "backend offline · 3 queued"),
        (
            "sync",
            "org.checkstand.Sync1.GetState",
            {"state": {**SYNC, "backend": "Online", "sentence": "All is at the shop."}},
            "ok",
            "All is at the shop.",
        ),
    ],
)
def test_each_process_says_how_it_is(  # noqa: PLR0917 - a row of the table
    tmp_path: Path, name: str, method: str, parameters: dict[str, Any], level: str, text: str
) -> None:
    def answer(call: dict[str, Any]) -> dict[str, Any]:
        assert call["method"] == method
        return {"parameters": parameters}

    assert asked(tmp_path, name, answer) == {"name": name, "level": level, "text": text}


def test_silence_and_refusal_are_no_health(tmp_path: Path) -> None:
    silent = {"name": "scanner", "level": "warn", "text": "does not answer"}
    assert asked(tmp_path, "scanner", lambda _call: None) == silent
    (tmp_path / "scanner.sock").unlink()
    assert asked(tmp_path, "scanner", lambda _call: {"error": "org.checkstand.Link1.Internal"}) == silent
    (tmp_path / "scanner.sock").unlink()
    assert asked(tmp_path, "scanner", lambda _call: {"parameters": {"state": 1}}) == silent


def test_a_dead_socket_and_none_at_all(tmp_path: Path) -> None:
    asked(tmp_path, "scanner", lambda _call: {"parameters": {"state": SCANNER}})
    (tmp_path / "scanner.sock").touch()
    found = {line["name"]: line["text"] for line in asyncio.run(ask_all(tmp_path))}
    assert found == {
        "screen": "not started",
        "sync": "not started",
        "scanner": "not running",
        "printer": "not started",
        "terminal": "not started",
    }
