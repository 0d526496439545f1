"""The command ``export``: where it writes, what it refuses, what it counts."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.export import made
from trucewatch.cli import exporting, main
from trucewatch.export import FORMS


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.desk(tmp_path_factory.mktemp("desk") / "test.desk")


def call(desk: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["export", *words, "--desk", str(desk)])


def test_the_command_knows_the_forms() -> None:
    assert tuple(FORMS) == exporting.FORMS


@pytest.mark.parametrize("form", [name for name, form in FORMS.items() if form.is_text])
def test_text_is_printed_as_it_is_written_to_a_file(desk: Path, tmp_path: Path, form: str) -> None:
    printed = call(desk, "--as", form)
    assert printed.exit_code == 0
    assert printed.stdout_bytes == made.exported(desk, form)
    path = tmp_path / "file"
    assert call(desk, "--as", form, "-o", str(path)).exit_code == 0
    assert path.read_bytes() == printed.stdout_bytes


def test_a_dash_is_standard_output(desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(desk, "--as", "csv", "--out", "-").stdout.startswith("id,type,")
    assert CliRunner().invoke(main, ["bundle", "--out", "-", "--desk", str(desk)]).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_what_a_form_has_no_room_for_is_counted_by_why(desk: Path) -> None:
    assert call(desk, "--as", "acled").stderr == (
        "6 incidents\n2 left out: not said to have happened\n1 left out: sums of more than 10 days\n"
    )
    assert call(desk, "--as", "ged", "--place", "Saraqib").stderr == (
        "Saraqib is taken for the town Saraqib (SYR)\n1 incident\n"
    )


def test_the_options_choose(desk: Path) -> None:
    lines = call(desk, "--as", "plover", "--of", "claims", "--status", "denied").stdout.splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["denied"]
    (line,) = call(desk, "--as", "plover", "--sources", "2").stdout.splitlines()
    assert json.loads(line)["sources"] == 3


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--as", "parquet"), "parquet is no text"),
        (("--as", "ged", "--of", "claims"), "ged holds incidents, no claims"),
        (
            ("--as", "csv", "--of", "claims", "--sources", "2"),
            "--truce and --verdict go with incidents",
        ),
        (
            ("--as", "csv", "--of", "claims", "--truce", "syria-idlib-2020"),
            "--truce and --verdict go with incidents",
        ),
        (("--as", "csv", "--type", "SING"), "'SING' is none of"),
        (("--as", "shapefile"), "'shapefile' is not one of"),
        (("--as", "csv", "--place", " "), "it is empty"),
    ],
)
def test_a_wrong_call_is_told(desk: Path, words: tuple[str, ...], reason: str) -> None:
    result = call(desk, *words)
    assert result.exit_code == 2
    assert reason in result.stderr


def test_a_file_that_is_there_is_written_over_only_by_force(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("mine")
    refused = call(desk, "--as", "csv", "-o", str(path))
    assert refused.exit_code == 1 and "left as it is" in refused.stderr
    assert path.read_text() == "mine"
    assert call(desk, "--as", "csv", "-o", str(path), "--force").exit_code == 0
    assert path.read_bytes() == made.exported(desk, "csv")
    nowhere = call(desk, "--as", "csv", "-o", str(tmp_path / "none" / "x.csv"))
    assert nowhere.exit_code == 1 and "cannot be written: No such file" in nowhere.stderr
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("command", ["export", "bundle"])
def test_no_desk_is_written_over_not_even_by_force(desk: Path, tmp_path: Path, command: str) -> None:
    before = desk.read_bytes()
    words = [command, *(["--as", "csv"] if command == "export" else []), "--desk", str(desk), "--force", "-o"]
    (other := tmp_path / "other.desk").symlink_to(desk)
    for out in (desk, other):
        refused = CliRunner().invoke(main, [*words, str(out)])
        assert refused.exit_code == 1 and "is a database, as desks are; it was left as it is" in refused.stderr
    assert desk.read_bytes() == before and other.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders on this system")
def test_a_pipe_is_written_into_and_stays_one(desk: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as beside:
        came = beside.submit(pipe.read_bytes)
        assert call(desk, "--as", "csv", "-o", str(pipe), "--force").exit_code == 0
    assert came.result() == made.exported(desk, "csv")
    assert pipe.is_fifo()
