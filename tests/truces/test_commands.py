"""The commands of truces, on real files and a real desk."""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from tests.calling import call
from tests.desk.made import V1, claim, day, entity, report
from trucewatch import derive, ledger, truces
from trucewatch.cli.truces import VERDICTS
from trucewatch.desk import Desk
from trucewatch.nouns import Claim, Count, Entity, Place
from trucewatch.truces import Verdict

TEXTS = (
    "The army shelled Ariha on Thursday, and two people died, a rescuer said.",
    "On Tuesday clashes broke out among fighters in Ras al-Ain over a road.",
)


def told() -> tuple[Claim, Claim]:
    army = Entity(text="The army", name="army", country="SYR", sector="MIL", actor="sy-saa")
    ariha = Place(text="Ariha", name="Ariha", country="SYR", lat=35.81, lon=36.61, precision="town")
    ras = Place(text="Ras al-Ain", name="Ras al-Ain", country="SYR", lat=36.85, lon=40.07, precision="town")
    two = Count(low=2, high=2)
    return (
        claim(report(TEXTS[0]), actors=(army,), place=ariha, time=day(2021, 9, 30), killed=two),
        claim(report(TEXTS[1]), actors=(entity("fighters", "SYR", "sy-mutasim"),), place=ras, time=day(2021, 9, 28)),
    )


@pytest.fixture
def desk(empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk of two incidents, in a folder to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUCEWATCH_DESK", raising=False)
    monkeypatch.delenv("TRUCEWATCH_TRUCES", raising=False)
    with Desk.open(shutil.copy(empty, "trucewatch.desk")) as opened:
        with opened.writer(V1) as writer:
            for text, one in zip(TEXTS, told(), strict=True):
                writer.store(report(text, outlet="Reuters", published=dt.date(2021, 9, 30)), (one,))
        derive.catch_up(opened)
    return opened


def test_the_command_knows_the_verdicts() -> None:
    assert set(VERDICTS) == {verdict.value for verdict in Verdict}


def test_truces_are_listed_and_shown() -> None:
    assert len(call("truce", "list", "--format", "json").output.splitlines()) == len(truces.load())
    listed = call("truce", "list").output
    assert "Additional Protocol" in listed
    assert "since 2008-08-13          preliminary" in listed and "2014-09-05 to 2015-02-15  preliminary" in listed
    shown = call("truce", "show", "syria-idlib").output
    for words in (
        "Syrian government: claimed bound by Turkish government",
        "3 (patrol)",
        "preamble",
        "open",
        "sources",
    ):
        assert words in shown
    unknown = call("truce", "show", "nowhere")
    assert unknown.exit_code == 1
    assert "no truce has the id 'nowhere'" in unknown.output
    assert "begins the ids of syria-ceasefire-2016-12, " in call("truce", "show", "syria").output


@pytest.mark.parametrize("name", ["", " ", "a b", "../ours", "Ours", "ours.toml", "-ours"])
def test_what_is_no_id_begins_no_truce(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    refused = call("truce", "new", "--", name)
    assert refused.exit_code == 2 and "is no id; write lower-case words" in refused.output
    assert [path.name for path in tmp_path.rglob("*")] == ["inside"]


def test_lists_fit_a_terminal_of_eighty_columns(desk: Desk) -> None:
    for command in (
        ("truce", "list"),
        ("truce", "show", "syria-idlib"),
        ("status", "syria-idlib"),
        ("ledger", "syria-idlib"),
    ):
        result = call(*command, columns=80)
        assert result.exit_code == 0
        assert max(map(len, result.stdout.splitlines())) <= 80, command


def test_a_new_truce_is_begun_checked_and_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("truce", "new", "ours").exit_code == 0
    assert call("truce", "new", "ours").exit_code == 1
    assert call("truce", "new", "ours", "--tables", "our/truces").exit_code == 0
    assert Path("our/truces/ours.toml").read_bytes() == Path("ours.toml").read_bytes()
    checked = call("truce", "check", "ours.toml")
    assert checked.exit_code == 1
    assert "ours.toml:3: class is not answered yet; write one of cessation, preliminary, definitive" in checked.output
    lines = Path("ours.toml").read_text(encoding="utf-8").splitlines()
    assert len(checked.output.splitlines()) == sum('"?"' in line for line in lines)
    answers = {"class": "cessation", "form": "verbal", "parties": "unilateral", "capacity": "signatory"}
    answers |= {"countries": "SYR", "signed": "2021-01", "effective": "2021-01", "actor": "sy-hts", "side": "one"}
    answered = [line.replace('"?"', f'"{answers.get(line.split(" ")[0], "words")}"') for line in lines]
    at = answered.index("[[zone]]  # regions, countries, places, outlines or a line")
    answered.insert(at + 1, 'countries = ["SYR"]')
    Path("ours.toml").write_text("\n".join(answered), encoding="utf-8")
    assert call("truce", "check", "ours.toml").output == "1 truce, no fault\n"
    assert call("truce", "show", "ours", "--tables", ".").exit_code == 0


def test_of_a_truce_that_has_ended_it_is_said_that_later_days_are_no_longer_its_own(desk: Desk) -> None:
    told = call("status", "syria-idlib", "--as-of", "2025-01-01").output
    assert "the days after its end are measured as if it held on; --as-of 2024-11-27 tells how it stood then" in told
    assert "as if it held on" not in call("status", "syria-idlib", "--as-of", "2024-11-27").output


def test_of_days_that_nobody_watched_one_line_says_that_there_is_no_ratio(desk: Desk) -> None:
    told = call("status", "syria-idlib-2020", "--as-of", "2026-01-01").output
    assert told.count("last 14 days: no ratio to any days before; too few were watched") == 2
    assert told.count("no ratio") == 2


def test_a_draft_stops_no_command_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("truce", "new", "ours", "--tables", "our").exit_code == 0
    listed = call("truce", "list", "--tables", "our", "--format", "json")
    assert listed.exit_code == 0 and len(listed.stdout.splitlines()) == len(truces.load())
    assert "our/ours.toml is a draft, and left out" in listed.stderr and len(listed.stderr.splitlines()) == 1
    assert "no truce has the id 'ours'" in call("truce", "show", "ours", "--tables", "our").output
    assert "left out" not in call("truce", "check", "--tables", "our").output


def test_a_row_of_pax_becomes_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    parties = "On behalf of the Government of India (GoI): A. General; for Pakistan: another"
    rows = [
        ("AgtId", "Agt", "Dat", "Stage", "Part", "ThrdPart", "Loc1ISO", "Loc2ISO"),
        ("7", 'Made "truce" on a line', "2021-02-25", "Cea", parties, "", "IND", "PAK"),
        ("8", "Another matter", "2021-02-25", "Imp", "", "", "IND", ""),
    ]
    with Path("pax.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    listed = call("truce", "import", "pax.csv").output
    assert "     7  2021-02-25" in listed
    assert "Another matter" not in listed
    assert call("truce", "import", "pax.csv", "--agreement", "7").exit_code == 0
    draft = Path("made-truce-on-a-line-2021-7.toml").read_text(encoding="utf-8")
    for line in (
        'signed = "2021-02-25"',
        'countries = ["IND", "PAK"]',
        'actor = "in-gov"',
        'actor = "pk-gov"',
        "pax = 7",
    ):
        assert line in draft
    assert "has no agreement 9" in call("truce", "import", "pax.csv", "--agreement", "9").output
    Path("none.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert "not PA-X's list as CSV" in call("truce", "import", "none.csv").output
    for row in ("seven,A truce,2021-02-25", "7"):
        Path("bad.csv").write_text(f"{','.join(rows[0])}\n{row}\n", encoding="utf-8")
        assert "bad.csv:2: no row of PA-X's list" in call("truce", "import", "bad.csv").output


def test_the_ledger_of_a_desk(desk: Desk) -> None:
    shown = call("ledger", "syria-idlib-2020", "--as-of", "2021-10-01").output
    assert "alleged   30 Sep 2021   clause 1   by the Syrian government   killed 2   1 source" in shown
    assert "ASSAULT" in shown.split("killed 2   1 source")[1].splitlines()[1], "what was done stands below"
    assert "Ras al-Ain lies outside the Idlib de-escalation area." in shown
    assert "clause 3   due 15 Mar 2020   not observed" in shown
    rows = [json.loads(line) for line in call("ledger", "syria-idlib-2020", "--format", "json").output.splitlines()]
    assert {row.get("verdict") or row.get("state") for row in rows} >= {"alleged", "out of scope"}
    chosen = call("ledger", "syria-idlib-2020", "--verdict", "alleged", "--until", "2021-09-29").output
    assert "0 rows" in chosen


@pytest.mark.parametrize(("as_of", "rows"), [(dt.date(2021, 11, 30), 0), (dt.date(2021, 12, 1), 1)])
def test_what_nobody_dates_is_in_no_ledger_of_a_day_by_which_nobody_had_told_it(
    desk: Desk, as_of: dt.date, rows: int
) -> None:
    words = "The army once shelled a post in the hills of Ariha."
    with desk.writer(V1) as writer:
        writer.store(
            report(words, outlet="AFP", published=dt.date(2021, 12, 1)),
            (claim(report(words), actors=told()[0].actors, place=told()[0].place),),
        )
    truce = truces.load()["syria-idlib-2020"]
    found = ledger.held(desk, truce, as_of).breaches
    course = ledger.overview(desk, truce, as_of).held.breaches
    assert [row.day for row in found].count(None) == [row.day for row in course].count(None) == rows


def test_a_verdict_is_overruled_and_the_ruling_undone(desk: Desk) -> None:
    with Desk.open("trucewatch.desk", create=False) as opened:
        incident = opened.incident(next(one.id for one in opened.incidents() if one.killed))
    said = call("overrule", incident.id, "syria-idlib-2020/1", "verified", "--by", "Ann", "--reason", "seen on film")
    assert said.exit_code == 0
    assert "syria-idlib-2020/1 verified, by Ann" in said.output
    shown = call("ledger", "syria-idlib-2020").output
    assert "verified   30 Sep 2021" in shown
    assert "seen on film (before: alleged, " in shown
    assert call("undo", said.output.split()[0], "--by", "Ann").exit_code == 0
    assert "verified   30 Sep 2021" not in call("ledger", "syria-idlib-2020").output
    assert "has no clause 99" in call("overrule", incident.id, "syria-idlib-2020/99", "verified").output


def test_an_overruling_makes_no_claim_right(desk: Desk) -> None:
    with Desk.open("trucewatch.desk", create=False) as opened:
        incident = next(one for one in opened.incidents() if one.killed)
    call("overrule", incident.id, "syria-idlib-2020", "denied", "--by", "Ann")
    assert call("corrections").output.strip() == ""
    with Desk.open("trucewatch.desk", create=False) as opened:
        assert derive.rebuild(opened).claims == 2
        assert incident in list(opened.incidents())
