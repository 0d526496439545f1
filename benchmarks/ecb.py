"""Event coreference within and across documents, with gold mentions: ECB+ (topics 1 to 35) and MEANTIME.

    python -m benchmarks.ecb [--corpus ecb|meantime]

The corpora lie in ``shared/`` beside the repository; without them the benchmark says so. ECB+ is measured on and never
learned from. MEANTIME is measured topic by topic with weights that never saw the topic.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Hashable, Sequence

from benchmarks import mentions
from benchmarks.alike import Corpus, linked, weights
from benchmarks.chains import Scores, chains, score

Labels = Sequence[Hashable]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table for each corpus."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--corpus", choices=["ecb", "meantime"])
    wanted = parser.parse_args(arguments).corpus
    if not mentions.ECB.exists():
        print("skipped: the corpora (shared/corpora beside the repository) are not here")
        return 0
    if wanted != "meantime":
        measure_ecb()
    if wanted != "ecb":
        measure_meantime()
    return 0


def measure_ecb() -> None:
    """All settings on ECB+."""
    texts = list(mentions.ecb())
    corpus = Corpus(texts)
    group, subtopic = corpus.groups(), {text.name: text.subtopic for text in texts}
    names = [one.text for one in corpus.mentions]
    predicted, given = [group[name] for name in names], [subtopic[name] for name in names]
    lemmas = corpus.lemmas.tolist()
    settings: dict[str, Labels] = {
        "each alone": range(len(names)),
        "head lemma": lemmas,
        "head lemma, predicted groups": list(zip(lemmas, predicted, strict=True)),
        "Trucewatch, predicted groups": linked(corpus, weights(), predicted),
        "head lemma, subtopics given": list(zip(lemmas, given, strict=True)),
        "Trucewatch, subtopics given": linked(corpus, weights(), given),
        "within: head lemma": list(zip(lemmas, names, strict=True)),
        "within: Trucewatch": linked(corpus, weights(), names),
    }
    print(
        f"ECB+: {len(texts)} documents, {len(names):,} gold mentions in {len(set(corpus.chains)):,} chains; "
        f"{len(set(group.values()))} groups of documents predicted, {len(set(subtopic.values()))} subtopics"
    )
    told = {(one.text, one.sentence) for one in corpus.mentions if one.crosses}
    for title, rows in (
        ("all mentions that are annotated", range(len(names))),
        (
            "those in sentences in which an event is linked across documents",
            [i for i, one in enumerate(corpus.mentions) if (one.text, one.sentence) in told],
        ),
    ):
        print(f"\n{title} ({len(rows):,})\n{HEAD}")
        for name, labels in settings.items():
            within = list(zip(corpus.chains, names, strict=True))
            key: Labels = within if name.startswith("within") else corpus.chains
            print(line(name, scored(key, labels, rows)))


def measure_meantime() -> None:
    """MEANTIME's topics, each by weights that never saw it; hits and totals are summed over the topics."""
    texts = list(mentions.meantime())
    corpus = Corpus(texts)
    group = corpus.groups()
    names = [one.text for one in corpus.mentions]
    topics = [name.split("/")[0] for name in names]
    print(
        f"\nMEANTIME: {len(texts)} documents, {len(names):,} gold mentions in {len(set(corpus.chains)):,} chains\n{HEAD}"
    )
    lemmas = corpus.lemmas.tolist()
    settings: dict[str, Callable[[str], Labels]] = {
        "each alone": lambda _: list(range(len(names))),
        "head lemma": lambda _: lemmas,
        "head lemma, predicted groups": lambda _: [
            (lemma, group[name]) for lemma, name in zip(lemmas, names, strict=True)
        ],
        "Trucewatch, topics given": lambda topic: linked(corpus, weights(f"without {topic}"), topics),
        "Trucewatch, predicted groups": lambda topic: linked(
            corpus, weights(f"without {topic}"), [group[name] for name in names]
        ),
    }
    for title, labels in settings.items():
        total = Scores()
        for topic in sorted(set(topics)):
            rows = [i for i, one in enumerate(topics) if one == topic]
            total += scored(corpus.chains, labels(topic), rows)
        print(line(title, total))


def scored(key: Labels, predicted: Labels, rows: Sequence[int]) -> Scores:
    """The scores of some mentions."""
    return score(chains((i, key[i]) for i in rows), chains((i, predicted[i]) for i in rows))


HEAD = f"{'':<30}    MUC  P     R     F1     B3  P     R     F1   CEAFe P     R     F1   CoNLL"


def line(title: str, scores: Scores) -> str:
    """Precision, recall and F1 of each measure, and their mean."""
    parts = "  ".join(f"  {one.precision:.3f} {one.recall:.3f} {one.f1:.3f}" for one in scores)
    return f"{title:<30}  {parts}   {scores.conll:.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
