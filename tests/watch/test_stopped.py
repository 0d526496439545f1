"""A look of a watch that is stopped between two reports of one page."""

from __future__ import annotations

import contextlib
import itertools
import json
from pathlib import Path

from tests.watch.site import STORY, running
from trucewatch.cli import intake
from trucewatch.desk import Desk
from trucewatch.run import Options
from trucewatch.watch import Frontier, Watch, Watched, Watchlist

POSTS = [{"datePublished": f"2021-10-0{day}", "articleBody": STORY.format(f"village {day}")} for day in (5, 6)]
BLOG = {"@type": "LiveBlogPosting", "headline": "Live", "datePublished": "2021-10-05", "liveBlogUpdate": POSTS}


def test_a_page_of_several_reports_comes_again_until_all_are_kept(tmp_path: Path) -> None:
    looks = []
    with running() as site:
        data = f'<script type="application/ld+json">{json.dumps(BLOG)}</script>'
        site.pages |= {
            "/list": f"{site.root}/live\n",
            "/live": f"<html><head>{data}</head><body><div></div></body></html>",
        }
        watched = Watched(name="Herald", lists=(f"{site.root}/list",), delay=0.0, every=0.0)
        for most in (1, 9, 9):
            watchlist = Watchlist(sources=(watched,), allow_private=True)
            with (
                Desk.open(tmp_path / "a.desk") as desk,
                Frontier(tmp_path / "a.frontier") as frontier,
                contextlib.closing(intake._kept(Watch(watchlist, frontier), desk, Options())) as outcomes,
            ):
                looks.append([outcome.new for outcome in itertools.islice(outcomes, most)])
    assert looks == [[True], [False, True], []]
