"""Makes the backend's CA once and its server certificate as often as its addresses or its age ask for it."""

import datetime as dt
import hashlib
import ipaddress
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backend.errors import UserError
from kiosk.sync.wire.enrolment import FINGERPRINT_LENGTH, SERVER_NAME

# A lane whose clock battery is dead starts in 1970 and must still reach the backend to be told the time.
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_CA_YEARS: Final = 30
_SERVER_DAYS: Final = 820
"""Below the 825 days that Apple's phones allow a certificate under a private CA."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Where the files lie. certificate, key: the server's, PEM. ca: the CA's certificate, PEM."""

    ca: Path
    certificate: Path
    key: Path

    def ca_pem(self) -> bytes:
        """Return the CA's certificate."""
        return self.ca.read_bytes()

    def fingerprint(self) -> bytes:
        """Return what an enrolment code carries of the CA's certificate."""
        certificate = x509.load_pem_x509_certificate(self.ca_pem())
        return fingerprint(certificate.public_bytes(Encoding.DER))


def ca_fingerprint(directory: Path) -> bytes:
    """Return the fingerprint of a directory's CA, all zero where there is none (plain HTTP needs none)."""
    authority = Authority(directory / "ca.pem", directory / "server.pem", directory / "server.key")
    return authority.fingerprint() if authority.ca.exists() else bytes(FINGERPRINT_LENGTH)


def fingerprint(der: bytes) -> bytes:
    """Return the first bytes of the SHA-256 of a certificate in DER."""
    return hashlib.sha256(der).digest()[:FINGERPRINT_LENGTH]


def establish(directory: Path, hosts: Sequence[str], now: dt.datetime) -> Authority:
    """Return the authority of a directory, made now where it or its server certificate is missing or too old.

    Args:
        directory: created with mode 0700; holds ca.key, ca.pem, server.key, server.pem.
        hosts: names and addresses the server is reached under.
        now: to judge what is too old.

    Raises:
        UserError: the files are there and cannot be used.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority = Authority(directory / "ca.pem", directory / "server.pem", directory / "server.key")
    if not authority.ca.exists():
        _make_ca(directory, now)
    try:
        ca_key = _load_key(directory / "ca.key")
        ca = x509.load_pem_x509_certificate(authority.ca_pem())
        if not _serves(authority, hosts, ca, now):
            _make_server(authority, hosts, (ca_key, ca), now)
    except (OSError, ValueError, TypeError) as error:
        raise UserError(
            f"{directory} does not hold a usable certificate authority ({error}): put its files back, "
            "or remove the directory and enrol every lane again"
        ) from None
    return authority


def _make_ca(directory: Path, now: dt.datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Checkstand shop CA")])
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        _builder(name, name, key.public_key(), now + dt.timedelta(days=365 * _CA_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(directory / "ca.key", _pem(key))  # first: a certificate without its key would be of no use
    _write(directory / "ca.pem", certificate.public_bytes(Encoding.PEM))


def _make_server(
    authority: Authority,
    hosts: Iterable[str],
    issuer: tuple[ec.EllipticCurvePrivateKey, x509.Certificate],
    now: dt.datetime,
) -> None:
    ca_key, ca = issuer
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SERVER_NAME)])
    certificate = (
        _builder(name, ca.subject, key.public_key(), now + dt.timedelta(days=_SERVER_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(_alternatives(hosts)), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    _write(authority.key, _pem(key))
    _write(authority.certificate, certificate.public_bytes(Encoding.PEM))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, until: dt.datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_EPOCH)
        .not_valid_after(until)
    )


def _alternatives(hosts: Iterable[str]) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = []
    for host in dict.fromkeys((SERVER_NAME, *hosts)):
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(host)))
        except ValueError:
            names.append(x509.DNSName(host))
    return names


def _serves(authority: Authority, hosts: Iterable[str], ca: x509.Certificate, now: dt.datetime) -> bool:
    """Tell whether the server's certificate is ours, young enough and good for every host."""
    if not (authority.certificate.exists() and authority.key.exists()):
        return False
    certificate = x509.load_pem_x509_certificate(authority.certificate.read_bytes())
    named = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    covers = set(_alternatives(hosts)) <= set(named)
    young = certificate.not_valid_after_utc - now > dt.timedelta(days=_SERVER_DAYS // 2)
    fits = certificate.public_key() == _load_key(authority.key).public_key()
    return covers and young and fits and certificate.issuer == ca.subject


def _load_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{path.name} is no key of an elliptic curve")
    return key


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, content: bytes) -> None:
    """Put a file in place whole, readable by its owner alone."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
