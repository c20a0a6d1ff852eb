"""What Meta documents of the Graph API for WhatsApp and the emulator does not do.

A call that uses it is answered as Graph answers what it does not know, and is marked: its journal entry
``unsupported`` fails a strict test. So nothing that an app relies on is silently missing.

Sources: Meta's OpenAPI document of v23.0, its Postman collections, the fields of its business SDK, and the
pages of the reference up to November 2026. Edges that are not listed are marked, too: one that exists nowhere
cannot be told from one that is newer than the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from emulator.domain.errors import NOT_EMULATED, GraphError, PlatformError
from emulator.domain.quoting import cut
from emulator.domain.values import dataclass
from emulator.wire.nodes import APP, NUMBER, PORTFOLIO, WABA
from emulator.wire.template_nodes import TEMPLATE

_LONGEST = 200
"""Characters of the name of a feature, which may come from the path of a call."""
GROUP = "WhatsAppBusinessGroup"
FLOW = "Flow"
MESSAGE_HISTORY = "MessageHistory"
OBO_INTENT = "OBOMobilityIntent"
PREVERIFIED = "PreVerifiedPhoneNumber"
PROFILE = "WhatsAppBusinessProfile"
SOLUTION = "Solution"
USER = "User"
WABA_BOT = "WABABot"
ROOT = "Graph"


@dataclass(frozen=True, slots=True)
class Documented:
    """What is documented of one type of node and not emulated."""

    edges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The methods of each edge; ``""`` is the node itself."""
    fields: frozenset[str] = frozenset()
    """Fields of the node, and edges that may be asked for as fields."""
    parameters: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """By edge and method, parameters of a call that is emulated without them."""


_ANALYTICS = (
    "analytics",
    "conversation_analytics",
    "pricing_analytics",
    "template_analytics",
    "template_group_analytics",
    "call_analytics",
    "group_analytics",
)
_OWNERS = frozenset({"business_type", "find", "first", "last"})

DOCUMENTED: Mapping[str, Documented] = {
    ROOT: Documented(
        edges={
            "": ("POST",),  # batch
            "debug_token": ("GET",),
            "me": ("GET", "POST", "DELETE"),
        }
    ),
    WABA: Documented(
        edges={
            "": ("POST",),
            **dict.fromkeys(_ANALYTICS, ("GET",)),
            "activities": ("GET",),
            "assigned_users": ("GET", "POST", "DELETE"),
            "audiences": ("GET",),
            "business_messaging_feature_status": ("POST",),
            "dataset": ("GET", "POST"),
            "degrees_of_freedom_spec": ("GET",),
            "flows": ("GET", "POST"),
            "generate_payment_configuration_oauth_link": ("POST",),
            "in_progress_onbehalf_request": ("GET",),
            "message_campaigns": ("GET",),
            "migrate_flows": ("POST",),
            "migrate_message_templates": ("POST",),
            "obo_mobility_intent": ("POST",),
            "payment_configuration": ("GET", "POST", "DELETE"),
            "payment_configurations": ("GET",),
            "phone_numbers": ("POST",),
            "product_catalogs": ("GET", "POST", "DELETE"),
            "schedules": ("GET", "POST"),
            "set_obo_mobility_intent": ("POST",),
            "set_solution_migration_intent": ("POST",),
            "signups": ("GET", "POST"),
            "solutions": ("GET",),
            "template_groups": ("GET", "POST"),
            "welcome_message_sequences": ("GET", "POST", "DELETE"),
        },
        fields=frozenset(
            {
                *_ANALYTICS,
                "activities",
                "assigned_users",
                "audiences",
                "dcc_config",
                "flows",
                "product_catalogs",
            }
            | {"schedules", "solutions", "template_groups"}
        ),
        parameters={("phone_numbers", "GET"): frozenset({"filtering", "sort"})},
    ),
    NUMBER: Documented(
        edges={
            "business_compliance_info": ("GET", "POST"),
            "call_permissions": ("GET",),
            "calls": ("POST",),
            "contact_book": ("DELETE",),
            "conversational_automation": ("GET", "POST"),
            "groups": ("GET", "POST"),
            "message_history": ("GET",),
            "message_qrdls": ("GET", "POST", "DELETE"),
            "messages_encrypted": ("POST",),
            "official_business_account": ("GET", "POST"),
            "request_code": ("POST",),
            "settings": ("GET", "POST"),
            "username": ("GET", "POST", "DELETE"),
            "username_suggestions": ("GET",),
            "verify_code": ("POST",),
            "whatsapp_business_encryption": ("GET", "POST"),
            "whatsapp_business_profile": ("GET", "POST"),
            "whatsapp_commerce_settings": ("GET", "POST"),
        },
        fields=frozenset(
            {"business_compliance_info", "call_permissions", "groups", "host_platform", "message_history"}
            | {"block_users"}
            | {"message_qrdls", "new_display_name", "settings", "unified_cert_status"}
            | {"whatsapp_business_encryption", "whatsapp_business_profile", "whatsapp_commerce_settings"}
        ),
        parameters={
            ("", "POST"): frozenset(
                {"connection_status", "search_visibility", "username", "webhook_url"}
                | {"whatsapp_business_api_data"}
            ),
            ("register", "POST"): frozenset({"backup"}),
        },
    ),
    TEMPLATE: Documented(edges={"compare": ("GET",)}, fields=frozenset({"compare"})),
    PORTFOLIO: Documented(
        edges={
            "add_phone_numbers": ("POST",),
            "extendedcredits": ("GET",),
            "onboard_partners_to_mm_lite": ("POST",),
            "preverified_numbers": ("GET",),
            "share_preverified_numbers": ("POST",),
            "system_user_access_tokens": ("POST",),
            "system_users": ("GET",),
        },
        fields=frozenset({"extendedcredits", "preverified_numbers", "system_users"}),
        parameters={
            ("owned_whatsapp_business_accounts", "GET"): _OWNERS,
            ("client_whatsapp_business_accounts", "GET"): _OWNERS,
        },
    ),
    APP: Documented(
        edges={
            "connected_client_businesses": ("GET",),
            "whatsapp_business_solution": ("POST",),
            "whatsapp_business_solutions": ("GET",),
        },
        fields=frozenset({"connected_client_businesses", "whatsapp_business_solutions"}),
    ),
    GROUP: Documented(
        edges={
            "": ("GET", "POST", "DELETE"),
            "invite_link": ("GET", "POST", "DELETE"),
            "join_requests": ("GET", "POST", "DELETE"),
            "participants": ("POST", "DELETE"),
        },
        fields=frozenset({"join_approval_mode", "participants", "suspended", "total_participant_count"}),
    ),
    FLOW: Documented(
        edges={"assets": ("GET", "POST"), "deprecate": ("POST",), "publish": ("POST",)},
        fields=frozenset(
            {"data_api_version", "data_channel_uri", "endpoint_uri", "json_version", "metric", "preview"}
            | {"categories", "validation_errors", "whatsapp_business_account"}
        ),
        parameters={("", "POST"): frozenset({"categories", "endpoint_uri"})},
    ),
    MESSAGE_HISTORY: Documented(edges={"events": ("GET",)}),
    OBO_INTENT: Documented(fields=frozenset({"solution", "waba"})),
    PREVERIFIED: Documented(
        edges={"partners": ("GET",), "request_code": ("POST",), "verify_code": ("POST",)},
        fields=frozenset(
            {"code_verification_time", "country_prefix", "is_input_id_valid", "verification_expiry_time"}
        ),
    ),
    PROFILE: Documented(
        fields=frozenset({"about", "account_name", "profile_picture_url", "vertical", "websites"}),
        parameters={
            ("", "POST"): frozenset({"about", "address", "profile_picture_handle", "vertical", "websites"})
        },
    ),
    SOLUTION: Documented(
        edges={
            "accept": ("POST",),
            "accept_deactivation_request": ("POST",),
            "access_token": ("GET",),
            "reject": ("POST",),
            "reject_deactivation_request": ("POST",),
            "send_deactivation_request": ("POST",),
        },
        fields=frozenset({"owner_app", "owner_permissions", "status_for_pending_request"}),
    ),
    USER: Documented(edges={"assigned_whatsapp_business_accounts": ("GET",)}),
    WABA_BOT: Documented(fields=frozenset({"commands", "enable_welcome_message", "prompts"})),
}
ABSENT = (FLOW, GROUP, MESSAGE_HISTORY, OBO_INTENT, PREVERIFIED, PROFILE, SOLUTION, USER, WABA_BOT)
"""The types of node that no sandbox has: a call on one names an id that is unknown."""
EVERYWHERE = frozenset({"callback", "date_format", "ids", "metadata", "suppress_http_code"})
"""Parameters of the Graph API itself that every call takes and that change its answer."""
GRANTS = ("authorization_code", "fb_exchange_token")
"""Other grants of ``oauth/access_token`` than the emulated ``client_credentials``."""


def marked(refusal: PlatformError, feature: str) -> PlatformError:
    """Mark a refusal as one that only the emulator gives, because it lacks a ``feature`` of the platform."""
    feature = cut(feature, _LONGEST)
    refusal.rule, refusal.facts = NOT_EMULATED, {"feature": feature}
    refusal.hint = lacks(feature)
    return refusal


def lacks(feature: str) -> str:
    """Build the hint of a refusal that only the emulator gives: it lacks a ``feature`` of the platform."""
    return f"Meta documents it, but {feature} is not emulated."


def is_edge(node_type: str, edge: str) -> bool:
    """Say whether a type of node has an edge that is documented and not emulated for some method."""
    return node_type in DOCUMENTED and edge in DOCUMENTED[node_type].edges


def is_field(node_type: str, name: str) -> bool:
    """Say whether Meta documents a field of a type of node that the emulator does not have."""
    known = DOCUMENTED.get(node_type)
    return known is not None and name in known.fields


def feature_of_unknown(
    edge: str, method: str, query: Mapping[str, object], body: Iterable[str]
) -> str | None:
    """Say what a call on an unknown id asks for, where only a type that no sandbox has can be meant.

    An edge, a field or a parameter of such a type tells; ``None`` where nothing does, and the id is just
    unknown. The names of fields may stand in braces.
    """
    fields = frozenset(re.findall(r"\w+", str(query.get("fields", "")))) if method == "GET" else _NONE
    given = frozenset({*query, *body})
    for node_type in ABSENT:
        known = DOCUMENTED[node_type]
        if edge and method in known.edges.get(edge, ()):
            return f"{method} {node_type}/{edge}"
        if edge:
            continue
        if name := min(fields & known.fields, default=None):
            return f"{method} {node_type} with the field {name}"
        if name := min(given & known.parameters.get((edge, method), _NONE), default=None):
            return f"{method} {node_type}/ with {name}"
    return None


def check_parameters(
    node_type: str, edge: str, method: str, query: Iterable[str], body: Iterable[str]
) -> None:
    """Refuse a documented parameter of a call that would be ignored.

    Raises ``(#100)``, marked, which names one. A parameter that is documented nowhere is ignored, as the
    platform does.
    """
    missing = _MISSING.get((node_type, edge, method), _NONE)
    if missing.isdisjoint(body) and missing.isdisjoint(query) and EVERYWHERE.isdisjoint(query):
        return
    name = next(each for each in (*query, *body) if each in missing or each in EVERYWHERE)
    feature = f"{method} {node_type}/{edge} with {name}"
    refusal = GraphError(f"(#100) Param {name} is not supported.", 100, hint=lacks(feature))
    raise marked(refusal, feature)


_NONE: frozenset[str] = frozenset()
_MISSING = {
    (node_type, *call): names
    for node_type, known in DOCUMENTED.items()
    for call, names in known.parameters.items()
}
