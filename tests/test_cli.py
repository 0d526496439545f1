"""What is typed and what comes back: output, exit status, and one clear line where something is wrong."""

from __future__ import annotations

import functools
import gzip
import json
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests import calling
from tests.cli import made
from tests.desk.made import V1
from trucewatch import __version__
from trucewatch.cli import main
from trucewatch.desk import Desk
from trucewatch.nouns import Failure

STORY = "Rebels shelled the town of Saraqib on Tuesday and killed three soldiers, the army said."


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that holds a record and a failure."""
    path = tmp_path_factory.mktemp("stored") / "trucewatch.desk"
    with Desk.open(path) as desk, desk.writer(V1) as writer:
        writer.store(made.REPORT, made.RECORD.claims)
        writer.fail(Failure(source="bad.txt", stage="read", reason="empty"))
    return path


@pytest.fixture
def shelf(stored: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a copy of that desk."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUCEWATCH_DESK", raising=False)
    shutil.copy(stored, tmp_path)
    return tmp_path


call = functools.partial(calling.call, columns=100)


def test_help_and_version_come_at_once() -> None:
    assert min(_cost("--help")[0] for _ in range(3)) <= 0.3
    assert _cost("--version")[1] == f"trucewatch, version {__version__}\n"


def _cost(option: str) -> tuple[float, str]:
    """Processor seconds, which a busy machine leaves as they are, and the output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "trucewatch", option]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def _commands(group: click.Group = main, path: str = "trucewatch") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")


def test_the_help_lists_every_command_whole() -> None:
    shown = call("--help", COLUMNS="80").stdout
    assert max(map(len, shown.splitlines())) <= 80
    words = " ".join(shown.split())
    for name, command in main.commands.items():
        assert re.search(rf"^  {name}  ", shown, re.MULTILINE), name
        assert command.get_short_help_str(999) in words


@pytest.mark.parametrize(("path", "command"), list(_commands()))
def test_helps_have_one_order_and_examples_that_are_calls(path: str, command: click.Command) -> None:
    shared = [option.name for option in command.params if option.name in ("by", "reason", "desk", "tables", "form")]
    assert [option.name for option in command.params][len(command.params) - len(shared) :] == shared
    assert shared == [name for name in ("by", "reason", "desk", "tables", "form") if name in shared]
    calls = re.findall(r"^  trucewatch (.*)", command.epilog or "", re.MULTILINE)
    assert calls or isinstance(command, click.Group)
    for example in calls:
        called, *words = shlex.split(example.partition(" > ")[0])
        assert len(example) <= 66
        its = main.commands[called]
        if isinstance(its, click.Group):
            called, *words = words
            its = its.commands[called]
        its.make_context(called, words)


def test_show_prints_a_record_by_the_beginning_of_its_id(shelf: Path) -> None:
    result = call("show", "0011")
    assert result.exit_code == 0
    assert "A summit without an outcome" in result.stdout
    assert "«shelling»¹" in result.stdout
    assert [
        json.loads(line)["report"]["id"] for line in call("show", "0011", "--format", "json").stdout.splitlines()
    ] == [made.REPORT.id]


def test_show_lists_reports_failures_and_runs(shelf: Path) -> None:
    assert re.search(r"00112233445566aa  1 Oct 2021 +Second Page +4  A summit", call("show").stdout)
    assert re.search(r"read +bad\.txt +empty", call("show", "failures").stdout)
    assert re.search(r"1 +20\d\d-.*Z +20\d\d-.*Z +1 +aaa +mmm", call("show", "runs").stdout)
    for what in ("reports", "failures", "runs"):
        assert not re.search(r" $", call("show", what, columns=50).stdout, re.MULTILINE)
        (line,) = call("show", what, "--format", "json").stdout.splitlines()
        assert json.loads(line)


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], "3 1 2 4"),
        (["--type", "assault"], "1 2"),
        (["--type", "ASSAULT/aerial"], "2"),
        (["--actor", "northern army"], "1"),
        (["--actor", "RUS"], "3 2 4"),
        (["--place", "aden"], "3"),
        (["--since", "2021-09"], "3"),
        (["--until", "2021"], "3"),
        (["--until", "2020"], ""),
        (["--status", "denied"], "4"),
        (["--status", "denied", "--type", "ASSAULT"], ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_claims_are_chosen_by_the_options(shelf: Path, options: list[str], found: str) -> None:
    for command in (["show", "claims"], ["claims"]):
        result = call(*command, *options)
        ids = re.findall(rf"{made.REPORT.id}\.0*(\d+)", result.stdout)
        assert " ".join(ids) == found
        assert result.stderr.splitlines()[-1].startswith(f"{len(ids)} claim")
    lines = call("claims", *options, "--format", "json").stdout.splitlines()
    assert [json.loads(line)["id"][-1] for line in lines] == found.split()


def test_claims_of_an_unknown_day_are_not_passed_over_in_silence(shelf: Path) -> None:
    assert call("claims", "--since", "2021").stderr == "1 claim; 3 more of an unknown day\n"


def test_explain_prints_every_value(shelf: Path) -> None:
    result = call("explain", made.MEETING.id)
    assert result.exit_code == 0
    assert re.search(r'place +Aden\s+"Aden"', result.stdout)
    assert json.loads(call("explain", made.MEETING.id, "--format", "json").stdout)["id"] == made.MEETING.id


@pytest.mark.parametrize(
    ("arguments", "status", "error"),
    [
        (["show", "ffff"], 1, "no report here has an id that begins with 'ffff'"),
        (["explain", "0011"], 1, "'0011' begins the ids of several claims: "),
        (["show", "--desk", "none.desk"], 1, "there is no desk at none.desk; `trucewatch read` makes one"),
        (["show", "--desk", "notes.txt"], 1, "notes.txt: this is no desk"),
        (["claims", "--type", "WAR"], 2, "'WAR' is none of AGREE"),
        (["claims", "--type", "ASSAULT/war"], 2, "'war' is none of abduct, "),
        (["claims", "--type", "AID/nothing"], 2, "'nothing' is none"),
        (["incidents", "--since", "2022", "--until", "2021-05"], 2, "--until 2021-05-31 is before --since 2022-01-01"),
        (["ledger", "syria-idlib-2020", "--since", "2022", "--until", "2021"], 2, "is before --since 2022-01-01"),
        (["series", "SYR", "--indicator", "violence", "--since", "2022", "--until", "2021"], 2, "is before --since"),
        (["expected", "--outlet", ""], 2, "it is empty"),
        (["scenario", "new", "../made"], 2, "'../made' is no id"),
        (["serve", "--host", "0.0.0.0"], 2, "takes accounts: --team"),
        (["bundle", "--verify", "none.zip"], 1, "none.zip cannot be read: No such file or directory"),
        (["truce", "import", "none.csv"], 1, "none.csv: cannot be read (No such file or directory)"),
        (["claims", "--since", "yesterday"], 2, "'yesterday' is no date; write 2021-09-30, 2021-09 or 2021"),
        (["claims", "--until", "2021-02-30"], 2, "'2021-02-30' is no date"),
        (["claims", "--status", "maybe"], 2, "'maybe' is not one of"),
        (["read", "x", "--date", "2021-09"], 2, "'2021-09' is no date; write 2021-09-30"),
        (["show", "0011", "--actor", "x"], 2, "go with `show claims`"),
        (["read"], 2, "Missing argument"),
        (["status"], 2, "`trucewatch truce list` shows the truces"),
        (["read", ""], 2, "it is empty"),
        (["ingest", "story.txt", " "], 2, "it is empty"),
        (["code", ""], 2, "it is empty"),
        (["read", "x", "--outlet", ""], 2, "it is empty"),
        (["read", "x", "--outlet", "Caf\udce9"], 2, "'Caf\\udce9' is no UTF-8"),
        (["show", "--desk", ""], 2, "it is empty"),
        (["show", ""], 2, "it is empty"),
        (["show", "--desk", "mysql://host/desk"], 2, "a desk is a file or a database postgresql://..., and no mysql"),
        (["search", "ab"], 2, "'ab' is too short"),
        (["walk"], 2, "No such command 'walk'"),
        (["--desk", "my.desk", "claims"], 2, "--desk belongs behind the command: main COMMAND --desk ..."),
        (["--desks", "claims"], 2, "No such option '--desks'"),
        (["brief", "syria-idlib-2020"], 2, "Write 2021-W39."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_said_in_one_line(shelf: Path, arguments: list[str], status: int, error: str) -> None:
    Path("notes.txt").write_text("Only notes. " * 100)
    result = call(*arguments)
    assert result.exit_code == status
    assert result.stdout == ""
    last = result.stderr.rstrip("\n").rpartition("\n")[2]
    assert last.startswith("Error: ")
    assert error in last


def test_read_prints_keeps_and_does_not_read_twice(shelf: Path) -> None:
    Path("story.txt").write_text(STORY)
    first = call("read", "story.txt", "--date", "2021-09-30", "--outlet", "Example News")
    assert first.exit_code == 0
    assert "Example News (affiliation ?), 30 Sep 2021" in first.stdout
    assert re.fullmatch(r"1 new report, 0 known; \d+ claims?; desk trucewatch\.desk\n", first.stderr)
    second = call("read", "story.txt", "--date", "2021-09-30", "--outlet", "Example News")
    assert second.exit_code == 0
    assert second.stderr.startswith("0 new reports, 1 known; ")
    assert re.search(r"^coded .* in run 2; --again codes it again$", second.stdout, re.MULTILINE)
    Path("other.txt").write_text(f"{STORY} Nobody else was hurt.")
    third = call("read", "story.txt", "other.txt", "--date", "2021-09-30", "--outlet", "Example News", "--again")
    assert "\n1 report coded, 1 as before; " in f"\n{third.stderr}"


def test_a_report_that_is_there_under_another_id_is_said_so(shelf: Path) -> None:
    for name in ("story.txt", "copy.txt"):
        Path(name).write_text(STORY)
    first = call("read", "story.txt", "--date", "2021-09-30", "--outlet", "Example News")
    assert "the same text" not in first.stderr
    second = call("read", "story.txt", "--date", "2021-09-30")
    assert re.search(
        r"^the same text twice: [0-9a-f]{16} and [0-9a-f]{16}; outlet \? and Example News$", second.stderr, re.M
    )
    assert second.stderr.count("the same text twice") == 1
    dated = call("ingest", "story.txt", "--outlet", "Example News")
    assert "; date ? and 30 Sep 2021\n" in dated.stderr
    assert "the same text" not in call("read", "story.txt", "--date", "2021-09-30").stderr
    assert "the same text" not in call("read", "copy.txt", "--outlet", "Another Paper", "--quiet").stderr


def test_ingest_says_which_dates_are_open(shelf: Path) -> None:
    rows = [
        f'{{"text": "{STORY} {number}.", "date": "{date}"}}'
        for number, date in enumerate(("12/02/2024", "", "", "2099-01-01"))
    ]
    Path("rows.jsonl").write_text("\n".join(rows))
    said = call("ingest", "rows.jsonl").stderr
    assert "2 new reports without a date; --date gives one\n" in said
    assert "1 new report dated in the future; --date gives another\n" in said
    assert "1 new report dated by figures that may be month first, and are read day first" in said


def test_read_says_what_failed_and_reads_the_others(shelf: Path) -> None:
    Path("story.txt").write_text(STORY)
    Path("empty.txt").write_text("")
    result = call("read", "gone.txt", "empty.txt", "story.txt", "--quiet")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "failed: gone.txt: no such file or folder\nfailed: empty.txt: empty: there is no text in it\n"
    )
    assert len(call("show", "--format", "json").stdout.splitlines()) == 2


def test_read_takes_standard_input_and_gives_json(shelf: Path) -> None:
    runner = CliRunner(env={"TRUCEWATCH_DESK": "other.desk"})
    result = runner.invoke(main, ["read", "-", "--format", "json"], input=STORY)
    assert result.exit_code == 0
    record = json.loads(result.stdout)
    assert record["report"]["text"] == STORY
    assert Path("other.desk").exists()


def test_code_gives_the_lines_and_keeps_nothing(shelf: Path) -> None:
    Path("story-1.txt").write_text(f"A headline\n\nADEN (Agency) - {STORY}\n")
    before = Path("trucewatch.desk").read_bytes()
    result = call("code", "story-1.txt", "gone.txt", "--jsonl", "--date", "2021-09-30")
    assert result.exit_code == 1
    assert result.stderr == "failed: gone.txt: no such file or folder\n"
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert lines
    page = " ".join(Path("story-1.txt").read_text().split())
    for line in lines:
        assert line["report"] == "story-1"
        assert page[line["trigger"]["start"] : line["trigger"]["end"]] == line["trigger"]["text"]
        assert [page[m["start"] : m["end"]] for m in line["mentions"]] == [STORY]
    assert Path("trucewatch.desk").read_bytes() == before
    assert sorted(path.name for path in shelf.iterdir()) == ["story-1.txt", "trucewatch.desk"]


def test_code_counts_in_the_text_of_a_packed_file_and_in_the_story_of_any_other_form(shelf: Path) -> None:
    Path("a.txt.gz").write_bytes(gzip.compress(f"A headline\n\n{STORY}\n".encode()))
    Path("b.json").write_text(json.dumps({"title": "A headline", "text": STORY}))
    Path("c.eml").write_text(f"Subject: A headline\nFrom: a@desk.example\n\n{STORY}\n")
    result = call("code", "a.txt.gz", "b.json", "c.eml")
    assert (result.exit_code, result.stderr) == (0, "")
    starts = {line["report"]: line["mentions"][0]["start"] for line in map(json.loads, result.stdout.splitlines())}
    assert starts == {"a.txt": len("A headline "), "b": 0, "c": 0}


def test_codebook_check_counts_the_rows() -> None:
    result = call("codebook", "check")
    assert result.exit_code == 0
    assert re.search(r"^types +16$", result.stdout, re.MULTILINE)
    assert re.search(r"^all hold; version [0-9a-f]{12}$", result.stdout, re.MULTILINE)


def test_output_that_nobody_reads_is_no_error(shelf: Path) -> None:
    command = f"{sys.executable} -m trucewatch claims | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("command", ["claims", "claims --format json", "--help"])
def test_output_that_cannot_be_written_is_one_line(shelf: Path, command: str) -> None:
    line = f"{sys.executable} -m trucewatch {command} > /dev/full"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1:] == ["Error: the output cannot be written: No space left on device"]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_an_output_that_is_closed_is_no_fault(shelf: Path, closed: str) -> None:
    for command in ("export --as csv", "claims"):
        line = f"{sys.executable} -m trucewatch {command} {closed}"
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_a_standard_input_that_is_closed_is_an_empty_one(shelf: Path) -> None:
    line = f"{sys.executable} -m trucewatch code - <&-"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "failed: -: empty: there is no text in it\n")


def test_a_console_without_arrows_shows_what_it_can(shelf: Path) -> None:
    command = [sys.executable, "-m", "trucewatch", "claims"]
    latin = os.environ | {"PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, capture_output=True, encoding="latin-1", check=False, env=latin)
    assert done.returncode == 0 and " ? " in done.stdout
