"""The server's end of the control socket: takes letters, does the acts, answers."""

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from backend.commands.acts import Acts, published_values
from backend.commands.letters import LONGEST, read_offer, short_path
from backend.errors import UserError
from kiosk.sync.wire import WireError
from kiosk.sync.wire.fields import Fields, dump, load

_LOG: Final = logging.getLogger(__name__)


async def serve(database: Path, acts: Acts) -> asyncio.Server:
    """Listen on `<database>.sock`, which only the backend's own user may open.

    A socket left by a killed server is replaced: whoever calls this holds the database's lock.
    """
    database.with_name(f"{database.name}.sock").unlink(missing_ok=True)
    old = os.umask(0o177)
    try:
        with short_path(database) as path:
            return await asyncio.start_unix_server(_Answering(acts), path, limit=LONGEST)
    finally:
        os.umask(old)


class _Answering:
    """Answers one connection, letter by letter."""

    def __init__(self, acts: Acts) -> None:
        self._doing: dict[str, Callable[[Fields], object]] = {
            "shop": lambda _: _shop_values(acts),
            "publish": lambda fields: published_values(
                acts.publish([read_offer(offer) for offer in fields.objects("offers")])
            ),
            "enrol": lambda fields: dict(
                zip(("code", "expires_us"), acts.enrol(fields.text("lane")), strict=True)
            ),
        }

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while letter := await reader.readline():
                answer = await asyncio.to_thread(self._answer, letter)
                writer.write(f"{dump(answer)}\n".encode())
                await writer.drain()
        except (OSError, ValueError):
            _LOG.info("a command went away in the middle of its letter")
        finally:
            writer.close()

    def _answer(self, letter: bytes) -> object:
        try:
            fields = load(letter)
            act = fields.text("act")
            if act not in self._doing:
                return {"error": f"this server knows no act {act!r}: it is of another release"}
            return self._doing[act](fields)
        except (WireError, UserError) as error:
            return {"error": str(error)}


def _shop_values(acts: Acts) -> object:
    shop = acts.shop()
    return {"currency": shop.currency, "language": shop.language, "tax_codes": shop.tax_codes}
