"""Gold mentions as read: spans, chains within a document and across documents."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import numpy as np
import pytest

from benchmarks.alike import FEATURES, Corpus, _silhouette, linked, weights
from benchmarks.lexicon import CORPORA, Lexicon
from benchmarks.mentions import Gold, Text, ecb, meantime

XML = """<?xml version="1.0"?>
<Document doc_name="{name}">
<token t_id="1" sentence="0" number="0">Guards</token>
<token t_id="2" sentence="0" number="1">opened</token>
<token t_id="3" sentence="0" number="2">fire</token>
<token t_id="4" sentence="1" number="0">The</token>
<token t_id="5" sentence="1" number="1">shooting</token>
<token t_id="6" sentence="1" number="2">stopped</token>
<Markables>
<ACTION_OCCURRENCE m_id="7"><token_anchor t_id="2"/><token_anchor t_id="3"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="8"><token_anchor t_id="5"/></ACTION_OCCURRENCE>
<NEG_ACTION_OCCURRENCE m_id="9"><token_anchor t_id="6"/></NEG_ACTION_OCCURRENCE>
<HUMAN_PART m_id="10"><token_anchor t_id="1"/></HUMAN_PART>
<ACTION_OCCURRENCE m_id="11" TAG_DESCRIPTOR="shooting" instance_id="ACT1"/>
</Markables>
<Relations>
<{relation} r_id="1" {note}><source m_id="7"/><source m_id="8"/><target m_id="11"/></{relation}>
</Relations>
</Document>
"""

CONLL = """#begin document (topic/one); part 000
topic/one\t0\t0\tGuards\t(cross_intra_PER12
topic/one\t0\t1\tthere\tcross_intra_PER12)
topic/one\t0\t2\tfired\t(cross_intra_OTH34)

topic/one\t1\t0\tThe\t-
topic/one\t1\t1\topen\t(intra_OTH5
topic/one\t1\t2\tfire\tintra_OTH5)| (intra_SPE6)

#end document
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "ecb.tar.gz"
    with tarfile.open(path, "w:gz") as file:
        for name, relation, note in (
            ("ECB+/10/10_1ecb.xml", "CROSS_DOC_COREF", 'note="ACT1"'),
            ("ECB+/9/9_2ecbplus.xml", "CROSS_DOC_COREF", 'note="ACT1"'),
            ("ECB+/9/9_1ecb.xml", "INTRA_DOC_COREF", ""),
        ):
            text = XML.format(name=name, relation=relation, note=note).encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            file.addfile(entry, io.BytesIO(text))
    return path


def test_ecb_mentions_have_their_spans_and_chains(archive: Path) -> None:
    texts = list(ecb(archive))
    assert [(text.name, text.topic, text.subtopic) for text in texts] == [
        ("9_1ecb.xml", "9", "9ecb"),
        ("9_2ecbplus.xml", "9", "9ecbplus"),
        ("10_1ecb.xml", "10", "10ecb"),
    ]
    within, across, other = texts
    assert across.sentences == (("Guards", "opened", "fire"), ("The", "shooting", "stopped"))
    assert across.mentions == (
        Gold("9_2ecbplus.xml", 0, 1, 2, "ACT1"),
        Gold("9_2ecbplus.xml", 1, 1, 1, "ACT1"),
        Gold("9_2ecbplus.xml", 1, 2, 2, "9_2ecbplus.xml:9"),
    )
    assert [one.chain for one in within.mentions] == ["9_1ecb.xml/1", "9_1ecb.xml/1", "9_1ecb.xml:9"]
    assert [one.crosses for one in within.mentions] == [False] * 3
    assert other.mentions[0].chain == across.mentions[0].chain and other.mentions[0].crosses


def test_meantime_mentions_are_events_alone(tmp_path: Path) -> None:
    path = tmp_path / "meantime.gz"
    path.write_bytes(gzip.compress(CONLL.encode()))
    [text] = meantime(path)
    assert text.topic == "topic"
    assert text.mentions == (
        Gold("topic/one", 0, 2, 2, "cross_intra_OTH34"),
        Gold("topic/one", 1, 1, 2, "topic/one/intra_OTH5"),
        Gold("topic/one", 1, 2, 2, "topic/one/intra_SPE6"),
    )


def test_the_silhouette_tells_two_heaps_apart() -> None:
    at = np.array([0.0, 0.1, 0.2, 5.0, 5.1, 5.2], dtype=np.float32)
    distances = np.abs(at[:, None] - at)
    right, wrong = np.array([1, 1, 1, 2, 2, 2], dtype=np.int32), np.array([1, 2, 1, 2, 1, 2], dtype=np.int32)
    assert _silhouette(distances, right) > 0.9 > 0 > _silhouette(distances, wrong)
    assert _silhouette(distances, np.ones(6, dtype=np.int32)) == -1.0


def test_every_feature_has_a_weight() -> None:
    assert len(weights()) == len(FEATURES)


@pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not here (shared/corpora beside the repository)")
def test_two_texts_on_one_event_are_linked_and_what_is_merely_said_is_not() -> None:
    pytest.importorskip("scipy", reason="scipy is not installed")
    lexicon = Lexicon.load()
    assert [lexicon.lemma("shot", "VERB"), lexicon.lemma("quakes"), lexicon.lemma("bombarding")] == [
        "shoot",
        "quake",
        "bombard",
    ]
    assert lexicon.is_statement("say") and not lexicon.is_statement("kill")
    sentences = (
        ("An", "earthquake", "struck", "the", "harbour", "of", "Oran", ",", "officials", "said", "."),
        ("The", "quake", "hit", "Oran", "harbour", ",", "officials", "said", "."),
        ("Voters", "elected", "a", "mayor", "in", "Lima", "."),
    )
    spans = {0: (1, 9), 1: (1, 7), 2: (1,)}
    texts = [
        Text(f"t{i}", "t", "t", (words,), tuple(Gold(f"t{i}", 0, at, at, f"{i} {at}") for at in spans[i]))
        for i, words in enumerate(sentences)
    ]
    corpus = Corpus(texts)
    labels = dict(zip(corpus.chains, linked(corpus, weights(), ["one"] * len(corpus.mentions)), strict=True))
    assert labels["0 1"] == labels["1 1"]
    assert len({labels["0 9"], labels["1 7"], labels["2 1"], labels["0 1"]}) == 4
