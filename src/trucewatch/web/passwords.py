"""Passwords: argon2id, a few at a time, and as slow for a name that is not there as for one that is."""

from __future__ import annotations

import functools
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
"""Characters of a password; length is what makes it hard to guess."""
LONGEST = 1000
_AT_ONCE = threading.Semaphore(2)
"""Each takes 64 MiB of memory: many sign-ins at once must not take it all."""
_hasher = PasswordHasher()


def fault(password: str) -> str:
    """What is wrong with a new password; empty where nothing is."""
    if len(password) < SHORTEST:
        return "The password is too short."
    if len(password) > LONGEST or len(set(password)) < 5:
        return "The password is too simple."
    return ""


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _hasher.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether it is the password; never for somebody who has none."""
    with _AT_ONCE:
        try:
            return _hasher.verify(kept or _nobodys(), password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


@functools.cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe())
