"""Others' files are read by the names of their columns, and a row that cannot be read costs only itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from benchmarks.imports import ACLED, GED
from tests.datasets.made import OLDER, acled, ged, write
from trucewatch.datasets import Unread, opened
from trucewatch.errors import UnreadableError
from trucewatch.nouns import Entry, Period, Toll

UCDP = Path(__file__).parents[3] / "shared" / "data" / "ucdp"


def read(path: Path) -> list[Entry | Unread]:
    with opened(path) as dataset:
        return list(dataset)


def only(path: Path) -> Entry:
    (entry,) = read(path)
    assert isinstance(entry, Entry), entry
    return entry


@pytest.mark.parametrize(("columns", "number"), [(GED, 49), (OLDER, 41)])
@pytest.mark.parametrize("name", ["ged.csv", "ged.csv.gz"])
def test_ged_of_both_widths_plain_and_packed(tmp_path: Path, columns: tuple[str, ...], number: int, name: str) -> None:
    path = write(tmp_path / name, [ged(12)], columns)
    with opened(path) as dataset:
        assert (dataset.form, dataset.name) == ("ged", f"UCDP GED, {number} columns")
    entry = only(path)
    assert (entry.id, entry.type, entry.subtype, entry.reports) == ("12", "1", None, 2)
    assert (entry.place.name, entry.place.country, entry.place.precision) == ("Saraqib town", "SYR", "town")
    assert (entry.admin1, entry.admin2) == ("Idlib Governorate", "Markaz Idlib district")
    assert entry.deaths == Toll(low=3, best=4, high=7)
    assert entry.time == Period(start=dt.date(2017, 3, 8), end=dt.date(2017, 3, 8), precision="day")
    assert entry.content["where_coordinates"] == "Saraqib town"


def test_numbers_with_a_point_and_days_with_an_hour(tmp_path: Path) -> None:
    row = ged(12, id="12.0", best="4.0", where_prec="4.0", date_start="2017-03-08 00:00:00.000", number_of_sources="-1")
    entry = only(write(tmp_path / "ged.csv", [row]))
    assert (entry.id, entry.place.precision, entry.reports) == ("12", "region", None)
    assert (entry.deaths, entry.time.start) == (Toll(low=3, best=4, high=7), dt.date(2017, 3, 8))


def test_a_row_of_a_year_never_stands_on_its_first_day(tmp_path: Path) -> None:
    entry = only(write(tmp_path / "ged.csv", [ged(12, "2017-01-01", date_prec="5")]))
    assert entry.time == Period(start=dt.date(2017, 1, 1), end=dt.date(2017, 12, 31), precision="year")


def test_acled_in_both_ways_of_writing_a_date(tmp_path: Path) -> None:
    rows = [acled("SYR1"), acled("SYR2", "08 March 2021"), acled("SYR3", time_precision="2", geo_precision="3")]
    one, two, three = read(write(tmp_path / "acled.csv", rows, ACLED))
    assert isinstance(one, Entry) and isinstance(two, Entry) and isinstance(three, Entry)
    assert (one.type, one.subtype) == ("Explosions/Remote violence", "Air/drone strike")
    assert (one.reports, one.deaths, one.time) == (2, Toll(low=2, best=2, high=2), two.time)
    assert (three.time.start, three.time.end) == (dt.date(2021, 3, 8), dt.date(2021, 3, 14))  # from Monday
    assert (one.place.precision, three.place.precision) == ("town", "region")


def test_what_a_row_leaves_empty_is_not_known(tmp_path: Path) -> None:
    empty = dict.fromkeys(
        ("latitude", "longitude", "where_prec", "geo_precision", "low", "best", "high", "fatalities"), ""
    )
    [one] = read(write(tmp_path / "ged.csv", [ged(1, **empty)]))
    [two] = read(write(tmp_path / "acled.csv", [acled("SYR1", **empty)], ACLED))
    for entry in (one, two):
        assert isinstance(entry, Entry)
        assert (entry.place.lat, entry.place.lon, entry.place.precision, entry.deaths) == (None, None, None, None)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"id": ""}, "id is empty"),
        ({"type_of_violence": "4"}, "type_of_violence is none of 1, 2, 3: '4'"),
        ({"date_start": "2017-02-30"}, "date_start is no date: '2017-02-30'"),
        ({"date_end": "2017-03-07"}, "date_end is before date_start: 2017-03-07"),
        ({"date_prec": "6"}, "date_prec is none of 1 to 5: 6"),
        ({"where_prec": "near"}, "where_prec is no whole number: 'near'"),
        ({"latitude": "95"}, "latitude is not on the globe: 95"),
        ({"longitude": "nan"}, "longitude is not on the globe: nan"),
        ({"latitude": ""}, "latitude is empty"),
        ({"best": "-1"}, "best is below 0: -1"),
        ({"low": ""}, "low is empty"),
        ({"country": ""}, "country is empty"),
    ],
)
def test_a_bad_row_is_given_with_its_line_and_reason(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    before, bad, after = read(write(tmp_path / "ged.csv", [ged(1), ged(2, **cells), ged(3)]))
    assert isinstance(before, Entry) and isinstance(after, Entry)
    assert bad == Unread(line=3, reason=reason)


def test_rows_too_short_twice_or_not_in_utf_8(tmp_path: Path) -> None:
    path = write(tmp_path / "ged.csv", [ged(1, source_headline="one\nand another"), ged(1), ged(2)])
    whole = path.read_bytes()
    path.write_bytes(whole + b"4,5\n" + whole.splitlines()[-1].replace(b"Saraqib", b"S\xe4raqib"))
    told = read(path)
    assert [one.line for one in told if isinstance(one, Unread)] == [4, 6, 7]  # the first row takes two lines
    assert [one.reason for one in told if isinstance(one, Unread)] == [
        "id '1' is already used on line 2",
        "2 cells, expected 49",
        "not UTF-8",
    ]


def test_a_quotation_mark_that_is_never_closed_says_which_lines_it_swallows(tmp_path: Path) -> None:
    path = write(tmp_path / "ged.csv", [ged(1), ged(2), ged(3), ged(4)])
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].replace(",Saraqib town,", ',"Saraqib town,')
    lines[3] = lines[3].replace(",Saraqib town,", ',Saraqib town",')
    path.write_text("\n".join(lines), encoding="utf-8")
    first, bad, last = read(path)
    assert isinstance(first, Entry) and isinstance(last, Entry)
    assert isinstance(bad, Unread)
    assert bad == Unread(line=3, reason="where_coordinates holds a line break, through line 4")
    lines[3] = lines[3].replace('"', "")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [one.reason for one in read(path) if isinstance(one, Unread)] == ["26 cells, expected 49, through line 5"]


def test_a_packed_file_that_breaks_off_gives_its_rows_and_then_an_error(tmp_path: Path) -> None:
    path = write(tmp_path / "ged.csv.gz", (ged(number, source_headline=f"{number**7}") for number in range(3000)))
    path.write_bytes(path.read_bytes()[:-2000])
    seen: list[Entry | Unread] = []
    with opened(path) as dataset, pytest.raises(UnreadableError, match="breaks off or is damaged"):
        seen.extend(dataset)
    assert len(seen) > 100


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "its first line has the columns of no known dataset (UCDP GED or ACLED)"),
        ("a,b\n1,2\n", "its first line has the columns of no known dataset (UCDP GED or ACLED)"),
        (
            ",".join(column for column in GED if column != "date_prec"),
            "looks like UCDP GED but has no column date_prec",
        ),
        ("id,id\n", "two columns have the same name"),
    ],
)
def test_a_file_of_no_known_form_is_one_clear_line(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "x.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / "x.csv")
    assert str(caught.value) == f"{tmp_path / 'x.csv'}: {reason}"


@pytest.mark.parametrize(
    ("name", "code"),
    [("Yemen (North Yemen)", "YEM"), ("DR Congo (Zaire)", "COD"), ("Russia (Soviet Union)", "RUS"), ("Atlantis", None)],
)
def test_countries_as_ucdp_calls_them(tmp_path: Path, name: str, code: str | None) -> None:
    path = write(tmp_path / "ged.csv", [ged(1, country=name)])
    with opened(path) as dataset:
        (entry,) = dataset
        assert isinstance(entry, Entry)
        assert entry.place.country == code
        assert dataset.countries.unknown == ([] if code else [name])


@pytest.mark.parametrize(
    ("name", "rows"), [("ged-syria-2016-2018.csv.gz", 14522), ("ucdp_ged231_sample1000.csv.gz", 1000)]
)
def test_ucdp_s_own_files_are_read_to_the_last_row(name: str, rows: int) -> None:
    if not (UCDP / name).exists():
        pytest.skip("UCDP's files are not in the repository")
    with opened(UCDP / name) as dataset:
        assert sum(isinstance(one, Entry) for one in dataset) == rows
        assert dataset.countries.unknown == []
