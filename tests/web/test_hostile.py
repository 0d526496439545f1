"""What a report says stays text: its title, outlet, names and words are never markup, script or an address."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.desk.made import V1, claim, report
from tests.web.client import Client
from tests.web.conftest import LINK, Opened, served
from tests.web.test_feeds import Receiver
from trucewatch import derive, rulings
from trucewatch.desk import Desk, ShareKind, Try, TryOutcome
from trucewatch.desk.schema import now
from trucewatch.judgements import About, made
from trucewatch.nouns import Claim, Entity, Evidence, Judgement, Period, Place, Report, Ruling, Span, Status
from trucewatch.web import Settings, share_keys
from trucewatch.web.hooks import Patience, Sender
from trucewatch.web.ledgers import Ledgers

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg onload=alert(3)>"


@pytest.fixture
def evil(tmp_path: Path) -> Iterator[tuple[str, Report]]:
    """A desk with a report whose every text is an attack, and with a judgement of the same kind."""
    text = f"{EVIL} shelled {EVIL} on Friday.\n\n</article></main>{EVIL}"
    its = Report(
        id="0123456789abcdef", text=text, title=f"</title>{EVIL}", outlet=EVIL, byline=EVIL, licence=EVIL,
        original_outlet=EVIL, language='en" onclick="alert(4)', url="javascript:alert(5)", notes=(EVIL,), source=EVIL,
        published=dt.date(2021, 10, 1), media=("javascript:alert(6)", 'https://a.example/"><script>'),
        boilerplate=(EVIL,), regions=(EVIL,),
    )  # fmt: skip
    actor, whom = (Entity(text=EVIL, name=name + EVIL) for name in ("A", "B"))
    start = len(EVIL) + 1
    one = Claim(
        id=f"{its.id}.00000001", report=its.id, type="ASSAULT", mode=None, status=Status.HAPPENED,
        trigger=Span(start=start, end=start + 7), mentions=(Span(start=0, end=text.index("\n")),), actors=(actor,),
        recipients=(whom,), place=Place(text=EVIL, name=EVIL), attributed_to=EVIL,
        evidence=(Evidence(field="actors[0]", because=EVIL, start=2, end=30),),
    )  # fmt: skip
    where = tmp_path / "evil.desk"
    with Desk.open(where) as desk:
        with desk.writer(V1) as writer:
            writer.store(its, [one])
        rulings.adopt(desk, [_ruling(one.id)])
    with served(Settings(desk=str(where), link=LINK, lasting=True)) as site:
        yield site, its


def _ruling(claim: str) -> Judgement:
    return made(Ruling.ACCEPT, EVIL, dt.datetime.now(dt.UTC), EVIL, About(claims=(claim,)))


def test_every_field_of_a_claim_and_a_report_stays_text(evil: tuple[str, Report], opened: Opened) -> None:
    site, its = evil
    page = opened(site, f"/reports/{its.id}")
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    incident = page.locator("#panel a[href^='/incidents/']").get_attribute("href") or ""
    for path in ("/", "/log", f"/reports/{its.id}", "/queue", incident, f"{incident}/why"):
        page.goto(f"{site}{path}")
        assert page.locator("main script, main img, main [onload], main [onerror], main [onclick]").count() == 0
        assert page.locator("a[href^='javascript:']").count() == 0
    page.goto(f"{site}/reports/{its.id}")
    assert EVIL in page.locator("h1").inner_text()
    assert page.locator(".about-report a[rel~=noreferrer]").count() == 1
    assert EVIL in page.locator("#text").inner_text()
    page.keyboard.press("x")
    page.wait_for_selector("#panel[data-state=rejected]")


def test_words_without_an_end_stay_on_a_phone(tmp_path: Path, opened: Opened) -> None:
    endless = "Llanfairpwllgwyngyll" * 6
    its = report("Shells fell.", title=endless, outlet=endless, published=dt.date(2021, 10, 1), byline=endless)
    spot, who = Place(text=endless, name=endless, country="SYR"), Entity(text=endless, name=endless)
    with Desk.open(tmp_path / "long.desk") as desk:
        with desk.writer(V1) as writer:
            writer.store(its, [claim(its, 0, place=spot, actors=(who,), attributed_to=endless)])
        derive.catch_up(desk)
        (incident,) = desk.incidents()
    with served(Settings(desk=str(tmp_path / "long.desk"), link=LINK, lasting=True)) as site:
        page = opened(site, phone=True, webgl=False)
        for path in (
            "/",
            "/incidents",
            f"/incidents/{incident.id}",
            f"/reports/{its.id}",
            "/reports",
            "/sources",
            "/queue",
        ):
            page.goto(f"{site}{path}")
            cut = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.className)"
            assert page.locator(":root, main, .list, .card").evaluate_all(cut) == [], path
            assert page.locator("td:first-child a").evaluate_all("all => all.every(one => one.offsetWidth < 300)"), path


# ---------------------------------------------------------------- what leaves the desk

TABLE = (
    "<script>document.title = 'taken'</script>",
    '"><img src=x onerror="document.title = \'taken\'">',
    "{{ 7 * 7 }}{% raw %}",
    "'-document.title='taken'-'",
    "\u202ereversed\u202c <svg/onload=document.title='taken'>",
    "</title></name></description><script>document.title='taken'</script>",
    "]]><script>document.title='taken'</script><![CDATA[",
    "&lt;img src=x onerror=alert(1)&gt;&#60;b&#62;",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "</style></svg><iframe src=javascript:alert(1)>",
    "a\x08b\x0cc\ufffed",
)
IDLIB = "syria-idlib-2020"
DAY = dt.date(2021, 9, 28)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose titles, outlets, names and reasons are each of the table: shells from Russia on the zone of a truce."""
    path = tmp_path_factory.mktemp("told") / "told.desk"
    with Desk.open(path) as desk:
        with desk.writer(V1) as writer:
            for n, bad in enumerate(TABLE):
                day = DAY + dt.timedelta(days=3 * n)  # so that no two are one incident
                its = report(f"Shells, {n}: {bad}", title=f"{bad} {n}", outlet=f"{bad} {n}", published=day, byline=bad)
                spot = Place(text=bad, name=f"{bad} {n}", country="SYR", lat=35.9, lon=36.6 + n / 50, precision="town")
                who = Entity(text=bad, name=f"{bad} {n}", country="RUS", sector="MIL", actor="ru-vks")
                whom = Entity(text=bad, name=f"{bad} {n}", country="SYR", sector="CVL")
                of = {"place": spot, "actors": (who,), "recipients": (whom,), "attributed_to": bad}
                writer.store(its, [claim(its, n, **of, time=Period(start=day, end=day, precision="day"))])
        derive.catch_up(desk)
        for bad, one in zip(TABLE, list(desk.claims()), strict=True):
            rulings.adopt(desk, [made(Ruling.ACCEPT, bad[:40], now(), bad, About(claims=(one.id,)))])
    return path


@pytest.fixture(scope="module")
def leaves(told: Path) -> Iterator[tuple[Client, dict[str, str]]]:
    """It as a browser sees it, and the addresses of its embedded views."""
    with Desk.open(told) as desk, served(Settings(desk=str(told), link=LINK, lasting=True)) as site:
        keys = {}
        for what in ("list", "brief"):
            content = {"what": what, "filter": {"truce": IDLIB}, "sites": ["https://a.example"], "note": TABLE[0]}
            keys[what] = f"/embed/{share_keys.made(desk, ShareKind.EMBED, TABLE[0], content)[1]}"
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        for bad in TABLE:
            client.post("/share/feeds", {"feed": "incidents", "note": bad}, "/share")
        yield client, keys


def plain(text: str) -> str:
    """A payload as it comes through: on one line, without what XML has no room for, and what turns a line around."""
    return " ".join(re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff\u202a-\u202e\u2066-\u2069]", " ", text).split())


@pytest.mark.parametrize("path", ["incidents.atom", "reports.atom", f"breaches.atom?truce={IDLIB}"])
def test_feeds_parse_and_hold_it_as_text(leaves: tuple[Client, dict[str, str]], path: str) -> None:
    answer = leaves[0].get(f"/feeds/{path}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = etree.fromstring(answer.text.encode(), etree.XMLParser(resolve_entities=False))
    known = {"feed", "id", "title", "updated", "link", "author", "name", "generator", "entry", "content"}
    assert {etree.QName(one).localname for one in root.iter()} == known
    assert {one.get("type") for one in root.iter("{*}content")} == {"text"}
    assert {urlless for one in root.iter("{*}link") if not (urlless := one.get("href", "")).startswith("http")} == set()
    words = plain(" ".join(root.itertext()))
    for bad in TABLE:
        assert plain(bad) in words


@pytest.mark.parametrize("what", ["list", "brief"])
def test_embedded_views_make_no_markup_of_it(leaves: tuple[Client, dict[str, str]], opened: Opened, what: str) -> None:
    client, keys = leaves
    page = opened(client.site, keys[what], enter=False)
    assert page.title() != "taken"
    assert page.locator("script, img, iframe, [onload], [onerror], style:not(head style)").count() == 0
    assert page.evaluate("[...document.querySelectorAll('svg *')].every(one => one.namespaceURI.endsWith('/svg'))")
    shown = plain(page.evaluate("document.documentElement.textContent"))
    week = TABLE[-3:] if what == "brief" else TABLE
    assert [bad for bad in week if plain(bad) not in shown] == []
    if what == "list":
        assert page.locator("circle title").count() >= 1


def test_exports_that_a_browser_may_open_hold_it_as_text(leaves: tuple[Client, dict[str, str]]) -> None:
    client, _ = leaves
    kml = client.get("/api/v1/incidents.kml")
    assert kml.headers["content-disposition"].startswith("attachment")
    assert kml.headers["x-content-type-options"] == "nosniff"
    root = etree.fromstring(kml.text.encode(), etree.XMLParser(resolve_entities=False))
    assert {etree.QName(one).namespace for one in root.iter()} == {"http://www.opengis.net/kml/2.2"}
    assert not {"script", "img", "svg", "iframe"} & {etree.QName(one).localname for one in root.iter()}
    descriptions = [one.text or "" for one in root.iter("{*}description")]
    assert not any(re.search(r"<\s*[a-z/!]", one) for one in descriptions), "shown as HTML by those who open it"
    words = html.unescape(" ".join(root.itertext()))
    geojson = client.get("/api/v1/incidents.geojson")
    assert geojson.headers["content-type"].startswith("application/geo+json")
    names = [one["properties"]["place"] for one in json.loads(geojson.text)["features"]]
    for n, bad in enumerate(TABLE):
        assert html.unescape(plain(bad)) in words
        assert any(plain(f"{bad} {n}") == plain(name) for name in names)


def test_a_hooks_body_holds_it_as_text(told: Path) -> None:
    receiver = Receiver()
    with Desk.open(told) as desk:
        content = {"url": receiver.url, "filter": {}, "secret": "s"}
        number, _ = share_keys.made(desk, ShareKind.HOOK, "Lea", content)
        desk.shares.note(Try(share=number, at=now(), outcome=TryOutcome.STARTS, coding=0, judgement=0))
        assert Sender(desk, Ledgers(desk, None), Patience(to_private=True)).send() >= 1
        desk.shares.end(number, now(), "Lea")
    receiver.server.shutdown()
    receiver.server.server_close()
    assert {headers["Content-Type"] for headers, _ in receiver.sent} == {"application/json"}
    rows = [one["incident"] for _, body in receiver.sent for one in json.loads(body)["incidents"]]
    assert {one["place"]["name"] for one in rows} == {f"{bad} {n}" for n, bad in enumerate(TABLE)}


def test_pages_hold_it_as_text(leaves: tuple[Client, dict[str, str]]) -> None:
    client, _ = leaves
    for path in (
        "/share",
        "/log",
        "/incidents",
        "/actors",
        "/reports",
        "/sources",
        f"/truces/{IDLIB}?whole=true",
        "/search?q=shells",
    ):
        found = etree.HTML(client.get(path).text)
        main = found.find(".//main")
        assert main is not None, path
        strange = {one.tag for one in main.iter("script", "img", "iframe", "object", "style")}
        assert strange == set(), path
        assert [name for one in main.iter(etree.Element) for name in one.attrib if str(name).startswith("on")] == []
    assert plain(TABLE[0]) in plain(" ".join(main.itertext()))
