"""Cut a byte stream into JSON objects, each followed by one NUL byte, and back (Varlink wire format)."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

MAX_FRAME_BYTES = 1 << 20
"""Longest frame accepted, in bytes without its NUL; a longer one is never a message of ours."""


class FrameError(ValueError):
    """The bytes are not a frame: too long, not UTF-8, not JSON, or not an object; the connection is lost."""


def _refuse_constant(name: str) -> NoReturn:
    raise FrameError(f"a frame holds {name}, which JSON does not know")


def _decode(frame: bytes) -> dict[str, Any]:
    try:
        message = json.loads(frame.decode("utf-8"), parse_constant=_refuse_constant)
    except FrameError:
        raise
    except (ValueError, RecursionError) as error:
        raise FrameError(f"a frame of {len(frame)} bytes is not JSON") from error
    if not isinstance(message, dict):
        raise FrameError(f"a frame holds a {type(message).__name__}, expected an object")
    return message


def encode(message: Mapping[str, Any]) -> bytes:
    """Make one frame.

    Args:
        message: a JSON object; text may hold any character, NUL and lone surrogates are escaped.

    Returns:
        ASCII JSON and its closing NUL.

    Raises:
        FrameError: a value has no JSON form (NaN, bytes, …), or the frame is longer than MAX_FRAME_BYTES.
    """
    try:
        frame = json.dumps(message, separators=(",", ":"), allow_nan=False).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise FrameError(f"the message has no JSON form: {error}") from error
    if len(frame) > MAX_FRAME_BYTES:
        raise FrameError(f"the message has {len(frame)} bytes, at most {MAX_FRAME_BYTES} are allowed")
    return frame + b"\0"


class Decoder:
    """Incremental reader of frames: ``feed`` bytes as they arrive, ``take`` messages until None.

    How the bytes were cut makes no difference to the messages taken, nor to where the error comes.
    After a FrameError every further ``take`` raises it again.
    """

    def __init__(self, limit: int = MAX_FRAME_BYTES) -> None:
        self._limit = limit
        self._buffer = bytearray()
        self._searched = 0
        self._error: FrameError | None = None

    def feed(self, data: bytes) -> None:
        """Add bytes; dropped once an error has been met."""
        if self._error is None:
            self._buffer += data

    def take(self) -> dict[str, Any] | None:
        """Return the next whole message, or None until more bytes come.

        Raises:
            FrameError: the next frame is no message; the connection should be closed.
        """
        if self._error is not None:
            raise self._error
        end = self._buffer.find(b"\0", self._searched)
        self._searched = len(self._buffer) if end < 0 else 0
        try:
            self._check_length(len(self._buffer) if end < 0 else end)
            message = None if end < 0 else _decode(bytes(self._buffer[:end]))
        except FrameError as error:
            self._error = error
            self._buffer.clear()
            raise
        del self._buffer[: end + 1]
        return message

    def _check_length(self, length: int) -> None:
        if length > self._limit:
            raise FrameError(f"a frame is longer than {self._limit} bytes")
