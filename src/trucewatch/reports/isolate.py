"""Pages that look hostile are read in a process of their own, with a limit of time and memory, and killed beyond it."""

from __future__ import annotations

import re
import subprocess
import sys

import msgspec

from trucewatch.errors import UnreadableError
from trucewatch.nouns import Noun, Report
from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.facts import Facts

_LARGE = 1_500_000
_DEEP = 200
_LONG_TAG = 20_000
_MANY_TAGS = 60_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
# Elements without an end tag, or whose end tag is optional: they say nothing of depth.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "path",
        "use",
        "rect",
        "circle",
        "g",
        "svg",
        "polygon",
        "line",
        "stop",
    ]
)
_MEMORY = 3_000_000_000


class Task(Noun):
    """What the other process is asked for."""

    html: str
    known: Facts
    options: ReadOptions


class Answer(Noun):
    """What it gives: a report, or why there is none."""

    report: Report | None = None
    reason: str | None = None


def looks_hostile(html: str) -> bool:
    """Is a page so large, so deep or so odd that a parser may hang on it? Takes about a millisecond for a usual page."""
    if len(html) > _LARGE or html.count("<") > _MANY_TAGS:
        return True
    return _has_long_tag(html) or _depth(html) > _DEEP


def _has_long_tag(html: str) -> bool:
    """A tag of tens of thousands of characters is data in attributes, or an attack."""
    at = 0
    while (start := html.find("<", at)) >= 0:
        at = html.find(">", start)
        if at < 0:
            return len(html) - start > _LONG_TAG
        if at - start > _LONG_TAG and not html.startswith("<!--", start):
            return True
    return False


def _depth(html: str) -> int:
    depth = deepest = 0
    for closing, name in _TAG.findall(html):
        if name.lower() in _FLAT:
            continue
        depth = max(depth - 1, 0) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def read_html(html: str, known: Facts, options: ReadOptions) -> Report:
    """The report of a page, read by another process; raises UnreadableError when time or memory runs out."""
    task = msgspec.json.encode(Task(html=html, known=known, options=options))
    command = [sys.executable, "-m", "trucewatch.reports.isolate"]
    try:
        done = subprocess.run(command, input=task, capture_output=True, timeout=options.page_seconds, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"the page could not be parsed within {options.page_seconds:g} seconds") from None
    try:
        answer = msgspec.json.decode(done.stdout, type=Answer)
    except msgspec.DecodeError:
        raise UnreadableError("the page broke its parser") from None
    if answer.report is None:
        raise UnreadableError(answer.reason or "the page could not be read")
    return answer.report


def main() -> None:
    """Entry point of the other process: a Task on standard input, an Answer on standard output."""
    from trucewatch.reports import reader

    _limit_memory()
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    try:
        answer = Answer(report=reader.read_page(task.html, task.known, task.options))
    except UnreadableError as error:
        answer = Answer(reason=str(error))
    except (MemoryError, RecursionError):
        answer = Answer(reason="the page needs more memory than a page may")
    sys.stdout.buffer.write(msgspec.json.encode(answer))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return  # no such limit on Windows; the time limit still holds
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
