"""Which earlier mention a pronoun or a definite description of a report stands for.

Mentions are names and noun phrases in text order; an anaphor takes the nearest earlier one that fits its kind, subjects
of the same and the preceding sentence first. What cannot be told is left as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from trucewatch.claims.tree import Tree
from trucewatch.claims.who import Cast, identify
from trucewatch.codebook import fold
from trucewatch.nouns import Entity, Passage

WINDOW = 4
"""Sentences back in which a pronoun's antecedent is looked for."""

_PERSON = frozenset("he him his himself she her hers herself".split())
_THING = frozenset("it its itself".split())
_MANY = frozenset("they them their themselves theirs".split())
_SPEAKER = frozenset("i me my we us our ours myself ourselves".split())
_RELATIVE = frozenset("who which that whom whose".split())
_TWO = (
    "the two",
    "both",
    "the pair",
    "two leaders",
    "two sides",
    "two presidents",
    "two men",
    "each other",
    "one another",
)
_TWO_OF = frozenset(
    "presidents leaders sides countries men ministers parties governments nations neighbours neighbors delegations groups".split()
)
_GROUPS = frozenset(
    "group movement organization organisation party militia army alliance faction coalition militants rebels".split()
)
_OFFICES = frozenset("president leader minister king ruler premier chancellor".split())


class Antecedent(NamedTuple):
    """The words that an anaphor stands for, and the rule that says so."""

    start: int
    end: int
    because: str


class _Mention(NamedTuple):
    passage: int
    word: int
    start: int
    end: int
    kind: str
    """PER, ORG, LOC, NORP or GROUP (a plural noun phrase of people)."""
    subject: bool
    plural: bool


@dataclass
class Chains:
    """The mentions of a report, and for any span what it stands for."""

    text: str
    trees: Sequence[Tree]
    cast: Cast
    mentions: list[_Mention] = field(default_factory=list)
    _known: dict[tuple[int, int], tuple[Antecedent, ...]] = field(default_factory=dict)

    @staticmethod
    def build(text: str, passages: Sequence[Passage], cast: Cast) -> Chains:
        trees = [Tree(passage, text) for passage in passages]
        chains = Chains(text, trees, cast)
        for at in range(len(trees)):
            chains.mentions += chains._mentions_of(at)
        return chains

    def antecedents(self, start: int, end: int) -> tuple[Antecedent, ...]:
        """What the span start..end stands for: nothing where it names itself, several for "the two"."""
        key = (start, end)
        if key not in self._known:
            self._known[key] = ()  # an anaphor that leads back to itself stands for nothing
            self._known[key] = tuple(self._resolve(start, end))
        return self._known[key]

    # ------------------------------------------------------------ mentions

    def _mentions_of(self, at: int) -> Iterator[_Mention]:
        tree = self.trees[at]
        taken: set[int] = set()
        for name in tree.passage.names:
            if name.kind == "TIME":
                continue
            inside = range(name.first, name.last + 1)
            head = next((i for i in inside if tree.words[i].head not in inside), name.last)
            start, end = tree.span(name.first, name.last)
            if tree.words[head].deprel in ("amod", "compound", "nmod:poss") and name.kind == "NORP":
                continue
            taken |= set(inside)
            yield self._mention(at, head, (start, end), name.kind)
        for i, word in enumerate(tree.words):
            if (
                word.upos == "NOUN"
                and i not in taken
                and word.deprel not in ("compound", "nmod:unmarked", "obl:unmarked")
            ):
                role = self.cast.codebook.find_role(word.text)
                if role and role.sector and role.kind in ("group", "person"):
                    yield self._mention(
                        at,
                        i,
                        tree.span(*tree.phrase(i)),
                        "PER" if role.kind == "person" and not _plural(word.text) else "GROUP",
                    )

    def _mention(self, at: int, head: int, span: tuple[int, int], kind: str) -> _Mention:
        word = self.trees[at].words[head]
        subject = word.deprel in ("nsubj", "nsubj:pass")
        return _Mention(at, head, *span, kind, subject, kind in ("NORP", "GROUP") and _plural(word.text))

    # ------------------------------------------------------------ anaphors

    def _resolve(self, start: int, end: int) -> Iterator[Antecedent]:
        at = next((i for i, t in enumerate(self.trees) if t.passage.start <= start < t.passage.end), None)
        if at is None:
            return
        words = self.text[start:end].lower().strip()
        if words in _RELATIVE:
            yield from self._relative(at, start)
        elif words in _PERSON:
            yield from self._nearest(at, start, ("PER",), f"pronoun {words}")
        elif words in _THING:
            yield from self._nearest(at, start, ("ORG", "LOC", "GROUP"), f"pronoun {words}", plural=False)
        elif words in _MANY:
            yield from self._nearest(at, start, ("GROUP", "NORP", "ORG"), f"pronoun {words}")
        elif words in _SPEAKER:
            yield from self._speaker(at, words)
        elif words.startswith(_TWO) and (
            words.split()[-1] in _TWO_OF or words in ("the two", "both", "the pair", "each other", "one another")
        ):
            yield from self._pair(at, start)
        else:
            yield from self._described(at, start, words)

    def _relative(self, at: int, start: int) -> Iterator[Antecedent]:
        tree = self.trees[at]
        word = next((i for i, w in enumerate(tree.words) if w.start == start), None)
        if word is None:
            return
        for above in tree.ancestors(word):
            if tree.words[above].deprel == "acl:relcl":
                first, last = tree.phrase(tree.words[above].head)
                if tree.words[last].end < start or tree.words[first].start < start:
                    yield Antecedent(*tree.span(first, last), "relative pronoun")
                return

    def _before(self, at: int, start: int, kinds: Sequence[str], window: int = WINDOW) -> list[_Mention]:
        """Fitting mentions before a position, the best first: nearest sentence, subjects first, nearest word."""
        found = [m for m in self.mentions if m.end <= start and m.kind in kinds and at - m.passage <= window]
        return sorted(found, key=lambda m: (m.passage == at and not m.subject, at - m.passage, not m.subject, -m.start))

    def _nearest(
        self, at: int, start: int, kinds: Sequence[str], rule: str, plural: bool | None = None
    ) -> Iterator[Antecedent]:
        clause = self._clause_subject(at, start)
        for mention in self._before(at, start, kinds):
            if plural is not None and mention.plural != plural:
                continue
            if clause is not None and mention.passage == at and mention.word == clause:
                continue  # "X attacked them": not X
            yield self._full(mention, rule)
            return

    def _clause_subject(self, at: int, start: int) -> int | None:
        """The subject of the verb whose object the anaphor is; a subject or possessive has none."""
        tree = self.trees[at]
        word = next((i for i, w in enumerate(tree.words) if w.start == start), None)
        if word is None or tree.words[word].deprel not in ("obj", "iobj", "obl"):
            return None
        return tree.child(tree.words[word].head, "nsubj")

    def _speaker(self, at: int, words: str) -> Iterator[Antecedent]:
        """ "I" and "we" in a quotation: the subject of the nearest verb of speech, here or just before or after."""
        for near in (at, at - 1, at + 1, at - 2):
            if not 0 <= near < len(self.trees):
                continue
            tree = self.trees[near]
            for i, word in enumerate(tree.words):
                if word.text.lower() in ("said", "says", "told", "added", "tweeted", "wrote", "warned", "declared"):
                    subject = tree.child(i, "nsubj")
                    if subject is not None and tree.words[subject].upos != "PRON":
                        yield Antecedent(*tree.span(*tree.phrase(subject)), f"speaker of {words}")
                        return

    def _pair(self, at: int, start: int) -> Iterator[Antecedent]:
        """ "the two", "both presidents": the last two persons, else bodies or countries, of one sentence."""
        for kinds in (("PER",), ("ORG", "LOC", "GROUP", "NORP")):
            for back in range(WINDOW + 1):
                pair: dict[str, _Mention] = {}
                for mention in self.mentions:
                    if mention.passage == at - back and mention.end <= start and mention.kind in kinds:
                        pair.setdefault(self._entity(mention).name, mention)
                if len(pair) >= 2:
                    for mention in list(pair.values())[:2]:
                        yield self._full(mention, "split antecedent")
                    return

    def _described(self, at: int, start: int, words: str) -> Iterator[Antecedent]:
        """ "the group", "the Turkish president": the last name of that kind."""
        parts = words.split()
        if parts[0] not in ("the", "this", "that", "these", "those"):
            return
        if len(parts) == 2 and parts[1] in _GROUPS:
            yield from self._nearest(at, start, ("ORG",), f"description {words!r}")
        elif parts[-1] in _OFFICES and len(parts) <= 4:
            country = identify(self.text[start : start + len(words)], self.cast).entity.country
            for mention in self._before(at, start, ("PER",), window=len(self.trees)):
                entity = self._entity(mention)
                if entity.country == country and entity.sector == "GOV" and mention.start < start:
                    yield self._full(mention, f"description {words!r}")
                    return

    def _entity(self, mention: _Mention) -> Entity:
        return identify(self.text[mention.start : mention.end], self.cast).entity

    def _full(self, mention: _Mention, rule: str) -> Antecedent:
        """The mention with its titles; a last name goes back to where the person is named in full."""
        start, end = mention.start, mention.end
        if mention.kind == "PER":
            key = fold(self.text[start:end]).split()[-1:]
            for other in self.mentions:
                if other.kind == "PER" and fold(self.text[other.start : other.end]).split()[-1:] == key:
                    tree = self.trees[other.passage]
                    start, end = tree.span(*tree.phrase(other.word))
                    break
        elif mention.kind != "GROUP":
            tree = self.trees[mention.passage]
            first, last = tree.span(*tree.phrase(mention.word))
            start, end = min(first, start), max(last, end)
        return Antecedent(start, end, f"rule {rule}")


def _plural(word: str) -> bool:
    lower = word.lower()
    return (lower.endswith("s") and not lower.endswith(("ss", "us"))) or lower in (
        "police",
        "people",
        "troops",
        "personnel",
        "men",
        "women",
        "children",
    )
