"""Step 3, the type of an event: another than its words alone tell, by who takes part in it: a state "protests" in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trucewatch.claims.draft import Draft, Party
from trucewatch.claims.known import STANDS_FOR_GOVERNMENT
from trucewatch.claims.nested_events import Told
from trucewatch.claims.phrase import listed
from trucewatch.claims.placewords import COMPASS
from trucewatch.claims.role_reversal import FROM_AFAR
from trucewatch.claims.status import is_ban
from trucewatch.claims.tree import Tree, surely
from trucewatch.claims.what import SURE
from trucewatch.codebook.rows import FIGHTERS
from trucewatch.nouns import Mention

_BLOW = "rule strike after strikes"
"""Why a "strike" is violence."""
_ONTO = frozenset({"into", "on", "onto", "towards", "toward"})


def as_blow(trees: Sequence[Tree], told: Told) -> Told:
    """An event as it is told, but a strike that is surely nobody's is no walkout, but one of those by aircraft or missiles of which
    was told before it, or here."""
    return told.told_as("ASSAULT", None, _BLOW) if _is_blow(trees, told.mention) else told


def _is_blow(trees: Sequence[Tree], mention: Mention) -> bool:
    """Whether a "strike" is one of jets or missiles."""
    tree = trees[-1]
    walkout = (mention.type, mention.mode) == ("PROTEST", "strike") and tree.form(mention.word) in ("strike", "strikes")
    if not walkout or surely(mention, "actor"):
        return False
    if not all(tree.is_named(on, "TIME") for on in tree.hung(mention.word, "on")):
        return True  # "a strike *on* a *school*", not "on Monday"
    return any(attack.mode in FROM_AFAR for one in trees for attack in one.events("ASSAULT", least=SURE))


def by_parties(draft: Draft) -> tuple[str, str | None, str] | None:
    """Another type and mode, and why."""
    return next((told for is_told, told in _OTHERS if is_told(draft)), None)


def _is_not_let(draft: Draft) -> bool:
    """Whether it tells of who is kept from something: "was not *allowed* in"."""
    tree, word = draft.tree, draft.mention.word
    return draft.mention.mode == "access" and tree.is_passive(word) and is_ban(tree, word)


def _is_barred(draft: Draft) -> bool:
    """Whether those who block a road are no protesters, but bear arms."""
    obstructs = (draft.mention.type, draft.mention.mode) == ("PROTEST", "obstruct")
    return obstructs and _bear_arms(draft.actors)


def _is_advance(draft: Draft) -> bool:
    """Whether it is fighters who march on somewhere: "the rebels *marched* into the town"."""
    marches = draft.mention.type == "PROTEST" and draft.form in listed("what", "marches")
    armed = _bear_arms(draft.actors) and all(one.entity.sector != "COP" for one in draft.actors)
    tree, kids = draft.tree, draft.tree.kids[draft.mention.word]
    return marches and armed and any(tree.case(kid) in _ONTO or tree.form(kid) in COMPASS for kid in kids)


def _is_note(draft: Draft) -> bool:
    """Whether it is a state that "protested": in words, and not in the streets."""
    verb = draft.mention.type == "PROTEST" and draft.form in listed("what", "protest")
    return verb and bool(draft.actors) and all(("sector", STANDS_FOR_GOVERNMENT) in one.because for one in draft.actors)


def _is_strike(draft: Draft) -> bool:
    """Whether weapons that are destroyed are those of others who fight: "jets destroyed an *ISIL* weapons store"."""
    destroys = draft.mention.mode == "disarm" and draft.form in listed("what", "destroys")
    return destroys and _bear_arms(draft.actors) and _bear_arms(draft.recipients)


def _is_armed_help(draft: Draft) -> bool:
    """Whether fighters have somebody's support, which is more than words, unless it is only voiced."""
    backs = draft.mention.type == "SUPPORT" and draft.form in listed("what", "backs")
    voiced = draft.tree.hangs(draft.mention.word, listed("tense", "utter"), "obj")
    return backs and _bear_arms(draft.recipients) and not voiced


def _bear_arms(side: Sequence[Party]) -> bool:
    """Whether all on a side are soldiers, police or fighters."""
    return bool(side) and all(one.entity.sector in FIGHTERS for one in side)


_OTHERS: Sequence[tuple[Callable[[Draft], bool], tuple[str, str | None, str]]] = (
    (_is_barred, ("COERCE", "restrict", "rule who bears arms does not protest")),
    (_is_advance, ("ASSAULT", None, "rule who bears arms marches to fight")),
    (_is_note, ("ACCUSE", "disapprove", "rule a state protests in words")),
    (_is_not_let, ("COERCE", "restrict", "rule who is not let do it is barred")),
    (_is_strike, ("ASSAULT", "destroy", "rule others' weapons are destroyed by force")),
    (_is_armed_help, ("AID", None, "rule fighters are not backed in words")),
)
