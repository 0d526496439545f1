"""Step 3, how many: the forms in which a sentence tells of a toll: patterns over the word classes of ``tolls``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["killed", "injured"]

# ---------------------------------------------------------------- numbers and the people counted

_COUNTED = "<a>|<the>|<whose>|<figure>|<numword>"
_JOINED = f"(?:(?!<and>|<comma>|<be>|<kill>|<injure>).){{1,4}}<and>(?!{_COUNTED})"
_BOTH = f"<both>(?!{_JOINED})"  # and not "both soldiers and civilians"
_TENS = "<numword>(?:<dash>?<numword>)?"
NUMBER = f"""(?:<half><a><multiple>
    |(?:<figure>|{_TENS})(?:<multiple>{{1,3}}(?:<and>?{_TENS})?)?
    |(?:<a>|<a>?<few>|<several>)<multiple>{{1,3}}|<vague>(?:<of><vague>)?|<a><few>|<a>?<couple><of>?|{_BOTH})"""
_ABOUT = "(?:<a>(?=<about>)|<about>|<comparative><than>|<as><comparative><as>|<no><comparative><than>|<at><least>|<up><to>){0,4}"
AMOUNT = f"""(?:(?:(?:<between>|<from>){NUMBER}(?:<and>|<to>)
    |(?:(?:<a>|<the>|<whose>)<gathered><of>)?(?:<the>|<whose>)?{_ABOUT}){NUMBER}(?:(?:<to>|<or>|<dash>){NUMBER}|<or><comparative>)?)"""
# a choice without its brackets, so that it can be made longer
_STOP = """<break>|<comma>|<dot>|<and>|<or>|<a>|<the>|<whose>|<edge>|<preposition>|<be>|<have>|<kill>|<die_now>|<injure>|<left>
    |<adverb>|<figure>|<numword>|<vague>|<multiple>|<verb>|<open>|<close>"""
_END = f"{_STOP}|<dash>|<would>|$"
_AGE = "(?:<figure>|<numword>)<dash>?<year><dash>?<old>"
_COMPOUND = (
    "(?:(?:<figure>|<numword>)<dash>(?!<numword>|<figure>)|<preposition><dash>)."  # "a two-star general", "off-duty"
)
_WORD = f"(?:{_AGE}|{_COMPOUND}|(?!{_STOP}|<plural>|<thing>).)"
_LOOSE = f"(?:(?!{_STOP}).)"
_MANY = f"(?:{_WORD}{{0,6}}?(?:<plural>|<thing>){{1,4}}<person>?)"  # "one Revolutionary Guards officer"
_NOUN = f"(?:{_MANY}|{_WORD}{{1,4}}(?={_STOP}|$))"
GROUP = f"""(?:(?<!<month>)(?!{_AGE}){AMOUNT}(?!<of>(?:<them>|<who>))(?:<of><the>{NUMBER})?(?:<of>?(?:<the>|<whose>))?
    (?:<of>?{_NOUN}(?:<of>(?:<the>|<whose>|<a>|<numword>|<figure>)?{_LOOSE}{{1,7}}(?={_STOP}|$))?)?)"""
NAME = "(?:(?!<plural>)<cap>(?:<dash>?(?:<particle>|(?!<plural>)<cap>)){0,5})"
_OF = f"(?:<of>(?:<a>|<the>|<whose>)?{_LOOSE}{{1,4}}(?=<and>))?"  # "the imam of a mosque and two others"
_PERSON = f"(?:{_AGE}|{_COMPOUND}|(?!{_STOP}|<thing>).){{0,6}}(?:<person>|{_AGE})(?!<s>)(?:{NAME})?{_OF}"
ONE = f"""(?:(?:<a>|<the>|<whose>|<another>|{NAME}?<s>)<ordinal>?{_PERSON}(?:<comma>{NAME}(?=<comma>))?
    |(?<=<and>)(?:{_AGE})?<kin>(?:{NAME})?|<a>{_LOOSE}{{0,5}}?<personnel>
    |<ordinal>{_PERSON}|<another>|<a><ordinal>|<himself>|(?:<he>|<him>)(?=<and>))"""
_CALLED = f"(?:<comma>?<called><as>{NAME}<comma>?(?=<and>(?:<a>|<the>|<another>|<figure>|<numword>)))?"
_UNIT = f"(?>(?:{GROUP}|{ONE}){_CALLED})"
_AND = "(?:<comma>|<comma>?<and>)"
_BARE = (
    f"(?:{_AND}(?:<a>.<count_of><of>)?{_MANY})"  # "two soldiers and rebels": what has no number of its own adds nothing
)
BRACKET = "<open>(?:(?!<open>|<close>|<kill>|<injure>|<casualties>|<deaths>).){1,15}<close>"
AGE = "(?<=<person>|<cap>)<comma><figure>(?=<comma>|<dot>|<and>|$)"
"""Of "Ali Hasan, *23*, was killed"."""
PART = f"^[^|]{{0,8}}?(?:<comma>|<dash>|<open>)(?:<including>|<of><them>){_ABOUT}(?P<part>{NUMBER})"
"""Of "up to seven people, including *two* officers"."""
MORE = f"(?:<a>|{_ABOUT}{NUMBER}|<at><least>)?<others>(?!<than>)"
"""Of "*another* three", "three *more* people", "a *further* three"."""
LEAST = "(?:<comparative><than>|<at><least>|<over>|<a>?<vague>)"
"""Of "*more than* 20"."""
TOTAL = f"<toll>[^|]*(?:<to>|<passed>){AMOUNT}$"
"""Of "the toll rose *to* 45"."""
SPELL = "<spell>"
"""Of "the toll *this year*", which is of more than one deed."""
TOLD_TWICE = "^[^|]{0,4}?(?:<generic><comma>|<civilians><comma>(?!.*<armed>))"
"""Of "three *people*, two soldiers and a guard", "three *civilians*, two women and a child"."""
UNITS = f"(?P<group>{GROUP})|(?P<one>{ONE})|(?P<name>^{NAME})"

# ---------------------------------------------------------------- what stands around them

_ANY = "(?:(?!<break>|<kill>|<injure>|<be>|<comma>|<dot>).)"
_OF_THEM = f"(?:(?!<edge>){_ANY}){{0,4}}?"
_DOING = f"<doing>(?:(?!<figure>|<numword>|<edge>){_ANY}){{1,9}}?"
_ASIDE = f"""(?:<comma>?<including>{_ANY}{{1,10}}?(?:<comma>{_ANY}{{1,6}}?)?<comma>?
    |<comma>?<called><as>(?:<comma>|<dot>|{_ANY}){{1,30}}?
    |<comma>{_ANY}{{1,10}}?<comma>|<dash>(?:<comma>|{_ANY}){{1,14}}?<dash>
    |{_DOING}
    |<preposition>(?:(?!<figure>|<numword>|<edge>){_ANY}){{1,7}}?){{0,2}}"""
_AMONG = f"(?:<comma>?<including>{_ANY}{{1,8}}?|<comma>{NUMBER}<of><them>{_ANY}{{1,8}}?<comma>)?"
_ON = "(?:<preposition><month><figure><comma>?)?"  # "was on July 2 killed"
_BE = f"(?:<have>?<adverb>?<be>{{1,2}}<adverb>{{0,4}}(?:<have>{{1,2}}<be>?)?|<have>)<adverb>{{0,4}}{_ON}"
_DONE = "(?!<or>|<and><injure>)"
_KILLED = (
    f"(?:(?:<verb>|<shot>)(?:<and>|<to>))?(?:<shot>(?:<to><one_killing>|<dead>)|<declared><as>?<dead>|<kill>){_DONE}"
)
_SLAIN = "(?:<slain>|<shot><to><one_killing>)"
_HURT = "(?:(?:<verb>|<shot>)<and>)?<injure>(?!<or>)"
_OR_HURT = "(?=(?:<and>|<or>)<injure>)"
_ACT = "(?:<be>|(?:<have>|<adverb>)*(?:<shot>|<kill>|<injure>))"
_WORDS = f"<and>(?:{_LOOSE}|<a>|<the>|<whose>|<numword>|<figure>|<vague>){{1,6}}"
_CLAUSE = f"<comma>?(?:{_WORDS}){{1,3}}{_ACT}"
_BESIDES = f"(?:{_ANY}{{0,16}}?<comma>?<along><with>|<comma>?<as>(?:<be>|<did>))"
_ALONG = f"(?:{_BESIDES}(?P<more>(?:(?:(?<=<with|be|did>)|{_AND}){_UNIT}){{1,6}}))?"
# "a captain, a father of two, was killed" is one: units parted by commas alone are the same person told twice
_MORE = f"(?:(?:<comma>{_UNIT}{_BARE}{{0,3}}){{0,9}}<comma>?<and>{_UNIT}{_BARE}{{0,3}}){{0,4}}"
_MORE_OBJECTS = f"(?:(?!{_CLAUSE})(?:<comma>{_UNIT}{_BARE}{{0,3}}){{0,9}}<comma>?<and>{_UNIT}{_BARE}{{0,3}}){{0,4}}"
_OF_CHILDREN = f"(?<=<person><of>){NUMBER}{_LOOSE}{{0,3}}(?:<was>|<has>|<comma>)"  # "a mother of three was killed"
_NAMED = f"(?<!<preposition>)(?<!<cap>)(?<!<and>)(?<!<dash>){NAME}(?=<comma>?<and>{_UNIT})"
_FIRST = f"(?<!<such>)(?!{_OF_CHILDREN})(?:{_UNIT}|{_NAMED})"
_OF_OTHERS = f"(?!<generic>|<civilians><comma>{AMOUNT}(?!<armed>))"  # "four *people*, two of them women"
_HEADLINE = (
    f"(?:^{AMOUNT}{_OF_OTHERS}{_NOUN}<comma>(?=<figure>|<numword>|<vague>|<a>))?"  # "three soldiers, ten rebels killed"
)
_SUBJECTS = f"(?P<list>{_HEADLINE}{_FIRST}{_BARE}{{0,3}}{_MORE})"
_OBJECT = f"(?:{_UNIT}|{NAME}(?=<comma>?<and>{_UNIT})){_BARE}{{0,3}}"
_OBJECTS = f"(?P<list>{_OBJECT}{_MORE_OBJECTS})"
_TWO_NOW = (
    f"{AMOUNT}{_OF_OTHERS}{_NOUN}<comma>{AMOUNT}{_NOUN}(?=<preposition>|<dot>|$)"  # "rebels kill 3 soldiers, 2 guards"
)
_ALONE = f"(?<!<collective>)(?:<was>|<has><adverb>{{0,2}}<be>)<adverb>{{0,4}}(?:<have><be>)?{_ON}"
_HURTS = f"<have>?<adverb>?<suffer>(?:{_LOOSE}|<of>){{0,4}}"
_SOMEBODY = f"""(?:{_AGE}<cap>{{1,4}}(?={_STOP}|<s>|$)|(?:<a>|<the>|<whose>)?(?:{_AGE})?(?:(?!{_STOP}|<thing>).){{0,5}}?
    (?:<person>(?!<person>|<plural>|<dash>|<cap>)|{NAME}(?={_STOP}|<s>|$)))"""
_BARE_NAME = f"(?:(?:(?!{_STOP}|<thing>|<plural>).){{0,3}}?{NAME}(?={_STOP}|$))"
_NOT_PART = "(?<!<part><of>)(?<!<part><of><the>)"  # "half of the 90 hostages were killed"
_SOME_OF = f"(?:{NUMBER}<of>(?=<the>))?"  # "three of *the five guards killed*"
_BARE_PERSON = f"(?:(?!{_STOP}|<thing>|<plural>).){{0,3}}?<person>(?!<person>|<plural>|<dash>|<cap>)"
_WHEN = f"(?:<preposition>(?:(?!<numword>|<who>){_ANY}){{1,8}}){{0,3}}"
_FOES = f"(?:{AMOUNT}<of>?{_WORD}{{0,3}}<foes>|{ONE})"
_WARD = f"<preposition>(?:<a>|<the>)?{_LOOSE}{{0,2}}<hospital>"
_NAMES = {
    count: f"(?<!<comma>)(?<!<preposition>)(?:(?<=<plural>)|(?<!<cap>)){NAME}(?:<comma>{NAME}){{{count - 2}}}<comma>?<and>{NAME}"
    for count in range(2, 6)
}
"""So many by name: "Kumar, Hamid and Salim"."""
_AFTER_NAMES = "(?=<dot>|<comma>|<preposition>|<edge>|$)"


class Form(NamedTuple):
    """Words that tell of a toll: a ``list`` of people or a ``fixed`` number, to which some ``more`` are added.

    ``at`` is the verb or noun with what must stand beside it, ``{at}`` in the pattern. It is looked for first, for whole patterns are
    long; by its last word two forms are known that tell of the same toll.
    """

    kind: Kind | None
    """None: both."""
    at: str
    pattern: str
    fixed: int | None = None
    either: bool = False
    """Killed *or* injured: nobody knows how many of each."""
    besides: bool = False
    """Whether they come on top of others, the dead of the foe: "killed ten and *lost* two men"."""


# The first form that fits a verb or noun wins.
FORMS: Sequence[Form] = (
    # "no one was hurt" (nor killed, then), "there were no casualties"
    Form("killed", _KILLED, f"<nobody>(?!<others>){_OF_THEM}<be>?<adverb>{{0,4}}{{at}}", 0),
    Form(None, _HURT, f"<nobody>(?!<others>){_OF_THEM}(?<!<the>)<be>?<adverb>{{0,4}}{{at}}", 0),
    Form("killed", _KILLED, f"<no>(?!<others>){_LOOSE}{{1,4}}(?:{_BE}){{at}}", 0),
    Form("injured", _HURT, f"<no>(?!<others>){_LOOSE}{{1,4}}(?:{_BE}){{at}}", 0),
    Form(None, "<casualties>", f"<not><cause><preposition>?(?:{_LOOSE}|<or>){{0,4}}{{at}}", 0),
    Form("killed", "<deaths>", f"<no>(?!<others>){_LOOSE}{{0,2}}(?:<of>{_LOOSE}{{0,2}})?{{at}}", 0),
    Form("injured", "<injuries>", f"<no>(?!<others>){_LOOSE}{{0,2}}(?:<of>{_LOOSE}{{0,2}})?{{at}}", 0),
    Form(None, "<casualties>", f"<no>(?!<others>){_LOOSE}{{0,2}}(?:<of>{_LOOSE}{{0,2}})?{{at}}", 0),
    Form("killed", "<slay>", "(?<!<be>){at}<nobody>", 0),
    Form(None, "<injure>", "(?<!<be>){at}<nobody>", 0),
    Form("killed", "(?:<slay>|<slay_now>)", "<not>{at}<anybody>", 0),
    Form(None, "(?:<injure>|<injure_now>)", "<not>{at}<anybody>", 0),
    # "killing or wounding 20 people", "20 people were killed or wounded", "20 casualties"
    Form(None, f"(?<!<be>)<kill>{_OR_HURT}", f"{{at}}..{_OBJECTS}", either=True),
    Form(None, f"{_BE}<kill>{_OR_HURT}", f"{_SUBJECTS}{_ASIDE}{{at}}..", either=True),
    Form(None, "<casualties>", f"(?P<list>{AMOUNT}{_WORD}{{0,3}}){{at}}", either=True),
    # "the number of people killed in three weeks rose to eight"
    Form("killed", "<kill>", f"<count_of><of>{_LOOSE}{{1,3}}{{at}}{_ANY}{{0,14}}?(?:<to>|<at>|<be>)(?P<list>{AMOUNT})"),
    # "killing one of them", "two of the wounded later died"
    Form("killed", "<slay>", f"(?<!<be>){{at}}<adverb>?(?P<list>{AMOUNT})<of><them>"),
    Form("injured", "<injure>", f"(?<!<be>){{at}}<adverb>?(?P<list>{AMOUNT})<of><them>"),
    Form(
        "killed",
        _KILLED,
        f"(?P<list>{AMOUNT})<of>(?:<the>|<them>)?(?:{NUMBER})?<injure>(?:{_BE}|<adverb>{{0,3}}){{at}}",
    ),
    Form("killed", f"<of><them>(?:{_BE}|<adverb>{{0,3}})<die>", f"(?P<list>{AMOUNT}){{at}}"),
    # "killing at least 12 people", "wounded ten others"
    Form("killed", "<slay_now>|<kills>", f"(?<!<would>){{at}}(?P<list>{_TWO_NOW})"),
    Form("killed", "(?<!<be>)<slay>", f"{{at}}<adverb>?{_OBJECTS}{_ALONG}"),
    Form("injured", "(?<!<be>)(?<!<kill><and>)(?<!<kill><or>)(?:<injure>|<stab>)", f"{{at}}<adverb>?{_OBJECTS}"),
    # "rebels kill 10, wound five", "three policemen die in blast"
    Form("killed", "<slay_now>", f"(?<!<would>){{at}}{_OBJECTS}{_ALONG}"),
    Form("injured", "<injure_now>", f"(?<!<would>){{at}}{_OBJECTS}"),
    Form("killed", "<die_now>", f"{_SUBJECTS}<adverb>?(?<!<would>){{at}}"),
    # "a soldier who was wounded on Friday died of his wounds"
    Form(
        "killed", f"<injure>{_WHEN}<comma>?<and>?<adverb>?<die>", f"{_SUBJECTS}{_ASIDE}<comma>?(?:<who>?{_BE})?{{at}}"
    ),
    Form("killed", "<martyrs>", f"(?P<list>{AMOUNT}{_WORD}{{0,2}}){{at}}"),
    # "eliminated five terrorists", "two militants were eliminated"
    Form("killed", "<eliminate>", f"(?<!<be>){{at}}(?P<list>{_FOES})"),
    Form("killed", f"{_BE}<eliminate>", f"(?P<list>{_FOES}){_ASIDE}{{at}}"),
    Form("killed", "<neutralise>", f"(?<!<be>){{at}}(?P<list>{_FOES})", either=True),
    Form("killed", f"{_BE}<neutralise>", f"(?P<list>{_FOES}){_ASIDE}{{at}}", either=True),
    Form("killed", "<neutralising>", f"{{at}}<of>(?P<list>{_FOES})", either=True),
    # "two soldiers and a civilian, all of them Turks, were killed", "the 40 people who were killed"
    Form("killed", f"{_BE}{_KILLED}", f"{_NOT_PART}{_SUBJECTS}{_ASIDE}<who>?{{at}}{_ALONG}"),
    Form("injured", f"(?:{_HURTS}<hurts>|{_BE}(?!<hurts>){_HURT})", f"{_NOT_PART}{_SUBJECTS}{_ASIDE}<who>?{{at}}"),
    Form("killed", "<die>", f"{_NOT_PART}{_SUBJECTS}(?:{_DOING}|{_AMONG}<who>?<adverb>?){{at}}{_ALONG}"),
    # "20 wounded", "leaving 15 people dead", "four people, among them a child, died"
    Form("killed", "<to><one_killing>", f"<shot>{_OBJECTS}{{at}}"),
    Form(
        "killed",
        f"(?<!<be>){_SLAIN}{_DONE}(?={_END})",
        f"{_SOME_OF}{_SUBJECTS}{_AMONG}<who>?<adverb>?{{at}}{_ALONG}",
    ),
    Form("killed", "<dead>", f"<shot>(?P<list>{AMOUNT})<of><them>{{at}}"),
    Form("killed", "<comma><adverb>?<die>", f"{_SUBJECTS}(?:{_DOING})?<comma>?{_ANY}{{1,10}}?{{at}}"),
    Form(
        "injured",
        f"(?<!<be>)<injure>(?={_END})",
        f"{_SOME_OF}{_SUBJECTS}{_AMONG}<adverb>?{{at}}",
    ),
    # "the deaths of 14 men", "the death toll rose to 58", "12 lives", "12 deaths", "the bodies of two men"
    Form("killed", "(?<!<attempted>)<killing_of>(?=<of>)", f"{{at}}.{_OBJECTS}"),
    Form(
        "killed",
        "<toll>",
        f"{{at}}(?:(?!<kill>|<injure>|<break>).){{0,20}}?(?:<to>|<at>|<of>|<be>|<passed>)(?P<list>{AMOUNT})",
    ),
    Form(
        "injured",
        "<hurt_toll>",
        f"{{at}}(?:(?!<kill>|<injure>|<break>).){{0,20}}?(?:<to>|<at>|<of>|<be>|<passed>)(?P<list>{AMOUNT})",
    ),
    Form("killed", "<lives>(?=<of>)", f"{{at}}.{_OBJECTS}"),
    Form("killed", "<lives>", f"(?P<list>{AMOUNT}<of>?{_WORD}{{0,3}}){{at}}"),
    Form("killed", "<lose><whose><lives>", f"{_SUBJECTS}{_ASIDE}<have>?{{at}}"),
    Form("killed", "(?<!<lose>)<whose><lives>", f"<cost>{_OBJECTS}{{at}}"),
    Form(
        "killed", "<lose>", f"{{at}}(?P<list>{AMOUNT}<of>?<whose>?(?:(?!{_STOP}|<plural>).){{0,3}}<lost>)", besides=True
    ),
    Form("killed", "<deaths>", f"(?P<list>{AMOUNT}<of>?{_WORD}{{0,3}}){{at}}"),
    Form("injured", "<injuries>", f"(?P<list>{AMOUNT}<of>?{_WORD}{{0,3}}){{at}}"),
    Form("killed", "<bodies>(?=<of>)", f"{{at}}.{_OBJECTS}"),
    Form("killed", "<bodies>", f"(?P<list>{AMOUNT}(?:{_WORD}|<verb>|<slain>|<shot>){{0,2}}){{at}}"),
    Form("killed", f"<fatally>(?={_END})", f"<comma>(?P<list>{AMOUNT})(?:<of><them>)?{{at}}"),
    # "five were taken to hospital", "were being treated for burns"
    Form(
        "injured",
        f"{_BE}(?:<hospitalised>|<treated>(?:<for>{_LOOSE}?<hurts>|{_WARD}))",
        f"{_SUBJECTS}{_ASIDE}<who>?{{at}}",
    ),
    # several by name: "Kumar and Hamid were killed", "killed Abu Salim, Abu Omar and Abu Zaid"
    *(Form("killed", _KILLED, f"{names}<were><adverb>{{0,4}}{{at}}", count) for count, names in _NAMES.items()),
    *(Form("injured", _HURT, f"{names}<were><adverb>{{0,4}}{{at}}", count) for count, names in _NAMES.items()),
    *(Form("killed", "<slay>", f"(?<!<be>){{at}}{names}{_AFTER_NAMES}", count) for count, names in _NAMES.items()),
    *(Form("injured", "<harmed>", f"(?<!<be>){{at}}{names}{_AFTER_NAMES}", count) for count, names in _NAMES.items()),
    # one person: "the commander was killed", "who died", "the assassination of Rafik Hariri"
    Form("killed", f"{_ALONE}{_KILLED}", f"{{at}}{_ALONG}", 1),
    Form("injured", "(?:<verb><and>)?<harmed>", f"{_ALONE}{{at}}", 1),
    Form(
        "killed",
        "<die>",
        f"(?:<he>|<person><who>?|<cap><comma>?<who>|<cap><comma>(?:<figure><comma>)?)<adverb>{{0,4}}<has>?{{at}}{_ALONG}",
        1,
    ),
    Form("killed", "<die>", "(?!<they>)<cap><adverb>{0,3}<has>?{at}(?:(?<=<succumb>)|<adverb>)", 1),
    Form("killed", "<dead>", "<him>{at}", 1),
    Form("injured", "<hurts>", f"(?:<he>|<person>|(?!<they>)<cap>){_HURTS}{{at}}", 1),
    Form("killed", "<body>", f"{{at}}<of>{_SOMEBODY}", 1),
    Form("killed", "<one_killing>", f"(?<!<attempted>){{at}}<of>{_SOMEBODY}(?:<comma>?<and>(?P<more>{_UNIT}))?", 1),
    Form("killed", "<shooting>", f"<fatal>.?{{at}}<of>{_SOMEBODY}", 1),
    Form("killed", "<slay>", f"(?<!<be>){{at}}(?:<him>|{_BARE_NAME})", 1),
    # in headlines: "gunmen kill mayor", "rebel leader killed in raid"
    Form("killed", "(?:<slay_now>|<slay>)", f"(?<!<be>)(?<!<would>){{at}}{_BARE_PERSON}", 1),
    Form("killed", f"<slain>(?={_END})", f"^{_BARE_PERSON}{{at}}", 1),
    Form("injured", "<injure>", "(?<!<be>){at}<him>", 1),
    Form("killed", "<one_killing>", "(?:<cap>|<person>)<s>{at}(?!<toll>)", 1),
)
