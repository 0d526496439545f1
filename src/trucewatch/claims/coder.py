"""The one loop: a report's passages become drafts, drafts of one event become a claim."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from trucewatch.claims import same, voice, what, when
from trucewatch.claims.coreference import Chains
from trucewatch.claims.draft import Draft, Party, Sourced, party_evidence
from trucewatch.claims.numbers import Toll, tolls
from trucewatch.claims.tree import Tree
from trucewatch.claims.where import Scene, locate
from trucewatch.claims.who import Cast, identify
from trucewatch.codebook import Codebook
from trucewatch.codebook.gazetteer import Gazetteer
from trucewatch.nouns import Claim, Count, Evidence, Mention, Passage, Place, Report, Role, Span, Status

FINENESS = ("site", "town", "district", "region", "country", None)
_LOCAL = frozenset(["COP", "GOV", "JUD", "LEG", "MIL", "PRM", "REB", "SPY", "UAF", "CVL", "REF", "OPP"])
_DEADLY = frozenset({"ASSAULT", "COERCE", "PROTEST"})


def code(report: Report, passages: Sequence[Passage], codebook: Codebook) -> tuple[Claim, ...]:
    """The claims of a report in the order of their triggers; `passages` are those of `report.text`."""
    claims = [_claim(report, cluster) for cluster in same.group(drafts(report, passages, codebook))]
    return tuple(sorted(claims, key=lambda c: c.trigger.start))


def drafts(report: Report, passages: Sequence[Passage], codebook: Codebook) -> list[Draft]:
    """Every event mention of a report with its values, in text order, before mentions of one event are merged."""
    reading = _Reading.of(report, passages, codebook)
    found = [draft for at in range(len(reading.trees)) for draft in reading.drafts(at)]
    reading.carry_places(found)
    return found


@dataclass(frozen=True)
class _Reading:
    """A report being read: its trees and what they say together."""

    report: Report
    codebook: Codebook
    trees: tuple[Tree, ...]
    cast: Cast
    scene: Scene
    chains: Chains
    gazetteer: Gazetteer

    @staticmethod
    def of(report: Report, passages: Sequence[Passage], codebook: Codebook) -> _Reading:
        gazetteer = Gazetteer.open()
        scene = Scene.build(report, passages, codebook, gazetteer)
        cast = Cast.build(report, passages, codebook, scene.countries)
        chains = Chains.build(report.text, passages, cast)
        trees = tuple(Tree(passage, report.text) for passage in passages)
        return _Reading(report, codebook, trees, cast, scene, chains, gazetteer)

    def drafts(self, at: int) -> list[Draft]:
        """The mentions of one passage with all their values."""
        tree = self.trees[at]
        found = what.mentions(tree, self.codebook)
        counted = tolls(tree.text) if any(m.type in _DEADLY for m, _ in found) else []
        return [
            self._draft(at, mention, dict(because), _tolls_of(tree, mention, [m for m, _ in found], counted))
            for mention, because in found
        ]

    def _draft(self, at: int, mention: Mention, because: dict[str, str], counted: list[Toll]) -> Draft:
        tree = self.trees[at]
        word = tree.words[mention.word]
        draft = Draft(tree, mention, self._parties(tree, mention, "actor"), self._parties(tree, mention, "recipient"))
        for field, why in because.items():
            draft.reasons[field] = Sourced(word.start, word.end, why)
        self._place(draft)
        self._settle(draft)
        self._time(draft)
        self._source(draft, at)
        for toll in counted:
            setattr(draft, toll.kind, Count(low=toll.low, high=toll.high))
            start = tree.passage.start
            draft.reasons[toll.kind] = Sourced(start + toll.start, start + toll.end, "rule toll")
        return draft

    # ------------------------------------------------------------ who

    def _parties(self, tree: Tree, mention: Mention, kind: str) -> tuple[Party, ...]:
        arcs = [role for role in mention.roles if role.kind == kind]
        heads = frozenset(role.word for role in arcs)
        out: list[Party] = []
        for arc in arcs:
            for party in self._party(tree, arc, heads - {arc.word}):
                if not any(same.same_entity(party.entity, other.entity) for other in out):
                    out.append(party)
        return tuple(out)

    def _party(self, tree: Tree, arc: Role, others: frozenset[int]) -> list[Party]:
        start, end = tree.span(*tree.party(arc.word, others))
        spans = [(start, end, f"model {arc.score:.2f}" if arc.score else "rule parse")]
        antecedents = self.chains.antecedents(start, end)
        if antecedents:
            spans = [(a.start, a.end, a.because) for a in antecedents]
        out = []
        for start, end, because in spans:
            known = identify(self.report.text[start:end], self.cast)
            out.append(Party(known.entity, start, end, (("", because), *known.because)))
        return out

    # ------------------------------------------------------------ where

    def _place(self, draft: Draft) -> None:
        tree, found = draft.tree, []
        for arc in draft.mention.roles:
            if arc.kind != "place":
                continue
            start, end = tree.span(*tree.phrase(arc.word))
            located = locate(self.report.text[start:end], self.scene, self.gazetteer)
            if located:
                found.append((located, Sourced(start, end, f"model {arc.score:.2f}; {located.because}")))
        if found:
            best, draft.reasons["place"] = min(found, key=lambda pair: FINENESS.index(pair[0].place.precision))
            draft.place = best.place

    def carry_places(self, drafts: Sequence[Draft]) -> None:
        """Material events that name no place of their own happened where the report last was."""
        for at, draft in enumerate(drafts):
            if draft.place or not self.codebook.types[draft.mention.type].quad.startswith("material"):
                continue
            near = _nearest(drafts, at)
            if near and near.place:
                source = near.reasons["place"]
                draft.place = near.place
                self._settle(draft)
                draft.reasons["place"] = Sourced(
                    source.start, source.end, f"rule carried from sentence {near.index + 1}"
                )

    def _settle(self, draft: Draft) -> None:
        """Whose country was only guessed from the whole report belongs to the country of the event's own place."""
        country = draft.place.country if draft.place else None
        if country is None:
            return
        for kind in ("actors", "recipients"):
            setattr(draft, kind, tuple(_settled(party, country) for party in getattr(draft, kind)))

    # ------------------------------------------------------------ when

    def _time(self, draft: Draft) -> None:
        tree, arcs = draft.tree, [role for role in draft.mention.roles if role.kind == "time"]
        if not arcs:
            return
        expressions = when.find(tree.text)
        base = tree.passage.start
        for arc in sorted(arcs, key=lambda role: -role.score):
            word = tree.words[arc.word]
            start, end = tree.span(*tree.phrase(arc.word))
            covering = [e for e in expressions if base + e.start < word.end and base + e.end > word.start]
            if covering:
                start, end = base + covering[0].start, base + covering[0].end
            resolved = when.resolve(self.report.text[start:end], self.report.written, tree.tense(draft.mention.word))
            if resolved:
                draft.time = resolved.period
                draft.reasons["time"] = Sourced(start, end, f"rule {resolved.rule}")
                return

    # ------------------------------------------------------------ who says so

    def _source(self, draft: Draft, at: int) -> None:
        speaker = voice.speaker(self.trees, at, draft.mention)
        if speaker is None:
            return
        tree = self.trees[speaker.passage]
        start, end = tree.span(*tree.party(speaker.word))
        antecedents = self.chains.antecedents(start, end)
        if antecedents:
            start, end = antecedents[0].start, antecedents[0].end
        words = self.report.text[start:end]
        entity = identify(words, self.cast).entity
        draft.attributed_to = entity.name if entity.actor or tree.words[speaker.word].upos == "PROPN" else words
        draft.reasons["attributed_to"] = Sourced(start, end, speaker.because)


def _settled(party: Party, country: str) -> Party:
    guessed = any(field == "country" and why.startswith("scene") for field, why in party.because)
    unsaid = party.entity.country is None and party.entity.sector in _LOCAL
    if not (guessed or unsaid):
        return party
    because = [pair for pair in party.because if pair[0] != "country"]
    entity = msgspec.structs.replace(party.entity, country=country)
    return Party(entity, party.start, party.end, (*because, ("country", "rule country of the place")))


def _nearest(drafts: Sequence[Draft], at: int) -> Draft | None:
    """The draft with a place of its own that stands nearest: before, else after."""
    for near in [*reversed(drafts[:at]), *drafts[at + 1 :]]:
        if near.place and not near.reasons["place"].because.startswith("rule carried"):
            return near
    return None


def _tolls_of(tree: Tree, mention: Mention, all_: Sequence[Mention], counted: Iterable[Toll]) -> list[Toll]:
    """The tolls nearest to this mention among the violent mentions of its passage."""
    violent = [m for m in all_ if m.type in _DEADLY]
    if mention not in violent:
        return []
    base = tree.passage.start
    distance = lambda m, toll: abs(tree.words[m.word].start - base - toll.start)  # noqa: E731
    return [toll for toll in counted if min(violent, key=lambda m: distance(m, toll)) is mention]


def _claim(report: Report, cluster: Sequence[Draft]) -> Claim:
    """One claim of the mentions of one event: the first gives type and trigger, the others fill in."""
    lead = cluster[0]
    start, end = lead.trigger
    digest = hashlib.sha256(f"{lead.mention.type} {start} {end}".encode()).hexdigest()[:6]
    actors, recipients = _union(cluster, "actors"), _union(cluster, "recipients")
    values: dict[str, Draft | None] = {
        "place": _first(sorted((d for d in cluster if d.place), key=_place_rank)),
        "time": _first(sorted((d for d in cluster if d.time), key=_time_rank)),
        "killed": _first(d for d in cluster if d.killed),
        "injured": _first(d for d in cluster if d.injured),
    }
    evidence = [Evidence(field="trigger", because=lead.reasons["type"].because, start=start, end=end)]
    for field in ("type", "mode", "status", "attributed_to"):
        if field in lead.reasons:
            evidence.append(_evidence(field, lead.reasons[field]))
    evidence += party_evidence("actors", actors) + party_evidence("recipients", recipients)
    evidence += [_evidence(field, draft.reasons[field]) for field, draft in values.items() if draft]
    evidence += [
        Evidence(field=f"mentions[{i}]", because=d.reasons["same"].because, start=d.trigger[0], end=d.trigger[1])
        for i, d in enumerate(cluster)
        if "same" in d.reasons
    ]
    get = lambda field: getattr(values[field], field) if values[field] else None  # noqa: E731
    return Claim(
        id=f"{report.id}.{digest}",
        report=report.id,
        type=lead.mention.type,
        mode=lead.mention.mode,
        status=Status(lead.mention.status),
        trigger=Span(start=start, end=end),
        mentions=tuple(dict.fromkeys(Span(start=d.tree.passage.start, end=d.tree.passage.end) for d in cluster)),
        actors=tuple(p.entity for p in actors),
        recipients=tuple(p.entity for p in recipients),
        place=get("place"),
        time=get("time"),
        attributed_to=lead.attributed_to,
        killed=get("killed"),
        injured=get("injured"),
        evidence=tuple(evidence),
    )


def _evidence(field: str, source: Sourced) -> Evidence:
    return Evidence(field=field, because=source.because, start=source.start, end=source.end)


def _union(cluster: Sequence[Draft], kind: str) -> tuple[Party, ...]:
    out: list[Party] = []
    for draft in cluster:
        for party in getattr(draft, kind):
            if not any(same.same_entity(party.entity, other.entity) for other in out):
                out.append(party)
    return tuple(out)


def _first(drafts: Iterable[Draft]) -> Draft | None:
    return next(iter(drafts), None)


def _place_rank(draft: Draft) -> tuple[bool, int]:
    """Places of one's own before carried ones, finer before coarser."""
    place: Place | None = draft.place
    assert place is not None
    return draft.reasons["place"].because.startswith("rule carried"), FINENESS.index(place.precision)


def _time_rank(draft: Draft) -> int:
    assert draft.time is not None
    return (draft.time.end - draft.time.start).days
