"""People: the link that works once, passwords, sessions, an OpenID provider, the log; and what the server refuses."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from joserfc.jwk import RSAKey
from starlette.requests import Request

from tests.web.client import Client
from tests.web.conftest import LINK, running, served
from tests.web.provider import CLIENT, SECRET, Provider, providing
from trucewatch.desk import Desk, Person, Role
from trucewatch.desk.schema import now
from trucewatch.web import Settings, create_app, passwords
from trucewatch.web.refusals import Refused
from trucewatch.web.settings import OpenId
from trucewatch.web.signing import Team, token_of

PASSWORD = "correct horse battery"
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""As argon2 is tested for elsewhere, these tests need not wait for it."""
PEOPLE = {"Lea": Role.LEAD, "Cem": Role.CODER, "ana@example.org": Role.READER}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed fast."""
    monkeypatch.setattr(passwords, "_hasher", CHEAP)


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Path:
    """An empty desk with three people."""
    path = Path(shutil.copy(empty, tmp_path / "team.desk"))
    with Desk.open(path) as opened:
        for name, role in PEOPLE.items():
            kept = None if "@" in name else CHEAP.hash(PASSWORD)
            opened.people.add(Person(name=name, role=role), kept, now())
    return path


@pytest.fixture
def team(desk: Path) -> Iterator[str]:
    """Its address."""
    with served(Settings(desk=str(desk), team=True)) as address:
        yield address


def signed_in(site: str, name: str, password: str = PASSWORD) -> Client:
    client = Client(site)
    client.post("/sign-in", {"name": name, "password": password, "next": "/account"})
    return client


def test_the_link_works_once_and_a_cookie_from_then_on(desk: Path) -> None:
    with served(Settings(desk=str(desk), link=LINK, owner="ada")) as site:
        first, second = Client(site), Client(site)
        assert first.get("/").status == 401
        assert first.get("/enter?link=wrong").status == 403
        answer = first.get(f"/enter?link={LINK}")
        assert (answer.status, answer.onward) == (303, "/")
        assert (
            "httponly" in answer.headers["set-cookie"].lower()
            and "samesite=lax" in answer.headers["set-cookie"].lower()
        )
        assert first.get("/").status == 200
        assert second.get(f"/enter?link={LINK}").status == 403
        assert second.get("/").status == 401
        assert first.post("/sign-out", page="/account").status == 303
        assert first.get("/").status == 401


def test_signing_in_and_out(team: str) -> None:
    client = Client(team)
    assert client.get("/log?person=Cem").onward == "/sign-in?next=/log%3Fperson%3DCem"
    assert client.post("/sign-in", {"name": "Lea", "password": "wrong"}).status == 401
    answer = client.post("/sign-in", {"name": "Lea", "password": PASSWORD, "next": "/log?person=Cem"})
    assert (answer.status, answer.onward) == (303, "/log?person=Cem")
    assert client.get("/log").status == 200
    assert client.post("/sign-out", page="/account").onward == "/sign-in"
    assert client.get("/log").status == 303


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(team: str, next_: str) -> None:
    client = Client(team)
    assert client.post("/sign-in", {"name": "Lea", "password": PASSWORD, "next": next_}).onward == "/"


def test_guessing_ends_in_a_wait_even_with_the_right_password(team: str) -> None:
    client = Client(team)
    client.get("/sign-in")
    wrong = f"csrf={token_of(client.cookies['visitor'])}&name=Nobody&password=x".encode()
    statuses = [client.call("POST", "/sign-in", wrong, FORM).status for _ in range(10)]
    assert statuses == [401] * 10
    assert client.post("/sign-in", {"name": "Nobody", "password": "x"}).status == 429
    assert client.post("/sign-in", {"name": "Lea", "password": PASSWORD}).status == 303


def test_tries_from_elsewhere_keep_nobody_out(desk: Path) -> None:
    def sent_from(address: str) -> Request:
        return Request({"type": "http", "headers": [], "client": (address, 50000)})

    with Desk.open(desk) as opened:
        door = Team(opened.people)
        assert not any(door.knows("Lea", "x", sent_from("192.0.2.7")) for _ in range(10))
        with pytest.raises(Refused, match="Too many tries"):
            door.knows("Lea", PASSWORD, sent_from("192.0.2.7"))
        assert door.knows("Lea", PASSWORD, sent_from("192.0.2.8"))


def test_a_new_password_and_signing_out_everywhere_end_other_sessions(team: str) -> None:
    here, there = signed_in(team, "Cem"), signed_in(team, "Cem")
    new = "another long password"
    assert here.post("/account/password", {"old": "wrong", "new": new}, page="/account").status == 422
    assert here.post("/account/password", {"old": PASSWORD, "new": "short"}, page="/account").status == 422
    assert here.post("/account/password", {"old": PASSWORD, "new": new}, page="/account").status == 303
    assert here.get("/account").status == 200 and there.get("/account").status == 303
    again = signed_in(team, "Cem", new)
    assert again.post("/account/sign-out-everywhere", page="/account").onward == "/sign-in"
    assert here.get("/account").status == again.get("/account").status == 303


def test_a_lead_sees_to_people_and_the_log_tells_of_it(team: str, desk: Path) -> None:
    lead = signed_in(team, "Lea")
    assert lead.post("/people", {"name": "Rui", "role": "reader", "password": PASSWORD}).status == 303
    assert lead.post("/people", {"name": "Rui", "role": "reader", "password": PASSWORD}).status == 409
    rui = signed_in(team, "Rui")
    assert rui.get("/upload").status == 403
    assert lead.post("/people/Rui", {"deed": "role", "role": "coder"}, page="/people").status == 303
    assert rui.get("/upload").status == 200, "a new role holds at once"
    assert lead.post("/people/Lea", {"deed": "close"}, page="/people").status == 409
    assert lead.post("/people/Rui", {"deed": "close"}, page="/people").status == 303
    assert rui.get("/upload").status == 303 and signed_in(team, "Rui").get("/").status == 303
    with Desk.open(desk) as opened:
        log = [(act.person, act.act, act.about, act.outcome) for _, act in opened.people.acts()]
    assert log[:4] == [
        (None, "sign in", "Rui", 401),
        ("Lea", "person close", "Rui", 303),
        ("Lea", "person close", "Lea", 409),
        ("Lea", "person role", "Rui", 303),
    ]
    page = lead.get("/log?person=Lea").text
    assert "person role" in page and ">Cem<" not in page and PASSWORD not in page


def test_a_token_lets_a_program_in_without_a_cookie(team: str, desk: Path) -> None:
    lead = signed_in(team, "Lea")
    key = lead.cookies["desk"]
    program = Client(team)
    assert program.get("/people", {"Authorization": f"Bearer {key}"}).status == 200
    refused = program.get("/people", {"Authorization": "Bearer x"})  # and is led to no form
    assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
    program.headers = FORM | {"Authorization": f"Bearer {key}"}
    assert program.call("POST", "/people/Cem", b"deed=role&role=reader").status == 303
    # Another scheme beside a cookie is a browser's, and takes the form's token.
    lead.headers = FORM | {"Authorization": "Basic eDp5"}
    assert lead.call("POST", "/people/Cem", b"deed=role&role=lead").status == 403


# ---------------------------------------------------------------- OpenID


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A running provider."""
    with providing() as started:
        yield started


@pytest.fixture
def vouched(desk: Path, provider: Provider) -> Iterator[str]:
    """A team's desk that the provider vouches to."""
    settings = Settings(desk=str(desk), team=True, openid=OpenId(issuer=provider.issuer, client=CLIENT, secret=SECRET))
    with served(settings) as address:
        yield address


def by_openid(site: str, client: Client | None = None) -> tuple[Client, int]:
    """Go to the provider and come back; the status at the end."""
    client = client or Client(site)
    away = client.get("/openid?next=/account").onward
    server, _, path = away.partition("/go?")
    back = Client(server).get(f"/go?{path}").onward
    return client, client.get(f"/openid/back?{back.partition('?')[2]}").status


def test_a_provider_vouches_for_one_who_has_an_account(vouched: str, provider: Provider, desk: Path) -> None:
    client, status = by_openid(vouched)
    assert status == 303 and "ana@example.org" in client.get("/account").text
    provider.claims = {"email": "ana.new@example.org"}
    assert by_openid(vouched)[1] == 303, "by the subject from now on"
    provider.claims = {"sub": "s-2"}
    assert by_openid(vouched)[1] == 403, "the same address of somebody else"
    provider.claims = {"sub": "s-3", "email": "Lea"}
    assert by_openid(vouched)[1] == 403, "an account with a password"
    provider.claims = {"sub": "s-4", "email": "stranger@example.org"}
    assert by_openid(vouched)[1] == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"email_verified": False},
        {"aud": "another"},
        {"iss": "https://evil.example"},
        {"nonce": "another"},
        {"exp": 1},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_an_answer_that_does_not_hold_is_refused(vouched: str, provider: Provider, claims: dict[str, object]) -> None:
    provider.claims = claims
    client, status = by_openid(vouched)
    assert status == 403 and client.get("/account").status == 303


def test_another_key_another_browser_and_a_second_use_are_refused(vouched: str, provider: Provider) -> None:
    provider.key = RSAKey.generate_key(2048, parameters={"kid": "k1"})
    assert by_openid(vouched)[1] == 403
    provider.key = provider.published
    started, other = Client(vouched), Client(vouched)
    server, _, path = started.get("/openid").onward.partition("/go?")
    back = Client(server).get(f"/go?{path}").onward.partition("?")[2]
    assert other.get(f"/openid/back?{back}").status == 403
    assert started.get(f"/openid/back?{back}").status == 303
    assert Client(vouched).get(f"/openid/back?{back}").status == 403


def test_a_provider_that_is_away_is_one_clear_page(desk: Path) -> None:
    gone = OpenId(issuer="http://127.0.0.1:9", client=CLIENT)
    with served(Settings(desk=str(desk), team=True, openid=gone)) as site:
        assert Client(site).get("/openid").status == 502


# ---------------------------------------------------------------- what the server refuses


def test_another_name_another_origin_and_too_much_are_refused(team: str) -> None:
    client = signed_in(team, "Lea")
    assert client.get("/people", {"Host": "rebound.example"}).status == 421
    form = {"name": "Mallory", "role": "lead", "password": PASSWORD}
    client.headers = {"Origin": "https://evil.example"}
    assert client.post("/people", form).status == 403
    client.headers = {}
    assert client.post("/people", form | {"more": "x" * 1_100_000}).status == 413
    assert "Mallory" not in client.get("/people").text


def test_every_answer_carries_its_headers(team: str) -> None:
    for path in ("/", "/sign-in", "/static/desk.css", "/nowhere"):
        headers = Client(team).get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == ("no-cache" if path.startswith("/static") else "no-store")


def test_faults_are_one_clear_page_with_its_headers(desk: Path) -> None:
    app = create_app(Settings(desk=str(desk), link=LINK))

    @app.get("/fault")
    def fault() -> None:
        raise RuntimeError("a secret of ours")

    with running(app) as site:
        client = Client(site)
        client.get(f"/enter?link={LINK}")
        with sqlite3.connect(desk) as connection:
            connection.execute("DROP TABLE visits")
        for path, status in (("/fault", 500), ("/", 503), ("/nowhere", 404), ("/?since=x", 422)):
            answer = client.get(path)
            assert answer.status == status and "<h1>" in answer.text
            assert "Traceback" not in answer.text and "a secret" not in answer.text
            assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_by_https_cookies_are_sent_by_nothing_else(desk: Path) -> None:
    with served(Settings(desk=str(desk), team=True, url="https://127.0.0.1")) as site:
        client = signed_in(site, "Lea")
        assert set(client.cookies) == {"__Host-desk"}
        answer = client.get("/account")
        assert answer.status == 200 and "max-age" in answer.headers["strict-transport-security"]
        cookie = Client(site).get("/sign-in?lang=ar").headers["set-cookie"]
        assert cookie.count("Secure") == cookie.count(" | ") + 1


# ---------------------------------------------------------------- uploads


STORY = b"""<title>Shells on a market</title>
<p>Rebels shelled the town of Ariha on Wednesday and killed three soldiers, the Syrian army said.</p>"""


def test_an_uploads_name_may_be_as_odd_as_people_name_files(team: str, desk: Path) -> None:
    name = f"Сводка. {'ж' * 150}.html"
    assert signed_in(team, "Cem").upload("/upload", {name: STORY}).status == 200
    with Desk.open(desk) as opened:
        assert [report.source for report in opened.reports()] == [name]


def test_an_upload_is_read_as_read_reads_it(team: str, desk: Path) -> None:
    coder = signed_in(team, "Cem")
    files = {"..\\..\\story.html": STORY, "picture.exe": b"MZ\x00", "odd.txt": b"\x89PNG\r\n\x1a\n\x00"}
    told = {"outlet": "Orontes Courier", "date": "2021-10-21"}
    answer = coder.upload("/upload", files, **told)
    assert answer.status == 200
    assert answer.text.count("not read") == 2 and "only these are read" in answer.text
    with Desk.open(desk) as opened:
        [report] = opened.reports()
        assert (report.title, report.outlet, report.source) == ("Shells on a market", "Orontes Courier", "story.html")
        assert [(one.type, one.killed and one.killed.best) for one in opened.incidents()] == [("ASSAULT", 3)]
        assert opened.people.acts()[0][1].about == "story.html, picture.exe, odd.txt"
    assert "known already" in coder.upload("/upload", {"story.html": STORY}, **told).text
    assert coder.upload("/upload", {"a.txt": b"x"}, date="tomorrow").status == 422
