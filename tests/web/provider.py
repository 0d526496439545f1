"""A small OpenID provider on this machine: whoever comes is the person that the test says."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "trucewatch", "between us"


class Provider(ThreadingHTTPServer):
    """Its answers can be bent: ``claims`` go over those that are right, ``key`` signs them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.published = RSAKey.generate_key(2048, parameters={"kid": "k1"})
        self.key = self.published
        self.claims: dict[str, Any] = {}
        self.asked: dict[str, dict[str, str]] = {}
        """What came with each code that is out."""


class _Answers(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Discovery, keys, and the page where people sign in, which sends them straight back."""
        path, _, query = self.path.partition("?")
        issuer = self.server.issuer
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "go", "token_endpoint": "token", "jwks_uri": "keys"}
            ends = {name: f"{issuer}/{end}" for name, end in ends.items()}
            self._json(200, {"issuer": issuer, **ends})
        elif path == "/keys":
            self._json(200, {"keys": [self.server.published.as_dict(private=False)]})
        else:
            asked = {name: values[0] for name, values in parse_qs(query).items()}
            code = secrets.token_urlsafe(8)
            self.server.asked[code] = asked
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()

    def do_POST(self) -> None:
        """A code for a token, to the client that knows the secret and the verifier."""
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        given = {name: values[0] for name, values in form.items()}
        asked = self.server.asked.pop(given.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=")
        fits = asked and given["client_secret"] == SECRET and challenge.decode() == asked["code_challenge"]
        if not asked or not fits or given["redirect_uri"] != asked["redirect_uri"]:
            self._json(400, {"error": "invalid_grant"})
            return
        claims = {
            "iss": self.server.issuer, "aud": CLIENT, "sub": "s-1", "nonce": asked["nonce"], "exp": int(time.time()) + 60,
            "email": "ana@example.org", "email_verified": True,
        }  # fmt: skip
        token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims | self.server.claims, self.server.key)
        self._json(200, {"id_token": token, "access_token": "x", "token_type": "Bearer"})

    def _json(self, status: int, answer: object) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def providing() -> Iterator[Provider]:
    """A running provider."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    yield provider
    provider.shutdown()
    thread.join()
    provider.server_close()
