import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend.api import proof
from backend.api.proof import Nonces, ProofError, Request, prove
from kiosk.sync.wire import EnrolReply, Signed, sha256_of
from kiosk.sync.wire.signature import CLOCK_WINDOW_US, DEVICE, EPOCH, NONCE, SIGNATURE, TIMESTAMP
from tests.backend_room import Room, opened


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path) as made:
        yield made


def signed(
    room: Room,
    enrolled: EnrolReply,
    *,
    at_us: int = 0,
    nonce: str = "n",
    key: Ed25519PrivateKey | None = None,
) -> Request:
    body = '{"a":1}'
    parts = Signed(
        "POST",
        "/v1/push?x=1",
        sha256_of(body),
        enrolled.device,
        enrolled.epoch,
        room.now_us + at_us,
        nonce,
    )
    headers = {
        DEVICE: parts.device,
        EPOCH: str(parts.epoch),
        TIMESTAMP: str(parts.timestamp_us),
        NONCE: nonce,
        SIGNATURE: base64.b64encode((key or room.key).sign(parts.message())).decode(),
    }
    return Request("POST", "/v1/push?x=1", headers, body.encode())


def reason(room: Room, request: Request, nonces: Nonces | None = None, *, old_epoch: bool = False) -> str:
    try:
        prove(request, room.house.engine, nonces or Nonces(), room.now_us, old_epoch=old_epoch)
    except ProofError as error:
        return error.reason
    return "proven"


def test_a_signed_request_names_its_lane(room: Room) -> None:
    enrolled = room.enrol()
    origin = prove(signed(room, enrolled), room.house.engine, Nonces(), room.now_us)
    assert origin == room.origin(enrolled)


@pytest.mark.parametrize(
    "change",
    [
        {"method": "GET"},
        {"target": "/v1/push?x=2"},
        {"body": b'{"a":2}'},
    ],
)
def test_whatever_is_changed_on_the_way_shows(room: Room, change: dict[str, object]) -> None:
    request = replace(signed(room, room.enrol()), **change)  # type: ignore[arg-type]  # a table of changes
    assert reason(room, request) == "signature"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        (DEVICE, "nobody", "device"),
        (EPOCH, "7", "epoch"),
        (EPOCH, "one", "headers"),
        (TIMESTAMP, "now", "headers"),
        (TIMESTAMP, "1", "signature"),
        (NONCE, "", "headers"),
        (NONCE, "n" * 65, "headers"),
        (NONCE, "other", "signature"),
        (SIGNATURE, "!", "headers"),
        (SIGNATURE, "AAAA", "signature"),
        (SIGNATURE, None, "headers"),
    ],
)
def test_headers_that_are_not_the_lane_s(room: Room, name: str, value: str | None, expected: str) -> None:
    request = signed(room, room.enrol())
    headers = {key: text for key, text in request.headers.items() if key != name}
    assert (
        reason(room, replace(request, headers=headers | ({} if value is None else {name: value}))) == expected
    )


def test_another_s_key_proves_nothing(room: Room) -> None:
    assert reason(room, signed(room, room.enrol(), key=Ed25519PrivateKey.generate())) == "signature"


@pytest.mark.parametrize(
    ("at_us", "expected"),
    [(CLOCK_WINDOW_US, "proven"), (-CLOCK_WINDOW_US, "proven"), (CLOCK_WINDOW_US + 1, "clock")],
)
def test_the_clock_may_be_off_by_so_much(room: Room, at_us: int, expected: str) -> None:
    assert reason(room, signed(room, room.enrol(), at_us=at_us)) == expected


def test_a_request_is_good_once(room: Room) -> None:
    request, nonces = signed(room, room.enrol()), Nonces()
    assert [reason(room, request, nonces) for _ in range(2)] == ["proven", "nonce"]


def test_an_ended_epoch_is_believed_only_to_ask_for_the_newest(room: Room) -> None:
    old = room.enrol()
    room.enrol()
    assert reason(room, signed(room, old)) == "epoch"
    assert reason(room, signed(room, old), old_epoch=True) == "proven"
    future = replace(old, epoch=9)
    assert reason(room, signed(room, future), old_epoch=True) == "epoch"


def test_nonces_are_forgotten_when_their_time_is_over_or_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nonces = Nonces()
    assert nonces.use("d", "a", 0)
    assert not nonces.use("d", "a", 2 * CLOCK_WINDOW_US)
    assert nonces.use("d", "a", 2 * CLOCK_WINDOW_US + 1)
    monkeypatch.setattr(proof, "_MOST_NONCES", 3)
    assert all(nonces.use("d", str(number), 5) for number in range(10))
    assert len(nonces._until) <= 4
