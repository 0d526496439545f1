"""The API: pages with cursors, tags, the export forms, an honest description, and no answer of 500 to anything."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from hypothesis import HealthCheck, settings

from tests.web.conftest import LINK
from trucewatch.desk import Desk
from trucewatch.export import FORMS
from trucewatch.web.api.exports import FORM_NAMES

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")


class Client:
    """A program that is signed in."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor())
        self._opener.open(f"{site}/enter?link={LINK}").read()

    def get(self, path: str, **headers: str) -> tuple[int, Any, bytes]:
        """Status, headers and body of an answer."""
        try:
            answer = self._opener.open(Request(self.site + path, headers=headers))
        except HTTPError as refusal:
            return refusal.code, refusal.headers, refusal.read()
        return answer.status, answer.headers, answer.read()

    def json(self, path: str) -> Any:
        """The JSON of an answer that must be good."""
        status, _, body = self.get(path)
        assert status == 200, body
        return json.loads(body)

    def all(self, path: str, limit: int) -> Iterator[dict[str, Any]]:
        """Every item, page by page."""
        joint, cursor = "&" if "?" in path else "?", ""
        while cursor is not None:
            page = self.json(f"{path}{joint}limit={limit}" + (f"&after={cursor}" if cursor else ""))
            assert len(page["items"]) <= limit
            yield from page["items"]
            cursor = page["next"]


@pytest.fixture(scope="module")
def client(site: str) -> Client:
    """On the samples."""
    return Client(site)


@pytest.mark.parametrize("limit", [3, 7, 500])
def test_pages_hold_everything_once_and_in_order(client: Client, sampled: Path, limit: int) -> None:
    with Desk.open(sampled) as desk:
        reports, claims = [one.id for one in desk.reports()], {one.id for one in desk.claims()}
        incidents = {one.id for one in desk.incidents()}
    assert [one["id"] for one in client.all("/api/v1/reports", limit)] == reports
    if limit > 3:
        told = [one["id"] for one in client.all("/api/v1/claims", limit)]
        assert (len(told), set(told)) == (len(claims), claims)
    held = [one["id"] for one in client.all("/api/v1/incidents", max(limit, 20))]
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


def test_forms_are_those_of_the_command_line(client: Client) -> None:
    assert tuple(FORMS) == FORM_NAMES
    for form in FORM_NAMES:
        status, headers, body = client.get(f"/api/v1/incidents.{form}?place=Ariha")
        assert (status, headers["Content-Type"]) == (200, FORMS[form].media)
        assert len(body) > 100
    _, _, table = client.get("/api/v1/incidents.csv?place=Ariha")
    rows = list(csv.DictReader(io.StringIO(table.decode())))
    assert len(rows) == len(list(client.all("/api/v1/incidents?place=Ariha", 100)))


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
        ("/api/v1/claims?status=sure", 422),
        ("/api/v1/reports?after=%C3%28", 400),
        ("/api/v1/incidents?after=AAAA", 410),
        ("/api/v1/incidents.xls", 422),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line_of_json(client: Client, path: str, status: int) -> None:
    answered, headers, body = client.get(path)
    assert (answered, headers["Content-Type"]) == (status, "application/json")
    assert json.loads(body)["detail"]


def test_a_stranger_is_told_to_sign_in(site: str) -> None:
    with pytest.raises(HTTPError) as refusal:
        build_opener().open(f"{site}/api/v1/reports")
    assert refusal.value.code == 401
    assert json.loads(refusal.value.read())["detail"]


def test_nothing_that_the_description_allows_is_answered_by_500(site: str, client: Client) -> None:
    description = client.json("/api/v1/openapi.json")
    cookie = _cookie(client)
    schema = schemathesis.openapi.from_dict(description)
    schema.config.update(base_url=site)
    seen: set[str] = set()

    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @_given(operation)
        def calls(case: Any) -> None:
            answer = case.call(headers={"Cookie": cookie})
            assert answer.status_code < 500, (case.path, answer.text)
            case.validate_response(answer, checks=[_describes])

        calls()
        seen.add(operation.path)
    assert len(seen) >= 14


def _given(operation: Any) -> Any:
    from hypothesis import given

    return given(case=operation.as_strategy())


def _describes(context: Any, response: Any, case: Any) -> None:
    """A good answer is what the description says; what else is checked, is checked above."""
    if response.status_code == 200 and "json" in response.headers.get("content-type", [""])[0]:
        schemathesis.checks.load_all_checks()
        from schemathesis.specs.openapi.checks import response_schema_conformance

        response_schema_conformance(context, response, case)


def _cookie(client: Client) -> str:
    handler = next(one for one in client._opener.handlers if isinstance(one, HTTPCookieProcessor))
    return "; ".join(f"{one.name}={one.value}" for one in handler.cookiejar)
