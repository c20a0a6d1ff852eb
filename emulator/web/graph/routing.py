"""From the segments of a path to a node and the endpoint that answers; refusals in Graph's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from emulator.domain.accounts.apps import MESSAGING, App, Token
from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.accounts.portfolios import Portfolio
from emulator.domain.accounts.wabas import Waba
from emulator.domain.errors import GraphError, bad_parameter
from emulator.domain.media import Media, Upload
from emulator.domain.templates.template import Template
from emulator.sandbox.sandbox import Sandbox
from emulator.web.graph.endpoints import Endpoint, Node, Root, find, is_edge
from emulator.wire import documented, nodes, template_nodes

_API_DOCS = "https://developers.facebook.com/docs/graph-api"
_METERED = ("assigned_users", "phone_numbers", "message_templates", "subscribed_apps")
_NODE_TYPES = {
    BusinessNumber: nodes.NUMBER,
    Waba: nodes.WABA,
    Portfolio: nodes.PORTFOLIO,
    Template: template_nodes.TEMPLATE,
    App: nodes.APP,
    Media: nodes.MEDIA,
    Upload: nodes.UPLOAD,
    Root: "Graph",
}
ROOT_EDGES = ("message_template_library",)
"""Edges of the Graph itself, which stand alone in a path."""


def find_node(
    sandbox: Sandbox,
    token: Token,
    segments: list[str],
    method: str,
    query: Mapping[str, object],
    body: Iterable[str],
) -> Node:
    """Find the object that the first segment of a path names; ``app`` is the token's own app.

    Whatever stands first is taken as an id, also a telephone number or a word. Raises 100 with subcode 33 for
    one that does not exist and for one that the token has no access to, and 2500 for what Graph has in its
    place and the emulator has not (``me``). The sentences are Graph's, with the verb of ``method``. One that
    does not exist is marked where the call fits only objects that no sandbox has, such as Flows.
    """
    verb = {"GET": "get", "DELETE": "delete"}.get(method, "post")
    if not segments:
        refusal = GraphError(
            f"Unsupported {verb} request. Please read the Graph API documentation at {_API_DOCS}",
            100,
            type="GraphMethodException",
            subcode=33,
            rule="object",
            hint="The path names no object.",
        )
        if method == "POST":
            raise documented.marked(refusal, "POST / (a batch)")
        raise documented.marked(refusal, "GET / with ids") if "ids" in query else refusal
    if segments[0] in ROOT_EDGES:
        return Root()
    name = segments[0]
    found = sandbox.objects.find(token.app_id if name == "app" else name)
    if found is None:
        if name in documented.DOCUMENTED[documented.ROOT].edges:
            path = "/" + "/".join(segments)
            feature = f"{method} {path}"
            refusal = GraphError(f"Unknown path components: {path}", 2500, hint=documented.lacks(feature))
            raise documented.marked(refusal, feature)
        for kind, known in (
            (documented.GROUP, sandbox.objects.is_group),
            (documented.FLOW, sandbox.objects.is_flow),
        ):
            if known(name):
                feature = f"{method} {kind}/{edge_of(segments)}"
                raise documented.marked(_no_object(verb, name, documented.lacks(feature)), feature)
        if verb == "delete" and "_" in name:
            raise bad_parameter("Invalid post_id parameter", hint=f"{name} is read as the id of a post.")
        refusal = _no_object(
            verb,
            name,
            f"This sandbox has no object {name[:60]}; its WABAs, numbers and app are in its identity. Flows, "
            "partner solutions and pre-verified numbers are not emulated.",
        )
        unknown = documented.feature_of_unknown(edge_of(segments), method, query, body)
        raise documented.marked(refusal, unknown) if unknown else refusal
    if not sandbox.objects.is_accessible(found, token):
        hint = f"{name} belongs to a WABA that app {token.app_id} is not used with: its seed names others."
        raise _no_object(verb, name, hint)
    return found


def edge_of(segments: list[str]) -> str:
    """Find the edge: what stands in a path after the object, ``""`` for the object itself.

    Of a path that names no object it is everything.
    """
    return "/".join(segments if segments[:1] and segments[0] in ROOT_EDGES else segments[1:])


def waba_of(node: Node) -> str | None:
    """Find the id of the WABA whose usage a call counts for, by its node; ``None`` for other nodes."""
    if isinstance(node, Waba):
        return node.id
    return node.waba_id if isinstance(node, BusinessNumber | Template) else None


def is_metered(node: Node, edge: str, method: str) -> bool:
    """Say whether a call counts towards the limit of management calls (D/about-the-platform#rate-limits).

    They are calls on a WABA itself and on four of its edges; each counts for the app and the WABA.
    """
    return isinstance(node, Waba) and (edge in _METERED or (edge == "" and method == "GET"))


def check_parameters(node: Node, edge: str, method: str, query: Iterable[str], body: Iterable[str]) -> None:
    """Refuse a documented parameter that would be ignored: see :mod:`emulator.wire.documented`."""
    documented.check_parameters(_NODE_TYPES[type(node)], edge, method, query, body)


def find_endpoint(token: Token, node: Node, edge: str, method: str) -> Endpoint:
    """Find the endpoint that answers a method on an edge of a node.

    Raises Graph's own words for an edge that is not emulated, 2500 for what follows an edge, and 200 when the
    token lacks the permission.
    """
    endpoint = find(node, edge, method)
    node_type = _NODE_TYPES[type(node)]
    if endpoint is None:
        feature = f"{method} {node_type}/{edge}"
        _refuse_deeper_path(node, edge, feature)
        hint = documented.lacks(feature)
        refusal = _no_object("delete" if method == "DELETE" else "post", node.id, hint)
        if method == "GET" and edge:
            message = f"(#100) Tried accessing nonexisting field ({edge}) on node type ({node_type})"
            refusal = GraphError(message, 100, hint=hint)
        raise documented.marked(refusal, feature)
    if endpoint.scope is not None and not token.allows(endpoint.scope):
        raise GraphError(
            "(#200) You do not have the necessary permissions to send messages on behalf of this "
            "WhatsApp Business Account"
            if endpoint.scope == MESSAGING
            else "(#200) Permissions error",
            200,
            status=403,
            rule="permission",
            hint=f"The token lacks {endpoint.scope}.",
        )
    return endpoint


def _refuse_deeper_path(node: Node, edge: str, feature: str) -> None:
    """Refuse a path of several segments after the object: what follows the longest known edge is unknown.

    Where not even the first of them is known, all of them are, and the ``feature`` is not emulated; what
    follows an edge that itself is not emulated is not emulated, either.
    """
    parts, node_type = edge.split("/"), _NODE_TYPES[type(node)]
    beginnings = {end: "/".join(parts[:end]) for end in range(len(parts), 0, -1)}
    known = next(
        (
            end
            for end, path in beginnings.items()
            if is_edge(node, path) or documented.is_edge(node_type, path)
        ),
        0,
    )
    if len(parts) == 1 or known == len(parts):
        return
    refusal = GraphError(
        f"Unknown path components: /{'/'.join(parts[known:])}",
        2500,
        rule="path",
        hint=f"/{'/'.join(parts[:known])} is an edge of {node.id}; nothing follows it.",
    )
    if known and not is_edge(node, beginnings[known]):
        method = feature.partition(" ")[0]
        raise documented.marked(refusal, f"{method} {node_type}/{beginnings[known]}/*")
    raise refusal if known else documented.marked(refusal, feature)


def _no_object(verb: str, name: str, hint: str) -> GraphError:
    return GraphError(
        f"Unsupported {verb} request. Object with ID '{name}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation "
        f"at {_API_DOCS}",
        100,
        type="GraphMethodException",
        subcode=33,
        rule="object",
        hint=hint,
    )
