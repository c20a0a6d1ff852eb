"""The calls that the table of fidelity is made of, carried out and compared with what it says."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, cast

from flask.testing import FlaskClient

from emulator import Emulator, Sandbox, create_app
from kit.answers import Answer
from kit.explanations import explained, lacking
from kit.identities import SHEENA
from kit.receivers import listen
from kit.times import MORNING

if TYPE_CHECKING:
    from fidelity.rows.row import Exchange


class World:
    """A sandbox in which nothing has happened, with somebody who may have written, and a receiver."""

    def __init__(self, emulator: Emulator) -> None:
        self._sandbox: Sandbox = emulator.create(at=MORNING, speed=None, at_once=True)
        self._client: FlaskClient = create_app(emulator).test_client()
        self._inbox = listen(self._sandbox)

    def agrees(self, exchange: Exchange) -> None:
        """Carry out a call as it is written in the row, and compare what comes of it with the row."""
        answer = self._ask(exchange)

        assert answer.status_code == exchange.status, answer.text
        if exchange.answer is not None:
            assert without_ids(answer.json) == exchange.answer
        for name, pattern in exchange.headers.items():
            found = answer.headers.get(name)
            if pattern is None:
                assert found is None
            else:
                assert re.fullmatch(pattern, found or ""), f"{name}: {found}"
        if exchange.later is not None:
            assert self._failures() == [exchange.later]
            self._explain_failures()

    def _ask(self, exchange: Exchange) -> Answer:
        self._sandbox.reset()
        if exchange.settings:
            self._sandbox.change_settings(**exchange.settings)
        if exchange.written:
            for number in self._sandbox.identity()["numbers"]:
                self._sandbox.people.say(SHEENA, "Hi", to=number["phone_number_id"])
        body = exchange.body
        answer = self._client.open(
            exchange.path,
            method=exchange.method,
            data=body if isinstance(body, bytes) or body is None else json.dumps(body),
            content_type=None if body is None else exchange.content_type,
            headers={"Authorization": f"Bearer {exchange.token}"} if exchange.token else {},
        )
        return explained(cast(Answer, answer))

    def _explain_failures(self) -> None:
        """The journal explains each ``failed`` status, as headers explain a refusal."""
        with self._sandbox.services.command() as store:
            entries = [entry for entry in store.journal.select() if entry.summary.startswith("failed")]
        assert entries
        for entry in entries:
            rule, hint = (str(entry.details[name]) for name in ("rule", "hint"))
            assert not (missing := lacking(rule, hint, entry.summary)), missing

    def _failures(self) -> list[dict[str, Any]]:
        """The errors of the statuses that follow, each without the address of its page."""
        self._inbox.clear()
        self._sandbox.settle()
        errors = [status["errors"] for status in self._inbox.statuses]
        return [{name: part for name, part in error.items() if name != "href"} for (error,) in errors]


def without_ids(body: Any) -> Any:
    """An answer with ``…`` for the ids that differ every time."""
    if "error" in body:
        return {"error": {**body["error"], "fbtrace_id": "…"}}
    if "messages" in body:
        return {**body, "messages": [{**message, "id": "…"} for message in body["messages"]]}
    return body
