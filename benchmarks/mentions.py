"""Gold event mentions of ECB+ and MEANTIME, with the words around them; the corpora lie in ``shared/`` beside the repository."""

from __future__ import annotations

import gzip
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import SHARED

FOLDER = SHARED / "corpora" / "coreference"
ECB = FOLDER / "ecbplus-dev.tar.gz"
MEANTIME = FOLDER / "meantime-en.conll.gz"

_EVENT_KINDS = ("OTH", "SPE", "GRA")
"""What MEANTIME's chain names hold for events; the others are people, places, products and money."""
_NAME = re.compile(r"(?:cross|intra)[a-z_]*_([A-Z]{3})\d+")


class Gold(NamedTuple):
    """An event mention: words ``first`` to ``last`` of a sentence (both included), and the chain that it is in."""

    text: str
    sentence: int
    first: int
    last: int
    chain: str

    @property
    def crosses(self) -> bool:
        """Whether the annotators gave it a name that holds over documents (ECB+)."""
        return self.chain.startswith("ACT")


class Text(NamedTuple):
    """A document: its words by sentence, and its gold mentions."""

    name: str
    topic: str
    subtopic: str
    sentences: tuple[tuple[str, ...], ...]
    mentions: tuple[Gold, ...]


def ecb(file: Path = ECB) -> Iterator[Text]:
    """ECB+: every ACTION and NEG_ACTION of every sentence; one without a relation is a chain of its own.

    The corpus's list of checked sentences is not used: all that is annotated is scored.
    """
    from lxml import etree

    with tarfile.open(file) as archive:
        for member in sorted(archive.getmembers(), key=lambda one: _numbers(one.name)):
            if member.name.endswith(".xml"):
                stream = archive.extractfile(member)
                assert stream is not None
                yield _ecb_text(Path(member.name), etree.parse(stream).getroot())


def meantime(file: Path = MEANTIME) -> Iterator[Text]:
    """MEANTIME (English): the events that are in a chain; chains that go over documents keep their name."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows: list[list[str]] = []
        for line in lines:
            if line.startswith("#end"):
                yield _meantime_text(rows)
                rows = []
            elif line.strip() and not line.startswith("#"):
                rows.append(line.rstrip("\n").split("\t"))


def _ecb_text(path: Path, root: Any) -> Text:
    topic = path.parent.name
    kind = "ecbplus" if "ecbplus" in path.name else "ecb"
    places: dict[str, tuple[int, int]] = {}
    sentences: dict[int, list[str]] = defaultdict(list)
    for token in root.iter("token"):
        number = int(token.get("sentence"))
        places[token.get("t_id")] = (number, len(sentences[number]))
        sentences[number].append(token.text or "")
    chain_of = dict(_ecb_chains(root, path.name))
    mentions = {}
    for mark in root.find("Markables"):
        at = [places[anchor.get("t_id")] for anchor in mark.iter("token_anchor")]
        if at and mark.tag.startswith(("ACTION", "NEG_ACTION")):
            words = [word for _, word in at]
            span = (at[0][0], min(words), max(words))
            chain = chain_of.get(mark.get("m_id"), f"{path.name}:{mark.get('m_id')}")
            mentions[span] = Gold(path.name, *span, chain)
    rows = tuple(tuple(sentences[i]) for i in range(max(sentences) + 1))
    return Text(path.name, topic, f"{topic}{kind}", rows, tuple(mentions[span] for span in sorted(mentions)))


def _ecb_chains(root: Any, name: str) -> Iterable[tuple[str, str]]:
    """Mention id -> chain. Relations over documents are named for the event, those within one for the document."""
    for relation in root.find("Relations"):
        within = relation.tag == "INTRA_DOC_COREF"
        chain = f"{name}/{relation.get('r_id')}" if within else relation.get("note")
        for source in relation.iter("source"):
            yield source.get("m_id"), chain


def _meantime_text(rows: list[list[str]]) -> Text:
    name = rows[0][0]
    topic = name.split("/")[0]
    sentences: dict[int, list[str]] = defaultdict(list)
    open_: dict[str, list[tuple[int, int]]] = defaultdict(list)
    mentions = []
    for row in rows:
        number, at = int(row[1]), len(sentences[int(row[1])])
        sentences[number].append(row[3])
        for part in row[4].split("|") if row[4] != "-" else ():
            part = part.strip()
            chain = part.strip("()")
            kind = _NAME.fullmatch(chain)
            if part.startswith("("):
                open_[chain].append((number, at))
            if part.endswith(")") and open_[chain]:
                first = open_[chain].pop()
                if kind and kind[1] in _EVENT_KINDS and first[0] == number:
                    whole = chain if chain.startswith("cross") else f"{name}/{chain}"
                    mentions.append(Gold(name, number, first[1], at, whole))
    rows_ = tuple(tuple(sentences[i]) for i in range(max(sentences) + 1))
    return Text(name, topic, topic, rows_, tuple(sorted(set(mentions))))


def _numbers(name: str) -> tuple[list[int], str]:
    return [int(number) for number in re.findall(r"\d+", name)], name
