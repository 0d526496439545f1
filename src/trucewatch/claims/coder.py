"""All steps: a report's passages become drafts (``reading``), drafts of one event become a claim (step 5, ``merging``)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from trucewatch.claims import event_coreference, toll_events
from trucewatch.claims.digests import entries
from trucewatch.claims.draft import Draft
from trucewatch.claims.inheritance import carry_parties, with_deeds
from trucewatch.claims.merging import Merged
from trucewatch.claims.place_sharing import place_in_towns
from trucewatch.claims.reading import Reading
from trucewatch.codebook import Codebook
from trucewatch.nouns import Claim, Passage, Report, Span, Status


def code(report: Report, passages: Sequence[Passage], codebook: Codebook) -> tuple[Claim, ...]:
    """The claims of a report in the order of their triggers; `passages` are those of `report.text`."""
    claims: list[Claim] = []
    for its in _entries(report, passages, codebook):  # what is alike in two entries is not one event
        clusters = event_coreference.group(its)
        place_in_towns(its)  # not before: two events of one town are not one for that
        told = [Merged.by(cluster) for cluster in clusters]
        claims += [_claim(report, one.answering(told).going_on(told).meeting(told).filled()) for one in told]
    return tuple(sorted(claims, key=lambda c: c.trigger.start))


def drafts(report: Report, passages: Sequence[Passage], codebook: Codebook) -> list[Draft]:
    """Every event mention of a report with its values, in text order, before mentions of one event are merged."""
    return [one for its in _entries(report, passages, codebook) for one in its]


def _entries(report: Report, passages: Sequence[Passage], codebook: Codebook) -> Iterator[list[Draft]]:
    """The same, those of each entry of a digest by themselves."""
    return (_drafts(Reading.of(entry, its, codebook)) for entry, its in entries(report, passages, codebook))


def _drafts(reading: Reading) -> list[Draft]:
    """The mentions of one entry with all that they give each other: places, tolls, parties, and what denials deny."""
    found = [draft for at in range(len(reading.trees)) for draft in reading.drafts(at)]
    reading.placing.carry(found)
    toll_events.carry(found, reading.trees, reading.placing)
    carry_parties(found)
    return with_deeds(found)


def _claim(report: Report, told: Merged) -> Claim:
    """One claim of the mentions of one event."""
    start, end = told.lead.trigger
    digest = hashlib.sha256(f"{told.lead.mention.type} {start} {end}".encode()).hexdigest()[:8]
    return Claim(
        id=f"{report.id}.{digest}",
        report=report.id,
        type=told.lead.mention.type,
        mode=told.mode.mention.mode,
        status=Status(told.status.mention.status),
        trigger=Span(start=start, end=end),
        mentions=tuple(dict.fromkeys(Span(start=d.tree.passage.start, end=d.tree.passage.end) for d in told.cluster)),
        actors=tuple(p.entity for p in told.actors),
        recipients=tuple(p.entity for p in told.recipients),
        place=told.place.place if told.place else None,
        time=told.time.time if told.time else None,
        attributed_to=told.source.attributed_to if told.source else None,
        killed=told.killed.killed if told.killed else None,
        injured=told.injured.injured if told.injured else None,
        evidence=tuple(told.evidence()),
    )
