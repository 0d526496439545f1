"""What stands around a role noun: whose its people are, who stands behind them, of what country, by what body's name."""

from __future__ import annotations

import functools

from trucewatch.claims.cast import Cast
from trucewatch.claims.known import Known, Sign, of_actor
from trucewatch.claims.phrase import Phrase, bare, listed, patron, words
from trucewatch.codebook import RoleRow


def patron_of(phrase: Phrase) -> list[str]:
    """Those who stand behind the ones who are meant: "Turkish" of "Turkish-backed rebels"."""
    behind = [name for token in phrase.tokens if (name := patron(token))]
    for at, token in enumerate(phrase.tokens[1:]):
        if bare(token) in listed("after", "patrons"):
            behind.append(phrase.tokens[at])
    if phrase.link == "backed" or phrase.after.startswith("by "):
        behind.append(phrase.after.removeprefix("by ").removeprefix("the "))
    return behind


def is_led(phrase: Phrase) -> bool:
    """Whether others lead those who are meant: "U.S.-led forces"."""
    return any(token.endswith(("-led", "‑led", "–led")) for token in phrase.tokens)


def nearer_role(phrase: Phrase, cast: Cast) -> RoleRow | None:
    """The role that a word before the head noun names: "rebel" in "rebel convoy"."""
    for end in range(len(phrase.tokens) - 1, 0, -1):
        token = phrase.tokens[end - 1]
        if token[:1].isupper() and end > 1:
            continue
        if patron(token) is None and (row := cast.codebook.find_role(words()["heads"]["like"].get(bare(token), token))):
            return row
    return None


def country_of(
    phrase: Phrase, role: RoleRow, sector: str | None, owners: tuple[Known | None, Sign | None], cast: Cast
) -> tuple[str | None, str]:
    """The owner's country, that of a people or place in the words, else where the report plays."""
    known, people_ = owners
    if known and known.country:
        return known.country, known.where
    if known and known.sure == 3:
        return None, ""
    if people_:
        return people_.known.country, people_.known.where
    if phrase.link in listed("after", "places") and (country := _country_within(phrase.after, cast)):
        return country
    if role.id == "aid-agencies":
        return "NGO", "rule aid agencies"
    if role.id == "coalition" or (is_led(phrase) and role.id in listed("heads", "allied")):
        return "IGO", "rule a coalition of states"
    if role.id in listed("heads", "abroad") or not sector:
        return None, ""
    behind = {word.country for name in patron_of(phrase) if (word := cast.codebook.find_country(name))}
    home = cast.home(frozenset(behind))
    return home, f"scene {home}" if home else ""


def _country_within(text: str, cast: Cast) -> tuple[str, str] | None:
    """A country that a place phrase names: "in northern Syria"."""
    tokens = [token.strip(",;") for token in text.split()]
    for size in (3, 2, 1):
        for start in range(len(tokens) - size + 1):
            if tokens[start][:1].isupper() and (
                word := cast.codebook.find_country(" ".join(tokens[start : start + size]))
            ):
                return word.country, f"countries.csv:{word.country} {word.kind}"
    return None


def body_of(role: RoleRow, country: str | None, sector: str | None, cast: Cast) -> Known | None:
    """The named body that a country's role noun means: its armed forces, air force, police."""
    noun = body_nouns().get(role.id)
    if noun is None or country is None or country not in cast.codebook.countries or role.kind == "person":
        return None
    row = cast.codebook.countries[country]
    for word in (*row.demonyms[:2], row.name):
        actor = cast.codebook.find_actor(f"{word} {noun}", cast.on)
        if actor and actor.country == country and actor.sector == sector:
            return of_actor(actor)._replace(sure=2)
    return None


@functools.cache
def body_nouns() -> dict[str, str]:
    """What the body is called whose people a role noun means, by the row's id: "army" by "troops"."""
    return {role: noun for noun, roles in words()["heads"]["bodies"].items() for role in roles}
