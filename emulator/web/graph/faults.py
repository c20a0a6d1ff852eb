"""The faults that calls of the Graph API meet: found before the endpoint acts, and answered."""

from __future__ import annotations

import json
import math
from datetime import timedelta
from html import escape
from http import HTTPStatus
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.faults.fault import RULE, Fault
from emulator.domain.faults.kinds import THROTTLES
from emulator.domain.faults.occasions import Occasion, When
from emulator.domain.faults.parameters import Effect
from emulator.domain.graph import api_calls
from emulator.domain.limits.api_usage import Usage
from emulator.domain.values import dataclass
from emulator.sandbox.sandbox import Sandbox
from emulator.web.endings import Ending, Struck
from emulator.web.graph.endpoints import Node, Request
from emulator.web.graph.routing import edge_of
from emulator.wire import responses
from emulator.wire.parameters import parse

_VERBS = {"GET": "get", "DELETE": "delete"}
_ENDINGS = {"reset": Ending.RESET, "truncated": Ending.TRUNCATED}
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes out instead of the right answer: status, bytes, and how it says what the bytes are."""

    status: int
    body: bytes
    headers: list[tuple[str, str]]
    is_graph: bool
    """Whether it has the headers of the Graph API; an answer of a proxy has not."""


def meet(sandbox: Sandbox, request: Request, node: Node, segments: list[str], method: str) -> Fault | None:
    """Find the fault that strikes this call; it counts as met then. ``None`` when none does.

    It is asked before the endpoint acts. ``segments`` are those of the path, ``method`` is the one that
    counts.
    """

    def occasion() -> Occasion:
        asked = {**request.query, **request.body}
        asked |= {name: parse(value.encode()) for name, value in asked.items() if _is_json(value)}
        return Occasion(
            When.SYNC,
            sandbox.clock.now(),
            phone_number_id=node.id if isinstance(node, BusinessNumber) else None,
            edge=edge_of(segments),
            method=method,
            type=api_calls.type_of(asked),
            text=api_calls.text_of(asked),
            template=api_calls.template_of(asked),
        )

    return sandbox.faults.meet(occasion, request.parameter("to"), request.parameter("recipient"))


def _is_json(value: Any) -> bool:
    """Whether a parameter is an object in a text, as a form has it."""
    return isinstance(value, str) and value.startswith("{")


def words(sandbox: Sandbox, node: Node, segments: list[str], method: str) -> dict[str, str]:
    """What Graph's sentences quote of a call."""
    now = sandbox.clock.now()
    return {
        "verb": _VERBS.get(method, "post"),
        "id": node.id,
        "parameter": "components[0]['buttons'][0]['phone_number']",
        "path": "/" + "/".join(segments),
        "expired": responses.pacific(now - timedelta(hours=1)),
        "now": responses.pacific(now),
    }


def sent(fault: Fault) -> Sent | None:
    """What a fault sends instead of the right answer; ``None`` of one that sends that, or an error."""
    told = fault.parameters
    headers = [
        *told.get("headers", {}).items(),
        ("X-Emulator-Rule", RULE),
        ("X-Emulator-Hint", responses.printable(hint(fault))),
    ]
    match fault.kind:
        case "envelope":
            return Sent(
                told.get("status", 400), json.dumps(told["envelope"]).encode(), headers, is_graph=True
            )
        case "status":
            if "body" in told:
                kind = "application/json" if told["body"].lstrip()[:1] in ("{", "[") else "text/plain"
                return _plain(told["status"], told["body"], f"{kind}; charset=utf-8", headers)
            return _plain(told["status"], page(told["status"]), _HTML, headers)
        case "empty" | "reset":
            return _plain(told.get("status", 200), "", None, headers)
    return None


def _plain(status: int, body: str, content_type: str | None, headers: list[tuple[str, str]]) -> Sent:
    named = {name.lower() for name, _ in headers}
    if content_type is not None and "content-type" not in named:
        headers = [("Content-Type", content_type), *headers]
    return Sent(status, body.encode("utf-8", "replace"), headers, is_graph=False)


def page(status: int) -> str:
    """The page of HTML that a proxy shows for a status."""
    try:
        title = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        title = f"{status} Unknown"
    shown = escape(title)
    return (
        f"<html>\r\n<head><title>{shown}</title></head>\r\n"
        f"<body>\r\n<center><h1>{shown}</h1></center>\r\n<hr><center>proxy</center>\r\n</body>\r\n</html>\r\n"
    )


def hint(fault: Fault) -> str:
    """Say that an answer was asked for, and whether the call was carried out all the same."""
    carried = {Effect.DONE: " The call was carried out.", Effect.NONE: " The call was not carried out."}
    so = "" if fault.effect is None else carried[fault.effect]
    often = "until it is removed" if fault.times is None else f"{fault.met} of {fault.times}"
    return f"Fault {fault.id} was asked for: {fault.label} ({often}).{so}"


def struck(fault: Fault, sandbox: Sandbox) -> Struck | None:
    """What a fault does to the way of the answer; ``None`` when it goes out as any other."""
    ending = _ENDINGS.get(fault.kind, Ending.WHOLE)
    if ending is Ending.WHOLE and not fault.delay:
        return None
    return Struck(ending, fault.delay, sandbox.faults.hold)


def usage(fault: Fault | None) -> Usage | None:
    """How much of its limit the headers of a throttled call report: all of it; ``None`` of any other call."""
    if fault is None or fault.kind != "throttle":
        return None
    return Usage(100, math.ceil(fault.parameters["retry_after"] / 60))


def is_of_the_app(fault: Fault | None) -> bool:
    """Whether a throttled call has met a limit of the app, which ``X-App-Usage`` reports."""
    return fault is not None and fault.kind == "throttle" and THROTTLES[fault.parameters["code"]]


def retry_after(fault: Fault | None) -> list[tuple[str, str]]:
    """The header by which a throttled call says when it may be tried again."""
    if fault is None or fault.kind != "throttle":
        return []
    return [("Retry-After", str(fault.parameters["retry_after"]))]
