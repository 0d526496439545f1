"""Truces, outlooks and scenarios: the pages say what the command line says, and a ruling on them can be taken back."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.desk import made
from tests.desk.made import V1
from tests.web.client import Client
from tests.web.conftest import LINK, Entered, Opened, check_accessible, served
from trucewatch import derive, truces
from trucewatch.desk import Desk
from trucewatch.ledger import held, measured
from trucewatch.nouns import Place, Status
from trucewatch.outlook import scenarios
from trucewatch.outlooks import reported, weighings
from trucewatch.truces import Verdict
from trucewatch.truces.days import Days
from trucewatch.web import Settings
from trucewatch.web.charts import Axis, bands, round_up
from trucewatch.web.standings import COUNTING
from trucewatch.web.truce_chart import picture

ARIHA = Place(text="Ariha", name="Ariha", country="SYR", lat=35.81, lon=36.6, precision="town")

TRUCE, SCENARIO = "syria-idlib-2020", "idlib-after-sochi"
DAY = dt.date(2021, 10, 31)
PAGE = f"/truces/{TRUCE}?as_of={DAY}"


@pytest.fixture(scope="module")
def desk(sampled: Path) -> Iterator[Desk]:
    """The samples, to compare pages with."""
    with Desk.open(sampled, create=False) as opened:
        yield opened


# ---------------------------------------------------------------- what is drawn


def test_bars_are_days_or_weeks_and_lie_where_their_days_do() -> None:
    days = Days(first=dt.date(2021, 1, 1), last=dt.date(2021, 1, 10))
    axis = Axis(days)
    bars = axis.bars(axis.sums([0, 2, 0, 0, 0, 4, 0, 0, 0, 1]), 4, 100)
    assert [(bar.first.day, bar.value, bar.height) for bar in bars] == [(2, 2, 50), (6, 4, 100), (10, 1, 25)]
    assert all(axis.x(bar.first) < bar.x < bar.x + bar.width < axis.x(bar.first) + 10 for bar in bars)
    year = Axis(Days(first=dt.date(2021, 1, 1), last=dt.date(2021, 12, 31)))
    assert (year.step, sum(year.sums([1] * 365)), year.spells()[-1].last) == (7, 365, dt.date(2021, 12, 31))
    assert [mark.day.month for mark in year.marks] == [1, 4, 7, 10]


def test_equal_days_are_one_run_and_gaps_part_a_band() -> None:
    axis = Axis(Days(first=dt.date(2021, 1, 1), last=dt.date(2021, 1, 4)))
    assert [(run.value, run.x, run.width) for run in axis.runs("aabb")] == [("a", 0, 50), ("b", 50, 50)]
    assert bands([(0, 1), (0, 1), None, (0.5, 0.5)]) == (
        "0.00,0.0 50.00,0.0 50.00,100.0 0.00,100.0",
        "75.00,50.0 100.00,50.0 100.00,50.0 75.00,50.0",
    )
    assert (round_up(0), round_up(7), round_up(41)) == (1, 8, 50)


def test_a_picture_counts_what_the_course_does(desk: Desk) -> None:
    course = measured(desk, truces.load()[TRUCE], DAY)
    assert course is not None
    assert picture(course).span == "12w", "nobody watched before"
    for span in ("", "all"):
        drawn = picture(course, span)
        assert sum(one.events for one in drawn.spells) == course.events.tempo.total > 0
        assert sum(one.watched for one in drawn.spells) == course.events.tempo.watched
        assert drawn.spells[-1].by_events == course.events.readings[-1].status


# ---------------------------------------------------------------- in the browser


def test_the_page_tells_the_status_that_the_command_tells(site: str, opened: Opened, desk: Desk) -> None:
    course = measured(desk, truces.load()[TRUCE], DAY)
    assert course is not None
    page = opened(site, PAGE)
    said = {name: page.locator(f"#{name} .tag") for name in ("declared", "by-events", "by-deaths")}
    assert said["declared"].get_attribute("data-value") == course.declared[-1].state
    assert said["by-events"].get_attribute("data-value") == course.events.readings[-1].status
    assert said["by-deaths"].get_attribute("data-value") == course.deaths.readings[-1].status
    if because := course.events.readings[-1].because:
        assert because in page.locator(".channel").nth(1).inner_text()
    page.wait_for_selector("#measures .table")
    # A clause of which no breach is told is not said to be kept.
    assert "days without a breach" in page.locator("#measures thead").first.inner_text()
    check_accessible(page)


def test_whether_it_gets_worse_is_told_where_nobody_watched_before_the_truce(tmp_path: Path) -> None:
    where, truce, last = tmp_path / "late.desk", truces.load()[TRUCE], dt.date(2020, 9, 10)
    army, rebels = made.entity("Syrian Arab Army", "SYR", "sy-saa"), made.entity("rebels", "SYR", "sy-nfl")
    deed = {"actors": (army,), "recipients": (rebels,), "place": ARIHA}
    with Desk.open(where) as desk:
        with desk.writer(V1) as writer:
            for day in (last - dt.timedelta(days) for days in range(70)):
                its = made.report(f"The army shelled rebels at Ariha on {day:%A}, the {day}.", published=day)
                writer.store(its, [made.claim(its, time=made.day(day.year, day.month, day.day), **deed)])
        derive.catch_up(desk)
        course = measured(desk, truce, last)
    assert course and course.events.ratio.ratio is None and course.events.lately and course.events.lately.ratio
    with served(Settings(desk=str(where), link=LINK, lasting=True)) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        page = client.get(f"/truces/{TRUCE}?as_of={last}&whole=true&lang=en").text
        young = client.get(f"/truces/{TRUCE}?as_of=2020-04-10&whole=true&lang=en").text
    said, ratio = "the last 14 days against the 56 before them", round(course.events.lately.ratio, 2)
    [standing] = re.findall(f"{said}: ([^(<]+) \\(", page.split('id="by-events"')[1].split('id="by-deaths"')[0])
    assert float(standing) == ratio
    assert re.search(f'{said}</th><td class="number">{standing}<br>', page)
    assert said not in young


def test_today_is_the_day_of_the_server_on_pages_as_elsewhere(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(site)
    client.get(f"/enter?link={LINK}")
    # of these two zones one is on another day than UTC at any hour
    monkeypatch.setenv("TZ", "Etc/GMT-14" if dt.datetime.now(dt.UTC).hour >= 12 else "Etc/GMT+12")
    try:
        time.tzset()
        today = dt.date.today()
        assert today != dt.datetime.now(dt.UTC).date()
        late = today + dt.timedelta(days=2)
        page = client.get(f"/truces/{TRUCE}?as_of={late}&lang=en").text
        told = json.loads(client.get(f"/api/v1/truces/{TRUCE}/ledger?as_of={late}").text)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert f'name="as_of" value="{today}"' in page and told["as_of"] == f"{today}"


def test_a_duty_that_comes_round_is_told_by_all_its_periods(site: str, entered: Entered) -> None:
    page = etree.HTML(entered(site).get(f"{site}/truces/yemen-2022?as_of=2022-05-10&whole=true&lang=en").text())
    told = page.xpath("//*[@aria-labelledby='due-title']//*[contains(@class, 'tag')]//text()[normalize-space()]")
    assert [" ".join(one.split()) for one in told] == ["0 performed", "1 without a claim", "4 not observed"]


def test_a_page_is_printed_whole_and_in_ink(site: str, opened: Opened) -> None:
    page = opened(site, f"{PAGE}&theme=dark", dark=True)
    page.wait_for_selector("#ledger .table")
    page.set_viewport_size({"width": 700, "height": 990})  # A4 between its margins
    page.emulate_media(media="print")
    assert page.locator("#ledger .scroll").evaluate("table => table.scrollWidth <= table.clientWidth")
    assert page.locator("#ledger .scroll").evaluate("table => getComputedStyle(table).color") == "rgb(0, 0, 0)"
    assert not page.locator("#ledger summary").first.is_visible()


def test_truces_that_reports_touch_come_first_and_can_be_filtered(site: str, opened: Opened) -> None:
    page = opened(site, "/truces")
    page.locator(f".card a[href='/truces/{TRUCE}']").wait_for()
    page.get_by_label("Country").select_option("YEM")
    page.wait_for_url(re.compile("country=YEM"))
    page.wait_for_selector("#standing:not([data-load]) .table, #standing:not([data-load]) .card", state="attached")
    assert page.locator(f"a[href='/truces/{TRUCE}']").count() == 0
    assert page.locator("a[href='/truces/yemen-2022']").count() == 1


def test_a_card_tells_what_was_last_held_against_a_truce_and_who_says_so(site: str, opened: Opened, desk: Desk) -> None:
    page = opened(site, "/")
    card = page.locator(".truce", has=page.locator(f"a[href='/truces/{TRUCE}']"))
    card.wait_for()
    rows = held(desk, truces.load()[TRUCE], dt.date.today()).breaches
    days = [one.day for one in rows if one.verdict in COUNTING and one.day]
    last = {f"/incidents/{one.incident}" for one in rows if one.day == max(days) and one.verdict in COUNTING}
    shown = card.locator(".held a")
    assert {link.get_attribute("href") for link in shown.all()} <= last
    assert shown.count() == min(len(last), 3)
    told = desk.incident((shown.first.get_attribute("href") or "").removeprefix("/incidents/"))
    assert told.outlets and f": {', '.join(told.outlets[:3])}" in shown.first.inner_text()


def test_the_ledger_is_filtered_by_the_address(site: str, opened: Opened) -> None:
    page = opened(site, PAGE)
    page.locator("#ledger .chip", has_text=Verdict.ALLEGED).click()
    page.wait_for_url(re.compile("verdict=alleged"))
    page.locator("#ledger .chip[aria-current]", has_text=Verdict.ALLEGED).wait_for()
    shown = page.locator("#ledger td.verdict .tag").evaluate_all("tags => tags.map(tag => tag.dataset.value)")
    assert set(shown) == {Verdict.ALLEGED}
    again = opened(site, page.url.removeprefix(site))
    assert again.locator("#ledger-total").inner_text() == page.locator("#ledger-total").inner_text()


def test_a_verdict_is_overruled_and_that_undone(own_site: str, own: Path, opened: Opened) -> None:
    page = opened(own_site, f"{PAGE}&verdict=alleged")
    row = page.locator("#ledger tbody tr").first
    row.locator("summary").click()
    row.get_by_label("Verdict").select_option(Verdict.VERIFIED)
    row.get_by_label("Reason").fill("seen on film")
    row.get_by_role("button", name="Overrule").click()
    page.locator("#ledger .chip", has_text=Verdict.VERIFIED).click()
    ruled = page.locator("#ledger tbody tr")
    ruled.get_by_text("seen on film").wait_for()
    ruled.get_by_role("button", name="Undo").click()
    page.locator("#ledger .empty").wait_for()
    with Desk.open(own, create=False) as desk:
        assert [one.ruling for one in desk.judgements()] == ["overrule", "undo"]
        assert desk.judgements()[0].reason == "seen on film"


def test_who_has_not_seen_the_last_ruling_is_told_so(own_site: str, own: Path, opened: Opened) -> None:
    page = opened(own_site, PAGE)
    row = page.locator("#ledger tbody tr").first
    fields = {
        name: row.locator(f"[name='{name}']").first.get_attribute("value") or ""
        for name in ("incident", "seen", "csrf")
    }
    ruling: dict[str, str | float | bool] = {
        **fields,
        "verdict": Verdict.DENIED.value,
        "clause": "",
        "reason": "two at once",
    }
    asked = page.context.request
    assert [asked.post(f"{own_site}{PAGE}", form=ruling).status for _ in range(2)] == [200, 409]
    assert asked.post(f"{own_site}{PAGE}", form={**ruling, "clause": "none"}).status == 404
    assert asked.post(f"{own_site}{PAGE}", form={**ruling, "verdict": "none"}).status == 400
    with Desk.open(own, create=False) as desk:
        assert len(desk.judgements()) == 1


def test_another_day_is_another_page(site: str, opened: Opened) -> None:
    page = opened(site, PAGE)
    page.wait_for_selector("#declared")
    page.locator("#as-of").fill("2020-03-01")
    page.wait_for_url(re.compile("as_of=2020-03-01"))
    page.get_by_text("Not in force by").wait_for()


def test_a_brief_is_taken_away_in_any_form(site: str, entered: Entered) -> None:
    asked = entered(site)
    for form, begins in (("md", b"# "), ("html", b"<!doctype html>"), ("pdf", b"%PDF")):
        answer = asked.get(f"{site}/truces/{TRUCE}/brief?week=2021-W42&form={form}")
        if form == "pdf" and answer.status == 400:
            assert "pip install &#39;trucewatch[brief]&#39;" in answer.text()
            continue
        assert answer.status == 200 and begins in answer.body()[:2000]
        assert f"{TRUCE}-2021-W42.{form}" in answer.headers["content-disposition"]
    german = asked.get(f"{site}/truces/{TRUCE}/brief?week=2021-W42&form=md&lang=de").text()
    assert "## Was geschehen ist" in german and "Claims cited" not in german
    assert asked.get(f"{site}/truces/{TRUCE}/brief?week=yesterday").status == 400
    assert asked.get(f"{site}/truces/none").status == 404
    assert asked.get(f"{site}/truces/{TRUCE}?as_of=yesterday").status == 400
    for far in ("0001-01-01", "9999-12-31"):
        for path in (f"/truces/{TRUCE}", f"/scenarios/{SCENARIO}", f"/outlook?area=truce:{TRUCE}"):
            seen = asked.get(f"{site}{path}{'&' if '?' in path else '?'}whole=true&as_of={far}")
            assert seen.status == 200, (path, far)


def test_an_outlook_looks_into_no_file_of_the_server(site: str, entered: Entered, tmp_path: Path) -> None:
    outline = tmp_path / "box.geojson"
    outline.write_text('{"type": "Polygon", "coordinates": [[[35, 35], [37, 35], [37, 37], [35, 35]]]}')
    for path in (outline, tmp_path / "none.wkt"):
        answer = entered(site).get(f"{site}/outlook?area={path}&whole=true")
        assert answer.status == 400
        assert "and no file" in answer.text()


@pytest.mark.parametrize("asked", ["area=VUT", "area=SYR&observer=none"])
def test_an_outlook_does_not_say_where_the_desk_lies(site: str, sampled: Path, entered: Entered, asked: str) -> None:
    answer = entered(site).get(f"{site}/outlook?{asked}&whole=true")
    assert "No outlook" in answer.text() and sampled.name not in answer.text()


def test_an_area_is_found_by_its_name_or_chosen_among_several(site: str, opened: Opened) -> None:
    page = opened(site, "/outlook?area=Punjab")
    page.get_by_role("link", name="Punjab · India").click()
    page.wait_for_selector("#foreseen .refused")
    assert page.get_by_label("Area").input_value() == "IND/Punjab"
    page.get_by_label("Area").fill("idlib")
    page.keyboard.press("Enter")
    page.wait_for_selector("#foreseen-title:has-text('Idlib, Syria')")
    told = page.request.get(f"{site}/api/v1/series?area=idlib&indicator=violence").json()
    assert told["area"] == "SYR/Idlib"
    assert "may be PAK/Punjab" in page.request.get(f"{site}/api/v1/series?area=Punjab&indicator=violence").text()


def test_an_outlook_is_refused_where_too_little_was_read_and_none_is_kept(
    site: str, opened: Opened, desk: Desk
) -> None:
    page = opened(site, f"/outlook?area=truce:{TRUCE}&as_of=2020-06-01")
    assert "needed" in page.locator("#foreseen .refused").inner_text()
    page = opened(site, f"/outlook?area=truce:{TRUCE}&ahead=3")
    assert "of which any report tells" in page.locator("#foreseen .refused").inner_text()
    page.wait_for_selector("#record .section-head")
    assert len(desk.forecasts()) == 0
    total = sum(one.forecast.status == "expected" for one in reported.settled(desk).forecasts)
    assert str(total) in page.locator("#expected .count").inner_text()
    check_accessible(page)


def test_a_scenario_shows_its_odds_as_of_a_day(site: str, opened: Opened, desk: Desk) -> None:
    found = weighings.weighed(desk, scenarios.load()[SCENARIO], DAY)
    page = opened(site, f"/scenarios/{SCENARIO}?as_of={DAY}")
    page.wait_for_selector("#weighing .reading", state="attached")
    leader = found.scenario.readings[found.weighing.leader].name
    assert leader in page.locator("#weighing .table").first.locator("tbody tr").first.inner_text()
    check_accessible(page)
    page.locator("#as-of").fill("2021-09-01")
    page.wait_for_url(re.compile("as_of=2021-09-01"))
    page.locator("#weighing .notice[data-kind='warn']").first.wait_for()
    assert page.locator("#weighing .reading").count() == 0


def test_the_page_of_an_incident_has_the_verdict_of_the_ledger(entered: Entered, tmp_path: Path) -> None:
    where, truce = tmp_path / "denied.desk", truces.load()["syria-idlib-2020"]
    army = {
        "actors": (made.entity("Syrian Arab Army", "SYR", "sy-saa"),),
        "place": ARIHA,
        "time": made.day(2021, 10, 20),
    }
    with Desk.open(where) as desk:
        with desk.writer(V1) as writer:
            its = made.report(published=dt.date(2021, 10, 20))
            deed = made.claim(its, **army)
            denial = made.claim(its, 9, status=Status.DENIED, attributed_to="Syrian Arab Army", **army)
            writer.store(its, [deed, denial])
        derive.catch_up(desk)
        rows = held(desk, truce, dt.date(2021, 10, 21)).breaches
        [incident] = desk.incidents_of(deed.id)
    assert {row.verdict for row in rows if row.incident == incident.id} == {Verdict.DISPUTED}
    with served(Settings(desk=str(where), link=LINK, lasting=True)) as site:
        page = etree.HTML(entered(site).get(f"{site}/incidents/{incident.id}?lang=en").text())
    [told] = [said for one in page.iter("li") if truce.name in (said := " ".join(one.itertext()))]
    assert "disputed" in told
    assert "alleged" not in told
