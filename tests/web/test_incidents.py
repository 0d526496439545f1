"""Incidents on the map, over time and as a list; what is chosen stands in the address."""

from __future__ import annotations

import base64
import datetime as dt
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree

from tests.desk import made
from tests.desk.made import V1
from tests.web.conftest import LINK, Entered, Opened, served
from trucewatch import derive
from trucewatch.codebook import basemap
from trucewatch.desk import Desk
from trucewatch.nouns import Entity, Incident, Period, Place, Status, Toll
from trucewatch.truces import Verdict
from trucewatch.web import Settings
from trucewatch.web.atlas import Atlas, Choice
from trucewatch.web.filters import choice, told
from trucewatch.web.map_points import Window, features
from trucewatch.web.timeline import HEIGHT, timeline

if TYPE_CHECKING:
    from playwright.sync_api import Page

IDLIB = Place(
    text="Idlib", name="Idlib", country="SYR", lat=35.93, lon=36.63, precision="town", gazetteer="geonames:169389"
)
ARIHA = Place(text="Ariha", name="Ariha", country="SYR", lat=35.81, lon=36.6, precision="town", gazetteer="geonames:1")
GREATER = Place(
    text="Greater Idlib", name="Greater Idlib", country="SYR", lat=35.8, lon=36.5, precision="region",
    gazetteer="areas:greater-idlib",
)  # fmt: skip
RUSSIA = Entity(text="Russian jets", name="Russian Aerospace Forces", country="RUS", sector="MIL", actor="ru-vks")
REBELS = Entity(text="rebels", name="rebels", country="SYR", sector="REB")
EVERYWHERE = Window(-180, -85, 180, 85, 3)
OF_COLOUR = """async ([picture, name]) => {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))]));
  const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${name})`;
  const wanted = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
  pen.drawImage(bitmap, 0, 0);
  const pixels = pen.getImageData(0, 0, bitmap.width, bitmap.height).data;
  let found = 0;
  for (let at = 0; at < pixels.length; at += 4) found += wanted.every((part, of) => Math.abs(part - pixels[at + of]) < 6);
  return found;
}"""
"""How many dots of a picture have the colour of a custom property, or nearly."""


def one(number: int, **values: Any) -> Incident:
    """An incident: an air strike on Idlib by Russia on 1 October 2021, but for the values given."""
    plain = {
        "type": "ASSAULT",
        "mode": "aerial",
        "status": Status.HAPPENED,
        "actors": (RUSSIA,),
        "place": IDLIB,
        "time": days(dt.date(2021, 10, 1)),
        "outlets": ("Outlet A",),
    }
    return Incident(id=f"i{number:010}", claims=(f"c{number}",), **(plain | values))


def days(first: dt.date, last: dt.date | None = None) -> Period:
    """A period of a day, or of several."""
    return Period(start=first, end=last or first, precision="span" if last else "day")


TOLD = (
    one(1),
    one(2, place=ARIHA, time=days(dt.date(2021, 10, 3)), sources=3),
    one(3, type="CONSULT", mode=None, actors=(REBELS,), place=None, status=Status.EXPECTED),
    one(4, place=GREATER, time=days(dt.date(2021, 10, 1), dt.date(2021, 10, 31)), outlets=("Outlet B",)),
    one(5, time=None, actors=(), recipients=(REBELS,)),
)


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        (Choice(), {1, 2, 3, 4, 5}),
        (Choice(type="ASSAULT"), {1, 2, 4, 5}),
        (Choice(type="assault/aerial"), {1, 2, 4, 5}),
        (Choice(type="ASSAULT/siege"), set()),
        (Choice(type="verbal cooperation"), {3}),
        (Choice(actor="Russia"), {1, 2, 4}),
        (Choice(actor="russia"), {1, 2, 4}),
        (Choice(actor="russian aero"), {1, 2, 4}),
        (Choice(actor="aerospace forces of"), set()),
        (Choice(actor="ru-vks"), {1, 2, 4}),
        (Choice(actor="rebels"), {3, 5}),
        (Choice(place="Idlib"), {1, 4, 5}),
        (Choice(place="dlib"), set()),
        (Choice(place="Syria"), {1, 2, 4, 5}),
        (Choice(place="geonames:169389"), {1, 5}),
        (Choice(status=Status.EXPECTED), {3}),
        (Choice(outlet="outlet b"), {4}),
        (Choice(sources=2), {2}),
        (Choice(since=dt.date(2021, 10, 2)), {2, 4}),
        (Choice(until=dt.date(2021, 10, 2)), {1, 3, 4}),
        (Choice(type="ASSAULT", place="Ariha", since=dt.date(2021, 10, 3), until=dt.date(2021, 10, 3)), {2}),
    ],
    ids=repr,
)
def test_a_choice_finds_what_fits_all_of_it(choice: Choice, found: set[int]) -> None:
    atlas = Atlas.of(TOLD)
    assert {TOLD[row].id for row in atlas.fit(choice).nonzero()[0]} == {f"i{number:010}" for number in found}


def test_the_latest_comes_first_and_the_undated_last() -> None:
    atlas = Atlas.of(TOLD)
    assert [atlas.ids[row][-1] for row in atlas.latest(atlas.fit(Choice()))] == ["4", "2", "1", "3", "5"]


def test_a_desk_without_incidents_has_an_atlas_too() -> None:
    atlas = Atlas.of(())
    everything = atlas.fit(Choice(actor="Russia", place="Idlib", outlet="x"))
    assert (len(atlas), timeline(atlas, everything)) == (0, None)
    assert features(atlas, everything, EVERYWHERE)["features"] == []


def test_a_figure_beyond_all_people_shuts_no_page() -> None:
    told = Toll(low=3, best=10**10, high=10**10)
    assert list(Atlas.of([one(1), one(2, killed=told)]).killed) == [0, 2**31 - 1]


def test_points_that_would_lie_on_each_other_are_gathered_and_a_region_is_an_area() -> None:
    atlas = Atlas.of(TOLD)
    area, spot = features(atlas, atlas.fit(Choice()), EVERYWHERE)["features"]
    assert (area["geometry"]["type"], area["properties"]["name"], area["properties"]["n"]) == (
        "MultiPolygon", "Greater Idlib", 1,
    )  # fmt: skip
    assert (spot["geometry"]["type"], spot["properties"]["n"], spot["properties"]["kinds"]) == (
        "Point",
        3,
        [0, 0, 0, 3],
    )
    assert "place" not in spot["properties"]
    near = features(atlas, atlas.fit(Choice()), Window(36, 35, 37, 36.5, 10))["features"]
    spots = {one["properties"]["name"]: one["properties"] for one in near if one["geometry"]["type"] == "Point"}
    assert (spots["Idlib"]["n"], spots["Ariha"]["id"], spots["Ariha"]["sure"]) == (2, TOLD[1].id, True)


def test_what_is_out_of_sight_is_not_sent() -> None:
    atlas = Atlas.of(TOLD)
    assert features(atlas, atlas.fit(Choice()), Window(0, 0, 10, 10, 5))["features"] == []


@pytest.mark.parametrize("written", ["", "1,2,3,4", "a,b,c,d,e", "1,2,3,4,nan", "1,2,3,4,inf"])
def test_a_window_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"window|float"):
        Window.read(written)


def test_bars_hold_what_has_a_day_and_the_band_the_rest() -> None:
    atlas = Atlas.of(TOLD)
    drawn = timeline(atlas, atlas.fit(Choice()))
    assert drawn is not None
    assert (drawn.first, drawn.step, drawn.last) == (dt.date(2021, 10, 1), 1, dt.date(2021, 10, 31))
    assert {bar.first.day: bar.total for bar in drawn.bars if bar.total} == {1: 2, 3: 1}
    assert sum(height for *_, height in drawn.bars[0].parts) == pytest.approx(HEIGHT, abs=0.1)
    assert drawn.undated == 1
    heights = {float(y) for _, y in re.findall(r"([\d.]+),([\d.]+)", drawn.band)}
    assert heights == {HEIGHT, round(HEIGHT - HEIGHT / 2 / 31, 1)}


def test_years_of_incidents_make_no_more_bars_than_can_be_seen() -> None:
    every = [one(day, time=days(dt.date(2011, 1, 1) + dt.timedelta(days=day))) for day in range(0, 5000, 10)]
    atlas = Atlas.of(every)
    drawn = timeline(atlas, atlas.fit(Choice()))
    assert drawn is not None
    assert len(drawn.bars) <= 200
    assert sum(bar.total for bar in drawn.bars) >= 0.99 * len(every)
    assert drawn.first.weekday() == 0
    assert 2 <= len(drawn.marks) <= 16


def test_the_base_map_has_provinces_by_any_usual_name() -> None:
    assert basemap.outline("SYR")["type"] in ("Polygon", "MultiPolygon")
    assert basemap.outline("SYR", "Idlib") == basemap.outline("SYR", "Idlib province") is not None
    assert basemap.outline("SYR", "Nowhere") is None
    assert basemap.packed("../secrets") is None


def test_large_rivers_come_with_the_world_and_all_of_them_with_their_country(site: str, entered: Entered) -> None:
    ask = entered(site).get
    found = {name: ask(f"{site}/map/ground/{name}").json()["features"] for name in ("rivers", "SYR")}
    ranks = {name: {one["properties"].get("rank") for one in its} for name, its in found.items()}
    assert max(ranks["rivers"]) < max(rank for rank in ranks["SYR"] if rank is not None)
    assert len(basemap.packed("rivers") or b"") < 40_000, "it is part of the first page"
    raqqa = (39.02, 35.94)
    for name, near in (("rivers", 0.2), ("SYR", 0.1)):
        lines = [one["geometry"] for one in found[name] if "rank" in one["properties"]]
        courses = [c for one in lines for c in (one["coordinates"] if one["type"][0] == "M" else [one["coordinates"]])]
        assert min(math.dist(raqqa, point) for course in courses for point in course) < near, "the Euphrates"


# ---------------------------------------------------------------- in the browser


def test_a_filter_is_kept_in_the_address_and_can_be_shared(site: str, opened: Opened) -> None:
    page = opened(site, "/incidents")
    every = page.locator("#found-title").inner_text()
    page.wait_for_selector("#map[data-ready]")
    page.get_by_label("Place").fill("Idlib")
    page.wait_for_selector(f"#found-title:not(:text-is('{every}'))")
    page.wait_for_url(re.compile("at=.*place=Idlib|place=Idlib"))
    chosen = page.locator("#found-title").inner_text()
    assert chosen != every
    again = opened(site, page.url.removeprefix(site), webgl=False)
    assert again.locator("#found-title").inner_text() == chosen
    assert again.get_by_label("Place").input_value() == "Idlib"


def test_days_are_chosen_by_drawing_over_the_timeline(site: str, opened: Opened) -> None:
    page = opened(site, "/incidents?place=Syria", webgl=False)
    box = page.locator(".timeline").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile("since="))
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["since"] < asked["until"]
    assert page.get_by_label("From", exact=True).input_value() == asked["since"][0]
    page.get_by_role("link", name="All days").click()
    page.wait_for_url(lambda url: "since=" not in url)
    page.wait_for_selector("#found:not([aria-busy])", state="attached")
    assert page.get_by_label("From", exact=True).input_value() == ""


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("fa", "2021"),
        pytest.param("th", "2021", marks=pytest.mark.slow),
        pytest.param("en", r"^\d+ [A-Z]", marks=pytest.mark.slow),
    ],
)
def test_days_under_the_pointer_are_those_of_the_list(site: str, opened: Opened, lang: str, written: str) -> None:
    page = opened(site, "/incidents?place=Syria&since=2021-10-01&until=2021-10-31", lang=lang, webgl=False)
    page.locator(".timeline").hover()
    assert re.search(written, page.locator("[data-under]").inner_text())


@pytest.mark.parametrize("lang", [pytest.param("en", marks=pytest.mark.slow), "ar"])
def test_the_last_month_of_a_timeline_is_not_cut_off(site: str, opened: Opened, lang: str) -> None:
    page = opened(site, "/incidents", phone=True, lang=lang, webgl=False)
    ends = page.locator(".months").evaluate("""months => {
        months.lastElementChild.dataset.x = 0.97;
        document.dispatchEvent(new Event("updated"));
        return [months, months.lastElementChild].map(one => one.getBoundingClientRect().right);
    }""")
    assert ends[1] <= ends[0]


def test_the_map_shows_what_the_list_counts(site: str, opened: Opened) -> None:
    page = opened(site, "/incidents?place=Syria&at=6/35/38", sharp=True)
    page.wait_for_selector("#map[data-ready]")
    answer = page.context.request.get(f"{site}/map/incidents?place=Syria&window=-180,-85,180,85,6").json()
    placed = sum(one["properties"]["n"] for one in answer["features"])
    unplaced = page.locator(".told-list .section-head > span")
    left_out = int(re.findall(r"\d+", unplaced.inner_text())[0]) if unplaced.count() else 0
    assert placed + left_out == int(re.findall(r"\d+", page.locator("#found-title").inner_text())[0])
    assert int(page.locator("#map").get_attribute("data-shown") or 0) > 0
    assert any(_wet(page) for _ in range(20)), "provinces and rivers come when the rest stands"


def test_the_map_is_named_in_the_pages_language(site: str, opened: Opened) -> None:
    page = opened(site, "/incidents", lang="uk")
    page.wait_for_selector("#map[data-drawn]")
    named = page.locator("#map :is(canvas, button, summary)").evaluate_all("parts => parts.map(part => part.ariaLabel)")
    assert [name for name in named if name] == ["Карта", "Наблизити", "Віддалити", "Джерела"]
    assert page.locator(".maplibregl-ctrl-scale").evaluate("scale => getComputedStyle(scale).whiteSpace") == "nowrap"


def test_what_is_known_by_region_only_is_brought_into_view_too(site: str, opened: Opened) -> None:
    page = opened(site, "/incidents?place=Tigray")
    page.wait_for_selector("#map[data-ready]")
    told = page.context.request.get(f"{site}/map/incidents?place=Tigray&window=-180,-85,180,85,9").json()["features"]
    region = next(one["geometry"] for one in told if one["properties"].get("level") == "region")
    rings = [region["coordinates"][0]] if region["type"] == "Polygon" else [ring[0] for ring in region["coordinates"]]
    asked = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    window = [parse_qs(urlsplit(one).query)["window"][0] for one in asked if "/map/incidents" in one][-1]
    west, south, east, north, _ = map(float, window.split(","))
    assert all(west < lon < east and south < lat < north for ring in rings for lon, lat in ring)


def test_a_sign_on_the_map_tells_what_it_stands_for_and_leads_there(site: str, opened: Opened) -> None:
    page = opened(site, "/incidents", webgl=False)
    answer = page.context.request.get(f"{site}/map/incidents?window=-180,-85,180,85,12").json()
    single = next(one for one in answer["features"] if "id" in one["properties"])
    lon, lat = single["geometry"]["coordinates"]
    page = opened(site, f"/incidents?at=12/{lat}/{lon}")
    page.wait_for_selector("#map[data-ready]")
    box = page.locator("#map").bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    assert page.locator(".maplibregl-popup").inner_text() == f"{single['properties']['name']}: 1"
    page.mouse.click(*middle)
    page.wait_for_url(f"**/incidents/{single['properties']['id']}")


def _wet(page: Page) -> bool:
    """Whether the map shows the Euphrates, or the Tigris."""
    page.wait_for_timeout(200)
    picture = base64.b64encode(page.locator("#map").screenshot()).decode()
    return int(page.evaluate(OF_COLOUR, [picture, "--water"])) > 100


def test_a_truce_and_its_verdict_are_filters(site: str, entered: Entered) -> None:
    counts = []
    for verdict in ("", f"&verdict={Verdict.ALLEGED}"):
        page = entered(site).get(f"{site}/incidents?truce=syria-idlib-2020{verdict}").text()
        counts += re.findall(r'id="found-title"[^>]*>\D*(\d+)', page)
    near, alleged = map(int, counts)
    assert 0 < alleged <= near


def test_filters_that_are_folded_away_lie_over_nothing_and_are_told_beside_the_list(site: str, opened: Opened) -> None:
    page = opened(site, f"/incidents?truce=syria-idlib-2020&verdict={Verdict.ALLEGED}", webgl=False)
    folded = page.locator("#filters details")
    assert folded.get_attribute("open") is None
    assert page.locator(".told-list .chip bdi").all_inner_texts() == [
        "Additional Protocol on the Idlib de-escalation area",
        "alleged",
    ]
    folded.locator("summary").click()
    page.get_by_label("Outlet").press("Escape")
    assert folded.get_attribute("open") is None
    assert page.evaluate("document.activeElement.textContent") == "More"
    page.locator(".told-list .chip", has_text="Idlib").click()
    page.wait_for_url(lambda url: "truce" not in url and "verdict" not in url)


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "since=2022&until=2021-05",
        "type=WAR",
        "type=ASSAULT/war",
        "truce=none",
        "status=sure",
        "verdict=guilty",
    ],
)
def test_a_filter_that_means_nothing_is_said_so(site: str, entered: Entered, query: str) -> None:
    answer = entered(site).get(f"{site}/incidents?{query}")
    assert answer.status in (400, 404)
    assert "<h1" in answer.text()


def test_a_filter_takes_what_the_terminal_takes() -> None:
    asked = choice(told(type="assault/Aerial", since="2021-09", until="2021"))
    assert asked == Choice(type="ASSAULT/aerial", since=dt.date(2021, 9, 1), until=dt.date(2021, 12, 31))
    assert choice(told(type="material conflict")).type == "material conflict" and choice(told()) == Choice()


@pytest.mark.parametrize(("lang", "phone"), [pytest.param("en", False, marks=pytest.mark.slow), ("ar", True)])
def test_incidents_in_every_size(
    site: str, opened: Opened, pictured: Callable[[Any, str], None], phone: bool, lang: str
) -> None:
    page = opened(site, "/incidents", phone=phone, dark=phone, lang=lang)
    page.wait_for_selector("#map[data-ready]")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    pictured(page, f"incidents-{lang}-{'phone' if phone else 'desktop'}")


def test_the_history_names_the_outlet_that_printed_a_copy(entered: Entered, tmp_path: Path) -> None:
    where = tmp_path / "copies.desk"
    with Desk.open(where) as desk:
        with desk.writer(V1) as writer:
            for number, paper in enumerate(({"outlet": "Wire"}, {"outlet": "Evening Sun", "original_outlet": "Wire"})):
                day = dt.date(2021, 10, 1 + number)
                its = made.report(f"Shells fell on the town on Tuesday. Copy {number}.", published=day, **paper)
                writer.store(its, [made.claim(its, place=None, time=days(dt.date(2021, 9, 28)))])
        derive.catch_up(desk)
        [incident] = desk.incidents()
    with served(Settings(desk=str(where), link=LINK, lasting=True)) as site:
        page = etree.HTML(entered(site).get(f"{site}/incidents/{incident.id}?lang=en").text())
    history = " ".join(" ".join(page.find(".//main").itertext()).split())
    assert "first told by Wire" in history
    assert "told by Evening Sun" in history
