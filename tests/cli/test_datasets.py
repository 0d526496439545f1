"""The commands import, datasets and series, on a real desk."""

from __future__ import annotations

import functools
import json
import shutil
from pathlib import Path

import pytest

from tests import calling
from tests.datasets.made import ged, write


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Path:
    """A desk with five rows of GED: three weeks of Idlib, one of them of all Syria, one of a whole month."""
    told = [
        ged(1, "2017-03-08"),
        ged(2, "2017-03-09", number_of_sources="1"),
        ged(3, "2017-03-22"),
        ged(4, "2017-03-08", where_prec="6", adm_1=""),
        ged(5, "2017-03-01", "2017-03-31", date_prec="4"),
    ]
    path = Path(shutil.copy(empty, tmp_path / "a.desk"))
    call("import", write(tmp_path / "ged.csv", told), "--desk", path)
    return path


call = functools.partial(calling.call, columns=80)


def test_import_says_what_came_of_each_file(tmp_path: Path) -> None:
    desk, path = tmp_path / "a.desk", write(tmp_path / "a.csv.gz", [ged(1), ged(2), ged(3, country="Atlantis")])
    result = call("import", path, "--desk", desk)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        f"{path}: UCDP GED, 49 columns, as 'ged'",
        "  3 rows new or changed, 0 as they were, 0 that could not be read",
        "  not in countries.csv, and so in no country: Atlantis",
    ]
    again = call("import", path, "--desk", desk)
    assert again.exit_code == 0
    assert again.stdout.startswith(f"{path}: imported as 'ged' on ")


def test_bad_rows_are_listed_and_the_exit_status_says_so(tmp_path: Path) -> None:
    desk = tmp_path / "a.desk"
    path = write(tmp_path / "a.csv", [ged(1), *(ged(number, best="x\x1b[2J") for number in range(2, 14))])
    result = call("import", path, "--as", "mine", "--desk", desk)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == f"{path}:3: best is no whole number: 'x\\x1b[2J'"
    assert len(result.stderr.splitlines()) == 10
    assert result.stdout.splitlines()[1:] == [
        "  1 row new or changed, 0 as they were, 12 that could not be read",
        "  2 more of those: trucewatch datasets mine --bad",
    ]
    listed = call("datasets", "mine", "--bad", "--desk", desk)
    assert (listed.exit_code, len(listed.stdout.splitlines())) == (0, 12)
    assert json.loads(call("datasets", "mine", "--bad", "--format", "json", "--desk", desk).stdout.splitlines()[0]) == {
        "source": str(path),
        "line": 3,
        "reason": "best is no whole number: 'x\\x1b[2J'",
    }


def test_datasets_lists_the_imports(desk: Path) -> None:
    lines = call("datasets", "--desk", desk).stdout.splitlines()
    assert lines[0].startswith("ged  ged  imported ")
    assert lines[-2:] == ["  2017-03-08 to 2017-03-22; 5 new or changed, 0 as they were, 0 not read", "  SYR"]
    row = json.loads(call("datasets", "ged", "--format", "json", "--desk", desk).stdout)
    assert (row["dataset"], row["counted"]["added"], row["counted"]["countries"]) == ("ged", 5, ["SYR"])
    missing = call("datasets", "x", "--desk", desk)
    assert (missing.exit_code, missing.stderr) == (1, f"Error: no dataset 'x' is on {desk}\n")


def test_a_series_as_text_says_what_was_left_out(desk: Path) -> None:
    result = call("series", "SYR/Idlib", "--indicator", "deaths", "--observer", "ged", "--desk", desk)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Deaths in SYR/Idlib, by week, from the dataset ged"
    assert lines[1] == "2017-03-06 to 2017-03-26: 12 in all; data up to 2017-03-31"
    told = {words[0]: (words[1:-2], *words[-2:]) for words in map(str.split, lines) if words[:1] and "-W" in words[0]}
    assert told == {
        "2017-W10": (["█" * 40], "8", "3"),
        "2017-W11": ([], "0", "0"),
        "2017-W12": (["█" * 20], "4", "2"),
    }
    assert max(map(len, lines)) <= 80
    whole = " ".join(result.stdout.split())
    assert "left out: 1 deed with 4 deaths, whose place is known too coarsely" in whole
    assert "left out: 1 deed with 4 deaths, dated more coarsely than a week" in whole


def test_a_series_as_csv_and_as_json(desk: Path) -> None:
    asked = ("series", "SYR/Idlib", "--indicator", "violence", "--observer", "ged", "--desk", desk)
    assert call(*asked, "--format", "csv").stdout.splitlines() == [
        "period,first,count,reports",
        "2017-W10,2017-03-06,2,3",
        "2017-W11,2017-03-13,0,0",
        "2017-W12,2017-03-20,1,2",
    ]
    row = json.loads(call("series", "idlib", *asked[2:], "--format", "json", "--spread").stdout)
    assert row["area"] == "SYR/Idlib"
    assert (row["first"], row["last"], row["period"], row["cut_off"]) == (
        "2017-03-06",
        "2017-03-26",
        "week",
        "2017-03-31",
    )
    assert row["counts"] == pytest.approx([2 + 7 / 31, 7 / 31, 1 + 7 / 31])
    assert row["aside"][0] == {"why": "date too coarse", "deeds": 1, "number": 1.0, "spread": True}


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        (("SYR/Idlib", "--indicator", "rain"), 2, "no indicator is called 'rain'; there are air-strikes, shelling"),
        (("Nowhere", "--indicator", "deaths"), 2, "'Nowhere' is no area; write SYR, SYR/Idlib"),
        (("Punjab", "--indicator", "deaths"), 2, "'Punjab' may be PAK/Punjab or IND/Punjab; write one of these"),
        (("SYR/Idlib", "--indicator", "shelling", "--observer", "ged"), 2, "'ged' does not tell shelling apart"),
        (("SYR/Idlib", "--indicator", "deaths", "--observer", "x"), 1, "no dataset 'x' is on"),
        (("SYR/Idlib", "--indicator", "deaths"), 1, "tells of SYR/Idlib, so that there is nothing to count"),
    ],
)
def test_what_cannot_be_counted_is_one_clear_line(desk: Path, given: tuple[str, ...], status: int, words: str) -> None:
    result = call("series", *given, "--desk", desk)
    assert (result.exit_code, result.stdout) == (status, "")
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
