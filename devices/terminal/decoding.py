"""Reads hex dumps of ZVT for `kiosk-terminal decode`."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from devices.terminal.zvt.apdu import split
from devices.terminal.zvt.describe import describe
from devices.terminal.zvt.serial_frame import Acknowledged, Damaged, FrameReader, Received, Rejected


@dataclass(slots=True)
class Decoder:
    """Turns lines of hex into fields; what cannot be read is in `problems`, one sentence each."""

    serial: bool = False
    problems: list[str] = field(default_factory=list)

    def read(self, number: int, line: str) -> Iterator[dict[str, object]]:
        """Yield the fields of every message in one line; blank lines and # remarks are passed over."""
        text = line.split("#", 1)[0].strip().replace("-", " ").replace(":", " ")
        if not text:
            return
        try:
            data = bytes.fromhex(text)
        except ValueError:
            self._refuse(number, "expected pairs of hexadecimal digits")
            return
        yield from self._frames(number, data) if self.serial else self._messages(number, data)

    def _refuse(self, number: int, what: str) -> None:
        self.problems.append(f"Line {number}: {what}.")

    def _messages(self, number: int, data: bytes) -> Iterator[dict[str, object]]:
        while data:
            found = split(data)
            if found is None:
                self._refuse(number, f"the last {len(data)} bytes are not a whole message")
                return
            apdu, data = found
            shown = describe(apdu)
            if "error" in shown:
                self._refuse(number, str(shown["error"]))
            yield shown

    def _frames(self, number: int, data: bytes) -> Iterator[dict[str, object]]:
        reader, found = FrameReader(), False
        for event in reader.feed(data):
            found = True
            match event:
                case Received(apdu):
                    yield describe(apdu)
                case Acknowledged():
                    yield {"header": "06", "name": "ACK"}
                case Rejected():
                    yield {"header": "15", "name": "NAK"}
                case Damaged(reason):
                    self._refuse(number, reason)
        if reader.inside:
            self._refuse(number, "the frame is not whole")
        elif not found:
            self._refuse(number, "no frame, expected 10 02 … 10 03 and two check bytes")
