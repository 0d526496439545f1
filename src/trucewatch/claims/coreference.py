"""Step 1, the report: which earlier mention a pronoun or a definite description of a report refers to.

Pronouns are led back in text order: of the mentions that agree in number, sex and kind, and that grammar does not rule out, the one
with the greatest weight wins; one that a pronoun was led to is near again. What cannot be told is left as it stands. docs/who.md
lists the rules."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, islice
from typing import NamedTuple

from trucewatch.claims import antecedents, phrase
from trucewatch.claims.antecedents import (
    GROUPS,
    LANDS,
    MANY,
    OF_ANY,
    THIRD,
    Pronoun,
    agrees,
    by_last_name,
    can_be_called,
    kind_of,
    noun_beside_name,
    third_persons,
    titles,
    weight,
)
from trucewatch.claims.cast import Cast
from trucewatch.claims.datelines import is_caption
from trucewatch.claims.entity_mentions import Reference, is_speaker, mentions, speakers, speaks_for, tells
from trucewatch.claims.known import ABOVE_STATES, ARMED
from trucewatch.claims.split_antecedents import SplitAntecedents, is_both, is_each
from trucewatch.claims.tree import Tree
from trucewatch.claims.who import identify
from trucewatch.codebook import fold
from trucewatch.nouns import Entity, Passage

WINDOW = 3  # sentences back in which a pronoun's antecedent is looked for
LONG = 6  # words of a description: "the outspoken yet cryptic president"
SPEAKER = "speaker of"  # the rule by which "we" and "I" are whoever speaks
_TOGETHER = frozenset("we us our ours ourselves".split())
_SPEAKER = frozenset("i me my myself".split()) | _TOGETHER
_RELATIVE = frozenset("who which that whom whose".split())
_OWNER = re.compile(r"['’]s? ")
_LETTERS = frozenset({"US", "WHO"})
"""Short forms that only capitals tell from pronouns."""
_ARMIES = frozenset({"army", "military"})
_FIGHTERS = phrase.listed("described", "fighters")
_NEIGHBOURS = frozenset({"neighbor", "neighbour"})
_OFFICIALS = phrase.listed("described", "officials")
_OFFICES = phrase.listed("described", "leaders")
_CHIEFS = _OFFICES | {"secretary general", "secretary-general"}
_PORTFOLIOS = phrase.listed("described", "portfolios")
_POSTS = _OFFICES | phrase.listed("described", "posts")
# Weights of what the sentences say for a mention, chosen with those in `antecedents`.
_TELLS = 2.0  # it says the clause in which the pronoun stands
_SPOKE = 3.0  # it spoke last, and the pronoun speaks


class Antecedent(NamedTuple):
    """The words that an anaphor refers to, and the rule that says so."""

    start: int
    end: int
    because: str
    is_thing: bool = False
    """Whether it is neither people nor a body nor a name: "the base"."""


@dataclass
class Chains:
    """The mentions of a report, and for any span what it refers to."""

    text: str
    trees: Sequence[Tree]
    cast: Cast
    mentions: list[Reference] = field(default_factory=list)

    @staticmethod
    def build(text: str, passages: Sequence[Passage], cast: Cast) -> Chains:
        """The chains of a parsed report."""
        trees = [Tree(passage, text) for passage in passages]
        found = [one for at, tree in enumerate(trees) for one in mentions(tree, at, cast.codebook)]
        return Chains(text, trees, cast, [by_last_name(one, cast) for one in found])

    def antecedents(self, start: int, end: int) -> tuple[Antecedent, ...]:
        """What the span start..end refers to: nothing where it names itself, several for "the two"."""
        return tuple(self._resolve(start, end))

    @cached_property
    def _starts(self) -> list[int]:
        """Where each passage begins."""
        return [tree.passage.start for tree in self.trees]

    @cached_property
    def _latest(self) -> list[Reference]:
        """The mentions, but for cut names, the last passage first, there the subjects, of these the last."""
        whole = (one for one in self.mentions if self.text[one.end - 1] != "-")
        return sorted(whole, key=lambda one: (one.passage, one.relation == "subject", one.start), reverse=True)

    def _near(self, at: int, start: int) -> list[Reference]:
        """Those of these before a description that are no more than a few sentences back."""
        first, last = (bisect_left(self._latest, back, key=lambda one: -one.passage) for back in (-at, WINDOW - at + 1))
        return [one for one in self._latest[first:last] if one.end <= start]

    @cached_property
    def _called(self) -> Mapping[str, Mapping[Reference, None]]:
        """Of these, by the folded noun that each is called by, those with a name beside it."""
        found: dict[str, dict[Reference, None]] = defaultdict(dict)
        for one in self._latest:
            if noun := noun_beside_name(one, self.trees[one.passage]):
                found[fold(noun)][one] = None
        return found

    @cached_property
    def _titles(self) -> Mapping[Reference, str]:
        """Of these, the people who are named, with all that tells what they are."""
        named = (one for one in self._latest if one.kind == "PER" and one.named)
        return {one: titles(one, self.trees[one.passage], self.cast) for one in named}

    # ------------------------------------------------------------ pronouns

    @cached_property
    def _captions(self) -> frozenset[int]:
        """Passages that stand under a picture, in the midst of what is told."""
        return frozenset(at for at, tree in enumerate(self.trees) if is_caption(tree))

    @cached_property
    def _first_told(self) -> dict[tuple[int, int, str], Reference]:
        """The mentions by their characters and key."""
        return {(one.start, one.end, one.key): one for one in reversed(self.mentions)}

    @cached_property
    def _pronouns(self) -> dict[int, tuple[Reference, str]]:
        """By their first character: the mention that each third-person pronoun was led to, and the rule."""
        led: dict[int, tuple[Reference, str]] = {}
        near: list[Reference] = []
        often: Counter[str] = Counter()
        last: dict[str, str] = {}
        sexes: dict[str, str] = {}
        waiting = iter(sorted(self.mentions, key=lambda one: one.end))
        following = next(waiting, None)
        for pronoun in third_persons(self.trees):
            while following and following.end <= pronoun.start:
                near.append(following)
                often[following.key] += 1
                following = next(waiting, None)
            near = [one for one in near if pronoun.passage - one.passage <= WINDOW]
            story = [one for one in near if one.passage == pronoun.passage or one.passage not in self._captions]
            # "*her* cousin": she is a woman
            story = [one._replace(sex=one.sex or sexes.get(one.key, "")) for one in story]
            kind = kind_of(pronoun.text)
            found = self._heaviest(pronoun, story, often, last.get(kind))
            if found:
                if kind in ("f", "m"):
                    sexes.setdefault(found.key, kind)
                often[found.key] += 1
                last[kind] = found.key
                led[pronoun.start] = found, f"pronoun {pronoun.text}"
                near.append(found._replace(passage=pronoun.passage, word=pronoun.word, relation=pronoun.relation))
        return led

    def _heaviest(
        self, pronoun: Pronoun, near: Sequence[Reference], often: Counter[str], last: str | None
    ) -> Reference | None:
        """Of the mentions that may be meant the weightiest, of equals the later; `last` is whom its like referred to before."""
        barred = {one.key for one in near if self._ruled_out(pronoun, one)}
        spoke = self._spoke_last(pronoun, near)
        here = [one for one in near if one.passage == pronoun.passage]
        harm = {one.key for one in here if antecedents.harms_own(self.trees[one.passage], pronoun, one)}
        fit = [one for one in reversed(near) if one.key not in barred and agrees(pronoun.text, one)]

        def rank(one: Reference) -> tuple[float, int]:
            """How much speaks for a mention, and where it stands."""
            back = pronoun.passage - one.passage
            told = weight(pronoun.text, one, back, often[one.key], one.key == last)
            tells_it = antecedents.tells_it(self.trees[one.passage], pronoun, one)
            told += antecedents.HARMS_OWN * (one.key in harm)
            return told + _TELLS * tells_it + _SPOKE * (one.key == spoke), one.start

        found = max(fit, key=rank, default=None)
        if found is None:
            return None
        return self._first_told.get((found.start, found.end, found.key), found)  # not where a pronoun refers to it

    def _ruled_out(self, pronoun: Pronoun, one: Reference) -> bool:
        """By grammar, both of one verb, or the speaker of the quotation around it; or by what was done to whom."""
        unlike = antecedents.has_other_part(self.trees, pronoun, one, self.cast.codebook)
        of_pact = one.kind != "THING" and antecedents.is_of_pact(self.trees[pronoun.passage], pronoun)
        if unlike or of_pact or antecedents.only_tells_of_meeting(self.trees, pronoun, one):
            return True
        tree = self.trees[one.passage]
        if is_speaker(self.trees[pronoun.passage], pronoun.word) and antecedents.is_mute(tree, one):
            return True
        if one.passage != pronoun.passage or pronoun.text.endswith(("self", "selves")):
            return False
        if tree.form(one.word) in phrase.listed("speech", "press") and tells(tree, tree.words[one.word].head):
            return True
        stands, other = tree.words[pronoun.stands], tree.words[one.word]
        owns = stands.deprel in ("nmod:poss", "det:poss")
        of_one_verb = not owns and stands.head == other.head and other.deprel != "conj"
        if of_one_verb or antecedents.is_done_to(tree, pronoun.stands, one.word):
            return True
        return antecedents.is_quoted(tree, pronoun) and is_speaker(tree, one.word)

    def _spoke_last(self, pronoun: Pronoun, near: Sequence[Reference]) -> str | None:
        """Who spoke last before a pronoun that speaks, by key: "the envoy said that Y was killed. *He* added"."""
        tree = self.trees[pronoun.passage]
        begins = pronoun.word <= len(tree.words) // 2  # rather than ends a sentence: "..., *they* said"
        if not is_speaker(tree, pronoun.word) or (begins and pronoun.text in MANY):
            return None
        people = [one for one in near if agrees(pronoun.text, one) and not self._ruled_out(pronoun, one)]
        return next((one.key for one in reversed(people) if is_speaker(self.trees[one.passage], one.word)), None)

    def _resolve(self, start: int, end: int) -> Iterator[Antecedent]:
        """What the words of a span refer to, by what kind of words they are."""
        at = bisect_right(self._starts, start) - 1
        said = self.text[start:end].strip()
        words = said.lower()
        if at < 0 or start >= self.trees[at].passage.end or not words or said in _LETTERS:
            return
        if words in _RELATIVE:
            yield from self._relative(at, start)
        elif words in THIRD:
            if led := self._pronouns.get(start):
                mention, rule = led
                yield from self._members(mention, rule) if mention.kind == "PAIR" else [self._meant(mention, rule)]
        elif words in _SPEAKER:
            yield from self._speaker(at, words)
        elif is_both(words) or is_each(self.trees[at], start, words):
            yield from (self._full(one, "split antecedent") for one in self._pairs.of(at, start, words))
        else:
            yield from self._described(at, start, words)

    def _relative(self, at: int, start: int) -> Iterator[Antecedent]:
        """What a relative clause is about: "the *rebels* who fled"."""
        tree = self.trees[at]
        clauses = (word for word in tree.ancestors(tree.word_at(start)) if tree.words[word].deprel == "acl:relcl")
        for clause in islice(clauses, 1):
            yield Antecedent(*tree.span(*tree.phrase(tree.words[clause].head)), "rule relative pronoun")

    def _speaker(self, at: int, words: str) -> Iterator[Antecedent]:
        """ "I" and "we" in a quotation: the subject of the nearest verb of speech, here or just before or after."""
        for near in (at, at - 1, at + 1, at - 2):
            tree = self.trees[near] if 0 <= near < len(self.trees) else None
            tellers = (self._teller(near, subject, words) for subject in (speakers(tree) if tree else ()))
            if teller := next(filter(None, tellers), None):
                yield teller
                return

    def _teller(self, at: int, subject: int, words: str) -> Antecedent | None:
        """Who the subject of a verb of speech is, or the body for whom he says "we"; None for a pronoun that refers to nobody."""
        tree, rule = self.trees[at], f"{SPEAKER} {words}"
        named = next((one for one in self.mentions if one.passage == at and one.word == subject), None)
        if tree.words[subject].upos == "PRON":
            led = self._pronouns.get(tree.words[subject].start)
            if led is None:
                return None
            named, _ = led
        first = self._first_named(named) if named else None
        said, by = (self.trees[first.passage], first.word) if first else (tree, subject)
        if words in _TOGETHER and (body := speaks_for(said, by, self.cast.codebook)):
            return Antecedent(*said.span(*body), f"rule {rule}")
        return self._full(named, rule) if named else Antecedent(*tree.span(*tree.phrase(subject)), f"rule {rule}")

    def _first_named(self, mention: Reference) -> Reference:
        """Where a person is named first."""
        if mention.kind != "PER" or not mention.named:
            return mention
        people = (one for one in self.mentions if one.kind == "PER" and one.named)
        return next((one for one in people if one.key == mention.key), mention)

    def _members(self, mention: Reference, rule: str) -> Iterator[Antecedent]:
        """Those whom "and" joins, each by himself."""
        for start, end in mention.parts:
            member = next(one for one in self.mentions if (one.start, one.end) == (start, end))
            yield self._full(member, f"split antecedent of {rule}")

    # ------------------------------------------------------------ descriptions

    def _described(self, at: int, start: int, words: str) -> Iterator[Antecedent]:
        """ "the group", "the Turkish president", "the militants": the last one of that kind who is named more fully."""
        parts = words.split()
        if parts[0] == "its" and parts[-1] in _NEIGHBOURS and (led := self._pronouns.get(start)):
            other = antecedents.neighbour(self.trees, self._near(at, start), led[0], self.cast)
            yield from [self._full(other, "description 'its neighbour'")] if other else []
        if parts[0] not in ("the", "this", "that", "these", "those") or not 2 <= len(parts) <= LONG:
            return
        rule, near = f"description {words!r}", self._near(at, start)
        if parts[-1] in _POSTS:
            found = self._of_office(start, self.text[start : start + len(words)], parts[-1])
        elif len(parts) == 2 and parts[1] in LANDS:
            found = antecedents.last_country(self.trees, near, (at, start), self.cast.codebook)
        elif len(parts) == 2:
            found = self._of_noun(near, at, start, parts[1])
        elif parts[-1] in GROUPS and not self._holds_name(start, start + len(words)):
            found = self._of_body(near, self.text[start : start + len(words)])
        else:
            return
        if found:
            yield self._meant(found, rule, words)

    def _meant(self, mention: Reference, rule: str, words: str = "") -> Antecedent:
        """A mention, or whom it refers to by other words: "the Shiite *group*", "the *official*"; not "the group's *leader*"."""
        called = self.text[mention.start : mention.end].lower()
        told = called == words or _OWNER.search(called)
        beyond = () if told else tuple(self._described(mention.passage, mention.start, called))
        return beyond[0]._replace(because=f"rule {rule}") if beyond else self._full(mention, rule)

    def _of_office(self, start: int, description: str, office: str) -> Reference | None:
        """Who holds an office: of the country that the description names, and by title or in the tables."""
        wanted = identify(description, self.cast)
        stated = wanted.states_country
        charges = _PORTFOLIOS & {*description.lower().split()}
        for one, told in self._titles.items():
            chief = office == "chief" and self._entity(one).sector == wanted.entity.sector  # "the *Hamas* chief"
            fits = office in told or ((office == "leader" or chief) and any(o in told for o in _CHIEFS))
            if one.end > start or not fits or not charges <= {*told.split()}:
                continue
            if not stated or self._entity(one).country == wanted.entity.country:
                return one
        return None

    def _of_noun(self, near: Sequence[Reference], at: int, start: int, noun: str) -> Reference | None:
        """Who was called by the same noun with a name beside it; for "the army" also its troops; for "the group" the last body."""
        army, called = noun in _ARMIES, self._called.get(fold(noun), {})
        others = self._of_rebels if army else frozenset()
        such = [one for one in near if antecedents.is_such(self.trees[one.passage], one, noun)]
        if such:
            return max(such, key=lambda one: one.start)
        for one in (one for one in chain(near, called) if one.end <= start and one not in others):
            if one in called or (army and antecedents.is_of_army(self.trees, one, at, self.cast)):
                return one
        if noun in _OFFICIALS and is_speaker(self.trees[at], self.trees[at].word_at(start) + 1):
            return antecedents.last_speaker(self.trees, near)
        if noun in _FIGHTERS:
            return antecedents.only_group({one: self._entity(one) for one in near if at - one.passage <= 1})
        return self._of_body([one for one in near if one not in others], noun) if noun in GROUPS else None

    @cached_property
    def _of_rebels(self) -> frozenset[Reference]:
        """Bodies of rebels, by all their name: "the *Free* Syrian Army"."""
        return frozenset(one for one in self.mentions if one.kind == "ORG" and self._entity(one).sector in ARMED)

    def _holds_name(self, start: int, end: int) -> bool:
        """Whether it says itself who it is: "the state-run Anadolu news agency", "the *doctors'* union"."""
        named = any(one.named and one.kind in ("ORG", "PER") and start <= one.start < end for one in self.mentions)
        return named or re.search(r"s['’](?!\w)", self.text[start:end]) is not None

    def _of_body(self, near: Sequence[Reference], description: str) -> Reference | None:
        """The last body named that can be called so ("the Islamist movement", "the Lebanese group"), rather none of states."""
        wanted, noun = identify(description, self.cast), description.split()[-1].lower()
        stated = wanted.states_country
        of_states = None
        for one in near:
            if one.kind not in ("ORG", "NORP"):
                continue
            body = self._entity(one)
            is_body = one.kind == "ORG" or body.actor is not None  # "the *Houthis*"
            if not is_body or not can_be_called(noun, wanted.entity.sector, body):
                continue
            if stated and wanted.entity.country != body.country:
                continue
            if body.country not in ABOVE_STATES or noun in OF_ANY:
                return one
            of_states = of_states or one
        return of_states

    @cached_property
    def _pairs(self) -> SplitAntecedents:
        """The two sides of the report, to whom "both" may refer."""
        return SplitAntecedents(self.mentions, self.trees, self.cast)

    @cached_property
    def _entity(self) -> Callable[[Reference], Entity]:
        """Who a mention is by all its words ("the *Russian* Reconciliation Centre"); each asked for once."""

        def called(one: Reference) -> Entity:
            """Who a mention is."""
            whole = self._full(one, "")
            return identify(self.text[whole.start : whole.end], self.cast).entity

        return cache(called)

    def _full(self, mention: Reference, rule: str) -> Antecedent:
        """The mention with its titles; a last name goes back to where the person is named in full."""
        start, end = mention.start, mention.end
        mention = self._first_named(mention)
        if mention.kind not in ("PAIR", "THING", "GROUP"):
            tree = self.trees[mention.passage]
            first, last = tree.span(*tree.phrase(mention.word))
            start, end = min(first, mention.start), max(last, mention.end)
        return Antecedent(start, end, f"rule {rule}", mention.kind == "THING")
