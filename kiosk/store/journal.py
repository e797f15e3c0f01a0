"""The audit journal: entries chained by hash, heads signed by the lane, and the check of both."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cryptography.exceptions import InvalidSignature

from kiosk.store.sql_table import ENTRIES, HEADS, INSERT_ENTRY, INSERT_HEAD

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

GENESIS: Final = "0" * 64
SIGN_EVERY: Final = 100


@dataclass(frozen=True, slots=True)
class Head:
    """How far the journal goes.

    Attributes:
        count: entries; the last one's seq.
        head: its hash, hex.
        signature: base64 of the lane's Ed25519 over "count:head".
    """

    count: int
    head: str
    signature: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the backend holds of a lane's journal (kiosk-backend anchor).

    Attributes:
        count: entries the backend has acknowledged.
        head: hash of the last of them.
    """

    count: int
    head: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a check.

    Attributes:
        ok: all is whole.
        entries: counted.
        head: last hash, hex.
        seq: first entry at fault, or None.
        reason: hash, missing, order, signature or tail; None where all is whole.
    """

    ok: bool
    entries: int
    head: str
    seq: int | None = None
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the answer of `kiosk journal verify`."""
        if self.ok:
            return {"ok": True, "entries": self.entries, "head": self.head}
        return {"ok": False, "seq": self.seq, "reason": self.reason}


class Journal:
    """The writing end; every call is inside the caller's transaction."""

    def __init__(self, last: list[tuple[Any, ...]], key: Ed25519PrivateKey) -> None:
        self.seq, self.head = last[0] if last else (0, GENESIS)
        self._key = key

    def append(
        self, connection: sqlite3.Connection, wall_us: int, kind: str, payload: Mapping[str, Any]
    ) -> None:
        """Add an entry; every hundredth also gets a signed head."""
        body = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        seq = self.seq + 1
        digest = _digest(seq, wall_us, kind, body, self.head)
        entry = {
            "seq": seq,
            "wall_us": wall_us,
            "kind": kind,
            "payload": body,
            "previous": self.head,
            "hash": digest,
        }
        connection.execute(INSERT_ENTRY, entry)
        self.seq, self.head = seq, digest
        if seq % SIGN_EVERY == 0:
            self.sign(connection)

    def sign(self, connection: sqlite3.Connection) -> Head:
        """Sign the journal up to its last entry."""
        signature = base64.b64encode(self._key.sign(_signed(self.seq, self.head))).decode()
        head = Head(self.seq, self.head, signature)
        connection.execute(
            INSERT_HEAD,
            {"count": head.count, "head": head.head, "signature": head.signature},
        )
        return head

    def rewind(self, rows: list[tuple[Any, ...]]) -> None:
        """Take up the stored end again after a transaction was rolled back."""
        self.seq, self.head = rows[0] if rows else (0, GENESIS)


def verify(connection: sqlite3.Connection, key: Ed25519PublicKey, anchor: Anchor | None = None) -> Verdict:
    """Check every entry, every signed head, and the backend's anchor against them."""
    hashes: dict[int, str] = {}
    previous, expected = GENESIS, 1
    for seq, wall_us, kind, payload, told, digest in connection.execute(ENTRIES):
        fault = _fault(seq, expected, told == previous, digest == _digest(seq, wall_us, kind, payload, told))
        if fault:
            return Verdict(ok=False, entries=expected - 1, head=previous, seq=expected, reason=fault)
        hashes[seq] = previous = digest
        expected += 1
    heads = [Head(*row) for row in connection.execute(HEADS)]
    bad = _bad_head(heads, hashes, key) or _bad_anchor(anchor, hashes)
    if bad:
        return Verdict(ok=False, entries=expected - 1, head=previous, seq=bad[0], reason=bad[1])
    return Verdict(ok=True, entries=expected - 1, head=previous)


def entries(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Give every entry in order, its payload read."""
    for seq, wall_us, kind, payload, previous, digest in connection.execute(ENTRIES):
        read = json.loads(payload)
        yield {"seq": seq, "wall_us": wall_us, "kind": kind, "payload": read} | {
            "previous": previous,
            "hash": digest,
        }


def _fault(seq: int, expected: int, chained: bool, whole: bool) -> str | None:  # noqa: FBT001  three facts of one entry
    checks = (
        (seq > expected, "missing"),
        (seq < expected, "order"),
        (not whole, "hash"),
        (not chained, "hash"),
    )
    return next((reason for holds, reason in checks if holds), None)


def _bad_head(
    heads: Iterable[Head], hashes: Mapping[int, str], key: Ed25519PublicKey
) -> tuple[int, str] | None:
    for head in heads:
        if head.count > len(hashes):
            return len(hashes) + 1, "tail"
        try:
            key.verify(base64.b64decode(head.signature), _signed(head.count, head.head))
        except (InvalidSignature, ValueError):
            return head.count, "signature"
        if hashes.get(head.count, GENESIS) != head.head:
            return head.count, "hash"
    return None


def _bad_anchor(anchor: Anchor | None, hashes: Mapping[int, str]) -> tuple[int, str] | None:
    if anchor is None or anchor.count == 0:
        return None
    if anchor.count > len(hashes):
        return len(hashes) + 1, "tail"
    return (anchor.count, "hash") if hashes[anchor.count] != anchor.head else None


def _digest(seq: int, wall_us: int, kind: str, payload: str, previous: str) -> str:
    return hashlib.sha256(f"{previous}\n{seq}\n{wall_us}\n{kind}\n{payload}".encode()).hexdigest()


def _signed(count: int, head: str) -> bytes:
    return f"checkstand journal {count}:{head}".encode()
