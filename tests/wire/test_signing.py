"""The bytes of webhooks and answers, and their signatures."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from emulator.wire.signing import encode, headers, signature

AWKWARD = {
    "text": "äöå/<%&=>'\"\\\n\t",
    "emoji": "😮",
    "mail": "testing@gmail.com",
    "number": 711633970112948,
    "none": None,
    "list": [True, 1.5],
}


def test_the_reference_vector_is_signed_as_computed() -> None:
    """Secret ``s3cr3t`` over 14 ASCII bytes, under both algorithms."""
    body = encode({"a": "ä"})

    assert body == rb'{"a":"\u00e4"}'
    assert len(body) == 14
    assert headers(body, "s3cr3t") == {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "Accept": "*/*",
        "Accept-Encoding": "deflate, gzip",
        "X-Hub-Signature": "sha1=767074d2580dccefb2f2519309833f7add17fc66",
        "X-Hub-Signature-256": "sha256=9c236fc6b4e8ca1e3eab109418130aff73a6da11e03deb10a80c0a64e91dbef4",
    }


def test_the_signature_is_over_the_very_bytes() -> None:
    """One byte more, or another secret, makes another one."""
    body = encode(AWKWARD)
    expected = hmac.new(b"secret", body, hashlib.sha256).hexdigest()

    assert signature(body, "secret") == f"sha256={expected}"
    assert signature(body + b" ", "secret") != signature(body, "secret")
    assert signature(body, "Secret") != signature(body, "secret")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://example.com/a?b=c&d", rb'"https:\/\/example.com\/a?b=c&d"'),
        ("café", rb'"caf\u00e9"'),
        ("😮", rb'"\ud83d\ude2e"'),
        ("\\/", rb'"\\\/"'),
        ("testing@gmail.com", rb'"testing\u0040gmail.com"'),
        ("https://example.com/?a=b%2Cc", rb'"https:\/\/example.com\/?a=b\u00252Cc"'),
        ("<3", rb'"\u003C3"'),
        (">&'=#+", b'">&\'=#+"'),
        ('"\\\n\r\t\b\f', rb'"\"\\\n\r\t\b\f"'),
        ("\x01\x1f", rb'"\u0001\u001f"'),
        ("\u2028", rb'"\u2028"'),
        ({"@": "%"}, rb'{"\u0040":"\u0025"}'),
        ({"a": [1, None, True]}, b'{"a":[1,null,true]}'),
    ],
)
def test_json_is_written_as_meta_s_encoder_writes_it(value: object, expected: bytes) -> None:
    """Slashes and ``@``, ``%``, ``<`` are escaped, the rest of ASCII is not; no white space."""
    assert encode(value) == expected


def test_a_webhook_is_these_bytes_with_this_signature() -> None:
    """Whoever re-serialises the JSON gets other bytes, whose signature is another one."""
    text = "ann@example.com 50% <3 https://a.b/c?d&e é 😮"

    body = encode({"text": {"body": text}})

    assert body == (
        rb'{"text":{"body":"ann\u0040example.com 50\u0025 \u003C3 https:\/\/a.b\/c?d&e \u00e9 \ud83d\ude2e"}}'
    )
    assert (
        signature(body, "s3cr3t") == "sha256=089d69d47afb47cf592e8a2a12c84d2ff376c01f67ef350d173c96cf0b2bedd9"
    )
    again = json.dumps(json.loads(body), separators=(",", ":")).encode()
    assert signature(again, "s3cr3t") != signature(body, "s3cr3t")


def test_what_was_written_reads_as_what_it_was() -> None:
    """The escapes change the bytes and nothing else; members keep their order."""
    body = encode(AWKWARD)

    assert body.isascii()
    assert json.loads(body) == AWKWARD
    assert list(json.loads(body)) == list(AWKWARD)
