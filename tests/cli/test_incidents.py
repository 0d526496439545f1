"""The commands ``incidents`` and ``incident`` on a desk of reports that tell of one strike, each in its own way."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import calling
from tests.desk import made
from tests.desk.made import V1
from tests.incidents.told import ARMY, CIVILIANS, RUSSIA, on, town
from trucewatch.cli import main
from trucewatch.desk import Desk
from trucewatch.nouns import Count, Span, Status


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A strike on Ariha: told, told again with a higher toll, laid to another, denied; and shells on Afrin."""
    path = tmp_path_factory.mktemp("desk") / "test.desk"
    told = (
        ("Reuters", 20, {"killed": Count(low=5, high=5)}),
        ("AFP", 21, {"killed": Count(low=9, high=9)}),
        ("SANA", 21, {"actors": (RUSSIA,), "killed": Count(low=9, high=9), "attributed_to": "residents"}),
        ("TASS", 21, {"status": Status.DENIED}),
        ("Al Jazeera", 20, {"place": town("Afrin"), "actors": (), "mode": "heavy-weapons"}),
        ("Nobody's Paper", 22, {"time": None, "place": None, "type": "CONSULT", "mode": None}),
    )
    with Desk.open(path) as opened, opened.writer(V1) as writer:
        for number, (outlet, day, given) in enumerate(told):
            text = f"Aircraft bombed the market, {outlet} has learned from those who were there. Dispatch {number}."
            report = made.report(text, outlet=outlet, published=dt.date(2021, 10, day), title=f"Dispatch {number}")
            known = {"type": "ASSAULT", "mode": "aerial", "actors": (ARMY,), "recipients": (CIVILIANS,)}
            known |= {"place": town("Ariha"), "time": on(20), "trigger": Span(start=9, end=15)}
            writer.store(report, (made.claim(report, 0, **known | given),))
    return path


def call(desk: Path, *words: str, **environment: str) -> Result:
    """The command's result; it must have gone well."""
    result = calling.call(*words, "--desk", desk, **environment)
    assert result.exit_code == 0, result.output
    return result


def test_a_list_by_day_with_the_disputed_marked(desk: Path) -> None:
    result = call(desk, "incidents")
    lines = result.stdout.splitlines()
    assert lines[0] == "20 Oct 2021"
    (strike,) = [line for line in lines if "Ariha" in line]
    assert strike.startswith("ASSAULT/aerial ")
    assert "Syrian Arab Army! → civilians " in strike
    assert "5–9 killed!" in strike
    assert "happened!" in strike
    assert " 4 sources " in strike
    unknown = next(at for at, line in enumerate(lines) if line.startswith("when unknown"))
    assert lines[unknown + 1].startswith("CONSULT")
    assert "where ?" in lines[unknown + 1]
    assert "3 incidents" in result.stderr


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("--sources", "2"), 1),
        (("--sources", "5"), 0),
        (("--type", "consult"), 1),
        (("--type", "ASSAULT/heavy-weapons"), 1),
        (("--place", "afrin"), 1),
        (("--actor", "RUS"), 0),
        (("--actor", "arab army", "--status", "happened", "--since", "2021-10-20", "--until", "2021-10"), 1),
    ],
)
def test_filters(desk: Path, options: tuple[str, ...], count: int) -> None:
    rows = call(desk, "incidents", *options, "--format", "json").stdout.splitlines()
    assert len(rows) == count
    assert all(json.loads(row)["id"].startswith("i") for row in rows)


@pytest.mark.parametrize(
    ("options", "claims", "incidents"),
    [
        (("--outlet", "sana"), 1, 1),
        (("--outlet", "agence france-presse"), 1, 1),
        (("--type", "material conflict"), 5, 2),
        (("--type", "verbal cooperation"), 1, 1),
        (("--undated",), 1, 1),
        (("--outlet", "Reuters", "--undated"), 0, 0),
    ],
)
def test_claims_and_incidents_are_asked_for_alike(
    desk: Path, options: tuple[str, ...], claims: int, incidents: int
) -> None:
    for command, count in (("claims", claims), ("incidents", incidents)):
        assert len(call(desk, command, *options, "--format", "json").stdout.splitlines()) == count
    table = call(desk, "export", "--as", "csv", "--of", "claims", *options).stdout
    assert len(table.splitlines()) == claims + 1


def test_what_one_report_tells_of(desk: Path) -> None:
    report = json.loads(call(desk, "claims", "--outlet", "TASS", "--format", "json").stdout)["report"]
    (claim,) = call(desk, "claims", "--report", report[:8], "--format", "json").stdout.splitlines()
    assert json.loads(claim)["report"] == report
    assert len(call(desk, "incidents", "--report", report[:8], "--format", "json").stdout.splitlines()) == 1
    refused = calling.call("claims", "--report", "zzz", "--desk", desk)
    assert (refused.exit_code, refused.stderr) == (1, "Error: no report here has an id that begins with 'zzz'\n")


def test_days_and_no_day_make_no_sense_together(desk: Path) -> None:
    refused = calling.call("incidents", "--undated", "--since", "2021", "--desk", desk)
    assert refused.exit_code == 2 and "no known day" in refused.stderr


def test_an_unknown_type_is_said_to_be_one() -> None:
    result = CliRunner().invoke(main, ["incidents", "--type", "WAR"])
    assert result.exit_code == 2
    assert "'WAR' is none of AGREE" in result.output


def test_one_incident_side_by_side(desk: Path) -> None:
    (row,) = call(desk, "incidents", "--sources", "2", "--format", "json").stdout.splitlines()
    id_ = json.loads(row)["id"]
    shown = call(desk, "incident", id_[:8]).stdout
    assert "4 independent sources, 4 reports, 4 claims" in shown
    assert "5–9 killed (best 9)" in shown
    for words in ("SANA (state, SYR)", "TASS (state, RUS)", "(denied)", "residents"):
        assert words in shown, shown
    assert "they differ on actors" in shown
    assert "Russia: SANA" in shown
    assert "they differ on status" in shown
    assert "held together by" not in shown


@pytest.mark.parametrize("width", [60, 80, 200])
def test_ids_are_whole_and_lines_fit_at_every_width(desk: Path, width: int) -> None:
    (row,) = call(desk, "incidents", "--sources", "2", "--format", "json").stdout.splitlines()
    found = json.loads(row)
    listed = call(desk, "incidents", COLUMNS=f"{width}").stdout
    shown = call(desk, "incident", found["id"], "--why", COLUMNS=f"{width}").stdout
    assert found["id"] in listed.split()
    assert {found["id"], *found["claims"]} <= set(shown.split())
    assert "ASSAULT/heavy-weapons" in listed.split()
    assert max(map(len, (listed + shown).splitlines())) <= width


def test_sources_are_numbered_as_they_are_counted(tmp_path: Path) -> None:
    """An outlet that tells of it twice is one source, in the head and before its claims."""
    with Desk.open(tmp_path / "a.desk") as opened, opened.writer(V1) as writer:
        for number, (outlet, day, killed) in enumerate((("Reuters", 20, 5), ("Reuters", 22, 9), ("AFP", 21, 9))):
            text = (
                f"Aircraft bombed the market of the town. Dispatch {number} of {outlet}, {'more ' * number * 9}later."
            )
            report = made.report(text, outlet=outlet, published=dt.date(2021, 10, day), title=f"Dispatch {number}")
            known = {"type": "ASSAULT", "mode": "aerial", "actors": (ARMY,), "recipients": (CIVILIANS,)}
            known |= {"place": town("Ariha"), "time": on(20), "trigger": Span(start=9, end=15)}
            writer.store(report, (made.claim(report, 0, killed=Count(low=killed, high=killed), **known),))
    (row,) = call(tmp_path / "a.desk", "incidents", "--format", "json").stdout.splitlines()
    shown = call(tmp_path / "a.desk", "incident", json.loads(row)["id"]).stdout
    assert "2 independent sources, 3 reports, 3 claims" in shown
    assert re.findall(r"^source (\d+) +(\w+)", shown, re.MULTILINE) == [
        ("1", "Reuters"),
        ("1", "Reuters"),
        ("2", "AFP"),
    ]


def test_a_copy_is_told_from_what_it_copies(tmp_path: Path) -> None:
    """The words are the first outlet's; who printed them again stands beside it."""
    told = "Aircraft bombed the market of the town, a doctor said."
    printed = ({"outlet": "Reuters"}, {"outlet": "Evening Sun", "original_outlet": "Reuters"})
    with Desk.open(tmp_path / "a.desk") as opened, opened.writer(V1) as writer:
        for number, its in enumerate(printed):
            report = made.report(f"{told} Copy {number}.", published=dt.date(2021, 10, 20 + number), **its)
            known = {"type": "ASSAULT", "mode": "aerial", "actors": (ARMY,), "recipients": (CIVILIANS,)}
            known |= {"place": town("Ariha"), "time": on(20), "trigger": Span(start=9, end=15)}
            writer.store(report, (made.claim(report, 0, **known),))
    (row,) = call(tmp_path / "a.desk", "incidents", "--format", "json").stdout.splitlines()
    shown = call(tmp_path / "a.desk", "incident", json.loads(row)["id"]).stdout
    assert re.findall(r"^source 1 +(Reuters.*?2021)(   as copied by Evening Sun)?", shown, re.MULTILINE) == [
        ("Reuters (wire, GBR), 20 Oct 2021", ""),
        ("Reuters (wire, GBR), 21 Oct 2021", "   as copied by Evening Sun"),
    ]
    listed = call(tmp_path / "a.desk", "show", "reports").stdout
    assert re.search("21 Oct 2021 +Evening Sun ", listed)
    assert "21 Oct 2021  Evening Sun" in call(tmp_path / "a.desk", "search", '"Copy 1"').stdout


def test_why(desk: Path) -> None:
    (row,) = call(desk, "incidents", "--sources", "2", "--format", "json").stdout.splitlines()
    shown = call(desk, "incident", json.loads(row)["id"], "--why").stdout
    assert "held together by" in shown and "log-odds of one event: from +0.7 sure" in shown
    assert "same place +" in shown
    assert "only one denied -1.0" in shown
    found = json.loads(call(desk, "incident", json.loads(row)["id"], "--why", "--format", "json").stdout)
    assert found["incident"]["sources"] == 4
    assert len(found["claims"]) == 4
    assert len(found["why"]["held_by"]) == 3


def test_the_incident_of_a_claim(desk: Path) -> None:
    with Desk.open(desk) as opened:
        one = next(one for one in opened.incidents() if len(one.claims) > 1)
    shown = call(desk, "incident", one.id).stdout
    assert call(desk, "incident", one.claims[-1][:-2]).stdout == call(desk, "incident", one.id.upper()).stdout == shown


def test_a_rejected_claim_is_in_no_incident(desk: Path, tmp_path: Path) -> None:
    own = shutil.copy(desk, tmp_path)
    with Desk.open(own) as opened:
        claim = next(opened.claims()).id
    call(own, "reject", claim)
    result = CliRunner().invoke(main, ["incident", claim, "--desk", str(own)])
    assert (result.exit_code, result.output) == (1, f"Error: claim {claim} is in no incident: it was rejected\n")


def test_no_such_incident(desk: Path) -> None:
    result = CliRunner().invoke(main, ["incident", "ixyz", "--desk", str(desk)])
    assert result.exit_code == 1
    assert "no incident here has an id that begins with 'ixyz'" in result.output
