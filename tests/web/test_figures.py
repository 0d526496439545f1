"""Actors, sources and search: figures of the whole desk, each with the way to what it counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from lxml import etree

from tests.desk import made
from tests.desk.made import V1
from tests.incidents.told import ARMY, CIVILIANS, on, town
from tests.web.client import Client
from tests.web.conftest import LINK, Entered, Opened, served
from tests.web.test_incidents import REBELS, RUSSIA, one
from trucewatch import derive
from trucewatch.desk import Desk
from trucewatch.nouns import Entity, Place, Status
from trucewatch.web import Settings, dyads
from trucewatch.web.atlas import Atlas
from trucewatch.web.pages import reports
from trucewatch.web.pages.search import around

TURKEY = Entity(text="Turkey", name="Turkey", country="TUR", sector="GOV")
TOLD = (
    one(1, recipients=(REBELS,)),
    one(2, recipients=(REBELS, TURKEY)),
    one(3, actors=(REBELS,), recipients=(RUSSIA,)),
    one(4, type="CONSULT", mode=None, actors=(RUSSIA, TURKEY)),
    one(5, type="AID", mode=None, actors=(TURKEY,), recipients=(REBELS,)),
)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    """The five incidents."""
    return Atlas.of(TOLD)


def test_the_busiest_come_first_with_what_they_do_and_suffer(atlas: Atlas) -> None:
    everything = np.ones(len(atlas), dtype=bool)
    found = {actor.name: (actor.acts, actor.suffers) for actor in dyads.busiest(atlas, everything, 9)}
    assert found == {RUSSIA.name: (3, 1), "rebels": (1, 3), "Turkey": (2, 1)}
    assert [actor.name for actor in dyads.busiest(atlas, everything, 1)] in ([RUSSIA.name], ["rebels"])


def test_the_matrix_says_who_does_what_to_whom(atlas: Atlas) -> None:
    everything = np.ones(len(atlas), dtype=bool)
    actors = dyads.busiest(atlas, everything, 9)
    at = {actor.name: number for number, actor in enumerate(actors)}
    cells = dyads.matrix(atlas, everything, actors)
    to_rebels = [cells[at[name]][at["rebels"]] for name in (RUSSIA.name, "Turkey")]
    assert [(cell.total, cell.quad) for cell in to_rebels if cell] == [
        (2, "material conflict"),
        (1, "material cooperation"),
    ]
    assert cells[at["rebels"]][at["Turkey"]] is None
    assert dyads.crossed(cells, 9) == [0, 1, 2]
    assert dyads.crossed(cells, 2) == sorted((at[RUSSIA.name], at["rebels"])), "between them most happens"
    assert dyads.crossed([[None]], 9) == []


def test_the_ties_of_one_count_each_way(atlas: Atlas) -> None:
    number = dyads.found(atlas, "ru-vks")
    assert number is not None
    found = dyads.ties(atlas, dyads.of_one(atlas, number), number, 9)
    assert {tie.at[1] for tie in found} == {dyads.TALL / 2}, (
        "none at the top, where the names of its neighbours would lie on its own"
    )
    ties = {tie.other.name: (tie.out, tie.back, tie.together) for tie in found}
    assert ties == {"rebels": (2, 1, 0), "Turkey": (1, 0, 1)}
    assert dyads.found(atlas, "nobody") is None


def test_namesakes_of_two_countries_are_two_actors_with_an_address_each() -> None:
    villagers = [Entity(text="villagers", name="villagers", country=code, sector="CVL") for code in ("SYR", "YEM")]
    atlas = Atlas.of(one(number, recipients=(who,)) for number, who in enumerate([*villagers, villagers[1]]))
    busiest = dyads.busiest(atlas, np.ones(len(atlas), dtype=bool), 9)
    told = [(actor.who, actor.land, actor.suffers) for actor in busiest if actor.name == "villagers"]
    assert told == [("villagers (YEM)", "YEM", 2), ("villagers (SYR)", "SYR", 1)]
    at = [dyads.found(atlas, who) for who in ("villagers (SYR)", "villagers (YEM)", "villagers")]
    assert [int(dyads.of_one(atlas, number or 0).sum()) for number in at] == [1, 2, 1]


def test_what_was_found_is_marked_and_everything_else_stays_text() -> None:
    shown = str(around("<b>Shells</b> fell on Ariha & around it.", "ariha"))
    assert "<mark>Ariha</mark> &amp; around" in shown and "<b>" not in shown
    assert "<mark>" not in str(around("Shells fell.", "(?!"))
    cut = str(around("word " * 99 + "Ariha" + " word" * 99, "Ariha"))
    assert set(cut.split()) == {"…", "word", "<mark>Ariha</mark>"}


def test_search_finds_reports_and_leads_to_what_is_called_so(site: str, opened: Opened) -> None:
    page = opened(site, "/search")
    page.get_by_role("searchbox").fill("Idlib")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answers mark")
    assert "q=Idlib" in page.url
    page.get_by_role("link", name="Additional Protocol").wait_for()
    page.get_by_role("searchbox").fill("ab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answers .notice")


def test_an_actor_is_reached_from_the_list_by_any_name(site: str, opened: Opened) -> None:
    page = opened(site, "/actors")
    link = page.locator(".matrix tbody th a").first
    name = link.inner_text()
    link.click()
    page.wait_for_url("**/actors/*")
    assert page.locator("h1").inner_text() == name
    for who in ("nobody at all", "<script>alert(1)</script>", "a/b"):
        answer = page.context.request.get(f"{site}/actors/{quote(who, safe='')}")
        assert answer.status == 404 and "<script>alert" not in answer.text()


def test_leaders_of_several_countries_are_told_apart(site: str) -> None:
    client = Client(site)
    client.get(f"/enter?link={LINK}")
    page = client.get("/incidents?type=CONSULT&since=2015-02-14&until=2015-02-15").text
    assert "leaders (Ukraine), leaders (Russia), leaders (Germany), leaders (France)" in page


def test_a_long_name_makes_no_high_head_of_the_matrix(site: str, opened: Opened) -> None:
    head = opened(site, "/actors").locator(".matrix .upright").first
    assert head.get_attribute("title") == head.locator("bdi").inner_text()
    assert head.evaluate("head => { head.textContent = 'Front '.repeat(40); return head.offsetHeight; }") < 200


def test_actors_are_chosen_by_a_truce_as_incidents_are(site: str) -> None:
    client = Client(site)
    client.get(f"/enter?link={LINK}")
    whole, chosen = (client.get(f"/actors{query}").text for query in ("", "?truce=syria-idlib-2020"))
    assert 0 < chosen.count('href="/actors/') < whole.count('href="/actors/')
    assert client.get("/actors?truce=none").status == 404


NAMES_ASTRAY = """figure => [...figure.querySelectorAll("text")].filter(text => {
  const [name, dot, card] = [text, text.previousElementSibling, figure].map(one => one.getBoundingClientRect());
  return name.left < card.left || name.right > card.right || name.top < card.top || name.bottom > card.bottom
    || (name.top + name.bottom) / 2 > dot.top && (name.top + name.bottom) / 2 < dot.bottom;
}).map(text => text.textContent)"""


def test_on_a_phone_names_of_actors_are_whole_and_beside_their_dots(site: str, opened: Opened) -> None:
    page = opened(site, "/actors", phone=True, lang="uk")
    cut = "cells => cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    assert page.locator(".matrix tbody th").evaluate_all(cut) == []
    for link in [name.get_attribute("href") for name in page.locator(".matrix tbody th a").all()][:4]:
        page.goto(f"{site}{link}")
        assert page.locator(".ego").evaluate(NAMES_ASTRAY) == []


@pytest.mark.parametrize(("lang", "patron"), [("en", "backed by Iran"), ("uk", "Іран")])
def test_a_country_that_backs_an_actor_is_called_by_its_name(
    site: str, entered: Entered, lang: str, patron: str
) -> None:
    page = etree.HTML(entered(site).get(f"{site}/actors/ye-houthis?lang={lang}").text())
    assert patron in " ".join(page.xpath("//*[contains(@class, 'lead')]//text()"))


def test_a_source_shows_what_it_alone_reports(site: str, opened: Opened) -> None:
    page = opened(site, "/sources")
    row = page.locator("tbody tr").first
    alone = row.locator("td").nth(6).inner_text()
    row.get_by_role("link").click()
    assert f"{alone} told by no other" in page.locator("dl.facts").inner_text()


def test_every_report_is_on_the_list_a_page_at_a_time(
    site: str, opened: Opened, sampled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk.open(sampled) as desk:
        held = [one.id for one in desk.reports()]
    monkeypatch.setattr(reports, "SHOWN", len(held) // 3)  # four pages, the last one short
    assert len(held) % 3
    page = opened(site, "/reports")
    seen = []
    while True:
        seen += [link.get_attribute("href") for link in page.locator("main .list a").all()]
        if not page.locator("a[rel=next]").count():
            break
        page.locator("a[rel=next]").click()
        page.wait_for_url(re.compile("before="))
        page.wait_for_function("seen => !document.querySelector(`main .list a[href='${seen}']`)", arg=seen[-1])
    assert seen == [f"/reports/{id_}" for id_ in reversed(held)]
    page = opened(site, "/reports?outlet=nobody%20%26%20sons")
    assert "No report here" in page.locator("main").inner_text()


def test_an_id_leads_to_what_has_it(site: str, entered: Entered, sampled: Path) -> None:
    with Desk.open(sampled) as desk:
        one = next(iter(desk.incidents()))
    claim, ask = one.claims[0], entered(site)
    report = claim.partition(".")[0]
    paths = {one.id: f"/incidents/{one.id}", claim: f"/reports/{report}?claim={claim}", report: f"/reports/{report}"}
    assert {id_: ask.get(f"{site}/search?q={id_}").url.removeprefix(site) for id_ in paths} == paths
    assert ask.get(f"{site}/search?q=i0123456789").url.endswith("/search?q=i0123456789")


@pytest.mark.parametrize(
    ("path", "lang"),
    [
        ("/actors", "ar"),
        *(
            pytest.param(path, lang, marks=pytest.mark.slow)
            for path, lang in (("/reports", "en"), ("/sources", "ar"), ("/search?q=Idlib", "en"))
        ),
    ],
)
def test_figures_in_every_size(
    site: str, opened: Opened, pictured: Callable[[Any, str], None], path: str, lang: str
) -> None:
    page = opened(site, path, phone=True, dark=lang == "ar", lang=lang)
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    pictured(page, f"{path.strip('/').split('?')[0]}-{lang}-phone")


def test_an_outlook_is_drawn_with_what_was_counted_and_what_may_come(
    tmp_path: Path, opened: Opened, pictured: Callable[[Any, str], None]
) -> None:
    path, monday = tmp_path / "weeks.desk", dt.date(2021, 1, 4)
    there = Place(text="Ariha", name="Ariha", country="SYR", lat=35.81, lon=36.6, precision="town")
    with Desk.open(path) as desk, desk.writer(V1) as writer:
        for number in range(80):
            on = monday + dt.timedelta(days=4 * number)
            told = made.report(f"Shells fell on Ariha, number {number}.", outlet=f"Paper {number % 3}", published=on)
            fields = {"actors": (RUSSIA,), "place": there, "time": made.day(on.year, on.month, on.day)}
            writer.store(told, (made.claim(told, 0, **fields),))
    with served(Settings(desk=str(path), link=LINK, lasting=True)) as site:
        page = opened(site, "/outlook?area=SYR&indicator=shelling")
        drawing = page.locator("#foreseen svg.drawing").first
        drawing.wait_for()
        assert drawing.locator("rect.counted").count() > 20
        assert drawing.locator("rect.half").count() == drawing.locator("rect.most").count() >= 4
        pictured(page, "outlook-fan")


def test_what_claims_differ_on_is_told_in_the_language_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "differing.desk"
    with Desk.open(path) as desk:
        for outlet, status in (("Reuters", Status.HAPPENED), ("TASS", Status.DENIED)):
            its = made.report(f"Aircraft bombed the market, {outlet} was told.", outlet=outlet)
            what = {
                "actors": (ARMY,),
                "recipients": (CIVILIANS,),
                "place": town("Ariha"),
                "time": on(20),
                "mode": "aerial",
            }
            with desk.writer(V1) as writer:
                writer.store(its, (made.claim(its, status=status, **what),))
        derive.catch_up(desk)
    with served(Settings(desk=str(path), link=LINK, lasting=True)) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        page = client.get("/", {"Accept-Language": "de"}).text
    assert "<bdi>geschehen / dementiert</bdi>" in page and "denied</bdi>" not in page
