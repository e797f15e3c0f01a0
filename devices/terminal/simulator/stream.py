"""ZVT over TCP (PA00P016): bare messages one after the other, cut into segments anyhow."""

from typing import Protocol

from devices.terminal.simulator.wire import Apdu, take_apdu


class Link(Protocol):
    """What carries messages over bytes: TCP's stream or the serial line's frames. Milliseconds."""

    @property
    def due(self) -> int | None:
        """When `tick` must be called next."""
        ...

    @property
    def between_messages(self) -> bool:
        """Whether no message is half read."""
        ...

    def send(self, apdu: Apdu, now: int) -> None:
        """Put a message on its way."""
        ...

    def feed(self, data: bytes, now: int) -> None:
        """Take what arrived."""
        ...

    def tick(self, now: int) -> None:
        """Let time pass."""
        ...

    def take(self) -> list[bytes | Apdu | None]:
        """What came of it, in order: bytes to write, messages read, None where the other side is given up."""
        ...


class StreamLink:
    """The TCP link: length-delimited messages, no checks, no time-outs of its own."""

    def __init__(self) -> None:
        self._rest = b""
        self._out: list[bytes | Apdu | None] = []

    @property
    def due(self) -> int | None:
        """Never: TCP has no timers here."""
        return None

    @property
    def between_messages(self) -> bool:
        """Whether no message is half read."""
        return not self._rest

    def send(self, apdu: Apdu, now: int) -> None:  # noqa: ARG002  # the serial link needs the time
        """Hand the message's bytes out as they are."""
        self._out.append(bytes(apdu))

    def feed(self, data: bytes, now: int) -> None:  # noqa: ARG002  # the serial link needs the time
        """Take a segment, of any size."""
        self._rest += data
        while (taken := take_apdu(self._rest)) is not None:
            apdu, used = taken
            self._rest = self._rest[used:]
            self._out.append(apdu)

    def tick(self, now: int) -> None:
        """Nothing happens by time alone."""

    def take(self) -> list[bytes | Apdu | None]:
        """Bytes to write and messages read, in order."""
        taken, self._out = self._out, []
        return taken
