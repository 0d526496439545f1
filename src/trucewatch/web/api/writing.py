"""What programs can rule: judgements by a coder's token, refused where somebody ruled meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from trucewatch import rulings
from trucewatch.desk import Desk
from trucewatch.errors import JudgementError, OvertakenError
from trucewatch.judgements import About, unknown
from trucewatch.nouns import Judgement, Noun, Ruling
from trucewatch.rulings import Hand, Seen
from trucewatch.web.api.answers import JSON, Id, page, record
from trucewatch.web.refusals import Refused
from trucewatch.web.ruling import REASON
from trucewatch.web.view import CoderView, ReaderView, View

router = APIRouter()
MOST = 100
"""Ids of a ruling, at most."""
_SAID = {"merge": Ruling.SAME, "split": Ruling.DIFFERENT}
"""What judgements say of acts that are called otherwise."""
_TAKES = {"correct": ("field", "value"), "overrule": ("field", "value"), "split": ("of",), "different": ("of",)}
"""What some rulings take and no others: a correction that is called "accept" is a slip."""
_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Ruled"}}},
    }
}


class Ruled(Noun, forbid_unknown_fields=True):
    """What is ruled, on what, and what was seen when it was decided."""

    ruling: Literal["accept", "correct", "reject", "merge", "split", "undo", "overrule", "same", "different"]
    """As the command is called; ``same`` and ``different``, which the judgements of ``merge`` and ``split`` say, do as well."""
    on: tuple[str, ...]
    """Ids: claims; incidents or claims that are one event (``merge``); claims that leave ``of`` (``split``); judgements
    (``undo``); one incident (``overrule``)."""
    of: str | None = None
    """The incident, or the claim, that ``split`` parts them from."""
    field: str | None = None
    """What ``correct`` corrects; what ``overrule`` rules under: ``TRUCE`` or ``TRUCE/CLAUSE``."""
    value: str | None = None
    """The right value, typed plainly or as JSON; the right verdict."""
    reason: str = ""
    seen: tuple[str, ...] | None = None
    """Ids of the judgements in force on it that were seen; where they are others now, nothing is kept."""


async def _sent(request: Request) -> Ruled:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise Refused(415, "A ruling is sent as JSON.")
    try:
        sent = msgspec.json.decode(await request.body(), type=Ruled)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(422, str(error)) from None
    if not sent.on or len(sent.on) > MOST or len(sent.reason) > REASON:
        raise Refused(422, f"A ruling names 1 to {MOST} ids, and its reason is no longer than {REASON} characters.")
    for name in ("of", "field", "value"):
        if getattr(sent, name) is not None and name not in _TAKES.get(sent.ruling, ()):
            raise Refused(422, f"'{sent.ruling}' takes no '{name}'.")
    return sent


@router.post(
    "/api/v1/judgements",
    tags=["judgements"],
    summary="Rule on claims or incidents",
    status_code=201,
    openapi_extra=_BODY,
)
def judge(view: CoderView, sent: Annotated[Ruled, Depends(_sent)]) -> Response:
    """Keep judgements in the name of the token's person. They are kept together or not at all."""
    view.act, view.about = f"judge {sent.ruling}", " ".join(sent.on)[:500]
    ruling = _SAID.get(sent.ruling) or Ruling(sent.ruling)
    about, claims = _meant(view, sent, ruling)
    seen = _seen(view.desk, claims, sent, view.request.headers.get("if-match"))
    try:
        kept = rulings.judge(view.desk, ruling, about, Hand(by=view.someone.name, reason=sent.reason), seen)
    except OvertakenError as error:
        now = rulings.touching(view.desk.judgements(), claims)
        return record({"detail": str(error), "judgements": now}, 409)
    incidents = dict.fromkeys(one.id for claim in claims for one in view.desk.incidents_of(claim))
    names = [name for one in kept if ruling is Ruling.CORRECT for name in unknown(one.field or "", one.value or "")]
    return record({"judgements": kept, "incidents": list(incidents), "unknown": names}, 201)


@router.get("/api/v1/claims/{id}/judgements", tags=["judgements"], summary="The judgements in force on a claim")
def of_claim(view: ReaderView, id: Id) -> Response:
    """Their tag, sent back as `If-Match`, keeps a ruling from going past another one."""
    return _in_force(view, (view.desk.claim(id).id,))


@router.get("/api/v1/incidents/{id}/judgements", tags=["judgements"], summary="The judgements in force on an incident")
def of_incident(view: ReaderView, id: Id) -> Response:
    """Those on its claims. Their tag, sent back as `If-Match`, keeps a ruling from going past another one."""
    return _in_force(view, view.desk.incident(id).claims)


def _in_force(view: View, claims: Sequence[str]) -> Response:
    found = rulings.touching(view.desk.judgements(), claims)
    tag = _tag(found)
    has_it = tag in _named(view.request.headers.get("if-none-match", ""))
    response = Response(status_code=304) if has_it else page(found, None)
    response.headers["ETag"] = tag
    return response


def _named(tags: str) -> set[str]:
    """The tags of a header. A proxy that compresses an answer makes its tag a weak one, which names the same judgements."""
    return {one.strip().removeprefix("W/") for one in tags.split(",")}


def _tag(found: Iterable[Judgement]) -> str:
    ids = " ".join(sorted(one.id for one in found))
    return f'"{hashlib.sha256(ids.encode()).hexdigest()[:20]}"'


def _seen(desk: Desk, claims: tuple[str, ...], sent: Ruled, tag: str | None) -> Seen | None:
    """What was seen: by its ids, or by the tag under which it was got. A tag that fits nothing stands for what is gone."""
    if sent.seen is not None:
        return Seen(claims=claims, judgements=frozenset(sent.seen))
    if tag is None or tag.strip() == "*":
        return None
    now = rulings.touching(desk.judgements(), claims)
    fits = _tag(now) in _named(tag)
    return Seen(claims=claims, judgements=frozenset(one.id for one in now) if fits else frozenset(["gone"]))


def _meant(view: CoderView, sent: Ruled, ruling: Ruling) -> tuple[Sequence[About], tuple[str, ...]]:
    """What is to be kept, and the claims that it is about."""
    desk = view.desk
    if ruling is Ruling.SAME:
        return rulings.merging(desk, sent.on), tuple(c for one in sent.on for c in rulings.claims_of(desk, one))
    if ruling is Ruling.DIFFERENT:
        if sent.of is None:
            raise JudgementError("split takes in `of` what the claims are to be parted from")
        parted = rulings.splitting(desk, sent.of, sent.on)
        return parted, tuple(dict.fromkeys(claim for pair in parted for claim in pair.claims))
    if ruling is Ruling.UNDO:
        undone = rulings.undoing(desk, sent.on)
        ids = {one.undoes for one in undone}
        return undone, tuple(dict.fromkeys(c for one in desk.judgements() if one.id in ids for c in one.claims))
    if ruling is Ruling.OVERRULE:
        if len(sent.on) != 1:
            raise JudgementError("overrule takes one incident")
        (name, _, clause), incident = (sent.field or "").partition("/"), desk.incident(sent.on[0])
        return rulings.overruling(view.ledgers.truce(name), clause, incident, sent.value or ""), incident.claims
    claims = tuple(desk.claim(one).id for one in dict.fromkeys(sent.on))
    if ruling is not Ruling.CORRECT:
        return [About(claims=(claim,)) for claim in claims], claims
    if sent.field is None or sent.value is None:
        raise JudgementError("correct takes a field and a value")
    return [one for claim in claims for one in rulings.correcting(desk, claim, sent.field, sent.value)], claims
