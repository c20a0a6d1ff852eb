"""The table of endpoints.

Which function answers a method on an edge of a node, and what that function is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from importlib import import_module
from typing import Any, Protocol

from emulator.domain.accounts.apps import App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import PlatformError
from emulator.domain.graph.versions import major
from emulator.domain.media import Media, Upload
from emulator.domain.messages.causes import Cause
from emulator.domain.templates.template import Template
from emulator.domain.values import dataclass
from emulator.sandbox.sandbox import Sandbox
from emulator.wire import documented
from emulator.wire import fields as graph_fields
from emulator.wire.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Root:
    """The Graph itself, whose edges belong to no object: ``/message_template_library``."""

    id: str = ""


Node = BusinessNumber | Waba | Portfolio | Template | App | Media | Upload | Root


class Stream(Protocol):
    """The bytes of a request, read piece by piece, since they may be many."""

    def read(self, size: int, /) -> bytes:
        """Read at most ``size`` bytes; empty at the end."""
        ...


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file part of a multipart body.

    Its file name, its own ``Content-Type`` as it was sent, and its bytes.
    """

    name: str
    content_type: str
    stream: Stream


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Graph API, understood: who asks what of which node, under which version.

    It is what an endpoint's function gets; tokens and access have been checked.
    """

    sandbox: Sandbox
    token: Token
    node: Node
    """The object that the first segment of the path names, of the type that the endpoint is for."""
    method: str
    version: str
    """The API version it is carried out under, such as ``v24.0``: the one asked for, or the app's."""
    url: str
    """The absolute URL of this edge, without the query, as the caller can reach it."""
    parameters: Parameter
    """The query and the body together; a member of the body goes before one of the query."""
    query: Mapping[str, Any]
    """The query alone, without ``appsecret_proof``: what links to other pages repeat."""
    request: Request

    def fields(self) -> tuple[graph_fields.Field, ...]:
        """Read what ``?fields=`` asks for, with the fields of fields in braces; empty when it is left out."""
        return graph_fields.parse(",".join(self.parameters.get("fields").strings()))

    def shown(self, node: dict[str, Any], node_type: str, usual: Sequence[str]) -> dict[str, Any]:
        """Pick the fields that were asked for out of a ``node``, and expand the edges among them.

        ``node_type`` is the name in Graph's complaints, ``usual`` are the fields without ``?fields=``. An
        edge is answered as its own endpoint would. Raises ``(#100)`` for a field that there is not, and for a
        modifier of an edge that is documented and would be ignored.
        """
        asked = list(self.fields())
        for place, wanted in enumerate(asked):
            edge = find(self.node, wanted.name, "GET")
            if wanted.name not in node and edge is not None:
                inner = dict(wanted.modifiers) | {"fields": ",".join(map(str, wanted.subfields))}
                documented.check_parameters(node_type, wanted.name, "GET", inner, ())
                expanded = replace(
                    self, url=f"{self.url}/{wanted.name}", parameters=Parameter(inner), query=inner
                )
                node[wanted.name] = edge.function(expanded).body
                asked[place] = graph_fields.Field(wanted.name)
        return graph_fields.select(node, tuple(asked), node_type, usual)

    def at(self, node: Node) -> Call:
        """Build the same call of another node, such as one of those in a list that expand edges of theirs."""
        return replace(self, node=node, url=f"{self.request.base_url}/{self.version}/{node.id}")

    def page(self, elements: list[Any]) -> graph_fields.Page[Any]:
        """Cut the page that ``limit``, ``after`` and ``before`` of the query ask for out of a whole list.

        Raises ``(#100)`` for a limit or a cursor that is none.
        """
        return graph_fields.page(elements, self.query, major(self.version))

    def listing(self, elements: list[Any], show: Callable[[Any], Any]) -> dict[str, Any]:
        """Build a page of a list as ``data`` and ``paging``, each element written by ``show``.

        Links to the neighbouring pages repeat the call's URL and query.
        """
        found = self.page(elements)
        body: dict[str, Any] = {"data": [show(element) for element in found.elements]}
        paging = graph_fields.paging(found, self.url, self.query)
        return body | ({"paging": paging} if paging else {})


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answers, and what the journal shall know about it."""

    body: Any
    subject: str | None = None
    """The id of what the call was about, as the journal's subject and cause; else the path stands there."""
    wa_id: str | None = None
    """The person whom the call concerns, for the journal; ``None`` for nobody."""
    cause: Cause | None = None
    """What the call was made for, such as the message it answers; ``None`` when nothing tells."""
    warning: str | None = None
    """A sentence for the header ``X-Emulator-Warning``; the answer is a success all the same."""
    refusal: PlatformError | None = None
    """What of it could not be done; its error stands in the answer beside the ``body``."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A function that answers a method on an edge, with what must hold before it is called."""

    function: Callable[[Any], Answer]
    scope: str | None
    """The permission the token needs, or else the call is refused with 200; ``None`` for any token."""
    waits: bool
    """Whether it waits for the network or a slow body, and so must not stand inside a transaction."""


EDGES: Mapping[tuple[type, str], str] = {
    (App, ""): "accounts.apps",
    (App, "subscriptions"): "accounts.apps",
    (App, "uploads"): "media",
    (BusinessNumber, ""): "accounts.numbers",
    (BusinessNumber, "block_users"): "block_list",
    (BusinessNumber, "deregister"): "accounts.registration",
    (BusinessNumber, "marketing_messages"): "messages",
    (BusinessNumber, "media"): "media",
    (BusinessNumber, "messages"): "messages",
    (BusinessNumber, "register"): "accounts.registration",
    (BusinessNumber, "smb_app_data"): "accounts.business_app",
    (Media, ""): "media",
    (Portfolio, ""): "accounts.portfolios",
    (Portfolio, "client_whatsapp_business_accounts"): "accounts.portfolios",
    (Portfolio, "owned_whatsapp_business_accounts"): "accounts.portfolios",
    (Root, "message_template_library"): "templates.library",
    (Template, ""): "templates.templates",
    (Template, "unpause"): "templates.archive",
    (Upload, ""): "media",
    (Waba, ""): "accounts.wabas",
    (Waba, "message_samples"): "messages",
    (Waba, "message_template_previews"): "templates.authentication",
    (Waba, "message_templates"): "templates.templates",
    (Waba, "message_templates/archive"): "templates.archive",
    (Waba, "message_templates/unarchive"): "templates.archive",
    (Waba, "phone_numbers"): "accounts.numbers",
    (Waba, "subscribed_apps"): "accounts.wabas",
    (Waba, "upsert_message_templates"): "templates.authentication",
}
"""Every edge that is emulated, with the module of this package that answers it; it is imported when one is
called."""
_ENDPOINTS: dict[tuple[type, str, str], Endpoint] = {}
"""What the modules that are imported answer."""


def endpoint(
    node: type, edge: str, *methods: str, scope: str | None = None, waits: bool = False
) -> Callable[[Callable[[Any], Answer]], Callable[[Any], Answer]]:
    """Make a function the answer to ``methods`` on ``edge`` of a node type; ``""`` is the node itself.

    The edge has a row in :data:`EDGES`. ``scope`` is the permission that the token needs. The function gets a
    :class:`Call` inside a transaction, unless it ``waits``: then it is called outside, and makes its own.
    """

    def register(function: Callable[[Any], Answer]) -> Callable[[Any], Answer]:
        for method in methods:
            _ENDPOINTS[node, edge, method] = Endpoint(function, scope, waits)
        return function

    return register


def find(node: Node, edge: str, method: str) -> Endpoint | None:
    """Find the endpoint of a method on an edge of a node; ``None`` when that is not emulated."""
    found = _ENDPOINTS.get((type(node), edge, method))
    if found is None and is_edge(node, edge):
        _import(type(node), edge)
        found = _ENDPOINTS.get((type(node), edge, method))
    return found


def is_edge(node: Node, edge: str) -> bool:
    """Say whether ``edge`` of a node is emulated for any method."""
    return (type(node), edge) in EDGES


def emulated() -> list[tuple[str, str, str]]:
    """List every endpoint as (node type, edge, method), for the documentation."""
    for named in EDGES:
        _import(*named)
    return sorted((node.__name__, edge, method) for node, edge, method in _ENDPOINTS)


def _import(node: type, edge: str) -> None:
    import_module(f"{__package__}.{EDGES[node, edge]}")


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
    unreadable: str | None = None
    """Why its body has no parameters, though it has bytes: a sentence for the hint of a refusal."""

    def parameter(self, name: str) -> Any:
        """Read a parameter from the body or else from the query; ``None`` when it is in neither."""
        return self.body.get(name, self.query.get(name))

    def hint(self, refusal: PlatformError) -> str:
        """Explain a refusal of this call; that its body could not be read comes first."""
        return f"{self.unreadable} {refusal.hint}" if self.unreadable else refusal.hint
