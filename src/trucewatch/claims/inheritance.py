"""Step 4, all events together: what one mention has of another: a line of a list its striker, a bare denial its deed; and in step 5
a condemnation whoever did it, what is said at talks their place and day.

Who "denied *it*", or *responsibility*, denies the deed told last, and so does who rejects "the *charge*"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from trucewatch.claims.draft import Draft, Party, Sourced
from trucewatch.claims.event_pairs import go_together, same_entity, same_word
from trucewatch.claims.phrase import listed
from trucewatch.claims.tree import CERTAIN
from trucewatch.codebook.rows import OF_STATES
from trucewatch.nouns import Entity

BEFORE = "rule line of a list"
NEXT = 3  # sentences from one line to the next, a heading between them
NEAR = 3  # passages back from a denial in which what is denied is looked for
_ROW = "triggers.csv:assault-denied-bare"
_BLAMELESS = frozenset({"AGREE", "CONCEDE", "CONSULT", "RETREAT", "SUPPORT"})
"""Types of what nobody has to deny a part in."""
_FIELDS = ("type", "mode", "status", "place", "time")
_CONTENT = ("acl", "ccomp", "nmod", "acl:relcl")
"""How the content of a charge hangs on its noun."""
_ANSWERS = {
    "ACCUSE": frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"}),
    "REJECT": frozenset({"ACCUSE", "REQUEST", "AGREE", "COERCE", "THREATEN"}),
}
"""By the type of an answer, the types of what it may answer."""
_BECAUSE = "rule whose deed it is"
_AT = frozenset({"at", "during"})
_POINTS = frozenset({"it", "this", "that"})
_AFTER = 3  # sentences after talks within which those who met said there what they say
_SAID = frozenset({"ACCUSE", "AGREE", "CONCEDE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
"""Types of what two may say together."""


def carry_parties(drafts: Sequence[Draft]) -> None:
    """In a list of events counted line by line, the earlier striker and the owner of earlier targets hold for lines without names."""
    last: Draft | None = None
    enemy: tuple[Party, ...] = ()
    for draft in drafts:
        if draft.mention.type != "ASSAULT" or not draft.number:
            continue
        goes_on = last is not None and draft.index - last.index <= NEXT and same_word(last, draft)
        if last and goes_on and all(map(_is_guessed, draft.actors)):
            draft.actors = _carried(last.actors)
            if all(_is_guessed(one) and (one.is_thing or one.entity.sector == "MIL") for one in draft.recipients):
                draft.recipients = _carried(enemy) or draft.recipients
        if draft.actors:
            last = draft
            enemy = tuple(one for one in draft.recipients if one.entity.actor) or (enemy if goes_on else ())


def _is_guessed(party: Party) -> bool:
    """Whether only where it was tells whose those are: "*jets* struck"."""
    return party.entity.actor is None and party.is_of_guessed_country


def _carried(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Those of an earlier line, of whom nobody is more than just sure here."""
    return tuple(replace(one, because=one.reasons_with("", BEFORE), score=min(one.score, CERTAIN)) for one in parties)


def with_deeds(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, a bare denial with the deed that it denies, and said by who denies it; without those that deny nothing told."""
    told: list[Draft] = []
    for draft in drafts:
        is_bare = draft.reasons["type"].because == _ROW
        deed = _deed(told, draft) if is_bare or _is_rebuttal(draft) else None
        told += [_dated(told, draft)] * (not is_bare) + ([_of(deed, draft)] if deed else [])
    return told


def _dated(before: Sequence[Draft], denial: Draft) -> Draft:
    """A denial that tells no time, of the time of the deed just told that is laid to who denies it: "denied that it *had fired*"."""
    if denial.mention.status != "denied" or denial.time is not None:
        return denial
    alike = (one for one in _near(before, denial) if one.mention.type == denial.mention.type and one.time)
    deeds = (one for one in alike if _is_laid_to(one, denial))
    there = denial.place and denial.place.name
    deed = next((one for one in deeds if there is None or one.place is None or one.place.name == there), None)
    if deed is None:
        return denial
    why = Sourced(*deed.trigger, f"rule denied, of sentence {deed.index + 1}", own=False)
    return replace(denial, time=deed.time, reasons={**denial.reasons, "time": why})


def _near(before: Sequence[Draft], denial: Draft) -> list[Draft]:
    """What was told near by before a denial, and is none itself, the last first."""
    return [one for one in reversed(before) if denial.index - one.index <= NEAR and one.mention.status != "denied"]


def _is_rebuttal(draft: Draft) -> bool:
    """Whether it rejects what was said and does not say what that was: "rejected the *allegations*", "called the *claim* false"."""
    tree, word = draft.tree, draft.mention.word
    if draft.mention.type != "REJECT" or draft.mention.status not in ("happened", "ongoing"):
        return False
    told = tree.child(word, "obj")
    if told is None or tree.words[told].upos == "PRON":
        told = tree.words[word].head if tree.words[word].deprel in ("acl", "acl:relcl") else None
    if told is None or tree.form(told) not in listed("status", "told_of") - listed("status", "offered"):
        return False
    return not any(tree.words[kid].deprel in _CONTENT and kid != word for kid in tree.kids[told])


def _deed(before: Sequence[Draft], denial: Draft) -> Draft | None:
    """What somebody denies: of the deeds told near by the last that is blamed on him; else the last by nobody who is known."""
    near = _near(before, denial)
    part = denial.tree.child(denial.mention.word, "obj")
    if part is not None and denial.tree.form(part) in listed(
        "status", "part"
    ):  # "denied any *involvement*": not in a truce
        near = [one for one in near if one.mention.type not in _BLAMELESS]
    ours = (one for one in near if one.mention.type not in _ANSWERS and _is_laid_to(one, denial))
    attacks = (one for one in near if denial.actors and one.mention.type == "ASSAULT")
    nobodys = (one for one in attacks if not any(map(_is_known, one.actors)))
    return next(ours, None) or next(nobodys, None)


def _is_known(doer: Party) -> bool:
    """Whether somebody is surely told to have done it who is no mere kind of people."""
    return doer.is_sure and bool(doer.entity.actor or doer.entity.sector in OF_STATES)


def _is_laid_to(deed: Draft, denial: Draft) -> bool:
    """Whether somebody did it who denies it, or another body of his state: "Pakistani forces", and then "Pakistan"."""
    return bool(_laid(deed, denial))


def _laid(deed: Draft, denial: Draft) -> list[Party]:
    """Who did it of those who deny it: of the army and the rebels, the rebels."""
    deniers = [one.entity for one in denial.actors]
    return [one for one in deed.actors if any(_are_one(one.entity, other) for other in deniers)]


def _are_one(one: Entity, other: Entity) -> bool:
    return same_entity(one, other) or (one.country is not None and go_together(one, other))


def _of(deed: Draft, denial: Draft) -> Draft:
    """A denial as one of a deed, of which it has all that it does not tell itself."""
    its_kind = {"type": deed.mention.type, "mode": deed.mention.mode, "status": "denied"}
    mention = msgspec.structs.replace(denial.mention, **its_kind)
    why = f"rule denied, of sentence {deed.index + 1}"
    its = {field: Sourced(*deed.trigger, why, own=False) for field in _FIELDS}
    if denial.attributed_to is None and denial.actors:
        by = denial.actors[0]
        denial = replace(denial, attributed_to=by.entity.name)
        its["attributed_to"] = Sourced(by.start, by.end, why)
    laid = _laid(deed, denial)  # "*Armenian forces* fired", which a ministry denies
    return replace(
        denial,
        mention=mention,
        actors=tuple(replace(one, because=one.reasons_with("", why)) for one in laid) if laid else denial.actors,
        recipients=deed.recipients,
        place=deed.place,
        time=deed.time,
        reasons={**denial.reasons, **its},
    )


def doers(cluster: Sequence[Draft], others: Sequence[tuple[Sequence[Draft], Sequence[Party]]]) -> tuple[Party, ...]:
    """Who did what the first mention of an event condemns or rejects, if it is its object, or what "it" means, told in the sentence
    before; ``others`` are events with their actors."""
    lead = cluster[0]
    tree, word, kinds = lead.tree, lead.mention.word, _ANSWERS.get(lead.mention.type, ())
    deeds = [
        (told, told.actors or actors) for mentions, actors in others for told in mentions if told.mention.type in kinds
    ]
    it = any(tree.form(kid) in _POINTS for kid in tree.kids[word] if tree.words[kid].deprel == "obj")
    found = [by for told, by in deeds if told.tree is tree and tree.is_of(told.mention.word, word, "obj")] or [
        by for told, by in deeds if it and lead.index - told.index == 1
    ]
    return tuple(replace(one, because=one.reasons_with("", _BECAUSE)) for one in found[-1]) if found else ()


def is_said_at(lead: Draft, talks: Sequence[Draft]) -> bool:
    """Whether something was said at talks: "*During the summit*, he praised", "rejected it *at the meeting*"."""
    within = (one.mention.word for one in talks if one.mention.type == "CONSULT" and one.tree is lead.tree)
    return any(lead.tree.words[at].head == lead.mention.word and lead.tree.case(at) in _AT for at in within)


def is_said_after(lead: Draft, talks: Sequence[Draft]) -> bool:
    """Whether something is said, and told with or soon after talks."""
    near = any(0 <= lead.index - one.index <= _AFTER for one in talks if one.mention.type == "CONSULT")
    return near and lead.mention.type in _SAID
