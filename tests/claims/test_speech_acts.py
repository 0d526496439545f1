"""Who says that he will do something threatens, concedes or promises it; of what others will do he only tells."""

import datetime as dt

import pytest

from tests.claims.made import coded

THURSDAY = dt.date(2025, 6, 12)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Houthis said they would strike any Israeli ship in the Red Sea.", "THREATEN"),
        ("“We will bomb their airports,” the leader of the Houthis said.", "THREATEN"),
        ("Defence Minister Israel Katz said Israel would withdraw from the five hills.", "CONCEDE"),
        ("The Houthis said they would resume attacks.", "THREATEN"),
        ("The United States said it would stop bombing the Houthis.", "CONCEDE"),
        ("Norway said it would send ten ambulances to Kharkiv.", "AGREE"),
        ("President Recep Tayyip Erdogan said they are going to bomb the camps.", "THREATEN"),
        ("Any ship that turns off its transponder will be sunk, the Houthi navy said.", "THREATEN"),
        ("Hezbollah said it would not disarm.", "REJECT"),
        ("Kyiv said it would not sign the deal.", "REJECT"),
        ("Netanyahu said Israel would not stop bombing Gaza.", "REJECT"),
        ("Berlin said it would not supply Taurus missiles to Ukraine.", "REJECT"),
        ("Russia said it would not attack Kharkiv.", "ASSAULT"),
        ("Kyiv said Russia would strike the power grid again.", "ASSAULT"),
        ("Residents said the rebels would leave the town.", "RETREAT"),
        ("Poland said it would send 3,000 soldiers to the border.", "MOBILIZE"),
        ("The RSF said it would respect the truce.", "AGREE"),
        ("The army has not respected the truce.", "RETREAT"),
    ],
)
def test_what_one_says_one_will_do(sentence: str, expected: str) -> None:
    assert [claim.type for claim in coded(sentence, THURSDAY)] == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Kremlin announced the withdrawal of its troops from Kherson.", "CONCEDE"),
        ("The army announced plans to pull its troops out of the town.", "CONCEDE"),
        ("Germany announced a new aid package for Sudan.", "AGREE"),
        ("Hamas announced the release of two hostages.", "RETREAT"),
        ("The army announced the killing of a commander.", "ASSAULT"),
    ],
)
def test_what_one_announces(sentence: str, expected: str) -> None:
    assert [claim.type for claim in coded(sentence, THURSDAY)] == [expected]


def test_a_word_is_given_when_it_is_said() -> None:
    (claim,) = coded("Hamas said on Monday that it would release three hostages by Saturday.", THURSDAY)
    assert claim.time and claim.time.start == dt.date(2025, 6, 9)
    assert claim.attributed_to is None
