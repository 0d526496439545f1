"""The tables of scenarios: what ships holds, and every fault is found on its line."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from trucewatch.errors import TableError
from trucewatch.outlook import scenarios
from trucewatch.outlook.indicators import indicator, overlap

WHOLE = """\
id = "made"
question = "Will it be calm?"
area = "SYR"
since = 2021-03-01
until = 2021-03-31
sources = ["made"]

[[reading]]
id = "calm"
name = "it is calm"
prior = 1
evidence = "no raids"

[[reading]]
id = "same"
name = "nothing changed"
prior = 2
evidence = "raids"

[[rate]]
reading = "calm"
indicator = "air-strikes"
times = [0.04, 0.33]

[[rate]]
reading = "same"
indicator = "air-strikes"
daily = [0.6, 1.6]

[[baseline]]
indicator = "air-strikes"
daily = [0.5, 1.5]
source = "made"
"""

FAULTS = (
    ("question =", "questoin =", 2, "no key is called 'questoin'; take it out"),
    ("2021-03-31", "2021-02-28", 5, "ends on 2021-02-28, before it begins"),
    ("since = 2021-03-01", "since = 2021-3-1", 4, "no TOML"),
    ('["made"]', "[]", 6, "without sources"),
    ('id = "made"', 'id = "other"', 1, "stands in made.toml; name the file other.toml"),
    ('id = "same"', 'id = "calm"', 15, "'calm' is used twice"),
    ("prior = 1", "prior = 0", 11, "no evidence moves a prior of 0"),
    ("prior = 1", 'prior = "?"', 11, "prior is not answered yet"),
    ('reading = "same"', 'reading = "sane"', 26, "no reading 'sane'; write one of same"),
    ('indicator = "air-strikes"\ntimes', 'indicator = "air-strike"\ntimes', 22, "write one of air-strikes"),
    ("times = [0.04, 0.33]", "times = [0.33, 0.04]", 23, "[0.33, 0.04] is no range"),
    ("times = [0.04, 0.33]", "times = [0, 0.3]", 23, "two numbers above 0"),
    ("times = [0.04, 0.33]\n", "", 20, "one range is wanted"),
    (
        'indicator = "air-strikes"\ndaily = [0.6',
        'indicator = "clashes"\ndaily = [0.6',
        8,
        "'calm' predicts no rate of clashes",
    ),
    (
        "[[baseline]]",
        '[[rate]]\nreading = "calm"\nindicator = "violence"\ndaily = [1, 2]\n\n[[baseline]]',
        32,
        "air-strikes and violence count the same incidents",
    ),
    ('source = "made"', 'source = "made"\ndispersion = 0.5', 34, "less than chance"),
    ("sources", "weeks = 0\nsources", 6, "0 weeks are no baseline"),
    ("sources", "weeks = 999999\nsources", 6, "give 1 to 520"),
    ("sources", "coverage = [0.7, inf]\nsources", 6, "[0.7, inf] is no range"),
    ("prior = 1", "prior = nan", 11, "no evidence moves a prior of nan"),
    ('source = "made"', 'source = "made"\ndispersion = inf', 34, "inf is less than chance, or no number"),
    ("sources", "decided = 0.4\nsources", 6, "0.4 decides nothing"),
    ("sources", "least_days = 0\nsources", 6, "0 days tell nothing"),
    ("sources", "coverage = [1.2, 2.0]\nsources", 6, "give a range that holds 1"),
    ("[[reading]]", "[[readings]]", 8, "write [[reading]] for each"),
)


def _faults(folder: Path, text: str) -> list[str]:
    path = folder / "made.toml"
    path.write_text(text, encoding="utf-8")
    return [str(error).removeprefix(f"{folder}/") for error in scenarios.faults(path)]


def test_what_ships_has_no_fault() -> None:
    assert list(scenarios.load()) == ["idlib-after-sochi"]
    one = scenarios.load()["idlib-after-sochi"]
    assert one.indicators == ("air-strikes", "clashes", "territory")
    assert one.rate("hidden-deal", "air-strikes").times == (0.04, 0.33)


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "made.toml"
    path.write_text(WHOLE, encoding="utf-8")
    assert scenarios.read(path).until == dt.date(2021, 3, 31)
    path.write_text(WHOLE.replace("prior = 2", "prior = -2"), encoding="utf-8")
    with pytest.raises(TableError, match=r"made\.toml:17: "):
        scenarios.read(path)
    with pytest.raises(TableError, match="cannot be read"):
        scenarios.read(tmp_path / "none.toml")


@pytest.mark.parametrize(("old", "new", "line", "said"), FAULTS, ids=[row[3][:30] for row in FAULTS])
def test_each_fault_stands_on_its_line_with_its_mend(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in WHOLE
    found = _faults(tmp_path, WHOLE.replace(old, new, 1))
    assert found
    assert any(one.startswith(f"made.toml:{line}: ") and said in one for one in found), found
    assert all("; " in one for one in found)


def test_one_reading_has_no_rival(tmp_path: Path) -> None:
    alone = re.sub(r"\[\[reading\]\]\nid = \"same\".*?\n\n", "", WHOLE, flags=re.DOTALL)
    alone = re.sub(r"\[\[rate\]\]\nreading = \"same\".*?\n\n", "", alone, flags=re.DOTALL)
    assert any("one reading has no rival" in one for one in _faults(tmp_path, alone))


def test_a_blank_asks_for_everything_and_holds_once_answered(tmp_path: Path) -> None:
    blank = scenarios.blank("made", dt.date(2021, 3, 1))
    (asked,) = _faults(tmp_path, blank)
    assert "question is not answered yet" in asked
    answered = blank.replace('area = "?"', 'area = "SYR"').replace('id = "?"', 'id = "calm"')
    answered = answered.replace('reading = "?"', 'reading = "calm"').replace('"?"', '"said"')
    assert _faults(tmp_path, answered) == []


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("air-strikes", "violence", True),
        ("air-strikes", "attacks-on-civilians", True),
        ("violence", "deaths", True),
        ("agreements", "territory", False),
        ("clashes", "attacks-on-civilians", False),
        ("clashes", "air-strikes", False),
    ],
)
def test_what_two_indicators_count_alike_is_asked_of_their_rows(first: str, second: str, same: bool) -> None:
    assert overlap(indicator(first), indicator(second)) is overlap(indicator(second), indicator(first)) is same
