"""The API: pages with cursors, tags, the export forms, an honest description, and no answer of 500 to anything."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import html
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any, get_args
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from hypothesis import HealthCheck, settings

from tests.web.conftest import LINK, served
from tests.web.program import Client
from trucewatch import codebook, run
from trucewatch.desk import Bulletin, Desk, IncidentFilter
from trucewatch.export import FORMS, incidents
from trucewatch.export.verify import verify
from trucewatch.truces.tables import HERE
from trucewatch.web import Settings
from trucewatch.web.api import exports
from trucewatch.web.api.exports import FormName

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


@pytest.fixture(scope="module")
def client(site: str) -> Client:
    """On the samples."""
    return Client(site)


def test_what_comes_in_meanwhile_moves_no_page_of_a_search(own: Path) -> None:
    with served(Settings(desk=str(own), link=LINK, lasting=True)) as site:
        client = Client(site)
        every = [one["id"] for one in client.all("/api/v1/search?q=shells", 500)]
        first = client.json("/api/v1/search?q=shells&limit=2")
        with Desk.open(own) as desk:
            tuple(run.keep([{"text": "Shells fell on Ariha on Monday.", "date": "2030-01-07"}], desk))
        rest = client.json(f"/api/v1/search?q=shells&after={first['next']}")["items"]
        assert [one["id"] for one in (*first["items"], *rest)] == every
        assert len(list(client.all("/api/v1/search?q=shells", 500))) == len(every) + 1
        assert {client.get(f"/api/v1/search?q=ariha&after={one}")[0] for one in ("a" * 8, "[]", "%00")} == {400}
        assert client.get("/api/v1/search?q=ariha&after=AAAA")[0] == 410


@pytest.mark.parametrize("limit", [70, 500])
def test_pages_hold_everything_once_and_in_order(client: Client, sampled: Path, limit: int) -> None:
    with Desk.open(sampled) as desk:
        reports, claims = [one.id for one in desk.reports()], {one.id for one in desk.claims()}
        incidents = {one.id for one in desk.incidents()}
    assert [one["id"] for one in client.all("/api/v1/reports", limit // 10)] == reports
    told = [one["id"] for one in client.all("/api/v1/claims", limit)]
    assert (len(told), set(told)) == (len(claims), claims)
    held = [one["id"] for one in client.all("/api/v1/incidents", limit)]
    assert (len(held), set(held)) == (len(incidents), incidents)


def test_filters_of_the_api_are_those_of_the_map(client: Client) -> None:
    some = list(client.all("/api/v1/incidents?place=Syria&type=ASSAULT", 50))
    assert some and all(one["place"]["country"] == "SYR" and one["type"] == "ASSAULT" for one in some)
    told = list(client.all("/api/v1/claims?type=ASSAULT/aerial", 50))
    assert told and all((one["type"], one["mode"]) == ("ASSAULT", "aerial") for one in told)


def test_what_a_client_has_is_not_sent_again(client: Client) -> None:
    status, headers, _ = client.get("/api/v1/incidents?limit=5")
    again = client.get("/api/v1/incidents?limit=5", **{"If-None-Match": headers["ETag"]})
    other = client.get("/api/v1/incidents?limit=6", **{"If-None-Match": headers["ETag"]})
    assert (status, again[0], again[2], other[0]) == (200, 304, b"", 200)
    for known in ("*", headers["ETag"].removeprefix("W/"), f'"other", {headers["ETag"]}'):  # as RFC 9110 compares
        assert client.get("/api/v1/incidents?limit=5", **{"If-None-Match": known})[0] == 304


def test_what_a_client_has_is_old_when_anything_it_hangs_on_is_new(own: Path, tmp_path: Path) -> None:
    tables = tmp_path / "truces"
    tables.mkdir()
    minsk = "/api/v1/truces/ukraine-minsk-2015"
    day = dt.date(2019, 1, 1)
    told = Bulletin(
        series="osce-smm", observer="OSCE SMM", unit="violation", area="Donbas", blames=(), first=day, last=day, count=5
    )
    with served(Settings(desk=str(own), link=LINK, lasting=True, truces=tables)) as site:
        client = Client(site)

        def is_same(path: str, before: str) -> bool:
            return client.get(path, **{"If-None-Match": before})[0] == 304

        monitors, truce = (client.get(path)[1]["ETag"] for path in (f"{minsk}/monitors", minsk))
        assert is_same(f"{minsk}/monitors", monitors) and is_same(minsk, truce)
        with Desk.open(own) as desk:
            desk.keep_bulletins([told])
        assert not is_same(f"{minsk}/monitors", monitors)
        truce = client.get(minsk)[1]["ETag"]
        shutil.copy(HERE / "ukraine-minsk-2015.toml", tables)
        assert not is_same(minsk, truce)


def test_an_incidents_page_knows_that_a_truce_had_run_out(sampled: Path, tmp_path: Path) -> None:
    table = (
        (HERE / "syria-idlib-2020.toml").read_text(encoding="utf-8").replace('id = "syria-idlib-2020"', 'id = "ours"')
    )
    table = re.sub(r"(?m)^end = .*\nended = .*", 'runs_until = "2021-10-10"', table)
    (tmp_path / "ours.toml").write_text(table, encoding="utf-8")
    with served(Settings(desk=str(sampled), link=LINK, lasting=True, truces=tmp_path)) as site:
        client = Client(site)
        rows = client.json("/api/v1/truces/ours/ledger?as_of=2021-10-31")["breaches"]
        late = next(row for row in rows if "when the truce had run out" in row["reason"])
        page = client.get(f"/incidents/{late['incident']}")[2].decode()
    assert late["reason"] in html.unescape(page)


def test_a_truce_is_looked_at_no_later_than_anybody_can_know(client: Client) -> None:
    """Nor is a brief written of such a week."""
    today = client.json("/api/v1/truces/syria-idlib-2020/status")
    for path in ("status", "ledger", "monitors"):
        far = client.json(f"/api/v1/truces/syria-idlib-2020/{path}?as_of=9999-12-31")
        assert far == client.json(f"/api/v1/truces/syria-idlib-2020/{path}")
    assert today["days"]["last"] == f"{dt.date.today()}"
    for week, said in (
        ("9998-W52", "9998-W52 has not come yet"),
        ("9999-W52", "'9999-W52' is no week; write 2021-W39"),
    ):
        status, _, body = client.get(f"/api/v1/bundle.zip?truce=syria-idlib-2020&week={week}")
        assert (status, json.loads(body)["detail"]) == (400, said)


def test_forms_are_those_of_the_command_line(client: Client, sampled: Path) -> None:
    assert tuple(FORMS) == get_args(FormName)
    for form in FORMS:
        status, headers, body = client.get(f"/api/v1/incidents.{form}?place=Ariha")
        assert (status, headers["Content-Type"]) == (200, FORMS[form].media)
        assert len(body) > 100
    _, _, table = client.get("/api/v1/incidents.csv?place=Ariha")
    rows = list(csv.DictReader(io.StringIO(table.decode())))
    with Desk.open(sampled) as desk:
        written = FORMS["csv"].write(incidents(desk, desk.incidents(IncidentFilter(place="Ariha"))), codebook.load())
        assert table == b"".join(written)
    assert len(rows) == len(list(client.all("/api/v1/incidents?place=Ariha", 100)))


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json, text/csv;q=0.5", "application/json"),
        ("text/html, */*", "application/json"),
        ("application/vnd.apache.parquet;q=0.9, application/json;q=0.1", "application/vnd.apache.parquet"),
        ("application/geo+json", "application/geo+json"),
    ],
)
def test_the_accept_header_asks_for_a_form(client: Client, accept: str, media: str) -> None:
    for path in ("/api/v1/incidents?place=Ariha", "/api/v1/claims?place=Ariha"):
        status, headers, body = client.get(path, Accept=accept)
        assert (status, headers["Content-Type"]) == (200, media)
        assert body


def test_a_view_as_an_arrow_stream_holds_the_incidents_of_the_view(client: Client) -> None:
    ipc = pytest.importorskip("pyarrow.ipc", reason="pyarrow is not installed")
    _, _, body = client.get("/api/v1/incidents?place=Ariha", Accept="application/vnd.apache.arrow.stream")
    table = ipc.open_stream(body).read_all()
    ids = {one["id"] for one in client.all("/api/v1/incidents?place=Ariha", 100)}
    assert set(table.column(table.schema.names[0]).to_pylist()) == ids


def test_a_view_is_bundled_with_what_it_rests_on(client: Client, tmp_path: Path) -> None:
    truce = "truce=syria-idlib-2020"
    whole = (
        ("place=Ariha", "claims.jsonl"),
        (f"{truce}&place=Ariha", "ledger.jsonl"),
        (f"{truce}&week=2021-W39", "brief.html"),
    )
    for query, held in whole:
        status, headers, body = client.get(f"/api/v1/bundle.zip?{query}")
        assert (status, headers["Content-Type"]) == (200, "application/zip")
        path = tmp_path / "evidence.zip"
        path.write_bytes(body)
        assert verify(path).faults == ()
        assert held in zipfile.ZipFile(path).namelist()


def test_an_incident_is_found_by_a_claim_that_is_in_it(client: Client) -> None:
    one = client.json("/api/v1/incidents?limit=1")["items"][0]
    assert client.json(f"/api/v1/incidents/{one['claims'][0]}") == client.json(f"/api/v1/incidents/{one['id']}")


def test_what_the_command_line_reckons_is_told(client: Client) -> None:
    series = client.json("/api/v1/series?area=SYR&indicator=air-strikes&period=month")
    assert len(series["counts"]) == len(series["reports"]) > 3
    outlook = client.json("/api/v1/outlook?area=SYR/Idlib&indicator=clashes&at_least=3&as_of=2021-10-01")
    assert outlook.get("refusal") or outlook["least"] == 3
    scenario = client.json("/api/v1/scenarios")["items"][0]["id"]
    assert client.json(f"/api/v1/scenarios/{scenario}")["posterior"]
    every = client.json("/api/v1/expected?possible=true")["items"]
    outlet = every[0]["forecast"]["outlet"]
    for asked, fits in (
        ("", lambda one: one["forecast"]["status"] == "expected"),
        (f"possible=true&outlet={quote(outlet)}", lambda one: one["forecast"]["outlet"] == outlet),
        ("possible=true&speaker=a", lambda one: "a" in (one["forecast"]["speaker"] or "").casefold()),
        ("possible=true&settled=no", lambda one: one["outcome"] == "cannot be told"),
    ):
        found = client.json(f"/api/v1/expected?{asked}")["items"]
        assert found == [one for one in every if fits(one)] and found != every
    assert list(client.all("/api/v1/expected?possible=true", 2)) == every
    fared = client.json(f"/api/v1/expected/record?possible=true&outlet={quote(outlet)}")["items"]
    assert {one["name"] for one in fared if one["of"] == "outlet"} == {outlet}
    assert list(client.all("/api/v1/search?q=Ariha", 2))
    assert all(len(one["reports"]) > 1 for one in client.all("/api/v1/stories", 2))
    assert client.json("/api/v1/datasets")["items"] == []
    assert "/api/v1/incidents" in client.json("/api/v1")


def test_one_thing_is_found_by_its_id(client: Client) -> None:
    report = next(client.all("/api/v1/reports", 1))
    record = client.json(f"/api/v1/reports/{report['id']}")
    assert record["report"] == report
    claim = client.json(f"/api/v1/claims/{record['claims'][0]['id']}")
    assert claim["evidence"]
    incident = next(client.all("/api/v1/incidents", 1))
    assert client.json(f"/api/v1/incidents/{incident['id']}") == incident


def test_a_truce_its_ledger_and_its_status(client: Client) -> None:
    assert "syria-idlib-2020" in {one["id"] for one in client.json("/api/v1/truces")["items"]}
    held = client.json("/api/v1/truces/syria-idlib-2020/ledger?as_of=2021-10-30")
    assert held["breaches"] and all(one["reason"] for one in held["breaches"])
    status = client.json("/api/v1/truces/syria-idlib-2020/status?as_of=2021-10-30")
    assert {"events", "deaths"} == status["observed"].keys()
    assert client.json("/api/v1/truces/syria-idlib-2020/status?as_of=2019-01-01") is None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/reports/0000", 404),
        ("/api/v1/truces/none/ledger", 404),
        ("/api/v1/incidents?truce=none", 404),
        ("/api/v1/incidents?limit=0", 422),
        ("/api/v1/incidents?limit=10000", 422),
        ("/api/v1/incidents?since=yesterday", 400),
        ("/api/v1/incidents?since=2022&until=2021-05", 400),
        ("/api/v1/incidents?type=BOGUS", 400),
        ("/api/v1/claims?type=BOGUS", 400),
        ("/api/v1/claims?plcae=Idlib", 400),
        ("/api/v1/incidents?verdict=alleged", 400),
        ("/api/v1/incidents?truce=syria-idlib-2020&verdict=sure", 400),
        ("/api/v1/incidents?status=sure", 400),
        ("/api/v1/incidents.csv?country=SYR", 400),
        ("/api/v1/claims?status=sure", 400),
        ("/api/v1/claims?report=none", 404),
        ("/api/v1/incidents?report=none", 404),
        ("/api/v1/claims?undated=true&since=2021", 400),
        ("/api/v1/incidents?sources=0", 400),
        ("/api/v1/incidents?type=ASSAULT&type=AID", 400),
        ("/api/v1/truces/syria-idlib-2020/ledger?as_of=0", 400),
        ("/api/v1/series?area=SYR&indicator=deaths&since=0", 400),
        ("/api/v1/series?area=SYR&indicator=deaths&since=2022&until=2021", 400),
        ("/api/v1/reports?after=%C3%28", 400),
        ("/api/v1/incidents?after=AAAA", 410),
        ("/api/v1/incidents.xls", 422),
        ("/api/v1/series?area=secret.geojson&indicator=deaths", 400),
        ("/api/v1/series?area=SYR&indicator=none", 404),
        ("/api/v1/scenarios/none.toml", 404),
        ("/api/v1/compare/none", 404),
        ("/api/v1/bundle.zip?place=Nowhereville", 404),
        ("/api/v1/bundle.zip?week=2021-W39", 400),
        ("/api/v1/bundle.zip?truce=syria-idlib-2020&week=2021-W42&place=Ariha", 400),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line_of_json(client: Client, path: str, status: int) -> None:
    answered, headers, body = client.get(path)
    assert (answered, headers["Content-Type"]) == (status, "application/json")
    assert json.loads(body)["detail"]


def test_a_month_or_a_year_stands_for_its_days_everywhere(client: Client) -> None:
    ledger = "/api/v1/truces/syria-idlib-2020/ledger"
    assert client.json(f"{ledger}?as_of=2021-10") == client.json(f"{ledger}?as_of=2021-10-31")
    series = "/api/v1/series?area=SYR&indicator=deaths&period=month"
    assert client.json(f"{series}&since=2021-09&until=2021") == client.json(
        f"{series}&since=2021-09-01&until=2021-12-31"
    )


def test_who_comes_while_many_files_are_sent_is_told_when_to_come_again(client: Client) -> None:
    with contextlib.ExitStack() as sent:
        for _ in range(exports.AT_ONCE):
            sent.enter_context(exports._Slot())
        status, headers, _ = client.get("/api/v1/incidents.csv?place=Ariha")
    assert (status, headers["Retry-After"]) == (503, "10")
    assert client.get("/api/v1/incidents.csv?place=Ariha")[0] == 200


def test_an_address_says_which_methods_it_takes(client: Client) -> None:
    for path, taken in (("/api/v1/judgements", "GET, HEAD, POST"), ("/api/v1/claims", "GET, HEAD")):
        with pytest.raises(HTTPError) as refusal:
            build_opener().open(Request(client.site + path, method="OPTIONS"))
        assert (refusal.value.code, refusal.value.headers["Allow"]) == (405, taken)


def test_the_files_that_a_page_offers_are_those_of_its_view(client: Client) -> None:
    _, _, page = client.get("/incidents?place=Ariha&lang=en&page=1")
    offered = [html.unescape(one) for one in re.findall(r'href="(/api/[^"]+)"', page.decode())]
    assert len(offered) == 5
    assert all("place=Ariha" in one and client.get(one)[0] == 200 for one in offered)


def test_the_description_names_the_files_that_are_answered(client: Client) -> None:
    paths = client.json("/api/v1/openapi.json")["paths"]
    answers = {
        path: set(deeds["get"]["responses"]["200"]["content"]) for path, deeds in paths.items() if "get" in deeds
    }
    assert answers["/api/v1/bundle.zip"] == {"application/zip"}
    assert (
        {"application/json", "text/csv", "application/geo+json"}
        <= answers["/api/v1/incidents"]
        == answers["/api/v1/claims"]
    )


def test_the_description_leaves_no_answer_open(client: Client) -> None:
    paths = client.json("/api/v1/openapi.json")["paths"]
    answers = [deed["responses"] for deeds in paths.values() for deed in deeds.values()]
    schemas = [one["schema"] for its in answers for said in its.values() for one in said.get("content", {}).values()]
    assert len(schemas) > len(answers) and all(schemas)


def test_generators_of_clients_understand_the_description(client: Client) -> None:
    description = client.json("/api/v1/openapi.json")
    assert '"items": false' not in json.dumps(description)
    names = [deed["operationId"] for deeds in description["paths"].values() for deed in deeds.values()]
    assert {"incidents", "incident", "judge"} <= set(names) and len(set(names)) == len(names)
    assert {"Settled", "TrackRecord"} <= description["components"]["schemas"].keys()


def test_a_program_is_told_that_a_desk_without_accounts_takes_no_token(site: str) -> None:
    with pytest.raises(HTTPError) as refusal:
        build_opener().open(Request(f"{site}/api/v1/reports", headers={"Authorization": "Bearer any"}))
    assert (refusal.value.code, refusal.value.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "no accounts" in json.loads(refusal.value.read())["detail"]


def test_nothing_that_the_description_allows_is_answered_by_500(own_site: str) -> None:
    client = Client(own_site)  # of a desk of its own, for some of it rules
    description = client.json("/api/v1/openapi.json")
    signed = {"Cookie": _cookie(client), "X-CSRF": _csrf(client)}
    schema = schemathesis.openapi.from_dict(description)
    schema.config.update(base_url=own_site)
    seen: set[str] = set()

    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=3, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @_given(operation)
        def calls(case: Any) -> None:
            answer = case.call(headers=signed)
            assert answer.status_code < 500, (case.path, answer.text)
            case.validate_response(answer, checks=[_describes])

        calls()
        seen.add(operation.path)
    assert len(seen) >= 28


def _given(operation: Any) -> Any:
    from hypothesis import given

    return given(case=operation.as_strategy())


def _describes(context: Any, response: Any, case: Any) -> None:
    """A good answer is what the description says; what else is checked, is checked above."""
    if response.status_code == 200 and "json" in response.headers.get("content-type", [""])[0]:
        schemathesis.checks.load_all_checks()
        from schemathesis.specs.openapi.checks import response_schema_conformance

        response_schema_conformance(context, response, case)


def _csrf(client: Client) -> str:
    found = re.search(r'name="csrf" content="(\w+)"', client.get("/account")[2].decode())
    assert found
    return found[1]


def _cookie(client: Client) -> str:
    handler = next(one for one in client._opener.handlers if isinstance(one, HTTPCookieProcessor))
    return "; ".join(f"{one.name}={one.value}" for one in handler.cookiejar)
