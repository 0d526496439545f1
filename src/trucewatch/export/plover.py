"""Cases as JSON lines in PLOVER's fields, with what each claim of them rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from trucewatch.codebook import Codebook
from trucewatch.export.cases import Case
from trucewatch.export.jsonl import pair
from trucewatch.nouns import Account, Report

FIELDS = (
    *("id", "type", "mode", "quad", "score", "status", "actors", "recipients", "place", "time"),
    *("killed", "killed_best", "injured", "injured_best", "sources", "disagreements", "claims"),
)
CLAIM_FIELDS = (
    *("id", "report", "outlet", "published", "url", "attributed_to", "status", "trigger"),
    *("killed", "injured"),
)


def write(cases: Iterable[Case], book: Codebook) -> Iterator[bytes]:
    """A line for each case."""
    for case in cases:
        yield msgspec.json.encode(line(case, book)) + b"\n"


def line(case: Case, book: Codebook) -> dict[str, Any]:
    """A case by field; null, or an empty list, where a value is not known."""
    incident = case.incident
    plain: dict[str, Any] = msgspec.to_builtins(incident)
    type_ = book.types[incident.type]
    return {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "quad": type_.quad,
        "score": type_.score,
        "status": incident.status.value,
        "actors": list(map(msgspec.structs.asdict, incident.actors)),
        "recipients": list(map(msgspec.structs.asdict, incident.recipients)),
        "place": plain.get("place"),
        "time": plain.get("time"),
        "killed": pair(incident.killed),
        "killed_best": incident.killed.best if incident.killed else None,
        "injured": pair(incident.injured),
        "injured_best": incident.injured.best if incident.injured else None,
        "sources": incident.sources,
        "disagreements": plain.get("disagreements", []),
        "claims": [_claim(account, case.reports[account.claim.report]) for account in case.accounts],
    }


def _claim(account: Account, report: Report) -> dict[str, Any]:
    claim = account.claim
    return {
        "id": claim.id,
        "report": claim.report,
        "outlet": account.outlet,
        "published": account.published,
        "url": report.url,
        "attributed_to": claim.attributed_to,
        "status": claim.status.value,
        "trigger": {"start": claim.trigger.start, "end": claim.trigger.end, "text": account.trigger},
        "killed": pair(claim.killed),
        "injured": pair(claim.injured),
    }
