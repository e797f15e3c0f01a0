"""The lanes' side: enrol, push, pull, their state, a new epoch; and the CA certificate to enrol with."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import Connection, insert

from backend.api.context import Context
from backend.api.proof import Nonces, ProofError, prove
from backend.api.proof import Request as Proven
from backend.catalog.pages import page
from backend.enrolment.codes import RefusedError, next_epoch, redeem
from backend.ingest.book import book
from backend.ingest.rows import Origin
from backend.ingest.verdict import CONFLICT_REASONS
from backend.storage.tables import Alarm, table
from kiosk.sync.wire import EnrolReply, EnrolRequest, LaneHeard, LaneSaid, Push, WireError
from kiosk.sync.wire.catalogue import MAX_PAGE
from kiosk.sync.wire.fields import dump
from kiosk.sync.wire.signature import EPOCH

T = TypeVar("T")

MAX_REQUEST: Final = 8_000_000
"""Longest request body in bytes."""


class _RefusedError(Exception):
    """Answered with a status, a reason word and a sentence."""

    def __init__(self, status: int, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.reason = reason

    def response(self) -> Response:
        return _json(dump({"reason": self.reason, "sentence": str(self)}), self.status)


def _json(body: str, status: int = 200) -> Response:
    return Response(body, status, media_type="application/json")


def router(context: Context) -> APIRouter:
    """Return the routes under /v1."""
    routes = APIRouter(prefix="/v1")
    lanes = _Lanes(context)
    routes.add_api_route("/ca", lanes.ca, methods=["GET"])
    routes.add_api_route("/enrol", lanes.enrol, methods=["POST"])
    routes.add_api_route("/push", lanes.push, methods=["POST"])
    routes.add_api_route("/lane", lanes.lane, methods=["POST"])
    routes.add_api_route("/epoch", lanes.epoch, methods=["POST"])
    routes.add_api_route("/catalogue", lanes.catalogue, methods=["GET"])
    return routes


class _Lanes:
    """The handlers, with what they share."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._nonces = Nonces()

    async def ca(self) -> Response:
        """Give the CA's certificate; the lane holds it against the fingerprint in its code."""
        return Response(self._context.ca_pem, media_type="application/x-pem-file")

    async def enrol(self, request: Request) -> Response:
        """Redeem a code for a key."""
        try:
            asked = EnrolRequest.from_json(await _body(request))
            reply = await self._write(lambda connection: redeem(connection, asked, self._context.now_us()))
        except WireError as error:
            return _RefusedError(400, "message", str(error)).response()
        except RefusedError as error:
            return _RefusedError(403, "code", str(error)).response()
        except _RefusedError as refused:
            return refused.response()
        return _json(reply.to_json())

    async def push(self, request: Request) -> Response:
        """Book a batch; 409 if two truths came under one name, the rest of the batch being booked still."""
        try:
            body, origin = await self._proven(request)
            push = _push_of(body, origin)
        except _RefusedError as refused:
            return refused.response()
        reply = await self._write(lambda connection: book(connection, push, origin))
        conflict = any(one.reason in CONFLICT_REASONS for one in reply.rejected)
        return _json(reply.to_json(), 409 if conflict else 200)

    async def lane(self, request: Request) -> Response:
        """Take what a lane shows and whom it calls; answers whether a console has shown that call."""
        try:
            body, origin = await self._proven(request)
            said = LaneSaid.from_json(body)
        except _RefusedError as refused:
            return refused.response()
        except WireError as error:
            return _RefusedError(400, "message", str(error)).response()
        heard = self._context.presence.hear(origin.device_id, said, origin.received_us)
        return _json(LaneHeard(said.wants if heard.seen else None).to_json())

    async def epoch(self, request: Request) -> Response:
        """Begin a new epoch for a lane whose outbox began anew; an alarm tells the shop.

        A lane that asks from an epoch which has ended (it did not get our reply) is given the newest.
        """
        try:
            _, origin = await self._proven(request, old_epoch=True)
        except _RefusedError as refused:
            return refused.response()
        asked_in = int(request.headers[EPOCH])
        epoch = origin.epoch
        if asked_in == epoch:
            epoch = await self._write(lambda connection: _begin_epoch(connection, origin))
        reply = EnrolReply(origin.device_id, epoch, origin.store_id, origin.lane, origin.received_us)
        return _json(reply.to_json())

    async def catalogue(self, request: Request, since: int = 0, limit: int = MAX_PAGE) -> Response:
        """Give the changes after a version."""
        try:
            _, origin = await self._proven(request)
        except _RefusedError as refused:
            return refused.response()
        bounded = max(1, min(limit, MAX_PAGE))
        return _json(await run_in_threadpool(self._page, origin.store_id, max(0, since), bounded))

    def _page(self, store_id: str, since: int, limit: int) -> str:
        with self._context.engine.connect() as connection:
            return page(connection, store_id, since, limit, self._context.now_us()).to_json()

    async def _write(self, work: Callable[[Connection], T]) -> T:
        return await asyncio.wrap_future(self._context.writer.submit(work))

    async def _proven(self, request: Request, *, old_epoch: bool = False) -> tuple[bytes, Origin]:
        body = await _body(request)
        query = f"?{request.url.query}" if request.url.query else ""
        came = Proven(request.method, f"{request.url.path}{query}", request.headers, body)
        try:
            now_us = self._context.now_us()
            return body, prove(came, self._context.engine, self._nonces, now_us, old_epoch=old_epoch)
        except ProofError as error:
            raise _RefusedError(401, error.reason, str(error)) from None


async def _body(request: Request) -> bytes:
    """Read a body piece by piece, so that one too long is refused before it fills the memory."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_REQUEST:
            raise _RefusedError(413, "length", f"more than {MAX_REQUEST} bytes: expected a smaller batch")
    return bytes(body)


def _push_of(body: bytes, origin: Origin) -> Push:
    try:
        push = Push.from_json(body)
    except WireError as error:
        raise _RefusedError(400, "message", str(error)) from None
    if (push.device, push.epoch) != (origin.device_id, origin.epoch):
        raise _RefusedError(400, "message", "the batch names another device or epoch than its signature")
    return push


def _begin_epoch(connection: Connection, origin: Origin) -> int:
    alarm = {
        "store_id": origin.store_id,
        "device_id": origin.device_id,
        "kind": "outbox",
        "sentence": f"lane {origin.lane} says that its outbox began anew: its disk was wiped or put back",
        "raised_us": origin.received_us,
    }
    connection.execute(insert(table(Alarm)).values(alarm))
    return next_epoch(connection, origin.store_id, origin.device_id, origin.public_key, origin.received_us)
