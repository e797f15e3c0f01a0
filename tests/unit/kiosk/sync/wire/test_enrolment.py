import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.wire.enrolment import EnrolmentCode, EnrolReply, EnrolRequest
from kiosk.sync.wire.fields import WireError

CODE = EnrolmentCode("192.168.1.20", 8443, bytes(range(16)), bytes(range(10)))
hosts = st.sampled_from(["10.0.0.1", "backend.shop.example", "fd00::1", "localhost"])


@given(hosts, st.integers(0, 65535), st.binary(min_size=16, max_size=16), st.binary(min_size=10, max_size=10))
def test_what_is_written_is_read(host: str, port: int, fingerprint: bytes, secret: bytes) -> None:
    code = EnrolmentCode(host, port, fingerprint, secret)
    assert EnrolmentCode.parse(code.to_text()) == code


def test_a_code_fits_a_small_qr_and_a_person_s_patience() -> None:
    text = CODE.to_text()
    assert re.fullmatch(r"[A-Z2-7-]+", text)
    assert len(text) < 80


@pytest.mark.parametrize(
    ("code", "url"),
    [
        (CODE, "https://192.168.1.20:8443"),
        (EnrolmentCode("127.0.0.1", 80, bytes(16), bytes(10), tls=False), "http://127.0.0.1:80"),
        (EnrolmentCode("fd00::1", 8443, bytes(16), bytes(10)), "https://[fd00::1]:8443"),
    ],
)
def test_the_address(code: EnrolmentCode, url: str) -> None:
    assert code.url == url
    assert EnrolmentCode.parse(code.to_text()).url == url


def test_small_letters_blanks_and_misread_digits_do_not_matter() -> None:
    text = CODE.to_text()
    typed = text.lower().replace("-", "  ").replace("o", "0").replace("i", "1").replace("b", "8")
    assert EnrolmentCode.parse(typed) == CODE


def test_every_slip_of_one_letter_is_noticed() -> None:
    text = CODE.to_text().replace("-", "")
    for at, letter in enumerate(text):
        other = "A" if letter != "A" else "C"
        with pytest.raises(WireError):
            EnrolmentCode.parse(text[:at] + other + text[at + 1 :])


@pytest.mark.parametrize("text", ["", "AAAA", "!!!", "A" * 57, "äöü", CODE.to_text()[:-6]])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(WireError, match="code"):
        EnrolmentCode.parse(text)


def test_a_code_of_a_later_release_is_refused() -> None:
    letters = CODE.to_text().replace("-", "")
    body = b"\x09" + base64.b32decode(letters + "=" * (-len(letters) % 8))[1:-2]
    later = base64.b32encode(body + hashlib.sha256(body).digest()[:2]).decode().rstrip("=")
    with pytest.raises(WireError, match="this release"):
        EnrolmentCode.parse(later)


def test_request_and_reply_are_read() -> None:
    request = EnrolRequest("00ff", "a2V5")
    assert EnrolRequest.from_json(request.to_json()) == request
    reply = EnrolReply("device", 3, "shop", "lane-1", 5)
    assert EnrolReply.from_json(reply.to_json()) == reply
    with pytest.raises(WireError):
        EnrolRequest.from_json("{}")
    with pytest.raises(WireError):
        EnrolReply.from_json(reply.to_json().replace(":3", ":0"))
