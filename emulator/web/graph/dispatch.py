"""From a request to a reply: read the version, find the sandbox by the token, and carry the call out there.

A call that belongs to no sandbox is refused here, without a journal.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from hashlib import blake2b

from emulator.domain import ids
from emulator.domain.accounts.apps import Token
from emulator.domain.errors import GraphError, PlatformError, message_error
from emulator.domain.errors import refuse as refused
from emulator.domain.graph import versions
from emulator.domain.masking import SECRET_PARAMETERS, masked, without_tokens
from emulator.sandbox.clock import TimeGoesForward
from emulator.sandbox.emulator import Emulator
from emulator.sandbox.errors import NotKept, SandboxClosed
from emulator.sandbox.sandbox import Sandbox
from emulator.web.graph.endpoints import Answer, Request
from emulator.web.graph.exchange import Exchange, Reply
from emulator.web.graph.tokens import authenticate
from emulator.web.refusal_log import log_refusal
from emulator.wire import responses, signing
from emulator.wire.parameters import Parameter

_WORKING = SECRET_PARAMETERS | {"callback_url", "override_callback_uri", "webhook_configuration"}
"""Parameters that have to work with their secrets: they open the sandbox, or a callback."""

log = logging.getLogger(__name__)


def answer(emulator: Emulator, request: Request) -> Reply:
    """Answer a call of the Graph API.

    Read its version, find its sandbox by the token, and carry it out there. It never raises: a refusal is
    answered as Graph's error, and a failure of the emulator as 131000, with its cause in the log.
    """
    asked, segments = _version(request.path)
    if asked is not None and not versions.exists(asked):
        hint = f"There is no version {asked}; the newest is {versions.LATEST}."
        unknown = GraphError(f"Unknown path components: {request.path}", 2500, rule="path", hint=hint)
        return refuse(emulator, request, unknown)
    sandbox: Sandbox | None = None
    try:
        if segments == ["oauth", "access_token"]:
            return _exchange_token(emulator, request, segments)
        sandbox, token = authenticate(emulator, request)
        return _answer_in(sandbox, token, asked, segments, _without_tokens(request))
    except PlatformError as refusal:
        return refuse(emulator, request, refusal)
    except NotKept as problem:
        unavailable = refused(2, rule="storage", hint=f"Nothing of this call happened: {problem}.")
        return refuse(emulator, request, unavailable)
    except TimeGoesForward as problem:
        return refuse(emulator, request, message_error(131000, rule="clock", hint=str(problem)))
    except SandboxClosed:
        return refuse(emulator, request, _closed())
    except Exception:
        if sandbox is not None and sandbox.is_closed:
            return refuse(emulator, request, _closed())
        log.exception("%s %s could not be answered", request.method, masked(request.path))
        return refuse(emulator, request, _failed())


def _without_tokens(request: Request) -> Request:
    """What may be stored of a request: real tokens and passwords of URLs are gone, but for what must work."""
    query, body = without_tokens(request.query, _WORKING), without_tokens(request.body, _WORKING)
    if query == request.query and body == request.body and not request.files:
        return request
    return replace(
        request,
        query=query,
        body=body,
        files={
            name: replace(
                file, name=without_tokens(file.name), content_type=without_tokens(file.content_type)
            )
            for name, file in request.files.items()
        },
    )


def _version(path: str) -> tuple[str | None, list[str]]:
    segments = [segment for segment in path.split("/") if segment]
    if segments and versions.looks_like_version(segments[0]):
        return segments[0], segments[1:]
    return None, segments


def _answer_in(
    sandbox: Sandbox, token: Token, asked: str | None, segments: list[str], request: Request
) -> Reply:
    wanted = asked or _dashboard_version(sandbox, token)
    now = sandbox.clock.now()
    version = versions.effective(wanted, now)
    warning = asked and versions.upgrade_warning(asked, version, now)
    exchange = Exchange(sandbox, token, version, warning, request, asked)
    try:
        return exchange.carry_out(segments)
    except (TimeGoesForward, NotKept):
        raise
    except Exception:
        if sandbox.is_closed:
            raise
        log.exception("%s %s could not be answered", request.method, masked(request.path))
        return exchange.reply(Answer(None), _failed())


def _closed() -> PlatformError:
    """What a call gets whose sandbox was closed while it was carried out: it is no answer of the platform."""
    return GraphError(
        "Unsupported request: the sandbox of this access token has been closed",
        100,
        status=410,
        rule="sandbox_closed",
        hint="The sandbox was deleted, or its emulator stopped, while this call was carried out.",
    )


def _failed() -> PlatformError:
    return message_error(131000, rule="internal", hint="The emulator failed; its log has the cause.")


def _dashboard_version(sandbox: Sandbox, token: Token) -> str:
    """What a call without a version gets: the app's choice."""
    return sandbox.accounts.app(token.app_id).api_version


def refuse(emulator: Emulator, request: Request, refusal: PlatformError) -> Reply:
    """Build the answer to a call that belongs to no sandbox: no token, an unknown version, a body too large.

    Its trace is made of the call itself and of how often it came, so that every run has the same. No journal
    has it, the log does.
    """
    called = f"{request.method} {request.path} {request.authorization} {request.query} {request.body}"
    digest = blake2b(
        called.encode("utf-8", "replace"), digest_size=16
    ).hexdigest()  # it may hold a real token
    entropy = ids.draw("emulator", digest, emulator.count(digest))
    trace = ids.fbtrace_id(entropy)
    headers = responses.headers(
        request.method,
        versions.LATEST,
        trace,
        ids.trace_id(entropy),
        waba_id=None,
        usage="whatsapp",
        refusal=refusal,
        hint=request.hint(refusal),
    )
    status = emulator.http_status(refusal.code, refusal.status)
    log_refusal(
        emulator, "call", f"{request.method} {request.path}", status, str(refusal), hint=request.hint(refusal)
    )
    return Reply(status, signing.encode(responses.error(refusal, trace)), headers)


def _exchange_token(emulator: Emulator, request: Request, segments: list[str]) -> Reply:
    from emulator.web.graph import oauth

    given = Parameter({**request.query, **request.body})
    sandbox, token = oauth.authenticate(emulator, given)
    exchange = Exchange(sandbox, token, versions.LATEST, None, request)
    return exchange.grant(segments, lambda: oauth.grant(token, given))
