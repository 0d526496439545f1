"""The language model at work: sentences, words, parse, names and event mentions of a text."""

from __future__ import annotations

import hashlib
import itertools
import json
import math
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from trucewatch.errors import TrucewatchError
from trucewatch.language.labels import DEPRELS, MODES, MODES_OF, NAME_TAGS, ROLES, STATUSES, TYPES, UPOS
from trucewatch.language.pieces import arrays
from trucewatch.language.tree import tree
from trucewatch.language.words import sentences, words
from trucewatch.nouns import Mention, Name, Passage, Role, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = Path(__file__).with_name("model.onnx")
SETTINGS = Path(__file__).with_name("model.json")
BATCH = 128
"""Words of a batch, padding included: larger ones are no faster on one thread, and waste more padding."""
CANDIDATE = 0.1
"""Probability from which a word is given as an event's trigger; who codes decides from which it counts."""
UNLIKELY = 0.03
"""The same from which a word is given as one who may be on a side."""
MOST_UNLIKELY = 5
MOST_WORDS = 160
"""Longer sentences are read to this word; what comes after carries no words."""

_SIDES = ("actor", "recipient")
_SIDES_AT = [ROLES.index(kind) for kind in _SIDES]

MODES_AT = {t: [MODES.index(f"{t}/{m}") + 1 for m in modes] for t, modes in MODES_OF.items()}


class Engine:
    """One loaded model; use one per process. `load()` shares it."""

    def __init__(self, model: Path = MODEL, settings: Path = SETTINGS) -> None:
        import onnxruntime

        for file in (model, settings):
            if not file.exists():
                raise TrucewatchError(
                    f"the language model is incomplete: {file.name} is missing; install trucewatch again"
                )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._outputs = [output.name for output in self._session.get_outputs()]
        self.settings: dict[str, Any] = json.loads(settings.read_text("utf-8"))

    @staticmethod
    @cache
    def load() -> Engine:
        """The packaged model, loaded once (about 0.2 s, 100 MB)."""
        return Engine()

    @staticmethod
    @cache
    def version() -> str:
        """First 12 hex digits of the model file's SHA-256."""
        return hashlib.sha256(MODEL.read_bytes() + SETTINGS.read_bytes()).hexdigest()[:12]

    def parse(self, text: str) -> tuple[Passage, ...]:
        """The passages of a text, in order; offsets are characters of `text`."""
        spans = sentences(text)
        cut = [[(s + a, s + b) for a, b in words(text[s:e])][:MOST_WORDS] for s, e in spans]
        passages: list[Passage | None] = [None] * len(spans)
        for rows in batches([len(words_) for words_ in cut]):
            for i, read in zip(rows, self.run([[text[a:b] for a, b in cut[i]] for i in rows]), strict=True):
                passages[i] = self._passage(i, text, cut[i], read)
        return tuple(
            passage or Passage(index=i, start=start, end=end)
            for i, (passage, (start, end)) in enumerate(zip(passages, spans, strict=True))
        )

    def run(self, batch: Sequence[Sequence[str]]) -> list[dict[str, NDArray[np.float32]]]:
        """The model's raw outputs for each of a batch of word lists, none of them empty."""
        out = self._session.run(None, arrays(batch)._asdict())
        named = dict(zip(self._outputs, out, strict=True))
        return [{name: value[row] for name, value in named.items()} for row in range(len(batch))]

    def _passage(self, index: int, text: str, cut: list[tuple[int, int]], read: dict[str, Any]) -> Passage:
        n = len(cut)
        import numpy as np

        arcs = np.concatenate([read["arcs"][:n, :n], read["arcs"][:n, -1:]], 1)
        heads = tree(arcs)
        made = [
            Word(
                text=text[a:b], start=a, end=b, upos=UPOS[upos], head=head, deprel=DEPRELS[rel] if head >= 0 else "root"
            )
            for (a, b), upos, head, rel in zip(cut, read["upos"].tolist(), heads, read["rels"].tolist(), strict=False)
        ]
        named = names(read["names"][:n].tolist())
        # a passage cut off at MOST_WORDS still ends where its sentence ends for the reader: where its last word does
        return Passage(
            index=index,
            start=cut[0][0],
            end=cut[-1][1],
            words=tuple(in_names(made, named)),
            names=tuple(named),
            mentions=tuple(self._mentions(n, read)),
        )

    def _mentions(self, n: int, read: dict[str, Any]) -> list[Mention]:
        types = read["types"][:n]
        out = []
        for word in (types[:, 0] <= 1 - CANDIDATE).nonzero()[0].tolist():
            best = int(types[word, 1:].argmax())
            score = math.sqrt((1 - types[word, 0]) * types[word, 1 + best])
            out.append(self.mention(word, TYPES[best], score, n, read))
        return out

    def mention(self, word: int, type_: str, score: float, n: int, read: dict[str, Any]) -> Mention:
        """What the model would say of the event at `word`, given its type."""
        modes = read["modes"][word, [0, *MODES_AT[type_]]]
        mode = int(modes.argmax())
        status = read["status"][word]
        arcs = [
            Role(kind=ROLES[role], word=other, score=round(float(read["roles"][role, word, other]), 3))
            for role, other in self._filled(read["roles"][:, word, :n])
            if other != word or ROLES[role] in _SIDES
        ]
        return Mention(
            word=word,
            type=type_,
            type_score=round(score, 3),
            mode=MODES_OF[type_][mode - 1] if mode else None,
            mode_score=round(float(modes[mode] / max(modes.sum(), 1e-9)), 3),
            status=STATUSES[int(status.argmax())],
            status_score=round(float(status.max()), 3),
            roles=tuple(sorted(arcs, key=lambda r: (ROLES.index(r.kind), int(r.word)))),
            unlikely=tuple(_unlikely(read["roles"][:, word, :n], {arc.word for arc in arcs if arc.kind in _SIDES})),
            vector=tuple(read["same"][word].tolist()),
        )

    def _filled(self, scores: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
        """Roles, each with a word that fills it: all sure ones; a side without any takes the best word that is not
        unlikely and not on the other side."""
        sure = scores >= self.settings["role_threshold"]
        for role in _SIDES_AT:
            if not sure[role].any():
                free = scores[role] * ~sure[_SIDES_AT].any(axis=0)
                sure[role, free.argmax()] = free.max() >= self.settings["side_threshold"]
        yield from zip(*(at.tolist() for at in sure.nonzero()), strict=True)


def _unlikely(scores: NDArray[np.float32], told: Collection[int]) -> Iterator[Role]:
    """Of the words that are on no side, those that may be on one, side by side, the likeliest first."""
    for kind, role in zip(_SIDES, _SIDES_AT, strict=True):
        some = (word for word in (-scores[role]).argsort().tolist() if word not in told)
        for word in itertools.islice(some, MOST_UNLIKELY):
            if scores[role, word] >= UNLIKELY:
                yield Role(kind=kind, word=word, score=round(float(scores[role, word]), 3))


def batches(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Positions of the non-empty sentences, those of similar length together, about `BATCH` words at a time."""
    rows: list[int] = []
    for i in sorted((i for i, size in enumerate(sizes) if size), key=lambda i: sizes[i]):
        if rows and (len(rows) + 1) * sizes[i] > BATCH:
            yield rows
            rows = []
        rows.append(i)
    if rows:
        yield rows


def names(tags: list[int]) -> list[Name]:
    out: list[Name] = []
    for i, tag in enumerate(tags):
        if not tag:
            continue
        edge, kind = NAME_TAGS[tag].split("-")
        if edge == "I" and out and out[-1].last == i - 1 and out[-1].kind == kind:
            out[-1] = Name(kind=kind, first=out[-1].first, last=i)
        else:
            out.append(Name(kind=kind, first=i, last=i))
    return out


def in_names(parsed: Sequence[Word], named: Sequence[Name]) -> list[Word]:
    """Words, each rest of a name on the name's own head where the parse has it on a later one's: "Ahmed *Salim*, Omar Farouk"."""
    out = [*parsed]
    for name in named:
        top = next(at for at in range(name.first, name.last + 1) if not name.first <= out[at].head <= name.last)
        for at in range(top + 1, name.last + 1):
            if out[at].deprel == "flat" and out[at].head > name.last and at not in _above(out, top):
                out[at] = msgspec.structs.replace(out[at], head=top)
    return out


def _above(parsed: Sequence[Word], at: int) -> Iterator[int]:
    """The words on which one hangs, the nearest first."""
    while (at := parsed[at].head) >= 0:
        yield at
