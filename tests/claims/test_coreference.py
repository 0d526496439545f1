"""What pronouns and descriptions stand for, on passages made by hand.

More than 400 lines because each passage is written out word by word with its tree, which no shorter form tells as plainly.
"""

from __future__ import annotations

import datetime as dt
import re
import sys

import pytest

from tests.claims.made import Sentence, coded, passages
from trucewatch import codebook
from trucewatch.claims.cast import Cast
from trucewatch.claims.coreference import Antecedent, Chains

BOOK = codebook.load()

MET: Sentence = (
    """
Russian ADJ 3 amod
President PROPN 3 nmod:desc
Vladimir PROPN 10 nsubj
Putin PROPN 3 flat
and CCONJ 7 cc
Turkish ADJ 7 amod
President PROPN 3 conj
Recep PROPN 7 flat
Erdogan PROPN 7 flat
met VERB 0 root
in ADP 12 case
Moscow PROPN 10 obl
. PUNCT 10 punct
""",
    [("Vladimir Putin", "PER"), ("President Recep Erdogan", "PER"), ("Moscow", "LOC")],
)
TALKED: Sentence = (
    """
The DET 2 det
two NUM 3 nsubj
discussed VERB 0 root
Idlib PROPN 3 obj
. PUNCT 3 punct
They PRON 7 nsubj
agreed VERB 3 parataxis
on ADP 9 case
nothing PRON 7 obl
. PUNCT 3 punct
""",
    [("Idlib", "LOC")],
)
PRAISED: Sentence = (
    """
The DET 3 det
Turkish ADJ 3 amod
president NOUN 4 nsubj
praised VERB 0 root
him PRON 4 obj
and CCONJ 8 cc
his PRON 8 nmod:poss
army NOUN 5 conj
. PUNCT 4 punct
""",
    [],
)
GROUP: Sentence = (
    """
Hamas PROPN 2 nsubj
fired VERB 0 root
rockets NOUN 2 obj
and CCONJ 6 cc
it PRON 6 nsubj
threatened VERB 2 conj
Israel PROPN 6 obj
. PUNCT 2 punct
""",
    [("Hamas", "ORG"), ("Israel", "LOC")],
)
LATER: Sentence = (
    """
The DET 2 det
group NOUN 3 nsubj
said VERB 0 root
we PRON 5 nsubj
fight VERB 3 ccomp
soldiers NOUN 5 obj
who PRON 8 nsubj
attack VERB 6 acl:relcl
. PUNCT 3 punct
""",
    [],
)
WOMAN: Sentence = (
    """
Theresa PROPN 3 nsubj
May PROPN 1 flat
told VERB 0 root
John PROPN 3 obj
Major PROPN 4 flat
she PRON 7 nsubj
left VERB 3 ccomp
. PUNCT 3 punct
""",
    [("Theresa May", "PER"), ("John Major", "PER")],
)
REBELS: Sentence = (
    """
Rebels NOUN 2 nsubj
attacked VERB 0 root
soldiers NOUN 2 obj
because SCONJ 6 mark
they PRON 6 nsubj
feared VERB 2 advcl
them PRON 6 obj
. PUNCT 2 punct
""",
    [],
)
RAIN: Sentence = (
    """
Syria PROPN 2 nsubj
said VERB 0 root
it PRON 5 expl
is AUX 5 cop
clear ADJ 2 ccomp
. PUNCT 2 punct
""",
    [("Syria", "LOC")],
)


def chains(*sentences: Sentence) -> Chains:
    text, made = passages(*sentences)
    return Chains.build(text, made, Cast(BOOK, dt.date(2016, 8, 9), "SYR"))


def found(made: Chains, words: str, after: int = 0) -> list[Antecedent]:
    start = made.text.index(words, after)
    return list(made.antecedents(start, start + len(words)))


def said(made: Chains, words: str, after: int = 0) -> list[str]:
    return [made.text[one.start : one.end] for one in found(made, words, after)]


def test_the_two_are_the_last_two_persons() -> None:
    made = chains(MET, TALKED)
    one, two = said(made, "The two")
    assert one.endswith("Vladimir Putin")
    assert two.endswith("Recep Erdogan")
    assert {one.because for one in found(made, "The two")} == {"rule split antecedent"}


def test_both_presidents_are_found_from_afar() -> None:
    filler = ("It PRON 2 nsubj\nrained VERB 0 root\n. PUNCT 2 punct", [])
    later = ("Both DET 2 det\npresidents NOUN 3 nsubj\nleft VERB 0 root\n. PUNCT 3 punct", [])
    made = chains(MET, *[filler] * 8, later)
    assert [name.split()[-1] for name in said(made, "Both presidents")] == ["Putin", "Erdogan"]


def both(words: str) -> Sentence:
    """A sentence in which two left."""
    *before, noun = words.split()
    lines, verb = [f"{word} DET {len(before) + 1} det" for word in before], len(before) + 2
    return "\n".join([*lines, f"{noun} NOUN {verb} nsubj", "left VERB 0 root", f". PUNCT {verb} punct"]), []


FLED: Sentence = (
    """
Families NOUN 7 nsubj
and CCONJ 4 cc
Hamas PROPN 4 compound
fighters NOUN 1 conj
fled VERB 0 root
Israel PROPN 5 obj
with ADP 8 case
soldiers NOUN 5 obl
. PUNCT 5 punct
""",
    [("Hamas", "ORG"), ("Israel", "LOC")],
)
TREATY: Sentence = (
    """
Syria PROPN 4 nsubj
and CCONJ 3 cc
Jordan PROPN 1 conj
freed VERB 0 root
prisoners NOUN 4 obj
of ADP 7 case
Hamas PROPN 5 nmod
. PUNCT 4 punct
""",
    [("Syria", "LOC"), ("Jordan", "LOC"), ("Hamas", "ORG")],
)


@pytest.mark.parametrize(
    ("before", "words", "who"),
    [
        (TREATY, "Both countries", ["Syria", "Jordan"]),
        (TREATY, "The neighbours", ["Syria", "Jordan"]),
        (TREATY, "The old rivals", ["Syria", "Jordan"]),
        (GROUP, "Both countries", []),
        (GROUP, "The two sides", ["Hamas", "Israel"]),
        (GROUP, "Both armies", []),
        (FLED, "Both sides", ["Hamas", "Israel"]),
        (FLED, "Neither side", ["Hamas", "Israel"]),
        (MET, "Two men", []),
    ],
)
def test_both_are_two_that_can_be_called_so(before: Sentence, words: str, who: list[str]) -> None:
    assert said(chains(before, both(words)), words) == who


def test_they_may_be_two_joined_by_and() -> None:
    made = chains(MET, TALKED)
    assert [words.split()[-1] for words in said(made, "They")] == ["Putin", "Erdogan"]


def test_the_turkish_president_is_the_turk() -> None:
    made = chains(MET, PRAISED)
    assert said(made, "The Turkish president")[0].endswith("Recep Erdogan")
    assert found(made, "The Turkish president")[0].because == "rule description 'the turkish president'"


@pytest.mark.parametrize("country", ["French", "Chinese"])
def test_no_president_of_that_country_no_answer(country: str) -> None:
    lines = PRAISED[0].replace("Turkish", country)
    assert said(chains(MET, (lines, [])), f"The {country} president") == []


def test_pronouns_of_a_person() -> None:
    made = chains(MET, PRAISED)
    assert said(made, "him")[0].endswith(("Putin", "Erdogan"))
    assert found(made, "him")[0].because == "rule pronoun him"


def test_it_is_the_group_and_the_group_is_named() -> None:
    made = chains(GROUP, LATER)
    assert said(made, "it") == ["Hamas"]
    assert said(made, "The group") == ["Hamas"]


def described(words: str, *tags: str) -> Sentence:
    """A sentence in which those whom the words describe left."""
    lines = [f"{word} {tag} {len(tags)} det" for word, tag in zip(words.split()[:-1], tags, strict=False)]
    verb = len(lines) + 2
    lines += [f"{words.split()[-1]} NOUN {verb} nsubj", "left VERB 0 root", f". PUNCT {verb} punct"]
    return "\n".join(lines), []


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("The Islamist movement", ["Hamas"]),
        ("The Palestinian group", ["Hamas"]),
        ("The Lebanese group", []),
        ("The army", []),
    ],
)
def test_a_body_is_called_only_what_it_is(words: str, who: list[str]) -> None:
    made = chains(GROUP, described(words, *["DET", "ADJ", "NOUN"][: len(words.split())]))
    assert said(made, words) == who


def test_a_body_with_a_name_of_its_own_is_no_other() -> None:
    lines, _ = described("The Anadolu news agency", "DET", "PROPN", "NOUN", "NOUN")
    made = chains(GROUP, (lines, [("Anadolu news agency", "ORG")]))
    assert said(made, "The Anadolu news agency") == []


def test_an_office_may_be_described_at_length() -> None:
    made = chains(
        MET, described("The outspoken yet cryptic Turkish president", "DET", "ADJ", "CCONJ", "ADJ", "ADJ", "NOUN")
    )
    assert said(made, "The outspoken yet cryptic Turkish president")[0].endswith("Recep Erdogan")


def test_a_phrase_that_ends_in_a_name_is_not_called_by_it() -> None:
    aid: Sentence = (
        """
Kerry PROPN 2 nsubj
praised VERB 0 root
aid NOUN 2 obj
for ADP 5 case
GNA PROPN 3 nmod
. PUNCT 2 punct
""",
        [("Kerry", "PER"), ("GNA", "ORG")],
    )
    assert all("aid" not in words for words in said(chains(aid, described("The GNA", "DET", "NOUN")), "The GNA"))


def test_what_stands_under_a_picture_is_no_part_of_the_story() -> None:
    picture: Sentence = (
        """
FILE PROPN 4 dep
- PUNCT 4 punct
Major PROPN 4 nsubj
waves VERB 0 root
. PUNCT 4 punct
""",
        [("Major", "PER")],
    )
    told: Sentence = ("May PROPN 2 nsubj\nspoke VERB 0 root\n. PUNCT 2 punct", [("May", "PER")])
    later: Sentence = ("She PRON 2 nsubj\nleft VERB 0 root\n. PUNCT 2 punct", [])
    assert said(chains(told, picture, later), "She") == ["May"]


def test_we_is_who_speaks() -> None:
    made = chains(GROUP, LATER)
    assert said(made, "we") == ["The group"]
    assert found(made, "we")[0].because == "rule speaker of we"


def test_who_is_what_it_follows() -> None:
    assert said(chains(LATER), "who") == ["soldiers"]


def test_sex_rules_out() -> None:
    assert said(chains(WOMAN), "she") == ["Theresa May"]
    man = (WOMAN[0].replace("she", "he"), WOMAN[1])
    assert said(chains(man), "he", 20) == ["John Major"]


def test_a_verb_has_two_sides() -> None:
    made = chains(REBELS)
    assert said(made, "they") != said(made, "them")
    assert sorted(said(made, "they") + said(made, "them")) == ["Rebels", "soldiers"]


def test_an_it_that_stands_for_nothing() -> None:
    assert said(chains(RAIN), "it") == []


def test_a_name_stands_for_itself() -> None:
    made = chains(MET, TALKED)
    assert said(made, "Moscow") == []
    assert made.antecedents(10_000, 10_002) == ()
    assert made.antecedents(0, 0) == ()


def test_no_text_no_chains() -> None:
    made = Chains.build("", (), Cast(BOOK))
    assert made.antecedents(0, 3) == ()


def calls(times: int) -> int:
    """Calls of functions that it takes to look up each description of a text that tells the same so many times."""
    chinese, army = (PRAISED[0].replace("Turkish", word) for word in ("Chinese", "big"))
    made = chains(*[MET, (chinese, []), (army.replace("president", "army"), [])] * times)
    counted = 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal counted
        counted += event == "call"

    sys.setprofile(count)
    try:
        for one in re.finditer("The Chinese president|The big army|him", made.text):
            made.antecedents(*one.span())
    finally:
        sys.setprofile(None)
    return counted


def test_what_is_told_twice_as_long_is_looked_up_twice_as_often() -> None:
    calls(1)  # loads what it needs
    assert calls(60) < 2.5 * calls(30)


def test_who_says_a_clause_is_nearest_to_its_pronouns() -> None:
    spoke: Sentence = ("Major PROPN 2 nsubj\nspoke VERB 0 root\n. PUNCT 2 punct", [("Major", "PER")])
    he_left: Sentence = ("He PRON 2 nsubj\nleft VERB 0 root\n. PUNCT 2 punct", [])
    said_that: Sentence = (
        """
Putin PROPN 2 nsubj
said VERB 0 root
that SCONJ 6 mark
his PRON 5 nmod:poss
army NOUN 6 nsubj
won VERB 2 ccomp
. PUNCT 2 punct
""",
        [("Putin", "PER")],
    )
    assert said(chains(spoke, he_left, said_that), "his") == ["Putin"]
    wept = (said_that[0].replace("said", "wept"), said_that[1])
    assert said(chains(spoke, he_left, wept), "his") == ["Major"]


def test_a_listed_body_is_none_but_a_body() -> None:
    fired = (GROUP[0], [("Hamas", "PER"), ("Israel", "LOC")])
    made = chains(fired, LATER)
    assert said(made, "it") == ["Hamas"]
    assert said(made, "The group") == ["Hamas"]


@pytest.mark.parametrize(
    ("body", "words", "who"),
    [
        ("Gazprom", "The firm", ["Gazprom"]),
        ("Gazprom", "The court", []),
        ("Hamas", "The bloc", []),
        ("NATO", "The bloc", ["NATO"]),
    ],
)
def test_a_body_is_called_by_its_kind(body: str, words: str, who: list[str]) -> None:
    named = (f"{body} PROPN 2 nsubj\nleft VERB 0 root\n. PUNCT 2 punct", [(body, "ORG")])
    assert said(chains(named, described(words, "DET", "NOUN")), words) == who


@pytest.mark.parametrize(("army", "who"), [("Free Syrian", []), ("Syrian Arab", ["The Syrian Arab Army"])])
def test_an_army_of_rebels_is_not_the_army(army: str, who: list[str]) -> None:
    one, other = army.split()
    named = (
        f"The DET 4 det\n{one} ADJ 4 amod\n{other} ADJ 4 amod\nArmy PROPN 5 nsubj\nleft VERB 0 root\n. PUNCT 5 punct",
        [("Army", "ORG")],
    )
    assert said(chains(named, described("The army", "DET", "NOUN")), "The army") == who


def test_a_secretary_general_is_called_so() -> None:
    named = (
        "Secretary-General PROPN 2 nmod:desc\nGuterres PROPN 3 nsubj\nleft VERB 0 root\n. PUNCT 3 punct",
        [("Guterres", "PER")],
    )
    after = described("The secretary-general", "DET", "NOUN")
    assert said(chains(named, after), "The secretary-general")[0].endswith("Guterres")


def test_the_party_is_the_one_that_was_told_of_with_its_kind() -> None:
    text = "The Communist Party of India (Maoist) attacked a Police party in Sukma. The party shot two of the men."
    assert [party.name for party in coded(text)[-1].actors] == ["Police party"]


def test_who_helps_to_push_others_back_does_not_push_himself_back() -> None:
    text = "Rebels attacked the town on Sunday. Kenyan soldiers helped to push them back, an elder said."
    assert [party.name for party in coded(text)[-1].recipients] == ["rebels"]


@pytest.mark.parametrize("court", ["Bahrain's royal court", "Egypt's foreign ministry"])
def test_their_meeting_is_not_that_of_who_tells_of_it(court: str) -> None:
    claims = coded(
        f"The kings of Jordan and Morocco spoke on Monday, {court} said. It was their second call this month."
    )
    assert [len(claim.actors) for claim in claims] == [2]
