"""What may hang or break its parser is read in a process of its own, with a limit of time and memory, and killed beyond.

That are pages that look hostile, every PDF, the archives whose parsers are not written in Python, and lists, feeds and
mail of which much memory may be made.
"""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO, BinaryIO

import msgspec

from trucewatch.errors import TrucewatchError, UnreadableError
from trucewatch.nouns import Noun, Report
from trucewatch.reports.assemble import ReadOptions
from trucewatch.reports.entry import Entry
from trucewatch.reports.facts import Facts

_LARGE = 1_500_000
_DEEP = 200
_LONG_TAG = 20_000
_MANY_TAGS = 60_000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
# Elements without an end tag, or whose end tag is optional: they say nothing of depth.
_FLAT = frozenset(
    (
        "area base br col embed hr img input link meta source track wbr p li td th tr dt dd option thead tbody "
        "tfoot colgroup path use rect circle g svg polygon line stop"
    ).split()
)
_MEMORY = 3_000_000_000
_PARTS = 1_000_000
"""Values, tags or lines of a whole file, each of which takes some hundred bytes of memory."""
_LENGTH = struct.Struct("<Q")
"""What stands before each message between the two processes: its length in bytes."""


class Task(Noun):
    """What the other process is asked for."""

    form: str
    """``html``, ``fragment`` (HTML without a page around it) and ``pdf`` give reports;
    ``warc``, ``parquet``, ``json``, ``feed``, ``telegram``, ``docx`` and ``eml`` give entries."""
    text: str = ""
    raw: bytes = b""
    """Of a PDF, or of a file that is parsed as a whole."""
    path: str = ""
    span: tuple[int, int] | None = None
    """Of a file that stands in that one as it is, its first byte and how many there are."""
    known: Facts = Facts()
    options: ReadOptions = ReadOptions()


class Answer(Noun):
    """What it gives: a report, one of many entries, or why there is none. An empty one says that it is at work."""

    report: Report | None = None
    entry: Entry | None = None
    reason: str | None = None
    ended: bool = False
    """Whether that was all."""


def looks_hostile(html: str) -> bool:
    """Is a page so large, so deep or so odd that a parser may hang on it? Takes about a millisecond for a usual page."""
    if len(html) > _LARGE or html.count("<") > _MANY_TAGS:
        return True
    return _has_long_tag(html) or _depth(html) > _DEEP


def looks_heavy(raw: bytes) -> bool:
    """May far more memory be made of a list, a feed or a message than its bytes take?"""
    return sum(map(raw.count, (b",", b"[", b"{", b"<", b"&", b"=", b"\n"))) > _PARTS


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


def read_html(task: Task) -> list[Report]:
    """The reports of a page or a fragment, read by another process; raises UnreadableError when time or memory runs out."""
    return _reports(task, "the page")


def read_pdf(raw: bytes, known: Facts, options: ReadOptions) -> Report:
    """The report of a PDF; raises UnreadableError, and MissingExtraError where its library is not installed."""
    from trucewatch.reports import pdf

    pdf.require()
    return _reports(Task(form="pdf", raw=raw, known=known, options=options), "the PDF")[0]


def entries(task: Task, what: str) -> Iterator[Entry]:
    """The entries of a file of many; ends in an UnreadableError where it is damaged or one of them takes too long."""
    for answer in _answers(task, what):
        if answer.entry is not None:
            yield answer.entry


def _reports(task: Task, what: str) -> list[Report]:
    reports = [answer.report for answer in _answers(task, what) if answer.report is not None]
    if not reports:
        raise UnreadableError(f"{what} could not be read")
    return reports


def _answers(task: Task, what: str) -> Iterator[Answer]:
    """What the other process answers, each answer within the time for a page. Raises UnreadableError."""
    command = [sys.executable, "-m", "trucewatch.reports.isolate"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdin is not None and process.stdout is not None  # for the type checker
        try:
            watch = _Watch(process, task.options.page_seconds)
            with watch:
                _send(process.stdin, msgspec.msgpack.encode(task))
            while True:
                with watch:
                    frame = _receive(process.stdout)
                answer = msgspec.msgpack.decode(frame, type=Answer) if frame else None
                if answer is None and watch.is_over:
                    raise UnreadableError(f"{what} could not be parsed within {task.options.page_seconds:g} seconds")
                if answer is None:
                    raise UnreadableError(f"{what} broke its parser")
                if answer.reason is not None:
                    raise UnreadableError(answer.reason)
                yield answer
                if answer.ended:
                    return
        finally:
            process.kill()


class _Watch:
    """Kills a process that is waited for (``with``) longer than it may take."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self.is_over = False

    def __enter__(self) -> None:
        self._timer = threading.Timer(self._seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.is_over = True
        self._process.kill()


def _send(stream: IO[bytes], message: bytes) -> None:
    try:
        stream.write(_LENGTH.pack(len(message)))
        stream.write(message)
        stream.flush()
    except OSError:
        return  # it died; that comes out when it is asked for an answer


def _receive(stream: IO[bytes]) -> bytes:
    """The next message; b"" where the other side is gone."""
    length = stream.read(_LENGTH.size)
    if len(length) < _LENGTH.size:
        return b""
    size = _LENGTH.unpack(length)[0]
    message = stream.read(size)
    return message if len(message) == size else b""


def main() -> None:
    """Entry point of the other process: a Task on standard input, Answers on standard output."""
    _limit_memory()
    task = msgspec.msgpack.decode(_receive(sys.stdin.buffer), type=Task)
    try:
        for answer in _work(task):
            _send(sys.stdout.buffer, msgspec.msgpack.encode(answer))
        last = Answer(ended=True)
    except TrucewatchError as error:
        last = Answer(reason=str(error))
    except (MemoryError, RecursionError):
        last = Answer(reason="it needs more memory than a page may")
    _send(sys.stdout.buffer, msgspec.msgpack.encode(last))


def _work(task: Task) -> Iterator[Answer]:
    from trucewatch.reports import reader
    from trucewatch.reports.parquet import parquet_entries
    from trucewatch.reports.pdf import read_pdf
    from trucewatch.reports.sources import whole_entries
    from trucewatch.reports.warc import warc_entries

    if task.form in ("html", "fragment"):
        for report in reader.read_page(task.text, task.known, task.options, task.form):
            yield Answer(report=report)
    elif task.form == "pdf":
        yield Answer(report=read_pdf(task.raw, task.known, task.options))
    elif task.form == "parquet":
        for entry in parquet_entries(task.path, task.options):
            yield Answer(entry=entry)
    elif task.form == "warc":
        with _opened(task) as stream:
            for page in warc_entries(stream, task.options.max_bytes):
                yield Answer(entry=page)
    else:
        for entry in whole_entries(task.form, task.raw, task.options):
            yield Answer(entry=entry)


def _opened(task: Task) -> BinaryIO:
    """The archive that is to be read: at hand, in another file, or a file."""
    from trucewatch.reports import archives

    if task.raw:
        return io.BytesIO(task.raw)
    return archives.window(task.path, task.span) if task.span else open(task.path, "rb")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return  # no such limit on Windows; the time limit still holds
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()
