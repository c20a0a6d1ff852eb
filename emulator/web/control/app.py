"""Bind the control routes to Flask: read and check the body and query, call the route, answer or explain."""

from __future__ import annotations

import logging
from functools import cache

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from emulator.domain.errors import PlatformError
from emulator.domain.masking import masked, without_tokens
from emulator.domain.quoting import LONGEST_SENTENCE, cut, did_you_mean
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.engine.advance import CalledFromReceiver, NotQuiet
from emulator.sandbox.errors import NotKept, NotMet, SandboxClosed, SeedError
from emulator.sandbox.log_records import is_heard
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.modules import every_route, servers_own_routes
from emulator.web.control.routes import schemas
from emulator.web.control.routes.problems import PROBLEM_TYPE, problem
from emulator.web.control.routes.routing import Routing
from emulator.web.control.routes.table import ControlRoute, Json
from emulator.web.control.routes.values import BadRequest
from emulator.web.refusal_log import log_refusal
from emulator.wire.parameters import parse

log = logging.getLogger(__name__)

MAX_SNAPSHOT = 1024 * 1024 * 1024
"""The most bytes of any body: a snapshot to restore may have that many, other bodies less."""
MAX_BODY = 4 * 1024 * 1024

_WORKING = frozenset({"url"})
"""What has to work with its secrets: the callback URL of webhooks."""


def blueprint(emulator: Emulator) -> Blueprint:
    """Make the Flask blueprint of the control API over the sandboxes of ``emulator``, under ``/_emulator``.

    Its one rule leads to the routes of the table, as Flask would compile a rule for each at every start. They
    are imported at the first call that is for none of the server's own. The body and query are
    checked against the route's schemas, its function is called, and what it raises is answered as problem
    details (RFC 9457).
    """
    bound = Blueprint("control", __name__, url_prefix="/_emulator")
    servers_own = Routing(servers_own_routes())
    every = cache(lambda: Routing(every_route()))

    @bound.route("/", defaults={"rest": ""}, methods=("GET", "POST", "PUT", "PATCH", "DELETE"))
    @bound.route("/<path:rest>", methods=("GET", "POST", "PUT", "PATCH", "DELETE"))
    def carry_out(rest: str) -> Response:
        method, path = "GET" if request.method == "HEAD" else request.method, f"/{rest}"
        found = servers_own.find(method, path) or every().find(method, path)
        if found is None:
            return _problem(
                404, "Not Found", f"{request.method} /_emulator/{rest}: see /_emulator/openapi.json"
            )
        each, named = found
        request.view_args = dict(named)
        return _carried_out(emulator, each, **named)

    @bound.after_request
    def log_problem(response: Response) -> Response:
        if response.mimetype == PROBLEM_TYPE and is_heard():
            problem, named = response.get_json(), (request.view_args or {}).get("s")
            log_refusal(
                emulator,
                "control",
                f"{request.method} {request.path}",
                problem["status"],
                problem["title"],
                hint=problem["detail"],
                sandbox=named,
            )
        return response

    return bound


def _carried_out(emulator: Emulator, each: ControlRoute, s: str | None = None, **path: str) -> Response:
    """Answer a call of a route; ``s`` is the name of the sandbox, ``path`` what else stands in the path."""
    sandbox: Sandbox | None = None
    try:
        given = without_tokens({**path, **_query(each), **_body(each)}, _WORKING)
        if "sandbox" in each.handler.__annotations__:
            sandbox = emulator.get(s or "")
            answer = each.handler(sandbox, **given)
        else:
            answer = each.handler(emulator, **({"s": s} if s else {}), **given)
    except SandboxClosed as problem:
        return _problem(410, "Gone", str(problem))
    except NotMet as missed:
        from emulator.web.control.expectations import subject_answer

        found = [subject_answer(subject) for subject in missed.came]
        more = {"transcript": missed.conversation, "found": found}
        return _problem(408, "Request Timeout", missed.summary, **more)
    except (LookupError, ValueError, NotQuiet, CalledFromReceiver, NotKept, PlatformError) as problem:
        return _explain(problem)
    except HTTPException as problem:
        return _problem(problem.code or 400, problem.name, problem.description or "")
    except Exception:
        if sandbox is not None and sandbox.is_closed:
            return _problem(410, "Gone", f"the sandbox {sandbox.name} has been closed")
        log.exception("%s %s failed", request.method, masked(request.path))
        return _problem(500, "Internal Server Error", "The emulator failed; its log has the cause.")
    if isinstance(answer, Response):
        return answer
    response = Response(status=204) if each.status == 204 else jsonify(answer)
    response.status_code = each.status
    if each.now is not None:
        former = f"{each.method} …{each.path.rpartition('}')[2]}".replace("…", "")
        response.headers["X-Emulator-Warning"] = (
            f"{former} is called {each.now.replace('…', '')} now; the former name goes with the next version"
        )
    return response


def _explain(problem: Exception) -> Response:
    match problem:
        case LookupError():
            return _problem(404, "Not Found", str(problem.args[0] if problem.args else problem))
        case PlatformError():
            hint = f" {problem.hint}" if problem.hint else ""
            return _problem(400, "Bad Request", f"{problem}{hint}")
        case BadRequest() | SeedError():
            return _problem(400, "Bad Request", str(problem))
        case NotQuiet() | CalledFromReceiver():
            return _problem(409, "Conflict", str(problem))
        case NotKept():
            return _problem(503, "Service Unavailable", f"nothing was changed: {problem}")
    return _problem(422, "Unprocessable Content", str(problem))


def refusal(problem: HTTPException) -> Response:
    """Answer what the framework refuses about a path of the control API, such as a method it has never."""
    return _problem(problem.code or 400, problem.name, str(problem.description))


def _problem(status: int, title: str, detail: str, **more: object) -> Response:
    response = jsonify(problem(status, title, cut(detail, LONGEST_SENTENCE), **more))
    response.status_code = status
    response.mimetype = PROBLEM_TYPE
    return response


def _body(each: ControlRoute) -> Json:
    _expect_json(each)
    if each.method in ("GET", "DELETE") or each.path.endswith("/snapshot"):
        return {}
    if (request.content_length or 0) > MAX_BODY:
        raise BadRequest(f"the body is larger than {MAX_BODY} bytes")
    raw = request.get_data()
    given = parse(raw) if raw.strip() else {}
    if not isinstance(given, dict):
        raise BadRequest("the body must be a JSON object")
    for name, value in given.items():
        if name not in each.body:
            known = ", ".join(each.body) or "nothing"
            meant = did_you_mean(name, each.body)
            raise BadRequest(f"there is no {name!r} here{meant}; this call takes {known}")
        schemas.check(name, value, each.body[name])
    for name, schema in each.body.items():
        if schema.get("x-required") and name not in given:
            raise BadRequest(f"{name!r} is missing")
    return given


def _expect_json(each: ControlRoute) -> None:
    """Refuse a body of another type: a page of any origin may send forms and plain text unasked."""
    if each.method == "GET" or each.path.endswith("/snapshot") or request.is_json:
        return
    if request.content_length or "HTTP_TRANSFER_ENCODING" in request.environ:
        raise UnsupportedMediaType(
            f"the body has the Content-Type {request.content_type or 'of nothing'}; send JSON, "
            "with the header `Content-Type: application/json`"
        )


def _query(each: ControlRoute) -> Json:
    given: Json = {}
    for name, value in request.args.items():
        if name not in each.query:
            known = ", ".join(each.query) or "none"
            meant = did_you_mean(name, each.query)
            raise BadRequest(f"there is no query parameter {name!r}{meant}; there are: {known}")
        if each.query[name]["type"] == "number":
            if not (value.isascii() and value.isdigit() and len(value) < 15):
                raise BadRequest(f"{name!r} must be a whole number, got {value!r}")
            given[name] = int(value)
        else:
            schemas.check(name, value, each.query[name])
            given[name] = value
    return given
