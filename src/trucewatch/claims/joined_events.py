"""Step 3, who: what one event of a sentence is to another: what was done in answer to it, or after it, and what is joined to it
("thanked *Norway* and condemned *Denmark*")."""

from __future__ import annotations

from trucewatch.claims.phrase import listed, lists
from trucewatch.claims.tree import CERTAIN, Tree, surely, words_of
from trucewatch.claims.what import WITH_ROW
from trucewatch.nouns import Mention, Role

_AGAIN = lists("again")
_WHAT = lists("what")
_ONCE = frozenset("after following since when".split())
_HARMS = listed("turned", "harms")
_FOUGHT = _AGAIN.lasting | _AGAIN.fought


def answers(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who responded to the event, or an unsure one to who only reacted: "*Israel* bombed Tyre, hours after
    rockets were fired"."""
    if _is_answer_to(tree, trigger):
        return arc.word not in tree.under(trigger)
    return arc.score < CERTAIN and any(arc.word not in tree.under(at) for at in answered(tree, trigger))


def only_follows(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who only acts after what others did: "*Israel* closed its airspace after a missile hit Eilat"."""
    subject = tree.child(trigger, "nsubj")
    after = tree.words[trigger].deprel == "advcl" and tree.mark(trigger) == "after"
    acts = tree.is_of(arc.word, tree.words[trigger].head, "nsubj")
    return acts and after and subject is not None and tree.words[subject].upos != "PRON"


def suffers_answer(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an unsure arc leads to whom the answer struck ("fired on an *Israeli post* after Israeli violations"), or any to whom
    it harmed: "responded to fire, killing two *nurses*"."""
    harms = (kid for at in answered(tree, trigger) for kid in tree.children(tree.words[at].head, "advcl"))
    after = (kid for kid in harms if kid > trigger and trigger not in tree.under(kid))
    does = (kid for kid in after if tree.form(kid) in _HARMS or tree.mark(kid) == "by")
    if any(tree.form(kid).endswith("ing") and arc.word in tree.under(kid) for kid in does):
        return True
    verbs = {tree.words[at].head for at in answered(tree, trigger)} if arc.score < CERTAIN else ()
    return any(one.word in verbs and arc.word in surely(one, "recipient") for one in tree.passage.mentions)


def answered(tree: Tree, word: int) -> list[int]:
    """The words, itself or those that it hangs on, of which it is told what was done in answer, or afterwards."""
    return [at for at in tree.path(word) if _is_answered(tree, at)]


def _is_answered(tree: Tree, word: int) -> bool:
    """Whether it is told of as what came before something, or what that was an answer to."""
    afterwards = tree.child(word, "nsubj:pass") is not None and tree.has(word, ("after", "since"))
    return afterwards or _is_answer_to(tree, word) or _came_before(tree, word)


def _is_answer_to(tree: Tree, word: int) -> bool:
    """Whether somebody responds to it or retaliates for it, in so many words: "in answer to *shelling*", "to avenge the *raid*"."""
    if tree.hangs(word, _WHAT.avenges, "obj", "obl") and not tree.case(word):
        return True
    opens = tree.child(word, "case", "mark")
    if not opens or tree.form(opens) not in ("to", "for", "after"):
        return False
    return tree.form(opens - 1) in _WHAT.answer or tree.form(tree.words[word].head) in _WHAT.responds


def _came_before(tree: Tree, word: int) -> bool:
    """Whether somebody did violence after it: "fired shells *after* repeated violations"; not what they died after."""
    if tree.case(word) not in ("after", "following") or not tree.is_event(word):
        return False
    verb = tree.words[word].head
    done = any(words_of(one, "actor") for one in tree.events("ASSAULT") if one.word == verb)
    return done and tree.form(word) not in _FOUGHT  # "fell after a *battle*": that is how


def has_struck(tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who struck before help is asked for or given: "asked for arms after *Russia* shelled the town"."""
    strikes = (one.word for one in tree.events("ASSAULT", least=WITH_ROW) if arc.word in surely(one, "actor"))
    before = (at for at in strikes if {tree.mark(at), tree.case(at)} & _ONCE)
    return any(arc.word in tree.under(at) and trigger not in tree.under(at) for at in before)


def is_of_joined(mention: Mention, tree: Tree, arc: Role, trigger: int) -> bool:
    """Whether an arc leads to who stands behind the word of another event that is joined to this one, which has a surer one behind its
    own: each word draws the other's a little."""
    surer = [role.word for role in mention.roles if role.kind == arc.kind and role.score > arc.score]
    events = (other for other in tree.passage.mentions if other.type_score >= WITH_ROW)
    joined = (
        other.word
        for other in events
        if not mention.type == other.type == "ASSAULT"  # "killed three and wounded two" may be one attack
        and _are_joined(tree, trigger, other.word)
    )
    return any(
        _is_behind(arc.word, event, trigger) and any(_is_behind(word, trigger, event) for word in surer)
        for event in joined
    )


def _are_joined(tree: Tree, one: int, two: int) -> bool:
    """Whether one of two words is joined to the other, or both to a third."""
    return one != two and tree.first_joined(one) == tree.first_joined(two)


def _is_behind(word: int, event: int, other: int) -> bool:
    """Whether a word stands behind that of an event, and before that of the other if that comes later."""
    return event < word and not event < other < word
