"""The record on a terminal: what a reader must be able to see at a glance."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest
from rich.console import Console, RenderableType
from rich.text import Text

from tests.cli import made
from tests.cli.made import because
from trucewatch.cli.terminal import claims, explanation
from trucewatch.cli.terminal.incidents import listing
from trucewatch.cli.terminal.lists import claim_entry, failures, reports
from trucewatch.cli.terminal.marks import Mark, sentence
from trucewatch.nouns import Claim, Entity, Failure, Incident, Record, Report, Span, Status

HERE = Path(__file__).parent


def printed(page: Callable[[Console], Iterable[RenderableType]], width: int = 80, colours: bool = False) -> str:
    """What a terminal of that width gets."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colours,
        color_system="standard" if colours else None,
        _environ={},
    )
    for one in page(console):
        console.print(one)
    return stream.getvalue()


def _read(record: Record) -> Callable[[Console], Iterable[RenderableType]]:
    return lambda console: claims.page(record, console)


def _explained(claim: Claim) -> Callable[[Console], Iterable[RenderableType]]:
    return lambda console: explanation.page(claim, made.REPORT, console)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines()]


@pytest.mark.parametrize("width", [80, 140])
def test_the_record_looks_as_it_was_agreed(width: int) -> None:
    expected = (HERE / f"record-{width}.txt").read_text(encoding="utf-8")
    assert _lines(printed(_read(made.RECORD), width)) == _lines(expected)


@pytest.mark.parametrize("width", [50, 80, 140, 200])
@pytest.mark.parametrize("colours", [True, False])
def test_no_line_is_wider_than_the_terminal(width: int, colours: bool) -> None:
    for what in (
        _read(made.RECORD),
        _explained(made.STRIKES),
        lambda console: claim_entry(made.STRIKES, made.REPORT, console),
    ):
        text = re.sub(r"\x1b\[[\d;]*m", "", printed(what, width, colours))
        assert max(map(len, _lines(text))) <= width


def test_colours_add_nothing_but_colours() -> None:
    plain = printed(_read(made.RECORD), 500)
    coloured = re.sub(r"\x1b\[[\d;]*m", "", printed(_read(made.RECORD), 500, colours=True))
    brackets = re.compile(r"→\]|\[→|\[[@:§#]|[][«»]")
    pattern = re.compile(r"^marks.*\n", re.MULTILINE)
    assert brackets.sub("", pattern.sub("", plain)) == pattern.sub("", coloured)


def test_every_value_has_its_colour_where_its_words_stand() -> None:
    text = printed(_read(made.RECORD), 500, colours=True)
    for code, words in (("36", "Fighters"), ("35", "villagers"), ("32", "Aden"), ("33", "On Tuesday")):
        assert f"\x1b[{code}m{words}\x1b[0m" in text, words
    assert "\x1b[1;4mshelling\x1b[0m¹" in text


def test_what_is_not_known_is_a_question_mark() -> None:
    bare = msgspec.structs.replace(made.STRIKES, actors=(), recipients=(), killed=None, attributed_to=None)
    text = printed(_read(Record(report=made.REPORT, claims=(bare,))), 140)
    assert "? → ?" in text
    for unknown in ("where ?", "when ?", "toll ?", "says the outlet itself"):
        assert unknown in text
    empty = made.Report(id="0" * 16, text="Nothing.")
    head = printed(_read(Record(report=empty, claims=())))
    assert "(no title)\noutlet ?, date ?\n" in head
    assert "0 claims" in head
    assert "only English" not in head


def test_a_list_of_incidents_tells_leaders_of_two_countries_apart() -> None:
    parties = (("leaders", "FRA"), ("leaders", "DEU"), ("UN", "UNO"))
    all_three = tuple(Entity(text=name, name=name, country=country) for name, country in parties)
    talks = Incident(id="i1", claims=("1.1",), type="CONSULT", mode=None, status=Status.HAPPENED, actors=all_three)
    assert "leaders (FRA) ↔ leaders (DEU), UN" in printed(lambda _: listing([talks], 140), 140)


def test_titles_stand_below_their_rows_where_they_have_no_room_beside() -> None:
    listed = [
        Report(id=f"{at}" * 16, text="Nothing.", outlet="Desk", title="word " * words)
        for at, words in enumerate((1, 9))
    ]

    def shown(width: int) -> list[str]:
        return _lines(printed(lambda _: reports(listed, {listed[0].id: 3}, width), width))

    row = f"{'0' * 16}  ?          Desk         3"
    assert shown(120)[:2] == ["report            published  outlet  claims  title", f"{row}  word"]
    assert shown(80)[1:3] == [row, "    word"] and len(shown(80)) == 5
    assert max(map(len, shown(48))) <= 48


def test_what_goes_over_a_line_goes_on_below_its_beginning() -> None:
    noted = msgspec.structs.replace(made.REPORT, notes=("word " * 30, "last"))
    lines = _lines(printed(_read(Record(report=noted, claims=()))))
    at = next(at for at, line in enumerate(lines) if line.startswith("notes   word"))
    assert lines[at + 1].startswith("        word") and lines[at + 2].startswith("        word")
    failure = Failure(source="a/very/long/path/" * 3, stage="read", reason="word " * 30)
    _, *reason = _lines(printed(lambda _: failures([(dt.datetime(2021, 9, 30, tzinfo=dt.UTC), failure)], 80)))
    assert len(reason) > 1 and all(line.startswith("    ") for line in reason)


def test_a_name_longer_than_a_line_goes_on_below_its_beginning() -> None:
    place = Text("the yard of a school beside the old railway bridge on the road to the port of Latakia")
    lines = [line.plain for line in claims.flow([[Text("ASSAULT"), place], [Text("1 source")]], 40)]
    assert all(len(line) <= 40 for line in lines)
    assert lines[0] == "ASSAULT" and all(line.startswith("    ") for line in lines[1:])
    assert " ".join(" ".join(lines).split()) == f"ASSAULT {place.plain} 1 source"


def test_what_is_in_another_language_is_said_not_to_be_coded() -> None:
    report = made.Report(id="0" * 16, text="قصف على أريحا", language="ar")
    assert "\n0 claims; only English is coded\n" in printed(_read(Record(report=report, claims=())))


def test_a_value_of_another_sentence_says_so() -> None:
    text = printed(_read(made.RECORD), 140)
    assert "President One (YEM GOV)^ ↔ President Two (RUS GOV)^" in text
    assert "^ rests on words of another sentence" in text
    assert "President One (YEM GOV) ↔ President Two (RUS GOV)" in text  # where they met, they are named


def test_a_report_cannot_steer_the_terminal() -> None:
    hostile = msgspec.structs.replace(
        made.REPORT,
        title="\x1b]0;owned\x07Title\x9b31m",
        outlet="a\x1b[2Jb",
        source="c\x1b[1md",
        notes=("\x1be",),
    )
    text = printed(_read(Record(report=hostile, claims=made.RECORD.claims)))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    assert "[bold]" in printed(_read(Record(report=msgspec.structs.replace(hostile, title="[bold]x"), claims=())))


def test_explain_gives_each_value_its_words_offsets_and_reason() -> None:
    lines = _lines(printed(_explained(made.MEETING), 140))
    at = made.span("Aden")
    row = next(line for line in lines if line.startswith("place "))
    assert re.search(rf'Aden +"Aden" +{at.start}-{at.end} +model 0\.91; gazetteer 415189', row)
    assert any(re.match(r"  coordinates +12\.78 45\.04$", line) for line in lines)
    assert any(re.match(r"killed +\? +not said$", line) for line in lines)
    assert any(re.match(r"mode +visit$", line) for line in lines)


def test_explain_says_on_which_line_a_table_row_stands() -> None:
    row = because("actors[0].country", "the Air Wing", "actors.csv:ru-vks")
    gone = because("actors[0].sector", "the Air Wing", "actors.csv:no-such-row")
    claim = msgspec.structs.replace(made.STRIKES, evidence=(*made.STRIKES.evidence, row, gone))
    text = printed(_explained(claim), 140)
    assert re.search(r"  country +RUS +actors\.csv:ru-vks \(line \d+\) *$", text, re.MULTILINE)
    assert re.search(r"  sector +MIL +actors\.csv:no-such-row *$", text, re.MULTILINE)


def test_an_outlet_is_shown_with_its_affiliation() -> None:
    report = msgspec.structs.replace(made.REPORT, outlet="South Front", original_outlet=None)
    head = printed(_read(Record(report=report, claims=())))
    assert re.search(r"^South Front \([a-z-]+, RUS\), 1 Oct 2021", head, re.MULTILINE)


def test_explain_leaves_no_evidence_out() -> None:
    for claim in made.RECORD.claims:
        text = printed(_explained(claim), 200)
        for evidence in claim.evidence:
            assert evidence.because in text


@pytest.mark.parametrize("width", [60, 80, 129, 130, 200])
def test_explain_cuts_no_id_of_a_row(width: int) -> None:
    long = because("actors[0].country", "the Air Wing", "triggers.csv:assault-warplanes-bombed")
    claim = msgspec.structs.replace(made.STRIKES, evidence=(*made.STRIKES.evidence, long))
    lines = _lines(printed(_explained(claim), width))
    assert any("triggers.csv:assault-warplanes-bombed" in line for line in lines)
    assert max(map(len, lines)) <= width


def test_marks_of_the_same_words_stand_within_each_other_and_always_in_one_order() -> None:
    report = Report(id="r", text="Moscow agreed.")
    roles = ("says", "recipient", "actor")
    (line,) = {
        sentence(report, Span(start=0, end=14), [Mark(0, 6, role) for role in order], coloured=False).plain
        for order in itertools.permutations(roles)
    }
    assert line == "[[→[§Moscow]]→] agreed."
