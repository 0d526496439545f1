"""One outlet is one, under whatever name its reports give it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tests.desk.made import V1, report
from trucewatch.desk import Desk, Published
from trucewatch.nouns import Report, Story

AGENCY = ("AFP", "Agence France-Presse")
DAYS = [dt.date(2021, 10, day) for day in (2, 3, 5)]


def told() -> Iterator[Report]:
    for name, day in zip((*AGENCY, "Enab Baladi"), DAYS, strict=True):
        yield report("Shells fell on Ariha.", outlet=name, published=day, id=f"{day:%d}" * 8)


def test_two_names_of_an_outlet_are_one(desk: Desk) -> None:
    every = list(told())
    first, again = every[:2]
    with desk.writer(V1) as writer:
        for one in every:
            writer.store(one, ())
    with desk.deriving() as derived:
        derived.replace_stories((), [Story(id="s", outlet=first.outlet, reports=tuple(one.id for one in every))])
    agency, paper = desk.published()
    assert agency == Published(outlet=AGENCY[1], reports=2, copies=0, first=DAYS[0], last=DAYS[1])
    assert (paper.outlet, paper.reports, paper.copies) == ("Enab Baladi", 1, 1)
    assert desk.outlets() == [AGENCY[1], "Enab Baladi"]
    assert desk.published("AFP") == [agency] and desk.published("Enab Baladi") == [paper]
    assert desk.published("Nobody's") == []
    for name in AGENCY:
        assert [one for _, one in desk.reports_before(0, 9, name)] == [again, first]
        assert [story.id for story in desk.chains(name)] == ["s"]
    with desk.news() as news:
        assert [one for _, one in news.reports("France-Pre")] == [again, first]
        assert len(list(news.reports())) == 3 and not list(news.reports("Nobody's"))
