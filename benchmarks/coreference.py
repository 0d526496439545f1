"""How often a pronoun is led back to the right entity, on GUM's gold parses and coreference.

    python -m benchmarks.coreference [--errors] [--train]

Names are what GUM calls persons, places and organisations by a proper noun. A third-person pronoun counts where an
earlier mention of its entity is no pronoun; it is right when the words that we lead it to are such a mention. No answer
is wrong. Interviews, speeches and talk are shown apart from written text, which reports are more like.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

from benchmarks import SHARED
from trucewatch import codebook
from trucewatch.claims.cast import Cast
from trucewatch.claims.coreference import Chains
from trucewatch.nouns import Name, Passage, Word

GUM = SHARED / "corpora" / "syntax"
PRONOUNS = {
    "he/she": frozenset("he him his himself she her hers herself".split()),
    "it": frozenset("it its itself".split()),
    "they": frozenset("they them their theirs themselves".split()),
}
WRITTEN = frozenset("academic bio news textbook voyage fiction whow".split())
_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
_EDGE = re.compile(r"\((?P<open>[^()-]+)-(?P<kind>[a-z]+)-[^()]*(?P<once>\))?|(?P<close>[^()]+)\)")


class Told(NamedTuple):
    """A gold mention: its entity, kind, and characters of its first and last word."""

    entity: str
    kind: str
    start: int
    end: int
    first: int
    last: int
    passage: int


class Text(NamedTuple):
    """A document of GUM as the language engine would give it, and its gold mentions in text order."""

    id: str
    text: str
    passages: tuple[Passage, ...]
    mentions: tuple[Told, ...]


def read(path: Path) -> Iterator[Text]:
    """The documents of a CoNLL-U file with entities in MISC."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for part in re.split(r"(?m)^# newdoc id = ", lines.read())[1:]:
            yield _document(*part.split("\n", 1))


def _document(name: str, body: str) -> Text:
    text = ""
    passages: list[Passage] = []
    mentions: list[Told] = []
    for block in body.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        if not rows:
            continue
        words, start = [], len(text)
        for row in rows:
            at = len(text)
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
            words.append(
                Word(text=row[1], start=at, end=at + len(row[1]), upos=row[3], head=int(row[6]) - 1, deprel=row[7])
            )
        told = list(_mentions(rows, words, len(passages)))
        names = tuple(
            Name(kind=_KINDS[one.kind], first=_trimmed(one, words), last=one.last)
            for one in told
            if one.kind in _KINDS and words[one.last].upos == "PROPN"
        )
        passages.append(Passage(index=len(passages), start=start, end=words[-1].end, words=tuple(words), names=names))
        mentions += told
    return Text(name.strip(), text, tuple(passages), tuple(sorted(mentions, key=lambda one: (one.start, -one.end))))


def _trimmed(one: Told, words: list[Word]) -> int:
    """The first word of the run of proper nouns that ends the mention."""
    first = one.last
    while first > one.first and words[first - 1].upos == "PROPN":
        first -= 1
    return first


def _mentions(rows: list[list[str]], words: list[Word], passage: int) -> Iterator[Told]:
    opened: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for at, row in enumerate(rows):
        misc = dict(pair.split("=", 1) for pair in row[9].split("|") if "=" in pair)
        for edge in _EDGE.finditer(misc.get("Entity", "")):
            if edge["open"]:
                opened[edge["open"]].append((edge["kind"], at))
            key = edge["open"] if edge["once"] else edge["close"]
            if key and opened[key]:
                kind, first = opened[key].pop()
                yield Told(key, kind, words[first].start, words[at].end, first, at, passage)


class Score:
    """Answers by genre and kind of pronoun: right or not, given or not."""

    def __init__(self) -> None:
        self.right: dict[tuple[str, str], list[bool]] = defaultdict(list)
        self.given: dict[tuple[str, str], list[bool]] = defaultdict(list)

    def line(self, name: str, genres: tuple[str, ...], kinds: Iterable[str]) -> None:
        """Prints the share of right answers of some genres and kinds together."""
        keys = list(product(genres, kinds))
        right, given = ([one for key in keys for one in table[key]] for table in (self.right, self.given))
        if right:
            share, answered = sum(right) / len(right), sum(given) / len(given)
            print(f"{name:<16} right {sum(right)}/{len(right)} = {share:.3f}   answered {answered:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--errors", action="store_true", help="list every pronoun led to the wrong entity, or to none")
    parser.add_argument("--train", action="store_true", help="the training part, on which weights were chosen")
    options = parser.parse_args()
    path = GUM / f"gum-nonnc-{'train' if options.train else 'dev'}.conllu.gz"
    if not path.exists():
        sys.exit("benchmarks.coreference: skipped, there is no shared/corpora beside the repository")
    score, spent, sentences = Score(), 0.0, 0
    for document in read(path):
        began = time.process_time()
        _judge(document, score, options.errors)
        spent += time.process_time() - began
        sentences += len(document.passages)
    for genre in ("written", "spoken"):
        for kind in PRONOUNS:
            score.line(f"{genre}, {kind}", (genre,), (kind,))
        score.line(f"{genre}, all", (genre,), PRONOUNS)
    score.line("all", ("written", "spoken"), PRONOUNS)
    print(f"time a sentence {spent / sentences * 1000:.3f} ms, the judging included")


def _judge(document: Text, score: Score, errors: bool) -> None:
    chains = Chains.build(document.text, document.passages, Cast(codebook.load()))
    genre = "written" if document.id.split("_")[1] in WRITTEN else "spoken"
    for one in document.mentions:
        words = document.text[one.start : one.end]
        kind = next((kind for kind, pronouns in PRONOUNS.items() if words.lower() in pronouns), None)
        named = [told for told in document.mentions if told.entity == one.entity and told.start < one.start]
        named = [told for told in named if kind and _says(told, document)]
        if kind is None or not named:
            continue
        spans = [(found.start, found.end) for found in chains.antecedents(one.start, one.end)]
        hit = any(_joined(spans, t, document.text) or _same(span, t) for span in spans for t in named)
        score.right[genre, kind].append(hit)
        score.given[genre, kind].append(bool(spans))
        if errors and not hit:
            ours = " + ".join(document.text[start:end] for start, end in spans) or "nothing"
            line = document.passages[one.passage]
            print(f"{document.id} {words!r}: {ours!r}, not {document.text[named[-1].start : named[-1].end]!r}")
            print(f"    {document.text[line.start : line.end]}")


def _says(one: Told, document: Text) -> bool:
    """Whether a mention is more than a pronoun."""
    words = document.passages[one.passage].words[one.first : one.last + 1]
    return len(words) > 1 or words[0].upos not in ("PRON", "DET")


def _same(found: tuple[int, int], told: Told) -> bool:
    """Whether the words found are this mention and not one that merely lies inside it, or around it."""
    (start, end), size = found, told.end - told.start
    shared = min(end, told.end) - max(start, told.start)
    return shared * 2 >= min(end - start, size) and shared * 3 >= max(end - start, size) > 0


def _joined(spans: list[tuple[int, int]], told: Told, text: str) -> bool:
    """Whether each of several answers ("Bernoulli" and "Euler") ends with a word of a mention that joins them."""
    words = set(text[told.start : told.end].split())
    return len(spans) > 1 and "and" in words and all(text[start:end].split()[-1] in words for start, end in spans)


if __name__ == "__main__":
    main()
