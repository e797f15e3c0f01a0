"""A backend without its network, for tests: the house, an enrolled lane, and a way to ask its application."""

import base64
import hashlib
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from httpx2 import Response
from sqlalchemy import text
from starlette.testclient import TestClient

from backend.api.app import create
from backend.api.context import Context
from backend.catalog.shop import Shop
from backend.enrolment.codes import issue, redeem
from backend.ingest.book import book
from backend.ingest.rows import Origin
from backend.storage.house import House
from kiosk.store.lane_key import public_key_base64
from kiosk.sync.wire import EnrolReply, EnrolRequest, Push, PushReply, Signed
from kiosk.sync.wire.signature import DEVICE, EPOCH, NONCE, SIGNATURE, TIMESTAMP
from tests.wire_samples import NOON_US

_NONCES = itertools.count()


@dataclass
class Room:
    """A house with a clock that stands where it is put."""

    house: House
    now_us: int = NOON_US
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        with self.house.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql), values)]

    def enrol(self, lane: str = "lane-1", key: Ed25519PrivateKey | None = None) -> EnrolReply:
        store_id = self.house.shop.store_id
        secret, _ = self.house.writer.run(lambda connection: issue(connection, store_id, lane, self.now_us))
        request = EnrolRequest(secret.hex(), public_key_base64(key or self.key))
        return self.house.writer.run(lambda connection: redeem(connection, request, self.now_us))

    def origin(self, enrolled: EnrolReply) -> Origin:
        return Origin(
            enrolled.store_id,
            enrolled.device,
            enrolled.epoch,
            enrolled.lane,
            public_key_base64(self.key),
            self.now_us,
        )

    def book(self, push: Push, origin: Origin) -> PushReply:
        return self.house.writer.run(lambda connection: book(connection, push, origin))

    def client(self, address: str = "127.0.0.1", *, everywhere: bool = False) -> TestClient:
        context = Context(
            self.house.shop, self.house.engine, self.house.writer, b"PEM", lambda: self.now_us, everywhere
        )
        return TestClient(create(context), client=(address, 50000), raise_server_exceptions=False)

    def ask(
        self,
        client: TestClient,
        enrolled: EnrolReply,
        method: str,
        target: str,
        body: str = "",
        **changed: Any,
    ) -> Response:
        """Send a request signed as a lane does; `changed` replaces parts of what is signed or sent."""
        signed = Signed(
            method=method,
            target=target,
            body_sha256=hashlib.sha256(body.encode()).hexdigest(),
            device=enrolled.device,
            epoch=changed.get("epoch", enrolled.epoch),
            timestamp_us=changed.get("timestamp_us", self.now_us),
            nonce=changed.get("nonce", f"nonce-{next(_NONCES)}"),
        )
        headers = {
            DEVICE: signed.device,
            EPOCH: str(signed.epoch),
            TIMESTAMP: str(signed.timestamp_us),
            NONCE: signed.nonce,
            SIGNATURE: base64.b64encode((changed.get("key") or self.key).sign(signed.message())).decode(),
        }
        headers |= changed.get("headers", {})
        response: Response = client.request(
            method,
            changed.get("sent_to", target),
            content=changed.get("sent", body).encode(),
            headers=headers,
        )
        return response


@contextmanager
def opened(directory: Path, shop: Shop | None = None) -> Iterator[Room]:
    """Open a house in a directory for as long as the block runs."""
    with House(directory / "backend.db", shop or Shop()) as house:
        yield Room(house)
