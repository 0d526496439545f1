"""The outlook benchmark in short: it looks at nothing that came later, and counts as the reference marks were counted."""

from __future__ import annotations

import xml.etree.ElementTree as xml

import numpy as np
import pytest

from benchmarks import outlook, panels
from benchmarks.panels import Panel
from benchmarks.reliability import Diagram, drawn
from trucewatch.outlook import scores


def _panel(period: str = "week", first_month: int | None = None) -> Panel:
    counts = np.random.default_rng(1).poisson(5, (3, 70)).astype(float)
    return Panel("made up", counts, period, 54, 62, first_month)


@pytest.mark.parametrize("name", list(outlook.MODELS))
def test_no_model_sees_what_comes_after_its_origin(name: str) -> None:
    panel = _panel("month", 1)
    said = list(outlook.forecasts(panel, name, 2))
    later = panel.counts.copy()
    later[:, 60:] += 50
    again = list(outlook.forecasts(panel._replace(counts=later), name, 2))
    # The forecast of period 61 was made after period 59.
    early = [at for at, one in enumerate(said) if one.at < 60]
    assert [said[at] for at in early] == [again[at] for at in early]
    known = [at for at, one in enumerate(said) if one.at in (60, 61)]
    assert [(said[at].above, said[at].at_least) for at in known] == [
        (again[at].above, again[at].at_least) for at in known
    ]
    assert [said[at].crps for at in known] != [again[at].crps for at in known]


def test_the_table_and_the_diagram_show_what_was_measured() -> None:
    panel = _panel()
    every = list(outlook.forecasts(panel, outlook.OURS, 1))
    marks = outlook.marks(panel, every)
    assert 0.3 < marks.half < 0.7 and 0.75 < marks.most < 1
    assert marks.crps == pytest.approx(np.mean([one.crps for one in every]))
    *_, line = outlook.table(panel, {"1": {outlook.OURS: marks}})
    assert line.startswith("ours") and f"{marks.crps:.2f}" in line and len(line) < 80
    bins = scores.reliability([one.above for one in every], [one.exceeded for one in every])
    picture = xml.fromstring(drawn([Diagram("1 week ahead", bins)]))
    assert len(picture.findall("{*}circle")) == len(bins)


@pytest.mark.skipif(not panels.GED.exists(), reason="UCDP's rows are not at hand")
def test_the_reference_marks_are_met_by_the_same_models() -> None:
    panel = panels.weeks("as the marks", 1, 3)
    assert panel.counts.shape == (14, 156)
    base = outlook.marks(panel, list(outlook.forecasts(panel, "base rate, a year", 1)))
    assert base.crps == pytest.approx(2.71, abs=0.04)
    assert base.brier_least == pytest.approx(0.196, abs=0.003)
    some = {name: outlook.marks(panel, list(outlook.forecasts(panel, name, 1, 6))).crps for name in outlook.MODELS}
    assert min(some, key=lambda name: some[name]) == outlook.OURS
