"""Puts the backend's routes together into one application."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.middleware.gzip import GZipMiddleware
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from backend.api import lanes
from backend.api.context import Context
from backend.console import routes as console
from backend.storage.tables import Event, table
from kiosk.sync.wire.fields import dump
from kiosk.sync.wire.signature import SERVER_TIME


def create(context: Context) -> FastAPI:
    """Return the application; it describes itself to nobody (no OpenAPI pages, which load from elsewhere)."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)  # 9 costs twice the time for 2 %

    @app.middleware("http")
    async def tell_time(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await go_on(request)
        response.headers[SERVER_TIME] = str(context.now_us())
        return response

    app.include_router(lanes.router(context))
    app.include_router(console.router(context))
    app.add_api_route("/health", _health(context), methods=["GET"])
    return app


def _health(context: Context) -> Callable[[], Response]:
    def health() -> Response:
        """Tell whether the database answers."""
        try:
            with context.engine.connect() as connection:
                connection.execute(select(table(Event).c.seq).limit(1))
        except SQLAlchemyError as error:
            return Response(dump({"ok": False, "sentence": f"the database does not answer: {error}"}), 503)
        return Response(dump({"ok": True}), media_type="application/json")

    return health
