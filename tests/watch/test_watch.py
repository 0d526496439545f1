"""A watch against a real site: lists, rules, pace, redirects, failures, and going on after a stop."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.calling import call
from tests.watch.site import STORY, Site, feed, packed, page, running, sitemap
from trucewatch import reports
from trucewatch.desk import Desk
from trucewatch.errors import DeskError
from trucewatch.nouns import Report
from trucewatch.reports import Source
from trucewatch.watch import Frontier, Pace, Watch, Watched, Watchlist

QUICK = Pace(backoff=0.05, patience=2.0, pause=100.0, tries=3)


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as one:
        yield one


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[Frontier]:
    with Frontier(tmp_path / "watch.frontier") as one:
        yield one


def _listed(site: Site, **given: object) -> Watchlist:
    options = {"name": "Herald", "lists": (f"{site.root}/list",), "delay": 0.0, "every": 0.0} | given
    return Watchlist(sources=(Watched(**options),), allow_private=True)  # type: ignore[arg-type]


def _look(watchlist: Watchlist, frontier: Frontier, pace: Pace = QUICK) -> dict[str, Source]:
    """What one look brings, all of it kept."""
    watch = Watch(watchlist, frontier, pace)
    brought = {}
    for source in watch.sources():
        brought[source.name] = source
        watch.kept(source.name)
    return brought


def _report(source: Source) -> Report:
    (report,) = reports.read_source(source)
    return report


def _least_gap(times: list[float]) -> float:
    return min(after - before for before, after in pairwise(times))


# ---------------------------------------------------------------- lists


def test_the_pages_of_a_feed_are_fetched_once(site: Site, frontier: Frontier) -> None:
    days = {f"{site.root}/taiz": "Tue, 05 Apr 2022 07:00:00 GMT", f"{site.root}/ibb": "Wed, 06 Apr 2022 07:00:00 GMT"}
    site.pages |= {"/list": feed(days), "/taiz": page("Taiz"), "/ibb": page("Ibb")}
    brought = _look(_listed(site, outlet="Tihama Herald"), frontier)
    assert list(brought) == [f"{site.root}/ibb", f"{site.root}/taiz"]  # the newest first
    report = _report(brought[f"{site.root}/taiz"])
    assert (report.text, report.title, report.outlet) == (STORY.format("Taiz"), "Shells on Taiz", "Tihama Herald")
    assert (report.published, report.url) == (dt.date(2022, 4, 5), f"{site.root}/taiz")
    assert _look(_listed(site), frontier) == {}
    assert site.paths() == ["/list", "/ibb", "/taiz", "/list"]
    assert site.asked[-1][3]["If-None-Match"]
    days |= {f"{site.root}/aden": "Thu, 07 Apr 2022 07:00:00 GMT"}
    site.pages |= {"/list": feed(days), "/aden": page("Aden")}
    assert list(_look(_listed(site), frontier)) == [f"{site.root}/aden"]


def test_a_sitemap_index_with_packed_sitemaps(site: Site, frontier: Frontier) -> None:
    site.pages["/list"] = sitemap(
        {f"{site.root}/a.xml.gz": "2022-04-06", f"{site.root}/b.xml": "2022-04-05"}, "sitemap"
    )
    site.pages["/a.xml.gz"] = packed(sitemap({f"{site.root}/taiz": "2022-04-06", f"{site.root}/ibb": "2022-04-05"}))
    site.pages["/b.xml"] = sitemap({f"{site.root}/aden": "2021-01-01"})
    site.pages |= {"/taiz": page("Taiz"), "/ibb": page("Ibb"), "/aden": page("Aden")}
    brought = _look(_listed(site, since=dt.date(2022, 1, 1)), frontier)
    assert set(brought) == {f"{site.root}/taiz", f"{site.root}/ibb"}
    # The day of a page's last change is not the day of its report.
    assert _report(brought[f"{site.root}/taiz"]).published is None
    site.pages["/a.xml.gz"] = packed(sitemap({f"{site.root}/taiz": "2022-04-07", f"{site.root}/ibb": "2022-04-05"}))
    site.pages["/taiz"] = page("Taiz again")
    assert list(_look(_listed(site), frontier)) == [f"{site.root}/taiz"]


def test_a_page_with_a_new_stamp_that_is_the_same_is_not_sent_again(site: Site, frontier: Frontier) -> None:
    site.pages |= {"/list": sitemap({f"{site.root}/taiz": "2022-04-06"}), "/taiz": page("Taiz")}
    assert len(_look(_listed(site), frontier)) == 1
    site.pages["/list"] = sitemap({f"{site.root}/taiz": "2022-04-09"})
    assert _look(_listed(site), frontier) == {}
    assert site.paths() == ["/list", "/taiz", "/list", "/taiz"]


def test_a_list_of_addresses_and_its_filters(site: Site, frontier: Frontier) -> None:
    names = ["news/a", "news/b", "sport/c", "news/video/d"]
    site.pages["/list"] = "".join(f"{site.root}/{name} remark\n" for name in names) + "# no address\n"
    site.pages |= {f"/{name}": page(name) for name in names}
    brought = _look(_listed(site, match="/news/", skip="/video/"), frontier)
    assert set(brought) == {f"{site.root}/news/a", f"{site.root}/news/b"}


def test_no_more_than_wanted(site: Site, frontier: Frontier) -> None:
    site.pages["/list"] = sitemap({f"{site.root}/{day:02}": f"2022-04-{day:02}" for day in range(1, 20)})
    site.pages |= {f"/{day:02}": page(str(day)) for day in range(1, 20)}
    assert list(_look(_listed(site, most=2), frontier)) == [f"{site.root}/19", f"{site.root}/18"]


def test_pages_that_the_file_names(site: Site, frontier: Frontier) -> None:
    site.pages["/taiz"] = page("Taiz")
    watchlist = _listed(site, lists=(), pages=(f"{site.root}/taiz",), date=dt.date(2022, 4, 1))
    (source,) = _look(watchlist, frontier).values()
    assert _report(source).published == dt.date(2022, 4, 1)
    assert _look(watchlist, frontier) == {}


def test_the_date_of_the_list_may_go_first(site: Site, frontier: Frontier) -> None:
    dated = page("Taiz").replace("<article>", '<article><time datetime="2022-04-09">9 April 2022</time>')
    site.pages |= {"/list": feed({f"{site.root}/taiz": "Tue, 05 Apr 2022 07:00:00 GMT"}), "/taiz": dated}
    (source,) = _look(_listed(site, date="list"), frontier).values()
    assert _report(source).published == dt.date(2022, 4, 5)


def test_a_feed_whose_own_text_counts(site: Site, frontier: Frontier) -> None:
    site.pages["/list"] = feed({f"{site.root}/taiz": "Tue, 05 Apr 2022 07:00:00 GMT", f"{site.root}/ibb": "bad day"})
    watchlist = _listed(site, follow=False, outlet="Herald")
    watch = Watch(watchlist, frontier, QUICK)
    first, second = watch.sources()
    assert _report(first).text == STORY.format("taiz")
    assert (_report(first).published, _report(second).published) == (dt.date(2022, 4, 5), None)
    watch.kept(first.name)  # and not the second, which comes again
    assert list(_look(watchlist, frontier)) == [second.name]
    site.pages["/list"] = site.pages["/list"].replace(
        "<item>", "<item><title>x</title><link>/empty</link></item><item>", 1
    )
    assert [source.reason for source in _look(watchlist, frontier).values()] == ["an entry without text"]
    assert _look(watchlist, frontier) == {}
    assert set(site.paths()) == {"/list"}


# ---------------------------------------------------------------- rules and pace


def test_robots_txt_is_obeyed(site: Site, frontier: Frontier) -> None:
    site.pages["/robots.txt"] = (
        "User-agent: *\nDisallow: /\n\nUser-agent: trucewatch\nDisallow: /private/\nCrawl-delay: 0.2\n"
    )
    site.pages["/list"] = "".join(f"{site.root}/{name}\n" for name in ("a", "private/b", "c"))
    site.pages |= {"/a": page("A"), "/private/b": page("B"), "/c": page("C")}
    brought = _look(_listed(site), frontier)
    assert brought[f"{site.root}/private/b"].reason == f"the robots.txt of {site.root[7:]} does not allow it"
    assert site.paths() == ["/list", "/a", "/c"]
    times = [when for _, _, when, _ in site.asked]
    assert _least_gap(times[1:]) >= 0.19
    assert [path for _, path, _, _ in site.asked].count("/robots.txt") == 1


def test_robots_txt_is_not_asked_for_where_the_site_allows_us(site: Site, frontier: Frontier) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: /\n", "/list": f"{site.root}/a\n", "/a": page("A")}
    assert _look(_listed(site, robots=False), frontier)[f"{site.root}/a"].form == "html"


def test_a_robots_txt_that_cannot_be_had_forbids_for_now(site: Site, frontier: Frontier) -> None:
    site.pages |= {"/robots.txt": (503, {}), "/list": f"{site.root}/a\n", "/a": page("A")}
    (failure,) = _look(_listed(site), frontier).values()
    assert failure.reason == "its robots.txt: the server answered 503 (tried 3 times)"
    assert site.paths() == []


def test_each_host_has_its_own_pace(site: Site, frontier: Frontier) -> None:
    hosts = {"127.0.0.1": site.root, "localhost": site.other}
    site.pages["/list"] = "".join(f"{root}/{number}\n" for root in hosts.values() for number in range(3))
    site.pages |= {f"/{number}": page(str(number)) for number in range(3)}
    assert len(_look(_listed(site, delay=0.3), frontier)) == 6
    for host in hosts:
        times = [when for name, _, when, _ in site.asked if name == host]
        assert _least_gap(times) >= 0.29
    order = [host for host, path, _, _ in site.asked if path[1:].isdigit()]
    assert order not in (sorted(order), sorted(order, reverse=True))  # by turns: neither waits for the other


# ---------------------------------------------------------------- what goes wrong


def test_a_busy_server_is_asked_again_and_a_missing_page_is_not(site: Site, frontier: Frontier) -> None:
    site.pages["/list"] = "".join(f"{site.root}/{name}\n" for name in ("busy", "gone", "good", "ever", "feed"))
    site.pages |= {
        "/busy": [(503, {}), (429, {"Retry-After": "1"}), page("Busy")],
        "/good": page("Good"),
        "/ever": (500, {}),
        "/feed": feed({}),
    }
    brought = _look(_listed(site), frontier)
    assert {name.rpartition("/")[2]: source.reason for name, source in brought.items()} == {
        "busy": None,
        "good": None,
        "gone": "the server answered 404",
        "ever": "the server answered 500 (tried 3 times)",
        "feed": "a feed, and no page; it can be watched as a feed",
    }
    asked = [(path, when) for _, path, when, _ in site.asked]
    busy = [when for path, when in asked if path == "/busy"]
    assert len(busy) == 3
    assert busy[2] - busy[1] >= 1.0  # as the server wished
    assert [path for path, _ in asked].count("/gone") == 1
    assert _look(_listed(site), frontier) == {}


def test_a_long_wish_to_wait_is_left_to_a_later_look(site: Site, frontier: Frontier) -> None:
    site.pages |= {"/list": f"{site.root}/a\n", "/a": [(503, {"Retry-After": "3600"}), page("A")]}
    began = time.time()
    assert _look(_listed(site), frontier) == {}
    assert time.time() - began < 60
    assert Watch(_listed(site), frontier, QUICK).due() > time.time() + 3000  # type: ignore[operator]
    assert frontier.waiting() == 1


def test_a_list_that_does_not_answer_now_waits_too(site: Site, frontier: Frontier) -> None:
    site.pages["/list"] = (503, {"Retry-After": "3600"})
    assert (_look(_listed(site), frontier), frontier.waiting()) == ({}, 1)


def test_a_host_that_does_not_answer_is_left_alone(site: Site, frontier: Frontier) -> None:
    site.pages["/list"] = "".join(f"{site.root}/{number}\n" for number in range(20))
    site.pages |= {f"/{number}": (500, {}) for number in range(20)}
    _look(_listed(site), frontier)
    assert len(site.paths()) < 8
    assert frontier.waiting() > 10


def test_redirects_go_to_the_rules_of_where_they_lead(site: Site, frontier: Frontier) -> None:
    site.pages["/list"] = "".join(f"{site.root}/{name}\n" for name in ("moved", "loop", "away", "file", "inside"))
    site.pages |= {
        "/moved": (301, {"Location": "/new"}),
        "/new": page("New"),
        "/loop": (302, {"Location": "/loop"}),
        "/away": (302, {"Location": f"{site.other}/there#top"}),
        "/there": page("There"),
        "/file": (302, {"Location": "file:///etc/hosts"}),
        "/inside": (302, {"Location": "ftp://127.0.0.1/"}),
    }
    brought = _look(_listed(site), frontier)
    assert {name: source.reason for name, source in brought.items()} == {
        f"{site.root}/new": None,
        f"{site.other}/there": None,
        f"{site.root}/loop": "a redirect to itself",
        "file:///etc/hosts": "refused: only http and https are fetched, not file",
        "ftp://127.0.0.1/": "refused: only http and https are fetched, not ftp",
    }
    assert [path for host, path, _, _ in site.asked if host == "localhost"] == ["/robots.txt", "/there"]


def test_private_addresses_are_refused(site: Site, frontier: Frontier) -> None:
    refused = Watchlist(sources=_listed(site).sources)
    (failure,) = _look(refused, frontier).values()
    assert failure.reason == "refused: 127.0.0.1 is at 127.0.0.1, which is no public address"
    assert site.asked == []


def test_a_list_that_is_none_is_a_failure_and_the_others_are_read(site: Site, frontier: Frontier) -> None:
    site.pages |= {
        "/list": page("No list"),
        "/good": f"{site.root}/a\n",
        "/a": page("A"),
        "/bomb.gz": packed(" " * 60_000_000),
    }
    lists = tuple(f"{site.root}/{name}" for name in ("list", "gone", "bomb.gz", "good"))
    reasons = {
        name.rpartition("/")[2]: source.reason for name, source in _look(_listed(site, lists=lists), frontier).items()
    }
    assert reasons == {
        "list": "no feed, no sitemap, and no list of addresses",
        "gone": "the server answered 404",
        "bomb.gz": "larger than 50,000,000 bytes",
        "a": None,
    }


# ---------------------------------------------------------------- going on


def test_what_was_not_kept_comes_again(site: Site, tmp_path: Path) -> None:
    site.pages["/list"] = "".join(f"{site.root}/{number}\n" for number in range(5))
    site.pages |= {f"/{number}": page(str(number)) for number in range(4)}  # and one that is not there
    path = tmp_path / "a.frontier"
    with Frontier(path) as first:
        watch = Watch(_listed(site), first, QUICK)
        brought = watch.sources()
        taken = [next(brought).name, next(brought).name]
        watch.kept(taken[0])
    with Frontier(path) as second:
        rest = _look(_listed(site), second)
    assert taken[0] not in rest
    assert taken[1] in rest
    assert {taken[0], *rest} == {f"{site.root}/{number}" for number in range(5)}


def test_a_folder_is_no_frontier(tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="no file can be made or opened there"):
        Frontier(tmp_path)


def test_one_watch_at_a_time(tmp_path: Path) -> None:
    with Frontier(tmp_path / "a.frontier"), pytest.raises(DeskError, match="another watch is at work on it"):
        Frontier(tmp_path / "a.frontier")


def test_a_file_that_is_no_frontier_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.frontier"
    path.write_bytes(b"something else" * 500)
    with pytest.raises(DeskError, match="is no frontier"):
        Frontier(path)
    assert path.read_bytes() == b"something else" * 500


@pytest.mark.parametrize(("version", "said"), [(0, "a database of something else"), (9000, "a newer Trucewatch")])
def test_a_frontier_of_another_making_is_left_alone(tmp_path: Path, version: int, said: str) -> None:
    path = tmp_path / "a.frontier"
    with contextlib.closing(sqlite3.connect(path)) as other, other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE addresses (state TEXT)")
        other.execute("INSERT INTO addresses VALUES ('given')")
        other.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()
    with pytest.raises(DeskError, match=said):
        Frontier(path)
    assert path.read_bytes() == before


def _write(site: Site, folder: Path, count: int) -> list[str]:
    """A list of sources for a site of pages, and the command that watches it."""
    site.pages["/list"] = "".join(f"{site.root}/{number}\n" for number in range(count)) + f"{site.root}/gone\n"
    site.pages |= {f"/{number}": page(f"village number {number}") for number in range(count)}
    sources = folder / "SOURCES.toml"
    sources.write_text(f'allow_private = true\ndelay = 0\n[[source]]\nname = "Herald"\nurls = "{site.root}/list"\n')
    return [sys.executable, "-m", "trucewatch", "watch", str(sources), "--desk", str(folder / "a.desk")]


def test_the_command_looks_once(site: Site, tmp_path: Path) -> None:
    command = [*_write(site, tmp_path, 3)[3:], "--once"]
    done = call(*command)
    assert done.exit_code == 1, done.stderr
    assert f"failed: {site.root}/gone: the server answered 404" in done.stderr
    assert "3 new reports, 0 known" in done.stdout
    assert "1 input failed; 0 to be visited" in done.stdout
    again = call(*command)
    assert again.exit_code == 0
    assert "0 new reports" in again.stdout
    assert re.search(r"; next look due \d\d \w+ \d\d:\d\d\n", again.stdout)  # why there was nothing new
    with Desk.open(tmp_path / "a.desk", create=False) as desk:
        assert len(list(desk.reports())) == 3
        assert [failure.source for _, failure in desk.failures()] == [f"{site.root}/gone"]


def test_a_watch_that_is_killed_goes_on(site: Site, tmp_path: Path) -> None:
    command = _write(site, tmp_path, 8)
    for round_ in range(2):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        pages = len(site.paths())
        until = time.monotonic() + 20
        while len(site.paths()) < pages + 2 and time.monotonic() < until and process.poll() is None:
            time.sleep(0.02)
        time.sleep(0.5 * round_)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    call(*command[3:], "--once")
    with Desk.open(tmp_path / "a.desk", create=False) as desk:
        urls = sorted(str(report.url) for report in desk.reports())
        failures = [failure.source for _, failure in desk.failures()]
    assert urls == [f"{site.root}/{number}" for number in range(8)]
    assert failures == [f"{site.root}/gone"]


def test_ctrl_c_ends_a_watch_that_waits(site: Site, tmp_path: Path) -> None:
    process = subprocess.Popen(_write(site, tmp_path, 1), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        assert "1 new report" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "Traceback" not in error
