"""The coded sentences of gold/train as Examples: spans become head words by the parse of the first stage."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from corpora import Event, Example
from labels import MODES, ROLES, SHARED, STATUSES, TYPES
from trucewatch.language.words import words as cut

FOLDER = SHARED / "gold/train"
STATUS = dict(zip("HOEPD", range(len(STATUSES)), strict=True))
"""The number of a status by its letter in the coded lines."""


@dataclass
class Line:
    """One coded line: the trigger's and the roles' character spans in the sentence."""

    trigger: tuple[int, int]
    type: int
    mode: int
    status: int
    spans: list[tuple[int, int, int]] = field(default_factory=list)  # role, start, end
    group: int = -1
    raw: list[str] = field(default_factory=list)


@dataclass
class Sentence:
    text_id: str
    text: str
    at: list[tuple[int, int]]
    lines: list[Line] = field(default_factory=list)
    grouped: bool = False


def locate(text: str, part: str, near: int, taken: set[int] = frozenset()) -> tuple[int, int] | None:  # type: ignore[assignment]
    """The occurrence of a span, at word edges where there is one, nearest to a position and not taken yet."""
    found = [m.start() for m in re.finditer(re.escape(part), text)]
    edge = [s for s in found if not (text[s - 1 : s].isalnum() or text[s + len(part) : s + len(part) + 1].isalnum())]
    free = [s for s in edge or found if s not in taken] or edge or found
    if not free:
        return None
    start = min(free, key=lambda s: abs(s - near))
    return start, start + len(part)


def read(folder: Path = FOLDER) -> list[Sentence]:
    """All sentences with their coded lines, in file order."""
    out: list[Sentence] = []
    groups = 0
    for source in sorted(folder.glob("*.in.txt")):
        stem = source.name.removesuffix(".in.txt")
        by_id: dict[str, Sentence] = {}
        for row in source.read_text("utf-8").splitlines():
            if "\t" in row:
                key, text = row.split("\t", 1)
                by_id[key] = Sentence(key.rsplit(".", 1)[0], text, cut(text))
        coded: dict[int, Line] = {}
        for number, row in enumerate((folder / f"{stem}.tsv").read_text("utf-8").splitlines(), 1):
            cells = row.split("\t")
            if len(cells) == 10 and cells[0] in by_id:
                line = parse_line(by_id[cells[0]], cells)
                if line:
                    coded[number] = line
                    by_id[cells[0]].lines.append(line)
        same = folder / f"{stem}.same"
        for sentence in by_id.values():
            sentence.grouped = same.exists() and not sentence.text_id.startswith(("wiki", "al"))
        for row in same.read_text("utf-8").splitlines() if same.exists() else ():
            groups += 1
            for number in row.split("\t")[1].split(","):
                if int(number) in coded:
                    coded[int(number)].group = groups
        out += by_id.values()
    return out


def parse_line(sentence: Sentence, cells: list[str]) -> Line | None:
    _, trigger, kind, status, actors, recipients, place, time, says, _ = cells
    taken = {line.trigger[0] for line in sentence.lines}
    span = locate(sentence.text, trigger, 0, taken)
    type_, _, mode = kind.partition("/")
    if span is None or type_ not in TYPES:
        return None
    line = Line(
        span,
        TYPES.index(type_) + 1,
        MODES.index(kind) + 1 if mode and kind in MODES else 0,
        STATUS[status],
        raw=cells,
    )
    for role, cell in zip(ROLES, (actors, recipients, place, time, says), strict=True):
        for part in cell.split(" ; "):
            where = locate(sentence.text, part, span[0]) if part != "-" else None
            if where:
                line.spans.append((ROLES.index(role), *where))
    return line


def head_of(at: list[tuple[int, int]], heads: list[int], start: int, end: int) -> int | None:
    """The head word of a character span: its first word whose own head lies outside; punctuation last."""
    inside = [i for i, (a, b) in enumerate(at) if a < end and b > start]
    if not inside:
        return None
    tops = [i for i in inside if heads[i] not in inside]
    return tops[0] if tops else inside[-1]


def examples(sentences: list[Sentence], heads: list[list[int]]) -> list[Example]:
    """Examples with events; the trees (head index per word, -1 or len at the root) come from the parser."""
    out = []
    for sentence, tree in zip(sentences, heads, strict=True):
        events: dict[int, Event] = {}
        for line in sentence.lines:
            word = head_of(sentence.at, tree, *line.trigger)
            if word is None:
                continue
            if word in events:  # two events on one head: the second keeps another word of its trigger, if any
                inside = [i for i, (a, b) in enumerate(sentence.at) if a < line.trigger[1] and b > line.trigger[0]]
                word = next((i for i in inside if i not in events), None)
                if word is None:
                    continue
            arcs = {(role, head_of(sentence.at, tree, a, b)) for role, a, b in line.spans}
            events[word] = Event(
                word,
                line.type,
                line.mode,
                line.status,
                [(r, w) for r, w in sorted(arcs, key=str) if w is not None],
                line.group,
            )
        out.append(
            Example(
                [sentence.text[a:b] for a, b in sentence.at],
                events=list(events.values()),
                text=sentence.text_id,
                grouped=sentence.grouped,
            )
        )
    return out


def split(sentences: list[Sentence], folds: int, fold: int) -> tuple[list[int], list[int]]:
    """Indices for training and held out, split by text."""
    texts = sorted({s.text_id for s in sentences})
    random.Random(5).shuffle(texts)
    held = set(texts[fold::folds])
    parts: dict[bool, list[int]] = defaultdict(list)
    for i, s in enumerate(sentences):
        parts[s.text_id in held].append(i)
    return parts[False], parts[True]
