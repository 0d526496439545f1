"""Hooks: what is new or changed and fits a filter is sent to another server, batch by batch, each until it was taken.

A batch is fixed before it is sent, by the codings and judgements that it reaches from and to, and so is the name that
it bears: where a desk stops between the other server's yes and its own row, the same batch comes once more under the
same name, and can be told from a new one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import itertools
import logging
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore2
import msgspec

from trucewatch import derive
from trucewatch.desk import Desk, Mark, Share, ShareKind, Try, TryOutcome
from trucewatch.desk.schema import now
from trucewatch.desk.shares import DONE
from trucewatch.errors import FetchError, TrucewatchError
from trucewatch.nouns import Incident, Noun
from trucewatch.reports.fetch import Guarded, check
from trucewatch.web.atlas import Atlas, Choice
from trucewatch.web.ledgers import Ledgers
from trucewatch.web.refusals import Refused

BATCH = 50
"""Codings, and judgements, of a batch at most."""
FAILED = "it failed {} times on end"
_log = logging.getLogger(__name__)


class Patience(Noun):
    """How a hook is tried."""

    to_private: bool = False
    """Whether addresses of a private network, or of this machine, may be sent to."""
    seconds: float = 20.0
    """For one request."""
    first: float = 60.0
    """Seconds until the next try after a failure; then twice as many each time ..."""
    longest: float = 6 * 3600.0
    """... up to these."""
    most: int = 12
    """Failures in a row after which a hook is ended."""


class Sender:
    """Sends what hooks wait for."""

    def __init__(self, desk: Desk, ledgers: Ledgers, patience: Patience) -> None:
        self._desk = desk
        self._ledgers = ledgers
        self._patience = patience
        self._stopped = threading.Event()

    def run(self, pause: float = 15.0) -> None:
        """Send until `stop` is called."""
        while not self._stopped.wait(pause):
            try:
                self.send()
            except TrucewatchError:
                _log.exception("hooks could not be looked after; the next look may go better")

    def stop(self) -> None:
        """End `run` after the batch that it is at."""
        self._stopped.set()

    def send(self) -> int:
        """One look at all hooks; how many batches were delivered."""
        hooks = [one for one in self._desk.shares.every(ShareKind.HOOK) if one.ended is None]
        return sum(self._serve(one) for one in hooks)

    def _serve(self, hook: Share) -> int:
        delivered = 0
        try:
            while not self._stopped.is_set() and (outcome := self._step(hook)) in (
                TryOutcome.DELIVERED,
                TryOutcome.PASSED,
            ):
                delivered += outcome is TryOutcome.DELIVERED
        except Exception:  # broad: a fault of ours with one hook must not end the others
            _log.exception("hook %d could not be looked after; the next look may go better", hook.number)
        return delivered

    def _step(self, hook: Share) -> TryOutcome | None:
        """Send the next batch of a hook; None where there is none, or where it is too early to try again."""
        done = self._desk.shares.done(hook.number)
        if done is None:
            return None
        tries = self._desk.shares.tries(hook.number, 2 * self._patience.most + 1)
        failures = _failures(tries)
        if failures and (now() - tries[0].at).total_seconds() < self._wait(failures):
            return None
        mark = self._desk.mark()
        after = Mark(version=mark.version if mark else "", coding=done.coding, judgement=done.judgement)
        # A batch that was begun, or failed, is tried again as it was.
        upto = next((one for one in tries[:1] if one.outcome in (TryOutcome.BEGUN, TryOutcome.FAILED)), None)
        if upto is not None:
            reach = Mark(version=after.version, coding=upto.coding, judgement=upto.judgement)
        elif mark is None or (mark.coding, mark.judgement) == (after.coding, after.judgement):
            return None
        else:
            with self._desk.news() as news:
                reach = news.reach(after, mark, BATCH)
        return self._try(hook, after, reach, failures)

    def _try(self, hook: Share, after: Mark, reach: Mark, failures: int) -> TryOutcome | None:
        step = Try(
            share=hook.number, at=now(), outcome=TryOutcome.PASSED, coding=reach.coding, judgement=reach.judgement
        )
        try:
            rows = self._new(hook, after, reach)
        except Refused as refused:
            return self._end_of(msgspec.structs.replace(step, outcome=TryOutcome.FAILED, said=refused.detail), failures)
        if not rows:
            self._desk.shares.note(step)
            return step.outcome
        step = msgspec.structs.replace(step, incidents=len(rows), outcome=TryOutcome.BEGUN)
        if not self._desk.shares.begin(step, now() - dt.timedelta(seconds=2 * self._patience.seconds)):
            return None
        name = hashlib.sha256(
            f"{hook.number} {after.coding} {after.judgement} {reach.coding} {reach.judgement}".encode()
        )
        body = msgspec.json.encode({"hook": hook.number, "delivery": name.hexdigest()[:16], "incidents": rows})
        said = self._post(hook, name.hexdigest()[:16], body)
        outcome = TryOutcome.DELIVERED if said.startswith("2") else TryOutcome.FAILED
        return self._end_of(msgspec.structs.replace(step, at=now(), outcome=outcome, said=said), failures)

    def _end_of(self, step: Try, failures: int) -> TryOutcome:
        """Note what became of a batch; a hook that failed too often is ended."""
        self._desk.shares.note(step)
        if step.outcome is TryOutcome.FAILED and failures + 1 >= self._patience.most:
            self._desk.shares.end(step.share, now(), None, FAILED.format(failures + 1))
        return step.outcome

    def _new(self, hook: Share, after: Mark, reach: Mark) -> list[dict[str, Any]]:
        """The incidents that a batch tells of and that fit the hook's filter, as they are now."""
        with self._desk.deriving(write=False) as derived:
            made = derived.judgements(after.judgement, reach.judgement)
            ruled = derive.claims_ruled(made, derived.judgements()) if made else set()
        with self._desk.news() as news:
            held = news.holding(news.came(after.coding, reach.coding) | ruled)
            found = self._fit(self._desk.incidents_named(set(held.values())), hook)
            old = news.older([claim for one in found for claim in one.claims], after.coding)
        return [
            {"change": "changed" if old.intersection(one.claims) else "new", "incident": one}
            for one in sorted(found, key=lambda one: one.id)
        ]

    def _fit(self, incidents: Iterable[Incident], hook: Share) -> list[Incident]:
        chosen = msgspec.convert(hook.content["filter"], Choice, strict=False)
        some = list(incidents)
        return list(itertools.compress(some, self._ledgers.fit(Atlas.of(some), chosen)))

    def _post(self, hook: Share, name: str, body: bytes) -> str:
        """What the other server answered: a status; or why it could not be asked."""
        moment = str(int(time.time()))
        headers: dict[bytes | str, bytes | str] = {
            "Content-Type": "application/json",
            "User-Agent": "trucewatch-hooks",
            "Trucewatch-Delivery": name,
            "Trucewatch-Timestamp": moment,
            "Trucewatch-Signature": signature(hook.content["secret"], moment, body),
        }
        seconds = self._patience.seconds
        backend = Guarded(time.monotonic() + seconds, self._patience.to_private)
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        try:
            check(hook.content["url"])
            with (
                httpcore2.ConnectionPool(network_backend=backend, max_connections=1) as pool,
                pool.stream(
                    "POST", hook.content["url"], headers=headers, content=body, extensions={"timeout": timeout}
                ) as answer,
            ):
                return str(answer.status)  # a redirect is an answer like any other: it is not followed
        except (FetchError, httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            return f"not asked or no answer: {error or type(error).__name__}"[:200]
        except (OSError, ValueError, httpcore2.UnsupportedProtocol) as error:
            return f"cannot be asked: {error or type(error).__name__}"[:200]

    def _wait(self, failures: int) -> float:
        return min(self._patience.first * 2.0 ** (failures - 1), self._patience.longest)


def starting(desk: Desk, number: int) -> None:
    """A new hook tells of what comes from now on."""
    mark = desk.mark() or Mark(version="")
    desk.shares.note(
        Try(share=number, at=now(), outcome=TryOutcome.STARTS, coding=mark.coding, judgement=mark.judgement)
    )


def signature(secret: str, moment: str, body: bytes) -> str:
    """The HMAC-SHA256, in hex, of the moment, a full stop and the body."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def _failures(tries: Iterable[Try]) -> int:
    """How often the batch at hand has failed so far."""
    failures = 0
    for one in tries:
        if one.outcome in DONE:
            break
        failures += one.outcome is TryOutcome.FAILED
    return failures
