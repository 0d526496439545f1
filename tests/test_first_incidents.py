"""The newcomer's page, word for word: its feed list is watched and its commands are run against three small sites."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.calling import call
from tests.watch.site import Site, running
from trucewatch.desk import Desk

PAGE = (Path(__file__).parent.parent / "docs" / "first-incidents.md").read_text(encoding="utf-8")
AGENCY = (
    "Rebels shelled the town of Saraqib on Tuesday and killed three soldiers, the Syrian army said.",
    "The shells fell on a checkpoint near the market at about noon, and the road to Aleppo was closed for two hours.",
    "It was the first attack on the town since the ceasefire began, a spokesman said in Damascus on Wednesday.",
    "Turkish and Russian officers talked by telephone in the evening, and both sides said that the truce holds.",
)
STORIES = {
    "border-desk": {
        "shells": ("Shells fall on Saraqib", "2021-09-29", AGENCY),
        "drone": (
            "Drone hits convoy near Afrin",
            "2021-09-30",
            (
                "A drone struck a convoy of the Syrian National Army near Afrin on Thursday and wounded two fighters, residents said.",
                "Nobody has said who sent the drone. The convoy was on its way to the front line, one of the residents said.",
            ),
        ),
        "toll": (
            "Toll of Saraqib shelling rises to five",
            "2021-09-30",
            (
                "Five soldiers were killed when rebels shelled the town of Saraqib on Tuesday, the Syrian army said on Thursday.",
                "Two of them died of their wounds in a hospital in Aleppo. The army had spoken of three dead the day before.",
            ),
        ),
    },
    "harbour-post": {
        "quiet-ends": (
            "A quiet month ends in the north",
            "2021-09-29",
            (*AGENCY[:3], "Readers of this paper know the town from our summer series on its bakers and their ovens."),
        ),
    },
    "valley-radio": {
        "saraqib": (
            "Soldiers killed in Saraqib",
            "2021-09-29",
            (
                "In Saraqib three soldiers were killed on Tuesday in an artillery attack by rebel fighters, a monitor told the radio.",
                "The attack began around midday. Shops closed early, and many people stayed at home until the evening.",
            ),
        ),
    },
}


def page(title: str, day: str, paragraphs: tuple[str, ...]) -> str:
    """A page of a site."""
    head = f'<title>{title}</title><meta property="article:published_time" content="{day}T18:00:00Z">'
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!DOCTYPE html><html><head>{head}</head><body><h1>{title}</h1><article>{body}</article></body></html>"


@pytest.fixture
def sites() -> Iterator[Site]:
    """The three sites of the page, as folders of one."""
    with running() as site:
        for name, stories in STORIES.items():
            items = ""
            for path, story in stories.items():
                site.pages[f"/{name}/{path}"] = page(*story)
                items += f"<item><title>{story[0]}</title><link>{site.root}/{name}/{path}</link></item>"
            site.pages[f"/{name}/rss"] = f"<rss><channel><title>{name}</title>{items}</channel></rss>"
        yield site


def run(line: str) -> str:
    """What a command of the page prints; it must go well."""
    result = call(*shlex.split(line)[1:], columns=120)
    assert result.exit_code == 0, f"{line}: {result.output}"
    return result.output


def incidents() -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("trucewatch incidents --format json").splitlines() if line.startswith("{")]


def names(told: list[dict[str, Any]]) -> dict[str, str]:
    """What the page's placeholders stand for, once the sites were read."""
    first = max(told, key=lambda one: len(one["claims"]))
    other = next(one for one in told if one["type"] == "ASSAULT" and one["id"] != first["id"])
    return {"INCIDENT-ID": first["id"], "OTHER-ID": other["id"], "CLAIM-ID": first["claims"][-1]}


def test_the_page_leads_from_a_feed_list_to_a_table_of_incidents(
    sites: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRUCEWATCH_DESK", "first.desk")
    [listed] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    listed = re.sub(r"https://([a-z-]+)\.example", rf"{sites.root}/\1", listed)
    Path("sources.toml").write_text(f"allow_private = true\ndelay = 0\n{listed}", encoding="utf-8")
    commands = re.findall(r"^    (trucewatch .*)$", PAGE, re.MULTILINE)
    ids: dict[str, str] = {}
    counts = []
    for command in commands:
        for name, value in ids.items():
            command = command.replace(name, value)
        printed = run(command)
        if " watch " in command:
            assert "5 new reports" in printed
            told = incidents()
            ids = names(told)
        if " merge " in command or " undo " in command:
            counts.append(len(incidents()))
        if " correct " in command:
            ids["JUDGEMENT-ID"] = printed.split()[0]
    assert counts == [len(told) - 1, len(told) - 1]
    assert [command.split()[1] for command in commands].count("incidents") >= 3


def test_a_copy_is_no_further_source_and_a_higher_toll_widens_the_range(
    sites: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRUCEWATCH_DESK", "first.desk")
    feeds = "".join(
        f'[[source]]\nname = "{name}"\nfeed = "{sites.root}/{name}/rss"\noutlet = "{name}"\n' for name in STORIES
    )
    Path("sources.toml").write_text(f"allow_private = true\ndelay = 0\n{feeds}", encoding="utf-8")
    run("trucewatch watch sources.toml --once")
    with Desk.open("first.desk", create=False) as desk:
        assert sorted(len(story.reports) for story in desk.stories()) == [1, 1, 1, 2]
        shelling = max(desk.incidents(), key=lambda one: len(one.claims))
        reports = {claim.partition(".")[0] for claim in shelling.claims}
    [chain] = run("trucewatch stories").strip().split("\n\n")
    told = [line.split()[3] for line in chain.splitlines()[2:]]
    assert told == ["border-desk", "harbour-post"]
    assert shelling.place is not None and shelling.place.name == "Saraqib"
    assert shelling.time is not None and shelling.time.start.isoformat() == "2021-09-28"
    assert len(reports) == 4
    assert shelling.sources == 2  # the Harbour Post prints a copy, and the Border Desk tells of it twice
