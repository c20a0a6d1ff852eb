"""What the journal keeps of a call: its beginning, without secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote

from emulator.domain.masking import LONGEST_SECRET, MASK, SECRET_PARAMETERS, masked, may_hold_secret
from emulator.web.graph.endpoints import Request

_REMEMBERED = 16_384
"""How many characters of a request and of its answer the journal keeps."""
_MANY = 1000
"""Members from which on a request is written piece by piece, and no further than it is kept."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)
_LONGEST_NUMBER = 40
"""Characters of a number as somebody writes it, at most."""
_NO_DIGITS = re.compile(r"[^0-9]+")


def remembered(text: str, token: str) -> str:
    """Cut a text to what is kept, without the caller's ``token``, what that is made of, and other secrets."""
    text = text[: _REMEMBERED + LONGEST_SECRET]
    for secret in _spellings(token):
        text = text.replace(secret, MASK)
    return str(masked(text))[:_REMEMBERED]


def is_plain(texts: Iterable[str], token: str) -> bool:
    """Whether :func:`remembered` would leave each of some texts as it is; ``False`` may be wrong.

    One look at all of them costs a fraction of what masking each costs.
    """
    joined = "\n".join(texts)
    return (
        len(joined) <= _REMEMBERED
        and not may_hold_secret(joined)
        and not any(secret in joined for secret in _spellings(token))
    )


def addressee(request: Request) -> str | None:
    """Find the number that a call was meant for, where its ``to`` has digits; ``None`` otherwise."""
    to = request.body.get("to")
    digits = _NO_DIGITS.sub("", to[:_LONGEST_NUMBER]) if isinstance(to, str) else ""
    return digits or None


@lru_cache(maxsize=64)
def _spellings(token: str) -> tuple[str, ...]:
    """A token and the secret in it, each as it is and as it stands in a URL."""
    return tuple(
        dict.fromkeys(
            spelling
            for secret in (token, token.partition("|")[2])
            if secret
            for spelling in (secret, quote(secret))
        )
    )


def sent(request: Request) -> str:
    """Write what was sent as JSON; of files only their names and types, and no secret parameter."""
    files = {name: f"{file.name} ({file.content_type})" for name, file in request.files.items()}
    given = {**request.query, **request.body, **files}
    for name in SECRET_PARAMETERS & given.keys():
        given[name] = MASK
    if max(len(given), *(len(each) for each in given.values() if type(each) in (list, dict)), 0) <= _MANY:
        return _ENCODER.encode(given)
    text = ""
    for piece in _ENCODER.iterencode(given):  # slower, and can be left off
        text += piece
        if len(text) > _REMEMBERED + LONGEST_SECRET:
            break
    return text
