"""The server's end of the control socket: takes letters, does the acts, answers."""

import asyncio
import logging
import os
from dataclasses import asdict
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from backend.commands.acts import Acts, published_values
from backend.commands.letters import LONGEST, Publishing, short_path
from backend.errors import UserError
from kiosk.sync.wire import WireError
from kiosk.sync.wire.fields import dump, load

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
        self._acts = acts

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
            match fields.text("act"):
                case "shop":
                    return asdict(self._acts.shop())
                case "publish":
                    return published_values(self._acts.publish(Publishing.model_validate_json(letter).offers))
                case "enrol":
                    code, expires_us = self._acts.enrol(fields.text("lane"))
                    return {"code": code, "expires_us": expires_us}
                case other:
                    return {"error": f"this server knows no act {other!r}: it is of another release"}
        except (WireError, UserError, ValidationError) as error:
            return {"error": str(error)}
