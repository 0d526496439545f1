"""Step 3, who: phrases that stand for several parties at once ("U.S. and Iraqi forces", "Israeli-Palestinian" talks), and names that
are joined to another ("*Hamas* and Fatah")."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from trucewatch.claims.phrase import bare, halves, listed, plural, to_head, without_the, words
from trucewatch.claims.tree import HYPHENS, Tree
from trucewatch.codebook import Codebook
from trucewatch.codebook.rows import PEOPLE

_NAME = r"(?:(?:al[- ])?[A-Z][\w.]*(?:[ -][A-Z][\w.]*)?|(?:[A-Z][\w.]* )?[a-z]+)"
_SHARED = re.compile(
    rf"(?P<first>{_NAME}(?:, {_NAME})*),? (?:and|&) (?P<last>{_NAME}) "
    r"(?P<noun>(?:[a-z][\w-]* )*[a-z][\w-]*(?:s|men|people))"
)
_PEOPLES = frozenset(word for people in words()["peoples"].values() for word in people["words"])

_OF_SEVERAL = re.compile(
    r"(?P<who>(?:[\w'’-]+ ){0,8}?(?P<noun>[\w'’-]+) (?:of|from|for)) (?:both )?(?P<names>[^()\"]+)"
)

_STOPS = frozenset(",;")
_BOTH = frozenset({"the", "both", "two"})
_HALVES: Mapping[str, Sequence[str]] = words()["halves"]


def members(words: str, codebook: Codebook) -> list[str]:
    """The parties of a phrase in words of their own: "U.S. forces" and "Iraqi forces"; else the phrase alone."""
    return (
        _shared(words, codebook) or _pair(words, codebook) or _of_several(words, codebook) or _halves(words) or [words]
    )


def _halves(phrase: str) -> list[str]:
    """The two states into which a land is parted: "the two *Koreas*"."""
    *before, land = phrase.split() or [""]
    counted = {bare(word) for word in before} <= _BOTH
    return [*_HALVES.get(land.lower(), ())] if counted else []


def _shared(words: str, codebook: Codebook) -> list[str]:
    """Those who share a noun; nothing where they are not all listed."""
    told, rest = to_head(words)
    match = _SHARED.fullmatch(_uncounted(told))
    if match is None:
        return []
    names = [*match["first"].split(", "), match["last"]]
    land, _, side = names[0].rpartition(" ")
    whose = f"{land} " if codebook.find_country(land) and _is_one_side(side, codebook) else ""
    names[0] = names[0].removeprefix(whose)
    if not all(_may_share(name, codebook) for name in names):
        return []
    alone = [_is_one_side(name, codebook) and plural(name) for name in names]  # "*soldiers* and Wagner fighters"
    names = [f"{whose}{name}" if _is_one_side(name, codebook) else name for name in names]
    noun = match["noun"]
    noun = noun.removesuffix("s") if noun.endswith(tuple(listed("both", "of_each"))) else noun
    return [name if whole else f"{name} {noun}{rest}" for name, whole in zip(names, alone, strict=True)]


def _may_share(name: str, codebook: Codebook) -> bool:
    """Whether a word before a noun says whose they are: "*Iraqi* and *Kurdish* forces", "*army* and *rebel* commanders"."""
    return _is_listed(name, codebook) or bare(name) in _PEOPLES or _is_one_side(name, codebook)


def _uncounted(words: str) -> str:
    """The words without how many there are of each: "*four* Armenian and *three* Azerbaijani soldiers"."""
    tokens = words.split()
    return " ".join(
        token
        for token, after in zip(tokens, [*tokens[1:], ""], strict=True)
        if not (after[:1].isupper() and (token.isdigit() or bare(token) in listed("before", "articles")))
    )


def _of_several(phrase: str, codebook: Codebook) -> list[str]:
    """Those of each country ("troops from Chad and Niger"), or who speak for each side ("envoys of the army and the RSF")."""
    match = _OF_SEVERAL.fullmatch(phrase.strip())
    found = [_without_link(one) for one in re.split(r",? and |, ", match["names"])] if match else []
    names = [name for one in found for name in _halves(one) or [one]]
    if match is None or len(names) < 2:
        return []
    who, noun = match["who"], match["noun"]
    countries = [name for name in names if _is_land(name, codebook)]
    if plural(noun) and len(countries) > 1:
        return [f"{who} {name}" for name in countries]
    men = listed("heads", "belong")
    if len(names) == 2 and all(_is_row(one, men, codebook) for one in (noun, names[1].split()[-1])):
        return [f"{who} {names[0]}", names[1]]  # "soldiers of the army and *RSF fighters*"
    speak = _is_row(noun, listed("both", "speak_for"), codebook) and all(_is_side(name, codebook) for name in names)
    return [f"{who} {name}" for name in names] if speak else []


def _without_link(words: str) -> str:
    """A name of a list without what says that the list is not whole: "five countries, *including* Kenya"."""
    return next((words.removeprefix(f"{link} ") for link in listed("both", "of_more") if words.startswith(link)), words)


def _is_land(name: str, codebook: Codebook) -> bool:
    """Whether a name is a country's or its capital's."""
    word = codebook.find_country(without_the(name))
    return word is not None and word.kind in ("name", "capital")


def _is_row(noun: str, ids: Collection[str], codebook: Codebook) -> bool:
    """Whether a noun is of one of some rows of roles.csv."""
    role = codebook.find_role(noun)
    return role is not None and role.id in ids


def _is_side(words: str, codebook: Codebook) -> bool:
    """Whether words name a country or an actor, or say what sides are called: "the rebels"."""
    name = without_the(words)
    return _is_listed(name, codebook) or codebook.means(name, *PEOPLE)


def _is_one_side(words: str, codebook: Codebook) -> bool:
    """Whether one word says what sides are called: "rebel"."""
    return " " not in words and codebook.means(words, *PEOPLE)


def _pair(words: str, codebook: Codebook) -> list[str]:
    """The two whom a hyphen joins ("U.S.-South Korean", "army-rebel"); nothing for one person of two countries ("a U.S.-...")."""
    parts = halves(words.strip())
    both = len(parts) == 2 and all(_is_listed(part, codebook) or _is_one_side(part, codebook) for part in parts)
    one = _is_listed(words, codebook) or words.lower().startswith(("a ", "an ", "the "))
    return parts if both and not one else []


def _is_listed(words: str, codebook: Codebook) -> bool:
    """Whether a table has a country or an actor of that name."""
    return codebook.find_country(words) is not None or codebook.find_actor(words) is not None


def describes(tree: Tree, word: int) -> bool:
    """Whether a listed word goes on what is said of a name: "Ali Hassan, a lawyer and *activist*"."""
    before = [kid for kid in tree.kids[tree.words[word].head] if kid < word and tree.words[kid].deprel == "appos"]
    if not before or tree.words[word].upos != "NOUN" or plural(tree.words[word].text):
        return False
    return all(between.text != "," for between in tree.words[before[-1] : word])


def is_apposed(tree: Tree, word: int) -> bool:
    """Whether it says who is named before it, though the parse lists the two: "met Ali Hassan, his Turkish *counterpart*, and",
    "on Ali Hassan, the *president* of the union, and two firms"; not "Ali Hassan, his *wife* and others"."""
    listed_ = tree.words[word].deprel == "conj" and tree.child(word, "cc") is None
    if tree.form(word) == "counterpart":
        return listed_ and tree.is_named(tree.words[word].head, "PER")
    opens = tree.child(word, "det") if listed_ and tree.words[word].upos == "NOUN" else None
    behind_name = opens is not None and tree.form(opens - 1) == "," and tree.is_named(opens - 2, "PER")
    return behind_name and not plural(tree.words[word].text) and bool(tree.hung(word, "of"))


def name_before(tree: Tree, word: int) -> Iterator[int]:
    """The name to which "and" joins a name: "sheltered *the Taliban* and the Haqqani network for attacks"."""
    one, first = tree.words[word], tree.words[word].head
    between = tree.words[first:word] if one.deprel == "conj" else ()
    apart = any(other.text in _STOPS or other.upos in ("VERB", "AUX") for other in between)
    if between and not apart and one.upos == "PROPN" == tree.words[first].upos:
        yield first


def is_set_apart(tree: Tree, word: int) -> bool:
    """Whether a noun is told of beside another as what is not meant: "it hit soldiers, *not civilians*"; not "not only"."""
    beside = tree.words[word].deprel in ("appos", "conj", "obl", "obl:agent", "parataxis")
    first = min(tree.under(word)) if beside else word
    opens = first + (tree.form(first) in ("and", "but", ","))
    return opens < word and tree.form(opens) == "not" and tree.form(opens + 1) not in ("only", "just", "merely")


def first_of_two(tree: Tree, word: int) -> Iterator[int]:
    """The name of the first between whom and somebody else something is: "clashes between *Los Choneros* and gunmen"."""
    if tree.child(word, "cc") is not None or tree.words[word].deprel == "conj":
        for kid in tree.kids[tree.words[word].head]:
            if kid < word and kid in tree.name_at and tree.case(kid) == "between":
                yield kid


def names_behind(tree: Tree, word: int) -> Iterator[int]:
    """The names that go on a list of who several people are: "the envoys, Ann Lee and *Paul Berg*, met"."""
    for kid in tree.kids[word] if plural(tree.words[word].text) else ():
        if tree.words[kid].deprel == "appos":
            yield from (name for name in tree.kids[kid] if tree.is_named(name, "PER"))


def people_beside(tree: Tree, word: int) -> Iterator[int]:
    """The people to whom a hyphen joins a people that describes something: "the *Russian*-Turkish ceasefire" is of both."""
    for hyphen, other in ((word - 1, word - 2), (word + 1, word + 2)):
        if 0 <= other < len(tree.words) and tree.words[hyphen].text in HYPHENS:
            one, two = tree.words[word], tree.words[other]
            if one.deprel == two.deprel == "amod" and one.head == two.head and two.text[:1].isupper():
                yield other
