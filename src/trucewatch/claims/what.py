"""Step 2, the events of a passage: the mentions of the language model, refined, added to and forbidden by rows of triggers.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from trucewatch.claims.manner import is_of_manner, of_manner
from trucewatch.claims.nested_events import COMMAND, Told, is_part
from trucewatch.claims.phrase import bare, listed, lists
from trucewatch.claims.role_reversal import is_taken, righted
from trucewatch.claims.said_of import is_held, parties_said
from trucewatch.claims.speech_acts import command, is_offered
from trucewatch.claims.tree import IF, Tree
from trucewatch.claims.truce_fates import with_fates
from trucewatch.claims.two_places import at_two_places
from trucewatch.codebook import Codebook, TriggerHit
from trucewatch.nouns import Mention, Role

Believed = tuple[Mention, TriggerHit | None]
"""A mention of the model's, and the row in whose words it stands."""

SURE = 0.62  # model score from which a mention stands without a trigger row
_THREAT = 0.5  # the same of a threat, and of what is denied
WITH_ROW = 0.2  # model score from which a mention stands that a refining row names as well
TOGETHER = 0.65  # sum of scores from which words of one type that hang together stand, where none does alone
MEDIATED = 0.5  # mode score from which talks are held to be mediated: "Iranian-Saudi talks" are below it
_WHAT = lists("what")
_YIELDS = frozenset({"RETREAT", "CONCEDE"})
_GRANTED = _YIELDS | {"AGREE", "SUPPORT", "AID", "COOPERATE", "CONSULT"}
_PROMISE = tuple(_WHAT.promise)
_PROMISED = {
    **dict.fromkeys(_YIELDS, ("CONCEDE", None)),
    "ASSAULT": ("THREATEN", "violence"),
    "COERCE": ("THREATEN", "restrict"),
    "SANCTION": ("THREATEN", "relations"),
}
"""What the promise of it is ..."""
_THREATS = {"arrest": "arrest", "deport": "expel", "expel": "expel"}
"""... and of these modes."""
_WILL = frozenset("will would shall".split())
_ADDS = frozenset({"add", "opinion"})
_SAID_AT_ONCE = frozenset({"REJECT", "THREATEN"})
"""Types of what is done when it is said ..."""
_YET = frozenset({"denied", "expected"})
"""... and statuses of what it says will be or not."""
_DENY = listed("status", "deny")
_WHEN = frozenset({"after", "amid", "during", "following"})
_RELATIVE = frozenset({"whom", "who", "which", "that"})


def mentions(tree: Tree, codebook: Codebook) -> list[Told]:
    """The event mentions of a passage in text order, each with the reasons for its type, mode and status."""
    hits = codebook.match_triggers([word.text for word in tree.words], [word.upos for word in tree.words])
    hits = [hit for hit in hits if is_held(tree, hit)]
    seen = [(mention, _row_over(mention, hits)) for mention in tree.passage.mentions]
    seen = [one for one in seen if not (_is_forbidden(tree, *one) or _is_denial(tree, *one))]
    weak = [(mention, hit) for mention, hit in seen if mention.type_score < _least(tree, mention, hit)]
    out = [_refined(tree, *one) for one in seen if one not in weak]
    for hit in hits:
        if hit.row.effect in _ADDS and not _is_told(tree, hit, out):
            out.append(_added(tree, hit, next((m for m, row in weak if row is hit and m.word == hit.word), None)))
    out = [of_manner(tree, one) for one in with_fates(tree, out)]
    out += _together(tree, weak, [mention for mention, _ in out])
    out = at_two_places(tree, out)
    out = _repelled(tree, [one._replace(mention=righted(tree, one.mention, codebook)) for one in out])
    out = _promised(tree, _commanded(tree, out, weak), weak)
    return sorted((one for one in out if not is_part(tree, one.mention, out)), key=lambda one: one.mention.word)


def _row_over(mention: Mention, hits: Sequence[TriggerHit]) -> TriggerHit | None:
    """The row in whose words a mention stands, first one that is of its very word."""
    over = (hit for hit in hits if hit.first <= mention.word <= hit.last)
    return min(over, key=lambda hit: hit.word != mention.word, default=None)


def _least(tree: Tree, mention: Mention, hit: TriggerHit | None) -> float:
    """The model's score from which a mention stands."""
    named = hit is not None and hit.word == mention.word
    told = named or is_of_manner(tree, mention) or is_offered(tree, mention)
    told = told or _harms_in_answer(tree, mention) or _is_object_denied(tree, mention)
    return WITH_ROW if told else _THREAT if mention.type == "THREATEN" or _is_denied(tree, mention) else SURE


def _harms_in_answer(tree: Tree, mention: Mention) -> bool:
    """Whether somebody answers by doing harm: "*responded* to army fire, killing two civilians"; not "with *air strikes*", which tell
    it."""
    word = mention.word
    answers = mention.type == "ASSAULT" and tree.form(word) in _WHAT.responds | _WHAT.avenges
    sure = [one.word for one in tree.events("ASSAULT", least=SURE) if tree.words[one.word].head == word]
    told = any(tree.case(one) == "with" or tree.words[one].deprel == "advcl" for one in sure)
    return answers and not told and tree.has(word, listed("turned", "harms"), "advcl")


def _is_denied(tree: Tree, mention: Mention) -> bool:
    """Whether somebody denies it, so that it is something: "denied that it had *armed* the rebels"."""
    return mention.status == "denied" and tree.hangs(mention.word, _DENY, "ccomp", "xcomp")


def _is_object_denied(tree: Tree, mention: Mention) -> bool:
    """Whether somebody denies it in a noun, which leaves nothing else to be told: "denies a *truce* with the rebels"."""
    denied = mention.type != "ASSAULT" and mention.status == "denied"
    return denied and tree.hangs(mention.word, _DENY, "obj")


def _is_denial(tree: Tree, mention: Mention, hit: TriggerHit | None) -> bool:
    """Whether it denies a deed, which is told with that status; the denial of a request or charge is an event, where a row says so."""
    denies = tree.form(mention.word) in _DENY and mention.type == "REJECT"
    return denies and not (hit and hit.row.type == "REJECT")


def _is_forbidden(tree: Tree, mention: Mention, hit: TriggerHit | None) -> bool:
    """Whether its row forbids it, or gives its type or status to another mention ("failed to reach a *deal*"); or it describes a
    place or a party."""
    if tree.is_held(mention.word) or _describes(tree, mention.word):
        return True
    if hit is None or hit.row.effect == "forbid":
        return hit is not None
    other = hit.row.status or (hit.row.type and hit.row.type != mention.type)
    return bool(other) and any(
        one.word == hit.word != mention.word and one.type_score >= WITH_ROW for one in tree.passage.mentions
    )


def _describes(tree: Tree, word: int) -> bool:
    """Whether a word only says which party is meant: "the Iranian-*backed* militia", "a *banned* group"."""
    called = tree.words[word].deprel == "amod" and tree.form(word) in _WHAT.called
    return called or tree.ends_compound(word, _WHAT.ties)


def _together(tree: Tree, weak: Sequence[Believed], told: Sequence[Mention]) -> Iterator[Told]:
    """The surest words of events over which the model parts its belief: between "killed" and "blast"."""
    told = list(told)
    weak = [pair for pair in weak if not _beside(tree, pair[0], told)]
    for mention, hit in sorted(weak, key=lambda pair: -pair[0].type_score):
        if _beside(tree, mention, told):
            continue
        others = _beside(tree, mention, [other for other, _ in weak])
        total = mention.type_score + sum(other.type_score for other in others)
        if total >= TOGETHER:
            told.append(mention)
            one = _refined(tree, mention, hit)
            shared = {} if hit else {"type": f"{one.because['type']} of {total:.2f}"}
            yield one._replace(because={**one.because, **shared})


def _beside(tree: Tree, mention: Mention, others: Iterable[Mention]) -> list[Mention]:
    """Those of its type not more than two steps away in the tree."""
    head = tree.words[mention.word].head

    def is_near(word: int) -> bool:
        """Whether a word is at most two steps away."""
        above = tree.words[word].head
        steps = {above, tree.words[above].head if above >= 0 else -1}
        return word == head or mention.word in steps or (head >= 0 and (above == head or tree.words[head].head == word))

    return [other for other in others if other.type == mention.type and other is not mention and is_near(other.word)]


def _is_told(tree: Tree, hit: TriggerHit, found: Sequence[Told]) -> bool:
    """Whether a mention tells of what a row adds: one within its words, but for other types in its gaps; the verb whose object it is
    ("exchanged *fire*"), or what it was lost or done in ("lost men in an *ambush*")."""
    words = {one.mention.word for one in found}
    alike = {one.mention.word for one in found if one.mention.type == hit.row.type}
    return (
        any(hit.first <= word <= hit.last for word in words)
        or any(hit.phrase[0] <= word <= hit.phrase[1] for word in alike)
        or any(tree.is_of(hit.word, word, "obj") or tree.is_of(word, hit.word, "obl") for word in alike)
    )


def _commanded(tree: Tree, told: Sequence[Told], weak: Sequence[Believed]) -> list[Told]:
    """With the demand that a command is, be the model sure of what is to be done or not: "'*Open* the crossings', she said"."""
    sure = {mention.word for mention, _ in told}
    unsure = {mention.word: mention for mention, _ in weak if mention.word not in sure}
    added = (_command(tree, mention) for mention in unsure.values())
    return [*(_command(tree, one.mention) or one for one in told), *filter(None, added)]


def _command(tree: Tree, mention: Mention) -> Told | None:
    """The demand that a mention is, where it is one."""
    demand = command(tree, mention)
    return None if demand is None else Told(demand, dict.fromkeys(("type", "mode", "status"), COMMAND))


def _promised(tree: Tree, told: Sequence[Told], weak: Sequence[Believed]) -> list[Told]:
    """With what is promised in the promise: to yield ("promised to *withdraw*") is a concession, to use force a threat, be the
    model sure of it or not."""
    agreed = {mention.word for mention, _ in told if mention.type == "AGREE"}
    sure = {mention.word for mention, _ in told}
    unsure = (mention for mention, _ in weak if mention.word not in sure and mention.type not in _YIELDS)
    promised = [mention for mention, _ in told] + [mention for mention in unsure if mention.type_score >= WITH_ROW]
    made = {by: mention for mention in promised if (by := _promise_of(tree, mention)) in agreed}
    return [
        _promise(one, made[one.mention.word]) if one.mention.word in made else one
        for one in told
        if _promise_of(tree, one.mention) not in made
    ]


def _promise(told: Told, content: Mention) -> Told:
    """A promise as what it is by what is promised."""
    type_, mode = _PROMISED[content.type]
    return told.told_as(type_, _THREATS.get(content.mode or "", mode), "rule what is promised")


def _promise_of(tree: Tree, mention: Mention) -> int | None:
    """The promise of which something yet to be done is what is promised."""
    word = tree.first_joined(mention.word)
    by = tree.words[word].head
    yet = mention.status in ("expected", "possible") and mention.type in _PROMISED
    content = "to" in (tree.mark(word), tree.case(word)) and tree.form(mention.word) not in _WHAT.end_or_discuss
    promise = tree.form(by).startswith(_PROMISE) and tree.child(by, "obj", "iobj") is None
    return by if yet and content and promise else None


def _refined(tree: Tree, mention: Mention, hit: TriggerHit | None) -> Told:
    """A mention with the type, mode and status that its row gives."""
    if mention.mode == "third-party" and mention.mode_score < MEDIATED:
        mention = msgspec.structs.replace(mention, mode=None)
    because = {
        "type": f"model {mention.type_score:.2f}",
        "mode": f"model {mention.mode_score:.2f}",
        "status": f"model {mention.status_score:.2f}",
    }
    if hit is None or _is_only_said(tree, mention, hit):
        return Told(mention, because)
    row = hit.row
    type_ = None if row.type == mention.type else row.type
    told = {"type": type_, "mode": row.mode, "status": _status(tree, hit)}
    given = {field: value for field, value in told.items() if value}
    change = {**({"mode": None} if type_ else {}), **_said_so(tree, mention, hit), **given}
    because |= dict.fromkeys(given, f"triggers.csv:{row.id}")
    return Told(msgspec.structs.replace(mention, **change), because)


def _said_so(tree: Tree, mention: Mention, hit: TriggerHit) -> dict[str, object]:
    """What becomes of a mention's roles and status, where a row makes another event of it."""
    row = hit.row
    if row.type == mention.type and row.effect not in _ADDS:
        return {}
    at_once = row.effect == "opinion" or (row.type in _SAID_AT_ONCE and mention.status in _YET)
    roles = tuple(parties_said(tree, hit, mention.roles))
    return {"roles": roles, "status": "happened"} if at_once else {"roles": roles}


def _is_only_said(tree: Tree, mention: Mention, hit: TriggerHit) -> bool:
    """Whether what a row takes for granted is refused ("would not *sign* the deal") or promised ("would *respect* the truce")."""
    refused = hit.row.type in _GRANTED and mention.type == "REJECT" and tree.is_negated(mention.word)
    promised = hit.row.type in ("RETREAT", "COOPERATE") and mention.type == "AGREE"
    return (refused or promised) and bool(tree.helpers(mention.word) & _WILL)


def _added(tree: Tree, hit: TriggerHit, seen: Mention | None) -> Told:
    """A mention that a row adds, with the roles of the model or the parse, but for the row's own words (the "calm" that prevailed)."""
    row, drawn = hit.row, parties_said(tree, hit, seen.roles if seen else parsed_roles(tree, hit.word))
    roles = tuple(role for role in drawn if not hit.first <= role.word <= hit.last)
    assert row.type is not None
    status = seen.status if seen and seen.type == row.type != "THREATEN" else "happened"
    mention = Mention(
        word=hit.word, type=row.type, type_score=0.0, mode=row.mode, mode_score=0.0,
        status=_status(tree, hit) or status, status_score=0.0, roles=roles,
    )  # fmt: skip
    return Told(mention, dict.fromkeys(("type", "mode", "status"), f"triggers.csv:{row.id}"))


def _status(tree: Tree, hit: TriggerHit) -> str | None:
    """What a row says of the status, unless its words are only a condition: "if the truce *collapses*"."""
    marks = (tree.child(word, "mark") for word in range(hit.phrase[0], hit.phrase[1] + 1))
    given = any(mark is not None and tree.form(mark) in IF for mark in marks)
    return None if given else hit.row.status


def _repelled(tree: Tree, told: Sequence[Told]) -> list[Told]:
    """Where an attack is "repelled", the attack alone: by those whose it was, on those who repel it."""
    of = {mention.word: mention for mention, _ in told}
    assaults = {
        mention.word: mention for mention in (*tree.passage.mentions, *of.values()) if mention.type == "ASSAULT"
    }
    verbs = {attack: word for word in range(len(tree.words)) if (attack := _attack(tree, word)) in assaults}
    attacks = {at: attack for attack, verb in verbs.items() for at in (verb, *_particles(tree, verb))}
    out = []
    for mention, because in told:
        if (attack := attacks.get(mention.word)) in of:
            continue
        if attack is not None:  # "repelled *the attack*" tells of no new one, so that the model is not sure of it
            mention = msgspec.structs.replace(assaults[attack], type_score=mention.type_score)
        if (verb := verbs.get(mention.word)) is not None:
            ours = [role for role in mention.roles if tree.words[role.word].head == verb]
            passive = tree.words[mention.word].deprel == "nsubj:pass"  # "repel raids *by rebels*"
            told_of = [*(of[verb].roles if verb in of else ()), *ours]
            mention = _on_defenders(mention, [one for one in told_of if passive or tree.case(one.word) != "by"])
        out.append(Told(mention, because))
    return out


def _on_defenders(mention: Mention, told: Sequence[Role]) -> Mention:
    """An attack on those who, as is told, act when it is repelled."""
    defenders = [msgspec.structs.replace(role, kind="recipient") for role in told if role.kind == "actor"]
    ours = {role.word for role in defenders}
    kept = (role for role in mention.roles if role.word not in ours and role.kind != "recipient")
    return msgspec.structs.replace(mention, roles=(*kept, *defenders)) if defenders else mention


def _attack(tree: Tree, word: int) -> int | None:
    """What a verb says to be repelled, or fought "off"; of "attacked and were *repelled*" the first verb."""
    if tree.form(word) in _WHAT.repel or (tree.form(word) in _WHAT.drive_back and _particles(tree, word)):
        own = tree.child(word, "obj", "nsubj:pass")
        if own is not None or not tree.is_passive(word):
            return own
        first = tree.first_joined(word)
        tried = tree.child(first, "xcomp")  # "tried to *storm* the town but were repelled"
        return first if tried is None else tried
    return next(iter(tree.hung(word, "off")), None) if tree.form(word) in _WHAT.drive_back else None


def _particles(tree: Tree, verb: int) -> list[int]:
    """ "back" and "off" with a verb."""
    return [kid for kid in tree.kids[verb] if tree.form(kid) in ("back", "off")]


def parsed_roles(tree: Tree, word: int) -> Sequence[Role]:
    """Subject, agent and object of a verb; of a noun the phrases with "by", "on", "against" and "with"."""
    kinds = ((kid, _parsed_kind(tree, word, kid)) for kid in tree.kids[word])
    return [Role(kind=kind, word=kid, score=0.0) for kid, kind in kinds if kind]


def _parsed_kind(tree: Tree, word: int, kid: int) -> str | None:
    """What a word that hangs on another is to its event by the parse."""
    deprel, case = tree.words[kid].deprel, tree.case(kid)
    if not case and (case := _opening(tree, word, kid)):
        deprel = "nmod"
    if deprel == "nmod:poss" and _is_suffered(tree, word):
        return None if tree.is_named(kid, "TIME") else "recipient"
    phrase = deprel in ("nmod", "obl")
    agent = "to" if is_taken(tree, word) else "by"
    if deprel == "nsubj" and tree.case(word) == "under":
        return "recipient"  # "*it* was under attack"
    if deprel == "nsubj" and tree.words[word].upos == "NOUN" and tree.form(kid) in _WHAT.share:
        return None  # "killed in the clashes, *most* of them in the town"
    if deprel in ("nsubj", "nmod:poss") or _is_agent(tree, kid) or (phrase and case == agent):
        return "actor"
    if deprel in ("obj", "nsubj:pass", "iobj") or (phrase and case in ("on", "against", "with", "to")):
        return "recipient"
    if phrase and case in ("in", "at", "near", "outside") and kid in tree.name_at:
        return "place"
    return None


def _is_suffered(tree: Tree, word: int) -> bool:
    """Whether a noun tells what becomes of whose it is: "his *arrest*", not "the army's *killing* of civilians"."""
    return bare(tree.words[word].text) in listed("things", "suffered") and not tree.hung(word, "of")


def _opening(tree: Tree, word: int, kid: int) -> str:
    """The preposition behind a word that opens its dependent, where the parse cuts a name: "strikes *on* Hay'at Tahrir al-Sham"."""
    opens = min(tree.under(kid)) == word + 1 and tree.words[word + 1].upos == "ADP"
    return tree.form(word + 1) if opens else ""


def agents(tree: Tree, word: int) -> Sequence[Role]:
    """Those by whom it is done, in so many words: "shelled *by the army*", "the *army*, which shelled"."""
    by = [kid for kid in tree.kids[word] if _is_agent(tree, kid)]
    if not by:
        by = [noun for noun in (who_does(tree, word), made_to(tree, word)) if noun is not None][:1]
    return [Role(kind="actor", word=kid, score=0.0) for kid in by]


def _is_agent(tree: Tree, word: int) -> bool:
    """Whether the parse says that somebody does it, and not only names a source ("according to") or on or from whom it is."""
    return tree.words[word].deprel == "obl:agent" and tree.case(word) not in ("", "according", "from", "on", "between")


def made_to(tree: Tree, word: int) -> int | None:
    """Whom somebody else makes do it, or accuses of it: "forcing *them* to withdraw", "accused *it* of arming rebels"."""
    mark, above = tree.mark(word), tree.words[word].head
    made = mark == "of" or (mark == "to" and tree.words[word].deprel == "xcomp")
    if not made or tree.words[above].upos != "VERB" or tree.is_passive(word):
        return None  # "forced them to be *evacuated*"
    if mark == "of" and tree.case((tree.child(word, "mark") or 0) - 1) in _WHEN:
        return None  # "took the town after days *of* fighting"
    own = tree.subject(word)
    other = tree.child(above, "obj") if own is None else own
    if other is not None and tree.form(other) in _RELATIVE and tree.form(above) in _WHAT.intends:
        return None  # "hostages *whom* they plan to free"
    return None if other is None or tree.form(other) in ("each", "other") else other  # "accused each *other* of it"


def who_does(tree: Tree, word: int) -> int | None:
    """The noun of which a relative clause tells that it does what the verb says."""
    word = tree.first_joined(word)
    subject = tree.child(word, "nsubj")
    if tree.words[word].deprel != "acl:relcl" or subject is None or tree.is_passive(word):
        return None
    suffers = tree.form(word) in listed("turned", "loses")  # "the *army*, which lost ten men"
    return tree.words[word].head if tree.form(subject) in ("which", "who", "that") and not suffers else None
