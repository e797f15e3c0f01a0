from pathlib import Path

import pytest

from backend.catalog.publish import Offer, Published
from backend.catalog.shop import put_setting
from backend.commands.acts import ADDRESS, HereActs, ImportShop, published_values
from backend.errors import UserError
from kiosk.sync.wire import EnrolmentCode
from tests.backend_room import Room, opened
from tests.wire_samples import product


def serve_at(room: Room, address: str) -> None:
    room.house.writer.run(lambda connection: put_setting(connection, "shop", ADDRESS, address))


@pytest.mark.parametrize(
    ("address", "url", "fingerprint"),
    [
        ("https://10.0.0.1:8443", "https://10.0.0.1:8443", b"f" * 16),
        ("https://[fd00::1]:8443", "https://[fd00::1]:8443", b"f" * 16),
        ("http://127.0.0.1:80", "http://127.0.0.1:80", bytes(16)),
    ],
)
def test_a_code_says_where_and_whom_to_believe(
    tmp_path: Path, address: str, url: str, fingerprint: bytes
) -> None:
    with opened(tmp_path) as room:
        serve_at(room, address)
        text, expires_us = HereActs(room.house, b"f" * 16).enrol("lane-1")
        code = EnrolmentCode.parse(text)
        assert (code.url, code.fingerprint) == (url, fingerprint)
        assert room.rows("SELECT lane, expires_us FROM enrolment_secret") == [("lane-1", expires_us)]


def test_no_address_or_no_name_gives_no_code(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        acts = HereActs(room.house, b"")
        with pytest.raises(UserError, match="no address yet"):
            acts.enrol("lane-1")
        serve_at(room, "https://x:1")
        with pytest.raises(UserError, match="lane name"):
            acts.enrol("")


def test_the_shop_and_its_products(tmp_path: Path) -> None:
    with opened(tmp_path) as room:
        acts = HereActs(room.house, b"")
        assert acts.shop() == ImportShop("EUR", "de", ("standard", "reduced", "zero"))
        assert acts.publish([Offer(product())]) == Published(1, {})
    assert published_values(Published(1, {3: "why"})) == {"changed": 1, "refused": {"3": "why"}}
