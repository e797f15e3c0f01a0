"""The desk's web application: one page, its state as server-sent events, and the acts of the person at it."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from devices.desk.acts import ActError, order_for
from devices.desk.desk import Desk
from devices.desk.station import AwayError

_STATIC = Path(__file__).parent / "static"
_PAPER = re.compile(r"(\d{4,}|strip)\.png")
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}
# A page of another site cannot set this header without asking first, and is not answered.
_OUR_PAGE = "x-device-desk"

Handler = Callable[[Request], Awaitable[Response]]


def make_app(desk: Desk) -> Starlette:
    """The application; it listens to nothing but this machine's own names."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        async with desk.running():
            yield

    return Starlette(
        routes=[
            Route("/", _page),
            Route("/shelf", _bound(_shelf, desk)),
            Route("/events", _bound(_events, desk)),
            Route("/act", _bound(_act, desk), methods=["POST"]),
            Route("/paper/{name}", _bound(_paper, desk)),
            Route("/picture/{name}", _bound(_picture, desk)),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])],
        lifespan=lifespan,
    )


def _bound(handler: Callable[[Request, Desk], Awaitable[Response]], desk: Desk) -> Handler:
    async def bound(request: Request) -> Response:
        return await handler(request, desk)

    return bound


async def _page(_request: Request) -> Response:
    return FileResponse(_STATIC / "index.html", headers=_HEADERS)


async def _shelf(_request: Request, desk: Desk) -> Response:
    shelf = desk.shelf
    products = [asdict(product) for product in shelf.products]
    return JSONResponse({"products": products, "categories": shelf.categories, "sign": shelf.sign})


async def _events(_request: Request, desk: Desk) -> Response:
    async def lines() -> AsyncGenerator[str]:
        async for view in desk.views():
            yield f"data: {view}\n\n" if view else ": still here\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _act(request: Request, desk: Desk) -> Response:
    if _OUR_PAGE not in request.headers:
        return _sentence(403, "Only the desk's own page may work the devices.")
    try:
        wish = json.loads(await request.body())
        if not isinstance(wish, dict):
            raise ActError("Expected an object with an act.")
        await desk.carry_out(order_for(wish.get("act"), wish.get("code"), desk.codes))
    except AwayError as error:
        return _sentence(503, str(error))
    except (ValueError, KeyError) as error:
        return _sentence(400, str(error))
    return Response(status_code=204)


def _sentence(status: int, sentence: str) -> Response:
    return JSONResponse({"sentence": sentence}, status_code=status)


async def _paper(request: Request, desk: Desk) -> Response:
    name: str = request.path_params["name"]
    if desk.places.paper is None or not _PAPER.fullmatch(name):
        return Response(status_code=404)
    return _file(desk.places.paper, name)


async def _picture(request: Request, desk: Desk) -> Response:
    name: str = request.path_params["name"]
    if desk.places.pictures is None or name not in {product.picture for product in desk.shelf.products}:
        return Response(status_code=404)
    return _file(desk.places.pictures, name)


def _file(folder: Path, name: str) -> Response:
    path = folder / name
    return (
        FileResponse(path, headers={"Cache-Control": "no-cache"})
        if path.is_file()
        else Response(status_code=404)
    )
