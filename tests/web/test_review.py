"""Claims read, judged, merged and taken back in the browser: the report, the queue, the incident; and two people at once."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import LINK, Opened, check_accessible, served
from trucewatch import derive
from trucewatch.claim_words import marked
from trucewatch.desk import Desk
from trucewatch.nouns import Claim, Entity, Evidence, Place, Ruling, Span, Status
from trucewatch.translation import languages
from trucewatch.web import Settings, review_queue
from trucewatch.web.atlas import Choice
from trucewatch.web.atlases import Atlases
from trucewatch.web.evidence import doubt, typed, values
from trucewatch.web.ledgers import Ledgers
from trucewatch.web.marked_text import Mark, cut, paragraphs

ARIHA = "55c0456e34be0459"
"""A report of the samples with two dozen claims."""
TEXT = "Shells hit the market.\n\nThe army denied it; the army said so."
CLAIM = Claim(
    id="r.1",
    report="r",
    type="ASSAULT",
    mode=None,
    status=Status.HAPPENED,
    trigger=Span(start=7, end=10),
    mentions=(Span(start=0, end=22),),
    actors=(Entity(text="army", name="Army", country="SYR", sector="MIL"), Entity(text="x", name="x")),
    place=Place(text="market", name="market", country="SYR"),
    evidence=(
        Evidence(field="type", because="model 0.93", start=7, end=10),
        Evidence(field="actors[0]", because="model 0.41", start=0, end=21),
        Evidence(field="actors[0].name", because="actors.csv:ru-vks", start=0, end=21),
        Evidence(field="place", because="model 0.99; and more", start=11, end=21),
    ),
)


WHY = "what,how,status,who,to whom,where,when,killed,injured,in whose words,to begin with".split(",")

# ---------------------------------------------------------------- without a browser


def test_overlapping_words_are_cut_and_nothing_of_the_text_is_lost() -> None:
    first, second = paragraphs(TEXT, [CLAIM])
    assert "".join(piece.text for piece in first) == "Shells hit the market."
    assert "".join(piece.text for piece in second) == "The army denied it; the army said so."
    assert [(piece.text, piece.known) for piece in first] == [
        ("Shells ", "0:actor"),
        ("hit", "0:trigger 0:actor"),
        (" ", "0:actor"),
        ("the market", "0:actor 0:place"),
        (".", ""),
    ]
    assert [piece.role(0) for piece in first] == ["actor", "trigger", "actor", "actor", None]


def test_marks_that_reach_beyond_a_stretch_end_with_it() -> None:
    assert [piece.text for piece in cut(TEXT, 9, 13, [Mark(*mark, 0) for mark in marked(CLAIM)])] == ["t", " ", "th"]


def test_every_value_has_its_words_and_why_and_the_least_sure_is_known() -> None:
    told = {(one.field, one.shown): one for one in values(CLAIM, TEXT, languages()["en"])}
    army = told["actors", "Army"]
    assert [(reason.words, reason.score) for reason in army.reasons] == [
        ("Shells hit the market", 0.41), ("Shells hit the market", None),
    ]  # fmt: skip
    assert "line" in army.reasons[1].because
    assert ("country", "Syria") in [part[:2] for part in army.parts]
    assert told["place", "market"].reasons[0].score == 0.99
    assert told["killed", None].reasons == ()
    assert doubt(CLAIM) == (0.41, "actors")


def test_what_is_shown_to_be_corrected_is_typed_as_it_is_read() -> None:
    from trucewatch import codebook
    from trucewatch.judgements import as_json, meant

    for field, words in typed(CLAIM).items():
        value = meant(field, as_json(field, words, codebook.load()))
        assert [one.name for one in value] == ["Army", "x"] if field == "actors" else True
        if field in ("type", "mode", "status", "time", "killed"):
            assert value == getattr(CLAIM, field)


# ---------------------------------------------------------------- the report


def test_claims_are_walked_through_by_keys_and_the_address_keeps_the_active_one(site: str, opened: Opened) -> None:
    page = opened(site, f"/reports/{ARIHA}")
    first = page.locator("#panel .id").inner_text()
    page.keyboard.press("j")
    page.wait_for_url(re.compile(r"claim="))
    page.wait_for_selector("#panel[data-active='1']")
    assert page.locator("#text [data-role=trigger]").first.get_attribute("data-trigger") == "1"
    second = page.locator("#panel .id").inner_text()
    assert second != first and page.url.endswith(second)
    again = opened(site, page.url.removeprefix(site))
    assert again.locator("#panel .id").inner_text() == second
    page.keyboard.press("k")
    page.wait_for_selector("#panel[data-active='0']")
    page.hover("#text [data-trigger='4']")
    page.wait_for_selector("#panel[data-active='4']")
    assert page.locator("#text [data-trigger='4']").get_attribute("data-role") == "trigger"


def test_on_a_phone_what_keys_lead_to_is_not_behind_the_panel(site: str, opened: Opened) -> None:
    page = opened(site, f"/reports/{ARIHA}", phone=True)
    page.locator("#text a.piece").first.focus()
    low, high = ("document.activeElement.getBoundingClientRect().bottom", "panel.getBoundingClientRect().top")
    hidden = f"{low} > {high}"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert not page.evaluate(hidden)


def test_a_claim_is_accepted_corrected_rejected_and_all_of_it_undone_by_keyboard(
    own_site: str, own: Path, opened: Opened
) -> None:
    page = opened(own_site, f"/reports/{ARIHA}")
    claim = page.locator("#panel .id").inner_text()
    page.keyboard.press("r")
    page.keyboard.type("as the <b>hospital</b> says")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    page.wait_for_selector("#panel[data-state=accepted]")
    assert page.locator("#said").inner_text() == "accepted"  # what a screen reader says
    assert page.locator("#text [data-trigger='0']").first.get_attribute("data-state") == "accepted"
    assert "as the <b>hospital</b> says" in page.locator(".judgements").inner_text()
    page.keyboard.press("c")
    page.select_option("#panel [name=field]", "killed")
    with Desk.open(own) as desk:
        assert page.locator("#panel [name=value]").input_value() == typed(desk.claim(claim))["killed"]
    page.fill("#panel [name=value]", "many")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .trouble")
    assert "does not fit killed" in page.locator(".trouble").inner_text()
    page.watched.complaints.clear()  # type: ignore[attr-defined]  # the refusal that was asked for
    assert page.locator("#panel [name=value]").input_value() == "many"
    page.fill("#panel [name=value]", "10-12")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel[data-state=corrected]")
    page.keyboard.press("x")
    page.wait_for_selector("#panel[data-state=rejected]")
    page.keyboard.press("z")
    page.wait_for_selector("#panel[data-state=corrected]")
    with Desk.open(own) as desk:
        [held] = derive.as_judged(desk, [desk.claim(claim)])
        assert held.killed is not None and (held.killed.low, held.killed.high) == (10, 12)
        said = [(one.ruling.value, one.field) for one in desk.judgements()]
        assert said == [("accept", None), ("correct", "killed"), ("reject", None), ("undo", None)]
        assert len({one.by for one in desk.judgements()}) == 1


def test_a_name_that_no_table_knows_is_kept_only_when_it_is_meant(own_site: str, own: Path, opened: Opened) -> None:
    page = opened(own_site, f"/reports/{ARIHA}")
    page.keyboard.press("c")
    page.select_option("#panel [name=field]", "place")
    page.fill("#panel [name=value]", "Nowhere at all")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .trouble")
    said = page.locator(".trouble").inner_text()
    assert "knows Nowhere at all" in said and "Nothing is kept yet" in said
    page.watched.complaints.clear()  # type: ignore[attr-defined]  # the browser tells of the 422
    with Desk.open(own) as desk:
        assert desk.judgements() == []
    assert page.locator("#panel [name=value]").input_value() == "Nowhere at all"
    check_accessible(page)
    page.get_by_role("button", name="Keep it as it is typed").click()
    page.wait_for_selector("#panel[data-state=corrected]")
    assert "where: Nowhere at all (not in the gazetteer)" in page.locator(".judgements").inner_text()
    assert "not found there" in page.locator(".values [data-role=place]").inner_text()
    page.keyboard.press("c")
    page.select_option("#panel [name=field]", "place")
    page.fill("#panel [name=value]", "Saraqib")
    page.keyboard.press("Enter")
    page.wait_for_selector(".judgements :text('Saraqib (town, SYR)')")


def test_a_reader_sees_what_was_ruled_and_has_no_forms(own: Path, opened: Opened) -> None:
    from tests.web.test_access import session
    from trucewatch.desk import Person, Role
    from trucewatch.desk.schema import now

    with Desk.open(own) as desk:
        desk.people.add(Person(name="reader", role=Role.READER), None, now())
        key = session(desk, "reader")
    with served(Settings(desk=str(own), team=True)) as team:
        page = opened(team, "/sign-in", enter=False)
        page.context.add_cookies([{"name": "desk", "value": key, "url": team}])
        for path in (f"/reports/{ARIHA}", "/queue"):
            page.goto(f"{team}{path}")
            assert page.locator(".values").count() == 1
            assert page.locator("main form[method=post]").count() == 0


# ---------------------------------------------------------------- the queue


def test_ten_claims_are_reviewed_by_keyboard(own_site: str, own: Path, opened: Opened) -> None:
    page = opened(own_site, "/queue")
    assert page.locator(".reasons .tag").count() > 0
    seen = []
    for n in range(10):
        seen.append(page.locator(".case .id").inner_text())
        page.keyboard.press("x" if n == 4 else "a")
        page.wait_for_selector(f".case .id:not(:text-is('{seen[-1]}'))")
    assert len(set(seen)) == 10
    assert page.locator(".progress").inner_text().startswith("10 today")
    with Desk.open(own) as desk:
        assert [one.claims[0] for one in desk.judgements()] == seen
        assert [one.ruling.value for one in desk.judgements()].count("reject") == 1
    page.keyboard.press("z")
    page.wait_for_selector(f".case .id:text-is('{seen[-1]}')")
    assert "9 of 10 today" in page.locator(".progress").inner_text()
    page.keyboard.press("n")
    page.wait_for_selector(f".case .id:not(:text-is('{seen[-1]}'))")
    page.wait_for_url(re.compile("after="))


def test_the_queue_asks_for_breaches_first_and_its_filters_stand_in_the_address(site: str, opened: Opened) -> None:
    page = opened(site, "/queue?truce=syria-idlib-2020")
    assert re.search("(alleged|disputed|corroborated) breach of", page.locator(".reasons").inner_text())
    page.locator(".filters [name=type]").select_option("material conflict")
    page.wait_for_url(re.compile("truce=syria-idlib-2020&type=material"))
    assert page.context.request.get(f"{site}/queue?truce=none").status == 404
    page.goto(f"{site}/queue?truce=syria-de-escalation-2017")
    assert "breach of \u2068Memorandum on the creation" in page.locator(".reasons").inner_text()


def test_breaches_wait_though_other_truces_are_still_being_counted(
    sampled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_queue, "PATIENCE", 0.0)
    with Desk.open(sampled) as desk:
        queues = review_queue.ReviewQueues(desk, Atlases(desk), Ledgers(desk, None))
        assert len(queues.of(Choice(truce="syria-idlib-2020")))


def test_only_the_first_who_asks_waits_until_truces_are_counted(sampled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    with Desk.open(sampled) as desk:
        ledgers = Ledgers(desk, None)
        monkeypatch.setattr(ledgers, "every_verdict", lambda: go_on.wait(60) and {})
        monkeypatch.setattr(review_queue, "PATIENCE", 0.5)
        queues = review_queue.ReviewQueues(desk, Atlases(desk), ledgers)
        queues.of(Choice())
        monkeypatch.setattr(review_queue, "PATIENCE", 60.0)
        began = time.monotonic()
        assert len(queues.of(Choice()))
        go_on.set()
        assert time.monotonic() - began < 30


# ---------------------------------------------------------------- the incident


def test_two_incidents_are_merged_and_the_merge_is_undone(own_site: str, own: Path, opened: Opened) -> None:
    with Desk.open(own) as desk:
        derive.catch_up(desk)
        two = [one for one in desk.incidents() if len(one.claims) == 1 and one.place and one.time][:2]
    page = opened(own_site, f"/incidents/{two[0].id}")
    page.keyboard.press("m")
    page.click("[data-pick]")
    page.goto(f"{own_site}/incidents/{two[1].id}")
    page.keyboard.press("m")
    page.wait_for_selector(f"[data-picked] input[value={two[0].id}]")
    page.click("text=They are one event")
    page.wait_for_selector("#incident tbody tr >> nth=1")
    page.wait_for_selector("#why .features")
    parts = page.locator("#why .features li > span:first-child").all_inner_texts()
    assert {"to begin with"} < set(parts) <= set(WHY)  # fields, which every language has words for
    assert "one event" in page.locator(".course").inner_text()
    with Desk.open(own) as desk:
        assert desk.incidents_of(two[0].claims[0]) == desk.incidents_of(two[1].claims[0])
    page.keyboard.press("z")
    page.wait_for_selector("#incident tbody tr >> nth=1", state="detached")
    with Desk.open(own) as desk:
        assert {one.id for one in two} == {desk.incidents_of(one.claims[0])[0].id for one in two}


def test_claims_are_split_off(own_site: str, own: Path, opened: Opened) -> None:
    with Desk.open(own) as desk:
        derive.catch_up(desk)
        whole = next(one for one in desk.incidents() if len(one.claims) > 1)
    page = opened(own_site, f"/incidents/{whole.id}")
    page.keyboard.press("s")
    page.wait_for_selector(".trouble")
    assert "Tick the claims that are another event" in page.locator(".trouble").inner_text()
    page.watched.complaints.clear()  # type: ignore[attr-defined]
    page.check(f"[name=part][value='{whole.claims[-1]}']")
    page.keyboard.press("s")
    page.wait_for_selector(f"[name=part][value='{whole.claims[-1]}']", state="detached")
    with Desk.open(own) as desk:
        assert desk.incidents_of(whole.claims[0]) != desk.incidents_of(whole.claims[-1])


# ---------------------------------------------------------------- two people at once


def test_of_two_people_at_once_neither_loses_a_ruling(own: Path, opened: Opened) -> None:
    from tests.web.test_access import session
    from trucewatch.desk import Person, Role
    from trucewatch.desk.schema import now

    with Desk.open(own) as desk:
        keys = []
        for name in ("coder", "lead"):
            desk.people.add(Person(name=name, role=Role(name)), None, now())
            keys.append(session(desk, name))
    with served(Settings(desk=str(own), team=True)) as team:
        pages = []
        for key in keys:
            page = opened(team, "/sign-in", enter=False)
            page.context.add_cookies([{"name": "desk", "value": key, "url": team}])
            page.goto(f"{team}/reports/{ARIHA}")
            pages.append(page)
        one, two = pages
        one.keyboard.press("a")
        one.wait_for_selector("#panel[data-state=accepted]")
        two.keyboard.press("x")
        two.wait_for_selector("#panel .trouble")
        two.watched.complaints.clear()  # type: ignore[attr-defined]  # the browser tells of the 409
        said = two.locator(".trouble").inner_text()
        assert "Somebody else ruled on this meanwhile" in said and "coder" in said and "accepted" in said
        with Desk.open(own) as desk:
            assert [(j.ruling, j.by) for j in desk.judgements()] == [(Ruling.ACCEPT, "coder")]
        two.keyboard.press("x")  # now that the other's ruling was seen
        two.wait_for_selector("#panel[data-state=rejected]")
    with Desk.open(own) as desk:
        assert [(j.ruling, j.by) for j in desk.judgements()] == [(Ruling.ACCEPT, "coder"), (Ruling.REJECT, "lead")]


def test_a_key_pressed_twice_is_one_ruling_and_no_trouble(own_site: str, own: Path, opened: Opened) -> None:
    page = opened(own_site, f"/reports/{ARIHA}")
    form = page.locator("#panel form").first
    fields = {name: form.locator(f"[name={name}]").input_value() for name in ("csrf", "claim", "seen")}
    origin = {"Origin": own_site}
    for _ in range(2):
        answer = page.context.request.post(
            f"{own_site}/reports/{ARIHA}", form={**fields, "ruling": "accept"}, headers=origin
        )
        assert answer.status == 200
    answer = page.context.request.post(
        f"{own_site}/reports/{ARIHA}", form={**fields, "ruling": "reject"}, headers=origin
    )
    assert answer.status == 409
    assert "Somebody else ruled on this meanwhile." in answer.text()
    with Desk.open(own) as desk:
        assert [one.ruling for one in desk.judgements()] == [Ruling.ACCEPT]


# ---------------------------------------------------------------- sizes, languages, colours


@pytest.fixture(scope="module")
def looked_at(sampled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The samples with one incident of several claims, and the addresses of the pages."""
    own = Path(shutil.copy(sampled, tmp_path_factory.mktemp("looked") / "looked.desk"))
    with Desk.open(own) as desk:
        derive.catch_up(desk)
        whole = max(desk.incidents(), key=lambda one: (len(one.disagreements), len(one.claims)))
    paths = {"report": f"/reports/{ARIHA}", "queue": "/queue", "incident": f"/incidents/{whole.id}"}
    with served(Settings(desk=str(own), link=LINK, lasting=True)) as site:
        yield site, paths


@pytest.mark.parametrize(("lang", "phone"), [("en", False), pytest.param("ar", True, marks=pytest.mark.slow)])
def test_the_pages_fit_every_window_and_anybody_can_use_them(
    looked_at: tuple[str, dict[str, str]],
    opened: Opened,
    pictured: Callable[[Any, str], None],
    lang: str,
    phone: bool,
) -> None:
    site, paths = looked_at
    page = opened(site, phone=phone, dark=phone, lang=lang)
    for name, path in paths.items():
        page.goto(f"{site}{path}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if lang == "en":
            check_accessible(page)
        pictured(page, f"{name}-{lang}-{'phone' if phone else 'desktop'}")
