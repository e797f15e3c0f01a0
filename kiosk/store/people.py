"""The people table: PINs as argon2id under the lane's own pepper, failures counted across restarts."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from argon2.low_level import Type, hash_secret_raw

from kiosk.attendant.pin import Person, Pin, wait_s
from kiosk.domain.approval import Right
from kiosk.store.sql_table import INSERT_PERSON

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.store.database import Writer

PEPPER_NAME: Final = "lane.pepper"
_PAD: Final = "pad"
_SALT_BYTES: Final = 16
_PEPPER_BYTES: Final = 32
_HASH_BYTES: Final = 32
# RFC 9106, second recommended option: 64 MiB, three passes.
_MEMORY_KIB: Final = 65536
_PASSES: Final = 3
_FAILED: Final = (
    "INSERT INTO pin_trial (pad, failures, last_us) VALUES (:pad, 1, :wall_us) "
    "ON CONFLICT (pad) DO UPDATE SET failures = failures + 1, last_us = :wall_us"
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a PIN.

    Attributes:
        person: whose it is, or None.
        wait_s: seconds until the next try.
    """

    person: Person | None
    wait_s: int


@dataclass(frozen=True, slots=True)
class Known:
    """A person with what their PIN is held against."""

    person: Person
    salt: bytes
    wrapped: bytes


def load_pepper(state: Path) -> bytes:
    """Give the lane's pepper, made now if there is none; without it the table is of no use to a thief."""
    path = state / PEPPER_NAME
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(_PEPPER_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()


def whose(known: tuple[Known, ...], pepper: bytes, pin: str) -> Person | None:
    """Find out whose PIN it is; takes as long for nobody's. About 0.1 s of CPU a person: not for the loop."""
    found: Person | None = None
    for each in known:
        if hmac.compare_digest(_wrap(pepper, pin, each.salt), each.wrapped):
            found = each.person
    return found


class People:
    """The people of one lane's sales.db."""

    def __init__(self, writer: Writer, pepper: bytes) -> None:
        self._writer = writer
        self._pepper = pepper

    def add(self, person: Person, pin: Pin) -> None:
        """Keep a person.

        Raises:
            ValueError: the PIN is already somebody's.
        """
        if whose(self.known(), self._pepper, pin.digits) is not None:
            raise ValueError("this PIN is taken: choose another")
        salt = secrets.token_bytes(_SALT_BYTES)
        row = {
            "person_id": person.person_id,
            "name": person.name,
            "rights": ",".join(person.rights),
            "pin_hash": f"{salt.hex()}:{_wrap(self._pepper, pin.digits, salt).hex()}",
        }
        with self._writer.transaction() as connection:
            connection.execute(INSERT_PERSON, row)

    def known(self) -> tuple[Known, ...]:
        """Give everybody."""
        rows = self._writer.rows("SELECT person_id, name, rights, pin_hash FROM person ORDER BY person_id")
        return tuple(_known(*row) for row in rows)

    def tried(self, person: Person | None, wall_us: int) -> Trial:
        """Count a failure, or forget the failures after a success."""
        with self._writer.transaction() as connection:
            if person is None:
                connection.execute(_FAILED, {"pad": _PAD, "wall_us": wall_us})
            else:
                connection.execute("DELETE FROM pin_trial WHERE pad = :pad", {"pad": _PAD})
        return Trial(person, self.waiting_s(wall_us))

    def waiting_s(self, wall_us: int) -> int:
        """Seconds until the next try is allowed, counting from the last failure."""
        rows = self._writer.rows("SELECT failures, last_us FROM pin_trial WHERE pad = :pad", {"pad": _PAD})
        if not rows:
            return 0
        failures, last_us = int(rows[0][0]), int(rows[0][1])
        wait = wait_s(failures)
        passed = max(0, wall_us - last_us) // 1_000_000
        return max(0, wait - passed)


def _known(person_id: str, name: str, rights: str, pin_hash: str) -> Known:
    salt, _, wrapped = pin_hash.partition(":")
    held = tuple(Right(right) for right in rights.split(",") if right)
    return Known(Person(person_id, name, held), bytes.fromhex(salt), bytes.fromhex(wrapped))


def _wrap(pepper: bytes, pin: str, salt: bytes) -> bytes:
    digest = hash_secret_raw(
        pin.encode(),
        salt,
        time_cost=_PASSES,
        memory_cost=_MEMORY_KIB,
        parallelism=1,
        hash_len=_HASH_BYTES,
        type=Type.ID,
    )
    return hmac.new(pepper, digest, hashlib.sha256).digest()
