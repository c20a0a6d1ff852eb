"""Marketing by the endpoint of its own, and messages that are sent directly."""

from __future__ import annotations

from typing import Any

from fidelity.rows.row import (
    NUMBER,
    WABA,
    Area,
    Basis,
    Exchange,
    Proof,
    accepted,
    fails,
    message,
    parameter,
    proven,
    refused,
    row,
    text,
)

API = "D/marketing-messages/send-marketing-messages"
OVERVIEW = "D/direct-send/overview"
PATH = f"/v24.0/{NUMBER}/marketing_messages"
TEST = "web/graph/messages/test_graph_marketing_messages.py::"
DIRECT = "web/graph/messages/test_graph_direct_send.py::"
GENERATED = "web/graph/templates/test_graph_direct_templates.py::"
ON = {"direct_send": "on"}
NOT_ENABLED = (
    "Parameter Invalid: The 'category' value requires Direct Send, which isn't enabled for this account. Use "
    "an approved message template instead."
)
SALE = message(
    "template",
    {
        "name": "spring_sale",
        "language": {"code": "en_US"},
        "components": [
            {
                "type": "header",
                "parameters": [{"type": "image", "image": {"link": "https://example.com/a.png"}}],
            },
            {"type": "body", "parameters": [{"type": "text", "text": "Sheena"}]},
        ],
    },
)
CODE = message("template", {"name": "login_code", "language": {"code": "en_US"}})


def link(text: str = "Track it") -> dict[str, Any]:
    return {"type": "cta_url", "cta_url": {"display_text": text, "url": "https://example.com"}}


def mixed(*buttons: Any) -> dict[str, Any]:
    inside = {"type": "button", "body": {"text": "On its way."}, "action": {"buttons": list(buttons)}}
    return message("interactive", inside, category="utility")


LATE = {"type": "reply", "reply": {"id": "late", "title": "Too late"}}

MARKETING = Area(
    "Marketing by its own endpoint",
    (
        row(
            "`marketing_messages` takes and answers what a template send does.",
            Basis.DOCUMENTED,
            API,
            accepted(SALE, status="accepted", path=PATH),
            accepted(
                {**SALE, "product_policy": "STRICT", "message_activity_sharing": True},
                status="accepted",
                path=PATH,
            ),
        ),
        row(
            "Anything but a template is an invalid parameter there.",
            Basis.DOCUMENTED,
            API,
            refused(text(), "(#100) Invalid parameter", "Message must be a template message.", path=PATH),
        ),
        row(
            "Another category is refused with 134100; before v23 with 131055.",
            Basis.DOCUMENTED,
            API,
            refused(
                CODE,
                "(#134100) Only marketing messages supported",
                "You're only able to send marketing messages on this API.",
                code=134100,
                path=PATH,
            ),
            *proven(
                "",
                Basis.DOCUMENTED,
                "",
                TEST + "test_another_category_is_refused_in_the_words_of_the_version",
            ).checks,
        ),
        proven(
            "A status of such a message tells the category `marketing_lite`.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/messages/status",
            TEST + "test_its_statuses_tell_the_price_of_the_endpoint",
            TEST + "test_webhooks_of_older_versions_tell_the_conversation_s_origin",
        ),
        proven(
            "A template that is still syncing there: 134101, with the setting `marketing_sync`.",
            Basis.DOCUMENTED,
            API,
            TEST + "test_a_new_template_is_unknown_for_as_long_as_the_setting_says",
            unsure="that the time runs from the last change is inferred, and that idle templates stay known",
        ),
        row(
            "`disable_marketing_messages_on_cloud_api` keeps marketing templates off `messages`: 131063.",
            Basis.REPORTED,
            "D/support/error-codes",
            refused(
                SALE,
                "(#131063) Your template is categorized as Marketing, but marketing templates are currently "
                "disabled for your Cloud API configuration.",
                code=131063,
                settings={"marketing_by": "marketing_messages"},
            ),
            unsure="the HTTP status is inferred",
        ),
    ),
)

DIRECT_SEND = Area(
    "Direct Send",
    (
        row(
            "Direct Send (`category`) is not enabled, unless the setting `direct_send` says so.",
            Basis.DOCUMENTED,
            OVERVIEW,
            parameter(text(category="utility"), NOT_ENABLED),
            unsure="the end of the sentence is inferred",
        ),
        row(
            "A category beside the three is refused by the generic reader.",
            Basis.REPORTED,
            "public issues",
            *(
                refused(
                    text(category="marketing"),
                    "(#100) Param category must be one of {AUTHENTICATION, SERVICE, UTILITY} - got "
                    '"marketing".',
                    settings={"direct_send": switch},
                )
                for switch in ("off", "on", "blocked")
            ),
        ),
        row(
            "An account whose Direct Send is blocked: 139200.",
            Basis.DOCUMENTED,
            OVERVIEW,
            refused(
                text(category="utility"),
                "(#139200) Direct Send access blocked",
                code=139200,
                settings={"direct_send": "blocked"},
            ),
            unsure="the HTTP status is inferred",
        ),
        row(
            "It is answered as the message without its category.",
            Basis.DOCUMENTED,
            OVERVIEW,
            accepted(text(category="utility"), written=False, settings=ON),
            accepted(text(category="authentication"), written=False, settings=ON),
        ),
        proven(
            "It needs no window and is priced as its category; each status has the `template_id`.",
            Basis.DOCUMENTED,
            OVERVIEW,
            DIRECT + "test_it_arrives_without_a_window_and_is_priced_as_its_category",
        ),
        proven(
            "`category: service` is what a free-form message is anyway: it needs the window.",
            Basis.INFERRED,
            "",
            DIRECT + "test_an_ordinary_message_names_no_template",
            DIRECT + "test_a_message_of_the_category_service_is_priced_as_what_it_is",
        ),
        row(
            "Utility takes texts, links and up to ten buttons, at most two of them links and those first.",
            Basis.DOCUMENTED,
            "D/direct-send/supported-message-types",
            accepted(mixed(link(), link("Call"), LATE), written=False, settings=ON),
            *(
                refused(
                    mixed(*buttons),
                    "(#131009) Parameter value is not valid",
                    details,
                    code=131009,
                    settings=ON,
                )
                for buttons, details in (
                    ([link()] * 3, "Invalid cta_url buttons count. Max allowed cta_url buttons: 2"),
                    ([LATE, link()], "Buttons of type cta_url must be listed before those of type reply"),
                )
            ),
            unsure="the sentences are inferred",
        ),
        proven(
            "Limits are those of templates, and codes go as texts alone.",
            Basis.DOCUMENTED,
            "D/direct-send/supported-message-types",
            DIRECT + "test_limits_are_those_of_templates",
            DIRECT + "test_a_text_has_1024_characters",
            DIRECT + "test_other_kinds_of_message_are_refused",
            unsure="the sentences are inferred",
        ),
        row(
            "`ttl_seconds` is 30 to 43,200, of codes to 900, and unknown outside Direct Send.",
            Basis.DOCUMENTED,
            "D/direct-send/configure-message-ttl",
            refused(text(ttl_seconds=60), "(#100) Param ttl_seconds is unsupported or misspelled."),
            refused(
                text(category="utility", ttl_seconds=43_201),
                "(#100) Param ttl_seconds must be lower than or equal to 43200.",
                settings=ON,
            ),
            refused(
                text(category="utility", ttl_seconds=29),
                "(#100) Param ttl_seconds must be greater than or equal to 30.",
                settings=ON,
            ),
            Exchange(body=text(category="authentication", ttl_seconds=900), settings=ON),
            unsure="the beginnings of the sentences, and the one about 30, are inferred",
        ),
        proven(
            "A message is dropped in silence when its time is over: ten minutes for codes that do not say.",
            Basis.DOCUMENTED,
            "D/direct-send/configure-message-ttl",
            DIRECT + "test_a_message_is_dropped_when_its_time_is_over",
        ),
        proven(
            "The same content makes one `auto_generated_…` template with the source `AUTO_GENERATED`.",
            Basis.DOCUMENTED,
            OVERVIEW,
            GENERATED + "test_the_same_content_makes_one_template",
            GENERATED + "test_a_template_has_the_parts_of_its_message",
            unsure="that they do not count against the limit of templates is inferred",
        ),
        row(
            "A business may name it; the name of an ordinary template fails later with 132021.",
            Basis.DOCUMENTED,
            "D/direct-send/business-named-templates",
            fails(
                text(category="utility", direct_send_config={"template_name": "order_shipped"}),
                132021,
                "Template name is already in use",
                None,
                settings=ON,
            ),
            Proof(GENERATED + "test_the_business_may_name_it"),
            unsure="that new content under a name replaces the old is inferred, and the title of 132021",
        ),
        proven(
            "It cannot be edited (2388318), deleted (2388330) or sent as a template (132018).",
            Basis.DOCUMENTED,
            OVERVIEW,
            GENERATED + "test_it_cannot_be_edited_deleted_or_sent",
            unsure="the sentences of the first two are inferred",
        ),
        row(
            "`message_samples` takes a sample.",
            Basis.DOCUMENTED,
            OVERVIEW,
            Exchange(
                body={},
                path=f"/v24.0/{WABA}/message_samples",
                answer={"success": True, "category": "UTILITY"},
                settings=ON,
            ),
            unsure="what it is given is not documented, and so not judged",
        ),
    ),
)
