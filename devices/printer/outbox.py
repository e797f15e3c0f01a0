"""What is to be written, in whole commands: questions go between two commands of a job, never inside one."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["job", "poll", "control"]


@dataclass(frozen=True)
class Written:
    """What the transport took: `finished` when the command is out whole."""

    kind: Kind
    count: int
    finished: bool


class Outbox:
    """Commands waiting for the transport.

    `held` stops a job before its next command, `flow` (XOFF) at the byte it has come to. A command begun is
    never left for another one, since the printer would take that for its data.
    """

    def __init__(self) -> None:
        self.held = False
        self.flow = True
        self._urgent: deque[tuple[Kind, bytes]] = deque()
        self._job: deque[bytes] = deque()
        self._kind: Kind = "control"
        self._left = b""

    def control(self, data: bytes, kind: Kind = "control") -> None:
        """Send this before the job's next command."""
        self._urgent.append((kind, data))

    def job(self, parts: Iterable[bytes]) -> None:
        """Send these in their order; they replace what is left of another job."""
        self._job = deque(part for part in parts if part)

    @property
    def urgent(self) -> bool:
        """Whether a question or control command has not gone out yet."""
        return bool(self._urgent) or bool(self._left and self._kind != "job")

    def pending(self) -> bytes:
        """The rest of the command that is being written, or the next one; empty when nothing may go."""
        if not self._left and self._urgent:
            self._kind, self._left = self._urgent.popleft()
        if not self._left and self._job and self.flow and not self.held:
            self._kind, self._left = "job", self._job.popleft()
        return self._left if self.flow or self._kind != "job" else b""

    @property
    def waiting(self) -> bool:
        """Whether there is something that a sound printer should be taking."""
        return self.urgent or bool(self._left) or bool(self._job and not self.held)

    def wrote(self, count: int) -> Written:
        """The transport took the first `count` bytes of `pending`."""
        self._left = self._left[count:]
        return Written(self._kind, count, finished=not self._left)

    def clear(self) -> None:
        """The connection is gone: nothing of this goes to the next one."""
        self._urgent.clear()
        self._job.clear()
        self._left = b""
        self.flow = True
