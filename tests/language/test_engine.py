"""The packaged model parses, names and finds events; whatever the text, passages stay inside it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.errors import TrucewatchError
from trucewatch.language import Engine
from trucewatch.language.engine import batches


def test_a_sentence_is_parsed_named_and_coded() -> None:
    text = "Turkish jets bombed a village near Kobani on Friday."
    (passage,) = Engine.load().parse(text)
    forms = [word.text for word in passage.words]
    verb = forms.index("bombed")
    assert passage.words[verb].head == -1
    assert passage.words[forms.index("jets")].head == verb
    assert passage.words[forms.index("jets")].deprel == "nsubj"
    assert ("LOC", "Kobani") in {(n.kind, " ".join(forms[n.first : n.last + 1])) for n in passage.names}
    mention = max(passage.mentions, key=lambda m: m.type_score)
    assert (mention.word, mention.type, mention.status) == (verb, "ASSAULT", "happened")
    roles = {(role.kind, forms[role.word]) for role in mention.roles}
    assert {("actor", "jets"), ("recipient", "village"), ("time", "Friday")} <= roles


def test_who_takes_part_is_the_best_word_at_hand_where_none_is_sure() -> None:
    engine = Engine.load()
    scores = np.array([0.1, 0.3, 0.25], dtype=np.float32)
    assert engine._fillers("actor", scores) == [1]
    assert engine._fillers("place", scores) == []
    assert engine._fillers("actor", scores / 2) == []
    assert engine._fillers("actor", np.array([0.6, 0.3, 0.7], dtype=np.float32)) == [0, 2]


@given(st.text(max_size=400))
def test_any_text_gives_passages_within_it(text: str) -> None:
    passages = Engine.load().parse(text)
    for passage in passages:
        assert 0 <= passage.start < passage.end <= len(text)
        assert sum(word.head == -1 for word in passage.words) == (1 if passage.words else 0)
        assert all(text[word.start : word.end] == word.text for word in passage.words)


def test_a_very_long_sentence_is_read_to_its_limit() -> None:
    (passage,) = Engine.load().parse("troops and " * 2000)
    assert len(passage.words) == 160


def test_batches_hold_every_sentence_once() -> None:
    sizes = [0, 5, 300, 12, 12, 40, 1]
    rows = list(batches(sizes))
    assert sorted(i for row in rows for i in row) == [1, 2, 3, 4, 5, 6]


def test_a_missing_model_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(TrucewatchError, match=r"model\.onnx is missing"):
        Engine(tmp_path / "model.onnx", tmp_path / "model.json")
