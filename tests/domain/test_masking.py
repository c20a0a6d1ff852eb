"""Secrets become ``…``: those that a text shows by its look, and those that a parameter's name tells."""

from __future__ import annotations

import json
from typing import Any

import pytest

from emulator.domain.masking import MASK, SECRET_PARAMETERS, masked, may_hold_secret, without_tokens

LETTERS = "Zk3" * 30
"""What tokens are made of."""
USER_TOKEN = f"EAA{LETTERS[:20]}"
APP_TOKEN = f"12345|{LETTERS[:16]}"
CLIENT_TOKEN = "GG|12345|kTz3vQ-9xLm_N2p"
BY_LOOK = {
    "user token": (USER_TOKEN, f"EAA{MASK}"),
    "app token": (APP_TOKEN, f"12345|{MASK}"),
    "client token": (CLIENT_TOKEN, f"GG|{MASK}"),
    "password": ("http://carol:hunter2@media.example/a.png", f"http://{MASK}@media.example/a.png"),
}
"""A text with each kind of secret that is recognised by its look, and what is kept of it."""
looks = pytest.mark.parametrize(("text", "kept"), BY_LOOK.values(), ids=BY_LOOK.keys())


@looks
def test_a_secret_is_taken_out_by_its_look(text: str, kept: str) -> None:
    """Alone and within a sentence; what tells its kind remains."""
    assert without_tokens(text) == kept
    assert without_tokens(f"see {text} now") == f"see {kept} now"
    assert masked(text) == kept


@looks
def test_a_secret_is_found_wherever_it_stands_in_a_value(text: str, kept: str) -> None:
    """In members, their names, lists, tuples, and in objects within these; a tuple becomes a list."""
    value = {"a": text, text: 1, "list": [text, [text], {"b": text}], "tuple": (text, 1)}
    clean = {"a": kept, kept: 1, "list": [kept, [kept], {"b": kept}], "tuple": [kept, 1]}

    assert without_tokens(value) == clean
    assert masked(value) == clean


@pytest.mark.parametrize(
    "value",
    [None, True, 0, 7, 1.5, "", "Hello", [], {}, {"a": None, "b": [1, 2.5, False, None], 3: "x"}],
)
def test_a_value_without_secrets_stays_as_it_is(value: Any) -> None:
    """Numbers, flags and nothing at all keep their types."""
    assert without_tokens(value) == value
    assert masked(value) == value


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"EAA{LETTERS[:19]}", None),
        (f"EAA{LETTERS[:20]}", f"EAA{MASK}"),
        (f"EAA{LETTERS[:20]}-x", f"EAA{MASK}-x"),
        (f"xEAA{LETTERS[:20]}", None),
        (f"7EAA{LETTERS[:20]}", None),
        (f"=EAA{LETTERS[:20]}", f"=EAA{MASK}"),
        (f"%3DEAA{LETTERS[:20]}", f"%3DEAA{MASK}"),
        (f"3DEAA{LETTERS[:20]}", None),
        (f"EAB{LETTERS[:20]}", None),
    ],
)
def test_a_user_token_is_a_word_that_begins_with_eaa(text: str, kept: str | None) -> None:
    """At least twenty letters and digits follow; in a URL an escaped character may stand before it."""
    assert without_tokens(text) == (text if kept is None else kept)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"12345|{LETTERS[:15]}", None),
        (f"12345|{LETTERS[:16]}", f"12345|{MASK}"),
        (f"1234|{LETTERS[:16]}", None),
        (f"{'1' * 20}|{LETTERS[:16]}", f"{'1' * 20}|{MASK}"),
        (f"{'1' * 21}|{LETTERS[:16]}", None),
        (f"12345%7C{LETTERS[:16]}", f"12345%7C{MASK}"),
        (f"12345%7c{LETTERS[:16]}", f"12345%7c{MASK}"),
        (f"12345%7d{LETTERS[:16]}", None),
        ("GG|12345", f"GG|{MASK}"),
        ("GG%7C12345%7CkTz3", f"GG%7C{MASK}"),
        ("GG|12345|kTz3|more", f"GG|{MASK}|more"),
        ("one|two", None),
    ],
)
def test_tokens_with_a_bar_are_those_of_apps_and_clients(text: str, kept: str | None) -> None:
    """An id of 5 to 20 digits and a secret of 16 characters or more; also where a URL escapes the bar."""
    assert without_tokens(text) == (text if kept is None else kept)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://carol@host.example", f"https://{MASK}@host.example"),
        ("https:/carol:x@host.example/a", f"https:/{MASK}@host.example/a"),
        (r"https:\/\/carol:x@host.example\/a", rf"https:\/\/{MASK}@host.example\/a"),
        (r"https:\/\/carol:x\u0040host.example\/a", rf"https:\/\/{MASK}@host.example\/a"),
        (r"https:\/carol:x@host.example\/a", rf"https:\/{MASK}@host.example\/a"),
        (r"https:\/\/host.example\/@carol", None),
        ("https://host.example/@carol", None),
        ("https://host.example/?to=a@b.example", None),
        ("https://host.example and a@b.example", None),
        ("carol@host.example", None),
    ],
)
def test_what_stands_before_the_host_of_a_url_is_taken_out(text: str, kept: str | None) -> None:
    """As JSON escapes it, too; an ``@`` in a path, a query or an address of mail is no sign of a password."""
    assert without_tokens(text) == (text if kept is None else kept)


def test_members_that_must_work_are_kept() -> None:
    """Only those of the outermost object, by their names; the others lose their secrets."""
    value = {"token": USER_TOKEN, "other": USER_TOKEN, "inner": {"token": USER_TOKEN}}

    assert without_tokens(value, keep=["token", "absent"]) == {
        "token": USER_TOKEN,
        "other": f"EAA{MASK}",
        "inner": {"token": f"EAA{MASK}"},
    }


@pytest.mark.parametrize("value", [[USER_TOKEN], USER_TOKEN])
def test_only_members_of_objects_can_be_kept(value: Any) -> None:
    """A list and a text have no members; their secrets go."""
    assert USER_TOKEN not in str(without_tokens(value, keep=[USER_TOKEN]))


@pytest.mark.parametrize("name", sorted(SECRET_PARAMETERS))
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("?{}=s3cr3t&a=1", "?{}={}&a=1"),
        ("{}: s3cr3t, a", "{}: {}, a"),
        ("{}: Bearer s3cr3t", "{}: Bearer {}"),
        ("{}=OAuth s3cr3t", "{}=OAuth {}"),
        ('{{"{}": "s3cr3t", "a": 1}}', '{{"{}": "{}", "a": 1}}'),
        (r"{{\"{}\":\"s3cr3t\"}}", r"{{\"{}\":\"{}\"}}"),
    ],
)
def test_a_record_has_no_secret_parameter(name: str, text: str, kept: str) -> None:
    """In queries, headers and JSON, also in capital letters; what has no such look stays for a caller."""
    for written in (name, name.upper()):
        assert masked(text.format(written)) == kept.format(written, MASK)
        assert without_tokens(text.format(written)) == text.format(written)


@pytest.mark.parametrize("name", ["access_token", "Access_Token", "AUTHORIZATION"])
def test_a_member_with_the_name_of_a_secret_is_masked_in_a_record_alone(name: str) -> None:
    """Whatever its value is, unless it is empty; in every object of the value."""
    value = {name: ["s3cr3t"], "inner": [{name: 12345}], "empty": {name: ""}}

    assert masked(value) == {name: MASK, "inner": [{name: MASK}], "empty": {name: ""}}
    assert without_tokens(value) == value


def test_parameters_with_other_names_are_recorded() -> None:
    """A name that only ends like a secret one, and one that only speaks of secrets."""
    texts = ["my_access_token=abc", "a token: abc", "secret=abc", "no authorization", "access_token"]
    value = {"token": "abc", "secret": "abc", 5: "abc", "texts": texts}

    assert masked(value) == value


def test_a_record_in_json_stays_json() -> None:
    """The text of a body is masked within its strings."""
    body = json.dumps({"client_secret": "s3cr3t", "link": "http://carol:x@host.example", "to": "1|2"})

    assert json.loads(masked(body)) == {
        "client_secret": MASK,
        "link": f"http://{MASK}@host.example",
        "to": "1|2",
    }


SECRETS = [
    *(text for text, _ in BY_LOOK.values()),
    APP_TOKEN.replace("|", "%7C"),
    "http:\\/\\/carol:hunter2\\u0040media.example\\/a.png",
    *(f"{name.title()}=x" for name in sorted(SECRET_PARAMETERS)),
]
"""A text with each kind of secret."""


@pytest.mark.parametrize("text", SECRETS)
def test_no_secret_is_overlooked_at_first_sight(text: str) -> None:
    """Neither in a text nor in the JSON of an object that has it."""
    assert masked(text) != text
    assert may_hold_secret(text)
    assert may_hold_secret(json.dumps({"a": text}))


@pytest.mark.parametrize("name", sorted(SECRET_PARAMETERS))
def test_no_parameter_is_overlooked_at_first_sight(name: str) -> None:
    """By its name, in any case, whatever its value."""
    assert may_hold_secret(json.dumps({name.upper(): "x"}))


def test_most_texts_hold_no_secret_at_first_sight() -> None:
    """Such as a message, its id and the answer of the API."""
    texts = (
        "Hello",
        "wamid.HBgLMTY1MDU1NTEyMzQ=",
        '{"url":"https://a.example/b","n":1}',
        "POST /v24.0/1 → 200",
    )

    assert not any(map(may_hold_secret, texts))
