"""A passkey in software: enough of an authenticator to make and use one key, and to do so wrongly."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Authenticator:
    """One key. `flags` says what it claims to have checked of whoever holds it."""

    origin: str = "http://localhost"
    party: str = "localhost"
    flags: int = PRESENT | VERIFIED
    count: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    handle: str = ""

    def make(self, options: dict[str, Any]) -> str:
        """The answer to the options for making a passkey."""
        self.handle = options["user"]["id"]
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + self._public()
        data = self._data(self.flags | ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._said(clientDataJSON=client, attestationObject=attestation, transports=["internal", "hybrid", "odd"])

    def use(self, options: dict[str, Any]) -> str:
        """The answer to the options for using one."""
        self.count += 1
        data, client = self._data(self.flags), self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._said(clientDataJSON=client, authenticatorData=data, signature=signature, userHandle=self.handle)

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.party.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client(self, type: str, challenge: str) -> bytes:
        return json.dumps({"type": type, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()

    def _public(self) -> bytes:
        point = self.key.public_key().public_numbers()
        return bytes(cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}))

    def _said(self, **response: Any) -> str:
        said = {name: bytes_to_base64url(value) if isinstance(value, bytes) else value for name, value in response.items()}
        return json.dumps({"id": bytes_to_base64url(self.id), "rawId": bytes_to_base64url(self.id), "type": "public-key", "response": said})
