"""Lemmas and kinds of event words, read off annotated corpora that may be learned from (in ``shared/`` beside the repository).

Lemmas: UD English-EWT and GUM (CC BY-SA 4.0). Kinds: how often a lemma evokes each event type in MAVEN (CC BY-SA
4.0) and GENEVA (CC BY 3.0). Nothing of them is kept in the repository.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from benchmarks import SHARED

CORPORA = SHARED / "corpora"
STATEMENTS = frozenset({"Statement", "Telling", "Reporting", "GENEVA Statement", "GENEVA Telling"})
"""Kinds of saying: by Trucewatch's codebook no events, but who vouches for one."""

_ENDINGS = (("ies", ("y",)), ("ied", ("y",)), ("ing", ("", "e")), ("ed", ("", "e")), ("es", ("", "e")), ("s", ("",)))
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")
_EDGES = "#®'\""


class Lexicon:
    """What the corpora know of words."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, str | None], str] = {}
        counts: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        for form, lemma, tag in _words():
            counts[form, tag][lemma] += 1
            counts[form, None][lemma] += 1
        self._forms = {key: max(found, key=found.__getitem__) for key, found in counts.items()}
        self._lemmas = frozenset(self._forms.values())
        self.lemma = cache(self._lemma)
        self._kinds = self._counted()

    @staticmethod
    @cache
    def load() -> Lexicon:
        """The one lexicon; some three seconds."""
        return Lexicon()

    def kinds(self, lemma: str) -> Mapping[str, float]:
        """Event types that a lemma evokes, with weights whose squares sum to 1; empty for one that was never seen."""
        return self._kinds.get(lemma, {})

    def is_statement(self, lemma: str) -> bool:
        """Whether it is mostly a word of saying."""
        return sum(weight**2 for kind, weight in self.kinds(lemma).items() if kind in STATEMENTS) > 0.5

    def _lemma(self, word: str, tag: str | None = None) -> str:
        """The lemma of a word, of a part of speech where that is known; by its ending where it was never seen."""
        folded = word.lower().strip(_EDGES)
        for key in ((folded, tag), (folded, "VERB" if tag == "AUX" else tag), (folded, None)):
            if key in self._forms:
                return self._forms[key]
        return next((stem for stem in self._stems(folded)), folded)

    def _stems(self, word: str) -> Iterator[str]:
        for ending, repairs in _ENDINGS:
            if not word.endswith(ending) or len(word) - len(ending) < 3:
                continue
            stem = word.removesuffix(ending)
            yield from (stem + repair for repair in repairs if stem + repair in self._lemmas)
            if _DOUBLED.search(stem) and stem[:-1] in self._lemmas:
                yield stem[:-1]
            if ending in ("ing", "ed", "s"):
                yield word if word.endswith("ss") else stem

    def _counted(self) -> dict[str, dict[str, float]]:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        totals: Counter[str] = Counter()
        for word, kind in _triggers():
            counts[self.lemma(word)][kind] += 1
            totals[kind] += 1
        found = {}
        for lemma, kinds in counts.items():
            weights = {kind: count / math.sqrt(totals[kind]) for kind, count in kinds.items()}
            length = math.sqrt(sum(weight**2 for weight in weights.values()))
            found[lemma] = {kind: weight / length for kind, weight in weights.items()}
        return found


def _words() -> Iterator[tuple[str, str, str]]:
    """Form, lemma and part of speech."""
    for treebank in ("ewt-train", "gum-nonnc-train"):
        with gzip.open(CORPORA / "syntax" / f"{treebank}.conllu.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.split("\t")
                if len(cells) == 10 and cells[0].isdigit():
                    yield cells[1].lower(), cells[2].lower(), cells[3]


def _triggers() -> Iterator[tuple[str, str]]:
    """The first word of a trigger, and its event type."""
    for row in _rows("maven-union"):
        yield from ((row["tokens"][event["start"]], event["event_type"]) for event in row["events"])
    for row in _rows("geneva-train"):
        for event in row["event_mentions"]:
            yield event["trigger"]["text"].split()[0], f"GENEVA {event['event_type']}"


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(CORPORA / "events" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
