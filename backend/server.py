"""kiosk-backend serve: binds, makes its certificates, says where it listens, answers until stopped."""

import asyncio
import datetime as dt
import ipaddress
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from backend.api.app import create
from backend.api.context import Context
from backend.catalog.shop import put_setting
from backend.commands import socket_server
from backend.commands.acts import ADDRESS, HereActs
from backend.errors import UserError
from backend.storage.clock import now_us
from backend.storage.house import House
from backend.tls.authority import Authority, establish

# An address of the documentation range (RFC 5737): asking the kernel for a route to it sends nothing.
_ANYWHERE = ("192.0.2.1", 9)


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen.

    address: host or host:port that lanes use, None to find out. plain: HTTP, on loopback only.
    """

    host: str
    port: int
    address: str | None
    plain: bool
    console_everywhere: bool


def serve(house: House, place: Place, tls_directory: Path, tell: Callable[[str], None]) -> None:
    """Serve until a signal ends it.

    Args:
        house: the database, held by this process.
        place: where to listen.
        tls_directory: of the CA and the certificate.
        tell: given one JSON line once requests and commands are taken.

    Raises:
        UserError: the place cannot be listened on.
    """
    if place.plain and not is_loopback(place.host):
        raise UserError(
            f"--plain-http with host {place.host}: plain HTTP is served on loopback only, such as 127.0.0.1"
        )
    with _bound(place.host, place.port) as listening:
        port = listening.getsockname()[1]
        host, outside_port = _address(place, port)
        url = f"{'http' if place.plain else 'https'}://{_bracketed(host)}:{outside_port}"
        authority = None
        if not place.plain:
            authority = establish(tls_directory, _names(place.host, host), dt.datetime.now(dt.UTC))
        store_id = house.shop.store_id
        house.writer.run(lambda connection: put_setting(connection, store_id, ADDRESS, url))
        line = json.dumps({"listening": url, "host": place.host, "port": port})
        asyncio.run(_run(house, listening, authority, place, lambda: tell(line)))


async def _run(
    house: House,
    listening: socket.socket,
    authority: Authority | None,
    place: Place,
    ready: Callable[[], None],
) -> None:
    context = Context(
        shop=house.shop,
        engine=house.engine,
        writer=house.writer,
        ca_pem=authority.ca_pem() if authority else b"",
        now_us=now_us,
        console_everywhere=place.console_everywhere,
    )
    acts = HereActs(house, authority.fingerprint() if authority else b"")
    control = await socket_server.serve(house.file, acts)
    options: dict[str, Any] = {}
    if authority:
        options = {"ssl_certfile": str(authority.certificate), "ssl_keyfile": str(authority.key)}
    config = uvicorn.Config(
        create(context),
        log_level="warning",
        access_log=False,
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        **options,
    )
    try:
        ready()  # commands are taken from here on, and requests wait in the socket's queue
        await uvicorn.Server(config).serve(sockets=[listening])
    finally:
        control.close()


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UserError(f"host {host!r} cannot be listened on: {error.strerror}") from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(socket.SOMAXCONN)
    except OSError as error:
        listening.close()
        raise UserError(f"{host} port {port} cannot be listened on: {error.strerror}") from None
    return listening


def _address(place: Place, port: int) -> tuple[str, int]:
    """Return the host and port that lanes reach us under."""
    if place.address is None:
        return (_own_address() if _is_any(place.host) else place.host), port
    host, colon, outside = place.address.rpartition(":")
    if not colon or outside.endswith("]"):
        return place.address.strip("[]"), port
    if not outside.isdecimal():
        raise UserError(f"address {place.address!r}: expected host or host:port")
    return host.strip("[]"), int(outside)


def _names(bound: str, outside: str) -> list[str]:
    """Return the names the certificate is to hold."""
    names = [outside, "localhost", "127.0.0.1", "::1", socket.gethostname()]
    return names if _is_any(bound) else [*names, bound]


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ANYWHERE)
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return host == ""


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine and reachable by nobody else."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
