"""What the journal keeps of a call: looked at once, and masked piece by piece only where that may matter."""

from __future__ import annotations

import pytest
from kit.identities import ACCESS_TOKEN

from emulator.web.graph import kept

TOKEN = "opaque-token-without-a-form"
APP_TOKEN = "670843887433847|its-secret"
ORDINARY = ("POST", "/v24.0/1/messages", '{"text":{"body":"Grüße → 5 %"}}', "https://graph.example.com/1?a=b")
LONGEST = 16_384


def test_ordinary_texts_are_plain() -> None:
    assert kept.is_plain(ORDINARY, TOKEN)
    assert [kept.remembered(text, TOKEN) for text in ORDINARY] == list(ORDINARY)


@pytest.mark.parametrize(
    ("text", "token"),
    [
        (f"Bearer {TOKEN}", TOKEN),
        ("its-secret", APP_TOKEN),
        ("670843887433847%7Cits-secret", APP_TOKEN),
        (ACCESS_TOKEN, ACCESS_TOKEN),
        ("see EAAGm0PX4ZCpsBAKZCqWERTYuiop", TOKEN),
        ("https://carol:hunter2@example.com/a.png", TOKEN),
        ('{"Access_Token":"whatever"}', TOKEN),
        ("a" * (LONGEST + 1), TOKEN),
    ],
    ids=["token", "app secret", "escaped", "user token", "other token", "password", "name", "long"],
)
def test_what_is_not_kept_as_it_is_makes_all_of_them_not_plain(text: str, token: str) -> None:
    assert kept.remembered(text, token) != text
    assert not kept.is_plain((*ORDINARY, text), token)


def test_a_text_may_be_as_long_as_what_is_kept() -> None:
    longest = "a" * LONGEST
    assert kept.is_plain((longest,), TOKEN)
    assert kept.remembered(longest, TOKEN) == longest
