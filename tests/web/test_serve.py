"""Serving a desk: the command itself, truces of one's own, clients that leave, what Today puts first."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sql

from tests.calling import call
from tests.desk.made import V1, report
from tests.web.client import Client
from tests.web.conftest import LINK, running, served
from trucewatch.desk import Desk
from trucewatch.nouns import Incident
from trucewatch.outlook import scenarios
from trucewatch.truces.tables import HERE
from trucewatch.web import Settings, atlases, create_app

TRUCE = "syria-idlib-2020"


def test_serve_lets_one_in_by_its_link_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "a.desk") as desk, desk.writer(V1) as writer:
        writer.store(report("Rebels shelled a town."), ())
    words = ["serve", "--desk", str(tmp_path / "a.desk"), "--port", "0", "--no-open", "--by", "Ada"]
    command = [sys.executable, "-u", "-m", "trucewatch", *words]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert server.stdout is not None and server.stderr is not None
    try:
        found = next(match for line in server.stdout if (match := re.search(r"http://127\.0\.0\.1:\d+/enter\S+", line)))
        with Desk.open(tmp_path / "a.desk") as desk:
            assert desk.mark() is not None  # what was left is taken in before anybody can ask
        parts = urlsplit(found[0])
        client = Client(f"http://{parts.netloc}")
        assert client.get(f"{parts.path}?{parts.query}").status == 303
        assert "Ada" in client.get("/account").text
        assert client.get("/today/truces").status == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 130
        assert "Traceback" not in server.stderr.read()
    finally:
        server.kill()
        server.communicate()


def test_a_port_that_is_taken_is_told_in_a_line(own: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = call("serve", "--desk", own, "--port", port, "--no-open")
    assert result.exit_code == 1
    assert result.stderr.endswith(f"Error: cannot listen on 127.0.0.1, port {port}; --port 0 takes any that is free\n")


def test_what_can_be_got_can_be_asked_for_its_head_and_no_link_is_used_up(own: Path) -> None:
    with served(Settings(desk=str(own), link=LINK)) as site:
        client = Client(site)
        assert client.call("HEAD", f"/enter?link={LINK}").status == 405
        client.get(f"/enter?link={LINK}")
        for path in ("/", "/api/v1/reports", "/static/desk.css", "/nosuch"):
            head, whole = client.call("HEAD", path), client.get(path)
            assert (head.status, head.headers["content-length"]) == (whole.status, whole.headers["content-length"])
            assert whole.text and not head.text


def test_a_truce_of_ones_own_is_on_every_page(own: Path, tmp_path: Path) -> None:
    (tmp_path / "truces").mkdir()
    table = (HERE / f"{TRUCE}.toml").read_text(encoding="utf-8").replace(f'id = "{TRUCE}"', 'id = "our-idlib-2020"')
    table = re.sub(r'(?m)^name = ".*"', 'name = "The truce of our own table"', table, count=1)
    (tmp_path / "truces" / "our-idlib-2020.toml").write_text(table, encoding="utf-8")
    with served(Settings(desk=str(own), link=LINK, lasting=True, truces=tmp_path / "truces")) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        for path in ("/truces", "/search?q=our+own+table", "/incidents", "/map/zones"):
            assert "our-idlib-2020" in client.get(path).text, path
        reasons = re.search('class="chips reasons".*?</ul>', client.get("/queue?truce=our-idlib-2020").text)
        assert reasons and "breach of" in reasons[0]


def test_a_scenario_of_ones_own_is_weighed_beside_those_that_ship(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "truces" / "scenarios"
    folder.mkdir(parents=True)
    table = (scenarios.HERE / "idlib-after-sochi.toml").read_text(encoding="utf-8")
    (folder / "ours.toml").write_text(re.sub(r'(?m)^id = "idlib-after-sochi"', 'id = "ours"', table), encoding="utf-8")
    (folder / "draft.toml").write_text(scenarios.blank("draft", dt.date(2021, 9, 30)), encoding="utf-8")
    with served(Settings(desk=str(own), link=LINK, lasting=True, truces=tmp_path / "truces")) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        assert "/scenarios/ours" in client.get("/outlook").text
        assert "scenarios/draft" not in client.get("/outlook").text and client.get("/scenarios/draft").status == 404
        odds = [
            json.loads(client.get(f"/api/v1/scenarios/{name}").text)["posterior"]
            for name in ("ours", "idlib-after-sochi")
        ]
        assert odds[0] == odds[1]
        assert client.get("/scenarios/ours?whole").status == 200


def test_a_client_that_leaves_while_it_sends_is_no_error(own: Path, caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("uvicorn.error")
    with served(Settings(desk=str(own), link=LINK, lasting=True)) as site:
        log.addHandler(caplog.handler)
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        host, port = urlsplit(site).netloc.split(":")
        with socket.create_connection((host, int(port)), timeout=10) as leaving:
            head = f"POST /queue HTTP/1.1\r\nHost: {host}\r\nCookie: desk={client.cookies['desk']}\r\n"
            kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\n"
            leaving.sendall(f"{head}{kind}claim=".encode())
        assert client.get("/account").status == 200
    log.removeHandler(caplog.handler)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_today_lists_the_newest_publications_first_and_undated_ones_last(tmp_path: Path) -> None:
    days = (2, 5, None, 1)
    with Desk.open(tmp_path / "a.desk") as desk, desk.writer(V1) as writer:
        for day in days:
            writer.store(report(f"Of {day}.", title=f"Of {day}.", published=day and dt.date(2021, 10, day)), [])
    with served(Settings(desk=str(tmp_path / "a.desk"), link=LINK, lasting=True)) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        assert re.findall(r">(Of \w+\.)<", client.get("/").text) == ["Of 5.", "Of 2.", "Of 1.", "Of None."]


def test_an_empty_desk_asks_nobody_to_take_a_filter_away(tmp_path: Path) -> None:
    Desk.open(tmp_path / "a.desk").close()
    with served(Settings(desk=str(tmp_path / "a.desk"), link=LINK, lasting=True)) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        for path in ("/incidents", "/actors"):
            assert "Nothing yet" in client.get(path).text
            assert "Take a filter away" in client.get(f"{path}?place=Idlib").text


def test_nothing_waits_for_a_connection_while_it_holds_one(own: Path) -> None:
    """Or so many at once wait for each other until all give up."""
    app = create_app(Settings(desk=str(own), link=LINK, lasting=True))
    held, most = Counter[int](), Counter[str]()

    def taken(*_: object) -> None:
        held[threading.get_ident()] += 1
        most[path] = max(most[path], held[threading.get_ident()])

    def given_back(*_: object) -> None:
        held[threading.get_ident()] -= 1

    sql.event.listen(app.state.desk._engine, "checkout", taken)
    sql.event.listen(app.state.desk._engine, "checkin", given_back)
    path = "/enter"
    with running(app) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        for path in (
            "/", "/incidents", "/queue", "/actors", "/sources", "/truces", f"/truces/{TRUCE}", "/search?q=idlib",
            "/feeds/incidents.atom", "/feeds/reports.atom", f"/feeds/breaches.atom?truce={TRUCE}",
            f"/api/v1/truces/{TRUCE}/ledger", "/api/v1/expected", "/api/v1/stories",
        ):  # fmt: skip
            assert client.get(path).status == 200, path
    assert set(most.values()) == {1}, most


def test_pages_that_do_without_the_incidents_do_not_wait_for_them(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large desk takes seconds to be read; here the reading begins, and goes on when it is let."""
    with Desk.open(own) as desk:
        incident = next(one for one in desk.incidents() if one.place and one.place.lat)
        claim = desk.claim(incident.claims[0])
    may_go_on, whole = threading.Event(), Desk.incidents

    def held(desk: Desk) -> Iterator[Incident]:
        may_go_on.wait(60)
        yield from whole(desk)

    monkeypatch.setattr(Desk, "incidents", held)
    monkeypatch.setattr(atlases, "PATIENCE", 0.1)
    with served(Settings(desk=str(own), link=LINK, lasting=True)) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        for path in ("/", "/truces", f"/reports/{claim.report}", f"/incidents/{incident.id}"):
            assert client.get(path).status == 200, path
        assert "still being read" in client.get("/search?q=idlib").text
        for path in ("/incidents", "/queue", "/actors", "/sources", "/api/v1/incidents", "/feeds/incidents.atom"):
            answer = client.get(path)
            assert (answer.status, answer.headers["retry-after"]) == (503, "2"), path
            assert "still being read" in answer.text
            assert ("refresh" in answer.headers) is (not path.startswith("/api/"))
        may_go_on.set()
        while client.get("/incidents").status == 503:
            pass
        assert incident.id in client.get(f"/api/v1/incidents?type={incident.type}&limit=500").text
