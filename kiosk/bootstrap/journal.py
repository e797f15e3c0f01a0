"""`kiosk journal verify` and `kiosk journal export`: the audit journal, proven whole or written out."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from devices.settings.load import load
from devices.settings.problems import ConfigError
from kiosk.config import LaneTables
from kiosk.store import lane_key
from kiosk.store.database import open_reader
from kiosk.store.journal import Anchor, entries, verify
from kiosk.store.sales import FILE_NAME

TOUCHED: Final = 1
BAD_INPUT: Final = 2


class RefusedError(Exception):
    """The command cannot be carried out; the message is the sentence for whoever asked."""


def main(arguments: Sequence[str]) -> int:
    """Run the command; JSON on standard output.

    Returns:
        0 where the journal is whole (or was written out), 1 where it was touched, 2 for bad input.
    """
    options = _parse(arguments)
    try:
        segments = options.segment or [_state(options) / FILE_NAME]
        return _verify(options, segments) if options.act == "verify" else _export(segments)
    except RefusedError as error:
        sys.stderr.write(f"kiosk journal: {error}\n")
        return BAD_INPUT


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kiosk journal", description="The lane's audit journal.")
    acts = parser.add_subparsers(dest="act", required=True)
    for act, what in (("verify", "prove it whole"), ("export", "write it out as JSON Lines")):
        command = acts.add_parser(act, help=what)
        command.add_argument("--config", type=Path, help="config.toml")
        command.add_argument("--state", type=Path, help="where sales.db lies")
        command.add_argument("segment", type=Path, nargs="*", metavar="SEGMENT", help="sales.db files")
        if act == "verify":
            command.add_argument("--anchor", type=Path, help="what kiosk-backend anchor LANE gave")
    return parser.parse_args(arguments)


def _state(options: argparse.Namespace) -> Path:
    if options.state is not None:
        return Path(options.state)
    try:
        return load(options.config, LaneTables).store.directory
    except ConfigError as error:
        raise RefusedError(str(error)) from error


def _verify(options: argparse.Namespace, segments: Sequence[Path]) -> int:
    anchor, key = _anchor(options)
    for segment in segments:
        with closing(_opened(segment)) as connection:
            verdict = verify(connection, key or _key(segment), anchor)
        sys.stdout.write(json.dumps(verdict.as_json()) + "\n")
        if not verdict.ok:
            return TOUCHED
    return 0


def _export(segments: Sequence[Path]) -> int:
    for segment in segments:
        with closing(_opened(segment)) as connection:
            for entry in entries(connection):
                sys.stdout.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return 0


def _opened(segment: Path) -> sqlite3.Connection:
    try:
        return open_reader(segment)
    except sqlite3.OperationalError as error:
        raise RefusedError(f"{segment}: expected a sales.db that can be read ({error})") from error


def _key(segment: Path) -> Ed25519PublicKey:
    """Give the lane's own public key, from the key file beside the book."""
    path = segment.parent / lane_key.FILE_NAME
    if not path.exists():
        raise RefusedError(f"{path}: expected the lane's key beside {segment.name}, or give --anchor")
    return lane_key.load_or_create(segment.parent).public_key()


def _anchor(options: argparse.Namespace) -> tuple[Anchor | None, Ed25519PublicKey | None]:
    if options.anchor is None:
        return None, None
    try:
        told = json.loads(options.anchor.read_text(encoding="utf-8"))
        key = lane_key.public_key_of(told["public_key"])
        return Anchor(int(told["count"]), str(told["head"])), key
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RefusedError(
            f'{options.anchor}: expected an anchor {{"lane", "public_key", "count", "head"}}, '
            "as kiosk-backend anchor LANE writes it"
        ) from error
