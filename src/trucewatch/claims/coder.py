"""The one loop: a report's passages become drafts, drafts of one event become a claim."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from trucewatch.claims import same
from trucewatch.claims.dating import best_dated
from trucewatch.claims.draft import Draft, Party, Sourced, party_evidence
from trucewatch.claims.reading import CARRIED, Reading
from trucewatch.codebook import Codebook
from trucewatch.nouns import Claim, Evidence, Passage, Report, Span, Status


def code(report: Report, passages: Sequence[Passage], codebook: Codebook) -> tuple[Claim, ...]:
    """The claims of a report in the order of their triggers; `passages` are those of `report.text`."""
    claims = [_claim(report, cluster) for cluster in same.group(drafts(report, passages, codebook))]
    return tuple(sorted(claims, key=lambda c: c.trigger.start))


def drafts(report: Report, passages: Sequence[Passage], codebook: Codebook) -> list[Draft]:
    """Every event mention of a report with its values, in text order, before mentions of one event are merged."""
    reading = Reading.of(report, passages, codebook)
    found = [draft for at in range(len(reading.trees)) for draft in reading.drafts(at)]
    reading.carry_places(found)
    return found


def _claim(report: Report, cluster: Sequence[Draft]) -> Claim:
    """One claim of the mentions of one event: the first gives type and trigger, the others fill in."""
    lead = cluster[0]
    start, end = lead.trigger
    digest = hashlib.sha256(f"{lead.mention.type} {start} {end}".encode()).hexdigest()[:8]
    actors, recipients = _apart(_union(d.actors for d in cluster), _union(d.recipients for d in cluster))
    sure = _surest(cluster)
    moded = next((d for d in cluster if d.mention.mode), lead)
    place = _best_placed(cluster)
    time = best_dated(cluster)
    # what the outlet itself tells anywhere, it tells; else the first who is named
    source = lead if all(d.attributed_to for d in cluster) else None
    killed, injured = (next((d for d in cluster if getattr(d, kind)), None) for kind in ("killed", "injured"))
    values = {"place": place, "time": time, "killed": killed, "injured": injured}
    return Claim(
        id=f"{report.id}.{digest}",
        report=report.id,
        type=lead.mention.type,
        mode=moded.mention.mode,
        status=Status(sure.mention.status),
        trigger=Span(start=start, end=end),
        mentions=tuple(dict.fromkeys(Span(start=d.tree.passage.start, end=d.tree.passage.end) for d in cluster)),
        actors=tuple(p.entity for p in actors),
        recipients=tuple(p.entity for p in recipients),
        place=place.place if place else None,
        time=time.time if time else None,
        attributed_to=source.attributed_to if source else None,
        killed=killed.killed if killed else None,
        injured=injured.injured if injured else None,
        evidence=(
            Evidence(field="trigger", because=lead.reasons["type"].because, start=start, end=end),
            *(_evidence(name, d.reasons.get(name)) for name, d in (("type", lead), ("mode", moded), ("status", sure))),
            *([_evidence("attributed_to", source.reasons["attributed_to"])] if source else []),
            *party_evidence("actors", actors),
            *party_evidence("recipients", recipients),
            *(_evidence(name, draft.reasons[name]) for name, draft in values.items() if draft),
            *(
                Evidence(field=f"mentions[{i}]", because=same.reason(lead, d), start=d.trigger[0], end=d.trigger[1])
                for i, d in enumerate(cluster[1:], 1)
            ),
        ),
    )


def _surest(cluster: Sequence[Draft]) -> Draft:
    """The mention whose status counts for the event."""
    return max(cluster, key=lambda draft: draft.mention.status_score)


def _evidence(field: str, source: Sourced | None) -> Evidence:
    assert source is not None
    return Evidence(field=field, because=source.because, start=source.start, end=source.end)


def _union(parties: Iterable[Sequence[Party]]) -> tuple[Party, ...]:
    out: list[Party] = []
    for part in parties:
        out += [p for p in part if not any(same.same_entity(p.entity, other.entity) for other in out)]
    return tuple(out)


def _apart(actors: Sequence[Party], recipients: Sequence[Party]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Nobody does to himself what he does: whoever is found on both sides stays where that is surer."""

    def stays(party: Party, others: Sequence[Party], at_par: bool) -> bool:
        rivals = [other.score for other in others if same.same_entity(party.entity, other.entity)]
        return not rivals or party.score > max(rivals) or (at_par and party.score == max(rivals))

    return (
        tuple(party for party in actors if stays(party, recipients, True)),
        tuple(party for party in recipients if stays(party, actors, False)),
    )


def _best_placed(drafts: Iterable[Draft]) -> Draft | None:
    """The first mention with words of its own for the place, else the first with carried ones: a later mention often
    tells of another place in the same breath."""
    having = [draft for draft in drafts if draft.place]
    return min(having, key=lambda draft: draft.reasons["place"].because.startswith(CARRIED), default=None)
