"""How secrets look: patterns for :mod:`.masking`, each with what stands before a secret as its group."""

from __future__ import annotations

import re

from emulator.domain.masking import SECRET_PARAMETERS

USER_TOKEN = re.compile(r"(EAA(?:(?<![A-Za-z0-9]EAA)|(?<=%[0-9A-Fa-f]{2}EAA)))[A-Za-z0-9]{20,}")
"""The token of a user or of a system user; the word before it ends where it begins."""
APP_TOKEN = re.compile(r"((?<![0-9])[0-9]{5,20}(?:\||%7[Cc]))[\w-]{16,}")
"""``APP_ID|SECRET``."""
CLIENT_TOKEN = re.compile(r"(GG(?:\||%7[Cc]))[\w-]+(?:(?:\||%7[Cc])[\w-]+)?")
"""``GG|APP_ID|…``: what signs in to websites and devices."""
USER_INFO = re.compile(r"(://?)[^/?#\s\"<>]*@")
"""Of a URL, or of one in a path whose double slash became one."""
ESCAPED_USER_INFO = re.compile(r"(:\\/(?:\\/)?)(?:[^/\\?#\s\"<>]|\\u[0-9a-f]{4})*(?:@|\\u0040)")
"""The same in the platform's JSON, which escapes slashes and the sign."""
NAMED = re.compile(
    rf"(\b(?:{'|'.join(sorted(SECRET_PARAMETERS))})(?:\\?[\"'])?\s*[:=]\s*(?:\\?[\"'])?"
    r"(?:(?:Bearer|OAuth)\s+)?)[^\"'`&\s,}\\]+",
    re.IGNORECASE,
)
"""A parameter that is secret by its name, with its value: in a query, a header or JSON."""
