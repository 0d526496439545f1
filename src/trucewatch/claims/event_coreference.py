"""Step 5, the claims: which mentions of a report tell of one event: a readable list of weighted features, then clusters.

The weights (event_coreference.csv) are learned from texts whose mentions people grouped by event (training/same.py).
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from trucewatch.claims.draft import Draft
from trucewatch.claims.event_anaphora import (
    definite,
    is_done_to_one,
    is_named_by_place,
    is_named_by_thing,
    is_outcome,
    refers_back,
)
from trucewatch.claims.event_contradictions import contradictions
from trucewatch.claims.event_pairs import (
    has_other_toll,
    is_answer,
    is_in_protest,
    is_of_journey,
    overlap,
    parties_of,
    same_word,
)
from trucewatch.claims.geometry import one_place

WEIGHTS = Path(__file__).with_name("event_coreference.csv")
REACH = 40  # sentences after which an event that was not told of again is over: long texts cost no more
MOST = 20  # mentions of an event, the first and the last, with which another is compared
JOINS = -0.75
"""Log-odds from which a mention joins an event: in whole reports sooner than in the short texts of event_coreference.csv."""
# Log-odds for one event:
REFERS = 1.0  # it is no more than "the attack" after one
OUTCOME = 2.0  # it only tells who was killed or injured in one
BY_PLACE = 1.0  # it is called by the town of one: "the Suruc bombing"
BY_THING = 2.0  # it is called by what was told of with one: "the bus bombing"
VICTIM = 1.5  # somebody known by name, or "the man", suffered both
AIM = 3.5  # it is what the other was done for: "flew to Doha, where he met the emir", "blocked roads in protest"
LEAD = 0.15  # it is violence, as that with which the report opens is, for most of it is about that
IN_ITS_WORDS = 0.5  # a word of the event with which the report opens comes again
_MOST_GAINED = REFERS + OUTCOME + BY_PLACE + BY_THING + VICTIM + AIM + LEAD + IN_ITS_WORDS + 0.01
"""More than all of these together: a cluster that would not be the best even with so much is not asked what contradicts it."""
_CLAUSE = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod", "acl"})
_CALLED = frozenset({"appos", "parataxis"})


@cache
def weights() -> dict[str, float]:
    """Feature -> weight; positive speaks for one event."""
    with WEIGHTS.open(encoding="utf-8", newline="") as rows:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(rows)}


def features(a: Draft, b: Draft, likeness: float) -> dict[str, float]:
    """What speaks for or against one event; `a` stands earlier; `likeness` is the product of the model's vectors."""
    gap = b.index - a.index
    shared, split = parties_of(a, b)
    place, time = one_place(a.place, b.place), overlap(a.time, b.time)
    return {
        "always": 1.0,
        "likeness": likeness,
        "same word": float(same_word(a, b)),
        "sentences apart": math.log1p(gap),
        "same sentence": float(gap == 0),
        "same mode": float(a.mention.mode is not None and a.mention.mode == b.mention.mode),
        "other mode": float(None not in (a.mention.mode, b.mention.mode) and a.mention.mode != b.mention.mode),
        "other status": float(a.mention.status != b.mention.status),
        "one denied": float((a.mention.status == "denied") != (b.mention.status == "denied")),
        "shared party": float(shared),
        "no party shared": float(split),
        "same place": float(place is True),
        "other place": float(place is False),
        "same time": float(time is True),
        "other time": float(time is False),
        "same toll": float(a.killed is not None and a.killed == b.killed),
        "other toll": float(has_other_toll(a, b)),
        'the later one is "the"': float(definite(b)),
        "assault": float(a.mention.type == "ASSAULT"),
        "verb and its noun": float(_in_one_clause(a, b)),
    }


def score(values: dict[str, float]) -> float:
    """Log-odds that two mentions tell of one event."""
    known = weights()
    return sum(known.get(name, 0.0) * value for name, value in values.items() if value)


def reason(a: Draft, b: Draft) -> str:
    """The features that weighed most for one event of two mentions, as shown to a person."""
    known = weights()
    values = features(a, b, likeness(a, b))
    parts = sorted(
        ((known.get(n, 0.0) * v, n) for n, v in values.items() if v and n != "always"), key=lambda p: -abs(p[0])
    )
    return "same event: " + ", ".join(f"{name} {weight:+.1f}" for weight, name in parts[:4])


def likeness(a: Draft, b: Draft) -> float:
    """Product of the model's vectors of two mentions, scaled as in training."""
    return sum(x * y for x, y in zip(a.mention.vector, b.mention.vector, strict=False)) / 8.0


def group(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Clusters in text order. Each mention joins the earlier cluster whose members it is most like on average."""
    import numpy as np

    if not drafts:
        return []
    vectors = np.array([d.mention.vector or (0.0,) * 64 for d in drafts], dtype=np.float32).reshape(len(drafts), -1)
    clusters: list[list[int]] = []
    for at, draft in enumerate(drafts):
        best, most = [], JOINS
        for cluster in clusters:
            if drafts[cluster[0]].mention.type != draft.mention.type or draft.index - drafts[cluster[-1]].index > REACH:
                continue
            near = cluster if len(cluster) <= MOST else [cluster[0], *cluster[1 - MOST :]]
            alike = (vectors[near] @ vectors[at] / 8.0).tolist()
            if (odds := _odds([drafts[i] for i in near], draft, alike, most)) > most:
                best, most = cluster, odds
        if not best:
            clusters.append(best)
        best.append(at)
    return [[drafts[i] for i in cluster] for cluster in clusters]


def _odds(cluster: Sequence[Draft], draft: Draft, alike: Sequence[float], most: float) -> float:
    """Log-odds that a mention is of the event of others; what cannot come to more than the most is not asked to the end."""
    scores = [score(features(one, draft, value)) for one, value in zip(cluster, alike, strict=True)]
    total = (max(scores) + sum(scores) / len(scores)) / 2
    if total + _MOST_GAINED <= most:
        return total
    against = contradictions(cluster, draft)
    return total + (_told_again(cluster, draft) - against + (_of_lead(cluster, draft) if not against else 0.0))


def _told_again(cluster: Sequence[Draft], draft: Draft) -> float:
    """Log-odds for one event, of a mention that by its words refers to what was just told."""
    told = REFERS * refers_back(cluster, draft) + OUTCOME * is_outcome(cluster, draft)
    told += BY_PLACE * is_named_by_place(cluster, draft) + BY_THING * is_named_by_thing(cluster, draft)
    told += VICTIM * is_done_to_one(cluster, draft)
    return told + AIM * any(is_of_journey(other, draft) or is_in_protest(other, draft) for other in cluster)


def _of_lead(cluster: Sequence[Draft], draft: Draft) -> float:
    """Log-odds for one event, of a mention that nothing tells apart from one with which the report opens."""
    if cluster[0].index > 1 or cluster[-1].index == draft.index:
        return 0.0
    again = any(same_word(other, draft) for other in cluster)
    return LEAD * (draft.mention.type == "ASSAULT") + IN_ITS_WORDS * again


def _in_one_clause(a: Draft, b: Draft) -> bool:
    """Whether one is what the other does or happens in ("launched" an "offensive", "killed" in an "attack"), or what it is called
    behind a comma: "shelled the port, their first *attack* since March"."""
    if a.tree is not b.tree or is_answer(a, b):
        return False
    words = a.tree.words
    pair = (words[a.mention.word], words[b.mention.word])
    hung = (pair[0].head == b.mention.word and pair[0].deprel) or (pair[1].head == a.mention.word and pair[1].deprel)
    called = b.is_noun and hung in _CALLED and b.tree.child(b.mention.word, "nsubj", "cop", "mark") is None
    return called or (hung in _CLAUSE and any(word.upos != "VERB" for word in pair))
