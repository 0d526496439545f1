"""The commands that keep a desk in order, on a real one."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sql
from click.testing import CliRunner

from tests.calling import call
from tests.desk.made import V1, V2
from tests.postgres import Server
from tests.shellings import LINES, report, shelling
from trucewatch import derive, rulings, run
from trucewatch.cli import main
from trucewatch.desk import Act, Desk, Person, Role
from trucewatch.desk.opening import connect
from trucewatch.desk.schema import metadata
from trucewatch.judgements import About
from trucewatch.nouns import Ruling
from trucewatch.rulings import Hand

STORY = "Rebels shelled the town of Saraqib on Tuesday and killed three soldiers, the army said."

MOMENT = dt.datetime(2021, 9, 3, 12, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A desk of two reports of one event and one of another; the first was coded anew."""
    path = tmp_path / "a.desk"
    one, two, other = report(1), report(2, LINES[1]), report(3, LINES[2])
    with Desk.open(path) as desk:
        with desk.writer(V1) as writer:
            writer.store(one, (shelling(one),))
            writer.store(two, (shelling(two),))
        with desk.writer(V1) as writer:
            writer.store(other, (shelling(other, town=2),))
        with desk.writer(V2) as writer:
            writer.store(one, (shelling(one), shelling(one, 7, town=1)), again=True)
        derive.catch_up(desk)
    return path


def test_rebuild_counts_and_changes_nothing(path: Path) -> None:
    with Desk.open(path) as desk:
        before = list(desk.incidents())
        result = call("rebuild", "--desk", path)
        assert list(desk.incidents()) == before
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"3 stories, 3 incidents of 3 reports, 4 claims; desk {path}\n"


def test_a_copy_is_whole_while_others_work_and_writes_over_nothing(path: Path, tmp_path: Path) -> None:
    to = tmp_path / "copy.desk"
    with Desk.open(path) as desk, desk.deriving() as derived:
        derived.replace_incidents(
            derived.components({id_ for one in desk.incidents() for id_ in one.claims}), ()
        )  # not to be seen until it is done
        assert call("copy", to, "--desk", path).exit_code == 0
        with Desk.open(to, create=False) as copied:
            assert len(list(copied.incidents())) == 3
            assert copied.judgements() == [] and len(copied.runs()) == 3
    for where, why in ((to, "File exists"), (tmp_path / "none" / "copy.desk", "No such file")):
        result = call("copy", where, "--desk", path)
        assert result.exit_code == 1 and why in result.stderr


def test_a_desk_moves_to_postgresql_and_back_and_goes_on(path: Path, postgres: Server, tmp_path: Path) -> None:
    back, four = tmp_path / "back.desk", report(4)
    with postgres.fresh("template0") as url, Desk.open(path) as desk:
        desk.people.add(Person(name="Lea", role=Role.LEAD), "a hash", MOMENT)
        desk.people.log(Act(at=MOMENT, act="person add", person="Lea"))
        [one, *_] = desk.claims()
        assert rulings.judge(desk, Ruling.ACCEPT, [About(claims=(one.id,))], Hand(by="Lea"))
        assert call("copy", url, "--desk", path).exit_code == 0
        assert call("copy", back, "--desk", url).exit_code == 0
        assert rows(url) == rows(str(path)) == rows(str(back))
        for where in (url, back):
            with Desk.open(where, create=False) as moved:
                assert not derive.catch_up(moved)
                assert len(list(moved.search("shelled"))) == len(list(desk.search("shelled"))) > 0
                with moved.writer(V2) as writer:
                    assert writer.store(four, (shelling(four),))
                assert derive.catch_up(moved)
                assert [run.number for run in moved.runs()] == [1, 2, 3, 4]
        for to in (url, back):
            result = call("copy", to, "--desk", path)
            assert result.exit_code == 1 and ("is a desk already" in result.stderr or "File exists" in result.stderr)


def test_a_desk_that_is_copied_while_reports_come_in_goes_on(path: Path, postgres: Server) -> None:
    four = report(4)
    with postgres.fresh("template0") as url, Desk.open(path) as desk:
        with desk.writer(V2) as writer:
            writer.store(four, (shelling(four),))  # and is in no story yet
        assert call("copy", url, "--desk", path).exit_code == 0
        with Desk.open(url, create=False) as moved:
            assert derive.catch_up(moved) and derive.catch_up(desk)
            found = [report.id for report in desk.search("shelled")]
            assert [report.id for report in moved.search("shelled")] == found and four.id in found


def rows(where: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a desk, by table."""
    engine = connect(where, create=False)
    with engine.begin() as connection:
        tables = {table.name: connection.execute(sql.select(table)).all() for table in metadata.sorted_tables}
    engine.dispose()
    return {name: sorted(map(tuple, its), key=repr) for name, its in tables.items()}


def test_diff_says_what_changed_and_why(path: Path) -> None:
    result = call("diff", "--since", "1", "--desk", path)
    assert result.exit_code == 0
    assert result.stdout.startswith("since run 1: 1 new report, 1 report coded otherwise, 0 judgements")
    assert "incidents: 2 new, 0 changed, 0 gone" in " ".join(result.stdout.split())
    assert "(tables aaa → bbb)" in result.stdout


def test_diff_as_json_has_a_line_for_each_change(path: Path) -> None:
    result = call("diff", "--since", "1", "--desk", path, "--format", "json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["what"] for line in lines] == ["report", "recoded", "incident", "incident"]
    assert all(line["change"] == "new" and line["now"] and line["because"] for line in lines[2:])


def test_diff_since_a_run_that_never_was_is_one_clear_line(path: Path) -> None:
    result = call("diff", "--since", "9", "--desk", path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "there is no run 9" in result.stderr


def test_search_prints_each_report_with_a_sentence(path: Path) -> None:
    result = call("search", "shelled", "soldiers", "--desk", path)
    assert result.exit_code == 0
    assert report(1).id in result.stdout
    assert "Rebels shelled an army post" in result.stdout
    assert result.stderr == "1 report\n"


def test_search_takes_several_words_as_they_stand(path: Path) -> None:
    assert call("search", "army post near", "--desk", path).stderr == "1 report\n"
    assert call("search", "near", "army", "--desk", path).stderr == "1 report\n"
    assert call("search", "near army post", "--desk", path).stderr == "0 reports\n"
    found = call("search", "dispatch", "--desk", path, "--format", "json").stdout.splitlines()
    assert {json.loads(line)["id"] for line in found} == {report(1).id, report(2, LINES[1]).id, report(3, LINES[2]).id}


def test_retry_reads_what_failed_until_it_is_read(tmp_path: Path) -> None:
    path, story, lines = tmp_path / "a.desk", tmp_path / "story.txt", tmp_path / "lines.jsonl"
    lines.write_text(json.dumps({"id": "x", "text": STORY}) + "\n{broken\n")
    first = call("read", story, lines, "--desk", path, "--quiet")
    assert first.exit_code == 1
    with Desk.open(path) as desk:
        assert desk.failing() == [str(story), f"{lines}#2"]
    again = call("retry", "--desk", path, "--quiet")
    assert again.exit_code == 1
    assert again.stderr.count("failed:") == 2

    story.write_text(STORY.replace("Saraqib", "Afrin"))
    lines.write_text(json.dumps({"id": "x", "text": STORY}) + "\n" + json.dumps({"text": f"{STORY} Again."}) + "\n")
    mended = call("retry", "--desk", path)
    assert mended.exit_code == 0
    assert mended.stderr.startswith("2 new reports, 1 known")
    with Desk.open(path) as desk:
        assert desk.failing() == []
        assert len(desk.failures()) == 2
    assert call("retry", "--desk", path).stderr == f"nothing to read once more; desk {path}\n"


def test_retry_finds_the_file_of_an_entry_however_deep_it_is(tmp_path: Path) -> None:
    path, packed, feed = str(tmp_path / "a.desk"), tmp_path / "all #1.zip", tmp_path / "feed.xml"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in.jsonl", "{broken\n")
    items = (f"<item><link>https://a.example/{number}#top</link></item>" for number in (1, 2))
    feed.write_text(f"<rss><channel>{''.join(items)}</channel></rss>", encoding="utf-8")
    assert call("read", str(packed), str(feed), "--desk", path).exit_code == 1
    with Desk.open(path) as desk:
        failing = desk.failing()
    assert call("retry", "--desk", path, "--quiet").exit_code == 1
    with Desk.open(path) as desk:
        entries = [f"{packed}#in.jsonl#1", *(f"{feed}#https://a.example/{number}#top" for number in (1, 2))]
        assert desk.failing() == failing == entries


def test_retry_is_done_with_what_is_no_more(tmp_path: Path) -> None:
    """An entry that its file has no more, and a file that failed as a whole and has entries now."""
    path, lines, box = tmp_path / "a.desk", tmp_path / "lines.jsonl", tmp_path / "b.mbox"
    lines.write_text(json.dumps({"text": STORY}) + "\n{broken\n")
    box.write_text("no box")
    assert call("read", lines, box, "--desk", path, "--quiet").exit_code == 1
    lines.write_text(json.dumps({"text": STORY}) + "\n")
    box.write_text(f"From x Thu Sep 30 00:00:00 2021\nSubject: Taiz\n\n{STORY}\n")
    assert call("retry", "--desk", path).exit_code == 0
    assert call("retry", "--desk", path).stderr == f"nothing to read once more; desk {path}\n"


def test_retry_counts_every_line_that_says_failed(tmp_path: Path) -> None:
    path, empty = tmp_path / "a.desk", tmp_path / "empty.txt"
    empty.touch()
    assert CliRunner().invoke(main, ["read", "-", str(empty), "--desk", str(path)], input="").exit_code == 1
    for _ in range(2):
        again = call("retry", "--desk", path)
        assert again.exit_code == 1
        assert "failed: -: standard input cannot be read once more" in again.stderr
        assert again.stderr.count("failed: ") == 2
        assert "; 2 inputs failed; " in again.stderr


def test_retry_leaves_records_to_the_program_that_gave_them(tmp_path: Path) -> None:
    path = tmp_path / "a.desk"
    for text, failing in (("", ["records#5"]), (STORY, [])):
        with Desk.open(path) as desk:
            list(run.keep([{"id": "5", "text": text}], desk))
            assert desk.failing() == failing
        again = call("retry", "--desk", path)
        assert ("failed: records#5: a record at hand cannot be read once more" in again.stderr) is bool(failing)


def test_no_password_is_shown(postgres: Server) -> None:
    with postgres.fresh("template0") as bare:
        url = sql.make_url(bare).set(password="secret").render_as_string(hide_password=False)
        Desk.open(url).close()
        for command in ("rebuild", "retry", "stories"):
            result = call(command, "--desk", url)
            assert (result.exit_code, "secret" in result.stderr, "***" in result.stderr) == (0, False, True)
