"""The command's end of the control socket: the same acts, done by the running server."""

import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

from backend.catalog.publish import Offer, Published
from backend.commands.acts import ImportShop
from backend.commands.letters import Publishing, short_path
from backend.errors import UserError
from kiosk.sync.wire import WireError
from kiosk.sync.wire.fields import Fields, dump, load

_PATIENCE_S: Final = 120.0
"""A batch waits behind the lanes' sales, never this long."""


class ServerActs:
    """Acts through the server that holds the database."""

    def __init__(self, database: Path) -> None:
        """Connect.

        Raises:
            UserError: a process holds the database but does not listen.
        """
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(_PATIENCE_S)
        try:
            with short_path(database) as path:
                self._socket.connect(path)
        except OSError:
            self._socket.close()
            raise UserError(
                f"{database} is held by another process that takes no commands: wait until it has ended, "
                "or stop it, then try again"
            ) from None
        self._answers = self._socket.makefile("rb")

    def shop(self) -> ImportShop:
        """See Acts."""
        answer = self._ask(dump({"act": "shop"}))
        return ImportShop(answer.text("currency"), answer.text("language"), answer.texts("tax_codes"))

    def publish(self, offers: Sequence[Offer]) -> Published:
        """See Acts."""
        answer = self._ask(Publishing(offers=tuple(offers)).model_dump_json())
        refused = {int(at): reason for at, reason in answer.text_map("refused").items()}
        return Published(answer.integer("changed", minimum=0), refused)

    def enrol(self, lane: str) -> tuple[str, int]:
        """See Acts."""
        answer = self._ask(dump({"act": "enrol", "lane": lane}))
        return answer.text("code"), answer.integer("expires_us")

    def _ask(self, letter: str) -> Fields:
        try:
            self._socket.sendall(f"{letter}\n".encode())
            answer = load(self._answers.readline())
            if (error := answer.maybe_text("error")) is not None:
                raise UserError(error)
        except (OSError, WireError):
            raise UserError(
                "the server went away in the middle: start it again and repeat the command"
            ) from None
        return answer

    def close(self) -> None:
        """Hang up."""
        self._answers.close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
