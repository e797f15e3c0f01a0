import asyncio
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.sync.disk import Disk
from kiosk.sync.enrolment import Enrolment
from kiosk.sync.ledger import Ledger
from kiosk.sync.pull import Pulled, Puller
from kiosk.sync.transport import Backend
from kiosk.sync.wire import CataloguePage, Change, SettingEntry, WireError
from tests.scripted_backend import Answer, scripted
from tests.wire_samples import NOON_US, product

KEY = Ed25519PrivateKey.generate()
URL = (Change(1, "receipt_url", SettingEntry("receipt_url", "https://shop/r/{receipt}")),)
FIRST = CataloguePage(2, more=True, server_us=1, products=(Change(2, "a", product()),), settings=URL)
SECOND = CataloguePage(3, more=False, server_us=1, products=(Change(3, "a", None),))
NOTHING = CataloguePage(3, more=False, server_us=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path)) as made:
        made.belongs_to("backend", "device/1")
        yield made


def pull(url: str, ledger: Ledger, times: int) -> list[Pulled]:
    async def act() -> list[Pulled]:
        disk = Disk()
        enrolment = Enrolment(url, "", "device", 1, "shop", "lane-1")
        async with Backend(enrolment, KEY, lambda: NOON_US, 5.0) as backend:
            try:
                return [await Puller(backend, ledger, disk).pull() for _ in range(times)]
            finally:
                disk.close()

    return asyncio.run(act())


def test_pages_are_asked_from_where_the_last_one_ended(ledger: Ledger) -> None:
    pages = [FIRST, SECOND, NOTHING]
    with scripted(lambda _: Answer(body=pages.pop(0).to_json())) as backend:
        pulled = pull(backend.url, ledger, 3)
    url = "https://shop/r/{receipt}"
    assert pulled == [Pulled(2, more=True, receipt_url=url)] + 2 * [Pulled(3, more=False, receipt_url=url)]
    assert [request.target.split("&")[0] for request in backend.requests] == [
        "/v1/catalogue?since=0",
        "/v1/catalogue?since=2",
        "/v1/catalogue?since=3",
    ]
    assert ledger.position("catalogue") == 3


def test_a_page_that_cannot_be_read_moves_nothing(ledger: Ledger) -> None:
    with scripted(lambda _: Answer(body='{"upto":5}')) as backend, pytest.raises(WireError):
        pull(backend.url, ledger, 1)
    assert ledger.position("catalogue") == 0
