import asyncio
import json
import threading
from contextlib import closing
from pathlib import Path
from typing import Any, Self

import pytest

from devices.link.client import Client
from devices.link.contracts import contract
from devices.link.server import Server
from devices.printer.capabilities import profile
from devices.printer.document import DocumentError
from devices.printer.limits import Limits
from devices.printer.printing import PrintRefusedError, Request, print_now, read_document
from devices.printer.raster import PillowArtist
from devices.printer.service import Printer, Setup
from devices.settings import Address, File, Tcp

from .conftest import Bench

DOCUMENT = {"blocks": [{"text": "a\x07"}, {"image": "no.png"}, {"cut": "partial"}]}
LIMITS = Limits(poll=0.2, answer=0.2, reconnect=0.02, settle=0.1)


def setup(folder: Path, address: Address) -> Setup:
    return Setup(address, profile("TM-T88V"), folder / "print.db", PillowArtist(), limits=LIMITS)


def test_straight_to_a_file(tmp_path: Path) -> None:
    outcome = print_now(
        setup(tmp_path, File(tmp_path / "out")), tmp_path / "printer.sock", Request("k", DOCUMENT, 5)
    )
    assert outcome == {
        "job": "k",
        "state": "UNCONFIRMED",
        "copies": 0,
        "cause": None,
        "skipped": ["The picture no.png cannot be printed."],
        "dropped": 1,
    }
    assert (tmp_path / "out").read_bytes() == b"\x1b@\x1da\x0f\x1bt\x13a\n\x1dVB\x00"
    again = print_now(
        setup(tmp_path, File(tmp_path / "out")), tmp_path / "printer.sock", Request("k", DOCUMENT, 5)
    )
    assert again["state"] == "UNCONFIRMED"
    assert (tmp_path / "out").read_bytes().count(b"a\n") == 1


def test_a_job_that_stands_still_is_left_after_a_while(tmp_path: Path) -> None:
    outcome = print_now(
        setup(tmp_path, Tcp("127.0.0.1", 1)), tmp_path / "printer.sock", Request("k", DOCUMENT, 0.4)
    )
    assert (outcome["state"], outcome["cause"]) == ("HELD", "disconnected")


class Daemon:
    """A daemon in a thread of its own, as another process would be."""

    def __init__(self, folder: Path, bench: Bench, *, claimed: bool = False, served: bool = True) -> None:
        self._folder, self._bench, self._claimed, self._served = folder, bench, claimed, served
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(30)
        return self

    def __exit__(self, *_exception: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        with closing(self._loop):
            self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        async with self._bench.serving():
            with closing(Printer(setup(self._folder, self._bench.address))) as printer:
                work = asyncio.create_task(printer.work())
                interface = contract("org.checkstand.Printer1")
                path = self._folder / ("printer.sock" if self._served else "elsewhere.sock")
                async with (
                    Server(interface, printer).serving(path),
                    await Client.open(path, interface) as client,
                ):
                    if self._claimed:
                        await client.call("Claim", {"client": "kiosk run", "timeout_ms": 0})
                    self._ready.set()
                    await self._stop.wait()
                work.cancel()
                await asyncio.gather(work, return_exceptions=True)


def ask(
    folder: Path, bench: Bench, document: Any = DOCUMENT, address: str | None = None
) -> dict[str, object]:
    return print_now(
        setup(folder, bench.address), folder / "printer.sock", Request("k", document, 5, address)
    )


def test_through_the_daemon_that_owns_the_journal(tmp_path: Path, bench: Bench) -> None:
    with Daemon(tmp_path, bench):
        assert ask(tmp_path, bench) == {"job": "k", "state": "DONE", "copies": 0, "cause": None}
        assert ask(tmp_path, bench, address=str(bench.address))["state"] == "DONE"
        with pytest.raises(PrintRefusedError, match=r"prints to tcp:127.*, not to file:x: leave --to out"):
            ask(tmp_path, bench, address="file:x")


def test_a_daemon_that_is_claimed_says_by_whom(tmp_path: Path, bench: Bench) -> None:
    with (
        Daemon(tmp_path, bench, claimed=True),
        pytest.raises(PrintRefusedError, match="claimed by kiosk run"),
    ):
        ask(tmp_path, bench)


def test_a_daemon_refuses_a_bad_document(tmp_path: Path, bench: Bench) -> None:
    with Daemon(tmp_path, bench), pytest.raises(PrintRefusedError, match=r"blocks\[0\]"):
        ask(tmp_path, bench, {"blocks": [{"hologram": 1}]})


def test_a_daemon_that_does_not_answer_is_told(tmp_path: Path, bench: Bench) -> None:
    with Daemon(tmp_path, bench, served=False), pytest.raises(PrintRefusedError, match="does not answer"):
        ask(tmp_path, bench)


def test_pictures_beside_the_document_are_named_in_full(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"")
    path = tmp_path / "doc.json"
    path.write_text(json.dumps({"blocks": [{"image": "logo.png"}, {"image": "assets/x.png"}, {"text": "t"}]}))
    assert read_document(path) == {
        "blocks": [{"image": str(tmp_path / "logo.png")}, {"image": "assets/x.png"}, {"text": "t"}]
    }


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "is not JSON"),
        ("[" * 100000, "is not JSON"),
        ("[]", "must be an object"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, content: str | None, sentence: str) -> None:
    path = tmp_path / "doc.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(DocumentError, match=sentence):
        read_document(path)
