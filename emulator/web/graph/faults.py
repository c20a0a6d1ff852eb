"""The faults that calls of the Graph API meet, asked for before the endpoint acts."""

from __future__ import annotations

from datetime import timedelta

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.catalogue import ErrorChannel
from emulator.domain.faults import Occasion
from emulator.sandbox.sandbox import Sandbox
from emulator.web.graph.endpoints import Node, Request
from emulator.web.graph.routing import edge_of
from emulator.wire import responses

_VERBS = {"GET": "get", "DELETE": "delete"}


def meet(sandbox: Sandbox, request: Request, node: Node, segments: list[str], method: str) -> None:
    """Raise the error that somebody asked for, if a fault fits this call; it counts as met then.

    It is asked before the endpoint acts, so a call that meets a fault has changed nothing. ``segments`` are
    those of the path, ``method`` is the one that counts.
    """

    def words() -> dict[str, str]:
        now = sandbox.clock.now()
        return {
            "verb": _VERBS.get(method, "post"),
            "id": node.id,
            "parameter": "components[0]['buttons'][0]['phone_number']",
            "path": "/" + "/".join(segments),
            "expired": responses.pacific(now - timedelta(hours=1)),
            "now": responses.pacific(now),
        }

    occasion = Occasion(
        ErrorChannel.SYNC,
        phone_number_id=node.id if isinstance(node, BusinessNumber) else None,
        edge=edge_of(segments),
        method="GET" if method == "HEAD" else method,
    )
    refusal = sandbox.faults.meet(occasion, request.parameter("to"), request.parameter("recipient"), words)
    if refusal is not None:
        raise refusal
