"""Who is who: labelled look-ups in countries, leaders, actors, aliases and outlets, and what the tables must cover."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from trucewatch.codebook import Actor, Codebook, fold, load
from trucewatch.codebook.rows import BODIES
from trucewatch.codebook.tables import HERE

CASES = Path(__file__).parent.parent / "cases" / "actors.csv"
LISTS = Path(__file__).parents[3] / "shared" / "data" / "actors"
Case = dict[str, str]

UN_MEMBERS = 193
UNRECOGNISED = {"PSE", "XKX", "TWN", "VAT", "ESH"}
ARMED = {"armed-group", "militia", "military"}
BODIES_OF_STATES = {"igo", "ngo"}


def _cases(look: str) -> list[pytest.param]:  # type: ignore[valid-type]
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["look"] == look]
    return [pytest.param(row, id=f"{row['name']}-{row['date'] or 'any'}") for row in rows]


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load()


def _day(case: Case) -> dt.date | None:
    return dt.date.fromisoformat(case["date"]) if case["date"] else None


@pytest.mark.parametrize("case", _cases("country"))
def test_country_word(book: Codebook, case: Case) -> None:
    found = book.find_country(case["name"])
    assert (found.country, found.kind) == (case["country"], case["expected"]) if found else not case["country"]


@pytest.mark.parametrize("case", _cases("actor"))
def test_actor_of_a_name_on_a_day(book: Codebook, case: Case) -> None:
    found = book.find_actor(case["name"], _day(case))
    got = (found.id, found.country or "", found.sector or "") if found else ("", "", "")
    assert got == (case["expected"], case["country"], case["sector"])


@pytest.mark.parametrize("case", _cases("leader"))
def test_leader_of_a_name_on_a_day(book: Codebook, case: Case) -> None:
    found = book.find_leader(case["name"], _day(case))
    got = (found.name, found.country, found.sector or "") if found else ("", "", "")
    assert got == (case["expected"], case["country"], case["sector"])


@pytest.mark.parametrize("case", _cases("outlet"))
def test_outlet(book: Codebook, case: Case) -> None:
    found = book.find_outlet(case["name"])
    assert found is not None
    assert (found.id, found.country, found.affiliation) == (case["expected"], case["country"], case["sector"])


# ---------------------------------------------------------------- what the tables cover


def test_every_state_is_there(book: Codebook) -> None:
    assert set(book.countries) >= UNRECOGNISED
    assert len(book.countries) >= UN_MEMBERS + len(UNRECOGNISED)
    for country in book.countries.values():
        if country.code not in {"DMA", "VAT"}:  # Dominican is the Dominican Republic's
            assert country.demonyms, country.where


def test_enough_groups_bodies_and_outlets(book: Codebook) -> None:
    kinds = Counter(actor.kind for actor in book.actors.values())
    assert sum(kinds[kind] for kind in ARMED) >= 1700
    assert sum(kinds[kind] for kind in BODIES_OF_STATES) >= 200
    assert sum(_by_hand(actor) for actor in book.actors.values()) >= 350
    assert len(book.outlets) >= 200


def _by_hand(actor: Actor) -> bool:
    return not actor.id.startswith(("ucdp-", "phx-"))


def test_every_actor_of_ucdp_has_one_row(book: Codebook) -> None:
    numbers = Counter(
        number
        for actor in book.actors.values()
        if "UCDP" in (actor.source or "")
        for number in re.findall(r"\d+", actor.source or "")
    )
    assert [number for number, times in numbers.items() if times > 1] == []
    assert len(numbers) >= 1700


def test_a_hand_written_actor_says_to_whom_it_belongs(book: Codebook) -> None:
    for actor in book.actors.values():
        if _by_hand(actor):
            assert actor.country, actor.where
            assert actor.sector or actor.country in BODIES or actor.kind == "ngo", actor.where


def test_countries_of_rebels_and_bodies_follow_the_convention(book: Codebook) -> None:
    for actor in book.actors.values():
        if actor.country == "IMG":
            assert actor.sector in {"REB", "PRM", "PTY"}, actor.where
        if actor.id.startswith("un-") and actor.id != "un-iaea":
            assert actor.country == "UNO", actor.where
        if actor.id == "eu" or actor.id.startswith("eu-"):
            assert actor.country == "EUR", actor.where
        if actor.kind == "military" and actor.country in book.countries and actor.sector is not None:
            assert actor.sector in {"MIL", "PRM", "REB"}, actor.where


def test_patrons_lead_to_an_end(book: Codebook) -> None:
    for actor in book.actors.values():
        seen, at = {actor.id}, actor
        while at.patron in book.actors:
            at = book.actors[at.patron]
            assert at.id not in seen, actor.where
            seen.add(at.id)


def test_the_turkish_backed_army_and_its_division(book: Codebook) -> None:
    assert book.actors["sy-mutasim"].patron == "sy-sna"
    assert book.actors["sy-sna"].patron == "TUR"
    assert book.actors["ru-vks"].patron == "ru-mil"


def test_no_actor_takes_the_word_of_a_country(book: Codebook) -> None:
    for spelling in (*(a.name for a in book.actors.values()), *(a.alias for a in book.aliases.values())):
        assert book.find_country(spelling) is None or spelling.isupper(), spelling


def test_leaders_are_found_by_their_own_name(book: Codebook) -> None:
    for leader in book.leaders.values():
        found = book.find_leader(leader.name, leader.since)
        assert found is not None, leader.where
        assert fold(found.name) == fold(leader.name), leader.where


def test_actors_are_found_by_their_own_name(book: Codebook) -> None:
    for actor in book.actors.values():
        found = book.find_actor(actor.name, actor.since)
        assert found is not None, actor.where
        assert found.id == actor.id, actor.where


@pytest.mark.skipif(not LISTS.exists(), reason="the published lists are not in shared/ beside the repository")
def test_derived_rows_are_what_the_lists_give(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tools import actors

    for name in ("actors.csv", "aliases.csv", "leaders.csv"):
        shutil.copy(HERE / name, tmp_path / name)
    monkeypatch.setattr(actors, "TABLES", tmp_path)
    actors.main(LISTS)
    for name in ("actors.csv", "aliases.csv", "leaders.csv"):
        assert (tmp_path / name).read_text(encoding="utf-8") == (HERE / name).read_text(encoding="utf-8"), name
