"""A bundle of evidence: what is held to have happened, what it rests on and how that was made, in one zip to be kept.

The same desk gives the same bytes. Whole texts go in only where their licence note gives leave, or where they are
asked for.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import IO, NamedTuple

import msgspec

from trucewatch import derive, rulings, versions
from trucewatch.brief import Brief, Week, html, written
from trucewatch.desk import Desk, IncidentFilter, Mark
from trucewatch.errors import ChangedError, DeskError
from trucewatch.ledger import Held, held, inside
from trucewatch.nouns import Claim, Evidence, Incident, Noun, Period, Report, Span
from trucewatch.truces import Truce, Verdict

FORM = 1
"""Of the bundle; raised when what is in it changes."""
MANIFEST = "manifest.json"
README = "README.txt"
SUMS = "SHA256SUMS"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the zip: the first that a zip can tell, for its own making is no fact of the record."""

_FREE = re.compile(
    r"\bpublic domain\b|\bcc0\b|\bcc[ -]by\b|\bopen government licen[cs]e\b"
    r"|\bcreative commons attribution\b|creativecommons\.org/(?:publicdomain|licenses/by)",
    re.IGNORECASE,
)
_BUT = re.compile(
    r"\b(?:not|no|non|never|without|except|unless|only)\b|noncommercial|noderiv|[ -]n[cd]\b|all rights reserved",
    re.IGNORECASE,
)
"""Words by which a note that names a free licence may yet take something away: then it is taken as no leave."""


class Member(Noun):
    """What the manifest says of a file."""

    sha256: str
    bytes: int


class Manifest(Noun, omit_defaults=False):
    """What a bundle was asked for, what made it, and what is in it."""

    form: int
    asked: dict[str, str]
    counts: dict[str, int]
    texts: str
    """Which whole texts are in it."""
    made_by: dict[str, str]
    """Versions of the code, the tables, the model and the merging that made it."""
    coded_by: list[dict[str, str]]
    """Versions by which its claims were coded, each once."""
    desk: dict[str, int]
    """The newest coding and the newest judgement that were on the desk."""
    files: dict[str, Member]


class View(NamedTuple):
    """What a bundle is of."""

    asked: dict[str, str]
    """How it was asked for, as the manifest tells it: ``{"place": "Idlib", "since": "2021-09-01"}``."""
    incidents: tuple[Incident, ...]
    mark: Mark
    """How far the desk was before any of it was read."""
    truce: Truce | None = None
    ledger: Held | None = None
    """The truce's, at the end of its week, or of the day that was asked for."""
    brief: Brief | None = None


def of_ids(desk: Desk, ids: Sequence[str]) -> View:
    """Incidents by ids, which may be cut short. Raises DeskError where one is not there."""
    mark = _mark(desk)
    derive.catch_up(desk)
    found = {one.id: one for one in map(desk.incident, ids)}
    return View({"incidents": " ".join(found)}, tuple(found.values()), mark)


def of_filter(desk: Desk, wanted: IncidentFilter) -> View:
    """The incidents that fit."""
    mark = _mark(desk)
    derive.catch_up(desk)
    return View(_asked(wanted), tuple(desk.incidents(wanted)), mark)


def of_truce(desk: Desk, truce: Truce, wanted: IncidentFilter, as_of: dt.date, verdict: Verdict | None = None) -> View:
    """The incidents that fit and that a truce's ledger holds so against a clause at the end of a day, and their rows of it."""
    mark, ledger = _mark(desk), held(desk, truce, as_of)
    there = inside(ledger, verdict)
    found = tuple(one for one in desk.incidents(wanted) if one.id in there)
    return View(
        asked={"truce": truce.id, "as_of": f"{as_of}", **({"verdict": verdict} if verdict else {}), **_asked(wanted)},
        incidents=found,
        mark=mark,
        truce=truce,
        ledger=_only(ledger, {one.id for one in found}),
    )


def of_week(desk: Desk, truce: Truce, week: Week) -> View:
    """A truce's week: its brief, its ledger, and all incidents that either tells of. Raises BriefError."""
    mark = _mark(desk)
    page, ledger = written(desk, truce, week), held(desk, truce, week.days.last)
    told = {one.incident for one in page.happened}
    cited = {one.id for claim in page.cited for one in desk.incidents_of(claim.claim)}
    chosen = told | cited | {row.incident for row in ledger.breaches if _touches(row.time, week)}
    return View(
        asked={"truce": truce.id, "week": week.name},
        incidents=tuple(one for one in desk.incidents() if one.id in chosen),
        mark=mark,
        truce=truce,
        ledger=_only(ledger, chosen),
        brief=page,
    )


def allows_text(note: str | None) -> bool:
    """Whether the note names a licence under which anybody may hand on the whole text: public domain, CC0, BY, BY-SA."""
    return note is not None and _FREE.search(note) is not None and _BUT.search(note) is None


def write(file: IO[bytes], desk: Desk, view: View, *, with_texts: bool = False) -> str:
    """Write the bundle of a view; the SHA-256 of its manifest.

    Raises DeskError where there is nothing in view, and ChangedError where the desk has changed since it was looked at.
    """
    if not view.incidents:
        raise DeskError("no incident is asked for, or none is there: there is nothing to bundle")
    basis = _Basis(desk, view.incidents)
    if _mark(desk) != view.mark:
        raise ChangedError("the desk has changed while the bundle was made; do it again")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        members = _Members(archive)
        members.add(README, [resources.files("trucewatch.export").joinpath("bundle.txt").read_bytes()])
        for name, rows in basis.tables(view):
            members.add(name, (msgspec.json.encode(row) + b"\n" for row in rows))
        if view.brief is not None:
            members.add("brief.html", [html(view.brief).encode()])
        texts = [one for one in basis.reports if with_texts or allows_text(one.licence)]
        for report in texts:
            members.add(f"texts/{report.id}.txt", [report.text.encode()])
        members.add(SUMS, (f"{one.sha256}  {name}\n".encode() for name, one in list(members.files.items())))
        manifest = Manifest(
            form=FORM,
            asked=view.asked,
            counts=basis.counts | {"texts": len(texts)},
            texts="all" if with_texts else "where the licence note gives leave",
            made_by={**msgspec.to_builtins(versions.of_claims()), "merging": versions.of_incidents()},
            coded_by=basis.coded_by,
            desk={"codings": view.mark.coding, "judgements": view.mark.judgement},
            files=dict(members.files),
        )
        members.add(MANIFEST, [msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"])
    return members.files[MANIFEST].sha256


class _Members:
    """The files of a zip as they are added, each with its hash."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files: dict[str, Member] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a file, piece by piece."""
        info = zipfile.ZipInfo(name, _MOMENT)
        info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
        digest, size = hashlib.sha256(), 0
        with self._archive.open(info, "w") as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                size += len(piece)
        self.files[name] = Member(sha256=digest.hexdigest(), bytes=size)


class _Basis:
    """What incidents rest on: claims as coded and as judged, reports, stories, judgements, versions."""

    def __init__(self, desk: Desk, incidents: Sequence[Incident]) -> None:
        ids = [claim for one in incidents for claim in one.claims]
        wanted = set(ids)
        names = list(dict.fromkeys(claim.partition(".")[0] for claim in ids))
        with desk.deriving(write=False) as derived:
            reports = {report.id: report for _, report in derived.numbered(names)}
            codings = derived.codings(names)
            claims = derived.claims_by_coding([one.number for one in codings.values()])
            told_in = derived.stories_of(names)
        self.reports = [reports[name] for name in names]
        self._coded = [claim for name in names for claim in claims[codings[name].number] if claim.id in wanted]
        self._held = {claim.id: claim for claim in derive.as_judged(desk, self._coded)}
        self._versions = {name: codings[name].run.versions for name in names}
        self._stories = desk.stories_named(sorted({told_in[name] for name in names if name in told_in}))
        self._judgements = rulings.on(desk.judgements(), wanted)
        self._incidents = incidents

    @property
    def coded_by(self) -> list[dict[str, str]]:
        """The versions by which the claims were made, each once."""
        made: list[dict[str, str]] = [msgspec.to_builtins(one) for one in self._versions.values()]
        return [dict(one) for one in sorted({tuple(one.items()) for one in made})]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each there are."""
        return {
            "incidents": len(self._incidents),
            "claims": len(self._held),
            "reports": len(self.reports),
            "judgements": len(self._judgements),
        }

    def tables(self, view: View) -> Iterator[tuple[str, Iterable[object]]]:
        """The files of JSON lines, each with its rows."""
        yield "incidents.jsonl", view.incidents
        yield "claims.jsonl", map(self._claim, self._coded)
        texts = {report.id: report for report in self.reports}
        yield "passages.jsonl", (_passages(claim, texts[claim.report]) for claim in self._coded)
        yield "reports.jsonl", map(_report, self.reports)
        yield "stories.jsonl", self._stories
        yield "judgements.jsonl", self._judgements
        if view.truce is not None:
            yield "truce.jsonl", [view.truce]
        if view.ledger is not None:
            yield "ledger.jsonl", [*view.ledger.breaches, *view.ledger.performances]

    def _claim(self, coded: Claim) -> dict[str, object]:
        held = self._held.get(coded.id)
        row: dict[str, object] = {"claim": held, "coded_by": self._versions[coded.report]}
        return row if held == coded else row | {"as_coded": coded}


def _passages(claim: Claim, report: Report) -> dict[str, object]:
    """The sentences that a claim rests on, and the words behind each of its values, with their offsets in the report."""

    def quoted(at: Span) -> dict[str, object]:
        return {"start": at.start, "end": at.end, "text": report.text[at.start : at.end]}

    def why(one: Evidence) -> dict[str, object]:
        known: dict[str, object] = {"field": one.field, "because": one.because}
        whole = one.start is not None and one.end is not None
        return known | (quoted(Span(start=one.start or 0, end=one.end or 0)) if whole else {})

    return {
        "claim": claim.id,
        "report": report.id,
        "trigger": quoted(claim.trigger),
        "sentences": list(map(quoted, claim.mentions)),
        "values": list(map(why, claim.evidence)),
    }


def _report(report: Report) -> dict[str, object]:
    """A report without its texts, and without the path that it was read from, which is nobody's business."""
    kept: dict[str, object] = msgspec.to_builtins(report)
    for field in ("text", "boilerplate", "source"):
        kept.pop(field, None)
    text = report.text.encode()
    return kept | {"text_sha256": hashlib.sha256(text).hexdigest(), "text_characters": len(report.text)}


def _asked(wanted: IncidentFilter) -> dict[str, str]:
    return {name: f"{value}" for name, value in msgspec.structs.asdict(wanted).items() if value not in (None, False)}


def _only(ledger: Held, incidents: set[str]) -> Held:
    """A ledger without the rows of other incidents."""
    return msgspec.structs.replace(ledger, breaches=tuple(row for row in ledger.breaches if row.incident in incidents))


def _mark(desk: Desk) -> Mark:
    return desk.newest(versions.of_incidents())


def _touches(time: Period | None, week: Week) -> bool:
    return time is not None and time.start <= week.days.last and time.end >= week.days.first
