"""A sales service of our own, on a port of its own, that trusts an issuer of ours: so that signed claims can be bent one by one."""

from __future__ import annotations

import base64
import json
import os
import socket
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from journey.client import until

ROOT = Path(__file__).resolve().parents[1]
BINARY = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / os.environ.get("PROFILE", "debug") / "sales-service"


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class OwnIssuer:
    """The key, and where the service listens that believes it."""

    key: rsa.RSAPrivateKey
    issuer: str
    service: str

    def token(self, change: dict[str, Any]) -> str:
        """A good access token but for these claims; `None` leaves one out."""
        now = int(time.time())
        claims = {"iss": self.issuer, "sub": str(uuid.uuid4()), "client_id": "own", "token_use": "access", "iat": now, "exp": now + 600}
        kept = {name: int(value) if name == "exp" and value else value for name, value in (claims | change).items() if value is not None}
        head = _encoded(json.dumps({"alg": "RS256", "kid": "own"}).encode())
        signed = f"{head}.{_encoded(json.dumps(kept).encode())}"
        return f"{signed}.{_encoded(self.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def ask(self, path: str, change: dict[str, Any]) -> httpx.Response:
        """Knock at the service itself: the gateway leads to the real one."""
        with httpx.Client(trust_env=False) as plain:
            return plain.get(self.service + path, headers={"authorization": f"Bearer {self.token(change)}"})


@contextmanager
def own_issuer() -> Iterator[OwnIssuer]:
    """Serve a key set, start the service, and end both."""
    key = rsa.generate_private_key(65537, 2048)
    numbers = key.public_key().public_numbers()
    n, e = (_encoded(v.to_bytes((v.bit_length() + 7) // 8, "big")) for v in (numbers.n, numbers.e))
    jwks = json.dumps({"keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "own", "n": n, "e": e}]}).encode()

    class Keys(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(jwks)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Keys)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    issuer, address = f"http://127.0.0.1:{server.server_port}", f"127.0.0.1:{_free_port()}"
    own = {
        "SALES_HTTP_ADDR": address,
        "JWT_ISSUER": issuer,
        "JWKS_URL": issuer + "/jwks.json",
        "COGNITO_CLIENT_ID": "own",
        "KAFKA_TOPIC_PREFIX": f"issuer-{uuid.uuid4().hex[:8]}.",
    }
    process = subprocess.Popen([BINARY, "serve"], env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        found = OwnIssuer(key, issuer, f"http://{address}")
        until(lambda: _answers(found.service), what="a sales service of our own", patience=20)
        yield found
    finally:
        process.kill()
        process.wait()
        server.shutdown()


def _answers(service: str) -> bool:
    try:
        return httpx.get(service + "/livez", trust_env=False).is_success
    except httpx.TransportError:
        return False
