"""The commands by which people rule, on a real desk: what they print, what they change, what they refuse."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.calling import call
from tests.desk.made import V1, claim, day, entity, report
from trucewatch.cli import main
from trucewatch.desk import Desk
from trucewatch.nouns import Claim, Count, Place, Span

TEXTS = (
    "Rebels shelled the town of Saraqib on Tuesday, killing three soldiers, the army said.",
    "Three soldiers died when rebels shelled Saraqib on Tuesday, a monitor reported from the town.",
    "A drone struck a convoy near Afrin on Thursday and wounded two drivers, residents said there.",
)
PLACES = (
    Place(
        text="Saraqib",
        name="Saraqib",
        country="SYR",
        lat=35.86,
        lon=36.8,
        precision="town",
        gazetteer="geonames:167357",
    ),
    Place(text="Afrin", name="Afrin", country="SYR", lat=36.51, lon=36.87, precision="town", gazetteer="geonames:1"),
)


def told(number: int) -> Claim:
    """The claim of a report of above."""
    of = report(TEXTS[number], outlet=f"Outlet {number}", published=dt.date(2021, 9, 30))
    word = "struck" if number == 2 else "shelled"
    at = TEXTS[number].index(word)
    return claim(
        of,
        mode="drone" if number == 2 else "heavy-weapons",
        trigger=Span(start=at, end=at + len(word)),
        mentions=(Span(start=0, end=len(TEXTS[number])),),
        actors=(entity("rebels", "SYR"),),
        place=PLACES[number // 2],
        time=day(2021, 9, 30 if number == 2 else 28),
        killed=None if number == 2 else Count(low=3, high=3),
    )


ONE, SAME, OTHER = (told(number).id for number in range(3))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that holds three claims, of which the first two are one event."""
    from trucewatch import derive

    path = tmp_path_factory.mktemp("made") / "trucewatch.desk"
    with Desk.open(path) as desk:
        with desk.writer(V1) as writer:
            for number, text in enumerate(TEXTS):
                of = report(text, outlet=f"Outlet {number}", published=dt.date(2021, 9, 30))
                writer.store(of, (told(number),))
        derive.catch_up(desk)
    return path


@pytest.fixture
def shelf(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a copy of that desk."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUCEWATCH_DESK", raising=False)
    monkeypatch.delenv("TRUCEWATCH_NAME", raising=False)
    for file in made.parent.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path


def incidents() -> list[tuple[str, ...]]:
    with Desk.open("trucewatch.desk", create=False) as desk:
        return sorted(incident.claims for incident in desk.incidents())


def test_two_claims_of_one_event_are_parted_joined_again_and_all_of_it_undone(shelf: Path) -> None:
    together, apart = [(ONE, SAME), (OTHER,)], [(ONE,), (SAME,), (OTHER,)]
    assert incidents() == sorted(together)
    split = call("split", ONE, SAME, "--by", "Ann", "--reason", "two salvos")
    assert split.exit_code == 0 and f"different {SAME} {ONE}, by Ann" in split.output
    assert incidents() == sorted(apart)
    merged = call("merge", ONE, SAME, "--by", "Ben")
    assert incidents() == sorted(together)
    call("undo", merged.stdout.split()[0])
    assert incidents() == sorted(apart)
    call("undo", split.stdout.split()[0])
    assert incidents() == sorted(together)


def test_who_has_ruled_so_already_is_told_and_rules_anew_once_somebody_ruled_otherwise(shelf: Path) -> None:
    (first,) = call("accept", ONE, "--by", "Ann").stdout.splitlines()
    again = call("accept", ONE, "--by", "Ann")
    assert again.stdout == "" and again.stderr == f"Ann has ruled so already: {first.split()[0]}\n"
    assert call("accept", ONE, "--by", "Ben").stdout and not call("accept", ONE, "--by", "Ann").stdout
    assert call("reject", ONE, "--by", "Ben").stdout and call("accept", ONE, "--by", "Ann").stdout


def test_a_type_with_its_mode_is_corrected_in_two_steps(shelf: Path) -> None:
    refused = call("correct", ONE, "type", "ASSAULT/aerial")
    assert refused.exit_code == 2
    assert "correct the type first, then the mode" in refused.stderr


def test_an_incident_is_split_by_its_own_id_and_merged_by_both(shelf: Path) -> None:
    with Desk.open("trucewatch.desk") as desk:
        [first], [far] = desk.incidents_of(ONE), desk.incidents_of(OTHER)
    call("merge", first.id, far.id)
    assert incidents() == [(ONE, SAME, OTHER)]
    assert call("split", first.id, OTHER, SAME).exit_code == 0
    assert (ONE,) in incidents()
    call("merge", ONE, OTHER)
    assert any({ONE, OTHER} <= set(claims) for claims in incidents())


def test_what_one_command_ruled_is_undone_together(shelf: Path) -> None:
    before = incidents()
    ruled = call("merge", ONE, SAME, OTHER).stdout.splitlines()
    assert len(ruled) == 2 and incidents() == [(ONE, SAME, OTHER)]
    call("accept", ONE)
    undone = call("undo", ruled[1].split()[0]).stdout.splitlines()
    assert len(undone) == 2 and incidents() == before
    call("undo", undone[0].split()[0])
    assert incidents() == [(ONE, SAME, OTHER)]
    assert "accept (undone)" not in call("judgements").stdout


def test_a_rejected_claim_leaves_its_incident_and_comes_back(shelf: Path) -> None:
    ruling = call("reject", SAME[:12], "--reason", "last year's")
    assert incidents() == sorted([(ONE,), (OTHER,)])
    call("undo", ruling.stdout.split()[0])
    assert incidents() == sorted([(ONE, SAME), (OTHER,)])


def test_a_corrected_toll_is_the_incidents_toll(shelf: Path) -> None:
    result = call("correct", ONE, "killed", "4-6")
    assert f"correct {ONE} killed 4-6, by {getpass.getuser()}" in result.output
    with Desk.open("trucewatch.desk") as desk:
        [incident] = desk.incidents_of(ONE)
    assert incident.killed is not None and incident.killed.high == 6


def test_a_corrected_claim_is_found_by_its_right_values(shelf: Path) -> None:
    call("correct", OTHER, "time", "2021-09-20")
    call("correct", OTHER, "place", "Saraqib, SYR")

    def listed(*wanted: str) -> list[str]:
        lines = call("claims", "--format", "json", *wanted).stdout.splitlines()
        exported = call("export", "--as", "plover", "--of", "claims", *wanted).stdout.splitlines()
        found = [json.loads(line)["id"] for line in lines]
        assert {json.loads(line)["id"] for line in exported} == {*found}
        return found

    assert listed("--place", "Afrin") == []
    assert listed("--place", "Saraqib") == [OTHER, ONE, SAME]
    assert listed("--until", "2021-09-25") == [OTHER]


def test_a_correction_that_moves_a_claim_says_where_it_is_now(shelf: Path) -> None:
    result = call("correct", SAME, "time", "2021-10-14")
    with Desk.open("trucewatch.desk") as desk:
        [left], [now] = desk.incidents_of(ONE), desk.incidents_of(SAME)
    assert left.id != now.id and result.output.splitlines()[-1] == f"now {now.id}"


def test_where_nobody_ruled_it_is_said(shelf: Path) -> None:
    assert call("judgements").stderr == "no judgement on trucewatch.desk\n"
    assert call("judgements", "--claim", ONE, "--format", "json").stderr == f"no judgement on {ONE}\n"


def test_judgements_are_listed_with_those_undone(shelf: Path) -> None:
    first = call("accept", ONE, "--by", "Ann", "--reason", "clear").stdout.split()[0]
    call("reject", OTHER, "--by", "Ben")
    call("undo", first, "--by", "Ann")
    lines = call("judgements").output.splitlines()
    assert lines[0].startswith("accept (undone) ") and lines[0].endswith(f" {first}")
    assert lines[1:3] == [f"    {ONE}", "    clear"]
    assert lines[3].startswith("reject  ") and lines[4] == f"    {OTHER}"
    assert lines[5].startswith("undo  ") and lines[6:] == [f"    {first}"]
    rows = [json.loads(line) for line in call("judgements", "--claim", ONE, "--format", "json").output.splitlines()]
    assert [(row["ruling"], row["by"]) for row in rows] == [("accept", "Ann")]


def test_two_coders_agree_as_far_as_they_do(shelf: Path) -> None:
    for by in ("Ann", "Ben"):
        call("accept", ONE, "--by", by)
    call("accept", SAME, "--by", "Ann")
    call("correct", SAME, "status", "denied", "--by", "Ben")
    rows = [json.loads(line) for line in call("agreement", "Ann", "Ben", "--format", "json").output.splitlines()]
    by_field = {row["field"]: row for row in rows}
    assert (by_field["verdict"]["units"], by_field["verdict"]["equal"]) == (2, 1)
    assert (by_field["status"]["equal"], by_field["place"]["equal"]) == (1, 2)
    table = call("agreement", "Ann", "Ben").output
    assert table.splitlines()[0].split() == ["field", "both", "coded", "the", "same", "share", "alpha"]
    nobody = call("agreement", "Ann", "Cleo")
    assert nobody.exit_code == 1 and "nothing that both Ann and Cleo judged" in nobody.output


def test_two_files_of_claims_are_compared(shelf: Path) -> None:
    line = {"report": "r", "type": "AID", "status": "happened", "mentions": [{"start": 0, "end": 9}]}
    Path("a.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    Path("b.jsonl").write_text(json.dumps(line | {"type": "COERCE"}) + "\n\n", encoding="utf-8")
    rows = [
        json.loads(line) for line in call("agreement", "a.jsonl", "b.jsonl", "--format", "json").output.splitlines()
    ]
    assert {row["field"]: row["equal"] for row in rows if row["field"] in ("found", "type", "status")} == {
        "found": 1,
        "type": 0,
        "status": 1,
    }
    for wrong in ("nonsense", '{"report": "r"}', "[1]"):
        Path("b.jsonl").write_text(f"{wrong}\n", encoding="utf-8")
        assert "b.jsonl holds a line that is no claim" in call("agreement", "a.jsonl", "b.jsonl").output
    assert "c.jsonl cannot be read" in call("agreement", "a.jsonl", "c.jsonl").output
    assert call("agreement", "a.jsonl", "Ann").exit_code == 2


@pytest.mark.parametrize("width", ["60", "80", "200"])
def test_judgements_are_listed_with_whole_ids_at_every_width(shelf: Path, width: str) -> None:
    reason = "as the sentence says, and as two other outlets have it too, each of them independently"
    ids = [
        call(*ruled, "--by", "Somebody Longname", "--reason", reason).stdout.split()[0]
        for ruled in (("accept", ONE), ("correct", SAME, "killed", "3-5"), ("merge", ONE, OTHER))
    ]
    listed = CliRunner(env={"COLUMNS": width}).invoke(main, ["judgements"]).stdout
    assert {*ids, ONE, SAME, OTHER} <= set(listed.split())
    assert reason in " ".join(listed.split())
    assert max(map(len, listed.splitlines())) <= int(width)


def test_corrected_values_are_listed_in_words(shelf: Path) -> None:
    for field, value in (("place", "Saraqib"), ("place", "Nowhere at all"), ("killed", "3-5"), ("time", "-")):
        assert call("correct", SAME, field, value).exit_code == 0
    listed = " ".join(call("judgements").stdout.split())
    assert "{" not in listed
    for words in (
        "place Saraqib (town, SYR)",
        "place Nowhere at all (not in the gazetteer)",
        "killed 3-5",
        "time none",
    ):
        assert words in listed


def test_what_is_undone_cannot_be_undone_once_more(shelf: Path) -> None:
    judgement = call("accept", ONE).stdout.split()[0]
    undoing = call("undo", judgement).stdout.split()[0]
    again = call("undo", judgement)
    assert (again.exit_code, again.stdout) == (1, "")
    assert f"{judgement} is undone already; to restore it, undo what undid it" in again.stderr
    assert call("undo", undoing).exit_code == 0
    assert call("judgements").stdout.count("(undone)") == 1
    assert call("undo", judgement).exit_code == 0


def test_judged_claims_are_printed_as_people_have_them(shelf: Path) -> None:
    call("accept", ONE)
    call("correct", SAME, "type", "COERCE")
    call("reject", OTHER)
    lines = {row["id"]: row for row in map(json.loads, call("corrections").output.splitlines())}
    assert set(lines) == {ONE, SAME}
    assert (lines[SAME]["type"], lines[SAME]["mode"]) == ("COERCE", None)
    assert lines[ONE]["killed"] == [3, 3]


def test_training_rows_are_written(shelf: Path) -> None:
    call("accept", ONE)
    call("reject", OTHER)
    result = call("corrections", "--rows", "judged")
    assert "1 line of 2 sentences in judged.in.txt and judged.tsv" in result.output
    texts = Path("judged.in.txt").read_text(encoding="utf-8").splitlines()
    assert {TEXTS[0], TEXTS[2]} == {line.split("\t")[1] for line in texts if not line.startswith("## ")}
    rows = Path("judged.tsv").read_text(encoding="utf-8")
    again = call("corrections", "--rows", "judged")
    assert (again.exit_code, "is there already; it was left as it is" in again.output) == (1, True)
    Path("judged.in.txt").unlink()
    assert call("corrections", "--rows", "judged").exit_code == 1
    assert Path("judged.tsv").read_text(encoding="utf-8") == rows
    assert not Path("judged.in.txt").exists()
    [row] = rows.splitlines()
    assert row.split("\t")[1:4] == ["shelled", "ASSAULT/heavy-weapons", "H"]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("accept", "ffff"), 1, "ffff"),
        (("correct", ONE, "killed", "many"), 2, "does not fit killed: 3, 3-5 or -"),
        (("correct", ONE, "killed", "99999999999999999999"), 2, "no number of people"),
        (("correct", ONE, "killed", ""), 2, "it is empty"),
        (("correct", ONE, "id", "x"), 2, "no field that can be corrected"),
        (("merge", ONE), 2, "two incidents or claims"),
        (("split", ONE, ONE), 2, "nothing would be left"),
        (("undo", "ffff"), 1, "no judgement here has an id"),
        (("reject", ONE, "--by", " "), 2, "it is empty"),
        (("reject", ""), 2, "it is empty"),
        (("reject", ONE, "--by", "An\udce9"), 2, "is no UTF-8"),
        (("reject", ONE, "--reason", "d\udce9j\udce0"), 2, "is no UTF-8"),
        (("correct", ONE, "attributed_to", "Caf\udce9"), 2, "is no UTF-8"),
    ],
)
def test_what_cannot_be_ruled_is_refused_in_one_line(
    shelf: Path, arguments: tuple[str, ...], status: int, says: str
) -> None:
    result = call(*arguments)
    assert result.exit_code == status
    assert says in result.output
    assert call("judgements", "--format", "json").stdout == ""


def test_a_claim_of_another_incident_cannot_be_split_off(shelf: Path) -> None:
    with Desk.open("trucewatch.desk") as desk:
        [first] = desk.incidents_of(ONE)
    result = call("split", first.id, OTHER)
    assert result.exit_code == 1 and f"{OTHER} is not in {first.id}" in result.output


def test_what_people_ruled_is_what_is_shown(shelf: Path) -> None:
    call("correct", ONE, "killed", "4-6", "--by", "Ann")
    assert "correction by Ann" in " ".join(call("explain", ONE).stdout.split())
    shown = [json.loads(line) for line in call("claims", "--format", "json").stdout.splitlines()]
    assert {"low": 4, "high": 6} in [claim.get("killed") for claim in shown]
    call("reject", OTHER)
    assert "rejected" in call("explain", OTHER).output
    left = [json.loads(line)["id"] for line in call("claims", "--format", "json").stdout.splitlines()]
    assert OTHER not in left and ONE in left


def test_rulings_are_carried_to_another_desk_once_and_as_they_were_made(shelf: Path) -> None:
    call("split", ONE, SAME, "--by", "Ann", "--reason", "two salvos")
    call("undo", call("reject", OTHER, "--by", "Ben").stdout.split()[0])
    mine = call("judgements", "--format", "json").stdout
    Path("mine.jsonl").write_text(mine, "utf-8")
    with Desk.open("team.desk") as team, team.writer(V1) as writer:
        for number in (1, 0):
            of = report(TEXTS[number], outlet=f"Outlet {number}", published=dt.date(2021, 9, 30))
            writer.store(of, (told(number),))
    taken = call("adopt", "mine.jsonl", "--desk", "team.desk")
    assert "1 judgement kept, 0 here already, 2 left out" in taken.stderr
    assert [line.split()[:2] for line in taken.stderr.splitlines()[:-1]] == [["left", "out:"]] * 2
    assert call("judgements", "--format", "json", "--desk", "team.desk").stdout == mine.splitlines()[0] + "\n"
    with Desk.open("team.desk", create=False) as team:
        assert {incident.claims for incident in team.incidents()} == {(ONE,), (SAME,)}
    assert "0 judgements kept, 3 here already" in call("adopt", "mine.jsonl").stderr


@pytest.mark.parametrize(
    ("broken", "said"), [("Ann", "was changed after it was made"), ('"ruling"', "holds a line that is no judgement")]
)
def test_a_judgement_that_was_changed_on_its_way_is_refused(shelf: Path, broken: str, said: str) -> None:
    call("accept", ONE, "--by", "Ann")
    told = call("judgements", "--format", "json").stdout
    Path("mine.jsonl").write_text(told.replace(broken, "Eve"), "utf-8")
    refused = call("adopt", "mine.jsonl")
    assert refused.exit_code and said in refused.stderr
