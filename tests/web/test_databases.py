"""The desk on each of the two databases: its pages, and rulings on claims by people who come one after the other or together."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.desk.made import V1, claim, day, entity, report
from tests.web.client import Client
from tests.web.conftest import LINK, served
from trucewatch import derive, rulings
from trucewatch.desk import Desk
from trucewatch.judgements import About
from trucewatch.nouns import Place, Ruling
from trucewatch.rulings import Hand
from trucewatch.web import Settings

SPOT = Place(text="Ariha", name="Ariha", country="SYR", lat=35.81, lon=36.61, precision="town")
PAGES = (
    "/", "/today/truces", "/incidents?place=Syria&actor=Russia&since=2021-09", "/map/incidents?window=30,30,45,40,6",
    "/queue", "/reports", "/truces", "/truces/syria-idlib-2020?whole=true", "/outlook?area=SYR/Idlib", "/actors",
    "/sources", "/search?q=shells", "/share", "/log", "/feeds/incidents.atom", "/api/v1/incidents.csv",
)  # fmt: skip


@pytest.fixture
def told(place: str) -> Iterator[tuple[Client, Desk, str]]:
    """A desk with two reports of one incident, a browser on it, and the first one's claim."""
    russia, when = (entity("Russian army", "RUS", "ru-vks"),), day(2021, 9, 28)
    with Desk.open(place) as desk:
        with desk.writer(V1) as writer:
            for outlet in ("Orontes Courier", "Harim Wire"):
                its = report(f"Shells fell on the town, {outlet} says.", outlet=outlet, published=dt.date(2021, 9, 29))
                writer.store(its, [claim(its, place=SPOT, actors=russia, time=when)])
        derive.catch_up(desk)
        with served(Settings(desk=place, link=LINK)) as site:
            client = Client(site)
            client.get(f"/enter?link={LINK}")
            yield client, desk, next(iter(desk.claims())).id


def test_every_page_is_there(told: tuple[Client, Desk, str]) -> None:
    client, desk, its = told
    (one,) = desk.incidents()
    for path in (*PAGES, f"/incidents/{one.id}", f"/incidents/{one.id}/why", f"/reports/{its.partition('.')[0]}"):
        assert client.get(path).status == 200, path


def test_a_correction_is_shown_with_who_made_it_and_outlives_a_rebuild(told: tuple[Client, Desk, str]) -> None:
    client, desk, its = told
    page = f"/reports/{its.partition('.')[0]}"
    fields = {"claim": its, "ruling": "correct", "field": "killed", "value": "7", "reason": "as the hospital says"}
    assert client.post(page, fields).status == 303
    derive.rebuild(desk)
    shown = client.get(f"{page}?claim={its}").text
    assert "corrected" in shown and desk.judgements()[0].by in shown and "as the hospital says" in shown
    (one,) = desk.incidents()
    assert one.killed is not None and one.killed.high == 7
    undo = {"claim": its, "ruling": f"undo {desk.judgements()[0].id}", "seen": desk.judgements()[0].id}
    assert client.post(page, undo).status == 303
    assert next(desk.incidents()).killed is None


def test_who_comes_second_is_shown_the_first_ruling(told: tuple[Client, Desk, str]) -> None:
    client, desk, its = told
    rulings.judge(desk, Ruling.ACCEPT, [About(claims=(its,))], Hand(by="Omar Said"))
    answer = client.post("/queue", {"claim": its, "ruling": "reject"})
    assert answer.status == 409 and "Omar Said" in answer.text
    assert [one.ruling for one in desk.judgements()] == [Ruling.ACCEPT]


def test_of_many_at_once_one_ruling_is_kept(told: tuple[Client, Desk, str]) -> None:
    client, desk, its = told
    deeds = ["accept", "reject"] * 4
    with ThreadPoolExecutor(len(deeds)) as pool:
        answers = pool.map(lambda deed: client.post("/queue", {"claim": its, "ruling": deed}).status, deeds)
    (kept,) = desk.judgements()
    # Who pressed the same key as the first finds it done; who meant otherwise is told.
    assert Counter(answers) == {303: 4, 409: 4}
    assert kept.ruling in (Ruling.ACCEPT, Ruling.REJECT)


def test_a_desk_that_changes_under_a_bundle_asks_for_it_again(
    told: tuple[Client, Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, desk, its = told
    on = rulings.on

    def meddled(*given: Any) -> Any:
        rulings.judge(desk, Ruling.ACCEPT, [About(claims=(its,))], Hand(by="Ana"))
        return on(*given)

    monkeypatch.setattr(rulings, "on", meddled)
    refused = client.get("/api/v1/bundle.zip")
    assert (refused.status, refused.headers["retry-after"]) == (503, "10")
    assert json.loads(refused.text) == {"detail": "the desk has changed while the bundle was made; do it again"}
