"""Judged claims as training rows: only sentences that were judged whole, only words that stand in them."""

from __future__ import annotations

from tests.judgements.made import claim
from trucewatch.judgements.corrections import rows
from trucewatch.nouns import Claim, Count, Entity, Evidence, Period, Place, Report, Span, Status

SENTENCES = (
    "Gunmen shelled the town of Saraqib on Tuesday, the army said.",
    "The ministers met in Aden.",
    "They shelled it again and arrested five men.",
)
TEXT = " ".join(SENTENCES)
REPORT = Report(id="0011223344556677", text=TEXT)


def told(word: str, type_: str = "ASSAULT", mentions: tuple[int, ...] = (), **fields: object) -> Claim:
    """A claim whose trigger is that word."""
    at = TEXT.index(word)
    home = next(i for i in range(3) if TEXT.index(SENTENCES[i]) <= at < TEXT.index(SENTENCES[i]) + len(SENTENCES[i]))
    spans = [_span(SENTENCES[i]) for i in (home, *mentions)]
    base = {"type": type_, "mode": None, "trigger": _span(word), "mentions": tuple(spans)}
    return claim(f"{REPORT.id}.{word}", **base | fields)


def _span(words: str) -> Span:
    return Span(start=TEXT.index(words), end=TEXT.index(words) + len(words))


def test_a_judged_sentence_gives_ten_fields() -> None:
    tuesday = _span("Tuesday")
    one = told(
        "shelled",
        mode="heavy-weapons",
        status=Status.POSSIBLE,
        actors=(Entity(text="Gunmen", name="gunmen"), Entity(text="the rebels", name="rebels")),
        recipients=(Entity(text="the town of Saraqib", name="Saraqib"),),
        place=Place(text="Saraqib", name="Saraqib"),
        time=Period(start="2021-09-28", end="2021-09-28", precision="day"),  # type: ignore[arg-type]
        attributed_to="Northern Army",
        killed=Count(low=3, high=5),
        injured=Count(low=1, high=1),
        evidence=(
            Evidence(field="time", because="rule weekday", start=tuesday.start, end=tuesday.end),
            Evidence(field="attributed_to", because="model", start=_span("the army").start, end=_span("the army").end),
        ),
    )
    found = rows(REPORT, [one], {one.id: one})
    assert found.sentences == (f"## {REPORT.id}", f"{REPORT.id}.0\t{SENTENCES[0]}")
    assert found.lines == (
        f"{REPORT.id}.0\tshelled\tASSAULT/heavy-weapons\tP\tGunmen\tthe town of Saraqib\tSaraqib\tTuesday\tthe army\tk=3-5,i=1-1",
    )


def test_a_sentence_with_a_claim_that_nobody_judged_is_left_out() -> None:
    shelled, arrested = told("shelled it"), told("arrested", "COERCE")
    assert rows(REPORT, [shelled, arrested], {shelled.id: shelled}).sentences == ()
    assert len(rows(REPORT, [shelled, arrested], {shelled.id: shelled, arrested.id: arrested}).lines) == 2


def test_a_sentence_whose_claims_were_rejected_teaches_that_nothing_is_there() -> None:
    met = told("met", "CONSULT")
    found = rows(REPORT, [met], {met.id: None})
    assert found.sentences == (f"## {REPORT.id}", f"{REPORT.id}.1\t{SENTENCES[1]}")
    assert found.lines == ()


def test_a_sentence_that_tells_of_an_event_again_is_left_out_for_its_trigger_is_not_known() -> None:
    one = told("shelled", mentions=(2,))
    assert [text.split("\t")[0] for text in rows(REPORT, [one], {one.id: one}).sentences[1:]] == [f"{REPORT.id}.0"]


def test_the_corrected_claim_is_what_is_taught() -> None:
    coded, right = told("met", "CONSULT"), told("met", "AGREE", status=Status.DENIED)
    assert rows(REPORT, [coded], {coded.id: right}).lines == (f"{REPORT.id}.1\tmet\tAGREE\tD" + "\t-" * 6,)


def test_a_report_of_which_nothing_was_judged_gives_nothing() -> None:
    found = rows(REPORT, [told("met")], {})
    assert (found.sentences, found.lines) == ((), ())
