"""The table of endpoints: which function answers a method on an edge of a node."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import PlatformError
from emulator.domain.media import Media, Upload
from emulator.domain.templates.template import Template
from emulator.domain.versions import major
from emulator.sandbox.sandbox import Sandbox
from emulator.wire import fields as graph_fields
from emulator.wire.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Root:
    """The Graph itself: what has edges that belong to no object."""

    id: str = ""


Node = BusinessNumber | Waba | Portfolio | Template | App | Media | Upload | Root


class Stream(Protocol):
    """Bytes of a request that are read piece by piece, since they may be many."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file part of a multipart body."""

    name: str
    content_type: str
    stream: Stream


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Graph API, understood: who asks what of which node."""

    sandbox: Sandbox
    token: Token
    node: Node
    method: str
    version: str
    """The version it is carried out under."""
    url: str
    """The absolute URL of this edge, without the query, as the caller can reach it."""
    parameters: Parameter
    query: Mapping[str, Any]
    request: Request

    def fields(self) -> tuple[graph_fields.Field, ...]:
        """What ``?fields=`` asks for."""
        return graph_fields.parse(",".join(self.parameters.get("fields").strings()))

    def shown(self, node: dict[str, Any], node_type: str, usual: Sequence[str]) -> dict[str, Any]:
        """The asked fields of this call's node, edges among them expanded."""
        asked = list(self.fields())
        for place, wanted in enumerate(asked):
            edge = find(self.node, wanted.name, "GET")
            if wanted.name not in node and edge is not None:
                inner = dict(wanted.modifiers) | {"fields": ",".join(map(str, wanted.subfields))}
                expanded = replace(
                    self, url=f"{self.url}/{wanted.name}", parameters=Parameter(inner), query=inner
                )
                node[wanted.name] = edge.function(expanded).body
                asked[place] = graph_fields.Field(wanted.name)
        return graph_fields.select(node, tuple(asked), node_type, usual)

    def page(self, elements: list[Any]) -> graph_fields.Page[Any]:
        return graph_fields.page(elements, self.query, major(self.version))

    def listing(self, elements: list[Any], show: Callable[[Any], Any]) -> dict[str, Any]:
        """A page of a list, as ``data`` and ``paging``."""
        found = self.page(elements)
        body: dict[str, Any] = {"data": [show(element) for element in found.elements]}
        paging = graph_fields.paging(found, self.url, self.query)
        return body | ({"paging": paging} if paging else {})


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answers, and what the journal shall know about it."""

    body: Any
    subject: str | None = None
    wa_id: str | None = None
    warning: str | None = None
    refusal: PlatformError | None = None
    """What of it could not be done; its error stands in the answer beside the ``body``."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A function with what must hold before it is called."""

    function: Callable[[Any], Answer]
    scope: str | None
    """The permission the token needs."""
    waits: bool
    """Whether it waits for the network, and so must not stand inside a transaction."""


_ENDPOINTS: dict[tuple[type, str, str], Endpoint] = {}


def endpoint(
    node: type, edge: str, *methods: str, scope: str | None = None, waits: bool = False
) -> Callable[[Callable[[Any], Answer]], Callable[[Any], Answer]]:
    """Make a function the answer to ``methods`` on ``edge`` of a node type; ``""`` is the node itself."""

    def register(function: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
        for method in methods:
            _ENDPOINTS[node, edge, method] = Endpoint(function, scope, waits)
        return function

    return register


def find(node: Node, edge: str, method: str) -> Endpoint | None:
    return _ENDPOINTS.get((type(node), edge, method))


def emulated() -> list[tuple[str, str, str]]:
    """Every endpoint as (node type, edge, method), for the documentation."""
    return sorted((node.__name__, edge, method) for node, edge, method in _ENDPOINTS)


@dataclass(frozen=True)
class Request:
    """An HTTP request as the Graph layer needs it: no framework in it."""

    method: str
    path: str
    authorization: str
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    base_url: str
    files: Mapping[str, SentFile] = field(default_factory=dict)
    stream: Stream | None = None
    """The body of a call that has neither JSON nor a form."""
    file_offset: str | None = None
    """The header of that name: where a piece of an upload begins."""

    def parameter(self, name: str) -> Any:
        """A parameter from the body or else the query; ``None`` when it is not there."""
        return self.body.get(name, self.query.get(name))
