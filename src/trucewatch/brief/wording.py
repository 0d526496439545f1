"""The sentences of a brief, made from what was coded: plain, and no surer than the claims are."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from trucewatch.codebook import sources
from trucewatch.codebook.rows import MUTUAL
from trucewatch.english import Said, day, instead, joined, listed, said, some
from trucewatch.nouns import Account, Entity, Incident, Period, Status, Toll

DEEDS = Path(__file__).with_name("deeds.csv")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Also what turns the direction of the text that follows it: a name may not do that to the page."""
_ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_ARTICLE = re.compile(r"^(?:The|An?)\b")
_ISOLATE, _END = "\u2068", "\u2069"
_TO = {
    **dict.fromkeys(("AID", "SUPPORT"), "for"),
    **dict.fromkeys(("REQUEST", "CONCEDE"), "to"),
    **dict.fromkeys(("RETREAT", "REJECT", "MOBILIZE"), "concerning"),
}
"""What stands before those to whom a deed is done; else ``against``."""
VOICES = 3
"""Who is named as saying so, before the rest are counted."""
CITED = 12
"""Claims that are cited by id; the rest are counted."""
_REALITIES = {
    Status.HAPPENED: "according to {}",
    Status.ONGOING: "still going on, according to {}",
    Status.EXPECTED: "foreseen by {}",
    Status.POSSIBLE: "held to be possible by {}",
    Status.DENIED: "said by {} not to have happened",
}


def plain(text: str) -> str:
    """A name from a report on one line; one that runs from right to left is set apart, so that it turns nothing else."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    turns = any(unicodedata.bidirectional(character) in ("R", "AL") for character in line)
    return f"{_ISOLATE}{line}{_END}" if turns else line


def sentence(incident: Incident, accounts: Sequence[Account]) -> Said:
    """What is held to have happened, and who says so: when, where, the deed, by whom, against whom, the toll."""
    return instead(_english(incident, accounts), *_remarks(incident, accounts))


def _english(incident: Incident, accounts: Sequence[Account]) -> str:
    where = f", {plain(incident.place.name)}" if incident.place else ", place not told"
    tolls = ((incident.killed, "killed"), (incident.injured, "injured"))
    toll = "".join(f"; {figure(count, what)}" for count, what in tolls if count)
    told, against = _sides(incident, accounts)
    reality = _REALITIES[incident.status].format(voices(told))
    if against:
        reality += f", denied by {voices(against)}"
    return f"{period(incident.time)}{where}: {deed(incident)}{parties(incident)}{toll}; {reality}."


def _sides(incident: Incident, accounts: Sequence[Account]) -> tuple[list[Account], list[Account]]:
    """Those that tell of it, and those that deny it."""
    denied = incident.status is Status.DENIED
    against = [one for one in accounts if not denied and one.claim.status is Status.DENIED]
    return [one for one in accounts if one not in against], against


def _remarks(incident: Incident, accounts: Sequence[Account]) -> Iterator[Said]:
    """The same facts beside each other, for languages of which we have the words and no grammar."""
    place = said("{place}", place=plain(incident.place.name)) if incident.place else said("place unknown")
    yield joined(said("{when}", when=incident.time) if incident.time else said("day unknown"), place)
    yield _deed(incident)
    actors, others = (tuple(plain(one.name) for one in side) for side in (incident.actors, incident.recipients))
    if incident.type in MUTUAL and (actors or others):
        yield said("{who}", who=(*actors, *others))
    elif actors or others:
        yield said("{who} → {whom}" if others else "{who}", who=actors or said("?"), whom=others)
    for toll, what in ((incident.killed, "killed"), (incident.injured, "injured")):
        if toll:
            yield _toll(toll, what)
    if incident.status is not Status.HAPPENED:
        yield said("{status}", status=incident.status)
    told, against = _sides(incident, accounts)
    yield says(told)
    if against:
        yield said("denied by {outlet}", outlet=_tellers(against))


def _deed(incident: Incident) -> Said:
    """Type and mode: of an attack from the air the words for both."""
    kind = said(incident.type)
    return said("{type} ({mode})", type=kind, mode=said(incident.mode)) if incident.mode else kind


def _toll(toll: Toll, what: str) -> Said:
    if toll.low != toll.high:
        return said("{what}: {range}", what=said(what), range=f"{toll.low}–{toll.high}")
    return said("{n} killed", n=toll.low) if what == "killed" else said("{n} injured", n=toll.low)


def cited(incident: Incident, accounts: Sequence[Account]) -> str:
    """The same, and the ids of its claims."""
    ids = incident.claims
    more = f" and {len(ids) - CITED} more" if len(ids) > CITED else ""
    return f"{sentence(incident, accounts)} Claims: {', '.join(ids[:CITED])}{more}."


def deed(incident: Incident) -> str:
    """What was done, as a noun."""
    known = _deeds()
    return known.get((incident.type, incident.mode or "")) or known[incident.type, ""]


def parties(incident: Incident) -> str:
    """``by A against B``; ``between A and B`` for what nobody does alone."""
    actors, others = names(incident.actors), names(incident.recipients)
    if incident.type in MUTUAL:
        every = (*incident.actors, *incident.recipients)
        # Of whom nothing but a name is known may be what was talked about; two who are known are enough to talk.
        known = [one for one in every if one.actor or one.country or one.sector]
        both = names(known if len(known) > 1 else every)
        return f" between {both}" if " and " in both else f" of {both}" if both else ""
    to = _TO.get(incident.type, "against")
    return f"{f' by {actors}' if actors else ''}{f' {to} {others}' if others else ''}"


def names(entities: Iterable[Entity]) -> str:
    """``A, B and C``, each once."""
    return listed([plain(one.name) for one in entities])


def says(accounts: Sequence[Account]) -> Said:
    """Who says so, as a remark."""
    return said("says {who}", who=_tellers(accounts))


def _tellers(accounts: Sequence[Account]) -> Said:
    told = [
        said("{name} ({outlets})" if outlets else "{name}", name=name, outlets=tuple(outlets[:VOICES]))
        for name, outlets in _quoted(accounts)
    ]
    more = [said("and {n} more", n=len(told) - VOICES)] if len(told) > VOICES else []
    return joined(*(told or [said("outlet unknown")])[:VOICES], *more)


def voices(accounts: Sequence[Account]) -> str:
    """Who says so: whom the claims are attributed to, with the outlets where that is nobody by name; else their outlets."""
    told = [f"{name} quoted by {_first(outlets)}" if outlets else name for name, outlets in _quoted(accounts)]
    return _first(told) or "a report without an outlet"


def _quoted(accounts: Sequence[Account]) -> list[tuple[str, list[str]]]:
    """Who says so, with the outlets that have to be named with him."""
    quoted: dict[str, dict[str, None]] = {}
    for name, outlet in map(_voice, accounts):
        if name:
            quoted.setdefault(plain(name), {}).update({plain(outlet): None} if outlet else {})
    # Who is quoted comes last: a name behind the outlets would be read as one of them.
    return sorted(((name, list(outlets)) for name, outlets in quoted.items()), key=lambda pair: bool(pair[1]))


def _voice(account: Account) -> tuple[str | None, str | None]:
    """Who says so, and who quotes him where that has to be said."""
    name, outlet = account.claim.attributed_to, account.outlet
    if not name or not outlet or sources.named(name) is not None:
        return name or outlet, None
    return _ARTICLE.sub(lambda found: found[0].lower(), name), outlet


def _first(every: Sequence[str]) -> str:
    if len(every) > VOICES:
        return f"{', '.join(every[:VOICES])} and {some(len(every) - VOICES, 'other')}"
    return listed(every)


def period(when: Period | None) -> str:
    """``28 Sep 2021``, ``1 Sep 2021 to 21 Oct 2021``."""
    if when is None:
        return "Day not told"
    return day(when.start) if when.start == when.end else f"{day(when.start)} to {day(when.end)}"


def dated(text: str) -> str:
    """A sentence of the ledger with its days as the brief writes them: ``2021-09-28`` as ``28 Sep 2021``."""
    return _ISO.sub(lambda found: day(dt.date.fromisoformat(found[0])), text)


def figure(toll: Toll, what: str) -> str:
    """``3 killed``, ``2 to 5 killed``."""
    return f"{toll.low} {what}" if toll.low == toll.high else f"{toll.low} to {toll.high} {what}"


@functools.cache
def _deeds() -> dict[tuple[str, str], str]:
    with DEEDS.open(encoding="utf-8", newline="") as lines:
        return {(row["type"], row["mode"]): row["deed"] for row in csv.DictReader(lines)}
