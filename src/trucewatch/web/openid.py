"""Signing in by a provider of OpenID Connect: authorization code with PKCE, the ID token checked by its keys.

An account is bound to the provider's subject the first time: by the verified e-mail address, which is then the
account's name. A lead opens the account; a provider's word alone lets nobody in.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any
from urllib.parse import urlencode

import httpcore2
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from trucewatch.desk import Person
from trucewatch.desk.people import People
from trucewatch.errors import DeskError
from trucewatch.nouns import Noun
from trucewatch.web.refusals import Refused
from trucewatch.web.settings import OpenId

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]
"""Those with a key of the provider's; ``none``, and those by a shared secret, are not among them."""
LEEWAY = 60
"""Seconds by which clocks may differ."""
_TIMEOUT = {"timeout": {"connect": 10.0, "read": 10.0, "write": 10.0, "pool": 10.0}}
_LARGEST = 1_000_000


class Started(Noun):
    """What the browser keeps, in a cookie of its own, while it is at the provider."""

    state: str
    nonce: str
    verifier: str
    next: str


class Provider:
    """One provider, as its discovery document describes it."""

    def __init__(self, settings: OpenId) -> None:
        self._settings = settings

    def start(self, back: str, onward: str) -> tuple[str, Started]:
        """The provider's address to send a browser to, and what must be kept meanwhile."""
        started = Started(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            next=onward,
        )
        challenge = base64.urlsafe_b64encode(hashlib.sha256(started.verifier.encode()).digest()).rstrip(b"=")
        query = {
            "response_type": "code",
            "client_id": self._settings.client,
            "redirect_uri": back,
            "scope": "openid email profile",
            "state": started.state,
            "nonce": started.nonce,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }
        return f"{self._discovered()['authorization_endpoint']}?{urlencode(query)}", started

    def finish(self, code: str, back: str, started: Started) -> dict[str, Any]:
        """What the provider says of the one who comes back with a code. Raises Refused where that does not hold."""
        about = self._discovered()
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self._settings.client,
            "code_verifier": started.verifier,
        }
        if self._settings.secret:
            fields["client_secret"] = self._settings.secret
        answer = _json("POST", about["token_endpoint"], urlencode(fields).encode())
        keys = KeySet.import_key_set(_json("GET", about["jwks_uri"]))  # type: ignore[arg-type]
        try:
            claims = jwt.decode(str(answer.get("id_token", "")), keys, algorithms=ALGORITHMS).claims
            rules = jwt.JWTClaimsRegistry(
                leeway=LEEWAY,
                iss={"essential": True, "value": self._settings.issuer},
                aud={"essential": True, "value": self._settings.client},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": started.nonce},
            )
            rules.validate(claims)
        except (JoseError, ValueError) as error:
            raise Refused(403, "The provider does not answer as it should.") from error
        return dict(claims)

    def _discovered(self) -> dict[str, Any]:
        about = _json("GET", f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != self._settings.issuer:
            raise Refused(502, "The provider does not answer as it should.")
        return about


def person_of(claims: dict[str, Any], people: People) -> Person:
    """The account of a provider's person. Raises Refused where there is none."""
    subject = f"{claims['iss']} {claims['sub']}"
    if bound := people.of_subject(subject):
        return bound
    email = claims.get("email")
    if isinstance(email, str) and claims.get("email_verified") is True:
        try:
            person = people.person(email)
        except DeskError:
            person = None
        # An account that has a password, or another subject, is somebody's already.
        if person and person.closed is None and person.subject is None and people.secret(email) is None:
            people.change(email, subject=subject)
            return person
    raise Refused(403, "There is no account for you here. Ask a lead for one.")


def _json(method: str, url: str, body: bytes | None = None) -> dict[str, Any]:
    headers = [("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded")]
    try:
        with (
            httpcore2.ConnectionPool() as pool,
            pool.stream(method, url, headers=headers, content=body, extensions=_TIMEOUT) as answer,
        ):
            raw = b""
            for chunk in answer.iter_stream():
                raw += chunk
                if len(raw) > _LARGEST:
                    raise ValueError("too long")
            found = json.loads(raw)
            if answer.status != 200 or not isinstance(found, dict):
                raise ValueError(f"status {answer.status}")
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, ValueError) as error:
        raise Refused(502, "The provider does not answer as it should.") from error
    return found
