"""SOURCES.toml: what it may say, and the line of every fault in it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import msgspec
import pytest

from trucewatch.errors import TableError
from trucewatch.watch import load, watchlist

WHOLE = """
every = "30m"
delay = 2.5
contact = "https://example.org/about"

[[source]]
name = "Border Desk"
feed = "https://borderdesk.example/rss"
outlet = "Border Desk"
date = "list"

[[source]]
name = "Ministry"
sitemap = "https://ministry.example/sitemap.xml.gz"
match = "/statements/"
since = 2023-01-01
every = "1d"
delay = 10
most = 20
robots = false

[[source]]
name = "By hand"
urls = "addresses.txt"
date = 2021-09-30
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "SOURCES.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_that_a_file_may_say(tmp_path: Path) -> None:
    (tmp_path / "addresses.txt").write_text("# two of them\nhttps://a.example/1 first\n\nhttp://b.example:8080/2\n")
    found = load(_write(tmp_path, WHOLE))
    desk, ministry, hand = found.sources
    assert found.agent == "trucewatch (https://example.org/about)"
    assert not found.allow_private
    assert (desk.lists, desk.outlet, desk.date) == (("https://borderdesk.example/rss",), "Border Desk", "list")
    assert (desk.every, desk.delay, desk.follow, desk.robots) == (1800.0, 2.5, True, True)
    assert (ministry.every, ministry.delay, ministry.most, ministry.robots) == (86400.0, 10.0, 20, False)
    assert (ministry.match, ministry.since) == ("/statements/", dt.date(2023, 1, 1))
    assert hand.pages == ("https://a.example/1", "http://b.example:8080/2")
    assert hand.date == dt.date(2021, 9, 30)


def test_a_list_of_addresses_may_stand_in_the_file_or_on_the_web(tmp_path: Path) -> None:
    text = '[[source]]\nname = "a"\nurls = ["https://a.example/1"]\n[[source]]\nname = "b"\nurls = "https://b.example/list.txt"\n'
    first, second = load(_write(tmp_path, text)).sources
    assert (first.pages, first.lists) == (("https://a.example/1",), ())
    assert (second.pages, second.lists) == ((), ("https://b.example/list.txt",))


SOURCE = '[[source]]\nname = "a"\nfeed = "https://a.example/rss"\n'
FAULTS = [
    ("[[source]\n", 1, "Expected"),
    ('name = "x"\n\nname = "y"\n', 3, "Cannot overwrite"),
    ("", 1, r"there is no \[\[source\]\] in it"),
    ("source = []\n", 1, r"there is no \[\[source\]\] in it"),
    (f"{SOURCE}\n[[source]]\nname = 'b'\n", 6, "0 of feed, sitemap, urls are given; give one of the three"),
    (f"{SOURCE}sitemap = 'https://a.example/map.xml'\n", 4, "2 of feed, sitemap, urls are given"),
    (f"{SOURCE}{SOURCE}", 5, "the name 'a' is taken"),
    (f"{SOURCE}outlets = 'A'\n", 4, "no key is called 'outlets'"),
    (f"colour = 1\n{SOURCE}", 1, "no key is called 'colour'"),
    (f"every = '1 hour'\n{SOURCE}", 1, """'1 hour' is no length of time; write "30m", "6h" or "1d\""""),
    (f"{SOURCE}\nevery = 30\n", 5, "'every' is a whole number, and text is asked for"),
    (f"{SOURCE}\n# a remark\nmost = 0\n", 6, "expected `int` >= 1"),
    (f"{SOURCE}delay = -1\n", 4, "expected `float` >= 0"),
    (f"{SOURCE}follow = 'yes'\n", 4, "'follow' is text, and true or false is asked for"),
    (f"{SOURCE}match = '('\n", 4, "no regular expression"),
    (f"{SOURCE}date = 'yesterday'\n", 4, 'yesterday tells no date; write "page", "list", or a day such as 2021-09-30'),
    (f"{SOURCE}date = 2021-09-30T10:00:00\n", 4, 'tells no date; write "page", "list", or a day such as 2021-09-30'),
    (f"{SOURCE}since = 'x'\n", 4, "write a day such as 2021-09-30"),
    ("[[source]]\nfeed = 'https://a.example/rss'\n", 1, "'name' is missing"),
    ("[[source]]\nname = 'a'\nfeed = 'ftp://a.example/rss'\n", 3, "'ftp://a.example/rss' is no address"),
    ("[[source]]\nname = 'a'\nfeed = 'https://'\n", 3, "'https://' is no address"),
    ("[[source]]\nname = 'a'\nurls = ['x']\n", 3, "'x' is no address"),
    ("[[source]]\nname = 'a'\nurls = 'gone.txt'\n", 3, "there is no list of addresses at"),
    ("[[source]]\nname = 'a'\nsitemap = 'https://a.example/'\nfollow = false\n", 4, "only a feed carries the text"),
    (f"contact = 'caf\u00e9'\n{SOURCE}", 1, "what is sent to servers is plain ASCII"),
    (f"allow_private = 1\n{SOURCE}", 1, "'allow_private' is a whole number, and true or false is asked for"),
]


@pytest.mark.parametrize(("text", "line", "reason"), FAULTS)
def test_faults_are_told_with_their_line(text: str, line: int, reason: str, tmp_path: Path) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(TableError) as caught:
        load(path)
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(f"{path}:{line}: "), said
    assert re.search(reason.replace("`", "'"), said.removeprefix(f"{path}:{line}: ")), said


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        load(tmp_path / "gone.toml")
    path = tmp_path / "bad.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TableError, match="not UTF-8"):
        load(path)


@pytest.mark.parametrize("page", ["intake.md", "first-incidents.md"])
def test_the_lists_in_the_documentation_are_good(page: str, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text(encoding="utf-8")
    (tmp_path / "addresses.txt").write_text("https://a.example/1\n")
    (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert len(load(_write(tmp_path, block)).sources) == 3


def test_every_key_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")
    keys = {field.name for form in (watchlist._Source, watchlist._File) for field in msgspec.structs.fields(form)} - {
        "source"
    }
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []
