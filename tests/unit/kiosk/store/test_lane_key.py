"""The lane's key is made once and read ever after."""

import base64
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from kiosk.store.lane_key import FILE_NAME, LaneKeyError, load_or_create, public_key_base64


def test_made_once_then_read(tmp_path: Path) -> None:
    first = public_key_base64(load_or_create(tmp_path))
    assert public_key_base64(load_or_create(tmp_path)) == first
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) & 0o137 == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_the_public_half_verifies_a_signature(tmp_path: Path) -> None:
    key = load_or_create(tmp_path)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key_base64(key)))
    public.verify(key.sign(b"journal head"), b"journal head")


def test_two_who_come_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: public_key_base64(load_or_create(tmp_path)), range(8)))
    assert len(keys) == 1


@pytest.mark.parametrize("kind", ["text", "empty", "other key"])
def test_what_is_no_key_is_refused_with_a_sentence(tmp_path: Path, kind: str) -> None:
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / FILE_NAME).write_bytes({"text": b"hello", "empty": b"", "other key": other}[kind])
    with pytest.raises(LaneKeyError, match="enrol the lane again"):
        load_or_create(tmp_path)


def test_a_missing_directory_is_the_caller_s_to_hear_of(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_or_create(tmp_path / "nowhere")
