"""Docs that fail: what is public must be documented, and what the documentation points at must be there."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import inspect
import re
import shlex
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import trucewatch
from tests.calling import call
from trucewatch import errors
from trucewatch.claims import what
from trucewatch.cli import main
from trucewatch.cli.compare import COLUMNS as COMPARED
from trucewatch.cli.options import Day
from trucewatch.export import FORMS, acled, columns, ged, lands, plover

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
CODEBOOK = ROOT / "src" / "trucewatch" / "codebook"
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")


def _page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def _named(*pages: str) -> set[str]:
    """Everything that the pages set in code type, as it stands and word by word."""
    found = {match for page in pages for match in _CODE.findall(_page(page))}
    return found | {word for code in found for word in re.split(r"[\s,=|]+", code)}


def _commands(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from _commands(child, f"{path} {name}".strip())
    else:
        yield path, command


def _tables() -> list[Path]:
    return sorted(CODEBOOK.rglob("*.csv"))


@pytest.mark.parametrize(("path", "command"), list(_commands(main)), ids=lambda value: str(value))
def test_every_command_and_option_is_on_the_page_of_commands(path: str, command: click.Command) -> None:
    page = _page("commands.md")
    part = re.search(rf"^## {path}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert part, f"docs/commands.md has no heading '## {path}'"
    told = {
        name for cell in re.findall(r"^\| (`-.*?) \|", part[1], re.M) for name in re.findall(r"`(--?[a-z-]+)", cell)
    }
    assert told <= {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            for name in parameter.opts:
                assert f"`{name}" in part[1], f"{path} {name}"


def test_the_calls_on_the_pages_are_calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = re.compile(
        r"^    (?:\.venv/bin/|[A-Z_]+=\S+ )?trucewatch ([a-z].*?)(?:\s+#\s.*| [>|] .*| &)?$", re.MULTILINE
    )
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    calls = [line for page in pages for line in shown.findall(page.read_text(encoding="utf-8")) if "…" not in line]
    every = dict(_commands(main))
    assert len(calls) > 150
    for line in calls:
        words = shlex.split(line)
        for word in words:
            if word.endswith((".csv", ".csv.gz")):
                (tmp_path / word).touch()
        name = " ".join(words[:2]) if words[0] in ("truce", "scenario", "person", "codebook") else words[0]
        assert name in every, line
        with contextlib.suppress(click.exceptions.Exit):
            every[name].make_context(name, words[len(name.split()) :])


def test_a_month_will_do_wherever_days_are_limited_and_nowhere_else() -> None:
    edges = {"--since": dt.date(2021, 9, 1), **dict.fromkeys(("--until", "--known", "--as-of"), dt.date(2021, 9, 30))}
    seen = set()
    for _, command in _commands(main):
        for option in command.params:
            if isinstance(option.type, Day):
                (name,) = option.opts
                seen.add(name)
                with contextlib.nullcontext() if name in edges else pytest.raises(click.BadParameter):
                    assert option.type.convert("2021-09", option, None) == edges[name]
    assert seen == {"--date", *edges}


def test_no_command_is_documented_that_is_not_there() -> None:
    headings = set(re.findall(r"^## ([a-z][a-z -]*)$", _page("commands.md"), re.MULTILINE))
    assert headings == {path for path, _ in _commands(main)}


@pytest.mark.parametrize("table", _tables(), ids=lambda file: file.name)
def test_every_table_and_column_is_documented(table: Path) -> None:
    with table.open(encoding="utf-8", newline="") as lines:
        columns = next(csv.reader(lines))
    named = _named("codebook.md")
    assert table.name in named
    assert [column for column in columns if column not in named] == []


def test_every_event_type_and_mode_is_documented() -> None:
    named = _named("codebook.md")
    with (CODEBOOK / "types.csv").open(encoding="utf-8", newline="") as lines:
        types = [row["type"] for row in csv.DictReader(lines)]
    with (CODEBOOK / "modes.csv").open(encoding="utf-8", newline="") as lines:
        modes = [row["mode"] for row in csv.DictReader(lines)]
    assert len(types) == 16
    assert [name for name in types + modes if name not in named] == []


def test_the_scores_that_mentions_must_have_are_documented() -> None:
    part = _page("codebook.md").partition("## triggers.csv")[2].partition("|")[0]
    assert set(re.findall(r"\b0\.\d+", part)) == {
        str(n) for n in (what.SURE, what.WITH_ROW, what.TOGETHER, what.MEDIATED)
    }


def test_every_form_and_column_of_the_exports_is_documented() -> None:
    ours = [name for column in columns.COLUMNS for name in (column.name, column.tag)]
    theirs = [*acled.COLUMNS, *ged.COLUMNS, *plover.FIELDS, *plover.CLAIM_FIELDS, *COMPARED]
    with lands.COUNTRIES.open(encoding="utf-8", newline="") as lines:
        countries = next(csv.reader(lines))
    named = _named("exports.md")
    assert [name for name in (*FORMS, *ours, *theirs, *countries) if name not in named] == []


def test_every_public_name_is_documented() -> None:
    named = _named("python.md")
    assert [name for name in trucewatch.__all__ if name not in named] == []


def test_what_the_pages_import_is_public() -> None:
    named, imported = _named("python.md"), set()
    for page in DOCS.glob("*.md"):
        for module, names in re.findall(r"^ +from trucewatch\.?(\S*) import ([\w, ]+)", _page(page.name), re.M):
            imported |= {f"{module}.{name.strip()}".lstrip(".") for name in names.split(",")}
    assert {"Desk", "errors.TrucewatchError", "claims.when.find"} <= imported
    used = {"codebook", "truces", "ledger", "derive"}  # of which some names are public
    assert {one for one in imported - used if one not in named and one.partition(".")[0] not in named} == set()


def test_the_programs_of_the_page_of_python_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = _page("python.md").replace('"https://example.org/story"', '"missing.txt"')
    shown = [textwrap.dedent(part) for part in re.findall(r"(?:^    .*\n|\n(?=    ))+", page, re.M)]
    monkeypatch.chdir(tmp_path)
    Path("news").mkdir()
    shutil.copy(ROOT / "samples" / "idlib-2021-10-21.txt", "news")
    exec("\n".join(part for part in shown if "pandas" not in part), {})
    printed = capsys.readouterr().out
    assert "missing.txt no such file or folder" in printed
    assert "55c0456e34be0459.eb89af6f shelled | Hay'at Tahrir al-Sham (HTS)" in printed
    assert "weeks of history, 26 needed" in printed
    assert "Count(low=3, high=5)" in printed


def test_every_error_is_documented() -> None:
    named = _named("errors.md")
    classes = [name for name, value in inspect.getmembers(errors, inspect.isclass)]
    assert classes
    assert [name for name in classes if name not in named] == []


def test_links_of_the_front_pages_hold() -> None:
    # mkdocs --strict checks those inside docs/; what lies outside it does not see.
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md"):
        for link in _LINK.findall(page.read_text(encoding="utf-8")):
            if not link.startswith(("https://", "http://", "#")):
                assert (ROOT / link.split("#")[0]).exists(), f"{page.name}: {link}"


def test_the_claim_that_the_pages_show_is_printed_so(tmp_path: Path) -> None:
    report = ROOT / "samples" / "idlib-2021-10-21.txt"
    printed = call("read", report, "--desk", tmp_path / "a.desk", columns=80).stdout
    for page in (ROOT / "README.md", DOCS / "commands.md"):
        shown = re.search(r"^    ASSAULT/heavy-weapons.*?soldiers\]\.$", page.read_text(encoding="utf-8"), re.M | re.S)
        assert shown, page.name
        assert textwrap.dedent(shown[0]) in printed, page.name
    page = (DOCS / "provenance.md").read_text(encoding="utf-8")
    shown = re.search(r"^    value  .*?sy-hts \(line \d+\)$", page, re.M | re.S)
    printed = call("explain", "55c0456e34be0459.eb89af6f", "--desk", tmp_path / "a.desk", columns=140).stdout
    assert shown and _unlined(textwrap.dedent(shown[0])) in _unlined(printed)


def _unlined(text: str) -> str:
    """Without the blanks at the ends of lines, and the lines of tables, which move with every row that is added."""
    return re.sub(r" +$", "", re.sub(r"\(line \d+\)", "(line)", text), flags=re.M)


def test_every_part_of_the_sources_is_linked() -> None:
    links = set(_LINK.findall(_page("sources.md")))
    parts = {f"sources.d/{part.name}" for part in (DOCS / "sources.d").glob("*.md")}
    assert parts
    assert parts - links == set()


def test_every_decision_is_in_the_list_and_follows_the_template() -> None:
    listed = set(_LINK.findall(_page("decisions/index.md")))
    for page in sorted((DOCS / "decisions").glob("0*.md")):
        assert page.name in listed
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]} ")
        for part in ("Status: ", "## Decided", "## Why", "## What it costs"):
            assert part in text, f"{page.name}: {part}"


def test_the_make_targets_that_the_pages_name_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    named = {
        name
        for page in pages
        for name in re.findall(r"(?:^    |`)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert named <= targets


def test_the_readme_is_short() -> None:
    assert (ROOT / "README.md").read_text(encoding="utf-8").count("\n") < 120
