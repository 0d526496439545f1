"""Step 5, the claims: what a mention's words say of events told before: "the attack" is one of them, "another attack" is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from trucewatch.claims.attribution import DEEDS
from trucewatch.claims.draft import Draft, Party
from trucewatch.claims.phrase import lists
from trucewatch.claims.place_sharing import IN_TOWN
from trucewatch.claims.time_arguments import is_measured_by
from trucewatch.claims.tree import Tree
from trucewatch.claims.undone import governors

_AGAIN = lists("again")
_HEAD = 4  # words within which a line's heading and its colon stand
NEAR = 3  # sentences within which "the attack" refers to one told before
SOON = 10  # sentences within which violence against the same person, by name, is the same
_SAYS_WHICH = frozenset({"nmod", "acl", "nummod", "conj", "flat", "appos"})
_LINE = frozenset({"root", "appos", "parataxis"})
_ALIKE = 5  # letters by which "suspect" and "suspects" are one word
_THE = frozenset({"the", "this", "that", "these", "those"})
_A = frozenset({"a", "an"})
_DONE_TO = frozenset({"ASSAULT", "COERCE", "RETREAT"})
_BARE = frozenset({"det", "nummod", "compound", "case", "punct"})


def definite(draft: Draft) -> bool:
    """Whether its noun has the article "the", or points, or is that of a day ("Saturday's barrage"); in "the death of *six* guards"
    the article points nowhere."""
    tree, word = draft.tree, draft.mention.word
    new = any(tree.has(one, _A, "det") or tree.child(one, "nummod") is not None for one in tree.hung(word, "of"))
    return _of_day(draft) or (tree.has(word, _THE, "det") and not new)


def refers_back(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether its words are no more than "the attack", or "Saturday's barrage" after no war, right after what may be called so."""
    last = cluster[-1]
    if not definite(draft) or not draft.is_noun or draft.index - last.index > NEAR or _is_lasting(draft):
        return False
    if _is_told_which(draft.tree, draft.mention.word) and (not _of_day(draft) or _is_lasting(last)):
        return False
    return not last.is_noun or _is_plural(last) == _is_plural(draft)


def _of_day(draft: Draft) -> bool:
    """Whether it is violence whose noun tells of which day it is; of a day's orders and talks there may be many."""
    day = draft.tree.child(draft.mention.word, "nmod:poss") if draft.mention.type == "ASSAULT" else None
    return day is not None and draft.tree.is_named(day, "TIME")


def is_by_those_told(draft: Draft) -> bool:
    """Whether who did it is called by no name, as "the gunmen": "Al-Shabaab attacked a hotel. *The gunmen* fired at guests"."""
    tree = draft.tree
    nameless = [party for party in draft.actors if not party.is_named and draft.mention.type == "ASSAULT"]
    return any(tree.has(at, _THE, "det") for party in nameless for at in tree.within(party.start, party.end))


def is_named_by_place(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it is called by a town told of farther back than "the attack" reaches: "the Suruc bombing", "the shelling of Ariha"."""
    its, far = draft.place, draft.index - cluster[-1].index > NEAR
    called = draft.mention.type == "ASSAULT" and draft.is_noun and definite(draft) and draft.tells("place")
    if its is None or not (called and far) or its.precision not in IN_TOWN:
        return False
    told = {one.place.gazetteer or one.place.name for one in cluster if one.place and one.tells("place")}
    return (its.gazetteer or its.name) in told


def is_named_by_thing(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it is called by what an earlier sentence told of with one: "a bomb went off on a *bus*", "the *bus* bombing"."""
    tree, word = draft.tree, draft.mention.word
    by = word - 1 in tree.kids[word] and tree.words[word - 1].upos == "NOUN" and word - 1 not in tree.name_at
    called = by and draft.mention.type == "ASSAULT" and draft.is_noun and definite(draft) and not _is_lasting(draft)
    before = (one.tree for one in cluster if called and one.index < draft.index)
    return any(tree.form(word - 1) in map(one.form, range(len(one.words))) for one in before)


def is_another(draft: Draft) -> bool:
    """Whether its words say that it is another event: "a second blast", "another drone hit"; not "this was the third attack"."""
    tree, word = draft.tree, draft.mention.word
    if tree.child(word, "cop") is not None or tree.words[word].deprel == "appos":
        return False
    return (
        is_measured_by(tree, word)
        or _counts_anew(tree, word)
        or _is_besides(draft)
        or _is_of_another(draft)
        or any(_sets_apart(tree, kid) for kid in tree.kids[word])
    )


def is_anew(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it is called new, as none that was told: "*fresh clashes* broke out", not "the new sanctions"."""
    return not definite(draft) and _is_called_new(draft) and not any(_is_called_new(one) for one in cluster)


def _is_called_new(draft: Draft) -> bool:
    """Whether its noun is called so: "*fresh* clashes"."""
    return draft.is_noun and draft.tree.has(draft.mention.word, _AGAIN.anew)


def is_on_the_ground(draft: Draft) -> bool:
    """Whether it is called a ground offensive or the like, or an invasion."""
    tree, word = draft.tree, draft.mention.word
    return draft.form in _AGAIN.on_foot or any(tree.form(kid) == "ground" for kid in tree.kids[word] if kid < word)


def is_of_another_line(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether they are lines of a list that tell of two sites: "Blast at the hotel", "Explosion at the church", or that are headed by
    two names: "Djugu: gunmen killed ...", "Kalehe: the army attacked ..."."""
    return any(
        bool(asks(draft)) and any(asks(other) not in ("", asks(draft)) for other in cluster)
        for asks in (_line_at, _headed)
    )


def _headed(draft: Draft) -> str:
    """The name of at most three words before the colon with which a line begins; else nothing."""
    tree = draft.tree
    colon = next((at for at, word in enumerate(tree.words[:_HEAD]) if word.text == ":"), 0)
    named = colon and all(word.text.istitle() or word.text == "-" for word in tree.words[:colon])
    return " ".join(word.text for word in tree.words[:colon]) if named else ""


def _line_at(draft: Draft) -> str:
    """What comes behind "at" in a line that is a noun without an article, maybe after an hour; else nothing."""
    tree, word = draft.tree, draft.mention.word
    alone = draft.is_noun and tree.words[word].deprel in _LINE and tree.child(word, "det") is None
    sites = (" ".join(map(tree.form, sorted(tree.under(at)))) for at in tree.hung(word, "at"))
    return next(sites, "") if alone else ""


def is_ahead(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether one mention, and not the others, says that what goes on will go on: "the *raids* are likely to continue"; what may be
    either, unless it is called otherwise ("a possible *offensive*")."""
    other = draft.is_to_come and all(one.form != draft.form for one in cluster)
    vague = not other and "possible" in {one.mention.status for one in (*cluster, draft)}
    return not vague and not any(one.is_to_come == draft.is_to_come for one in cluster)


def is_outcome(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it only tells of those who suffered in the violence just told: "one man was killed and two were injured"."""
    last = cluster[-1]
    told = draft.mention.type == "ASSAULT" and draft.mention.status == last.mention.status == "happened"
    alone = not draft.actors and draft.mention.mode is None and not draft.tells("time") and not draft.tells("place")
    return told and alone and draft.index - last.index <= 1 and _is_suffered(draft)


def introduces_victims(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether a verb tells of those who suffered as of somebody new, by no word that was said of others: "*a trader* was arrested"."""
    told = {one.tree.form(at)[:_ALIKE] for one in cluster for at in _victims(one, one.recipients)}
    its = [*_victims(draft, draft.recipients)]
    anew = all(_is_new(draft.tree, at) and draft.tree.form(at)[:_ALIKE] not in told for at in its)
    return bool(its) and anew and not draft.is_noun


def _victims(draft: Draft, parties: Sequence[Party]) -> Iterator[int]:
    """The nouns that surely say who some of those are who suffered."""
    tree = draft.tree
    for party in parties:
        inside = tree.within(party.start, party.end) if party.is_sure else []
        yield from [at for at in inside if tree.words[at].head not in inside][:1]


def _is_new(tree: Tree, noun: int) -> bool:
    """Whether a noun tells of somebody as not told of before: "a trader", "two officers"."""
    if noun in tree.name_at:
        return False
    kids = (tree.words[kid] for kid in tree.kids[noun])
    return any(kid.deprel == "nummod" or kid.text.lower() in ("a", "an", "some", "several") for kid in kids)


def is_done_to_one(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether another sentence tells of harm, or release, of the same, by name or by "the": "Jan was shot", "gunmen fired on *him*";
    "arrested *a trader*", "*the trader* was seized at home"."""
    near = draft.mention.type in _DONE_TO and 0 < draft.index - cluster[-1].index <= SOON
    again = _named(draft) | {*_by_noun(draft, _is_told)} if near else set()
    return any(again & (_named(other) | {*_by_noun(other, _is_new)}) for other in cluster)


def _by_noun(draft: Draft, of_kind: Callable[[Tree, int], bool]) -> Iterator[str]:
    """The nouns, cut short, by which those of a kind are called who suffered; a hotel may be stormed by one and then another."""
    people = [party for party in draft.recipients if not party.is_thing]
    return (draft.tree.form(at)[:_ALIKE] for at in _victims(draft, people) if of_kind(draft.tree, at))


def _is_told(tree: Tree, noun: int) -> bool:
    """Whether somebody is no more than "the trader", "the two men", "the union leader"."""
    bare = all(tree.words[kid].deprel in _BARE for kid in tree.kids[noun])
    return bare and noun not in tree.name_at and tree.has(noun, _THE, "det")


def is_tally(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether one of them sums up what the other does not: all victims, or all breaches of a truce; or it says no more than that one
    was broken, by a deed of its own: "bombs fell on the town. The rebels *violated* the truce, shelling a village"."""
    broken = draft.form in _AGAIN.broke and _tells_deed(draft)
    return broken or _counts_breaches(cluster, draft) or _counts_victims(cluster, draft)


def _counts_breaches(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether one of them is so many breaches as those who watch a truce count ("335 violations"), and the other a deed."""
    counted = any(_is_breach(one) and one.number for one in (*cluster, draft))
    return counted and _is_breach(draft) != any(map(_is_breach, cluster))


def _counts_victims(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it counts all victims of a war or of many days after a single deed was told: "the war has *killed* thousands"."""
    told = (draft.tells("killed") or draft.tells("injured")) and draft.index > cluster[-1].index
    counts_all = told and _is_perfect(draft) and (_is_lasting(draft) or _is_long(draft))
    return counts_all and not any(_is_lasting(one) or _is_long(one) for one in cluster)


def is_war(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it is a war as a whole, and others tell of a deed in a town: "shot two men in Kutum. He wants an end to *the war*"."""
    wars = _AGAIN.wars | _AGAIN.fought | _AGAIN.lasting
    in_town = any(one.tells("place") and one.place and one.place.precision in IN_TOWN for one in cluster)
    war = draft.is_noun and draft.form in _AGAIN.wars and not draft.tells("place")
    return war and in_town and cluster[0].form not in wars


def is_one_of_many(cluster: Sequence[Draft], draft: Draft) -> bool:
    """Whether it is of one day, after many were told of at once: "has carried out *hundreds of raids*. On Sunday jets *struck*", "*has
    pounded* the town for weeks"; or of one town or toll, after what is told to happen often: "*repeated* violations"."""
    of_one_day = draft.time is not None and draft.tells("time") and not _is_long(draft)
    in_town = draft.tells("place") and draft.place is not None and draft.place.precision in IN_TOWN
    of_one = in_town or draft.tells("killed") or draft.tells("injured")
    many = of_one_day and all(_is_repeated(one) and (_is_long(one) or _is_series(one)) for one in cluster)
    return many or (of_one and all(_is_often(one) for one in cluster))


def _is_often(draft: Draft) -> bool:
    """Whether a plural is said to happen again and again: "*daily* raids"."""
    return draft.is_noun and _is_plural(draft) and draft.tree.has(draft.mention.word, _AGAIN.often)


def _is_repeated(draft: Draft) -> bool:
    """Whether a plural, or a verb that says that it has been done, may tell of many."""
    return _is_plural(draft) if draft.is_noun else _is_perfect(draft)


def _is_series(draft: Draft) -> bool:
    """Whether it is of a series, and of no day: "a *wave* of bombings"."""
    of = draft.tree.child(draft.mention.word, "case") or 0
    return of > 0 and draft.tree.form(of - 1) in _AGAIN.series


def _is_breach(draft: Draft) -> bool:
    """Whether its word says that a truce was broken, and not how."""
    return draft.form in _AGAIN.counted


def _tells_deed(draft: Draft) -> bool:
    """Whether its sentence tells of violence in another word."""
    return any(one.word > draft.mention.word and one.mode for one in draft.tree.events("ASSAULT"))


def _is_long(draft: Draft) -> bool:
    """Whether its own words tell of days: "since Monday"."""
    return draft.time is not None and draft.tells("time") and (draft.time.end - draft.time.start).days > 1


def _is_perfect(draft: Draft) -> bool:
    """Whether it has happened, and not only did: "*has* killed", "the war *has* cost"."""
    tree, word = draft.tree, draft.mention.word
    verbs = (word, tree.words[word].head) if draft.is_noun else (word,)
    return any(tree.has(verb, ("has", "have", "had"), "aux") for verb in verbs if verb >= 0)


def _named(draft: Draft) -> set[str]:
    """Who suffers it, by name."""
    return {party.entity.name for party in draft.recipients if party.is_person}


def _is_told_which(tree: Tree, noun: int) -> bool:
    """Whether what hangs on a noun says which one it is: "the attack *on a bus*", "the *Suruc* bombing"."""
    return any(
        tree.words[kid].deprel.split(":")[0] in _SAYS_WHICH
        or (tree.words[kid].deprel in ("amod", "compound") and kid in tree.name_at)
        for kid in tree.kids[noun]
    )


def _is_suffered(draft: Draft) -> bool:
    """Whether it is told by what became of people: "two *died*", "two were *wounded*"."""
    return draft.form in _AGAIN.harm and (draft.form == "died" or draft.tree.is_passive(draft.mention.word))


def _is_besides(draft: Draft) -> bool:
    """Whether somebody does it besides what was told: "jets *also* struck the harbour", not "two were *also* injured"."""
    tree, word = draft.tree, draft.mention.word
    return draft.mention.type in DEEDS and any(
        tree.has(at, _AGAIN.besides) and tree.child(at, "nsubj") not in (None, word) for at in governors(tree, word)
    )


def _is_of_another(draft: Draft) -> bool:
    """Whether another does it, or it is done to another: "*other gunmen* shot a farmer", "*a second man* was arrested"; not "another
    ten died"."""
    tree, word = draft.tree, draft.mention.word
    who = tree.children(word, "nsubj", "nsubj:pass", "obj")
    return draft.form not in _AGAIN.harm and any(_counts_anew(tree, one) for one in who)


def _sets_apart(tree: Tree, kid: int) -> bool:
    """Whether what hangs on it says that it is another: "*separately* shelled", "on a *second* occasion"."""
    word = tree.words[kid]
    if word.deprel == "advmod":
        return word.text.lower() in _AGAIN.apart
    return word.deprel == "obl" and word.text.lower() in _AGAIN.occasions and _counts_anew(tree, kid)


def _counts_anew(tree: Tree, noun: int) -> bool:
    """Whether it is told of as one that is not among those told: "a *second* blast", "*two more* suspects"; not "more than ten"."""
    kids = tree.kids[noun]
    more = any(tree.form(kid) == "more" and tree.words[kid - 1].deprel == "nummod" for kid in kids if kid)
    return more or tree.has(noun, _AGAIN.another, "det", "amod")


def _is_lasting(draft: Draft) -> bool:
    """Whether its word is of what goes on for long: "the *conflict*"."""
    return draft.form in _AGAIN.lasting


def _is_plural(draft: Draft) -> bool:
    """Whether its word ends as a plural does."""
    return draft.form.endswith("s")
