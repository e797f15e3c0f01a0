"""How a lane joins: one code, once, only the backend it names; and what shoppers and staff see then."""

import asyncio
import random
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kiosk.sync.ledger import Ledger
from kiosk.sync.presence import Presence
from kiosk.sync.process import Process, Surroundings
from kiosk.sync.status import Status
from kiosk.sync.wire import EnrolmentCode
from tests.sync.shop import Backend, Lane, Outbox, running, until
from tests.wire_samples import sale

pytestmark = pytest.mark.journey


def test_a_code_is_good_once_and_for_its_own_backend(tmp_path: Path) -> None:
    backend, other = Backend(tmp_path / "backend"), Backend(tmp_path / "other")
    first, second = Lane(tmp_path / "first"), Lane(tmp_path / "second")
    first.outbox.close()
    second.outbox.close()
    with running(backend, other):
        code = backend.code()
        exit_code, said, _ = first.enrol(code.lower().replace("-", " "))
        assert exit_code == 0
        assert said[0] | {"device": ""} == {
            "lane": "lane-1",
            "backend": backend.url,
            "device": "",
            "epoch": 1,
        }
        key = first.state / "lane.key"
        assert stat.S_IMODE(key.stat().st_mode) & 0o137 == 0
        assert b"PRIVATE KEY" in key.read_bytes()
        again = first.enrol(code)  # its reply may have been lost: the same lane, the same place
        assert again[1][0]["epoch"] == 1

        exit_code, _, errors = second.enrol(code)
        assert (exit_code, errors.count("\n")) == (2, 1), errors
        assert "used already" in errors
        exit_code, _, errors = second.enrol(code[:-1] + ("A" if code[-1] != "A" else "B"))
        assert exit_code == 2
        assert "without a slip" in errors or "letters" in errors

        asked = EnrolmentCode.parse(other.code("lane-2"))
        stranger = EnrolmentCode(asked.host, backend.port, asked.fingerprint, asked.secret)
        exit_code, _, errors = second.enrol(stranger.to_text())
        assert exit_code == 2
        assert "another certificate" in errors
        assert not (second.state / "enrolment.json").exists()

        assert first.enrol(backend.code())[1][0]["epoch"] == 2  # the lane is set up anew


def test_a_code_expires_and_a_name_is_checked(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    lane.outbox.close()
    assert "no address yet" in backend.command("enrol", "lane-1")[2]
    with running(backend):
        assert backend.command("enrol", "../etc")[0] == 2
        code = backend.code()
    exit_code, _, errors = lane.enrol(code)
    assert exit_code == 2
    assert "see that kiosk-backend serve runs" in errors
    with closing(sqlite3.connect(backend.database)) as connection, connection:
        connection.execute("UPDATE enrolment_secret SET expires_us = 0")
    with running(backend):
        exit_code, _, errors = lane.enrol(code)
        assert exit_code == 2
        assert "expired" in errors


def test_plain_http_is_for_loopback_only(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    exit_code, _, errors = backend.command("serve", "--plain-http", "--host", "0.0.0.0", "--port", "0")  # noqa: S104 - refused
    assert (exit_code, errors.count("\n")) == (2, 1)
    backend.arguments.append("--plain-http")
    lane.outbox.sell(1)
    with running(backend, lane):
        assert backend.url.startswith("http://127.0.0.1:")
        assert lane.enrol(backend.code())[0] == 0
        until(backend.receipts, "the sale")


def test_people_see_the_sale_and_the_shopper_the_receipt(tmp_path: Path) -> None:
    backend, lane = Backend(tmp_path / "backend"), Lane(tmp_path / "lane")
    lane.outbox.sell(1)
    with running(backend, lane):
        assert lane.enrol(backend.code())[0] == 0
        until(backend.receipts, "the sale")
        sales = backend.get("/sales?q=Limo").text
        assert "3,08\N{NO-BREAK SPACE}€" in sales
        assert "lane-1" in sales
        assert "No sales match" in backend.get("/sales?q=Brot").text
        shown = lane.state_with(backlog=0, acked_seq=1)
        link = shown["receipt_url"].replace("{receipt}", sale(1).sale_id).removeprefix(backend.url)
        receipt = backend.get(link)
        assert receipt.status_code == 200
        for text in ("Beleg 1", "Limonade", "Pfand", "0,50", "Summe", "19 %", "1234", "3,08"):
            assert text in receipt.text, text
        assert "http" not in receipt.text.replace("http-equiv", "")  # nothing is loaded from elsewhere
        assert backend.get("/r/nobody").status_code == 404
        assert "lane-1" in backend.get("/lanes").text
        assert backend.get("/health").json() == {"ok": True}


def test_a_lane_with_a_wrong_clock_is_told_the_time_and_served(tmp_path: Path) -> None:
    backend = Backend(tmp_path / "backend")
    lane = Lane(tmp_path / "lane")
    lane.outbox.close()
    days = 3 * 86_400_000_000
    with running(backend):
        assert lane.enrol(backend.code())[0] == 0
        outbox = Outbox(lane.state)
        outbox.sell(1)
        state = asyncio.run(_exchange_with_clock(lane.state, lambda: time.time_ns() // 1000 - days))
        outbox.close()
        assert backend.receipts() == ["1"]
        assert abs(state["skew_ms"] - days // 1000) < 60_000
        assert [row[0] for row in backend.rows("SELECT kind FROM alarm")] == ["clock"]
        assert "259200 s behind" in backend.get("/lanes").text.replace("259199", "259200")


async def _exchange_with_clock(state: Path, clock: Callable[[], int]) -> dict[str, Any]:
    """Run the process here, with a clock of our choosing, until the backend has the sale."""
    given = Surroundings(state, None, 1.0, 5.0, 10, clock, time.monotonic, random.random)
    status, ledger = Status("boot"), Ledger(state)
    process = Process(given, status, ledger, Presence(status, clock), asyncio.Event())
    work = asyncio.create_task(process.run())
    try:
        async with asyncio.timeout(30):
            await status.log.wait_after(0)
            while status.facts.acked_seq < 1:
                await status.log.wait_after(status.log.last_seq)
        return status.state()
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        ledger.close()
