"""What stands in the referral of a message from an ad."""

from __future__ import annotations

from typing import Any

import pytest

from emulator.domain.ids import draw
from emulator.domain.messages.referrals import check, sample_referral


def test_an_invented_ad_is_one_that_could_stand_in_a_webhook() -> None:
    """Every member has its type; another draw is another ad."""
    one, other = sample_referral(draw("seed", "referral", 1)), sample_referral(draw("seed", "referral", 2))

    assert check(one) == one
    assert one["source_type"] == "ad"
    assert one["ctwa_clid"] != other["ctwa_clid"]


def test_the_same_bytes_give_the_same_ad_in_every_release() -> None:
    """Its ids and addresses come from nothing else."""
    made = sample_referral(bytes(range(32)))

    assert (made["source_url"], made["source_id"]) == ("https://fb.me/0001020304", "120283686952306183")
    assert made["image_url"] == "https://scontent.xx.fbcdn.net/v/05060708090a0b0c.jpg"
    assert made["ctwa_clid"] == "Aff-" + bytes(range(32)).hex()


def test_a_post_has_fewer_members() -> None:
    """Only where it came from has to be said."""
    assert check({"source_type": "post"}) == {"source_type": "post"}


@pytest.mark.parametrize(
    ("referral", "complaint"),
    [
        ({}, "says its source_type"),
        ({"source_type": "page"}, "source_type is one of ad, post"),
        ({"source_type": "ad", "media_type": "gif"}, "media_type is one of image, video"),
        ({"source_type": "ad", "source_id": 120226305854810726}, "source_id is a string"),
        ({"source_type": "ad", "campaign": "summer"}, "not 'campaign'"),
        ({"source_type": "ad", "welcome_message": "Hello"}, "welcome_message is like"),
        ({"source_type": "ad", "welcome_message": {"text": 1}}, "welcome_message is like"),
        ({"source_type": "ad", "welcome_message": ["text"]}, "welcome_message is like"),
        ({"source_type": "ad", "welcome_message": {}}, "welcome_message is like"),
        ({"source_type": "ad", "welcome_message": {"text": "Hello", "to": "you"}}, "welcome_message is like"),
    ],
)
def test_anything_else_is_explained(referral: dict[str, Any], complaint: str) -> None:
    """The sentence names the member and what may stand there."""
    with pytest.raises(ValueError, match=complaint):
        check(referral)
