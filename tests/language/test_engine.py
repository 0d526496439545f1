"""The packaged model parses, names and finds events; whatever the text, passages stay inside it."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.errors import TrucewatchError
from trucewatch.language import Engine
from trucewatch.language.engine import batches
from trucewatch.language.labels import ROLES


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


def test_a_name_in_a_list_has_its_words_together() -> None:
    (passage,) = Engine.load().parse("Police arrested Ahmed Salim, Omar Farouk, Hassan Ali and Karim Nader.")
    forms = [word.text for word in passage.words]
    assert passage.words[forms.index("Salim")].head == forms.index("Ahmed")


def test_a_side_without_a_sure_word_takes_the_best_that_is_free_and_not_unlikely() -> None:
    scores = np.zeros((len(ROLES), 4), dtype=np.float32)
    actor, recipient, place = (ROLES.index(kind) for kind in ("actor", "recipient", "place"))
    scores[actor] = (0.1, 0.7, 0.3, 0.6)
    scores[recipient] = (0.3, 0.45, 0.25, 0.1)
    scores[place] = 0.4
    engine = Engine.load()
    assert set(engine._filled(scores)) == {(actor, 1), (actor, 3), (recipient, 0)}
    assert set(engine._filled(scores / 6)) == {(actor, 1)}


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


def test_who_may_be_on_a_side_though_it_is_unlikely_is_given_apart() -> None:
    (passage,) = Engine.load().parse("In a worrying sign for Maduro, people have blocked streets in Caracas.")
    (mention,) = passage.mentions
    forms = [word.text for word in passage.words]
    assert ("recipient", "Maduro") in {(role.kind, forms[role.word]) for role in mention.unlikely}
    assert not {(role.kind, role.word) for role in mention.roles} & {(r.kind, r.word) for r in mention.unlikely}
    assert all(role.score < 0.5 for role in mention.unlikely)
