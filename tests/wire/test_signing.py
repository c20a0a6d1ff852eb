"""The bytes of webhooks and answers, and their signatures."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from emulator.wire.signing import encode, encode_answer, headers, signature

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
        ("testing@gmail.com", b'"testing@gmail.com"'),
        ("<%>", b'"<%>"'),
        ({"a": [1, None, True]}, b'{"a":[1,null,true]}'),
    ],
)
def test_a_webhook_is_written_as_php_writes_it(value: object, expected: bytes) -> None:
    """Escaped slashes, lower-case escapes, surrogate pairs, no white space; the ``@`` stays."""
    assert encode(value) == expected


def test_only_an_answer_escapes_the_at_sign() -> None:
    """As recorded: ``testing\\u0040gmail.com``."""
    assert encode_answer({"email": "testing@gmail.com"}) == rb'{"email":"testing\u0040gmail.com"}'


@pytest.mark.parametrize("write", [encode, encode_answer])
def test_what_was_written_reads_as_what_it_was(write: object) -> None:
    """The escapes change the bytes and nothing else; members keep their order."""
    body = write(AWKWARD)  # type: ignore[operator]

    assert body.isascii()
    assert json.loads(body) == AWKWARD
    assert list(json.loads(body)) == list(AWKWARD)
