"""The `print` command: through the daemon where one owns print.db, else straight to the printer."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from devices.link.client import Client, DeadlineError, LinkLostError
from devices.link.contracts import contract
from devices.link.messages import CallError
from devices.printer.document import DocumentError, Problem, parse_document
from devices.printer.journal import JournalLockedError
from devices.printer.press import Press
from devices.printer.service import Printer
from devices.printer.transport import brings_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from devices.printer.journal import Job
    from devices.printer.service import Setup

INTERFACE: Final = "org.checkstand.Printer1"
_OVER: Final = frozenset({"DONE", "UNCONFIRMED"})
_WAITING: Final = frozenset({"QUEUED", "HELD", "UNKNOWN"})
_LOOK_S: Final = 0.05
_LOOK_AT_DAEMON_S: Final = 0.2


class PrintRefusedError(Exception):
    """The job cannot be given to a printer; the message says why and what to do."""


@dataclass(frozen=True)
class Request:
    """What is to be printed.

    Attributes:
        job: Its key.
        document: Plain JSON values.
        patience_s: How long a job may stand still before it is left as it is.
        address: Where the caller wants it, None where the configuration decides.
    """

    job: str
    document: object
    patience_s: float
    address: str | None = None


def read_document(path: Path) -> object:
    """Read DOCUMENT.json; pictures that lie beside it are named by their full path.

    Raises:
        DocumentError: It is no print document; every problem is listed.
    """
    try:
        raw = json.loads(path.read_text("utf-8"))
    except OSError as fault:
        raise DocumentError((Problem(-1, f"{path} cannot be read: {fault.strerror}."),)) from fault
    except (ValueError, RecursionError) as fault:
        raise DocumentError((Problem(-1, f"{path} is not JSON: {fault}."),)) from fault
    parse_document(raw)
    for block in raw["blocks"]:
        if isinstance(block.get("image"), str) and (path.parent / block["image"]).is_file():
            block["image"] = str((path.parent / block["image"]).resolve())
    return raw


def print_now(setup: Setup, socket: Path, request: Request) -> dict[str, object]:
    """Print, and say what became of it.

    Raises:
        PrintRefusedError: A daemon owns print.db and does not take the job.
        JournalError: print.db cannot be used.
    """
    try:
        printer = Printer(replace(setup, only=request.job))
    except JournalLockedError as locked:
        if request.address is not None and request.address != locked.owner:
            raise PrintRefusedError(
                f"the running kiosk-printer prints to {locked.owner}, not to {request.address}:"
                " leave --to out, stop it, or use another --state"
            ) from locked
        return asyncio.run(_through_daemon(socket, request))
    with contextlib.closing(printer):
        outcome = asyncio.run(_straight(printer, request))
    document = parse_document(request.document)
    press = Press(setup.profile, setup.artist, brings_answers(setup.address))
    skipped = press.encoded(document).skipped
    return {**outcome, "skipped": list(skipped), "dropped": document.dropped}


async def _straight(printer: Printer, request: Request) -> dict[str, object]:
    job = printer.submit(request.job, request.document)
    work = asyncio.create_task(printer.work())
    try:
        patience = _Patience(request.patience_s)
        while job.state not in _OVER and patience.lasts(job.as_dict()):
            await asyncio.wait([work], timeout=_LOOK_S)
            if work.done():
                work.result()
            job = _known(printer.outcome(request.job), job)
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    return job.as_dict()


def _known(job: Job | None, before: Job) -> Job:
    return before if job is None else job


async def _through_daemon(socket: Path, request: Request) -> dict[str, object]:
    parameters: Mapping[str, object] = {"job": request.job, "document": request.document}
    try:
        async with await Client.open(socket, contract(INTERFACE)) as client:
            job: dict[str, object] = (await client.call("Print", parameters))["job"]
            patience = _Patience(request.patience_s)
            while job["state"] not in _OVER and patience.lasts(job):
                await asyncio.sleep(_LOOK_AT_DAEMON_S)
                job = (await client.call("GetJob", {"job": request.job}))["job"]
            return job
    except CallError as refusal:
        raise PrintRefusedError(_sentence(refusal)) from refusal
    except (LinkLostError, DeadlineError) as fault:
        raise PrintRefusedError(f"a kiosk-printer owns print.db but does not answer: {fault}") from fault


def _sentence(refusal: CallError) -> str:
    if refusal.short == "Claimed":
        return f"the printer is claimed by {refusal.parameters['holder']}: stop it first"
    return str(refusal.parameters.get("sentence", refusal))


class _Patience:
    """How long a job has stood still; every change of it starts the time anew."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._seen: dict[str, object] | None = None
        self._since = clock()

    def lasts(self, job: Mapping[str, object]) -> bool:
        if job != self._seen:
            self._seen, self._since = dict(job), self._clock()
        return job["state"] not in _WAITING or self._clock() - self._since < self._seconds
