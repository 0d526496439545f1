"""What a desk gives away: feeds, hooks, embedded views, tokens; by keys that can be ended."""

from __future__ import annotations

import datetime as dt
import http.server
import itertools
import json
import re
import threading
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from tests.asking import asked
from tests.web.client import Client
from tests.web.conftest import LINK, served
from trucewatch import derive, rulings
from trucewatch.desk import Desk, Person, Role, Session, Share, ShareKind, Try, TryOutcome
from trucewatch.desk.people import hashed
from trucewatch.desk.schema import now
from trucewatch.judgements import About
from trucewatch.nouns import Ruling
from trucewatch.web import Settings
from trucewatch.web.api import atom, feeds
from trucewatch.web.hooks import Patience, Sender, signature, starting
from trucewatch.web.ledgers import Ledgers

A = f"{{{atom.NAMESPACE}}}"
IDLIB = "syria-idlib-2020"


@pytest.fixture
def client(own_site: str) -> Client:
    """On a desk of its own."""
    made = Client(own_site)
    made.get(f"/enter?link={LINK}")
    return made


def strict(document: str) -> list[etree._Element]:
    """The entries of a feed that keeps what RFC 4287 asks for."""
    feed = etree.fromstring(document.encode())
    assert feed.tag == f"{A}feed" and feed.find(f"{A}author/{A}name") is not None
    for one in (feed, *feed.findall(f"{A}entry")):
        for name in ("id", "title", "updated"):
            (found,) = one.findall(f"{A}{name}")
            assert found.text and found.text.strip()
        assert re.fullmatch(r"tag:[\w.]+,2026:\S+", one.findtext(f"{A}id") or "")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one.findtext(f"{A}updated") or "")
        rels = [(link.get("rel"), link.get("type")) for link in one.findall(f"{A}link")]
        assert rels.count(("alternate", "text/html")) == 1 and len(rels) == len(set(rels))
    entries = feed.findall(f"{A}entry")
    ids = [one.findtext(f"{A}id") for one in entries]
    assert len(set(ids)) == len(ids)
    return entries


def fresh(answer: str) -> str:
    """What a page shows once."""
    found = re.search(r'<code class="fresh" dir="ltr">([^<]+)</code>', answer)
    assert found, answer
    return unescape(found[1])


def test_feeds_are_valid_and_of_the_maps_filters(client: Client) -> None:
    entries = strict(client.get("/feeds/incidents.atom?type=ASSAULT&place=Syria").text)
    assert len(entries) > 5
    assert all("Claims: " in (one.findtext(f"{A}content") or "") for one in entries)
    updated = [one.findtext(f"{A}updated") or "" for one in entries]
    assert updated == sorted(updated, reverse=True)
    assert strict(client.get("/feeds/reports.atom").text)
    assert strict(client.get(f"/feeds/breaches.atom?truce={IDLIB}").text)
    assert client.get("/feeds/breaches.atom?truce=none").status == 404
    assert strict(client.get("/feeds/incidents.atom?place=Nowhereville").text) == []


@pytest.mark.parametrize("feed", ["incidents.atom", "reports.atom", f"breaches.atom?truce={IDLIB}"])
def test_a_feed_asks_for_all_its_entries_together(client: Client, feed: str) -> None:
    with asked() as times:
        assert len(strict(client.get(f"/feeds/{feed}").text)) > 20
    assert max(times.values()) < 10, times.most_common(3)


def test_few_incidents_are_looked_up_and_stand_as_those_met_from_the_newest_report(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "FEW", 10_000)
    looked_up = client.get("/feeds/incidents.atom?place=Idlib").text
    monkeypatch.setattr(feeds, "FEW", 0)
    assert looked_up == client.get("/feeds/incidents.atom?place=Idlib").text
    assert len(strict(looked_up)) > 1


def test_a_feed_says_when_nothing_has_changed_and_what_a_ruling_changed(client: Client, own: Path) -> None:
    first = client.get("/feeds/incidents.atom")
    for header, value in (
        ("If-None-Match", first.headers["etag"]),
        ("If-Modified-Since", first.headers["last-modified"]),
    ):
        assert client.get("/feeds/incidents.atom", {header: value}).status == 304
    with Desk.open(own) as desk:
        chosen = max(desk.incidents(), key=lambda one: one.sources)
        rulings.judge(desk, Ruling.ACCEPT, [About(claims=chosen.claims[:1])], rulings.Hand(by="Ana"))
    again = client.get("/feeds/incidents.atom", {"If-None-Match": first.headers["etag"]})
    assert again.status == 200
    assert (strict(again.text)[0].findtext(f"{A}id") or "").endswith(chosen.id)


def test_a_feeds_key_reads_its_feed_alone_and_ends(client: Client, own_site: str) -> None:
    url = fresh(client.post("/share/feeds", {"feed": "incidents", "query": "type=ASSAULT&page=2"}, "/share").text)
    path = url.removeprefix(own_site)
    key = path.partition("key=")[2]
    stranger = Client(own_site)
    answer = stranger.get(path)
    assert strict(answer.text) and key not in answer.text
    for other in ("incidents.atom", "incidents.atom?type=AID", "reports.atom", f"breaches.atom?truce={IDLIB}"):
        assert stranger.get(f"/feeds/{other}{'&' if '?' in other else '?'}key={key}").status == 404, other
    assert stranger.get(f"/feeds/incidents.atom?key={key}&type=ASSAULT").status == 200
    for other in (f"/api/v1/reports?key={key}", f"/share?key={key}"):
        assert stranger.get(other).status in (401, 303)
    number = re.search(r'action="/share/(\d+)/end"', client.get("/share").text)
    assert number and client.post(f"/share/{number[1]}/end", page="/share").status == 303
    assert stranger.get(path).status == 410


def test_an_embedded_view_is_for_its_sites_and_leads_nowhere(client: Client, own_site: str, own: Path) -> None:
    fields = {"query": f"truce={IDLIB}", "sites": "https://news.example.org", "what": "list"}
    path = fresh(client.post("/share/embeds", fields, "/share").text).removeprefix(own_site)
    answer = Client(own_site).get(path)
    assert answer.status == 200 and 'href="/' not in answer.text.replace('href="/static', "")
    assert answer.text.count("<circle") > 3
    assert "frame-ancestors https://news.example.org" in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    assert client.get("/").headers["x-frame-options"] == "DENY"
    path = fresh(client.post("/share/embeds", fields | {"what": "brief"}, "/share").text).removeprefix(own_site)
    assert "Claims cited" in Client(own_site).get(path).text
    assert '<html lang="ar" dir="rtl">' in Client(own_site).get(f"{path}?lang=ar").text
    for sites in ("", "news.example.org", "https://a.org; script-src *", "https://a.org/path"):
        assert client.post("/share/embeds", fields | {"sites": sites}, "/share").status == 422
    with Desk.open(own) as desk:
        desk.shares.end(desk.shares.every(ShareKind.EMBED)[0].number, now(), "Lea")
    assert Client(own_site).get(path).status == 410


class Receiver:
    """Another server: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.sent: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.sent.append((dict(self.headers.items()), body))
                self.send_response(outer.answers.pop(0) if outer.answers else 204)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A real server on this machine."""
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


def hooked(desk: Desk, url: str, chosen: dict[str, str]) -> int:
    """A hook."""
    content = {"url": url, "filter": chosen, "secret": "s3cret"}
    number = desk.shares.make(Share(number=0, kind=ShareKind.HOOK, by="Lea", at=now(), content=content), hashed(url))
    starting(desk, number)
    return number


def ruled(desk: Desk) -> str:
    """Rule on an assault: its incident."""
    one = next(one for one in desk.incidents() if one.type == "ASSAULT" and len(one.claims) == 1)
    rulings.judge(desk, Ruling.ACCEPT, [About(claims=one.claims)], rulings.Hand(by="Ana", reason=str(now())))
    return one.id


def test_a_hook_is_sent_what_is_new_signed_and_once(own: Path, receiver: Receiver) -> None:
    with Desk.open(own) as desk:
        number = hooked(desk, receiver.url, {"type": "ASSAULT"})
        other = hooked(desk, f"{receiver.url}2", {"type": "AID"})
        sender = Sender(desk, Ledgers(desk, None), Patience(to_private=True, first=0.0))
        assert sender.send() == 0
        incident = ruled(desk)
        receiver.answers = [500, 302]
        assert [sender.send() for _ in range(4)] == [0, 0, 1, 0]
        names = {headers["Trucewatch-Delivery"] for headers, _ in receiver.sent}
        assert len(receiver.sent) == 3 and len(names) == 1
        headers, body = receiver.sent[-1]
        assert headers["Trucewatch-Signature"] == signature("s3cret", headers["Trucewatch-Timestamp"], body)
        (told,) = json.loads(body)["incidents"]
        assert (told["change"], told["incident"]["id"]) == ("changed", incident)
        outcomes = [one.outcome.value for one in reversed(desk.shares.tries(number))]
        assert outcomes == ["starts", *["begun", "failed"] * 2, "begun", "delivered"]
        assert [one.outcome for one in desk.shares.tries(other)] == [TryOutcome.PASSED, TryOutcome.STARTS]
    with Desk.open(own) as desk:  # nothing is sent again by one that starts anew
        assert Sender(desk, Ledgers(desk, None), Patience(to_private=True)).send() == 0
        assert len(receiver.sent) == 3


def test_a_new_desk_is_told_whole_in_batches(sampled: Path, own: Path, receiver: Receiver) -> None:
    with Desk.open(own) as desk:
        content = {"url": receiver.url, "filter": {}, "secret": "s3cret"}
        number = desk.shares.make(Share(number=0, kind=ShareKind.HOOK, by="Lea", at=now(), content=content), "k")
        desk.shares.note(Try(share=number, at=now(), outcome=TryOutcome.STARTS, coding=0, judgement=0))
        assert Sender(desk, Ledgers(desk, None), Patience(to_private=True)).send() == len(receiver.sent) >= 1
        told = [one for _, body in receiver.sent for one in json.loads(body)["incidents"]]
        assert {one["incident"]["id"] for one in told} == {one.id for one in desk.incidents()}
        first = json.loads(receiver.sent[0][1])["incidents"]
        assert {one["change"] for one in first} == {"new"}


def test_a_batch_that_a_stop_left_is_sent_again_under_its_name(own: Path, receiver: Receiver) -> None:
    with Desk.open(own) as desk:
        number = hooked(desk, receiver.url, {})
        ruled(desk)
        with desk.deriving(write=False) as derived:
            mark = derived.mark()
        assert mark is not None
        begun = Try(
            share=number, at=now(), outcome=TryOutcome.BEGUN, coding=mark.coding, judgement=mark.judgement, incidents=1
        )
        desk.shares.note(begun)
        sender = Sender(desk, Ledgers(desk, None), Patience(to_private=True))
        assert sender.send() == 0, "another sender may be at it"
        desk.shares.note(msgspec.structs.replace(begun, at=now() - dt.timedelta(hours=1)))
        ruled(desk)
        assert sender.send() == 2, "the one that was left, then what came since"


def test_private_addresses_are_refused_and_a_hook_ends_after_too_many_failures(own: Path, receiver: Receiver) -> None:
    with Desk.open(own) as desk:
        number = hooked(desk, receiver.url, {})
        ruled(desk)
        sender = Sender(desk, Ledgers(desk, None), Patience(first=0.0, most=2))
        assert [sender.send(), sender.send()] == [0, 0]
        assert receiver.sent == []
        assert "no public address" in desk.shares.tries(number)[0].said
        ended = desk.shares.share(number)
        assert ended.ended is not None and ended.ended_by is None and "2 times" in ended.why


def test_a_hook_whose_truce_is_gone_fails_and_the_others_go_on(own: Path, receiver: Receiver) -> None:
    with Desk.open(own) as desk:
        good = hooked(desk, receiver.url, {})
        gone = hooked(desk, f"{receiver.url}2", {"truce": "our-idlib-2020"})
        ruled(desk)
        sender = Sender(desk, Ledgers(desk, None), Patience(to_private=True, first=0.0, most=2))
        assert [sender.send(), sender.send()] == [1, 0]
        assert desk.shares.tries(gone)[0].said == "There is no such truce."
        assert desk.shares.share(gone).ended is not None and desk.shares.share(good).ended is None


def test_a_person_makes_and_ends_a_token_and_rules_by_it(own: Path) -> None:
    with Desk.open(own) as desk:
        desk.people.add(Person(name="Cem", role=Role.CODER), None, now())
        start = now()
        desk.people.begin(
            Session(key=hashed("k"), person="Cem", begun=start, seen=start, ends=start + dt.timedelta(days=1))
        )
        claim, other = (one.id for one in itertools.islice(desk.claims(), 2))
    with served(Settings(desk=str(own), team=True)) as site:
        browser, program = Client(site), Client(site)
        browser.cookies["desk"] = "k"
        token = fresh(browser.post("/share/tokens", {"days": "3", "note": "nightly"}, "/share").text)
        program.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

        assert f'rel="self" type="application/atom+xml" href="{site}/feeds' in program.get("/feeds/incidents.atom").text

        for wrong in ("outlett=x", "outlet=x&outlet=y"):
            assert program.get(f"/feeds/incidents.atom?{wrong}").status == 400

        def rule(headers: dict[str, str] | None = None, **fields: Any) -> tuple[int, dict[str, Any]]:
            answer = program.call("POST", "/api/v1/judgements", json.dumps(fields).encode(), headers)
            return answer.status, json.loads(answer.text)

        tag = program.get(f"/api/v1/claims/{claim}/judgements").headers["etag"]
        known = {"If-None-Match": f"W/{tag}"}
        assert program.get(f"/api/v1/claims/{claim}/judgements", known).status == 304
        status, made = rule({"If-Match": f"W/{tag}"}, ruling="accept", on=[claim])
        assert (status, program.get(f"/api/v1/claims/{claim}/judgements", known).status) == (201, 200)
        (kept,) = made["judgements"]
        assert (kept["by"], kept["claims"]) == ("Cem", [claim])
        for headers, seen in (({"If-Match": tag}, None), ({}, [])):
            status, told = rule(headers, ruling="reject", on=[claim], seen=seen)
            assert (status, told["judgements"]) == (409, [kept])
        status, told = rule(ruling="accept", on=[claim], field="killed", value="3-5")
        assert (status, told) == (422, {"detail": "'accept' takes no 'field'."})
        assert rule(ruling="undo", on=[kept["id"]], seen=[kept["id"]])[0] == 201
        assert rule(ruling="correct", on=[claim], field="killed", value="3-5", seen=[])[1]["unknown"] == []
        told = rule(ruling="correct", on=[claim], field="actors", value="NATO; Zorgonians; fighters (SYR UAF)")
        assert (told[0], told[1]["unknown"]) == (201, ["Zorgonians"])
        assert rule(ruling="correct", on=[claim], field="killed", value="many")[0] == 400
        assert rule(ruling="bless", on=[claim])[0] == 422
        acts: tuple[dict[str, Any], ...] = (
            {"ruling": "merge", "on": [claim, other]},
            {"ruling": "split", "on": [other], "of": claim},
            {"ruling": "same", "on": [claim, other]},
        )
        for act, says in zip(acts, ("same", "different", "same"), strict=True):
            status, made = rule(**act)
            assert (status, [one["ruling"] for one in made["judgements"]]) == (201, [says])
        assert (
            rule(ruling="split", on=[other])[1]["detail"] == "split takes in `of` what the claims are to be parted from"
        )
        key = re.search(r'name="token" value="(\w+)"', browser.get("/share").text)
        assert key and browser.post("/share/tokens/end", {"token": key[1]}, "/share").status == 303
        for path in ("/api/v1/reports", "/feeds/incidents.atom"):
            ended = program.get(path)
            assert (ended.status, "Show a token in force" in json.loads(ended.text)["detail"]) == (401, True)
    with Desk.open(own) as desk:
        assert derive.catch_up(desk) is not None
        assert [one.ruling.value for one in desk.judgements()] == [
            *("accept", "undo", "correct", "correct"),
            *("same", "different", "same"),
        ]
