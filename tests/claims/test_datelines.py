"""Days that the text itself gives: the day of a picture counts for what stands beside it, and for nothing else."""

from __future__ import annotations

import datetime as dt

from tests.claims.made import triggered


def test_words_beside_a_picture_count_from_its_day() -> None:
    text = "Women mourn those killed in Sunday's bombing of a mosque, in Kano, Nigeria, Feb. 12, 2020."
    time = triggered(text, "bombing").time
    assert time is not None
    assert time.start == time.end == dt.date(2020, 2, 9)


def test_the_story_does_not_go_on_on_the_day_of_a_picture() -> None:
    text = "Women protest against the bombing of a mosque, in Kano, Nigeria, Feb. 12, 2020. Troops arrested two men."
    assert triggered(text, "arrested").time is None
