"""Checks that a request comes from an enrolled lane: signature, clock, nonce, newest epoch."""

import base64
import binascii
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Engine, select

from backend.ingest.rows import Origin
from backend.storage.tables import Device, Epoch, table
from kiosk.sync.wire import Signed
from kiosk.sync.wire.signature import CLOCK_WINDOW_US, DEVICE, EPOCH, NONCE, SIGNATURE, TIMESTAMP

_DEVICE, _EPOCH = table(Device), table(Epoch)
_MOST_NONCES: Final = 100_000
_LONGEST_NONCE: Final = 64


class ProofError(Exception):
    """The request is not a lane's.

    reason: headers, device, epoch, signature, clock or nonce; the lane mends `clock` itself and tries again.
    """

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Request:
    """What a signature covers of a request as it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class Nonces:
    """Remembers what was used while its timestamp is still good; of too many the oldest go first."""

    def __init__(self) -> None:
        self._until: OrderedDict[tuple[str, str], int] = OrderedDict()

    def use(self, device: str, nonce: str, now_us: int) -> bool:
        """Return False if the nonce was used before."""
        while self._until and (len(self._until) > _MOST_NONCES or next(iter(self._until.values())) < now_us):
            self._until.popitem(last=False)
        if (device, nonce) in self._until:
            return False
        self._until[(device, nonce)] = now_us + 2 * CLOCK_WINDOW_US
        return True


def prove(
    request: Request, engine: Engine, nonces: Nonces, now_us: int, *, old_epoch: bool = False
) -> Origin:
    """Return the lane that signed a request.

    Args:
        request: as it came.
        engine: for reading the keys.
        nonces: those used lately.
        now_us: the backend's clock.
        old_epoch: also believe the lane's key in an epoch that has ended.

    Raises:
        ProofError: nobody we know did, or not now.
    """
    signed, signature = _signed(request)
    origin = _origin(engine, signed, now_us, old_epoch=old_epoch)
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(origin.public_key))
    try:
        key.verify(signature, signed.message())
    except InvalidSignature:
        raise ProofError("signature", "the signature does not fit the request and the lane's key") from None
    if abs(signed.timestamp_us - now_us) > CLOCK_WINDOW_US:
        raise ProofError("clock", f"the request was signed for {signed.timestamp_us}, it is {now_us}")
    if not nonces.use(signed.device, signed.nonce, now_us):
        raise ProofError("nonce", "this request came before: expected a fresh nonce")
    return origin


def _signed(request: Request) -> tuple[Signed, bytes]:
    headers = request.headers
    try:
        signature = base64.b64decode(headers[SIGNATURE], validate=True)
        signed = Signed(
            method=request.method,
            target=request.target,
            body_sha256=hashlib.sha256(request.body).hexdigest(),
            device=headers[DEVICE],
            epoch=int(headers[EPOCH]),
            timestamp_us=int(headers[TIMESTAMP]),
            nonce=headers[NONCE],
        )
    except (KeyError, ValueError, binascii.Error) as error:
        raise ProofError("headers", f"the request is not signed as a lane's is ({error})") from None
    if not 0 < len(signed.nonce) <= _LONGEST_NONCE:
        raise ProofError(
            "headers", f"a nonce of {len(signed.nonce)} characters, expected 1 to {_LONGEST_NONCE}"
        )
    return signed, signature


def _origin(engine: Engine, signed: Signed, now_us: int, *, old_epoch: bool) -> Origin:
    wanted = (
        select(_EPOCH.c.epoch, _EPOCH.c.public_key, _DEVICE.c.store_id, _DEVICE.c.lane)
        .join(_DEVICE, _DEVICE.c.device_id == _EPOCH.c.device_id)
        .where(_EPOCH.c.device_id == signed.device)
        .order_by(_EPOCH.c.epoch.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        newest = connection.execute(wanted).first()
    if newest is None:
        raise ProofError("device", "this lane is not enrolled here: enrol it with a new code")
    if newest.epoch != signed.epoch and not (old_epoch and signed.epoch < newest.epoch):
        raise ProofError("epoch", f"epoch {signed.epoch} of this lane has ended: enrol it with a new code")
    return Origin(newest.store_id, signed.device, newest.epoch, newest.lane, newest.public_key, now_us)
