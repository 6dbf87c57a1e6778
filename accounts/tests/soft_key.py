"""A passkey in software: it signs as a device does, so that what a device says can be bent."""

import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url as text

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftKey:
    """One passkey; `origin` is where its browser is."""

    origin: str = "http://testserver"
    count: int = 0
    handle: str = ""
    identity: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    secret: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to the options of a registration."""
        self.handle = options["user"]["id"]
        numbers = self.secret.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = bytes(16) + struct.pack(">H", len(self.identity)) + self.identity
        data = self._data(options["rp"]["id"], PRESENT | VERIFIED | ATTESTED)
        data += attested + cbor2.dumps(key)
        statement = {"fmt": "none", "attStmt": {}, "authData": data}
        return self._said(
            {
                "clientDataJSON": text(self._client_data("webauthn.create", options)),
                "attestationObject": text(cbor2.dumps(statement)),
                "transports": ["internal"],
            }
        )

    def get(self, options: dict[str, Any], *, verified: bool = True) -> dict[str, Any]:
        """The answer to the options of a request; `verified` by PIN, finger or face."""
        self.count += 1
        data = self._data(options["rpId"], PRESENT | (VERIFIED if verified else 0))
        client_data = self._client_data("webauthn.get", options)
        signed = data + hashlib.sha256(client_data).digest()
        return self._said(
            {
                "clientDataJSON": text(client_data),
                "authenticatorData": text(data),
                "signature": text(self.secret.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": self.handle,
            }
        )

    def _data(self, host: str, flags: int) -> bytes:
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _said(self, response: dict[str, Any]) -> dict[str, Any]:
        identity = text(self.identity)
        return {
            "id": identity,
            "rawId": identity,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
        }
