"""Of all steps: queries on a parsed passage: dependents, heads, auxiliaries, and the phrase that a head word stands for."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Literal

from trucewatch.claims.phrase import listed
from trucewatch.claims.placewords import ADJECTIVE
from trucewatch.nouns import Mention, Name, Passage

_NOT_IN_PHRASE = frozenset(
    "acl:relcl advcl advcl:relcl parataxis case mark cc conj punct cop nsubj nsubj:pass aux aux:pass discourse "
    "dep list ccomp csubj orphan vocative appos acl root".split()
)
_AWAY = frozenset(
    "in at near on against with to into over for outside inside along alongside across around under after during".split()
)
_OFFICES = listed("after", "charged")
_HELD = listed("what", "held")
_SIDES = ADJECTIVE.keys() - {"central"}
_LEADING_TAGS = frozenset({"ADP", "PUNCT", "CCONJ"})
_LEADING_WORDS = frozenset("where when why how that because least".split())
"""What may stand before a phrase and is none of it: "where the civilian population", "at *least* five"."""
HYPHENS = ("-", "‐", "‑", "–")
CERTAIN = 0.5  # score from which the model is sure of a role, or of another event beside it
NOT = frozenset("not n't n’t never no neither nor without".split())
LONG_TITLE = 8  # words between a title and its name: "the special envoy of the UN for Syria, X"
SHORT_CLAUSE = 4  # words of a participle clause that still belongs to a phrase ("rebels backed by Turkey")


def surely(event: Mention, *kinds: str) -> list[int]:
    """The words of which the model is sure that they tell who, where or when an event was: of a raid, the ``actor`` *Turkey*."""
    return [role.word for role in event.roles if role.kind in kinds and role.score >= CERTAIN]


def words_of(event: Mention, *kinds: str) -> set[int]:
    """The words that tell it, be the model sure of that or not."""
    return {role.word for role in event.roles if role.kind in kinds}


class Tree:
    """A passage with look-ups on its dependency tree; word positions are indices into `passage.words`."""

    def __init__(self, passage: Passage, text: str) -> None:
        self.passage = passage
        self.words = passage.words
        self.text = text[passage.start : passage.end]

    @cached_property
    def kids(self) -> list[list[int]]:
        """Children of every word, in order."""
        kids: list[list[int]] = [[] for _ in self.words]
        for i, word in enumerate(self.words):
            if word.head >= 0:
                kids[word.head].append(i)
        return kids

    @cached_property
    def root(self) -> int:
        """The word on which all others hang: the main verb, or the noun of a heading; -1 where there is none."""
        return next((at for at, word in enumerate(self.words) if word.head < 0), -1)

    @cached_property
    def name_at(self) -> dict[int, tuple[int, int]]:
        """First and last word of the name that a word belongs to."""
        return {i: (n.first, n.last) for n in self.passage.names for i in range(n.first, n.last + 1)}

    def events(self, *types: str, least: float = 0.0) -> list[Mention]:
        """The events of some types that the model tells, from some score on."""
        return [one for one in self.passage.mentions if one.type in types and one.type_score >= least]

    def is_event(self, word: int) -> bool:
        """Whether the model takes a word for an event, however unsure it is."""
        return any(mention.word == word for mention in self.passage.mentions)

    def said(self, start: int, end: int) -> str:
        """The text between two characters of the report."""
        return self.text[start - self.passage.start : end - self.passage.start]

    def all_said(self, word: int) -> str:
        """The whole phrase of a word: "Syria's foreign *minister* Faisal Mekdad"."""
        return self.said(*self.span(*self.phrase(word)))

    @cached_property
    def _forms(self) -> list[str]:
        """The words as they are spelled, in lower case, and an empty one behind the last, which is that at -1 as well."""
        return [*(word.text.lower() for word in self.words), ""]

    def form(self, word: int) -> str:
        """A word as it is spelled, in lower case; empty before the first, behind the last and above the root."""
        return self._forms[word]

    def is_named(self, word: int, *kinds: str) -> bool:
        """Whether a word belongs to a name of one of the kinds: ``TIME`` of "*Saturday*"."""
        return any(name.kind in kinds and name.first <= word <= name.last for name in self.passage.names)

    def is_none(self, word: int) -> bool:
        """Whether a noun says that there is no such thing, or nobody: "*no* group", "*neither* side", "*neither* X nor Y"."""
        return self.has(word, ("no", "neither"), "det", "cc:preconj")

    def child(self, word: int, *deprels: str) -> int | None:
        """The first child with one of the relations."""
        for kid in self.kids[word]:  # no generator: most rules ask
            if self.words[kid].deprel in deprels:
                return kid
        return None

    def children(self, word: int, *deprels: str) -> list[int]:
        """All children with one of the relations, in order."""
        return [kid for kid in self.kids[word] if self.words[kid].deprel in deprels]

    def subject(self, verb: int) -> int | None:
        """Who does what a verb tells, or to whom that is done: of "*troops* withdrew" and "*troops* were withdrawn"."""
        return self.child(verb, "nsubj", "nsubj:pass")

    def is_passive(self, verb: int) -> bool:
        """Whether a verb is told of what is done to its subject: "were *withdrawn*"."""
        return self.child(verb, "aux:pass") is not None

    def is_of(self, word: int, head: int, *deprels: str) -> bool:
        """Whether a word hangs on another by one of some relations: as the ``nsubj``, the subject, of a verb."""
        return self.words[word].head == head and self.words[word].deprel in deprels

    def hangs(self, word: int, forms: Collection[str], *deprels: str) -> bool:
        """Whether a word hangs by one of some relations on a word of some forms: the *talks* by ``obj`` on "postponed"."""
        return self.words[word].deprel in deprels and self.form(self.words[word].head) in forms

    def has(self, word: int, forms: Collection[str], *deprels: str) -> bool:
        """Whether a word of some forms hangs on a word, by one of the relations where any are given: "an *earlier* version"."""
        kids = (kid for kid in self.kids[word] if not deprels or self.words[kid].deprel in deprels)
        return any(self.form(kid) in forms for kid in kids)

    def hung(self, word: int, *cases: str) -> list[int]:
        """The words that hang on a word by one of some prepositions: by "of" *Homs* on the "fall" of Homs."""
        return [kid for kid in self.kids[word] if self.case(kid) in cases]

    def under(self, word: int) -> set[int]:
        """A word with all that hangs on it."""
        out, todo = set(), [word]
        while todo:
            at = todo.pop()
            out.add(at)
            todo += self.kids[at]
        return out

    def ancestors(self, word: int) -> list[int]:
        """The words above, nearest first."""
        out = []
        while (word := self.words[word].head) >= 0 and word not in out:
            out.append(word)
        return out

    def path(self, word: int) -> list[int]:
        """A word and those above it, nearest first."""
        return [word, *self.ancestors(word)]

    def word_at(self, offset: int) -> int:
        """The word that holds a character of the report, or the last before it."""
        return max((i for i, word in enumerate(self.words) if word.start <= offset), default=0)

    def within(self, start: int, end: int) -> list[int]:
        """The words of which any character lies between two of the report."""
        return [i for i, word in enumerate(self.words) if word.start < end and word.end > start]

    def top(self, name: Name) -> int:
        """The word of a name on which its others hang."""
        inside = range(name.first, name.last + 1)
        return next((i for i in inside if self.words[i].head not in inside), name.last)

    def steps(self, one: int, other: int) -> int:
        """How many arcs lie between two words."""
        up = self.path(one)
        return next((up.index(at) + n for n, at in enumerate(self.path(other)) if at in up), len(self.words))

    def party(self, head: int, stop: frozenset[int] = frozenset()) -> tuple[int, int]:
        """The phrase of one who acts, without where it stands or whom it faces ("units of X", not "units of X in Y")."""
        away = {
            k
            for k in self.kids[head]
            if (self.words[k].deprel in ("nmod", "obl") and self._is_away(head, k) and not self.is_patron(k))
            or (k > head and self.form(k) in _SIDES)
        }
        return self.phrase(head, stop | away)

    def _is_away(self, head: int, word: int) -> bool:
        """Whether a phrase that hangs on one who acts says where or for what that is; "the minister *for defence*" is called so."""
        case = self.case(word)
        return case in _AWAY and not (case == "for" and self.form(head) in _OFFICES)

    def is_patron(self, word: int) -> bool:
        """Whether those who act are loyal to whom a phrase means: "fighters loyal to *X*"."""
        first = min(self.under(word))
        return first > 0 and self.form(first - 1) == "loyal"

    def ends_compound(self, word: int, forms: Collection[str]) -> bool:
        """Whether a word of these forms is what a hyphen joins to the word before it."""
        return word > 1 and self.form(word) in forms and self.words[word - 1].text in HYPHENS

    def is_held(self, word: int) -> bool:
        """Whether a word only says that somebody holds a place: "the Turkish-*occupied* town"."""
        return self.ends_compound(word, _HELD)

    def is_holder(self, word: int) -> bool:
        """Whether a word says who holds a place: "the *Turkish*-occupied town"."""
        return word + 2 < len(self.words) and self.is_held(word + 2)

    def holders(self, word: int) -> list[int]:
        """Who is said to hold a place, whatever the parse makes of it: "a *camp* run by rebels"."""
        hung = [by for at in (word, *self.kids[word]) for by in self.hung(at, "by")]
        return [by for by in hung if self.form((self.child(by, "case") or 0) - 1) in _HELD]

    def is_negated(self, word: int) -> bool:
        """Whether a word has "not", "never" or the like as an adverb."""
        return self.has(word, NOT, "advmod")

    def is_mutual(self, word: int) -> bool:
        """Whether those who do it do it to each other: "blamed *one another*", "*each* accused the other"."""
        other = self.child(word, "obj")
        if other is not None and self.form(other) == "other" and self.form(other - 1) == "the":
            return "each" in map(self.form, range(word))
        next_ = [self.form(at) for at in range(word + 1, min(word + 3, len(self.words)))]
        each = other is not None and ("each" in (self.form(other), self.form(other - 1)) or self.is_each_others(other))
        return each or next_ == ["one", "another"]  # which the parse takes apart

    def is_each_others(self, word: int) -> bool:
        """Whether something belongs to each of two who do the same: "shelled *each other's positions*"."""
        return self.has(word, ("each",), "nmod:poss", "det")

    def is_joined(self, word: int) -> bool:
        """Whether "and" joins a word to another, or somebody is told of beside him: "the army alongside *militias*"."""
        return self.words[word].deprel == "conj" or (
            self.words[word].deprel == "nmod" and self.case(word) == "alongside"
        )

    def first_joined(self, word: int, *deprels: str) -> int:
        """The first of the words that "and" joins to a word, or other relations do; the word itself where it stands alone."""
        while self.words[word].deprel in (deprels or ("conj",)):
            word = self.words[word].head
        return word

    def acting(self, verb: int) -> int:
        """The verb whose subject does what a participle or a joined verb tells that has none of its own: "*left* the town, shelling
        it", "*called* Putin and urged him"."""
        while self.subject(verb) is None and (
            self.words[verb].deprel == "conj"
            or (self.words[verb].deprel == "advcl" and self.form(verb).endswith("ing"))
        ):
            verb = self.words[verb].head
        return verb

    def mark(self, verb: int) -> str:
        """The word that opens a clause, lower case; empty where there is none: "*to* leave", "*of* arming"."""
        at = self.child(verb, "mark")
        return "" if at is None else self.form(at)

    def case(self, word: int) -> str:
        """The preposition of a phrase, lower case; empty where there is none."""
        at = self.child(word, "case")
        return "" if at is None else self.form(at)

    def phrase(self, head: int, stop: frozenset[int] = frozenset()) -> tuple[int, int]:
        """First and last word of the noun phrase of `head`, without clauses, coordinated phrases and `stop` words."""
        inside = {head}
        todo = [head]
        while todo:
            at = todo.pop()
            for kid in self.kids[at]:
                if kid in stop or not self._belongs(kid, at, head):
                    continue
                inside.add(kid)
                todo.append(kid)
        first = last = head
        if self.is_cut(head):
            inside.add(head - 1)
        while first - 1 >= 0 and (first - 1 in inside or self._joins(first - 1, inside, -1)):
            first -= 1
        while last + 1 < len(self.words) and (last + 1 in inside or self._joins(last + 1, inside, 1)):
            last += 1
        first, last = self._whole_name(first, last)
        if self._opening <= head:
            first = max(first, self._opening)
        while first < head and (self.words[first].upos in _LEADING_TAGS or self.form(first) in _LEADING_WORDS):
            first += 1
        return first, last

    @cached_property
    def _opening(self) -> int:
        """Where the sentence begins behind what a dash parts from it: "DUBAI - ", "FILE - "."""
        texts = [word.text for word in self.words[:LONG_TITLE]]
        dash = next((at for at, text in enumerate(texts) if text in ("-", "–", "—", "--")), 0)
        spaced = dash and self.words[dash - 1].end < self.words[dash].start
        return dash + 1 if spaced and len(texts[0]) > 2 and texts[0].isupper() else 0

    def is_cut(self, word: int) -> bool:
        """Whether the noun before a noun is part of it, though the parse makes two subjects of them: "the *regime* | forces"."""
        if not 0 < word < len(self.words):
            return False
        one, two = self.words[word - 1], self.words[word]
        nouns = one.upos == two.upos == "NOUN"
        return nouns and one.deprel == "nsubj" == two.deprel and one.head in (word, two.head)

    def _belongs(self, kid: int, parent: int, head: int) -> bool:
        """Whether a word is part of the noun phrase of a head: no clause but a short participle, no other name than one beside it."""
        word = self.words[kid]
        if word.deprel == "acl" and kid > head:
            return len(self.under(kid)) <= SHORT_CLAUSE and self.words[kid].upos == "VERB"
        if word.deprel == "appos":
            return 0 < kid - parent <= LONG_TITLE and word.upos == "PROPN" and kid in self.name_at
        if parent == head:
            return word.deprel not in _NOT_IN_PHRASE or self.is_of_second(kid)
        parts = word.deprel == "punct" and word.text in (",", ";", ":")
        return not parts and word.deprel not in ("acl:relcl", "acl", "advcl", "parataxis")

    def is_of_second(self, word: int) -> bool:
        """Whether a place's name goes on whose people are meant: "the presidents of Congo and *Rwanda*", which the parse may list."""
        head = self.words[word].head if self.words[word].deprel == "conj" and not self.case(word) else word
        of = any(self.case(kid) == "of" and self.is_named(kid, "LOC") for kid in self.kids[head] if 0 < word - kid <= 3)
        return of and self.is_named(word, "LOC") and self.form(head).endswith(("s", "men"))

    def _joins(self, word: int, inside: set[int], step: int) -> bool:
        """A hyphen, bracket or comma that stands between two words of the phrase, or the mark of a named owner: "Pakistan*'s* army"."""
        beyond, one = word + step, self.words[word]
        marks = one.upos == "PUNCT" and one.text in "-–’'()/,\""
        owned = step < 0 and one.upos == "PART" and one.deprel == "case" and beyond in self.name_at
        return beyond in inside and (marks or owned)

    def _whole_name(self, first: int, last: int) -> tuple[int, int]:
        """Widened so that no name is cut in two."""
        if first in self.name_at:
            first = self.name_at[first][0]
        if last in self.name_at:
            last = self.name_at[last][1]
        behind = [word.text for word in self.words[last + 1 : last + 4]]
        if behind[::2] == ["(", ")"] and behind[1].isupper():
            last += 3  # a bracketed acronym belongs to its name
        return first, last

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets in the report of words first..last."""
        return self.words[first].start, self.words[last].end

    def simple_past(self, word: int) -> bool:
        """Whether the nearest verb is in the simple past: neither "had attacked" nor "have attacked", nor "the men *accused* of it"."""
        verb = next((at for at in self.path(word) if self.words[at].upos == "VERB"), None)
        if verb is None or self.tense(verb) != "past":
            return False
        if self._says_which(verb):
            return False
        # "had seized medicine and *arrested* two men"
        return not (self.helpers(verb) | self.helpers(self.acting(verb))) & {"has", "have", "had"}

    def _says_which(self, verb: int) -> bool:
        """Whether a participle only says who is meant: "the men *accused* of it", but not "the men, *accused* of it, ..."."""
        past = self.words[verb].deprel == "acl" and not self.form(verb).endswith("ing")
        subject = self.subject(verb)
        return past and subject is None and self.words[verb - 1].text != ","

    def helpers(self, word: int) -> set[str]:
        """The auxiliaries and copula of a word, in lower case."""
        return set(self._helpers(word))

    def _helpers(self, word: int) -> list[str]:
        """The same in text order."""
        return [self.form(k) for k in self.kids[word] if self.words[k].deprel in ("aux", "aux:pass", "cop")]

    def is_told(self, word: int) -> bool:
        """Whether a verb is what its sentence tells, or says that somebody says: not one of a relative or adverbial clause."""
        while self.words[word].upos == "VERB" and self.words[word].head >= 0:
            if self.words[word].deprel not in ("ccomp", "conj", "parataxis"):
                return False
            word = self.words[word].head
        return self.words[word].upos == "VERB"

    def tense(self, word: int) -> Literal["past", "present", "future"] | None:
        """``past``, ``present`` or ``future`` by the auxiliaries and form of the nearest verb, None if it cannot be told."""
        for at in self.path(word):
            form, helpers = self.form(at), self._helpers(at)
            if not FUTURE.isdisjoint(helpers):
                return "future"
            if self.words[at].upos not in ("VERB", "AUX") and not helpers:
                continue
            past = form.endswith("ed") or form in _PAST
            if not _WAS.isdisjoint(helpers):
                return "past"
            if not _IS.isdisjoint(helpers):
                return "past" if (past or form.endswith("en")) and helpers[0] in ("has", "have") else "present"
            if past:
                return "past"
            if form.endswith("s") and at != word:
                return "present"
        return None


FUTURE = frozenset("will 'll ’ll shall wo".split())
IF = frozenset({"if", "unless", "whether"})
_WAS = frozenset("was were had did".split())
_IS = frozenset("is are am has have 's ’s 're ’re".split())
_PAST = listed("tense", "past")
