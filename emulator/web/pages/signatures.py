"""What each rule is that signs a refusal, for the page that a refusal links to."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

from emulator.domain import rules
from emulator.domain.catalogue.entry import DOCS, ERROR_CODES, GRAPH_ERRORS
from emulator.domain.values import dataclass

_ANSWERED = "the answer to the call"


@dataclass(frozen=True, slots=True)
class Signature:
    """A rule by the name that ``X-Emulator-Rule`` and the journal give it."""

    name: str
    what: str
    """What it demands, in a sentence or a few."""
    source: str | None
    """The page it comes from; ``None`` for one of the emulator's own."""
    told: str = _ANSWERED
    """Where its refusal is told."""
    needs: tuple[str, ...] = ()
    """The facts it looks at."""
    place: int | None = None
    """Its place, from 1, among the rules that a message passes in order."""


def _of_messages() -> list[Signature]:
    later = [*rules.LATER, rules.PAYMENT]
    found = []
    for told, some in ((_ANSWERED, rules.AT_ONCE), ("a `failed` status, after the answer 200", later)):
        for place, rule in enumerate(some, 1):
            what = inspect.cleandoc(rule.judge.__doc__ or "").split("\n\n")[0].replace("\n", " ")
            found.append(Signature(rule.name, what, rule.source, told, rule.needs, place))
    return found


_OTHERS = (
    Signature("appsecret_proof", "`appsecret_proof` is the token signed with the app secret.", GRAPH_ERRORS),
    Signature(
        "block_users",
        "Who is blocked or freed is on WhatsApp and fits the block list.",
        f"{DOCS}/block-users",
    ),
    Signature("body_size", "A body has at most as many bytes as one is read.", None),
    Signature(
        "business_app_sync",
        "The contacts and the chats of the WhatsApp Business app are asked for once each, within 24 hours.",
        f"{DOCS}/embedded-signup/onboarding-business-app-users",
    ),
    Signature(
        "callback_verification",
        "A callback answers the handshake with its challenge.",
        "https://developers.facebook.com/docs/graph-api/webhooks/getting-started",
    ),
    Signature("clock", "The clock of the sandbox does not go back; it was set back under this call.", None),
    Signature(
        "direct_send", "A message that names its own template is one that can be made.", f"{DOCS}/direct-send"
    ),
    Signature("fault", "Nothing was wrong with the call: somebody asked for this error.", None),
    Signature(
        "file",
        "A file has a type and a size that the platform takes.",
        f"{DOCS}/business-phone-numbers/media",
    ),
    Signature("graph", "The Graph API has what the call names.", GRAPH_ERRORS),
    Signature("host", "The call comes by a name of this emulator.", None),
    Signature("http", "The request is one that HTTP/1.1 and the Graph API know.", None),
    Signature("internal", "The emulator failed itself; its log has the cause.", None),
    Signature(
        "legacy",
        "A parameter still exists in this version of the API.",
        "https://developers.facebook.com/docs/graph-api/changelog",
    ),
    Signature(
        "management_calls", "An app makes at most so many management calls an hour.", f"{DOCS}/throughput"
    ),
    Signature("mark_as_read", "A message that is marked as read is one that a person wrote.", ERROR_CODES),
    Signature(
        "marketing_messages",
        "What goes by the marketing endpoint is a marketing template.",
        f"{DOCS}/marketing-messages/send-marketing-messages",
    ),
    Signature("message", "The messaging service takes the message.", ERROR_CODES),
    Signature("message_content", "The content of a message keeps its limits and its form.", ERROR_CODES),
    Signature(
        "not_emulated",
        "The platform has this, and the emulator does not: the call is unsupported, and a strict test fails.",
        None,
    ),
    Signature("object", "The object of the path exists, and the token may see it.", GRAPH_ERRORS),
    Signature("origin", "A page of another origin calls only where that is allowed.", None),
    Signature(
        "pacing",
        "A held batch of a template goes on once people like it.",
        f"{DOCS}/templates/template-pacing",
    ),
    Signature("paging", "A cursor comes from the page before.", GRAPH_ERRORS),
    Signature("parameters", "Parameters are there, and have the type that the API reads.", ERROR_CODES),
    Signature("path", "The path names a node, an edge and a version of the API.", GRAPH_ERRORS),
    Signature("permission", "The token has the permission that the endpoint asks for.", GRAPH_ERRORS),
    Signature(
        "recipient", "The recipient is a phone number, a user or a group that can be written to.", ERROR_CODES
    ),
    Signature("registration", "A number is registered with its PIN, and not too often.", ERROR_CODES),
    Signature("reported_status", "Somebody had this status reported on purpose.", None),
    Signature("sandbox_closed", "The sandbox of the token is open.", None),
    Signature("storage", "The emulator can write what it has to keep.", None),
    Signature(
        "template_creations",
        "A WABA creates at most so many templates an hour.",
        f"{DOCS}/templates/overview",
    ),
    Signature(
        "template_editor",
        "A template has the form that the editor takes: names, lengths, variables, examples, buttons, and "
        "how often it is edited.",
        f"{DOCS}/templates/overview",
    ),
    Signature(
        "template_parameters",
        "The parameters of a send fit the variables of the template: their number, names and types.",
        ERROR_CODES,
    ),
    Signature(
        "token", "The access token is one of a sandbox of this emulator, and still holds.", GRAPH_ERRORS
    ),
    Signature("unsupported", "A person sends something that the API can show.", ERROR_CODES),
)

SIGNATURES: Mapping[str, Signature] = {each.name: each for each in (*_of_messages(), *_OTHERS)}
"""Every rule that signs a refusal, those of a message first, in the order in which it passes them."""
