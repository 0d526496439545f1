"""What speaks for two mentions of one event in any two texts, and which mentions it joins.

Only Trucewatch's own means: its language model (parse, names), the words around a mention, lemmas and kinds of event
words. The weights (alike.csv) are learned by training/alike.py from texts of tier A; ECB+ is measured on and
never learned from. Incidents are not merged by these features, for claims have types, actors, places and days
where these mentions have words; see ``trucewatch.incidents``.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.lexicon import Lexicon
from benchmarks.mentions import Gold, Text
from trucewatch.language.engine import Engine, batches, names
from trucewatch.language.labels import UPOS
from trucewatch.language.tree import tree

WEIGHTS = Path(__file__).with_name("alike.csv")
FEATURES = (
    "always",
    "same lemma",
    "same rare lemma",
    "same beginning",
    "shared words",
    "same kind",
    "alike sentences",
    "alike neighbours",
    "shared names",
    "same text",
    "same sentence",
)
MOST_WORDS = 160
"""Longer sentences are parsed to this word."""
DIMENSIONS = 100
"""Of the space in which documents are grouped."""
NEARLY = 0.98
"""The fewest groups whose silhouette is this near to the best are taken: the curve is flat about its top."""

Floats = NDArray[np.float32]
_WORD = re.compile(r"[A-Za-z][\w'-]+$|\d")
_NEVER = -9.0


class Seen(NamedTuple):
    """What is known of one mention besides its words."""

    gold: Gold
    lemma: str
    sentence: list[str]
    neighbours: list[str]
    names: list[str]
    words: list[str]


class Corpus:
    """Texts with their mentions, ready to be compared."""

    def __init__(self, texts: Sequence[Text], part: Callable[[Gold], str] = lambda gold: gold.text) -> None:
        """``part`` names the text that a mention counts as being in: training cuts texts in two."""
        self.texts = texts
        self._lexicon = Lexicon.load()
        documents: dict[str, list[str]] = defaultdict(list)
        for text in texts:
            for number, sentence in enumerate(text.sentences):
                at = part(Gold(text.name, number, 0, 0, ""))
                documents[at] += [self._lexicon.lemma(word) for word in sentence if _WORD.match(word)]
        count = len(documents)
        seen = Counter(word for words in documents.values() for word in set(words))
        self._rarity = {word: math.log(count / number) for word, number in seen.items()}
        self._number = {word: number for number, word in enumerate(seen)}
        found = list(self._seen())
        self.mentions = [one.gold for one in found]
        self.lemmas = np.array([one.lemma for one in found])
        self.chains = [one.gold.chain for one in found]
        self.statement = np.array([self._lexicon.is_statement(one.lemma) for one in found])
        self._rare = np.array([self._rarity.get(one.lemma, math.log(count)) for one in found]) / math.log(count)
        self._part = np.array([part(one.gold) for one in found])
        self._place = np.array([f"{one.gold.text} {one.gold.sentence}" for one in found])
        self._begins = np.array([one.lemma[:5] for one in found])
        self._bags = {
            "shared words": self._bag([one.words for one in found]),
            "alike sentences": self._bag([one.sentence for one in found]),
            "alike neighbours": self._bag([one.neighbours for one in found]),
            "shared names": self._bag([one.names for one in found]),
        }
        self._kinds = _rows([self._lexicon.kinds(one.lemma) for one in found])

    def features(self, rows: NDArray[np.int64]) -> Floats:
        """(n, n, features) of all pairs among mentions, in the order of ``FEATURES``."""
        same = self.lemmas[rows][:, None] == self.lemmas[rows]
        values = {
            "always": np.ones_like(same),
            "same lemma": same,
            "same rare lemma": same * self._rare[rows],
            "same beginning": ~same & (self._begins[rows][:, None] == self._begins[rows]),
            "same kind": ~same * _products(self._kinds[rows]),
            "same text": self._part[rows][:, None] == self._part[rows],
            "same sentence": self._place[rows][:, None] == self._place[rows],
        } | {name: _products(bag[rows]) for name, bag in self._bags.items()}
        values["shared words"] = ~same * values["shared words"]
        return np.stack([values[name] for name in FEATURES], -1).astype(np.float32)

    def groups(self) -> dict[str, int]:
        """A number for each text: those that tell of one thing, as far as their words say, have the same.

        Words and, once more, capitalised words by TF-IDF, in the space of their first singular vectors, grouped by Ward's
        method; the silhouette tells how many groups there are. Nothing of it is learned.
        """
        from scipy.cluster.hierarchy import fcluster, linkage

        rows = [[word for sentence in text.sentences for word in sentence if _WORD.match(word)] for text in self.texts]
        bags = [
            Counter([self._lexicon.lemma(word) for word in words] + [f"^{word}" for word in words if word[0].isupper()])
            for words in rows
        ]
        seen = Counter(word for bag in bags for word in bag)
        kept = {word: math.log(len(bags) / number) for word, number in seen.items() if 1 < number < 0.3 * len(bags)}
        weighted = ({w: (1 + math.log(n)) * kept[w] for w, n in bag.items() if w in kept} for bag in bags)
        alike = _products(_normal(_rows(list(weighted))))
        values, vectors = np.linalg.eigh(alike)
        most = min(DIMENSIONS, len(bags) // 2)
        space = vectors[:, -most:] * np.sqrt(np.maximum(values[-most:], 0))
        space /= np.maximum(np.linalg.norm(space, axis=1, keepdims=True), 1e-9)
        tree_ = linkage(space, "ward")
        distances = np.sqrt(np.maximum(2 - 2 * space @ space.T, 0))
        cuts = {k: fcluster(tree_, k, "maxclust") for k in range(2, max(len(bags) // 4, 3))}
        curve = {k: _silhouette(distances, cut) for k, cut in cuts.items()}
        number = min(k for k, value in curve.items() if value >= NEARLY * max(curve.values()))
        return {text.name: int(group) for text, group in zip(self.texts, cuts[number], strict=True)}

    def _seen(self) -> Iterable[Seen]:
        parses = dict(_parsed(self.texts))
        for text in self.texts:
            for gold in text.mentions:
                if gold.first < len(parses[gold.text, gold.sentence]["heads"]):
                    yield self._look(text, gold, parses[gold.text, gold.sentence])

    def _look(self, text: Text, gold: Gold, parse: Mapping[str, Any]) -> Seen:
        heads, words = parse["heads"], text.sentences[gold.sentence][: len(parse["heads"])]
        lemmas = [self._lexicon.lemma(word, UPOS[tag]) for word, tag in zip(words, parse["upos"], strict=True)]
        own = range(gold.first, min(gold.last + 1, len(heads)))
        head = next((at for at in own if heads[at] not in own), own[-1])
        told = [at for at in range(len(words)) if _WORD.match(words[at])]
        near = [at for at in told if at not in own and (heads[at] == head or heads[head] == at)]
        return Seen(
            gold=gold,
            lemma=lemmas[head],
            sentence=[lemmas[at] for at in told if at not in own],
            neighbours=[lemmas[at] for at in near],
            names=[lemmas[at] for name in parse["names"] for at in range(name.first, name.last + 1)],
            words=[self._lexicon.lemma(words[at]) for at in own if at in told],
        )

    def _bag(self, rows: Sequence[list[str]]) -> Any:
        """Words by how rare they are, every row of length 1; words of no document are passed over."""
        counts = (Counter(word for word in row if word in self._number) for row in rows)
        return _normal(_rows([{w: n * self._rarity[w] for w, n in count.items()} for count in counts]))


def weights(column: str = "all") -> Floats:
    """The learned weights in the order of ``FEATURES``; a column ``without T`` never saw MEANTIME's topic T."""
    with WEIGHTS.open(encoding="utf-8", newline="") as lines:
        found = {row["feature"]: float(row[column]) for row in csv.DictReader(lines)}
    return np.array([found[name] for name in FEATURES], dtype=np.float32)


def linked(corpus: Corpus, learned: Floats, blocks: Sequence[object]) -> list[tuple[object, int]]:
    """A label for each mention: those of one event, as predicted, have the same. Blocks are never joined."""
    labels: dict[int, tuple[object, int]] = {}
    for block, rows in members(blocks).items():
        groups = joined(odds(corpus, learned, rows))
        labels |= {number: (block, group) for number, group in zip(rows.tolist(), groups, strict=True)}
    return [labels[number] for number in range(len(blocks))]


def members(blocks: Sequence[object]) -> dict[object, NDArray[np.int64]]:
    """The numbers of the mentions of each block."""
    found: dict[object, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        found[block].append(number)
    return {block: np.array(numbers) for block, numbers in found.items()}


def odds(corpus: Corpus, learned: Floats, rows: NDArray[np.int64]) -> Floats:
    """Log-odds that each two of some mentions tell of one event; words of saying tell of none."""
    found = corpus.features(rows) @ learned
    alone = corpus.statement[rows]
    found[alone] = found[:, alone] = _NEVER
    return found


def joined(log_odds: Floats) -> list[int]:
    """Groups of mentions: joined while the mean log-odds between two groups is above 0."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(log_odds) == 1:
        return [1]
    far = -_NEVER - np.clip((log_odds + log_odds.T) / 2, _NEVER, -_NEVER)
    np.fill_diagonal(far, 0)
    groups: list[int] = fcluster(linkage(squareform(far, checks=False), "average"), -_NEVER, "distance").tolist()
    return groups


def _parsed(texts: Iterable[Text]) -> Iterable[tuple[tuple[str, int], dict[str, Any]]]:
    """The parses of the sentences that hold mentions."""
    engine = Engine.load()
    wanted = [(text, number) for text in texts for number in sorted({gold.sentence for gold in text.mentions})]
    words = [list(text.sentences[number][:MOST_WORDS]) for text, number in wanted]
    for rows in batches([len(row) for row in words]):
        for at, read in zip(rows, engine.run([words[row] for row in rows]), strict=True):
            n, (text, number) = len(words[at]), wanted[at]
            heads = tree(np.concatenate([read["arcs"][:n, :n], read["arcs"][:n, -1:]], 1))
            tags = read["upos"][:n].tolist()
            yield (text.name, number), {"heads": heads, "upos": tags, "names": list(names(read["names"][:n].tolist()))}


def _rows(bags: Sequence[Mapping[str, float]]) -> Any:
    from scipy.sparse import csr_matrix

    number = {word: at for at, word in enumerate(dict.fromkeys(word for bag in bags for word in bag))}
    ends = np.cumsum([0, *map(len, bags)])
    columns = [number[word] for bag in bags for word in bag]
    values = [value for bag in bags for value in bag.values()]
    return csr_matrix((values, columns, ends), shape=(len(bags), max(len(number), 1)), dtype=np.float32)


def _normal(rows: Any) -> Any:
    """The sparse rows at length 1; empty ones as they are."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(1)))
    return rows.multiply(1 / np.where(lengths > 0, lengths, 1)).tocsr()


def _products(rows: Any) -> Floats:
    found: Floats = (rows @ rows.T).toarray()
    return found


def _silhouette(distances: Floats, groups: NDArray[np.int32]) -> float:
    """Rousseeuw's mean silhouette; a group of one counts 0."""
    names_, at = np.unique(groups, return_inverse=True)
    if len(names_) < 2:
        return -1.0
    sizes, rows = np.bincount(at), np.arange(len(at))
    sums = np.stack([distances[:, at == group].sum(1) for group in range(len(names_))], 1)
    own = sums[rows, at] / np.maximum(sizes[at] - 1, 1)
    means = sums / sizes
    means[rows, at] = np.inf
    other = means.min(1)
    return float(np.where(sizes[at] > 1, (other - own) / np.maximum(np.maximum(own, other), 1e-9), 0).mean())
