"""A mail server elsewhere is spoken to encrypted, and only when somebody vouches for it: what the letters hold lets people in."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.clock import now
from app.mail import transports
from app.mail.encryption import Contents
from app.mail.transports import SmtpTransport, message
from tests.web.test_start_up import free_port

LETTER = message("a" * 26, Contents("ola@example.no", "Ærlig", "Talt\n"), "nb", "RusOff <rusoff@example.no>", now())
PASSWORD = "s@l:a/d#%"


class Listener:
    """Remembers what it was told, and by whom."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.users: list[tuple[bytes, bytes]] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        self.got.append(envelope.original_content)
        return "250 OK"

    def let_in(self, _server, _session, _envelope, _mechanism, data: LoginPassword) -> AuthResult:
        self.users.append((data.login, data.password))
        return AuthResult(success=data.password == PASSWORD.encode())


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now() - timedelta(1), now() + timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    path = tmp_path_factory.mktemp("certificate") / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    return path


def own(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@contextmanager
def serving(listener: Listener, **how: Any) -> Iterator[int]:
    """A mail server; its port."""
    running = Controller(listener, hostname="127.0.0.1", port=free_port(), **how)
    running.start()
    try:
        yield running.port
    finally:
        running.stop()


@pytest.fixture
def trusted(certificate, monkeypatch) -> None:
    """Somebody vouches for the certificate after all."""
    make = ssl.create_default_context
    monkeypatch.setattr(transports.ssl, "create_default_context", lambda **given: make(cafile=str(certificate), **given))


def elsewhere(scheme: str, port: int, monkeypatch) -> SmtpTransport:
    """The server as if it were on another machine."""
    monkeypatch.setattr(transports, "is_loopback", lambda host: False)
    return SmtpTransport.at(f"{scheme}://me:s%40l%3Aa%2Fd%23%25@127.0.0.1:{port}")


def test_it_says_who_it_is_only_when_nobody_can_listen(certificate, trusted, monkeypatch) -> None:
    listener = Listener()
    with serving(listener, tls_context=own(certificate), require_starttls=True, authenticator=listener.let_in, auth_required=True) as port:
        elsewhere("smtp", port, monkeypatch).send(LETTER)
    assert len(listener.got) == 1
    assert listener.users == [(b"me", PASSWORD.encode())]


def test_it_speaks_tls_from_the_first_byte(certificate, trusted, monkeypatch) -> None:
    listener = Listener()
    with serving(listener, ssl_context=own(certificate), authenticator=listener.let_in, auth_require_tls=False) as port:
        elsewhere("smtps", port, monkeypatch).send(LETTER)
    assert len(listener.got) == 1


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_a_certificate_that_nobody_vouches_for_is_refused(certificate, monkeypatch, scheme) -> None:
    listener = Listener()
    how = {"tls_context": own(certificate)} if scheme == "smtp" else {"ssl_context": own(certificate)}
    with serving(listener, authenticator=listener.let_in, **how) as port, pytest.raises(ssl.SSLCertVerificationError):
        elsewhere(scheme, port, monkeypatch).send(LETTER)
    assert (listener.got, listener.users) == ([], [])


def test_a_server_elsewhere_without_encryption_is_told_nothing(monkeypatch) -> None:
    listener = Listener()
    with serving(listener, authenticator=listener.let_in, auth_require_tls=False) as port, pytest.raises(smtplib.SMTPNotSupportedError):
        elsewhere("smtp", port, monkeypatch).send(LETTER)
    assert (listener.got, listener.users) == ([], [])


def test_a_server_on_this_machine_needs_none() -> None:
    listener = Listener()
    with serving(listener) as port:
        SmtpTransport.at(f"smtp://localhost:{port}").send(LETTER)
    assert len(listener.got) == 1


@pytest.mark.parametrize(
    ("address", "host", "port", "security"),
    [
        ("smtp://mail.example.no", "mail.example.no", 587, "starttls"), ("smtps://mail.example.no", "mail.example.no", 465, "tls"),
        ("smtp://127.0.0.1:25", "127.0.0.1", 25, "none"), ("smtps://[::1]", "::1", 465, "tls"), ("smtp://10.0.0.1:25", "10.0.0.1", 25, "starttls"),
    ],
)  # fmt: skip
def test_what_an_address_means(address, host, port, security) -> None:
    server = SmtpTransport.at(address)
    assert (server.host, server.port, server.security) == (host, port, security)
    assert PASSWORD not in repr(SmtpTransport(host, port, "me", PASSWORD))
