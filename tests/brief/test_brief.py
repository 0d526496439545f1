"""Briefs from reports on a desk to their three forms, with real rendering."""

from __future__ import annotations

import csv
import datetime as dt
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import lxml.html
import msgspec
import pytest

from tests.brief.made import ARIHA, ARMY, EFFECTIVE, HOSTILE, REBELS, desk, needs_typst, told, written
from tests.desk.made import day
from trucewatch import brief, codebook, derive, truces
from trucewatch.brief import Brief, mapped, wording
from trucewatch.brief.as_pdf import typeset
from trucewatch.brief.builder import ROOM
from trucewatch.brief.page import Mark, Sentence
from trucewatch.desk import Desk
from trucewatch.errors import BriefError
from trucewatch.nouns import Account, Claim, Entity, Incident, Status


def test_a_desk_with_one_report_says_insufficient_observation(tmp_path: Path) -> None:
    page = written(desk(tmp_path / "one.desk", told("The army shelled Ariha.")))
    assert [one.status for one in page.observed] == ["insufficient observation"] * 2
    assert "Observed, events: **insufficient observation**" in brief.markdown(page)
    shown = lxml.html.fromstring(brief.html(page)).text_content()
    assert shown.count("insufficient observation") >= 4
    assert "1 report on the desk, the newest of 30 Sep 2021" in shown


def test_every_sentence_cites_claims_that_stand_on_the_desk(mixed: Path) -> None:
    page = written(mixed)
    assert len(page.happened) == 4
    sentences = [*(one.sentence for one in page.happened), *page.disagreements]
    with Desk.open(mixed) as opened:
        for one in sentences:
            assert one.claims and all(opened.claim(claim).id == claim for claim in one.claims)
    assert page.numbers(page.happened[0].sentence.claims) == (1, 2)
    assert [one.number for one in page.cited] == list(range(1, len(page.cited) + 1))
    text = brief.markdown(page)
    assert all(one.claim in text for one in page.cited)


def test_a_sentence_without_a_claim_is_refused() -> None:
    with pytest.raises(BriefError, match=r"cites no claim: 'All was quiet\.'"):
        Sentence(text="All was quiet.", claims=())


def test_what_happened_is_no_surer_than_the_claims(mixed: Path) -> None:
    page = written(mixed)
    rows = {one.verdict: one for one in page.happened}
    breach = rows["corroborated"]
    assert breach.number == 1 and breach.counts
    assert breach.sentence.text.startswith("29 Sep 2021, Ariha: attack with heavy weapons by Syrian Arab Army against")
    assert "according to Reuters and AFP" in breach.sentence.text
    assert "; 2 to 5 killed;" in breach.sentence.text
    assert page.tally.text == (
        "Of 4 incidents on the desk that touch the week, one counts as a breach; held against the clauses: "
        "1 corroborated, 1 denied, 1 no verdict, 1 out of scope."
    )
    assert rows["out of scope"].reason == "Ras al-Ain lies outside the Idlib de-escalation area."
    assert "said by Reuters not to have happened" in rows["denied"].sentence.text
    assert "foreseen by Reuters" in rows["no verdict"].sentence.text
    assert not any(rows[verdict].counts for verdict in ("out of scope", "denied", "no verdict"))


def test_claimants_disagree_and_nobody_is_averaged(mixed: Path) -> None:
    (killed,) = [one for one in written(mixed).disagreements if "killed" in one.text]
    assert killed.text == "(1) killed: 2 (Reuters); 5 (AFP)."
    assert len(killed.claims) == 2


def test_days_on_which_claims_differ_are_written_as_all_days(tmp_path: Path) -> None:
    one = told("The army shelled rebels at Ariha on Tuesday, and two died.", time=day(2021, 9, 28))
    other = told("Rebels were shelled by the army at Ariha on Wednesday; two died.", outlet="AFP")
    page = written(desk(tmp_path / "a.desk", one, other))
    assert [told.text for told in page.disagreements] == ["(1) time: 28 Sep 2021 (Reuters); 29 Sep 2021 (AFP)."]


def test_the_series_counts_what_counts(mixed: Path) -> None:
    events, deaths = written(mixed).charts
    at = (dt.date(2021, 9, 29) - events.first).days
    assert [place for place, count in enumerate(events.counts) if count] == [at]
    assert events.counts[at] == 1 and deaths.counts[at] > 1
    assert len(events.counts) == len(events.watched) == len(events.statuses) == 84
    assert written(mixed, "2021-W40").charts[0].counts.count(1) == 2


def test_only_fine_places_are_drawn(mixed: Path) -> None:
    page = written(mixed)
    assert [(mark.name, mark.counts) for mark in page.marks] == [("Ariha", True), ("Ras al-Ain", False)]
    picture = brief.sketch(page)
    assert picture is not None
    words = [node.text for node in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]
    beyond = next(one.number for one in page.happened if one.verdict == "out of scope")
    assert f"Off the map: Ras al-Ain ({beyond})." in words
    assert any(word and word.startswith("No place fine enough to draw: ") for word in words)
    assert "Greater Idlib" not in words


def test_a_change_of_status_within_the_week_cites_what_moved_it(tmp_path: Path) -> None:
    days = [*range(-56, 0), 0, *range(14, 35)]
    spots = [msgspec.structs.replace(ARIHA, name=f"V{n}", gazetteer=f"v:{n}", lat=35.6 + n / 20) for n in range(12)]

    def record(number: int) -> list[object]:
        on, place = EFFECTIVE + dt.timedelta(days=number), spots[number * 5 % 12]
        text = f"The army shelled rebels at {place.name} on {on:%A}, the {on}."
        return told(text, published=on, outlet=f"Paper {number % 3}", time=day(on.year, on.month, on.day), place=place)

    path = desk(tmp_path / "war.desk", *map(record, days))
    pages = [written(path, f"2020-W{week}") for week in range(11, 16)]
    lines = [line for page in pages for channel in page.observed for line in channel.lines]
    moved = [
        line
        for line in lines
        if re.search(r": from [a-z ]+ to (eroding|collapsed), with \d+ incidents? new", line.text)
    ]
    assert moved and all(line.claims for line in moved)
    assert {channel.status for page in pages for channel in page.observed} >= {"insufficient observation", "collapsed"}
    with Desk.open(path) as opened:
        derive.rebuild(opened)
    assert written(path, "2020-W14") == pages[3]


def test_an_empty_week_is_not_called_quiet(mixed: Path) -> None:
    page = written(mixed, "2021-W20")
    assert page.happened == () and page.cited == ()
    assert "Where nobody looked, that is not quiet." in brief.markdown(page)
    assert "none counted" in (brief.chart(page) or "")


def test_a_truce_that_ended_says_so_and_a_thin_baseline_gives_no_ratio(mixed: Path) -> None:
    page = written(mixed, "2024-W49")
    assert page.declared == "ended 27 Nov 2024"
    assert "By its table it ended 27 Nov 2024: overtaken by the offensive" in page.declared_lines[-1].text
    assert "Observed, events, as if it held on: insufficient observation" in brief.markdown(page).replace("*", "")
    assert "as if it held on" not in brief.markdown(written(mixed, "2024-W47"))
    assert "no ratio to the 56 days before the truce (0 in 0 watched days)" in page.observed[0].lines[1].text
    assert [one.before for one in page.charts] == [None, None]


def test_more_than_there_is_room_for_is_counted(tmp_path: Path) -> None:
    spots = [msgspec.structs.replace(ARIHA, name=f"V{n}", gazetteer=f"v:{n}", lat=35.6 + n / 20) for n in range(12)]

    def record(number: int) -> list[object]:
        place, mode = spots[number * 5 % 12], "aerial" if number % 2 else "heavy-weapons"
        on = dt.date(2021, 9, 27) + dt.timedelta(days=number // 2)
        text = f"The army attacked rebels at {place.name}, number {number}."
        return told(text, place=place, mode=mode, published=on, time=day(on.year, on.month, on.day))

    page = written(desk(tmp_path / "many.desk", *map(record, range(14))))
    assert len(page.happened) == ROOM
    with Desk.open(tmp_path / "many.desk") as opened:
        assert page.left_out == sum(1 for _ in opened.incidents()) - ROOM > 0
    assert f"{page.left_out} incidents more" in brief.markdown(page)


@needs_typst
def test_the_pdf_is_one_page_with_all_of_it(mixed: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    page = written(mixed)
    document = pdfium.PdfDocument(brief.pdf(page))
    assert len(document) == 1
    text = " ".join(document[0].get_textpage().get_text_range().split())
    for words in (
        "Additional Protocol",
        "insufficient observation",
        "Corroborated, clauses 1 and 2.",
        "Events a day",
        "Idlib de-escalation area",
    ):
        assert words in text
    assert all(one.claim in text for one in page.cited)


@needs_typst
def test_a_full_week_still_fits_one_page(mixed: Path) -> None:
    page = written(mixed)
    long = msgspec.structs.replace(page.happened[0], reason="Inside the zone; two independent sources say so. " * 6)
    full = msgspec.structs.replace(page, happened=(long,) * ROOM, disagreements=page.disagreements * 6)
    assert len(typeset(full, "svg")) == 1


def _hostile(page: Brief) -> Brief:
    name = wording.plain(HOSTILE)
    sentence = msgspec.structs.replace(
        page.happened[0].sentence, text=f"29 Sep 2021, {name}: an attack by {name}; 3 killed."
    )
    row = msgspec.structs.replace(page.happened[0], sentence=sentence, reason=name)
    mark = Mark(at=(36.6, 35.8), name=name, numbers=(1, 2), counts=True)
    return msgspec.structs.replace(page, title=name, happened=(row,), marks=(mark,))


def test_names_stay_names_in_html_and_markdown(mixed: Path) -> None:
    page = _hostile(written(mixed))
    shown = lxml.html.fromstring(brief.html(page))
    assert (
        not shown.xpath("//script") and not shown.xpath("//@src") and not shown.xpath("//*[starts-with(@href, 'http')]")
    )
    assert "<script>alert(1)</script>" in shown.xpath("//li")[1].text_content()
    assert "\u202e" not in brief.html(page)
    text = brief.markdown(page)
    assert r"\<script\>" in text and r"\*a\* \[b\]" in text and "\u202e" not in text
    for picture in (brief.sketch(page), brief.chart(page)):
        ET.fromstring(picture or "")


def test_a_name_from_right_to_left_is_set_apart() -> None:
    assert wording.plain("إدلب") == "\u2068إدلب\u2069"
    assert wording.plain("Дебальцево\n\u2067x") == "Дебальцево x"


@needs_typst
def test_names_stay_names_in_pdf(mixed: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed")
    document = pdfium.PdfDocument(brief.pdf(_hostile(written(mixed))))
    text = document[0].get_textpage().get_text_range()
    assert "#panic() *a* [b](c) $x$" in " ".join(text.split())
    assert re.search("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]", text)


def test_every_truce_has_a_well_formed_map(mixed: Path) -> None:
    page, book = written(mixed), codebook.load()
    for truce in truces.load().values():
        its = msgspec.structs.replace(page, title=truce.name, outlines=mapped.outlines(truce, book), marks=())
        picture = brief.sketch(its)
        assert picture, truce.id
        ET.fromstring(picture)


def test_a_truce_told_by_country_is_drawn_with_the_borders_of_the_country_where_something_happened(mixed: Path) -> None:
    truce = truces.load()["yemen-2022"]
    page = msgspec.structs.replace(written(mixed), outlines=mapped.outlines(truce, codebook.load()))
    marib = Mark(at=(45.32, 15.46), name="Marib", numbers=(1,), counts=True)
    scales = []
    for marks in ((marib,), (), (msgspec.structs.replace(marib, at=(0.0, 0.0)),)):
        picture = brief.sketch(msgspec.structs.replace(page, marks=marks))
        assert picture and "Borders are coarse." in picture
        length = re.search(r">(\d+) km<", picture)
        assert length
        scales.append(int(length[1]))
    assert scales[0] < scales[1] == scales[2], "Yemen alone, else all three countries"


def test_a_country_beside_a_drawn_area_is_on_the_map_and_widens_it_only_where_something_happened_there(
    mixed: Path,
) -> None:
    truce = truces.load()["gaza-2025"]
    page = msgspec.structs.replace(written(mixed), outlines=mapped.outlines(truce, codebook.load()))
    lengths = []
    for at, name in (((34.25, 31.29), "Rafah"), ((34.78, 32.08), "Tel Aviv")):
        mark = Mark(at=at, name=name, numbers=(1,), counts=True)
        picture = brief.sketch(msgspec.structs.replace(page, marks=(mark,)))
        assert picture and "Borders are coarse." in picture and "Off the map" not in picture
        length = re.search(r">(\d+) km<", picture)
        assert length
        lengths.append(int(length[1]))
    assert lengths[0] < lengths[1]


def test_a_duty_that_comes_round_is_not_called_by_its_last_period(mixed: Path) -> None:
    (flights,) = written(mixed, "2022-W18", "yemen-2022").performances
    assert "between Sanaa and Jordan or Egypt). Due every week from 2 Apr 2022 on; of 5 weeks" in flights.text
    (pending,) = written(mixed, "2022-W13", "yemen-2022").performances
    assert "): not yet due." in pending.text


def test_of_marks_that_meet_the_first_lies_above(mixed: Path) -> None:
    marks = tuple(Mark(at=(36.6 + n / 100, 35.8), name="Ariha", numbers=(n,), counts=n == 1) for n in (1, 2))
    picture = brief.sketch(msgspec.structs.replace(written(mixed), marks=marks)) or ""
    assert picture.index(">2</text>") < picture.index(">1</text>")


@pytest.mark.parametrize(("name", "anchor"), [("Khartoum", "start"), ("the Mayo quarter of southern Khartoum", "end")])
def test_a_long_name_stands_where_the_map_does_not_cut_it(mixed: Path, name: str, anchor: str) -> None:
    outlines = mapped.outlines(truces.load()["sudan-jeddah-2023"], codebook.load())
    page = msgspec.structs.replace(written(mixed), outlines=outlines)
    mark = Mark(at=(32.53, 15.55), name=name, numbers=(1, 3, 4), counts=True)
    picture = brief.sketch(msgspec.structs.replace(page, marks=(mark,))) or ""
    (words,) = re.findall(rf"<text[^>]*>{name} \(1, 3, 4\)</text>", picture)
    assert ("end" if 'text-anchor="end"' in words else "start") == anchor


def test_every_type_and_mode_has_a_noun() -> None:
    with wording.DEEDS.open(encoding="utf-8", newline="") as lines:
        deeds = {(row["type"], row["mode"]) for row in csv.DictReader(lines)}
    folder = Path(codebook.__file__).parent
    with (folder / "types.csv").open(encoding="utf-8", newline="") as lines:
        known = {(row["type"], "") for row in csv.DictReader(lines)}
    with (folder / "modes.csv").open(encoding="utf-8", newline="") as lines:
        known |= {(row["type"], row["mode"]) for row in csv.DictReader(lines)}
    assert deeds == known


def test_only_those_who_are_known_are_said_to_have_talked() -> None:
    place = Entity(text="Idlib", name="Idlib")
    talks = made_talks((ARMY, REBELS), (place,))
    assert wording.parties(talks) == " between Syrian Arab Army and National Front for Liberation"
    assert wording.parties(made_talks((ARMY,), (place,))) == " between Syrian Arab Army and Idlib"


def made_talks(actors: tuple[Entity, ...], recipients: tuple[Entity, ...]) -> Incident:
    return Incident(
        id="i1",
        claims=("r.1",),
        type="CONSULT",
        mode=None,
        status=Status.HAPPENED,
        actors=actors,
        recipients=recipients,
    )


def test_who_denies_is_no_witness(tmp_path: Path) -> None:
    deed = told("Shells fell on Ariha.", outlet="Reuters")
    denial = told("No shells fell on Ariha.", outlet="TASS", status=Status.DENIED)
    one, two = (record[1] for record in (deed, denial))
    assert isinstance(one, Claim) and isinstance(two, Claim)
    accounts = [
        Account(claim=claim, order=i, outlet=by) for i, (claim, by) in enumerate(((one, "Reuters"), (two, "TASS")))
    ]
    incident = Incident(
        id="i", claims=(one.id, two.id), type="ASSAULT", mode=None, status=Status.HAPPENED, time=day(2021, 9, 29)
    )
    assert wording.sentence(incident, accounts).endswith("according to Reuters, denied by TASS.")


@pytest.mark.parametrize(
    ("source", "outlet", "says"),
    [
        ("a military source", "SANA", "a military source quoted by SANA"),
        ("The source", "SANA", "the source quoted by SANA"),
        ("White Helmets", "Reuters", "White Helmets"),
        ("residents", None, "residents"),
        (None, "Reuters", "Reuters"),
    ],
)
def test_whoever_is_nobody_by_name_comes_with_the_outlet(source: str | None, outlet: str | None, says: str) -> None:
    told_by = told("Shells fell on Ariha.", attributed_to=source)[1]
    assert isinstance(told_by, Claim)
    assert wording.voices([Account(claim=told_by, order=0, outlet=outlet)]) == says


def test_who_is_quoted_by_several_is_named_once_with_all_of_them() -> None:
    claims = [
        told("Shells fell on Ariha.", attributed_to=who)[1] for who in ("residents", "residents", "White Helmets")
    ]
    outlets = ("AFP", "Reuters", "SANA")
    accounts = [
        Account(claim=claim, order=at, outlet=by)
        for at, (claim, by) in enumerate(zip(claims, outlets, strict=True))
        if isinstance(claim, Claim)
    ]
    assert wording.voices(accounts) == "White Helmets and residents quoted by AFP and Reuters"
