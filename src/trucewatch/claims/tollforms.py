"""The forms in which a sentence tells of a toll: patterns over the word classes of ``tollwords``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["killed", "injured"]

_TENS = "<numword>(?:<dash>?<numword>)?"
NUMBER = f"""(?:<half><a><multiple>
    |(?:<figure>|{_TENS})(?:<multiple>+(?:<and>?{_TENS})?)?
    |<vague>(?:<of><vague>)?|(?:<a>|<a>?<few>|<several>)<multiple>+|<a><few>|<a>?<couple><of>?)"""
_ABOUT = "(?:<a>(?=<about>)|<about>|<comparative><than>|<as><comparative><as>|<at><least>|<up><to>)*"
AMOUNT = f"""(?:<between>{NUMBER}<and>{NUMBER}|<from>{NUMBER}<to>{NUMBER}
    |(?:<the>|<whose>)?{_ABOUT}{NUMBER}(?:(?:<to>|<or>|<dash>){NUMBER})?)"""
_STOP = """(?:[|]|<comma>|<dot>|<and>|<or>|<edge>|<preposition>|<be>|<have>|<kill>|<injure>|<left>|<adverb>|<figure>
    |<numword>|<vague>|<multiple>|<verb>|<open>|<close>)"""
_AGE = "(?:<figure>|<numword>)<dash>?<year><dash>?<old>"
_WORD = f"(?:{_AGE}|(?!{_STOP}|<plural>|<thing>).)"
_MANY = f"(?:{_WORD}{{0,6}}?(?:<plural>|<thing>)+)"
_NOUN = f"(?:{_MANY}|{_WORD}{{1,4}}(?={_STOP}|$))"
GROUP = f"""(?:{AMOUNT}(?!<of>(?:<them>|<who>))(?:<of>?<the>)?(?:<of>?{_NOUN}(?:<of><the>?{_NOUN})?)?)"""
_NAME = "(?:(?!<plural>)<cap>){1,5}"
ONE = f"""(?:(?:<a>|<the>|<whose>|<another>|<s>)<ordinal>?{_WORD}{{0,5}}(?:<person>|{_AGE})(?!<s>)(?:{_NAME})?
    |<another>|<a><ordinal>|<himself>)"""
_BRACKET = "(?:<open>(?:(?!<close>|[|]).){1,8}<close>)?"
_UNIT = f"(?>(?:{GROUP}|{ONE}){_BRACKET})"
_AND = "(?:<comma>|<comma>?<and>)"
_ANY = "(?:(?![|]|<kill>|<injure>|<be>|<comma>|<dot>).)"
_ASIDE = f"""(?:<comma>?<including>{_ANY}{{1,10}}?(?:<comma>{_ANY}{{1,6}}?)?<comma>?
    |<comma>{_ANY}{{1,10}}?<comma>|<preposition>(?:(?!<figure>|<numword>|<edge>){_ANY}){{1,7}}?){{0,2}}"""
_BE = "(?:<have>?<adverb>?<be>{1,2}|<have>)<adverb>*"
_KILLED = (
    "(?:(?:<verb>|<shot>)(?:<and>|<to>))?(?:<shot>(?:<to><one_killing>|<dead>)|<kill>)(?!<or>|<and><injure>)"
)
_HURT = "(?:(?:<verb>|<shot>)<and>)?<injure>(?!<or>)"
_ACTS = f"(?:{_BE}|<adverb>)?(?:<shot>|<kill>|<injure>)"
# "soldiers and two rebels": what has no number of its own adds nothing
_BARE = f"(?:{_AND}{_MANY})"
_ALONG = f"(?:{_ANY}{{0,10}}?<comma>?<along><with>(?P<more>{_UNIT}(?:{_AND}{_UNIT})*))?"
_SUBJECTS = f"(?P<list>(?:{_UNIT}|(?<!<preposition>)(?<!<cap>){_NAME}(?={_AND}{_UNIT})){_BARE}*(?:{_AND}{_UNIT}{_BARE}*)*)"
_OBJECTS = f"(?P<list>(?:{_UNIT}|{_NAME}(?={_AND}{_UNIT})){_BARE}*(?:{_AND}{_UNIT}(?!{_ACTS}){_BARE}*)*)"
_ALONE = "(?<!<collective>)(?:<was>|<has><be>)<adverb>*"
_ITEM = f"(?:<the>|<a>|<whose>)?{_WORD}{{0,5}}?(?:<person>|<cap>)(?!<plural>)"


class Form(NamedTuple):
    """Words that tell of a toll: a ``list`` of people (and some ``more``) to be added up, or a fixed ``count``.

    ``at`` is the verb or noun by which two forms that tell of the same toll are known.
    """

    kind: Kind | None
    """None: both."""
    pattern: str
    count: int | None = None
    either: bool = False
    """Killed *or* injured: nobody knows how many of each."""


# The first form that fits a verb or noun wins.
FORMS: Sequence[Form] = (
    # "no one was hurt", "there were no casualties"
    Form("killed", f"<nobody>{_ANY}{{0,4}}?<be>?<adverb>*(?P<at>{_KILLED})", 0),
    Form("injured", f"<nobody>{_ANY}{{0,4}}?<be>?<adverb>*(?P<at>{_HURT})", 0),
    Form("killed", f"<no>(?!<others>){_WORD}{{0,2}}(?P<at><deaths>)", 0),
    Form("injured", f"<no>(?!<others>){_WORD}{{0,2}}(?P<at><injuries>)", 0),
    Form(None, f"<no>(?!<others>){_WORD}{{0,2}}(?P<at><casualties>)", 0),
    # "killing or wounding 20 people", "20 people were killed or wounded"
    Form(None, f"(?<!<be>)(?P<at><kill>)(?:<and>|<or>)<injure>{_OBJECTS}", either=True),
    Form(None, f"{_SUBJECTS}{_ASIDE}{_BE}?(?P<at><kill>)(?:<and>|<or>)<injure>", either=True),
    # "killing at least 12 people", "wounded ten others"
    Form("killed", f"(?<!<be>)(?P<at><slay>)<adverb>?{_OBJECTS}{_ALONG}"),
    Form("injured", f"(?<!<be>)(?<!<kill><and>)(?<!<kill><or>)(?P<at><injure>)<adverb>?{_OBJECTS}"),
    # "two soldiers and a civilian, all of them Turks, were killed"
    Form("killed", f"{_SUBJECTS}{_ASIDE}{_BE}(?P<at>{_KILLED}){_ALONG}"),
    Form("injured", f"{_SUBJECTS}{_ASIDE}{_BE}(?P<at>{_HURT})"),
    # "20 wounded", "leaving 15 people dead"
    Form("killed", f"{_SUBJECTS}<adverb>?(?P<at>{_KILLED})"),
    Form("injured", f"{_SUBJECTS}<adverb>?(?P<at>{_HURT})"),
    # "the deaths of 14 men", "the death toll rose to 58", "claimed 12 lives", "12 deaths", "the bodies of two men"
    Form("killed", f"(?P<at><killing_of>)<of>{_OBJECTS}"),
    Form(
        "killed",
        f"(?P<at><toll>)(?:(?!<kill>|<injure>|[|]).){{0,20}}?(?:<to>|<at>|<of>|<be>)(?P<list>{AMOUNT})",
    ),
    Form("killed", f"(?P<list>{AMOUNT}<of>?{_WORD}{{0,3}})(?P<at><lives>)"),
    Form("killed", f"(?P<list>{AMOUNT}<of>?{_WORD}{{0,3}})(?P<at><deaths>)"),
    Form("killed", f"(?P<at><bodies>)<of>{_OBJECTS}"),
    Form("killed", f"(?P<list>{AMOUNT}{_WORD}{{0,2}})(?P<at><bodies>)"),
    # one person: "the commander was killed", "who died", "the assassination of Rafik Hariri"
    Form("killed", f"{_ALONE}(?P<at>{_KILLED})", 1),
    Form("injured", f"{_ALONE}(?P<at>{_HURT})", 1),
    Form("killed", "(?:<he>|<person>)(?:<who>)?<adverb>?<has>?(?P<at><die>)", 1),
    Form("killed", f"(?P<at><one_killing>)<of>{_ITEM}", 1),
    Form("killed", f"(?<!<be>)(?P<at><slay>)(?:<him>|{_NAME}(?={_STOP}|$))", 1),
    Form("injured", "(?<!<be>)(?P<at><injure>)<him>", 1),
    Form("killed", "(?:<cap>|<person>)<s>(?P<at><one_killing>)(?!<toll>)", 1),
)
ANY_TOLL = "<kill>|<shot>|<injure>|<killing_of>|<deaths>|<casualties>|<injuries>|<lives>|<bodies>|<toll>"
UNITS = f"(?P<group>{GROUP})|(?P<one>{ONE})|(?P<name>{_NAME})"
