"""The ``referral`` of a message that a person writes from an ad or a post.

Members: D/webhooks/reference/messages (November 2025). The member ``ref`` exists and is described nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SOURCES = ("ad", "post")
_TEXTS = (
    "source_url",
    "source_id",
    "body",
    "headline",
    "image_url",
    "video_url",
    "thumbnail_url",
    "ctwa_clid",
    "ref",
)
_WORDS = {"source_type": SOURCES, "media_type": ("image", "video")}
MEMBERS = (*_TEXTS, *_WORDS, "welcome_message")


def check(referral: Mapping[str, Any]) -> dict[str, Any]:
    """Check a referral that a test supplies, and return it as it stands in the webhook.

    ``source_type`` (``ad`` or ``post``) must be there. Raises :class:`ValueError` for an unknown member or a
    value that the member does not take.
    """
    for name, value in referral.items():
        if name not in MEMBERS:
            raise ValueError(f"a referral has {', '.join(MEMBERS)}; not {name!r}")
        if name in _WORDS and value not in _WORDS[name]:
            raise ValueError(f"referral.{name} is one of {', '.join(_WORDS[name])}; got {value!r}")
        if name in _TEXTS and not isinstance(value, str):
            raise ValueError(f"referral.{name} is a string; got {value!r}")
    welcome = referral.get("welcome_message", {"text": ""})
    if not isinstance(welcome, Mapping) or list(welcome) != ["text"] or not isinstance(welcome["text"], str):
        raise ValueError('referral.welcome_message is like {"text": "Hello"}')
    if "source_type" not in referral:
        raise ValueError("a referral says its source_type: ad or post")
    return dict(referral)


def sample_referral(entropy: bytes) -> dict[str, Any]:
    """Build the referral of an ad with a picture; 32 bytes of ``entropy`` make its ids and addresses."""
    number = int.from_bytes(entropy[:8])
    return {
        "source_url": f"https://fb.me/{entropy[:5].hex()}",
        "source_id": f"1202{number % 10**14:014}",
        "source_type": "ad",
        "body": "Everything for your garden, this week only.",
        "headline": "Chat with us",
        "media_type": "image",
        "image_url": f"https://scontent.xx.fbcdn.net/v/{entropy[5:13].hex()}.jpg",
        "ctwa_clid": "Aff-" + entropy.hex(),
        "welcome_message": {"text": "Hello! What can we do for you?"},
    }
