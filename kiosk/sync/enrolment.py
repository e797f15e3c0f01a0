"""What the lane knows of its backend once enrolled: <state>/enrolment.json, put in place whole."""

import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kiosk.sync.wire import EnrolReply, WireError
from kiosk.sync.wire.fields import load

FILE_NAME: Final = "enrolment.json"
_MODE: Final = 0o640


class EnrolmentError(Exception):
    """The lane is not enrolled, or cannot be; the message is one sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Where the backend is and who we are there.

    url: address without a slash at its end. ca: the CA's certificate (PEM), empty with plain HTTP.
    """

    url: str
    ca: str
    device: str
    epoch: int
    store_id: str
    lane: str

    @property
    def backend(self) -> str:
        """What tells one backend's catalogue from another's, whatever address it has."""
        return hashlib.sha256(f"{self.ca or self.url}\n{self.store_id}".encode()).hexdigest()

    @property
    def identity(self) -> str:
        """What an acknowledged seq counts for."""
        return f"{self.device}/{self.epoch}"

    def with_reply(self, reply: EnrolReply) -> "Enrolment":
        """Return this enrolment in the epoch a backend has begun."""
        return Enrolment(self.url, self.ca, reply.device, reply.epoch, reply.store_id, reply.lane)


def read(state: Path) -> Enrolment | None:
    """Read the enrolment, None before there is one.

    Raises:
        EnrolmentError: the file is there and makes no sense.
    """
    path = state / FILE_NAME
    try:
        fields = load(path.read_bytes())
        return Enrolment(
            url=fields.text("url"),
            ca=fields.text("ca", longest=100_000),
            device=fields.text("device"),
            epoch=fields.integer("epoch", minimum=1),
            store_id=fields.text("store_id"),
            lane=fields.text("lane"),
        )
    except FileNotFoundError:
        return None
    except (OSError, WireError) as error:
        raise EnrolmentError(f"{path} cannot be used ({error}): enrol the lane again") from None


def write(state: Path, enrolment: Enrolment) -> None:
    """Put the enrolment in place, whole or not at all, durably."""
    path = state / FILE_NAME
    descriptor, name = tempfile.mkstemp(prefix=f".{FILE_NAME}.", dir=state)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(enrolment), file, indent=1)
        file.flush()
        os.fchmod(file.fileno(), _MODE)
        os.fsync(file.fileno())
    Path(name).replace(path)
    directory = os.open(state, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
