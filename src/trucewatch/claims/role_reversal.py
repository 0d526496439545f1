"""Step 2, the events: sides put right where grammar turns them round: the subject of "hit a mine" or "lost the town" suffers it;
the capital of "the Astana talks" is where they are held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from trucewatch.claims.phrase import listed, lists, plural
from trucewatch.claims.tree import CERTAIN, Tree, words_of
from trucewatch.codebook import Codebook
from trucewatch.nouns import Mention, Role

_STATUS = lists("status")
_TURNED = lists("turned")
FROM_AFAR = frozenset({"aerial", "drone", "heavy-weapons"})
"""Modes of what is struck from a distance."""
_IN = frozenset({"in", "during"})
SIDES = ("actor", "recipient")
"""Kinds of roles of those who take part."""


def righted(tree: Tree, mention: Mention, codebook: Codebook) -> Mention:
    """A mention with its parties as the words mean them."""
    mention = _without_own_losses(tree, mention)
    mention = _by_its_own_subject(tree, mention)
    mention = _by_who_rules_it_out(tree, mention)
    if mention.type == "ASSAULT":
        roles = [role for role in _of_violence(tree, mention) if not _hopes(tree, mention.word, role)]
        roles += _first_of_two(tree, mention.word, roles)
    else:
        roles = [_as(role, "place") if _is_seat(tree, role, codebook) else role for role in mention.roles]
    roles = [one for one in roles if not (_is_only_told(tree, mention, one) or _is_beside_truce(tree, mention, one))]
    if mention.type == "SANCTION":
        roles = _of_recall(tree, mention.word, roles, codebook)
    if turn := _TURNS.get(mention.type):
        roles = turn(tree, mention.word, roles)
    if mention.mode == "third-party" or _is_hosted(tree, mention):
        roles = [_of_mediation(tree, role) for role in roles if role.kind not in SIDES or tree.case(role.word) != "for"]
        roles += _between(tree, roles)
    for turn_one in _TURNS_OF_ONE.get(mention.type, ()):
        roles = [turn_one(tree, mention.word, role) for role in roles]
    return replace(mention, roles=tuple(roles))


def _by_its_own_subject(tree: Tree, mention: Mention) -> Mention:
    """A mention by "it", its verb's subject, where arcs lead to many who act in a clause beside: "said that *rebels* had come and
    that it had fired"."""
    word, subject = mention.word, tree.child(mention.word, "nsubj")
    if subject is None or tree.form(subject) != "it":
        return mention
    others = {doer for doer in words_of(mention, "actor") if _acts_beside(tree, doer, word)}
    if not others:
        return mention
    under = {*tree.under(word)}
    roles = (role for role in mention.roles if role.kind != "recipient" or role.word in under)
    return replace(mention, roles=tuple(replace(r, word=subject) if r.word in others else r for r in roles))


def _by_who_rules_it_out(tree: Tree, mention: Mention) -> Mention:
    """A deed of those alone who say that they will not do it, and of nobody told of before it: "the *premier* blamed Iran, but ruled
    out strikes"."""
    word = mention.word
    verb = tree.words[word].head
    ruled = verb >= 0 and tree.form(verb) in _STATUS.rule_out and tree.form(verb + 1) == "out"
    by = tree.child(tree.acting(verb), "nsubj") if ruled and tree.words[word].deprel in ("obj", "xcomp") else None
    if (
        by is None
        or by > verb
        or tree.is_negated(verb)
        or mention.type not in ("ASSAULT", "COERCE", "MOBILIZE", "SANCTION")
    ):
        return mention
    under = tree.under(word)
    roles = tuple(role for role in mention.roles if role.kind not in SIDES or role.word in under)
    own = any(role.kind == "actor" for role in roles)
    return replace(mention, roles=roles if own else (*roles, Role(kind="actor", word=by, score=CERTAIN)))


def _first_of_two(tree: Tree, word: int, roles: Sequence[Role]) -> Iterator[Role]:
    """The first of two, where the model has the second alone for who fought: "*X* and Y agreed on a truce after fighting broke out"."""
    told = {role.word for role in roles}
    for role in roles if tree.form(word) in listed("again", "clashes") else ():
        first = tree.words[role.word].head
        if role.kind == "actor" and tree.words[role.word].deprel == "conj" and first not in told:
            yield replace(role, word=first)


def _acts_beside(tree: Tree, word: int, verb: int) -> bool:
    """Whether a word for many is the subject of a clause beside that of a verb, or over it."""
    one = tree.words[word]
    beside = one.head != verb and tree.words[verb].head in (one.head, tree.words[one.head].head)
    return one.deprel == "nsubj" and beside and plural(one.text)


def _of_violence(tree: Tree, mention: Mention) -> list[Role]:
    """The roles where whoever meets a mine, loses a town or loses men suffers it, and whoever denies a deed speaks of it."""
    word = mention.word
    if tree.form(word) in _STATUS.deny:  # whose deed it is said to be says that it was not his
        doers = [role for role in mention.roles if role.kind == "actor"] or [*_subject(tree, word)]
        return list(dict.fromkeys((*mention.roles, *doers, *(_as(role, "says") for role in doers))))
    if mines := _mines(tree, word):
        return [
            _as(role, "recipient") if role.kind == "actor" else role for role in mention.roles if role.word not in mines
        ]
    if takers := _takers(tree, mention):
        roles = [role for role in mention.roles if role.kind not in SIDES]
        roles += [Role(kind="actor", word=taker, score=score) for taker, score in takers.items()]
        roles += [_as(role, "recipient") for role in mention.roles if role.kind == "actor" and loses(tree, role.word)]
        return roles
    if is_taken(tree, word) and tree.child(word, "nsubj:pass") is not None:  # nobody says who took what "was *lost*"
        return [role for role in mention.roles if role.kind != "actor"]
    if (its := _of_whom_hears(tree, word)) is not None:
        said = [role for role in mention.roles if role.kind not in SIDES]
        return [*said, Role(kind="actor", word=its, score=CERTAIN)]
    called = (
        tree.words[word].head if tree.words[word].deprel == "nsubj" else word
    )  # "said the *strike* was a violation"
    speak = {role.word for role in mention.roles if role.kind == "says" and tree.form(called) in _TURNED.breaches}
    roles = [one for one in mention.roles if one.kind != "actor" or one.word not in speak]
    roles = [role for role in roles if not (_flees(tree, role, word) or _is_direction(tree, role, word))]
    roles = _of_fallen(tree, mention, roles)
    if mention.mode in FROM_AFAR:
        roles = [_as(role, "recipient") if _retreats(tree, role, word) else role for role in roles]
    return [replace(role, kind="actor", score=1.0) if _is_of_posts(tree, role, word) else role for role in roles]


def _of_whom_hears(tree: Tree, word: int) -> int | None:
    """The pronoun for who is told that he broke a truce: "France told Israel that *it* had breached the truce"."""
    subject = tree.child(word, "nsubj")
    told = tree.form(word) in listed("again", "broke") and tree.words[word].deprel == "ccomp"
    hears = told and tree.child(tree.words[word].head, "iobj", "obj") is not None
    return subject if hears and subject is not None and tree.words[subject].upos == "PRON" else None


def _of_fallen(tree: Tree, mention: Mention, roles: Sequence[Role]) -> list[Role]:
    """The roles where somebody was hurt in fighting "with" others, which these have done: "killed in battles with the *rebels*"."""
    word, verb = mention.word, tree.words[mention.word].head
    hurt = tree.subject(verb) if tree.hangs(word, _TURNED.harms, "obl", "advcl") else None
    foes = {at for foe in tree.hung(verb, "with") for at in tree.under(foe)}
    foes |= tree.under(word) if tree.hung(word, "with") else set()
    suffer = [words_of(one, "recipient") for one in tree.events("ASSAULT") if one.word in (word, verb)]
    fell = hurt is not None and {tree.case(word), tree.mark(word)} & _IN and any(hurt in words for words in suffer)
    if hurt is None or not fell or not foes:
        return [*roles]
    kinds = {**dict.fromkeys(foes, "actor"), **dict.fromkeys(tree.under(hurt), "recipient")}
    told = [_as(role, kinds.get(role.word, role.kind)) if role.kind in SIDES else role for role in roles]
    fallen = any(role.kind == "recipient" and role.word == hurt for role in told)
    return told if fallen else [*told, Role(kind="recipient", word=hurt, score=CERTAIN)]


def _subject(tree: Tree, word: int) -> Iterator[Role]:
    """The subject of a verb, or of that which it is joined to, where the model has none: "*rebels* condemned it and denied it"."""
    subject = tree.child(tree.acting(word), "nsubj")
    if subject is not None:
        yield Role(kind="actor", word=subject, score=CERTAIN)


def _beside(tree: Tree, word: int, role: Role) -> Role:
    """Those "alongside" whom, or "in concert with" whom, somebody attacks or patrols do so, too."""
    case = tree.child(role.word, "case")
    if role.kind != "recipient" or case is None:
        return role
    jointly = tree.form(case) == "with" and tree.form(case - 1) in _TURNED.jointly
    return _as(role, "actor") if jointly or tree.form(case) in ("alongside", "beside") else role


def _is_of_posts(tree: Tree, role: Role, word: int) -> bool:
    """Whether those are meant from whose positions it was done: "shelling *from the positions* of the group"."""
    return role.kind in SIDES and any(tree.form(at) in _TURNED.whence for at in _from_where(tree, role, word))


def _is_direction(tree: Tree, role: Role, word: int) -> bool:
    """Whether an arc leads to where shots came from, which tells of nobody: "shots *from the direction of* a Russian checkpoint"."""
    return role.kind == "actor" and any(tree.form(at) == "direction" for at in _from_where(tree, role, word))


def _from_where(tree: Tree, role: Role, word: int) -> Iterator[int]:
    """The words "from" which an event comes, with whoever is on a side, or over his word."""
    beyond = {*tree.path(word)}
    within = (at for at in tree.path(role.word) if at not in beyond)
    return (at for at in within if tree.case(at) == "from")


def _flees(tree: Tree, role: Role, word: int) -> bool:
    """Whether it is said of who would have done it that they flee from it: "thousands of *Kurds* fled the fighting"; who fled after
    clashes *with* others has fought them."""
    verb = tree.words[word].head
    of_them = tree.words[role.word].head == verb or tree.words[verb].head == role.word
    fought = tree.case(word) == "after" and role.score >= CERTAIN and tree.hung(word, "with")
    return role.kind == "actor" and of_them and tree.hangs(word, _TURNED.flees, "obj", "obl") and not fought


def _retreats(tree: Tree, role: Role, word: int) -> bool:
    """Whether the would-be actor retreats from what strikes from afar: "the *militants* withdrew after heavy air strikes"."""
    first = tree.first_joined(word)
    verb, case = tree.words[first].head, tree.case(first)
    cases = {tree.case(kid) for kid in tree.kids[verb]} if case == "of" else {case}  # "after days *of* strikes"
    driven = tree.form(verb) in _TURNED.retreats and not cases.isdisjoint(_TURNED.driven_by)
    return role.kind == "actor" and tree.is_of(role.word, verb, "nsubj") and driven


def _of_rally(tree: Tree, word: int, roles: Sequence[Role]) -> list[Role]:
    """The roles with the body whose rally it is, where the model surely has nobody: "a bomb at a rally of *Hamas*"."""
    known = any(role.kind == "actor" and role.score >= CERTAIN for role in roles)
    names = [] if known else [at for at in tree.hung(word, "of") if tree.words[at].upos == "PROPN"]
    bodies = (Role(kind="actor", word=at, score=CERTAIN) for at in names if not tree.is_named(at, "LOC", "TIME"))
    return [*roles, *bodies]


def _of_blame(tree: Tree, word: int, roles: Sequence[Role]) -> list[Role]:
    """The roles where something is blamed "on" somebody, who is blamed and nobody else: "a bomb *blamed* on rebels killed two men";
    and where a deed is called one, which is nobody: "called *it* a violation"."""
    blamed = tree.hung(word, "on") if tree.form(word) in _TURNED.blames else []
    if not blamed:
        called = (*tree.hung(word, "as"), *tree.children(word, "xcomp"))
        is_deed = any(tree.form(at) in _TURNED.deeds for at in called)
        it = {role.word for role in roles if is_deed and tree.form(role.word) in ("it", "this", "that")}
        return [role for role in roles if role.kind != "recipient" or role.word not in it]
    others = [role for role in roles if role.kind != "recipient" and role.word not in blamed]
    return [*others, *(Role(kind="recipient", word=at, score=CERTAIN) for at in blamed)]


def _of_recall(tree: Tree, word: int, roles: Sequence[Role], codebook: Codebook) -> list[Role]:
    """The roles where a state recalls its envoy from another, to whom that is done: "*recalled* its ambassador from Caracas"."""
    envoy = tree.child(word, "obj") if tree.form(word) in _TURNED.recalls else None
    role = codebook.find_role(tree.form(envoy)) if envoy is not None else None
    if envoy is None or role is None or role.id != "ambassador" or tree.child(envoy, "nmod:poss") is None:
        return [*roles]
    states = [at for above in (word, envoy) for at in tree.hung(above, "from", "to", "in")]
    others = [one for one in roles if one.kind != "recipient"]
    return [*others, *(Role(kind="recipient", word=at, score=CERTAIN) for at in states)] if states else [*roles]


def _of_help(tree: Tree, word: int, roles: Sequence[Role]) -> list[Role]:
    """The roles where somebody does something "with the help" of another, who helps him and nobody else: "police fired on a crowd with
    the *support* of troops"."""
    doer = tree.child(tree.acting(tree.words[word].head), "nsubj") if tree.case(word) == "with" else None
    helpers = {role.word for role in roles if role.kind == "actor"} & tree.under(word)
    if doer is None or tree.words[doer].upos == "PRON" or not helpers:
        return [*roles]
    return [*(role for role in roles if role.kind != "recipient"), Role(kind="recipient", word=doer, score=CERTAIN)]


def _of_request(tree: Tree, word: int, role: Role) -> Role:
    """An unsure arc to whom he is to ask who is asked leads to him: "urged *him* to press the regime"."""
    asked, told = tree.child(word, "obj"), tree.child(word, "xcomp")
    if asked is None or told is None or tree.words[asked].upos != "PRON" or role.score >= CERTAIN:
        return role
    return replace(role, word=asked) if role.kind == "recipient" and role.word in tree.under(told) else role


def _is_hosted(tree: Tree, mention: Mention) -> bool:
    """Whether somebody holds talks for others: "Qatar hosted *talks* between Hamas and Fatah"."""
    return mention.type == "CONSULT" and tree.hangs(mention.word, _TURNED.hosts, "obj")


def _of_mediation(tree: Tree, role: Role) -> Role:
    """Those "between" whom somebody mediates are the sides: "a deal brokered between the *government* and rebels"."""
    return _as(role, "recipient") if role.kind == "actor" and tree.case(role.word) == "between" else role


def _of_sending(tree: Tree, word: int, role: Role) -> Role:
    """Whoever sends others acts, and not they: "said that *it* had sent fighters to the front"."""
    sender, sent = tree.child(word, "nsubj"), role.kind == "actor" and tree.is_of(role.word, word, "obj")
    return role if sender is None or not sent else replace(role, word=sender)


def _between(tree: Tree, roles: Sequence[Role]) -> Iterator[Role]:
    """The first side, where the model has an arc to the other alone: "brokered between the *government* and the rebels"."""
    told = {role.word for role in roles}
    for role in roles:
        joined = tree.form(tree.phrase(role.word)[0] - 1) == "and" or tree.has(role.word, {"and"}, "cc")
        if role.kind == "recipient" and joined:
            yield from (
                replace(role, word=at) for at in range(role.word) if tree.case(at) == "between" and at not in told
            )


def _is_only_told(tree: Tree, mention: Mention, role: Role) -> bool:
    """Whether the would-be actor is only told of it by who does it: "the government notified *Norway* that it was withdrawing"."""
    word = tree.words[mention.word]
    told = role.kind == "actor" and word.deprel == "ccomp" and tree.is_of(role.word, word.head, "obj", "iobj")
    return told and tree.child(word.head, "nsubj") in words_of(mention, "actor")


def _of_passive(tree: Tree, word: int, role: Role) -> Role:
    """The subject of a passive, to whom the model has an arc as who does it, suffers it: "denied that its *troops* were surrounded"."""
    done_to = role.kind == "actor" and tree.is_of(role.word, word, "nsubj:pass") and tree.is_passive(word)
    return _as(role, "recipient") if done_to else role


def _of_handover(tree: Tree, word: int, role: Role) -> Role:
    """A role where captives are released: by those "from" whom they are had, to those who "received" them; and where somebody
    "*accepted* the resignation" of another."""
    if role.kind not in SIDES:
        return role
    of_verb = tree.words[role.word].head == tree.words[word].head
    accepts = of_verb and tree.hangs(word, _TURNED.accepts, "obj")
    receives, case = accepts or tree.form(word) in _TURNED.receives, tree.case(role.word)
    if receives and case == "from":
        return _as(role, "actor")
    given = case == "to" and tree.words[role.word].head == word
    return _as(role, "recipient") if receives or given else role


def _hopes(tree: Tree, word: int, role: Role) -> bool:
    """Whether the would-be actor only hopes what becomes of it: "*Germany* hoped that the fighting would stop"."""
    clauses = (at for at in tree.path(word) if tree.words[at].deprel == "ccomp")
    hoped = next((at for at in clauses if tree.form(tree.words[at].head) in _TURNED.hopes), None)
    return role.kind == "actor" and hoped is not None and role.word not in tree.under(hoped)


def _is_beside_truce(tree: Tree, mention: Mention, role: Role) -> bool:
    """Whether a party does what was done after or before a truce began, and not that: "*rebels* fired after the truce began"."""
    verb = tree.words[mention.word].head
    aside = tree.words[mention.word].deprel.startswith("nsubj") and tree.words[verb].deprel == "advcl"
    return mention.type == "RETREAT" and aside and role.kind in SIDES and role.word not in tree.under(verb)


def _as(role: Role, kind: str) -> Role:
    """A role of another kind: who was the actor as the recipient."""
    return replace(role, kind=kind)


def _is_seat(tree: Tree, role: Role, codebook: Codebook) -> bool:
    """Whether a party is a capital alone before what is held there; "the Moscow-Ankara talks" have two parties."""
    word, held = tree.words[role.word], role.word + 1
    before = role.kind in SIDES and (word.deprel, word.head) == ("compound", held) and tree.form(held) in _TURNED.talks
    country = codebook.find_country(word.text) if before and tree.form(role.word - 1) != "-" else None
    return country is not None and country.kind == "capital"


def _mines(tree: Tree, word: int) -> set[int]:
    """What somebody "hit" or "stepped on"."""
    met = (*tree.children(word, "obj"), *tree.hung(word, "on", "over")) if tree.form(word) in _TURNED.meets else ()
    return {kid for kid in met if tree.form(kid) in _TURNED.mines}


def is_taken(tree: Tree, word: int) -> bool:
    """Whether an event is told by what "fell" or was "lost": who took it is whom "to" leads to."""
    return tree.form(word) in _TURNED.falls | _TURNED.loses


def _takers(tree: Tree, mention: Mention) -> dict[int, float]:
    """To whom something "fell" or was "lost", by how sure the model is that they take part."""
    if not is_taken(tree, mention.word):
        return {}
    scores: dict[int, float] = {}
    for role in mention.roles:
        if role.kind in SIDES and tree.case(role.word) == "to":
            scores[role.word] = max(role.score, scores.get(role.word, 0.0))
    return scores


def loses(tree: Tree, word: int) -> bool:
    """Whether a word is the subject of "lost": who suffers it, and no place that is struck."""
    return tree.hangs(word, _TURNED.loses, "nsubj")


def _without_own_losses(tree: Tree, mention: Mention) -> Mention:
    """A mention without those whom its doer lost himself, who has suffered it where he fights with nobody that is named: "the *army*
    lost 14 soldiers in the battle", "*rebels*, who lost 14 men in the battle, fled"."""
    lost = {role.word: losers for role in mention.roles if (losers := _losers(tree, mention, role))}
    roles = [role for role in mention.roles if role.kind != "recipient" or role.word not in lost]
    fights = any(tree.words[word].head in tree.path(mention.word) for word in lost)
    if mention.type == "ASSAULT" and fights and not any(role.kind == "recipient" for role in roles):
        roles = [_as(role, "recipient") if role.word in set().union(*lost.values()) else role for role in roles]
    return replace(mention, roles=tuple(roles))


def _losers(tree: Tree, mention: Mention, role: Role) -> set[int]:
    """Who does it and has lost those to whom it is done."""
    verb = tree.words[role.word].head
    if role.kind != "recipient" or not tree.hangs(role.word, _TURNED.loses, "obj"):
        return set()
    of_whom = tree.words[verb].head if tree.words[verb].deprel == "acl:relcl" else None
    doers, loser = words_of(mention, "actor"), tree.child(verb, "nsubj")
    if verb == mention.word and loser is not None and tree.words[loser].upos == "PRON" and loser not in doers:
        return doers  # "the *rebels* said that they had lost four men"
    return doers & {loser, of_whom}


_TURNS: Mapping[str, Callable[[Tree, int, Sequence[Role]], list[Role]]] = {
    "ACCUSE": _of_blame,
    "AID": _of_help,
    "PROTEST": _of_rally,
}
"""What becomes of the roles of an event of a type, given its word."""
_TURNS_OF_ONE: Mapping[str, Sequence[Callable[[Tree, int, Role], Role]]] = {
    "ASSAULT": (_beside, _of_passive),
    "COERCE": (_beside, _of_passive),
    "MOBILIZE": (_of_sending, _beside),
    "REQUEST": (_of_request,),
    "RETREAT": (_of_handover,),
}
"""What becomes of each of them."""
