"""A right call of either API, and what becomes of it: other ids, bodies, encodings, queries and methods."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from kit.bodies.random_changes import garbled
from kit.fuzzing.changes import changed, doubled, value, word

_BOUNDARY = "----fuzz"
_OTHER_TYPES = (
    *(None, "", "text/plain", "application/xml", "application/json; charset=utf-16", "application/jsonp"),
    *("application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "a/b"),
    *("APPLICATION/JSON", "application/vnd.api+json", "application/octet-stream", "json", "\x7f/\x7f"),
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Sent:
    """A call as it goes out; ``path`` is percent-encoded, with its query."""

    method: str
    path: str
    data: bytes = b""
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        kept = f"{self.data[:1500]!r}" + ("…" if len(self.data) > 1500 else "")
        return f"{self.method} {self.path[:400]} [{self.content_type}] {dict(self.headers)} {kept}"


def call(
    chance: random.Random,
    method: str,
    path: str,
    body: Any,
    query: Mapping[str, Any],
    ids: Sequence[str],
    *,
    files: Sequence[tuple[str, str, bytes]] = (),
    headers: Mapping[str, str] | None = None,
) -> Sent:
    """Make a call of ``method`` on a ``path``, changed at random; some come out as they were.

    ``files``: parts of a multipart body as (name, type, bytes), for a call that uploads.
    """
    asked = _query(chance, query, ids)
    if body is not None:
        body = changed(chance, body, ids)
        if isinstance(body, dict) and body and chance.random() < 0.06:
            moved = chance.choice(list(body))
            asked.append((str(moved), _text(body[moved])[:20_000]))
    data, content_type = _encoded(chance, body, ids, files)
    if chance.random() < 0.03:
        method = chance.choice(METHODS)
    shown = quote(path, safe="/:|@~") + (f"?{urlencode(asked)}" if asked else "")
    return Sent(method, shown, data, content_type, headers or {})


def _query(chance: random.Random, query: Mapping[str, Any], ids: Sequence[str]) -> list[tuple[str, str]]:
    """Some of the parameters, some with other values, one twice or nested, and sometimes one more."""
    made: list[tuple[str, str]] = []
    for name, usual in query.items():
        if chance.random() < 0.4:
            continue
        made.append((name, word(chance, ids) if chance.random() < 0.4 else _text(usual)))
        if chance.random() < 0.08:
            made.append(
                (f"{name}{chance.choice(('', '[]', '[a]', '[0]', '[', '[a][b]'))}", word(chance, ids))
            )
    if chance.random() < 0.06:
        made.append(
            (chance.choice(("method", "limit", "after", "fields", "", "a[b]", "x" * 500)), word(chance, ids))
        )
    return made


def _encoded(
    chance: random.Random, body: Any, ids: Sequence[str], files: Sequence[tuple[str, str, bytes]]
) -> tuple[bytes, str | None]:
    if body is None:
        return (
            (b"", None)
            if chance.random() < 0.9
            else (json.dumps(value(chance, ids)).encode(), "application/json")
        )
    how = chance.choices(
        ("json", "doubled", "garbled", "form", "multipart", "typed"), (60, 7, 8, 10, 60 if files else 5, 6)
    )[0]
    text = json.dumps(body, ensure_ascii=chance.random() < 0.5)
    match how:
        case "doubled":
            return doubled(chance, text, ids).encode(), "application/json"
        case "garbled":
            return garbled(chance, text.encode()), "application/json"
        case "form":
            return urlencode(_pairs(body)).encode(), "application/x-www-form-urlencoded"
        case "multipart":
            return _multipart(body, files), f"multipart/form-data; boundary={_BOUNDARY}"
        case "typed":
            return text.encode(), chance.choice(_OTHER_TYPES)
    return text.encode(), "application/json"


def _pairs(body: Any) -> list[tuple[str, str]]:
    """An object as a form: members as JSON in strings, lists with brackets."""
    pairs: list[tuple[str, str]] = []
    for name, each in body.items() if isinstance(body, dict) else [("", body)]:
        if isinstance(each, list):
            pairs += [(f"{name}[]", _text(element)) for element in each]
        else:
            pairs.append((str(name), _text(each)))
    return pairs


def _multipart(body: Any, files: Sequence[tuple[str, str, bytes]]) -> bytes:
    parts = [
        f'Content-Disposition: form-data; name="{quote(name)}"\r\n\r\n{text}'.encode()
        for name, text in _pairs(body)
    ]
    parts += [
        f'Content-Disposition: form-data; name="{name}"; filename="{name}.bin"\r\n'.encode()
        + f"Content-Type: {kind}\r\n\r\n".encode()
        + data
        for name, kind, data in files
    ]
    lines = b"".join(b"--" + _BOUNDARY.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return lines + b"--" + _BOUNDARY.encode() + b"--\r\n"


def _text(element: Any) -> str:
    return element if isinstance(element, str) else json.dumps(element)
