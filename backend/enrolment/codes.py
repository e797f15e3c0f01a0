"""Gives out one-time codes and redeems them: ten minutes, once, for one key."""

import base64
import binascii
import hashlib
import re
import secrets
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from backend.errors import UserError
from backend.storage.clock import uuid7
from backend.storage.tables import Device, EnrolmentSecret, Epoch, table
from kiosk.sync.wire import EnrolReply, EnrolRequest
from kiosk.sync.wire.enrolment import LIFETIME_US, SECRET_LENGTH

_DEVICE, _EPOCH, _SECRET = table(Device), table(Epoch), table(EnrolmentSecret)
_LANE: Final = re.compile(r"[^\W_][\w .-]{0,39}")
_KEY_LENGTH: Final = 32


class RefusedError(Exception):
    """The code is not redeemed; the sentence says why."""


def check_name(name: str) -> str:
    """Return a lane's name.

    Raises:
        UserError: it cannot be one.
    """
    if not _LANE.fullmatch(name):
        raise UserError(
            f"lane name {name[:60]!r}: expected 1 to 40 letters, digits, blanks, dots or hyphens, "
            "the first a letter or digit, such as lane-1"
        )
    return name


def issue(connection: Connection, store_id: str, lane: str, now_us: int) -> tuple[bytes, int]:
    """Give out a secret for a lane; only its SHA-256 is kept.

    Returns:
        The secret, and when it expires in microseconds since 1970 UTC.
    """
    secret = secrets.token_bytes(SECRET_LENGTH)
    expires_us = now_us + LIFETIME_US
    connection.execute(
        insert(_SECRET).values(
            secret_sha256=_hashed(secret), store_id=store_id, lane=lane, expires_us=expires_us
        )
    )
    return secret, expires_us


def redeem(connection: Connection, request: EnrolRequest, now_us: int) -> EnrolReply:
    """Enrol the key of a request.

    The same key with the same code again (its reply was lost) is the same enrolment. Every other enrolment of
    a lane's name keeps its device id and begins the next epoch; the key of the epoch before ends.

    Raises:
        RefusedError: unknown, used or expired code, or no key.
    """
    _check_key(request.public_key)
    code = connection.execute(
        select(_SECRET).where(_SECRET.c.secret_sha256 == _hash_of(request.secret))
    ).first()
    if code is None:
        raise RefusedError(
            "this enrolment code is not known here: ask for a new one with kiosk-backend enrol"
        )
    if code.used_us is not None and code.public_key != request.public_key:
        raise RefusedError("this enrolment code was used already: ask for a new one with kiosk-backend enrol")
    if code.used_us is None and now_us > code.expires_us:
        raise RefusedError("this enrolment code has expired: ask for a new one with kiosk-backend enrol")
    device_id = _device(connection, code.store_id, code.lane, now_us)
    if code.used_us is not None:
        return EnrolReply(device_id, _newest(connection, device_id), code.store_id, code.lane, now_us)
    _check_unshared(connection, request.public_key, device_id)
    epoch = next_epoch(connection, code.store_id, device_id, request.public_key, now_us)
    connection.execute(
        update(_SECRET)
        .where(_SECRET.c.secret_sha256 == code.secret_sha256)
        .values(used_us=now_us, public_key=request.public_key)
    )
    return EnrolReply(device_id, epoch, code.store_id, code.lane, now_us)


def next_epoch(connection: Connection, store_id: str, device_id: str, public_key: str, now_us: int) -> int:
    """Begin a device's next epoch: its outbox is taken from seq 1 again; known events stay booked once."""
    epoch = _newest(connection, device_id) + 1
    connection.execute(
        insert(_EPOCH).values(
            device_id=device_id,
            epoch=epoch,
            store_id=store_id,
            public_key=public_key,
            enrolled_us=now_us,
            acked_seq=0,
        )
    )
    return epoch


def _newest(connection: Connection, device_id: str) -> int:
    found = connection.execute(select(func.max(_EPOCH.c.epoch)).where(_EPOCH.c.device_id == device_id))
    return found.scalar() or 0


def _check_unshared(connection: Connection, key: str, device_id: str) -> None:
    others = select(func.count()).where(_EPOCH.c.public_key == key, _EPOCH.c.device_id != device_id)
    if connection.execute(others).scalar_one():
        raise RefusedError(
            "this key is another lane's: remove lane.key from a copied machine and enrol again"
        )


def _device(connection: Connection, store_id: str, lane: str, now_us: int) -> str:
    found = connection.execute(
        select(_DEVICE.c.device_id).where(_DEVICE.c.store_id == store_id, _DEVICE.c.lane == lane)
    ).scalar()
    if found is not None:
        return str(found)
    device_id = uuid7()
    values = {"device_id": device_id, "store_id": store_id, "lane": lane, "created_us": now_us}
    connection.execute(insert(_DEVICE).values(values))
    return device_id


def _check_key(public_key: str) -> None:
    try:
        raw = base64.b64decode(public_key, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != _KEY_LENGTH:
        raise RefusedError("the lane sent no Ed25519 public key: expected 32 bytes in base64")


def _hash_of(secret_hex: str) -> str:
    try:
        return _hashed(bytes.fromhex(secret_hex))
    except ValueError:
        return ""


def _hashed(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()
