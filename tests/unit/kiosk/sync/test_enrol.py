import asyncio
import datetime as dt
import json
from pathlib import Path

import pytest

from backend.tls.authority import establish
from kiosk.store.lane_key import load_or_create, public_key_base64
from kiosk.sync.enrol import enrol
from kiosk.sync.enrolment import Enrolment, EnrolmentError, read
from kiosk.sync.wire import EnrolmentCode, EnrolReply, EnrolRequest
from tests.scripted_backend import Answer, Request, refusal, scripted

REPLY = EnrolReply("device", 1, "shop", "lane-1", 1)
SECRET = bytes(range(10))


def code(url: str, *, tls: bool = False, fingerprint: bytes = bytes(16)) -> str:
    host, _, port = url.removeprefix("http://").partition(":")
    return EnrolmentCode(host, int(port), fingerprint, SECRET, tls).to_text()


def test_a_code_is_redeemed_for_the_lane_s_own_key(tmp_path: Path) -> None:
    with scripted(lambda _: Answer(body=REPLY.to_json())) as backend:
        made = asyncio.run(enrol(tmp_path, code(backend.url)))
    assert made == read(tmp_path) == Enrolment(backend.url, "", "device", 1, "shop", "lane-1")
    (request,) = backend.requests
    sent = EnrolRequest.from_json(request.body)
    assert sent == EnrolRequest(SECRET.hex(), public_key_base64(load_or_create(tmp_path)))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (refusal(403, "code", "this enrolment code has expired"), "expired"),
        (Answer(drop=True), "see that kiosk-backend serve runs"),
        (Answer(404, "<html>"), "cannot be read"),
        (Answer(body='{"device":1}'), "cannot be read"),
    ],
)
def test_a_refusal_is_one_sentence_and_nothing_is_kept(tmp_path: Path, answer: Answer, said: str) -> None:
    with scripted(lambda _: answer) as backend, pytest.raises(EnrolmentError, match=said) as caught:
        asyncio.run(enrol(tmp_path, code(backend.url)))
    assert "\n" not in str(caught.value)
    assert read(tmp_path) is None


def test_a_slip_in_the_code_asks_nobody(tmp_path: Path) -> None:
    with pytest.raises(EnrolmentError, match="copy it whole"):
        asyncio.run(enrol(tmp_path, "AAAA-BBBB"))
    assert list(tmp_path.iterdir()) == []


def test_a_tls_code_needs_tls(tmp_path: Path) -> None:
    authority = establish(tmp_path / "tls", ["127.0.0.1"], dt.datetime.now(dt.UTC))

    def script(_: Request) -> Answer:
        return Answer(body=json.dumps({}))

    with scripted(script) as backend, pytest.raises(EnrolmentError, match="does not answer"):
        asyncio.run(enrol(tmp_path, code(backend.url, tls=True, fingerprint=authority.fingerprint())))
    assert not any(b"secret" in request.body for request in backend.requests)
