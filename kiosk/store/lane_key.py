"""The lane's Ed25519 key: made once by whichever process needs it first, never sent anywhere."""

import base64
import os
import tempfile
from pathlib import Path
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

FILE_NAME: Final = "lane.key"

_MODE: Final = 0o640
"""The store's group may read it: kiosk run signs the journal, kiosk sync signs requests."""


class LaneKeyError(Exception):
    """The key file is there and cannot be used; the sentence says what to do."""


def load_or_create(state: Path) -> Ed25519PrivateKey:
    """Return the lane's private key from `<state>/lane.key` (PEM), made now if there is none.

    Two processes may come at once: the file appears whole or not at all (written aside, then linked), and the
    later one reads what the earlier one made.

    Raises:
        LaneKeyError: the file is no Ed25519 key.
        OSError: the directory cannot be written or the file not read.
    """
    path = state / FILE_NAME
    try:
        return _load(path)
    except FileNotFoundError:
        _create(path)
    return _load(path)


def public_key_base64(key: Ed25519PrivateKey) -> str:
    """Return the public half, 32 bytes in base64, as the wire carries it."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def public_key_of(text: str) -> Ed25519PublicKey:
    """Read a public key as `public_key_base64` writes it.

    Raises:
        ValueError: not 32 bytes in base64.
    """
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))


def _load(path: Path) -> Ed25519PrivateKey:
    pem = path.read_bytes()
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise LaneKeyError(
            f"{path} is not an Ed25519 private key in PEM: put the lane's own key back, "
            "or remove the file and enrol the lane again"
        )
    return key


def _create(path: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fchmod(file.fileno(), _MODE)
            os.fsync(file.fileno())
        _link(Path(name), path)
    finally:
        Path(name).unlink()


def _link(aside: Path, path: Path) -> None:
    try:
        os.link(aside, path)
    except FileExistsError:
        return  # another process was first; its key is the lane's
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
