from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from backend.enrolment.codes import RefusedError, check_name, issue, next_epoch, redeem
from backend.errors import UserError
from kiosk.store.lane_key import public_key_base64
from kiosk.sync.wire import EnrolReply, EnrolRequest
from kiosk.sync.wire.enrolment import LIFETIME_US
from tests.backend_room import Room, opened


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with opened(tmp_path) as made:
        yield made


def key() -> str:
    return public_key_base64(Ed25519PrivateKey.generate())


def code(room: Room, lane: str = "lane-1") -> str:
    secret, expires_us = room.house.writer.run(
        lambda connection: issue(connection, "shop", lane, room.now_us)
    )
    assert expires_us == room.now_us + LIFETIME_US
    return secret.hex()


def use(room: Room, secret: str, public_key: str) -> EnrolReply:
    request = EnrolRequest(secret, public_key)
    return room.house.writer.run(lambda connection: redeem(connection, request, room.now_us))


def test_a_code_is_redeemed_and_only_its_hash_is_kept(room: Room) -> None:
    secret, mine = code(room), key()
    reply = use(room, secret, mine)
    assert (reply.epoch, reply.store_id, reply.lane, reply.server_us) == (1, "shop", "lane-1", room.now_us)
    assert room.rows("SELECT public_key FROM epoch") == [(mine,)]
    assert secret not in str(room.rows("SELECT * FROM enrolment_secret"))


def test_the_same_key_again_is_the_same_enrolment_and_another_key_is_refused(room: Room) -> None:
    secret, mine = code(room), key()
    first = use(room, secret, mine)
    room.now_us += 2 * LIFETIME_US
    again = use(room, secret, mine)
    assert (again.device, again.epoch) == (first.device, first.epoch)
    with pytest.raises(RefusedError, match="used already"):
        use(room, secret, key())


def test_a_lane_enrolled_again_keeps_its_device_and_begins_an_epoch(room: Room) -> None:
    first = use(room, code(room), key())
    second = use(room, code(room), key())
    other = use(room, code(room, "lane-2"), key())
    assert (second.device, second.epoch) == (first.device, 2)
    assert (other.device != first.device, other.epoch) == (True, 1)
    newest = room.house.writer.run(lambda connection: next_epoch(connection, "shop", first.device, "k", 5))
    assert newest == 3


def test_ten_minutes_and_not_one_microsecond_more(room: Room) -> None:
    first, second = code(room), code(room)
    room.now_us += LIFETIME_US
    assert use(room, first, key()).epoch == 1
    room.now_us += 1
    with pytest.raises(RefusedError, match="expired"):
        use(room, second, key())


@pytest.mark.parametrize("secret", ["00" * 10, "", "no hex"])
def test_a_code_nobody_gave_out_is_refused(room: Room, secret: str) -> None:
    with pytest.raises(RefusedError, match="not known here"):
        use(room, secret, key())


@pytest.mark.parametrize("public_key", ["", "AAAA", "not base64!", "A" * 44])
def test_a_lane_without_a_key_is_refused(room: Room, public_key: str) -> None:
    secret = code(room)
    with pytest.raises(RefusedError, match="Ed25519"):
        use(room, secret, public_key)


def test_two_lanes_may_not_share_a_key(room: Room) -> None:
    mine = key()
    use(room, code(room), mine)
    with pytest.raises(RefusedError, match="another lane's"):
        use(room, code(room, "lane-2"), mine)


@pytest.mark.parametrize("name", ["lane-1", "Kasse 3", "Ä1", "a" * 40, "7.b"])
def test_names_that_are_taken(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", " x", "-x", "a" * 41, "../x", "a\n", "a;b"])
def test_names_that_are_not(name: str) -> None:
    with pytest.raises(UserError, match="such as lane-1"):
        check_name(name)
