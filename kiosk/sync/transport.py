"""HTTP to the backend: only our enrolment's CA is believed, every request is signed by the lane."""

import asyncio
import base64
import hashlib
import secrets
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self

import httpx2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.sync.enrolment import Enrolment
from kiosk.sync.wire import Signed, WireError
from kiosk.sync.wire.enrolment import SERVER_NAME
from kiosk.sync.wire.fields import load
from kiosk.sync.wire.signature import DEVICE, EPOCH, NONCE, SERVER_TIME, SIGNATURE, TIMESTAMP

MAX_REPLY: Final = 64_000_000
"""Longest reply in bytes we take in."""


class BackendError(Exception):
    """The exchange did not succeed; the sentence says why.

    reason: the backend's word where it gave one (clock, epoch, device, …), else "network" or "status".
    status: HTTP, 0 where there was no answer. retry_after_s: what the backend asked for, else 0.
    """

    def __init__(
        self, sentence: str, reason: str = "network", status: int = 0, retry_after_s: float = 0.0
    ) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.status = status
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Reply:
    """A good answer (or a 409, which carries one)."""

    status: int
    body: bytes


class Backend:
    """One enrolled lane's way to its backend; closes with `async with`."""

    def __init__(
        self, enrolment: Enrolment, key: Ed25519PrivateKey, now_us: Callable[[], int], timeout_s: float
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            enrolment: where and who.
            key: the lane's.
            now_us: the lane's clock, microseconds since 1970 UTC.
            timeout_s: longest wait for one answer.
        """
        self.enrolment = enrolment
        self._key = key
        self._now_us = now_us
        self._client = client(enrolment.url, enrolment.ca, timeout_s)
        self.offset_us: int | None = None
        """The backend's clock less ours, in microseconds, once it has answered."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def ask(self, method: str, target: str, body: str = "") -> Reply:
        """Send one signed request.

        A lane whose clock is off learns the backend's from the first refusal and signs again.

        Raises:
            BackendError: no answer, or a refusal.
        """
        try:
            return await self._ask(method, target, body)
        except BackendError as error:
            if error.reason != "clock":
                raise
        return await self._ask(method, target, body)

    async def _ask(self, method: str, target: str, body: str) -> Reply:
        content = body.encode()
        headers = self._signed(method, target, content)
        sent_us = self._now_us()
        status, answered, came = await exchange(self._client, method, target, content, headers)
        self._learn_time(answered, (sent_us + self._now_us()) // 2)
        if status in {200, 409}:
            return Reply(status, came)
        raise _refusal(status, answered, came)

    def _signed(self, method: str, target: str, content: bytes) -> dict[str, str]:
        signed = Signed(
            method=method,
            target=target,
            body_sha256=hashlib.sha256(content).hexdigest(),
            device=self.enrolment.device,
            epoch=self.enrolment.epoch,
            timestamp_us=self._now_us() + (self.offset_us or 0),
            nonce=secrets.token_hex(16),
        )
        return {
            DEVICE: signed.device,
            EPOCH: str(signed.epoch),
            TIMESTAMP: str(signed.timestamp_us),
            NONCE: signed.nonce,
            SIGNATURE: base64.b64encode(self._key.sign(signed.message())).decode(),
            "content-type": "application/json",
        }

    def _learn_time(self, headers: Mapping[str, str], at_us: int) -> None:
        server = headers.get(SERVER_TIME, "")
        if server.isdecimal():
            self.offset_us = int(server) - at_us


def client(url: str, ca: str, timeout_s: float, *, believe_anyone: bool = False) -> httpx2.AsyncClient:
    """Return a client for one address that believes one CA only, and asks for the backend's name.

    `believe_anyone` is for fetching the CA itself, which is then held against its fingerprint.

    No proxy, no .netrc, no system certificates: nothing of this machine's surroundings decides whom we trust.

    Raises:
        ValueError: the certificate is none.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca:
        context.load_verify_locations(cadata=ca)
    elif believe_anyone:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return httpx2.AsyncClient(base_url=url, verify=context, timeout=timeout_s, trust_env=False)


async def exchange(
    over: httpx2.AsyncClient, method: str, target: str, content: bytes, headers: Mapping[str, str]
) -> tuple[int, Mapping[str, str], bytes]:
    """Send and read to the end; returns status, headers, body.

    Raises:
        BackendError: no answer, none in time, or one without end.
    """
    extensions = {"sni_hostname": SERVER_NAME}
    try:
        async with over.stream(
            method, target, content=content, headers=dict(headers), extensions=extensions
        ) as response:
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > MAX_REPLY:
                    raise BackendError(f"the backend sent more than {MAX_REPLY} bytes")
            return response.status_code, response.headers, bytes(body)
    except httpx2.TimeoutException:
        raise BackendError(f"the backend at {over.base_url} did not answer in time", "timeout") from None
    except (httpx2.HTTPError, ssl.SSLError, OSError) as error:
        raise BackendError(f"the backend at {over.base_url} does not answer ({_why(error)})") from None


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__


def _refusal(status: int, headers: Mapping[str, str], body: bytes) -> BackendError:
    try:
        fields = load(body)
        reason, sentence = fields.text("reason"), fields.text("sentence")
    except WireError:
        reason, sentence = "status", f"the backend answered with status {status}"
    wait = headers.get("retry-after", "")
    return BackendError(sentence, reason, status, float(wait) if wait.isdecimal() else 0.0)


async def patience(wake: asyncio.Event, seconds: float) -> None:
    """Wait, at most until `wake` is set."""
    try:
        async with asyncio.timeout(seconds):
            await wake.wait()
    except TimeoutError:
        return
