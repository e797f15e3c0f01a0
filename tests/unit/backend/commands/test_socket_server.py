import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend.catalog.publish import Offer
from backend.catalog.shop import put_setting
from backend.commands.acts import ADDRESS, HereActs
from backend.commands.letters import Publishing, short_path
from backend.commands.socket_server import serve
from tests.backend_room import Room, opened
from tests.wire_samples import product


def answers(room: Room, *letters: str, left: Callable[[], object] = lambda: None) -> list[dict[str, Any]]:
    """Send letters over one connection and return what comes back."""

    async def act() -> list[dict[str, Any]]:
        server = await serve(room.house.file, HereActs(room.house, bytes(16)))
        async with server:
            with short_path(room.house.file) as path:
                reader, writer = await asyncio.open_unix_connection(path)
            said = []
            for letter in letters:
                writer.write(letter.encode() + b"\n")
                said.append(json.loads(await reader.readline()))
            left()
            writer.close()
            await writer.wait_closed()
        return said

    return asyncio.run(act())


def test_each_act_is_done_and_answered(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        room.house.writer.run(lambda connection: put_setting(connection, "shop", ADDRESS, "https://x:1"))
        publish = Publishing(offers=(Offer(product()),)).model_dump_json()
        shop, published, code = answers(room, '{"act":"shop"}', publish, '{"act":"enrol","lane":"lane-1"}')
        assert shop == {"currency": "EUR", "language": "de", "tax_codes": ["standard", "reduced", "zero"]}
        assert published == {"changed": 1, "refused": {}}
        assert set(code) == {"code", "expires_us"}
        assert (tmp_path / "backend.db.sock").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        ("no JSON", "expected JSON"),
        ("{}", "act: got"),
        ('{"act":"dance"}', "knows no act 'dance'"),
        ('{"act":"publish","offers":[{}]}', "product"),
        ('{"act":"enrol","lane":"lane-1"}', "no address yet"),
    ],
)
def test_a_letter_that_cannot_be_done_is_answered_with_a_sentence(
    tmp_path: Path, letter: str, said: str
) -> None:
    with opened(tmp_path) as room:
        refused, well = answers(room, letter, '{"act":"shop"}')
        assert said in refused["error"]
        assert well["currency"] == "EUR"


def test_a_socket_left_by_a_killed_server_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "backend.db.sock").touch()
    with opened(tmp_path) as room:
        assert answers(room, '{"act":"shop"}')[0]["currency"] == "EUR"
