"""kiosk sync enrol: redeems a one-time code; the lane's private key never leaves it."""

import hashlib
import ssl
from pathlib import Path
from typing import Final

from kiosk.store.lane_key import load_or_create, public_key_base64
from kiosk.sync.enrolment import Enrolment, EnrolmentError, write
from kiosk.sync.transport import BackendError, client, exchange
from kiosk.sync.wire import EnrolmentCode, EnrolReply, EnrolRequest, WireError
from kiosk.sync.wire.enrolment import FINGERPRINT_LENGTH
from kiosk.sync.wire.fields import load

_TIMEOUT_S: Final = 15.0


async def enrol(state: Path, text: str) -> Enrolment:
    """Redeem a code and keep the enrolment.

    The CA's certificate comes over a connection that proves nothing; it is believed because its fingerprint
    is in the code, and only then is the secret sent, over a connection which that CA vouches for.

    Raises:
        EnrolmentError: a slip in the code, no answer, another CA than the code's, or a refusal.
        LaneKeyError: the lane's key cannot be used.
    """
    code = _parsed(text)
    key = load_or_create(state)
    try:
        ca = await _ca(code) if code.tls else ""
        request = EnrolRequest(code.secret.hex(), public_key_base64(key))
        async with client(code.url, ca, _TIMEOUT_S) as over:
            status, _, body = await exchange(over, "POST", "/v1/enrol", request.to_json().encode(), {})
        reply = _reply(status, body)
    except BackendError as error:
        raise EnrolmentError(
            f"{error}: see that kiosk-backend serve runs and the network reaches it"
        ) from None
    enrolment = Enrolment(code.url, ca, reply.device, reply.epoch, reply.store_id, reply.lane)
    write(state, enrolment)
    return enrolment


def _parsed(text: str) -> EnrolmentCode:
    try:
        return EnrolmentCode.parse(text)
    except WireError as error:
        raise EnrolmentError(
            f"the code cannot be read ({error}): copy it whole from kiosk-backend enrol"
        ) from None


async def _ca(code: EnrolmentCode) -> str:
    unverified = client(code.url, "", _TIMEOUT_S, believe_anyone=True)
    async with unverified as over:
        status, _, pem = await exchange(over, "GET", "/v1/ca", b"", {})
    try:
        der = ssl.PEM_cert_to_DER_cert(pem.decode("ascii"))
    except ValueError:
        raise EnrolmentError(
            f"{code.url} is no Checkstand backend (status {status}, no certificate)"
        ) from None
    if hashlib.sha256(der).digest()[:FINGERPRINT_LENGTH] != code.fingerprint:
        raise EnrolmentError(
            f"{code.url} shows another certificate than the code's: the code is of another backend, "
            "or somebody stands between; ask for a new code"
        )
    return ssl.DER_cert_to_PEM_cert(der)  # this certificate alone, whatever else came with it


def _reply(status: int, body: bytes) -> EnrolReply:
    try:
        if status == 200:  # noqa: PLR2004 - HTTP OK
            return EnrolReply.from_json(body)
        raise EnrolmentError(load(body).text("sentence"))
    except WireError as error:
        raise EnrolmentError(f"the backend's answer cannot be read (status {status}: {error})") from None
