"""The review queue: one claim after the other, ordered by what hangs on it, with the reason why it is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from trucewatch import derive, rulings
from trucewatch.codebook.rows import QUADS
from trucewatch.judgements.rulings import PAIRS, VERDICTS
from trucewatch.nouns import Claim, Judgement
from trucewatch.truces import Breach, Truce
from trucewatch.web import filters
from trucewatch.web.atlas import Choice
from trucewatch.web.claim_case import Case, Opened, cases, opened, touched
from trucewatch.web.evidence import HOW, SURE, doubt
from trucewatch.web.marked_text import sentences
from trucewatch.web.review_queue import BREACH, ReviewQueue, ReviewQueues
from trucewatch.web.ruling import Trouble, take
from trucewatch.web.view import CoderView, ReaderView, View

router = APIRouter()
GOAL = 10
"""Rulings that make a good day."""
GOING_ON = ("accept", "reject")
"""After these the next claim comes; after others the same one stays, for there may be more to say of it."""


def choice(truce: str = "", since: str = "", type: str = "") -> Choice:
    """The filters of an address."""
    return filters.choice(filters.told(type=type, since=since), truce=truce)


Chosen = Annotated[Choice, Depends(choice)]


@router.get("/queue")
def queue(view: ReaderView, chosen: Chosen, after: str = "", claim: str = "") -> Response:
    """The claim that comes next, behind another one; or the one that is asked for."""
    return _page(view, chosen, after, claim)


@router.post("/queue")
def judge(view: CoderView, chosen: Chosen) -> Response:
    """Rule on a claim, and go on."""
    claim = view.desk.claim(view.field("claim"))
    case = next(cases(view.desk, [claim], view.desk.judgements()))
    trouble = take(view, opened(view, case, view.desk.report(claim.report)).subject)
    if trouble:
        return _page(view, chosen, "", claim.id, trouble)
    step = "after" if view.form.get("ruling") in GOING_ON else "claim"
    return view.go(_address(chosen, **{step: claim.id}))


def _page(view: View, chosen: Choice, after: str, asked: str, trouble: Trouble | None = None) -> Response:
    if chosen.truce is not None:
        view.ledgers.truce(chosen.truce)  # refuses where there is none
    every = view.desk.judgements()
    queue = _queue(view, chosen)
    force = derive.ruled(view.desk).force
    claim = view.desk.claim(asked) if asked else _next(queue, after, force)
    report = view.desk.report(claim.report) if claim else None
    case = opened(view, next(cases(view.desk, [claim], every)), report) if claim and report else None
    return view.page(
        "queue.html",
        status=trouble.status if trouble else 200,
        chosen=chosen,
        waiting=len(queue),
        known=len(view.atlases.now()),
        after=after,
        open=case,
        report=report,
        cut=list(sentences(report.text, case.case.claim)) if case and report else [],
        reasons=list(_reasons(view, case, every, chosen.truce)) if case else [],
        done=len(rulings.first_of_acts(one for one in force if _is_own(view, one))),
        goal=GOAL,
        before=_before(view, after, every),
        here=_address(chosen),
        on=_address(chosen, after=claim.id) if claim else "",
        trouble=trouble,
        how=HOW,
        truces=view.ledgers.every().values(),
        quads=QUADS,
    )


def _queue(view: View, chosen: Choice) -> ReviewQueue:
    queues: ReviewQueues = view.request.app.state.queues
    return queues.of(chosen)


def _next(queue: ReviewQueue, after: str, force: Sequence[Judgement]) -> Claim | None:
    done = {one.claims[0] for one in force if one.ruling in VERDICTS}
    entry = queue.next(after, done)
    return entry.claim if entry else None


def _reasons(view: View, case: Opened, every: Sequence[Judgement], chosen: str | None) -> Iterator[tuple[str, str]]:
    """Why it is asked: a kind of the page's colours, and words; of truces, the one that is chosen."""
    t, incident = view.t, case.incident
    if incident:
        held = touched(view, incident, every)
        for truce, row in _gravest([its for its in held if chosen in (None, its[0].id)]):
            name = f"\u2068{truce.name}\u2069"  # set apart, so that it does not turn the words around it
            yield row.verdict.value, t("{verdict} breach of {truce}", verdict=t(row.verdict.value), truce=name)
        if incident.sources == 1:
            yield "", t("one source only")
        if incident.killed and incident.killed.high:
            low, high = incident.killed.low, incident.killed.high
            yield "", t("{n} killed", n=high) if low == high else t("up to {n} killed", n=high)
        if incident.disagreements:
            yield "disputed", t("claims differ")
    score, field = doubt(case.case.claim)
    if score < SURE:
        yield "", t("only {share} sure of this: {field}", share=view.language.percent(score), field=t(field))


def _gravest(held: Sequence[tuple[Truce, tuple[Breach, ...]]]) -> list[tuple[Truce, Breach]]:
    """The truce on which a ruling would bear most, of equals the one that was made last."""
    rows = [(truce, row) for truce, its in held for row in its if BREACH.get(row.verdict, 0.0) >= 1]
    return sorted(rows, key=lambda pair: (BREACH[pair[1].verdict], str(pair[0].effective or "")))[-1:]


def _before(view: View, after: str, every: Sequence[Judgement]) -> Case | None:
    """The claim that came before, where this person ruled on it last: to take that back."""
    ruled = rulings.touching(every, [after]) if after else ()
    if not ruled or ruled[-1].by != view.someone.name:
        return None
    return next(cases(view.desk, [view.desk.claim(after)], every))


def _is_own(view: View, one: Judgement) -> bool:
    """Whether this person ruled so today, on a claim or a pair."""
    is_ruling = one.by == view.someone.name and one.ruling in VERDICTS | PAIRS
    return is_ruling and one.at.astimezone().date() == dt.date.today()


def _address(chosen: Choice, **fields: str) -> str:
    known = {"truce": chosen.truce, "since": chosen.since, "type": chosen.type, **fields}
    query = urlencode({name: str(value) for name, value in known.items() if value})
    return f"/queue?{query}" if query else "/queue"
