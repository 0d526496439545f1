"""How well words of time are found and resolved: TimeBank, the timenorm phrases, GUM, and the gold reports.

    python -m benchmarks.times [--errors]

TimeBank is for measuring alone; nothing here is tuned to a phrase of it. A value is right when our period, at
the fineness of the annotated value, is that value: "early 1990" is right in 1990, "Tuesday" only on its day.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import ROOT, SHARED
from trucewatch.claims import periods
from trucewatch.claims.timegrammar import Tense
from trucewatch.claims.when import find, resolve
from trucewatch.nouns import Period

TIMES = SHARED / "corpora" / "times"
_YEAR = re.compile(r"\b[12]\d\d\d")
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_TENSES: dict[str, Tense] = {"PAST": "past", "FUTURE": "future", "PRESENT": "present"}


class Told(NamedTuple):
    """An annotated expression: its words, value, the day of writing, the tense beside it, and where it is."""

    words: str
    value: str
    written: dt.date | None
    tense: Tense | None
    where: str


def period(value: str) -> Period | None:
    """The period of a TIMEX3 value; None for values without bounds (PAST_REF, 1989-WXX)."""
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)(T.*)?", value):
        return periods.day(dt.date.fromisoformat(match[1]))
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return periods.month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return periods.weekend(monday) if match[3] else periods.week(monday)
    if match := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        size = 3 if match[2] == "Q" else 6
        return periods.months(int(match[1]), (int(match[3]) - 1) * size + 1, size)
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return periods.months(int(match[1]), _SEASONS[match[2]], 3)
    if match := re.fullmatch(r"(\d{2,4})(X{0,2})", value):
        width = 10 ** (4 - len(match[1]))
        return periods.year(int(match[1]) * width, width)
    return None


def agrees(ours: Period | None, gold: Period) -> bool:
    """Is our period the annotated one, or a part of it?"""
    return ours is not None and gold.start <= ours.start and ours.end <= gold.end


# ---------------------------------------------------------------- the corpora


def timebank(archive: Path) -> Iterator[tuple[dt.date, str, list[tuple[int, int, Told]]]]:
    """Day of writing, text, and its annotated DATE expressions with their offsets, of every document."""
    with tarfile.open(archive) as files:
        for member in files.getmembers():
            stream = files.extractfile(member) if member.name.endswith(".tml") else None
            if stream:
                yield _document(member.name, stream.read().decode("utf-8"))


def _document(name: str, source: str) -> tuple[dt.date, str, list[tuple[int, int, Told]]]:
    created = re.search(r'value="(\d{4}-\d\d-\d\d)[^"]*"[^>]*functionInDocument="CREATION_TIME"', source)
    written = dt.date.fromisoformat(created[1]) if created else dt.date.min
    instances = dict(re.findall(r'<MAKEINSTANCE[^>]*eventID="(\w+)"[^>]*tense="(\w+)"', source))
    body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.DOTALL)
    text, at, told, events = "", 0, [], []
    for tag in re.finditer(r"<(EVENT|TIMEX3)\b([^>]*)>(.*?)</\1>|<[^>]+>", body[1] if body else "", re.DOTALL):
        text += _plain((body[1] if body else "")[at : tag.start()])
        at = tag.end()
        if not tag[1]:
            continue
        start, inner = len(text), _plain(re.sub(r"<[^>]+>", "", tag[3]))
        text += inner
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag[2]))
        if tag[1] == "EVENT":
            events.append((start, _TENSES.get(instances.get(attributes["eid"], ""))))
        else:
            told.append((start, len(text), inner, attributes))
    text += _plain((body[1] if body else "")[at:])
    dates = [
        (start, end, Told(words, given["value"], written, _beside(text, start, events), name))
        for start, end, words, given in told
        if given["type"] == "DATE" and given.get("functionInDocument") != "CREATION_TIME"
    ]
    return written, text, dates


def _plain(text: str) -> str:
    return re.sub(r"\s", " ", text.replace("&amp;", "&").replace("&apos;", "'").replace("&quot;", '"'))


def _beside(text: str, at: int, events: Sequence[tuple[int, Tense | None]]) -> Tense | None:
    """The tense of the nearest event of the sentence that has one."""
    first, last = text.rfind(". ", 0, at) + 1, text.find(". ", at)
    near = [
        (abs(start - at), tense)
        for start, tense in events
        if first <= start < (last if last > 0 else len(text)) and tense
    ]
    return min(near)[1] if near else None


def timenorm(file: Path) -> Iterator[Told]:
    """The phrases of the timenorm file: a block a document, its first line the day of writing."""
    for block in file.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line.count("\t") == 2]
        if rows:
            written = dt.date.fromisoformat(rows[0][2][:10])
            for words, kind, value in rows[1:]:
                if kind == "DATE":
                    yield Told(words, value, written, None, file.name)


def gum(archive: Path) -> Iterator[Told]:
    """The dates of GUM that have a year or more in their value; its news tell the day of writing."""
    with tarfile.open(archive) as files:
        for member in files.getmembers():
            stream = files.extractfile(member) if member.name.endswith(".xml") else None
            if not stream:
                continue
            source = stream.read().decode("utf-8")
            head = re.search(r'type="news"[^>]*dateCreated="(\d{4}-\d\d-\d\d)"', source)
            written = dt.date.fromisoformat(head[1]) if head else None
            for tag, inner in re.findall(r"<date\b([^>]*)>(.*?)</date>", source, re.DOTALL):
                words = " ".join(line.split("\t")[0] for line in inner.splitlines() if "\t" in line)
                given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
                value = given.get("when") or f"{given.get('from')}/{given.get('to')}"
                yield Told(re.sub(r" ([,.'’])", r"\1", words), value, written, None, member.name)


def _gold(value: str) -> Period | None:
    if "/" not in value:
        return period(value)
    first, last = (period(part) for part in value.split("/"))
    return periods.span(first.start, last.end) if first and last and first.start <= last.end else None


# ---------------------------------------------------------------- measuring


def value_accuracy(name: str, told: Sequence[Told], errors: bool) -> None:
    """Print how many values with bounds we resolve rightly."""
    right, same, of, wrong = 0, 0, 0, Counter[str]()
    for each in told:
        gold = _gold(each.value)
        if gold is None:
            continue
        ours = resolve(each.words, each.written, each.tense)
        of += 1
        right += agrees(ours.period if ours else None, gold)
        same += ours is not None and (ours.period.start, ours.period.end) == (gold.start, gold.end)
        if not agrees(ours.period if ours else None, gold):
            given = f"{ours.period.start}..{ours.period.end} ({ours.rule})" if ours else "nothing"
            wrong[f"{each.words!r} of {each.written} {each.tense}: {each.value}, not {given}"] += 1
    print(f"{name:<44} {right}/{of} = {right / of:.3f}   (the very same period: {same / of:.3f})")
    if errors:
        for line, count in wrong.most_common():
            print(f"    {count} {line}")


def found(documents: Sequence[tuple[dt.date, str, list[tuple[int, int, Told]]]], errors: bool) -> None:
    """Print how many annotated dates are found in their text, and how long it takes a sentence."""
    hit = of = sentences = 0
    began = time.process_time()
    for _, text, dates in documents:
        spans = [(words.start, words.end) for words in find(text)]
        sentences += len(re.findall(r"[.?!] ", text))
        for start, end, told in dates:
            if _gold(told.value) is None:
                continue
            of += 1
            there = any(first < end and last > start for first, last in spans)
            hit += there
            if errors and not there:
                print(f"    not found: {text[max(0, start - 40) : start]}[{told.words}]{text[end : end + 20]}")
    micros = (time.process_time() - began) / sentences * 1e6
    name = "TimeBank: dates found in their text"
    print(f"{name:<44} {hit}/{of} = {hit / of:.3f}   ({micros:.0f} µs a sentence)")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print every figure of ``docs/times.md``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--errors", action="store_true", help="list what was wrong")
    options = parser.parse_args(arguments)
    if not TIMES.is_dir():
        sys.exit(f"skipped: no {TIMES.relative_to(ROOT.parent)} beside the repository")
    documents = list(timebank(TIMES / "timebank.tar.gz"))
    dates = [told for _, _, there in documents for _, _, told in there]
    found(documents, options.errors)
    value_accuracy("TimeBank: values of dates, tense beside", dates, options.errors)
    value_accuracy("TimeBank: values of dates, no tense", [told._replace(tense=None) for told in dates], False)
    value_accuracy("timenorm phrases, no tense", list(timenorm(TIMES / "timenorm-en.tsv")), False)
    told = list(gum(TIMES / "gum-xml.tar.gz"))
    value_accuracy("GUM: values of dates with their year", [t for t in told if _YEAR.search(t.words)], options.errors)
    value_accuracy("GUM news: values of all dates", [t for t in told if t.written], options.errors)


if __name__ == "__main__":
    main()
