"""Problem details (RFC 9457): how the control API says why it does not do what it was asked."""

from __future__ import annotations

from collections.abc import Mapping

PROBLEM_TYPE = "application/problem+json"
"""The media type of problem details."""


def problem(status: int, title: str, detail: str, **more: object) -> Mapping[str, object]:
    """Build problem details (RFC 9457): ``title`` and ``status`` of the answer, and a sentence in ``detail``.

    ``more`` are members beside them.
    """
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
