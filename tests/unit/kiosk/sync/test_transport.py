import asyncio
import base64
import hashlib
import ssl
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.sync import transport
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.transport import Backend, BackendError, Reply, client, patience
from kiosk.sync.wire import Signed
from kiosk.sync.wire.signature import DEVICE, EPOCH, NONCE, SERVER_TIME, SIGNATURE, TIMESTAMP
from tests.scripted_backend import Answer, Request, refusal, scripted

KEY = Ed25519PrivateKey.generate()
NOW_US = 1_795_435_200_000_000


def ask(
    url: str, *targets: str, now_us: Callable[[], int] = lambda: NOW_US
) -> tuple[list[Reply], int | None]:
    async def act() -> tuple[list[Reply], int | None]:
        enrolment = Enrolment(url, "", "device", 3, "shop", "lane-1")
        async with Backend(enrolment, KEY, now_us, 5.0) as backend:
            replies = [await backend.ask("POST", target, '{"a":"ä"}') for target in targets]
            return replies, backend.offset_us

    return asyncio.run(act())


def signed(request: Request) -> Signed:
    headers = request.headers
    return Signed(
        request.method,
        request.target,
        hashlib.sha256(request.body).hexdigest(),
        headers[DEVICE],
        int(headers[EPOCH]),
        int(headers[TIMESTAMP]),
        headers[NONCE],
    )


def test_every_request_is_signed_over_all_of_it_and_never_twice_the_same() -> None:
    with scripted(lambda _: Answer(body='{"ok":true}')) as backend:
        replies, offset_us = ask(backend.url, "/v1/push?x=1", "/v1/push?x=1")
    assert replies == [Reply(200, b'{"ok":true}')] * 2
    assert offset_us is None
    for request in backend.requests:
        KEY.public_key().verify(base64.b64decode(request.headers[SIGNATURE]), signed(request).message())
        assert (signed(request).device, signed(request).epoch) == ("device", 3)
        assert signed(request).timestamp_us == NOW_US
        assert request.body == '{"a":"ä"}'.encode()
    assert len({request.headers[NONCE] for request in backend.requests}) == 2


def test_a_lane_with_a_wrong_clock_signs_again_by_the_backend_s() -> None:
    ahead = 86_400_000_000

    def script(request: Request) -> Answer:
        server = {SERVER_TIME: str(NOW_US + ahead)}
        if abs(int(request.headers[TIMESTAMP]) - NOW_US - ahead) > 1_000_000:
            return Answer(401, '{"reason":"clock","sentence":"late"}', server)
        return Answer(headers=server)

    with scripted(script) as backend:
        replies, offset_us = ask(backend.url, "/a", "/b")
    assert [reply.status for reply in replies] == [200, 200]
    assert [request.target for request in backend.requests] == ["/a", "/a", "/b"]
    assert offset_us == ahead


def test_a_clock_that_is_refused_twice_is_given_up() -> None:
    with scripted(lambda _: refusal(401, "clock", "late")) as backend:
        with pytest.raises(BackendError, match="late"):
            ask(backend.url, "/a")
        assert len(backend.requests) == 2


@pytest.mark.parametrize(
    ("answer", "reason", "status", "wait_s"),
    [
        (refusal(401, "device", "not enrolled here"), "device", 401, 0.0),
        (Answer(503, "busy", {"retry-after": "7"}), "status", 503, 7.0),
        (Answer(503, "busy", {"retry-after": "Mon, 23 Nov 2026 12:00:00 GMT"}), "status", 503, 0.0),
        (Answer(500, '{"reason":1}'), "status", 500, 0.0),
        (Answer(drop=True), "network", 0, 0.0),
    ],
)
def test_every_refusal_has_its_reason(answer: Answer, reason: str, status: int, wait_s: float) -> None:
    with scripted(lambda _: answer) as backend:
        with pytest.raises(BackendError) as caught:
            ask(backend.url, "/a")
        assert (caught.value.reason, caught.value.status, caught.value.retry_after_s) == (
            reason,
            status,
            wait_s,
        )
        assert str(caught.value)


def test_a_conflict_is_an_answer() -> None:
    with scripted(lambda _: Answer(409, '{"rejected":[]}')) as backend:
        assert ask(backend.url, "/a")[0] == [Reply(409, b'{"rejected":[]}')]


def test_nobody_there_is_said() -> None:
    with scripted(lambda _: Answer()) as backend:
        url = backend.url
    with pytest.raises(BackendError, match=f"the backend at {url} does not answer"):
        ask(url, "/a")


def test_an_answer_too_late_is_a_timeout() -> None:
    async def act(url: str) -> None:
        async with client(url, "", 0.001) as over:
            await transport.exchange(over, "GET", "/", b"", {})

    with scripted(lambda _: Answer()) as backend, pytest.raises(BackendError) as caught:
        asyncio.run(act(backend.url.replace("127.0.0.1", "127.0.0.2").rpartition(":")[0] + ":1"))
    assert caught.value.reason in {"timeout", "network"}


def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_REPLY", 10)
    with (
        scripted(lambda _: Answer(body="x" * 11)) as backend,
        pytest.raises(BackendError, match="more than 10"),
    ):
        ask(backend.url, "/a")


def test_only_the_given_ca_is_believed() -> None:
    async def stores() -> list[tuple[int, ssl.VerifyMode]]:
        contexts = []
        for believe_anyone in (False, True):
            over = client("https://127.0.0.1", "", 1.0, believe_anyone=believe_anyone)
            context = over._transport._pool._ssl_context  # type: ignore[attr-defined]  # what httpx2 will use
            contexts.append((len(context.get_ca_certs()), context.verify_mode))
            await over.aclose()
        return contexts

    assert asyncio.run(stores()) == [(0, ssl.CERT_REQUIRED), (0, ssl.CERT_NONE)]
    with pytest.raises(ssl.SSLError):
        client("https://127.0.0.1", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", 1.0)


def test_patience_ends_at_the_wake_or_the_time() -> None:
    async def act() -> None:
        wake = asyncio.Event()
        await patience(wake, 0.001)
        wake.set()
        await patience(wake, 1000.0)

    asyncio.run(act())
