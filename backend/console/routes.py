"""The pages' addresses: the console for this machine (or the network, if asked), receipts for everybody."""

import ipaddress
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import Connection

from backend.api.context import Context
from backend.console import queries, shown, strip
from backend.console.words_table import words
from backend.storage.presence import Heard

_HERE = Path(__file__).parent
_STATIC = {"console.css": "text/css", "console.js": "text/javascript"}
_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'"
_SECURITY = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_LIVE = {
    "Content-Security-Policy": f"{_POLICY}; script-src 'self'; connect-src 'self'",
    "Cache-Control": "no-store",
}
"""For pages with our own script, which asks for the strip of lanes anew."""


def router(context: Context) -> APIRouter:
    """Return the routes of the console, its style and the receipt page."""
    routes = APIRouter(include_in_schema=False)
    pages = _Pages(context)
    routes.add_api_route("/", lambda: RedirectResponse("/sales"), methods=["GET"])
    routes.add_api_route("/sales", pages.sales, methods=["GET"])
    routes.add_api_route("/sales/{sale_id}", pages.sale, methods=["GET"])
    routes.add_api_route("/stock", pages.stock, methods=["GET"])
    routes.add_api_route("/lanes", pages.lanes, methods=["GET"])
    routes.add_api_route("/lanes/now", pages.lanes_now, methods=["GET"])
    routes.add_api_route("/r/{sale_id}", pages.receipt, methods=["GET"])
    for name in _STATIC:
        routes.add_api_route(f"/{name}", partial(_static, name), methods=["GET"])
    return routes


def _static(name: str) -> Response:
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return Response((_HERE / name).read_bytes(), media_type=_STATIC[name], headers=headers)


class _Pages:
    """The handlers; each reads in one transaction and renders."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._shop = context.shop
        self._templates = Environment(
            loader=PackageLoader("backend.console"), autoescape=True, undefined=StrictUndefined
        )
        locale = shown.locale_of(self._shop.language)
        self._clock = partial(shown.clock, locale=locale)
        self._templates.filters.update(
            quantity=partial(shown.quantity, locale=locale),
            percent=partial(shown.percent, locale=locale),
            moment=partial(shown.moment, locale=locale),
            day=partial(shown.day, locale=locale),
            money=lambda minor, currency=self._shop.currency: shown.money(minor, currency, locale),
        )

    def sales(self, request: Request, q: str = "", day: str = "", page: int = 0) -> Response:
        """List sales with their sums."""
        return self._console(
            request,
            "sales.html",
            lambda connection: {
                "listing": queries.sales(connection, self._shop.store_id, q.strip(), day, max(0, page)),
                **_asked(q, day, page),
            },
        )

    def sale(self, request: Request, sale_id: str) -> Response:
        """Show one sale with lines, tax and tenders."""
        return self._console(request, "sale.html", lambda connection: _of_sale(connection, sale_id, "en"))

    def stock(self, request: Request, q: str = "", page: int = 0) -> Response:
        """List products with price and what is on hand."""
        return self._console(
            request,
            "stock.html",
            lambda connection: {
                "listing": queries.stock(connection, self._shop.store_id, q.strip(), max(0, page)),
                **_asked(q, "", page),
            },
        )

    def lanes(self, request: Request) -> Response:
        """Show the lanes, the alarms and the events set aside."""
        return self._console(
            request,
            "lanes.html",
            lambda connection: {
                "lanes": queries.lanes(connection, self._shop.store_id),
                "alarms": queries.alarms(connection, self._shop.store_id),
                "letters": queries.dead_letters(connection, self._shop.store_id),
            },
        )

    def lanes_now(self, request: Request) -> Response:
        """Give the strip of lanes to a page that is looked at: whoever calls on it has been seen."""
        return self._console(request, "lanes_now.html", lambda _: {}, watched=True)

    def receipt(self, sale_id: str) -> Response:
        """Show a shopper their receipt; its id, a UUIDv7, has 74 random bits, so nobody guesses another's."""
        return self._page("receipt.html", lambda connection: _of_sale(connection, sale_id))

    def _console(
        self,
        request: Request,
        template: str,
        read: Callable[[Connection], Mapping[str, Any] | None],
        *,
        watched: bool = False,
    ) -> Response:
        if not self._context.console_everywhere and not _is_this_machine(request):
            sentence = (
                "The console answers on the backend's own machine only. "
                'Set console = "network" under [backend] to open it to the shop.'
            )
            return self._render("refused.html", {"sentence": sentence}, 403)
        heard = self._context.presence.all()
        response = self._page(template, lambda connection: self._with_cards(connection, read, heard))
        if watched:
            self._context.presence.show(heard.values())
        response.headers.update(_LIVE)
        return response

    def _with_cards(
        self,
        connection: Connection,
        read: Callable[[Connection], Mapping[str, Any] | None],
        heard: Mapping[str, Heard],
    ) -> Mapping[str, Any] | None:
        lanes = queries.lanes(connection, self._shop.store_id)
        cards = strip.cards(lanes, heard, self._context.now_us(), self._clock)
        values = read(connection)
        return None if values is None else {"cards": cards, **values}

    def _page(self, template: str, read: Callable[[Connection], Mapping[str, Any] | None]) -> Response:
        with self._context.engine.connect() as connection:
            values = read(connection)
        if values is None:
            return self._render("refused.html", {"sentence": "There is no such sale here (yet)."}, 404)
        return self._render(template, values, 200)

    def _render(self, template: str, values: Mapping[str, Any], status: int) -> Response:
        page = self._templates.get_template(template)
        html = page.render(shop=self._shop, page_rows=queries.PAGE, **values)
        return HTMLResponse(html, status, headers=_SECURITY)


def _asked(q: str, day: str, page: int) -> dict[str, Any]:
    return {"q": q, "day": day, "page": max(0, page)}


def _of_sale(connection: Connection, sale_id: str, language: str = "") -> Mapping[str, Any] | None:
    """Return a sale for its page, worded in a language or else in the shopper's own."""
    found = queries.sale(connection, sale_id)
    return None if found is None else {"sale": found, "words": words(language or found["language"])}


def _is_this_machine(request: Request) -> bool:
    if request.client is None:
        return False
    try:
        address = ipaddress.ip_address(request.client.host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
