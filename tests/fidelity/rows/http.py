"""The layer below the messages: objects, paths, tokens, methods, versions, headers, encodings."""

from __future__ import annotations

from fidelity.rows.row import (
    NUMBER,
    PERSON,
    RECORDINGS,
    REPORTS,
    TOKEN,
    WABA,
    Area,
    Basis,
    Exchange,
    accepted,
    complaint,
    parameter,
    proven,
    refused,
    row,
    text,
    without,
)

GRAPH = "the Graph API's guide to errors"
FORM = "application/x-www-form-urlencoded"
READ = {"messaging_product": "whatsapp", "status": "read"}


_LEGACY = "web/graph/test_graph_legacy.py::test_"
_ABSENT = "web/graph/test_graph_not_emulated.py::test_"


def _unknown(method: str, name: str) -> str:
    return (
        f"Unsupported {method} request. Object with ID '{name}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api"
    )


ERRORS = Area(
    "Errors of every kind",
    (
        row(
            "A refusal has a trace id, the one in `X-Fb-Request-Id`, and a `WWW-Authenticate` header.",
            Basis.RECORDED,
            RECORDINGS,
            Exchange(
                body={},
                status=400,
                headers={
                    "WWW-Authenticate": 'OAuth "Facebook Platform" "invalid_request" "\\(#100\\) The '
                    'parameter messaging_product is required\\."',
                    "Cache-Control": "no-store",
                    "X-Fb-Request-Id": "A[A-Za-z0-9_-]{22}",
                    "X-Fb-Trace-Id": "[A-Za-z0-9+/_-]{11}",
                },
            ),
        ),
        row(
            "Complaints of the generic reader have no details, those of the messaging service do.",
            Basis.REPORTED,
            REPORTS,
            complaint(text(""), "The parameter text['body'] is required."),
            parameter(without(text(), "text"), "Parameter 'text' is mandatory for type 'text'"),
        ),
        proven(
            "Paths inside a body are written with brackets: `template['components'][0]`.",
            Basis.REPORTED,
            REPORTS,
            "wire/test_parameters.py::test_a_path_is_written_with_brackets",
            unsure="some reports of 2026 have dots",
        ),
        proven(
            "Codes of the messaging service have no subcode, and the HTTP status of the documentation; "
            "132001 has 404.",
            Basis.DOCUMENTED,
            "D/support/error-codes, November 2025",
            "web/graph/test_graph_refusals.py::test_a_refusal_is_met_in_the_answer",
            "web/graph/messages/test_graph_messages.py::test_a_language_must_match_exactly",
        ),
        row(
            "An unknown object is 400 with 100 and subcode 33, in the words of the verb.",
            Basis.RECORDED,
            RECORDINGS,
            *(
                refused(
                    text() if method == "POST" else None,
                    _unknown(method.lower(), "123123"),
                    type="GraphMethodException",
                    subcode=33,
                    method=method,
                    path="/v19.0/123123/messages" if method == "POST" else "/v19.0/123123",
                    headers={"X-App-Usage": ".+", "X-Business-Use-Case-Usage": None},
                )
                for method in ("GET", "POST", "DELETE")
            ),
            unsure="the words for DELETE are inferred",
        ),
        row(
            "What stands first in a path is the id of an object, whatever it looks like.",
            Basis.REPORTED,
            "github.com/netflie/whatsapp-cloud-api/issues/160, github.com/n8n-io/n8n/issues/16799",
            *(
                refused(
                    text() if method == "POST" else None,
                    _unknown(method.lower(), name),
                    type="GraphMethodException",
                    subcode=33,
                    method=method,
                    path=path,
                )
                for method, path, name in (
                    ("POST", "/v18.0/+16505550000/messages", "+16505550000"),
                    ("POST", "/v13.0//messages", "messages"),
                    ("POST", "/v24.0/undefined/message_templates", "undefined"),
                    ("GET", "/v24.0/nonsense", "nonsense"),
                    ("DELETE", "/v24.0/{id}/messages/1", "{id}"),
                )
            ),
            unsure="that words are read so by GET and DELETE too is inferred",
        ),
        row(
            "What follows an edge is the unknown component of a path: 2500.",
            Basis.REPORTED,
            "github.com/Bindambc/whatsapp-business-java-api/issues/212",
            *(
                refused(None, f"Unknown path components: {told}", code=2500, method=method, path=asked)
                for method, asked, told in (
                    ("POST", f"/v20.0/{WABA}/message_templates/2798878760278631", "/2798878760278631"),
                    ("GET", f"/v20.0/{WABA}/message_templates/1/2", "/1/2"),
                    ("POST", f"/v20.0/{WABA}/message_templates/archive/1", "/1"),
                    ("DELETE", f"/v20.0/{NUMBER}/messages/wamid.X", "/wamid.X"),
                    ("GET", "/v20.0/message_template_library/1", "/1"),
                    ("GET", "/v999.0/me", "/v999.0/me"),
                )
            ),
            unsure="an unknown version is read the same way",
        ),
        row(
            "An edge that a node does not have is reported by GET as a field, by POST as an operation.",
            Basis.RECORDED,
            RECORDINGS,
            refused(
                None,
                "(#100) Tried accessing nonexisting field (template_analytics) on node type "
                "(WhatsAppBusinessPhoneNumber)",
                method="GET",
                path=f"/v24.0/{NUMBER}/template_analytics",
            ),
            refused(
                {},
                _unknown("post", NUMBER),
                type="GraphMethodException",
                subcode=33,
                path=f"/v24.0/{NUMBER}/nonsense",
            ),
            unsure="POST is inferred",
        ),
        proven(
            "The error about a field that a node does not have names the node's type.",
            Basis.RECORDED,
            RECORDINGS,
            "wire/test_fields.py::test_an_unknown_field_is_reported_with_its_node_type",
        ),
        proven(
            "An edge asked as a field is expanded; `id` is always there.",
            Basis.DOCUMENTED,
            "the Graph API's pages on field expansion",
            "web/graph/accounts/test_graph_accounts.py::test_an_edge_can_be_read_as_a_field",
            "web/graph/accounts/test_graph_accounts.py::test_an_edge_of_an_edge_can_be_read_as_a_field",
        ),
    ),
)

CALLS = Area(
    "Tokens, methods, versions, encodings",
    (
        row(
            "Without a token: 104, HTTP 400.",
            Basis.REPORTED,
            "client libraries",
            refused(text(), "An access token is required to request this resource.", code=104, token=None),
            unsure="190 is reported too",
        ),
        row(
            "With a token nobody knows: 190, HTTP 401, and `invalid_token` in `WWW-Authenticate`.",
            Basis.REPORTED,
            "client libraries",
            refused(
                text(),
                "Invalid OAuth access token - Cannot parse access token",
                code=190,
                status=401,
                token="nonsense",
                headers={"WWW-Authenticate": 'OAuth "Facebook Platform" "invalid_token" ".+"'},
            ),
        ),
        proven(
            "An expired token: 190, subcode 463, with both times in Pacific time.",
            Basis.REPORTED,
            "client libraries",
            "wire/test_responses.py::test_the_recorded_sentence_about_an_expired_token_is_written_again",
            "web/graph/accounts/test_graph_tokens.py::test_an_expired_token_is_refused_from_its_very_instant",
        ),
        proven(
            "A token without the permission: 200 or 10, HTTP 403.",
            Basis.REPORTED,
            REPORTS,
            "web/graph/accounts/test_graph_tokens.py::test_a_token_without_the_permission_is_refused",
        ),
        row(
            "A token may stand in the query, and goes before the one in the header.",
            Basis.INFERRED,
            "clients send both, and mean the former",
            accepted(text(), path=f"/v24.0/{NUMBER}/messages?access_token={TOKEN}", token="nonsense"),
        ),
        row(
            "PUT is taken like POST on `messages`.",
            Basis.DOCUMENTED,
            "the platform's collection of examples, May 2026",
            accepted(text(), method="PUT"),
        ),
        proven(
            "`pretty` and `debug` have no effect and `date_format` and `ids` are refused from v26.0 on, and "
            "since 27 October 2026 in all versions; `metadata` has no effect from v25.0 on, and since 19 May "
            "2026.",
            Basis.DOCUMENTED,
            "the changelogs of v25.0 and v26.0, as eight integrators read them in 2026",
            f"{_LEGACY}what_has_no_effect_any_more_is_warned_of",
            f"{_LEGACY}what_is_gone_is_refused",
            f"{_LEGACY}what_was_not_gone_then_is_not_emulated",
            "domain/graph/test_legacy.py::test_a_feature_is_gone_from_a_version_on_and_then_from_all",
            unsure="the sentence of a refusal is ours",
        ),
        proven(
            "`method` in a POST is still taken; since 4 November 2026 new apps cannot use it, nor JSONP, "
            "field aliases and batches, which are not emulated.",
            Basis.DOCUMENTED,
            "developers.facebook.com/blog, 4 November 2026, about v27.0",
            f"{_LEGACY}another_method_is_warned_of_since_november_2026",
            f"{_LEGACY}a_field_under_another_name_is_not_emulated",
            unsure="the emulator does not know which apps are new, and warns all of them",
        ),
        proven(
            "Flows, QR codes, partner solutions and other objects that are not emulated: their ids are "
            "unknown (100/33), marked where an edge, a field or a parameter shows what is meant.",
            Basis.DOCUMENTED,
            "Meta's OpenAPI document of v23.0",
            f"{_ABSENT}every_documented_call_is_marked",
            f"{_ABSENT}a_field_of_an_object_that_no_sandbox_has_is_marked",
            f"{_ABSENT}a_change_of_an_object_that_no_sandbox_has_is_marked",
            f"{_ABSENT}what_follows_an_edge_that_is_not_emulated_is_marked",
            f"{_ABSENT}the_flow_of_a_template_is_marked",
            unsure="an id alone does not show it: `GET /{flow_id}` is refused as any unknown id, unmarked, "
            "unless a template opens that Flow",
        ),
        proven(
            "Links to the next page repeat lists of the query as JSON, and can be called.",
            Basis.INFERRED,
            "what the query takes; how the platform writes a list in a link is not recorded",
            "web/graph/templates/test_graph_template_lists.py::"
            "test_the_links_of_a_narrowed_list_can_be_called",
        ),
        proven(
            "`fields` of a POST (read after write), of `subscribed_apps`, `block_users` and "
            "`message_template_previews` has no effect; a warning tells.",
            Basis.DOCUMENTED,
            "developers.facebook.com/docs/graph-api/overview, read after write; the emulator does not do it",
            f"{_ABSENT}reading_after_writing_warns",
            f"{_ABSENT}fields_of_a_list_that_has_none_warn",
        ),
        row(
            "A form carries objects as JSON strings.",
            Basis.REPORTED,
            REPORTS,
            accepted(
                f"messaging_product=whatsapp&to={PERSON}&text=%7B%22body%22%3A%22Hello%22%7D".encode(),
                content_type=FORM,
            ),
            refused(
                f"messaging_product=whatsapp&to={PERSON}&text=Hello".encode(),
                "(#100) Param text must be a JSON object.",
                content_type=FORM,
            ),
        ),
        row(
            "A call without a version is carried out under the app's, which a header tells.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(
                text(),
                path=f"/{NUMBER}/messages",
                headers={"Facebook-Api-Version": r"v26\.0", "X-Ad-Api-Version-Warning": None},
            ),
        ),
        proven(
            "An old version is upgraded, with a header: about eight months after its release.",
            Basis.RECORDED,
            "answers of October 2024, May 2025, February 2026",
            "fidelity/test_recorded_accounts.py::test_an_old_version_is_upgraded",
            "domain/graph/test_versions.py::test_v19_was_upgraded_as_recorded",
            unsure="the length is inferred",
        ),
        row(
            "A send's answer has the recorded headers, its usage counted for the WABA.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(
                text(),
                headers={
                    "Content-Type": "application/json; charset=UTF-8",
                    "Vary": "Origin",
                    "Access-Control-Allow-Origin": r"\*",
                    "Cache-Control": "private, no-cache, no-store, must-revalidate",
                    "X-Business-Use-Case-Usage": rf'{{"{WABA}":\[{{"type":"whatsapp",.+}}\]}}',
                },
            ),
        ),
        proven(
            "Answers and webhooks escape `/` as `\\/`, `@` as `\\u0040`, `%` as `\\u0025`, `<` as `\\u003C`, "
            "and whatever is beyond ASCII in lower case; nothing else.",
            Basis.RECORDED,
            f"{RECORDINGS}; captures of May 2026; a signature that fails with an `@`, 29 August 2023",
            "wire/test_signing.py::test_json_is_written_as_meta_s_encoder_writes_it",
            "wire/test_signing.py::test_a_webhook_is_these_bytes_with_this_signature",
            unsure="`%` is recorded of answers, `<` stands in receivers and in facebook/hhvm's own encoder",
        ),
    ),
)

RECEIPTS = Area(
    "Read receipts",
    (
        row(
            "An id that is none, or an outgoing one, cannot be marked as read.",
            Basis.RECORDED,
            RECORDINGS,
            parameter({**READ, "message_id": "12345"}, "Please check the message ID you have provided."),
            parameter(
                {**READ, "message_id": "wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBJDRDhCNTAwRkU0MTdCNkI3OUMA"},
                "Message supplied to mark message as read API with message ID: "
                "wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBJDRDhCNTAwRkU0MTdCNkI3OUMA is outgoing. Please use an "
                "incoming message ID.",
            ),
        ),
        row(
            "A receipt needs an id, and its status is `read`; a typing indicator is of a text.",
            Basis.DOCUMENTED,
            "D/messages/mark-message-as-read, D/typing-indicators",
            complaint(READ, "The parameter message_id is required."),
            complaint({**READ, "status": "seen"}, 'Param status must be one of {READ} - got "seen".'),
            complaint(
                {**READ, "message_id": "1", "typing_indicator": {"type": "voice"}},
                "Param typing_indicator['type'] must be one of {TEXT} - got \"voice\".",
            ),
        ),
        proven(
            "Marking a message as read marks those before it.",
            Basis.DOCUMENTED,
            "D/messages/mark-message-as-read",
            "sandbox/messages/test_outbound.py::test_marking_a_message_read_marks_those_before_it",
        ),
    ),
)
