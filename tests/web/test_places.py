"""The same name of a place, or of an actor, finds the same incidents by every way in, and each way says what a place was taken for."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from tests.calling import call
from tests.web.client import Client
from tests.web.conftest import LINK
from trucewatch.cli import main
from trucewatch.desk import Desk, IncidentFilter
from trucewatch.web.api.feeds import SHOWN
from trucewatch.web.atlas import Atlas, Choice

ASKED = (
    "Idlib",
    "Idlib, Syria",
    "Greater Idlib",
    "M4 corridor",
    "Ariha",
    "saraqib",
    "Syria",
    "geonames:172994",
    "Nowhereland",
)


@pytest.fixture(scope="module")
def client(site: str) -> Client:
    made = Client(site)
    made.get(f"/enter?link={LINK}")
    return made


def called(command: str, place: str, desk: Path, *more: str) -> tuple[str, str]:
    """What a command prints of a place, and what it says of it."""
    result = CliRunner().invoke(main, [command, "--place", place, "--desk", str(desk), *more])
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


@pytest.mark.parametrize("place", ASKED)
def test_every_way_in_finds_the_same_incidents(sampled: Path, client: Client, tmp_path: Path, place: str) -> None:
    with Desk.open(sampled) as desk:
        found = {one.id for one in desk.incidents(IncidentFilter(place=place))}
        assert desk.count_incidents(IncidentFilter(place=place)) == len(found)
    lines, said = called("incidents", place, sampled, "--format", "json")
    assert {json.loads(line)["id"] for line in lines.splitlines()} == found
    rows, told = called("export", place, sampled, "--as", "csv")
    assert {row["id"] for row in csv.DictReader(io.StringIO(rows))} == found
    assert said.splitlines()[0] == told.splitlines()[0]
    at = f"place={quote(place)}"
    assert {one["id"] for one in json.loads(client.get(f"/api/v1/incidents?{at}&limit=500").text)["items"]} == found
    assert len(re.findall(r"<entry>", client.get(f"/feeds/incidents.atom?{at}").text)) == min(len(found), SHOWN)
    assert f'id="found-title">{len(found)} incident' in client.get(f"/incidents?{at}").text.replace(
        "No incidents", "0 incidents"
    )
    if found:
        path = tmp_path / "some.zip"
        called("bundle", place, sampled, "-o", str(path))
        bundled = zipfile.ZipFile(path).read("incidents.jsonl").splitlines()
        assert {json.loads(line)["id"] for line in bundled} == found


@pytest.mark.parametrize(
    "asked",
    [
        {"outlet": "orontes"},
        {"outlet": "levant digest", "sources": "1"},
        {"outlet": "nobody"},
        {"truce": "syria-idlib-2020"},
        {"truce": "syria-idlib-2020", "verdict": "alleged", "until": "2021-09"},
        {"truce": "syria-idlib-2020", "verdict": "out of scope"},
    ],
    ids=str,
)
def test_an_outlet_and_a_verdict_find_the_same_incidents(
    sampled: Path, client: Client, tmp_path: Path, asked: dict[str, str]
) -> None:
    options = [word for name, value in asked.items() for word in (f"--{name}", value)]
    lines = call("incidents", *options, "--desk", sampled, "--format", "json").stdout
    found = [json.loads(line)["id"] for line in lines.splitlines()]
    assert call("incidents", *options, "--desk", sampled).stderr.startswith(f"{len(found)} incident")
    at = "&".join(f"{name}={quote(value)}" for name, value in asked.items())
    items = json.loads(client.get(f"/api/v1/incidents?{at}&limit=500").text)["items"]
    assert {one["id"] for one in items} == set(found)
    rows = call("export", *options, "--as", "csv", "--desk", sampled).stdout
    assert [row["id"] for row in csv.DictReader(io.StringIO(rows))] == found
    assert (found == []) == (asked.get("outlet") == "nobody")
    if not found:  # of nothing no bundle is made
        return
    path = tmp_path / "some.zip"
    call("bundle", *options, "--desk", sampled, "-o", path)
    with zipfile.ZipFile(path) as bundled:
        assert [json.loads(line)["id"] for line in bundled.read("incidents.jsonl").splitlines()] == found
        told = json.loads(bundled.read("manifest.json"))["asked"]
    assert told.get("verdict") == asked.get("verdict") and told.get("outlet") == asked.get("outlet")


def test_a_verdict_without_a_truce_is_refused(sampled: Path) -> None:
    for command in (("incidents",), ("export", "--as", "csv"), ("bundle", "-o", "some.zip")):
        refused = call(*command, "--verdict", "alleged", "--desk", sampled)
        assert refused.exit_code == 2 and "say with --truce which" in refused.stderr


def test_the_page_says_what_a_place_was_taken_for(client: Client) -> None:
    def shown(place: str, page: str = "/incidents") -> str:
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", client.get(f"{page}?place={quote(place)}").text)).split())

    assert "Taken for province Idlib · Syria" in shown("Idlib")
    assert "Taken for province Idlib · Syria" in shown("Idlib", "/actors")
    assert "Taken for town Tripoli · Libya town Tripoli · Lebanon" in shown("Tripoli")
    assert "No place of this name is known" in shown("Nowhereland")
    assert "Taken for" not in shown("")


def test_a_truces_ledger_gives_the_same_incidents_to_every_export(
    sampled: Path, client: Client, tmp_path: Path
) -> None:
    truce, path = "syria-idlib-2020", tmp_path / "ledger.zip"
    shown = json.loads(client.get(f"/api/v1/incidents?truce={truce}&place=Idlib&limit=500").text)["items"]
    rows, _ = called("export", "Idlib", sampled, "--as", "csv", "--truce", truce)
    assert {row["id"] for row in csv.DictReader(io.StringIO(rows))} == {one["id"] for one in shown} != set()
    called("bundle", "Idlib", sampled, "--truce", truce, "-o", str(path))
    with zipfile.ZipFile(path) as bundled:
        assert {json.loads(line)["id"] for line in bundled.read("incidents.jsonl").splitlines()} == {
            one["id"] for one in shown
        }
        breaches = [
            row for line in bundled.read("ledger.jsonl").splitlines() if "incident" in (row := json.loads(line))
        ]
        assert {row["incident"] for row in breaches} == {one["id"] for one in shown}
        assert json.loads(bundled.read("truce.jsonl"))["id"] == truce


def test_a_form_of_the_field_says_what_it_leaves_out(client: Client) -> None:
    answer = client.get("/api/v1/incidents.ged?place=Idlib")
    said = dict(part.split(" ", 1)[::-1] for part in answer.headers["trucewatch-left-out"].split("; "))
    every = len(json.loads(client.get("/api/v1/incidents?place=Idlib&limit=500").text)["items"])
    assert sum(map(int, said.values())) + len(answer.text.splitlines()) - 1 == every
    assert "nobody said to have been killed" in said
    assert "trucewatch-left-out" not in client.get("/api/v1/incidents.csv?place=Idlib").headers
    assert client.get("/api/v1/incidents.acled?place=Nowhereland").headers["trucewatch-left-out"] == "0"


@pytest.mark.parametrize("actor", ["HTS", "Syrian Army", "Russia", "RUS", "ru-vks", "army", "its fighters", "Nobody"])
def test_an_actor_finds_the_same_incidents_on_the_map_as_on_the_desk(sampled: Path, actor: str) -> None:
    with Desk.open(sampled, create=False) as desk:
        told, wanted = list(desk.incidents()), {one.id for one in desk.incidents(IncidentFilter(actor=actor))}
    fits = Atlas.of(told).fit(Choice(actor=actor))
    assert {told[row].id for row in fits.nonzero()[0]} == wanted
    assert bool(wanted) is (actor != "Nobody")
