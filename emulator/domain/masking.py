"""Keep secrets out of what is kept: access tokens, app secrets, and passwords in URLs.

One function for each kind of place:

- :func:`without_tokens` is for what a caller sent and the emulator will store. It takes out what is a secret
  by its look alone: tokens of Meta, and the user name and password of a URL.
- :func:`masked` is for records of what happened (journal, log, attempts, deliveries). It takes out the values
  of parameters that are secret by their name, too.
- :func:`beginning` is for sentences that quote a value, and not all of it: a secret is taken out before it is
  cut, when it could no longer be recognised.

Each secret becomes ``…``; what stands before it and tells its kind remains (``EAA…``, ``123456|…``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

MASK = "…"
SECRET_PARAMETERS = frozenset(
    {
        "access_token",
        "app_secret",
        "appsecret_proof",
        "authorization",
        "client_secret",
        "fb_exchange_token",
        "input_token",
    }
)
"""Parameters of the Graph API whose value is a secret, in lower case."""

LONGEST_SECRET = 4096
"""How many characters beyond those that are kept of a text are looked at, so that no secret is cut before it
is recognised."""
_WITHOUT_TEXT = (int, float, bool, type(None))


def without_tokens(value: Any, keep: Collection[str] = ()) -> Any:
    """Take tokens of Meta and the user-info of URLs out of every string in a JSON value.

    Names of members are looked at, too. ``keep``: members of the outermost object that stay as they are,
    because they must work: an access token that opens a sandbox, the URL of a callback.
    """
    if keep and isinstance(value, Mapping):
        kept = {name: value[name] for name in value if name in keep}
        rest = {name: each for name, each in value.items() if name not in keep}
        return _each_text(rest, _unmistakable) | kept
    return _each_text(value, _unmistakable)


def masked(value: Any) -> Any:
    """Make a JSON value fit for a record: also without parameters that are secret by their name.

    Their values are recognised as members of objects, and in texts: in queries, headers and JSON.
    """
    return _each_text(value, _recordable, SECRET_PARAMETERS)


def may_hold_secret(text: str) -> bool:
    """Say whether :func:`masked` may find something in a text, or in what a JSON text says.

    It looks for a few letters alone: ``False`` is certain, ``True`` is not. One of the first stands in every
    secret that is known by its look, one of the last in every name of :data:`SECRET_PARAMETERS`.
    """
    if _may_look_secret(text) or ":\\\\/" in text:  # the same where JSON escapes it once more
        return True
    lower = text.lower()
    return "token" in lower or "secret" in lower or "authorization" in lower


def beginning(text: str, most: int) -> str:
    """Quote the first ``most`` characters of what :func:`masked` leaves of a text."""
    return _recordable(text[: most + LONGEST_SECRET])[:most]


def _each_text(value: Any, change: Callable[[str], str], secret: Collection[str] = ()) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {
            change(name) if isinstance(name, str) else name: MASK
            if each and secret and isinstance(name, str) and name.lower() in secret
            else change(each)
            if type(each) is str
            else each
            if type(each) in _WITHOUT_TEXT
            else _each_text(each, change, secret)
            for name, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [
            change(each)
            if type(each) is str
            else each
            if type(each) in _WITHOUT_TEXT
            else _each_text(each, change, secret)
            for each in value
        ]
    return value


def _may_look_secret(text: str) -> bool:
    return "EAA" in text or "|" in text or "%7" in text or "@" in text or ":\\/" in text


def _unmistakable(text: str) -> str:
    if not _may_look_secret(text):
        return text
    from emulator.domain import secret_patterns as looks  # few texts need them, which take 4 ms to compile

    if "EAA" in text:
        text = looks.USER_TOKEN.sub(rf"\1{MASK}", text)
    if "|" in text or "%7" in text:
        text = looks.CLIENT_TOKEN.sub(rf"\1{MASK}", looks.APP_TOKEN.sub(rf"\1{MASK}", text))
    if "@" in text:
        text = looks.USER_INFO.sub(rf"\1{MASK}@", text)
    if ":\\/" in text:
        text = looks.ESCAPED_USER_INFO.sub(rf"\1{MASK}@", text)
    return text


def _recordable(text: str) -> str:
    if not may_hold_secret(text):
        return text
    from emulator.domain.secret_patterns import NAMED

    return NAMED.sub(rf"\1{MASK}", _unmistakable(text))
