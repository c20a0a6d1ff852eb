"""One call from its path to its answer.

Find the node, count the call, meet faults, act, and write the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from emulator.domain import ids
from emulator.domain.accounts.apps import MESSAGING, Token
from emulator.domain.errors import NOT_EMULATED, PlatformError
from emulator.domain.faults.fault import Fault
from emulator.domain.faults.parameters import Effect
from emulator.domain.graph import legacy
from emulator.domain.graph.versions import major, unknown_warning
from emulator.domain.journal import Outcome
from emulator.domain.limits.api_usage import UNUSED
from emulator.domain.values import dataclass
from emulator.sandbox.sandbox import Sandbox
from emulator.web.endings import Struck
from emulator.web.graph import faults, kept
from emulator.web.graph.endpoints import Answer, Call, Node, Request, Root, find
from emulator.web.graph.routing import (
    check_parameters,
    edge_of,
    find_endpoint,
    find_node,
    is_metered,
    waba_of,
)
from emulator.wire import responses, signing
from emulator.wire.parameters import Parameter

_WITHOUT_FIELDS = ("block_users", "message_template_previews", "subscribed_apps")
"""Lists whose elements have no fields to choose from here."""


@dataclass(frozen=True)
class Reply:
    """A finished answer to a call of the Graph API: status, bytes and headers."""

    status: int
    body: bytes
    headers: list[tuple[str, str]]
    relieve: Callable[[], None] | None = None
    """Called before the answer goes out: lets webhooks keep up with a fast caller."""
    struck: Struck | None = None
    """What a fault does to its way; ``None``: it goes out whole and at once."""


class Exchange:
    """One call of the Graph API and its answer, written into the journal of its sandbox."""

    def __init__(
        self,
        sandbox: Sandbox,
        token: Token,
        version: str,
        version_warning: str | None,
        request: Request,
        asked: str | None = None,
    ) -> None:
        self._sandbox, self._token, self._version = sandbox, token, version
        self._asked = asked or version
        self._version_warning, self._request = version_warning, request
        self._waba_id: str | None = None
        self._usage = "whatsapp_business_management"
        self._is_metered = self._counts = False
        self._used = UNUSED
        self._fault: Fault | None = None
        """What strikes this call on purpose."""
        self._words: Mapping[str, str] = {}
        """What the sentences of its error quote of the call."""

    def carry_out(self, segments: list[str]) -> Reply:
        """Find the endpoint that ``segments`` of the path name, call it, and finish its answer.

        In this order: the node, the limit of management calls, a fault that strikes, the endpoint and the
        permission. A call that a fault strikes is carried out or not, as the fault says. The act, its answer
        and the journal's entry are one transaction, unless the endpoint waits. A refusal is an answer, too.
        """
        sandbox, method = self._sandbox, self._method()
        try:
            legacy.check(self._request.query, self._version, sandbox.clock.now())
            with sandbox.looking():
                node = find_node(
                    sandbox, self._token, segments, method, self._request.query, self._request.body
                )
                self._waba_id = waba_of(node)
            edge = edge_of(segments)
            if (known := find(node, edge, method)) is not None and known.scope == MESSAGING:
                self._usage = "whatsapp"
            self._meter(is_metered(node, edge, method))
            if self._is_prevented(node, segments, method):
                return self.reply(Answer(None, segments[0]), None)
            endpoint = find_endpoint(self._token, node, edge, method)
            check_parameters(node, edge, method, self._effective_query(), self._request.body)
            call = Call(
                sandbox,
                self._token,
                node,
                method,
                self._version,
                f"{self._request.base_url}/{self._version}/{'/'.join(segments)}",
                Parameter({**self._request.query, **self._request.body}),
                {key: value for key, value in self._request.query.items() if key != "appsecret_proof"},
                self._request,
            )
            if endpoint.waits:
                answer = endpoint.function(call)
                return self.reply(answer, answer.refusal)
            with sandbox.transaction():
                answer = endpoint.function(call)
                return self.reply(answer, answer.refusal)
        except PlatformError as refusal:
            return self.reply(Answer(None, segments[0] if segments else None), refusal)

    def grant(self, segments: list[str], give: Callable[[], dict[str, str]]) -> Reply:
        """Answer a call of ``/oauth/access_token``, which names no object, by what gives the token.

        A fault may strike it as it does any other call.
        """
        try:
            if self._is_prevented(Root(), segments, self._method()):
                return self.reply(Answer(None), None)
            return self.reply(Answer(give()), None)
        except PlatformError as refusal:
            return self.reply(Answer(None), refusal)

    def _is_prevented(self, node: Node, segments: list[str], method: str) -> bool:
        """Find the fault that strikes this call, if there is one, and say whether it is not carried out."""
        self._fault = fault = faults.meet(self._sandbox, self._request, node, segments, method)
        if fault is None:
            return False
        self._words = faults.words(self._sandbox, node, segments, method)
        return fault.effect is Effect.NONE

    def _effective_query(self) -> list[str]:
        """The names of the query, without those that Graph ignores by now."""
        query, now = self._request.query, self._sandbox.clock.now()
        gone = {row.name for row in legacy.without_effect(query, self._version, now)}
        return [name for name in query if name not in gone]

    def _meter(self, is_metered: bool) -> None:
        """Let a management call pass while there are some left; a refused one does not count."""
        self._is_metered = is_metered
        if is_metered and self._waba_id is not None:
            self._sandbox.limits.check_api_call(self._token.app_id, self._waba_id)
            self._counts = True

    def _method(self) -> str:
        """The method that counts: that of the parameter ``method`` of a POST, and ``GET`` for ``HEAD``."""
        asked = str(self._request.parameter("method") or "")
        if self._request.method == "POST" and asked.upper() in ("DELETE", "GET"):
            return asked.upper()
        return "GET" if self._request.method == "HEAD" else self._request.method

    def reply(self, answer: Answer, refusal: PlatformError | None) -> Reply:
        """Finish an answer: status, body and headers, the usage of calls, and the journal's entry ``call``.

        With a ``refusal`` the body is Graph's error, beside what the ``answer`` has. What is not emulated
        also gets the entry ``unsupported``, for which strict tests fail.
        """
        sandbox, fault = self._sandbox, self._fault
        sent = None
        if fault is not None:
            sent, answer = faults.sent(fault), replace(answer, warning=None)
            if fault.code is not None:
                refusal, answer = fault.refusal(self._words), replace(answer, body=None)
        with sandbox.transaction():
            if self._is_metered and self._waba_id is not None:
                self._used = sandbox.limits.api_usage(self._token.app_id, self._waba_id, counts=self._counts)
            entropy = sandbox.journal.new_trace()
            trace = ids.fbtrace_id(entropy)
            if refusal is not None and refusal.rule == NOT_EMULATED:
                feature = self._remembered(str(refusal.facts["feature"]))
                asked = self._remembered(f"{self._request.method} {self._request.path}")
                sandbox.journal.write(
                    "unsupported", feature, f"{feature} ({asked})", cause=trace, is_logged=True
                )
            status = sandbox.settings.http_status(refusal.code, refusal.status) if refusal else 200
            if fault is not None and fault.code is not None:
                status = fault.parameters.get("status", status)
            answered = answer.body
            if refusal is not None:
                answered = {**(answer.body or {}), **responses.error(refusal, trace, major(self._asked))}
            body = signing.encode(answered)
            if sent is not None:
                status, body = sent.status, sent.body
            headers, warnings = self._headers(answer, refusal, entropy, trace)
            is_telling = refusal or fault or warnings or self._version_warning
            self._journal(answer, refusal, status, body, trace, headers if is_telling else ())
        if sent is not None and not sent.is_graph:
            return self._sent(sent)
        if fault is not None:
            headers += [*faults.retry_after(fault), *(sent.headers if sent else ())]
            return Reply(status, body, headers, sandbox.webhooks.relieve, faults.struck(fault, sandbox))
        return Reply(status, body, headers, sandbox.webhooks.relieve)

    def _headers(
        self, answer: Answer, refusal: PlatformError | None, entropy: bytes, trace: str
    ) -> tuple[list[tuple[str, str]], list[str]]:
        """List the headers of an answer, and the warnings of the emulator that are among them."""
        fault = self._fault
        headers = responses.headers(
            self._request.method,
            self._version,
            trace,
            ids.trace_id(entropy),
            waba_id=None if faults.is_of_the_app(fault) else self._waba_id,
            usage=self._usage,
            used=faults.usage(fault) or self._used,
            refusal=refusal,
            hint=None if refusal is None else self._request.hint(refusal),
            version_warning=self._version_warning,
        )
        given = (
            answer.warning,
            unknown_warning(self._version),
            *legacy.warnings(self._request.query, self._version, self._sandbox.clock.now()),
            self._unread_fields(),
        )
        warnings = [warning for warning in given if warning]
        return headers + [("X-Emulator-Warning", responses.printable(each)) for each in warnings], warnings

    def _sent(self, sent: faults.Sent) -> Reply:
        """Finish an answer that is none of the Graph API's."""
        assert self._fault is not None
        way = faults.struck(self._fault, self._sandbox)
        return Reply(sent.status, sent.body, sent.headers, self._sandbox.webhooks.relieve, way)

    def _unread_fields(self) -> str | None:
        """Warn about ``fields`` in a query that has no effect.

        Graph answers a ``POST`` with them with the object written, and knows them on lists whose elements
        are no nodes here.
        """
        edge = self._request.path.rstrip("/").rpartition("/")[2]
        if not self._request.query.get("fields") or edge == "subscriptions":
            return None
        if self._method() == "POST":
            return "`fields` of a POST (read after write) is not emulated: the answer is the usual one."
        if edge in _WITHOUT_FIELDS:
            return f"`fields` of {edge} is not emulated: the answer is the usual one."
        return None

    def _remembered(self, text: str) -> str:
        return kept.remembered(text, self._token.text)

    def _journal(
        self,
        answer: Answer,
        refusal: PlatformError | None,
        status: int,
        body: bytes,
        trace: str,
        headers: Collection[tuple[str, str]],
    ) -> None:
        """Write the entry of the call; ``headers`` are none where they tell no more than those of others."""
        request, sent, came = self._request, kept.sent(self._request), body.decode()
        texts = (request.method, request.path, sent, came, *(value for _, value in headers))
        is_plain = kept.is_plain(texts, self._token.text)
        remembered = str if is_plain else self._remembered
        path = remembered(request.path)
        details: dict[str, object] = {
            "method": request.method,
            "path": path,
            "status": status,
            "request": remembered(sent),
            "response": remembered(came),
            "fbtrace_id": trace,
        }
        if answer.cause is not None:
            details["cause_basis"] = answer.cause.basis
        if headers:
            details["headers"] = {name: remembered(value) for name, value in headers}
        if refusal is not None:
            details |= {
                "code": refusal.code,
                "error": self._remembered(str(refusal)),
                "rule": refusal.rule,
                "hint": self._remembered(request.hint(refusal)),
                "facts": {
                    name: self._remembered(fact) if isinstance(fact, str) else fact
                    for name, fact in refusal.facts.items()
                },
                "source": refusal.source,
            }
        cause = answer.cause.id if answer.cause else answer.subject
        became = f"{status}" + (f" {refusal}" if refusal else "")
        has_failed = refusal is not None
        if (fault := self._fault) is not None:
            is_reset = fault.kind == "reset"
            details |= {"fault": fault.name, "effect": fault.effect} | ({"status": 0} if is_reset else {})
            has_failed = True
            if fault.effect is Effect.NONE:  # one that was carried out has the cause of what it did
                cause = fault.name
            became = f"{'no answer' if is_reset else became} ({fault.name}: {fault.label}, {fault.effect})"
        self._sandbox.journal.write(
            "call",
            answer.subject or path,
            self._remembered(f"{request.method} {request.path} → {became}"),
            wa_id=kept.addressee(request) if refusal and not answer.wa_id else answer.wa_id,
            cause=cause,
            details=details,
            outcome=Outcome.FAILURE if has_failed else Outcome.SUCCESS,
        )
