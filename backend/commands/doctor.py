"""kiosk-backend doctor: looks at the database, the certificates, the lanes and what was set aside."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from backend.console import queries
from backend.ingest.book import MAX_SKEW_MS
from backend.storage.database import reading_engine

_LEAST_FREE: Final = 500_000_000
_QUIET_US: Final = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: what is, and what to do if it is not well."""

    check: str
    ok: bool
    sentence: str
    do: str = ""


def examine(database: Path, tls_directory: Path, store_id: str, now_us: int) -> Iterator[Check]:
    """Look without changing anything, whether the server runs or not."""
    if not database.exists():
        yield Check(
            "database", ok=False, sentence=f"{database} does not exist", do="start kiosk-backend serve"
        )
        return
    engine = reading_engine(database)
    try:
        yield from _database(engine, store_id, now_us)
    except SQLAlchemyError as error:
        yield Check(
            "database", ok=False, sentence=f"{database} cannot be read: {error}", do="restore a backup"
        )
    finally:
        engine.dispose()
    yield _disk(database)
    yield _certificate(tls_directory, now_us)


def _database(engine: Engine, store_id: str, now_us: int) -> Iterator[Check]:
    with engine.connect() as connection:
        verdict = connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
        yield Check(
            "database", ok=verdict == "ok", sentence=f"the database says {verdict}", do="restore a backup"
        )
        yield from _lanes(connection, store_id, now_us)
        letters = queries.dead_letters(connection, store_id)
    yield Check(
        "dead letters",
        ok=letters.count == 0,
        sentence=f"{letters.count} events were set aside",
        do="" if letters.count == 0 else "look at each in the console under Lanes",
    )


def _lanes(connection: Connection, store_id: str, now_us: int) -> Iterator[Check]:
    for lane in queries.lanes(connection, store_id):
        name = f"lane {lane['lane']}"
        seen = lane["last_seen_us"]
        if seen is None or now_us - seen > _QUIET_US:
            since = (
                "since it was enrolled" if seen is None else f"for {(now_us - seen) // 60_000_000} minutes"
            )
            yield Check(
                name, ok=False, sentence=f"silent {since}", do="see that the lane is on and has the network"
            )
        elif abs(lane["skew_ms"] or 0) > MAX_SKEW_MS:
            said = f"its clock is {lane['skew_ms'] // 1000} s behind the backend's (less than 0: ahead)"
            yield Check(name, ok=False, sentence=said, do="set the lane's clock, or give it a time server")
        else:
            yield Check(name, ok=True, sentence=f"{lane['acked_seq']} events taken")


def _disk(database: Path) -> Check:
    free = shutil.disk_usage(database.parent).free
    ok = free > _LEAST_FREE
    return Check(
        "disk", ok=ok, sentence=f"{free // 1_000_000} MB free", do="" if ok else "make room on this disk"
    )


def _certificate(tls_directory: Path, now_us: int) -> Check:
    path = tls_directory / "server.pem"
    if not path.exists():
        return Check("certificate", ok=True, sentence="none yet: it is made when kiosk-backend serve starts")
    try:
        until = x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    except (OSError, ValueError) as error:
        return Check(
            "certificate", ok=False, sentence=f"{path} cannot be read: {error}", do="put the file back"
        )
    days = (until - dt.datetime.fromtimestamp(now_us // 1_000_000, tz=dt.UTC)).days
    ok = days > 0
    return Check(
        "certificate", ok=ok, sentence=f"good for {days} days", do="" if ok else "restart kiosk-backend serve"
    )
