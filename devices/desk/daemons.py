"""Asks each process of the lane how it is, over the link, and puts the answer into one line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from devices.desk.board import Line
from devices.link.client import Client, DeadlineError, LinkLostError
from devices.link.contracts import contract
from devices.link.messages import CallError

_DEADLINE_S = 1.0


@dataclass(frozen=True, slots=True)
class Process:
    """One process: the name on the page, its socket, its contract, what to ask, how to read the answer."""

    name: str
    socket: str
    interface: str
    method: str
    read: Callable[[Mapping[str, Any]], tuple[str, str]]


def _of_lane(answer: Mapping[str, Any]) -> tuple[str, str]:
    lines = f"{answer['screen']} · {answer['lines']} line{'' if answer['lines'] == 1 else 's'}"
    return "ok", lines


def _of_sync(answer: Mapping[str, Any]) -> tuple[str, str]:
    state = answer["state"]
    level = "ok" if state["backend"] == "Online" else "warn"
    return level, state["sentence"] or f"backend {state['backend'].lower()} · {state['backlog']} queued"


def _of_device(answer: Mapping[str, Any]) -> tuple[str, str]:
    state = answer["state"]
    return "ok" if state["power"] == "Online" else "warn", state["sentence"] or state["power"].lower()


PROCESSES = (
    Process("screen", "lane.sock", "org.checkstand.Lane1", "State", _of_lane),
    Process("sync", "sync.sock", "org.checkstand.Sync1", "GetState", _of_sync),
    Process("scanner", "scanner.sock", "org.checkstand.Scanner1", "GetState", _of_device),
    Process("printer", "printer.sock", "org.checkstand.Printer1", "GetState", _of_device),
    Process("terminal", "terminal-card.sock", "org.checkstand.Terminal1", "GetState", _of_device),
)


async def ask_all(folder: Path) -> list[Line]:
    """One line for each process whose socket may lie in ``folder``, asked all at once."""
    return list(await asyncio.gather(*(ask(process, folder) for process in PROCESSES)))


async def ask(process: Process, folder: Path) -> Line:
    """One process's line: ``name``, ``level`` (ok, warn, off) and ``text``."""
    path = folder / process.socket
    if not path.exists():
        return {"name": process.name, "level": "off", "text": "not started"}
    try:
        client = await Client.open(path, contract(process.interface), deadline_s=_DEADLINE_S)
    except LinkLostError:
        return {"name": process.name, "level": "off", "text": "not running"}
    try:
        level, text = process.read(await client.call(process.method, deadline_s=_DEADLINE_S))
    except (DeadlineError, LinkLostError, CallError):
        level, text = "warn", "does not answer"
    finally:
        await client.close()
    return {"name": process.name, "level": level, "text": text}
