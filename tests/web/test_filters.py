"""Claims and incidents are asked for alike, in the API as on the command line and from Python."""

from __future__ import annotations

import itertools
from pathlib import Path
from urllib.parse import quote, urlencode

import msgspec
import pytest

from tests.web.conftest import LINK, served
from tests.web.program import Client
from trucewatch import rulings
from trucewatch.desk import ClaimFilter, Desk, IncidentFilter
from trucewatch.judgements import About
from trucewatch.nouns import Ruling
from trucewatch.truces import Verdict
from trucewatch.web import Settings
from trucewatch.web.atlas import Choice
from trucewatch.web.pages import share


@pytest.fixture(scope="module")
def client(site: str) -> Client:
    """On the samples."""
    return Client(site)


@pytest.mark.parametrize("query", ["outlet=Zawiya Post", "undated=true", "type=material cooperation", "status=denied"])
def test_claims_are_asked_for_as_incidents_are(client: Client, sampled: Path, query: str) -> None:
    told = {one["id"] for one in client.all(f"/api/v1/claims?{quote(query, '=')}", 100)}
    incidents = list(client.all(f"/api/v1/incidents?{quote(query, '=')}", 100))
    name, value = query.split("=")
    with Desk.open(sampled) as desk:
        asked = {name: value == "true" or value}
        assert told == {one.id for one in rulings.claims(desk, ClaimFilter(**asked))} != set()
        assert {one["id"] for one in incidents} == {one.id for one in desk.incidents(IncidentFilter(**asked))} != set()


def test_what_one_report_tells_of(client: Client) -> None:
    first = client.json("/api/v1/reports?limit=1")["items"][0]["id"]
    of_it = client.json(f"/api/v1/reports/{first}")["claims"]
    assert [one["id"] for one in client.all(f"/api/v1/claims?report={first[:9]}", 100)] == [one["id"] for one in of_it]
    held = client.all(f"/api/v1/incidents?report={first[:9]}", 100)
    assert {claim for one in held for claim in one["claims"]} >= {one["id"] for one in of_it}


def test_a_page_shows_and_keeps_what_its_address_asks_beside_its_form(client: Client) -> None:
    first = client.json("/api/v1/reports?limit=1")["items"][0]["id"]
    status, _, body = client.get(f"/incidents?report={first}&undated=true&sources=&status=&lang=en")
    page = body.decode()
    assert status == 200
    assert f'<input type="hidden" name="report" value="{first}">' in page
    assert '<input type="hidden" name="undated" value="true">' in page
    assert f"<bdi>{first}</bdi>" in page and "<bdi>undated</bdi>" in page  # each can be taken off
    assert f"/api/v1/incidents.csv?report={first}&amp;undated=true" in page
    assert client.get("/incidents?report=none")[0] == 404


def test_a_view_that_is_shared_keeps_its_filters() -> None:
    chosen = Choice(
        type="ASSAULT/aerial", report="ab", undated=True, sources=2, truce="gaza-2025", verdict=Verdict.ALLEGED
    )
    assert share._from(f"{urlencode(chosen.given)}&page=3") == chosen
    assert msgspec.convert(chosen.given, Choice, strict=False) == chosen  # as a hook has it


def test_claims_are_as_people_have_judged_them(own: Path) -> None:
    with Desk.open(own) as desk:
        right, wrong, other = itertools.islice(desk.claims(ClaimFilter(type="ASSAULT")), 3)
        hand = rulings.Hand(by="a")
        rulings.judge(desk, Ruling.CORRECT, rulings.correcting(desk, right.id, "type", "AID"), hand)
        rulings.judge(desk, Ruling.REJECT, [About(claims=(wrong.id,))], hand)
        every = [one.id for _, one in desk.claims_after(ClaimFilter(), 0, 1000)]
    with served(Settings(desk=str(own), link=LINK, lasting=True)) as site:
        client = Client(site)

        def ids(query: str) -> list[str]:
            return [one["id"] for one in client.all(f"/api/v1/claims?{query}", 40)]

        assert ids("") == [one for one in every if one != wrong.id]
        assert ids("coded=true") == every
        assert right.id in ids("type=AID") and right.id not in ids("type=ASSAULT")
        assert right.id in ids("type=ASSAULT&coded=true") and other.id in ids("type=ASSAULT")
        assert client.json(f"/api/v1/claims/{right.id}")["type"] == "AID"
        assert client.json(f"/api/v1/claims/{right.id}?coded=true")["type"] == "ASSAULT"
        status, _, said = client.get(f"/api/v1/claims/{wrong.id}")
        assert (status, "rejected" in said.decode()) == (404, True)
        assert client.json(f"/api/v1/claims/{wrong.id}?coded=true")["id"] == wrong.id
        for query, there in (("", False), ("?coded=true", True)):
            told = client.json(f"/api/v1/reports/{wrong.report}{query}")["claims"]
            assert (wrong.id in {one["id"] for one in told}) is there
