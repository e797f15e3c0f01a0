import datetime as dt
import socket
import ssl
import threading
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from backend.errors import UserError
from backend.tls.authority import Authority, ca_fingerprint, establish, fingerprint
from kiosk.sync.wire.enrolment import SERVER_NAME

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
HOSTS = ["127.0.0.1", "backend.shop.example"]


def certificate(authority: Authority) -> x509.Certificate:
    return x509.load_pem_x509_certificate(authority.certificate.read_bytes())


def test_made_once_and_kept(tmp_path: Path) -> None:
    first = establish(tmp_path / "tls", HOSTS, NOW)
    files = {path.name: path.read_bytes() for path in (tmp_path / "tls").iterdir()}
    assert set(files) == {"ca.key", "ca.pem", "server.key", "server.pem"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "tls").iterdir())
    assert establish(tmp_path / "tls", HOSTS[:1], NOW + dt.timedelta(days=300)) == first
    assert {path.name: path.read_bytes() for path in (tmp_path / "tls").iterdir()} == files


@pytest.mark.parametrize(
    "change", ["another host", "old age", "lost certificate", "lost key", "another key", "another issuer"]
)
def test_the_server_s_certificate_is_renewed_and_the_ca_is_not(tmp_path: Path, change: str) -> None:
    authority = establish(tmp_path / "tls", HOSTS, NOW)
    before, ca = certificate(authority).serial_number, authority.ca_pem()
    hosts, now = HOSTS, NOW
    if change == "another host":
        hosts = [*HOSTS, "10.0.0.7"]
    elif change == "old age":
        now = NOW + dt.timedelta(days=500)
    elif change == "lost certificate":
        authority.certificate.unlink()
    elif change == "lost key":
        authority.key.unlink()
    else:
        other = establish(tmp_path / "other", HOSTS, NOW)
        authority.key.write_bytes(other.key.read_bytes())
        if change == "another issuer":
            authority.certificate.write_bytes(other.certificate.read_bytes())
    renewed = establish(tmp_path / "tls", hosts, now)
    assert certificate(renewed).serial_number != before
    assert renewed.ca_pem() == ca


def test_a_lane_that_knows_the_ca_believes_the_server_under_its_fixed_name(tmp_path: Path) -> None:
    authority = establish(tmp_path / "tls", HOSTS, NOW)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(authority.certificate, authority.key)
    asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asking.load_verify_locations(cadata=authority.ca_pem().decode())
    near, far = socket.socketpair()

    def serve() -> None:
        with serving.wrap_socket(far, server_side=True) as server:
            server.sendall(server.recv(5))

    thread = threading.Thread(target=serve)
    thread.start()
    with asking.wrap_socket(near, server_hostname=SERVER_NAME) as client:
        client.sendall(b"hello")
        assert client.recv(5) == b"hello"
    thread.join()


def test_a_clock_of_1970_can_still_verify(tmp_path: Path) -> None:
    authority = establish(tmp_path / "tls", HOSTS, NOW)
    assert certificate(authority).not_valid_before_utc.year == 1970
    assert x509.load_pem_x509_certificate(authority.ca_pem()).not_valid_before_utc.year == 1970


def test_the_fingerprint_is_the_ca_s(tmp_path: Path) -> None:
    assert ca_fingerprint(tmp_path / "tls") == bytes(16)
    authority = establish(tmp_path / "tls", HOSTS, NOW)
    der = ssl.PEM_cert_to_DER_cert(authority.ca_pem().decode())
    assert ca_fingerprint(tmp_path / "tls") == fingerprint(der) == authority.fingerprint()
    assert len(fingerprint(der)) == 16


@pytest.mark.parametrize("name", ["ca.pem", "ca.key"])
def test_spoilt_files_are_named(tmp_path: Path, name: str) -> None:
    establish(tmp_path / "tls", HOSTS, NOW)
    (tmp_path / "tls" / name).write_text("spoilt")
    with pytest.raises(UserError, match="enrol every lane again"):
        establish(tmp_path / "tls", HOSTS, NOW)


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    establish(tmp_path / "tls", HOSTS, NOW)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "tls" / "ca.key").write_bytes(pem)
    with pytest.raises(UserError, match="elliptic curve"):
        establish(tmp_path / "tls", HOSTS, NOW)
