"""A client of the control API, in this process and without a socket."""

from __future__ import annotations

from typing import Any, cast

from flask.testing import FlaskClient

from kit.answers import Answer

ROOT = "/_emulator"
HERE = f"{ROOT}/sandboxes/default"
"""The default sandbox, which is meant by a path that does not begin with :data:`ROOT`."""


class Control:
    """Calls the control API of the default sandbox; ``client`` is that of the application."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> Answer:
        """Call a path like ``/people``. ``more``: what werkzeug's client takes, like ``query_string``."""
        if body is not None:
            more["json"] = body
        address = path if path.startswith(ROOT) else HERE + path
        return cast(Answer, self.client.open(address, method=method, **more))

    def expect(self, method: str, path: str, body: Any = None, *, status: int = 200, **query: str) -> Any:
        """Call a path, which must be answered with ``status``; returns the JSON of the answer."""
        answer = self(method, path, body, query_string=query)
        assert answer.status_code == status, answer.text
        return answer.json

    def get(self, path: str, **more: Any) -> Answer:
        return self("GET", path, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> Answer:
        return self("POST", path, body, **more)

    def patch(self, path: str, body: Any, **more: Any) -> Answer:
        return self("PATCH", path, body, **more)

    def put(self, path: str, body: Any, **more: Any) -> Answer:
        return self("PUT", path, body, **more)

    def delete(self, path: str, **more: Any) -> Answer:
        return self("DELETE", path, **more)


def problem_of(answer: Answer) -> tuple[int, str]:
    """The status and the sentence of a problem, which must have the form of RFC 9457."""
    assert answer.mimetype == "application/problem+json", answer.text
    problem: dict[str, Any] = answer.json or {}
    assert set(problem) == {"type", "title", "status", "detail"}
    assert problem["status"] == answer.status_code
    return answer.status_code, problem["detail"]
