"""Step 3, who takes part in an event: the words of its sides, whoever they refer to, and what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import msgspec

from trucewatch.claims import event_pairs, quotation
from trucewatch.claims.affiliation import owned
from trucewatch.claims.bystanders import FIRED
from trucewatch.claims.cast import Cast
from trucewatch.claims.coordination import members
from trucewatch.claims.coreference import Antecedent, Chains
from trucewatch.claims.counted import aboard, is_crowd, is_some_of, who_is_counted
from trucewatch.claims.draft import Party
from trucewatch.claims.entity_mentions import is_several
from trucewatch.claims.known import ABOVE_STATES, IN_FULL, Reasons, find_actor
from trucewatch.claims.naming import BODIES, Named, before_bracket, named_beside
from trucewatch.claims.owners import is_only_of
from trucewatch.claims.phrase import bare, is_owner, listed, plural
from trucewatch.claims.place_arguments import STRUCK, is_venue
from trucewatch.claims.role_arcs import holders, is_weapon, sides, why
from trucewatch.claims.role_nouns import body_nouns, role_of
from trucewatch.claims.tree import CERTAIN, Tree
from trucewatch.claims.who import identify
from trucewatch.codebook import Codebook
from trucewatch.codebook.rows import HARMLESS, HARMS, PEOPLE
from trucewatch.nouns import Entity, Mention, Role

LONGEST_NAME = 8  # words of an actor's name that is looked for across the parse

_ARMS_AND_STATE = frozenset({"GOV", "MIL", "COP", "PRM", "REB", "UAF"})
"""Sectors of those who are struck themselves where their property is: "a checkpoint"."""
_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG"})
"""Sectors of those whom civilians protest against."""
_UNARMED = frozenset("EDU ELI GOV JRN LAB LEG MED REF REL".split())
"""Sectors of people who bring about no blast by being near it; of "men" nobody knows."""
_STATES_SIDE = {
    "actor": frozenset({"ACCUSE", "COERCE", "REJECT", "REQUEST"}),
    "recipient": frozenset({"CONSULT", "PROTEST"}),
}
"""Types of what states mostly do, or have done to them, by side."""
_MAY_BE = frozenset({"GOV", "MIL", "COP"})
"""Sectors of states' bodies and leaders that are taken for such a side where nobody else is."""
BY_PUBLISHER = "rule who publishes the statement"
_IT = frozenset({"it", "that", "this"})
_BEFORE_A_QUESTION = frozenset({"VERB", "AUX", "ADJ", "ADV", "ADP", "PART"})
"""What may stand before a "who" that asks: no noun that it tells of."""


@dataclass(frozen=True)
class Parties:
    """Who takes part in the events of one report."""

    text: str
    codebook: Codebook
    cast: Cast
    chains: Chains
    named: Named

    def of(self, tree: Tree, mention: Mention, kind: str) -> tuple[Party, ...]:
        """Those on one side of an event, ``actor`` or ``recipient``, nobody twice."""
        arcs = sides(tree, mention, kind)
        if kind == "recipient" and mention.type in HARMS:
            arcs += holders(tree, arcs, mention.word, self.codebook)
        arcs += [msgspec.structs.replace(arc, word=kid) for arc in arcs for kid in self._also_aboard(tree, arc.word)]
        words = {arc.word for arc in arcs}
        arcs = [arc for arc in arcs if not self._takes_no_part(tree, mention, arc, words)]
        if kind == "recipient" and mention.type in HARMS:
            arcs += self._suffering(tree, mention)
        harmed = kind == "recipient" and mention.type == "ASSAULT"
        found = self._all(tree, arcs) or (self._all(tree, arcs, struck=True) if harmed else ())
        if harmed and any(party.is_named for party in found):
            found = tuple(party for party in found if not self._is_theirs(party))
        if harmed:
            found = tuple(party for party in found if not self._is_village(party.entity))
        if kind == "actor" and mention.type == "PROTEST":  # "the *premier* resigned after protests"
            found = tuple(party for party in found if party.entity.sector not in _STATE or party.score >= CERTAIN)
            return found or tuple(self._crowd(tree, arcs))
        if kind == "actor" and mention.type == "AID":  # "*lorries* with flour crossed": nobody says whose
            found = tuple(
                one for one in found if not one.is_thing or (one.entity.country and not one.is_of_guessed_country)
            )
        if kind == "actor" and mention.type == "ASSAULT":
            # unless the model is sure: "*residents* slept without shelling"
            found = tuple(
                one for one in found if one.score >= CERTAIN or one.is_named or one.entity.sector not in HARMLESS
            )
        return tuple(one for one in found if mention.mode != "ceasefire" or not _keeps_none(one))

    def _also_aboard(self, tree: Tree, word: int) -> list[int]:
        """The people beside those whom a vehicle carries: "a *bus* with policemen and *civilians*"."""
        first = aboard(tree, word, self.codebook)
        beside = tree.kids[first] if first != word else ()
        return [kid for kid in beside if tree.words[kid].deprel == "conj" and self._is_people(tree.words[kid].text)]

    def _takes_no_part(self, tree: Tree, mention: Mention, arc: Role, words: Collection[int]) -> bool:
        """Whether an arc leads to the event itself, beside who is meant, or to what can neither do such a thing nor suffer it."""
        noun = tree.words[arc.word].text
        if _is_event(tree, arc.word, mention.word) or is_only_of(tree, arc, words, self.codebook):
            return True
        if mention.type in ("AGREE", "SUPPORT") and arc.score < CERTAIN and is_venue(tree, arc.word):
            return True  # "a truce was agreed in *Sweden*"
        verbal = self.codebook.types[mention.type].quad.startswith("verbal")
        accused = arc.kind == "recipient" and mention.type == "ACCUSE"
        if verbal and not accused and self.codebook.means(noun, "equipment"):
            return True  # "*warplanes*" can neither speak nor be spoken to
        if mention.mode == "heavy-weapons" and arc.score < CERTAIN and self._is_flown(noun):
            return True  # nor do they shell, unless the model is sure
        if mention.type == "ASSAULT" and self._is_bystander(tree, arc, mention.word):
            return True
        if arc.kind == "actor" and _asks_who(tree, arc.word, mention.word):
            return True
        moves = arc.kind == "recipient" and (mention.type == "MOBILIZE" or mention.mode == "withdraw")
        if moves and self._is_moved(tree, arc.word, mention.word):
            return True
        harmed = arc.kind == "recipient" and mention.type == "ASSAULT"
        return harmed and (self._is_struck_capital(tree, arc.word) or _was_hurt_before(tree, arc.word, mention.word))

    def _is_moved(self, tree: Tree, word: int, trigger: int) -> bool:
        """Whether a word is what is sent or taken back, to which nothing is done: "sent *troops*"."""
        role = self.codebook.find_role(tree.words[word].text)
        own = role is not None and (role.kind == "equipment" or role.sector in ("MIL", "COP"))
        return own and tree.words[word].head == trigger and tree.words[word].deprel in ("obj", "nsubj:pass")

    def _is_theirs(self, party: Party) -> bool:
        """Whether a party is of those who are named beside it: "hit an ISIL unit, killing 14 *enemy* fighters", "and destroyed six
        fighting *positions*"."""
        words = party.entity.name.split()
        role = role_of(words[-1], self.codebook)
        arms = role is not None and role.kind in ("place", "equipment") and party.entity.sector == "MIL"
        return bare(words[0]) == "enemy" or (arms and party.is_of_guessed_country and not party.is_named)

    def _is_village(self, entity: Entity) -> bool:
        """Whether it is no more than a place where people live, of some country: "a Bangladeshi *village*"."""
        role = (
            None
            if entity.sector or is_owner(entity.name.split()[0])
            else self.codebook.find_role(entity.name.split()[-1])
        )
        return role is not None and role.id == "village"

    def _is_bystander(self, tree: Tree, arc: Role, trigger: int) -> bool:
        """Whether an unsure arc leads to unarmed people who do something else when it comes, and may suffer it, or when another thing
        does: "a blast came as *officials* met", "jets struck as the *envoys* met, and the rebels fired back"."""
        word, verb = tree.words[arc.word], tree.words[arc.word].head
        meanwhile = word.deprel == "nsubj" and tree.words[verb].deprel == "advcl" and trigger not in tree.under(verb)
        meanwhile = meanwhile and (arc.kind == "actor" or tree.words[verb].head != trigger)
        role = self.codebook.find_role(word.text) if meanwhile and arc.score < CERTAIN else None
        return role is not None and role.sector in _UNARMED

    def unlikely(self, tree: Tree, mention: Mention, kind: str) -> tuple[Party, ...]:
        """Those whom the model holds for the least unlikely on a side of which nobody is told, where that is mostly a state's, and it
        is one: "*Cuba* released 50, but the arrests went on"."""
        arcs = mention.unlikely if mention.type in _STATES_SIDE[kind] else ()
        for arc in arcs:
            others = tuple(role for role in mention.roles if role.kind != kind)
            alone = msgspec.structs.replace(mention, roles=(*others, arc))
            if arc.kind == kind and (found := self.of(tree, alone, kind)):
                return tuple(one for one in found if _may_be_state(one))
        return ()

    def _is_flown(self, noun: str) -> bool:
        """Whether a noun means aircraft."""
        role = self.codebook.find_role(noun)
        return role is not None and body_nouns().get(role.id) == "air force"

    def _suffering(self, tree: Tree, mention: Mention) -> Iterator[Role]:
        """The people who are the subject of a passive and to whom the model has no arc: "a *policeman* was injured"."""
        subject = tree.child(mention.word, "nsubj:pass")
        if subject is None or not self._is_people(tree.words[subject].text):
            return
        if not {role.word for role in mention.roles} & {*tree.under(subject)}:
            yield Role(kind="recipient", word=subject, score=0.0)

    def _all(self, tree: Tree, arcs: Collection[Role], struck: bool = False) -> tuple[Party, ...]:
        """Those to whom arcs lead; `struck`: also property of which nothing says whose it is."""
        arcs = [arc for arc in arcs if not self._are_more_of(tree, arc.word, arcs)]
        heads = frozenset(role.word for role in arcs)
        out: list[tuple[int, Party]] = []
        for arc in arcs:
            # those of one list are all told, be they alike
            before = tuple(out) if (tree.passage.index, arc.word) in self.named else out
            for party in self._party(tree, arc, heads - {arc.word}, struck):
                if not any(
                    _is_told(party, other) and not _are_listed(tree, (arc.word, word), party, other)
                    for word, other in before
                ):
                    out.append((arc.word, party))
        return tuple(party for _, party in out)

    def _party(self, tree: Tree, arc: Role, others: frozenset[int], struck: bool) -> list[Party]:
        """Those to whom one arc leads."""
        word = aboard(tree, _author(tree, arc.word), self.codebook)
        word = who_is_counted(tree, word, lambda noun: is_several(tree, noun, self.codebook))
        ours = publisher(tree, arc, self.cast)
        if ours and tree.form(word) == "we":
            return [ours]
        span, noun = self._phrase(tree, word, others), tree.words[word].text
        antecedents = self.chains.antecedents(*span)
        if bare(noun) in listed("things", "measures"):
            return []
        if not antecedents and tree.words[word].upos in ("PRON", "DET") and not is_some_of(tree, word):
            return [ours] if ours else []  # "it", "each other", "anything": nobody that can be told
        # what the codebook can tell nothing of is somebody only by name: "the rule" and "Friday" do nothing
        by_name = tree.is_named(word, *BODIES) and not is_weapon(tree, word)
        is_property = self._is_property(noun)
        anyhow = self._is_people(noun) or by_name or (struck and is_property and arc.score >= CERTAIN)
        is_thing, found = any(one.is_thing for one in antecedents), []
        for meant in antecedents or (Antecedent(*self.whole_name(tree, word, *span), why(arc)),):
            for entity, because in self._meant(tree, word, meant):
                told = entity.sector or entity.actor or ((antecedents or entity.country) and not is_thing)
                thing = is_property and entity.name.islower() and entity.sector not in _ARMS_AND_STATE
                if anyhow or told:
                    found.append(Party(entity, meant.start, meant.end, because, thing, arc.score or 1.0))
        if arc.kind == "actor":
            found = [one for one in found if not self._is_nobodys_weapon(tree, word, one)]
        return [one for party in found for one in self._by_name(party, self.named.get((tree.passage.index, word), ()))]

    def _crowd(self, tree: Tree, arcs: Collection[Role]) -> Iterator[Party]:
        """Those of whom only the number is told, as the people that they are: "*thousands* marched"."""
        for arc in arcs:
            if arc.score >= CERTAIN and is_crowd(tree, arc.word):
                start, end = tree.span(*tree.phrase(arc.word))
                known = identify("people", self.cast)
                entity = msgspec.structs.replace(known.entity, text=self.text[start:end])
                yield Party(entity, start, end, (("", why(arc)), *known.because), score=arc.score)

    def _meant(self, tree: Tree, word: int, meant: Antecedent) -> Iterator[tuple[Entity, Reasons]]:
        """Whoever is meant by words, each of several, and what tells so: "envoys of *Qatar* and *Egypt*"."""
        called = owned(tree, word, (meant.start, meant.end), self.chains)
        each = members(called.words, self.codebook)
        for words in each:
            known = called.identify(words)
            entity = self._told_as_many(tree, word, known.entity)
            entity = msgspec.structs.replace(entity, text=self.text[meant.start : meant.end])
            called_so, side = words[: len(entity.name)].lower(), words[len(entity.name) :]
            if len(each) > 1 and called_so == entity.name.lower() and side.startswith((" of ", " from ")):
                entity = msgspec.structs.replace(entity, name=entity.name + side)  # "envoys of Egypt" beside Qatar's
            yield entity, (("", meant.because), *known.because)

    def _told_as_many(self, tree: Tree, word: int, entity: Entity) -> Entity:
        """Those of whom the singular before an event tells, as the many that they are: "*civilian* deaths", "a *rebel* attack"."""
        role = self.codebook.find_role(entity.name) if tree.words[word].deprel in ("amod", "compound") else None
        many = role is not None and role.is_people and role.name == f"{entity.name}s"
        return msgspec.structs.replace(entity, name=role.name) if role and many else entity

    def _by_name(self, party: Party, names: Collection[tuple[int, int]]) -> Iterator[Party]:
        """Those of whom the report tells the names elsewhere, each by his name; a group stays itself."""
        if not names or party.entity.actor:
            yield party
            return
        because = party.reasons_with("name", IN_FULL)
        for start, end in names:
            name = self.text[start:end]
            entity = msgspec.structs.replace(party.entity, text=name, name=name)
            yield replace(party, entity=entity, start=start, end=end, because=because)

    def _is_nobodys_weapon(self, tree: Tree, word: int, party: Party) -> bool:
        """Whether it is a weapon of which nothing says whose it is: "a *missile* struck the market", "drones launched from Iraq",
        "*artillery* fire was heard"."""
        fired = any(tree.words[kid].deprel == "acl" and tree.form(kid) in FIRED for kid in tree.kids[word])
        noun = tree.words[word].text
        weapon = bare(noun) in listed("things", "weapons")
        arms, by = weapon or self.codebook.means(noun, "equipment"), tree.words[word].deprel == "compound"
        guessed = (weapon or (arms and by)) and party.is_of_guessed_country
        return party.entity.actor is None and (guessed or (fired and arms))

    def _is_people(self, words: str) -> bool:
        """Whether words mean people by what they do: "officers", of whom nothing more is known."""
        return self.codebook.means(words, *PEOPLE)

    def _is_property(self, words: str) -> bool:
        """Whether words mean what can be struck though nothing says whose it is: "the *bridge*"; a village is a place."""
        role = self.codebook.find_role(words)
        return role is not None and role.kind in ("place", "equipment") and role.id != "village"

    def _are_more_of(self, tree: Tree, word: int, arcs: Collection[Role]) -> bool:
        """Whether "others" are more of those told of before them: "two *soldiers* were killed and four others hurt"."""
        before = (arc.word for arc in arcs if arc.word < word and arc.score >= CERTAIN)
        nouns = (tree.words[at].text for at in before if tree.words[at].upos == "NOUN")
        return tree.form(word) == "others" and any(plural(noun) and self._is_people(noun) for noun in nouns)

    def _is_struck_capital(self, tree: Tree, word: int) -> bool:
        """Whether a capital is a town that is struck, and no government: "air strikes on *Sanaa*"; but "clashed with *Kabul*"."""
        country = self.codebook.find_country(tree.words[word].text) if tree.is_named(word, "LOC") else None
        struck = tree.case(word) in STRUCK or tree.words[word].deprel in ("obj", "nsubj:pass", "conj")
        return country is not None and country.kind == "capital" and struck and tree.case(word) != "against"

    def _phrase(self, tree: Tree, word: int, others: frozenset[int]) -> tuple[int, int]:
        """The phrase of a word, or of the name beside it, without `others`."""
        first, last = tree.party(named_beside(tree, word), others)
        return tree.span(before_bracket(tree, first) if self._is_people(tree.words[word].text) else first, last)

    def whole_name(self, tree: Tree, word: int, start: int, end: int) -> tuple[int, int]:
        """The longest name of a listed actor that goes beyond a word's phrase, since the parser cuts names in two; else the phrase."""
        for length in range(LONGEST_NAME, 1, -1) if tree.words[word].upos == "PROPN" else ():
            for first in range(max(0, word - length + 1), min(word, len(tree.words) - length) + 1):
                begin, close = tree.span(first, first + length - 1)
                at_marks = "PUNCT" in (tree.words[first].upos, tree.words[first + length - 1].upos)
                beyond = not at_marks and (begin < start or close > end)
                if beyond and find_actor(self.text[begin:close], self.cast):
                    return min(begin, start), max(close, end)
        return start, max(end, self._whose_end(tree, word))

    def _whose_end(self, tree: Tree, word: int) -> int:
        """Where the longest name of an actor ends whose people a noun means: "fighters *of Jama'at Nusrat al-Islam*"."""
        of, last = word + 1, len(tree.words)
        if of >= last or tree.words[of].text != "of" or not self._is_people(tree.words[word].text):
            return 0
        for end in range(min(last, of + LONGEST_NAME + 1), of + 2, -1):
            begin, close = tree.span(of + 1, end - 1)
            if find_actor(self.text[begin:close], self.cast):
                return close
        return 0


def _is_event(tree: Tree, word: int, trigger: int) -> bool:
    """Whether a pronoun is what is called the event: "*It* was the heaviest raid in a week", "*this* was one of several attacks"; not
    who "was behind the explosion", or responsible for it."""
    head = tree.words[word].head
    called = tree.form(word) in _IT and tree.words[word].deprel == "nsubj" and tree.words[trigger].upos != "VERB"
    is_it = (head == trigger and not tree.case(head)) or (
        tree.words[trigger].head == head and tree.case(trigger) == "of"
    )
    return called and is_it and tree.child(head, "cop") is not None


def _asks_who(tree: Tree, word: int, trigger: int) -> bool:
    """Whether somebody asks or says who did it: "the *team* could not establish who fired first"; not of whom it is told: "an
    *attacker* who fired", "a *man* who police say had fired"."""
    subject = tree.child(trigger, "nsubj")
    if subject is None or tree.form(subject) != "who" or tree.words[trigger].deprel != "ccomp":
        return False
    verb = tree.words[trigger].head
    return verb < subject and tree.words[subject - 1].upos in _BEFORE_A_QUESTION and word not in tree.under(trigger)


def _was_hurt_before(tree: Tree, word: int, trigger: int) -> bool:
    """Whether somebody is hurt in what came before an attack: "Turkey shelled the village after a *soldier* was killed"."""
    verb, mark = tree.words[word].head, tree.child(tree.words[word].head, "mark")
    behind = tree.words[word].deprel == "nsubj:pass" and tree.words[verb].deprel == "advcl"
    return behind and mark is not None and tree.form(mark) == "after" and trigger not in tree.under(verb)


def _may_be_state(party: Party) -> bool:
    """Whether a name says that it is a state, its leader, its army or police."""
    return party.is_named and party.entity.country is not None and party.entity.sector in _MAY_BE


def _keeps_none(party: Party) -> bool:
    """Whether somebody is no side of a truce: people without a name, and bodies of states without arms, which only watch it."""
    watches = party.entity.country in ABOVE_STATES and party.entity.sector != "MIL"
    return watches or (party.entity.sector == "CVL" and not party.is_named)


def _author(tree: Tree, word: int) -> int:
    """Who has written what speaks: "a report by *Amnesty*"; of all else the word itself."""
    if bare(tree.words[word].text) not in listed("things", "writings"):
        return word
    return next(iter(tree.hung(word, "by", "from")), word)


def _are_listed(tree: Tree, heads: tuple[int, int], one: Party, other: Party) -> bool:
    """Whether two of one country are joined as two: "Hezbollah and *other guerrillas*"; "women and children" are told as one."""
    first, second = sorted(heads)
    joined = tree.words[second].deprel == "conj" and tree.words[second].head == first
    names = one.entity.name, other.entity.name
    peoples = all(not name.islower() for name in names)
    unlike = names[0].lower() != names[1].lower() and (one.entity.sector != "CVL" or peoples)
    return joined and unlike and min(one.score, other.score) >= CERTAIN


def _is_told(party: Party, other: Party) -> bool:
    """Whether a party of a mention is another one of it: not where they are officials of two countries, two persons, or two of one
    phrase ("*Iraqi* and *Kurdish* forces")."""
    one, two = party.entity, other.entity
    two_of_one = (party.start, party.end) == (other.start, other.end) and one.name != two.name
    if party.is_person and other.is_person:
        apart = not {*one.name.lower().split()} & {*two.name.lower().split()}
    else:
        apart = None not in (one.country, two.country) and one.country != two.country
    return event_pairs.same_entity(one, two) and not (apart or two_of_one)


def publisher(tree: Tree, arc: Role, cast: Cast) -> Party | None:
    """The listed body that speaks as "we" or "I" in its own statement; a newspaper takes no part in what it tells."""
    word = tree.words[arc.word]
    if word.text.lower() not in ("we", "i") or not cast.publisher or quotation.marks(tree.text):
        return None
    known = identify(cast.publisher, replace(cast, country=None, countries={}))
    if known.entity.sector == "JRN" or not (known.entity.actor or known.entity.country):
        return None
    entity = msgspec.structs.replace(known.entity, text=word.text)
    return Party(entity, word.start, word.end, (("", BY_PUBLISHER), *known.because), False, arc.score or 1.0)
