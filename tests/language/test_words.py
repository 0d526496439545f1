"""Sentences and words are cut as the language model was trained to see them."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.language.words import casing, sentences, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They didn't fire.", "They did n't fire ."),
        ("Assad's army", "Assad 's army"),
        ("The Mu'tasim Division (HTS)", "The Mu'tasim Division ( HTS )"),
        ("U.S.-led forces", "U.S. - led forces"),
        ("al-Assad", "al - Assad"),
        ("1,200 men, 5.8% on Sept. 28", "1,200 men , 5.8 % on Sept. 28"),
        ("Gen. Haftar cannot", "Gen. Haftar can not"),
        ("the 1990s and the 28th", "the 1990s and the 28th"),
        ("see https://example.org/a-b now", "see https://example.org/a-b now"),
    ],
)
def test_words(text: str, expected: str) -> None:
    assert " ".join(text[a:b] for a, b in words(text)) == expected


@given(st.text(max_size=200))
def test_words_cover_the_text_in_order(text: str) -> None:
    spans = words(text)
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert kept.replace(" ", "") == "".join(c for c in text if not c.isspace()) or any(c.isspace() for c in kept)


@given(st.text(max_size=300))
def test_sentences_are_stripped_stretches_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(spans))


def test_a_line_break_ends_a_sentence_and_a_title_does_not() -> None:
    text = "Gen. Haftar met Mr. Guterres in Geneva. Talks went on\n\nShelling resumed."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Gen. Haftar met Mr. Guterres in Geneva.",
        "Talks went on",
        "Shelling resumed.",
    ]


def test_no_sentence_begins_within_a_short_form() -> None:
    text = "Pro-U.S. militias shelled Basra. The U.N. left."
    assert [text[a:b] for a, b in sentences(text)] == ["Pro-U.S. militias shelled Basra.", "The U.N. left."]


def test_an_hour_before_a_weekday_ends_no_sentence() -> None:
    text = "Rebels shelled Juba at 9 a.m. Monday, then at 5 p.m. Troops fled."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Rebels shelled Juba at 9 a.m. Monday, then at 5 p.m.",
        "Troops fled.",
    ]


def test_a_word_that_looks_like_a_short_form_ends_a_sentence() -> None:
    text = "Rebels held Juba until May. Sudanese troops came. “They saw me. Nobody fired,” he said. No. 5 was hit."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Rebels held Juba until May.",
        "Sudanese troops came.",
        "“They saw me. Nobody fired,” he said.",
        "No. 5 was hit.",
    ]


@pytest.mark.parametrize("mark", ['"', "“"])
def test_a_quotation_that_is_never_closed_holds_no_sentences_together(mark: str) -> None:
    text = f"{mark}We will not leave. They shelled us again.\nHe went on. Troops came."
    assert [text[a:b] for a, b in sentences(text)] == [
        f"{mark}We will not leave.",
        "They shelled us again.",
        "He went on.",
        "Troops came.",
    ]


def test_a_closed_quotation_stays_one_sentence() -> None:
    text = 'He said: "We will not leave. They shelled us." Troops came.'
    assert len(sentences(text)) == 2


def test_a_mark_that_opens_twice_was_lost_once() -> None:
    text = 'He said "We stay. They shelled us. She said "the town fell. Nobody left" on Monday. Troops came.'
    assert [text[a:b] for a, b in sentences(text)] == [
        'He said "We stay.',
        "They shelled us.",
        'She said "the town fell. Nobody left" on Monday.',
        "Troops came.",
    ]


def test_a_speech_is_cut_into_its_sentences() -> None:
    speech = " ".join(["We will not leave our homes, whatever they may do to us."] * 4)
    assert len(sentences(f'He said: "{speech}" Troops came.')) == 5


def test_casing_classes_tell_names_acronyms_and_numbers_apart() -> None:
    assert len({casing(w) for w in ("troops", "Idlib", "HTS", "A", "1,200", "T-72", ",", "McCain")}) == 8


@pytest.mark.parametrize("run", ['"', "a,", "@", "a@"])
def test_a_run_without_blanks_takes_time_in_proportion(run: str) -> None:
    start = time.process_time()
    words(run * 50_000)
    assert time.process_time() - start < 2
