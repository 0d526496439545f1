"""Step 2, the events: who says of whom what a row's words tell, as that somebody is behind a blast or will pay a price."""

from __future__ import annotations

from collections.abc import Sequence

from trucewatch.claims.phrase import listed, lists
from trucewatch.claims.tree import FUTURE, Tree
from trucewatch.codebook import TriggerHit
from trucewatch.nouns import Role

_SAID = frozenset({"ccomp", "csubj", "parataxis"})
_GOES_ON = frozenset({"conj", "advcl"})
"""How a verb of speech hangs on what its speaker does first: "accused Iran *and said* that", "left, *saying* that"."""
_OPEN = FUTURE | frozenset("would should must may might can could".split())
_OWN = frozenset("our my".split())
_ONESELF = listed("what", "oneself")
_TURNED = lists("turned")


def is_held(tree: Tree, hit: TriggerHit) -> bool:
    """Whether somebody says of another what a row's words tell, if they are an event there alone."""
    return hit.row.effect != "opinion" or bool(_blames(tree, hit.word))


def parties_said(tree: Tree, hit: TriggerHit, roles: Sequence[Role]) -> Sequence[Role]:
    """The roles of what a row tells, where those of its words are others."""
    if hit.row.type == "THREATEN":
        return _threat(tree, hit.word, roles)
    return _blames(tree, hit.word) if hit.row.effect == "opinion" else roles


def _blames(tree: Tree, word: int) -> Sequence[Role]:
    """Who says of whom that he is "*behind* the blast"; nobody where one says it of oneself, asks, or says what may or must be."""
    verb = tree.words[word].upos == "VERB" or tree.child(word, "cop") is not None
    at = word if verb else tree.words[word].head
    if at < 0 or tree.is_negated(at) or tree.helpers(at) & _OPEN:
        return ()
    blamed, says = tree.child(at, "nsubj"), _sayer(tree, at)
    if blamed is None or says is None or tree.words[blamed].upos == "PRON" or tree.form(blamed) in _ONESELF:
        return ()
    return Role(kind="actor", word=says, score=0.0), Role(kind="recipient", word=blamed, score=0.0)


def _sayer(tree: Tree, word: int) -> int | None:
    """Who says what a clause tells."""
    said = tree.first_joined(word)
    if tree.words[said].deprel not in _SAID:
        return None
    while tree.words[said].deprel in _SAID:
        said = tree.words[said].head
        says = tree.child(said, "nsubj") if tree.words[said].upos == "VERB" else None
        if says is not None:
            return says
    while tree.words[said].upos == "VERB" and tree.words[said].deprel in _GOES_ON:
        said = tree.words[said].head
        if (says := tree.child(said, "nsubj")) is not None:
            return says
    return None


def _threat(tree: Tree, word: int, roles: Sequence[Role]) -> Sequence[Role]:
    """The roles of a threat: whoever is to suffer it makes none ("*rebels* will pay"); who says so does where nobody else is told."""
    suffers = tree.form(word) in _TURNED.suffer
    verb = tree.words[word].head if tree.words[word].deprel == "xcomp" else word  # "will *have* to answer"
    subject = tree.subject(verb) if suffers or tree.form(word) in _TURNED.impersonal else None
    out = [role for role in roles if role.word != subject and tree.form(role.word) not in _OWN]
    if suffers and subject is not None:
        out.append(Role(kind="recipient", word=subject, score=1.0))
    says = next((role.word for role in roles if role.kind == "says"), _sayer(tree, word))
    if says is not None and not any(role.kind == "actor" for role in out):
        out.append(Role(kind="actor", word=says, score=0.0))
    return out
