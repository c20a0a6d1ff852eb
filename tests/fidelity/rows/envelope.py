"""What stands around the content of a message, whom it goes to, and how the answer names them."""

from __future__ import annotations

from fidelity.rows.row import (
    RECORDINGS,
    REPORTS,
    Area,
    Basis,
    accepted,
    complaint,
    message,
    parameter,
    proven,
    refused,
    row,
    text,
    without,
)

SEND = "D/messages/send-messages"
TYPES = (
    "{AUDIO, CONTACTS, DOCUMENT, GIF, IMAGE, INTERACTIVE, LINK_PREVIEW, LOCATION, PIN, REACTION, STICKER, "
    "TEMPLATE, TEXT, VIDEO}"
)
NO_TO = "The parameter to is required."
NO_PRODUCT = "The parameter messaging_product is required."

ENVELOPE = Area(
    "The envelope of a send",
    (
        row(
            "`messaging_product` is required and is `whatsapp`, in any case.",
            Basis.REPORTED,
            REPORTS,
            complaint(without(text(), "messaging_product"), NO_PRODUCT),
            complaint(text(messaging_product=""), NO_PRODUCT),
            complaint(
                text(messaging_product="foo"),
                'Param messaging_product must be one of {WHATSAPP} - got "foo".',
            ),
            accepted(text(messaging_product="WhatsApp")),
        ),
        row(
            "A body that is no JSON object counts as one without members.",
            Basis.REPORTED,
            REPORTS,
            complaint(b'{"messaging_product":"whatsapp"', NO_PRODUCT),
            complaint(b"[]", NO_PRODUCT),
            complaint(b"", NO_PRODUCT),
        ),
        row(
            "JSON without its content type is read as a form, and so has no members.",
            Basis.REPORTED,
            REPORTS,
            refused(b'{"messaging_product":"whatsapp"}', f"(#100) {NO_PRODUCT}", content_type=""),
        ),
        row(
            "`to` or `recipient` is required; the complaint has no `(#100)`.",
            Basis.REPORTED,
            REPORTS,
            refused(without(text(), "to"), NO_TO),
            refused(text(to=""), NO_TO),
            refused(text(to=None), NO_TO),
        ),
        row(
            "A missing `to` is reported before a wrong `messaging_product`.",
            Basis.REPORTED,
            REPORTS,
            refused(without(text(messaging_product="foo"), "to"), NO_TO),
        ),
        row(
            "`recipient_type` is optional, and `individual` or `group`.",
            Basis.DOCUMENTED,
            SEND,
            accepted(text(recipient_type="individual")),
            complaint(
                text(recipient_type="crowd"),
                'Param recipient_type must be one of {INDIVIDUAL, GROUP} - got "crowd".',
            ),
        ),
        row(
            "`type` is `text` unless said, in any case, and one of a fixed list.",
            Basis.REPORTED,
            REPORTS,
            accepted(without(text(), "type")),
            accepted(text(type="TEXT")),
            complaint(text(type="jpeg"), f'Param type must be one of {TYPES} - got "jpeg".'),
        ),
        row(
            "The object named by `type` is mandatory.",
            Basis.REPORTED,
            REPORTS,
            parameter(without(text(), "text"), "Parameter 'text' is mandatory for type 'text'"),
            parameter(text(type="image"), "Parameter 'image' is mandatory for type 'image'"),
            parameter(text(type="template"), "Parameter 'template' is mandatory for type 'template'"),
        ),
        row(
            "Types on the platform's list that no page describes are refused with 131051.",
            Basis.CONVENTION,
            "the list in the complaint about `type`",
            *(
                refused(
                    message(kind, {"id": "1"}),
                    "(#131051) Unsupported message type",
                    "Message type is currently not supported.",
                    code=131051,
                )
                for kind in ("gif", "link_preview")
            ),
        ),
        row(
            "Unknown members of the envelope are ignored.",
            Basis.INFERRED,
            "no report of a refusal",
            accepted(text(surprise=1)),
        ),
        row(
            "`context` names the message that is answered, and changes nothing in the answer.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(
                text(context={"message_id": "wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBI3OEVCRjczQ0JGNzYzMTdBRDIA"})
            ),
        ),
        row(
            "A `context` that leads nowhere is no error; one without an id, or with more members, is.",
            Basis.REPORTED,
            REPORTS,
            accepted(text(context={"message_id": "nowhere"})),
            complaint(text(context={}), "The parameter context['message_id'] is required."),
            complaint(text(context="wamid.1"), "Param context must be a JSON object."),
            complaint(
                text(context={"message_id": "wamid.1", "from": "1"}),
                'Unexpected key "from" on param "context".',
            ),
        ),
        row(
            "`biz_opaque_callback_data` has at most 512 characters.",
            Basis.REPORTED,
            "client libraries",
            accepted(text(biz_opaque_callback_data="x" * 512)),
            complaint(
                text(biz_opaque_callback_data="x" * 513),
                "Param biz_opaque_callback_data must be at most 512 characters long.",
            ),
            complaint(text(biz_opaque_callback_data={}), "Param biz_opaque_callback_data must be a string."),
            unsure="the sentence is inferred",
        ),
        proven(
            "The order of the checks: account, recipient, template, parameters.",
            Basis.INFERRED,
            "many reports put together",
            "domain/checks/test_rules.py::test_account_goes_before_recipient_goes_before_template",
            "wire/test_message_requests.py::test_the_first_thing_wrong_is_the_one_reported",
        ),
    ),
)

ANSWERS = Area(
    "Answers",
    (
        row(
            "A message that is taken is answered with the contact and an id, and nothing else.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(text()),
        ),
        row(
            "Only a template's answer has a `message_status`.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(
                message(
                    "template",
                    {
                        "name": "order_shipped",
                        "language": {"code": "en_US"},
                        "components": [
                            {
                                "type": "body",
                                "parameters": [
                                    {"type": "TEXT", "text": "Sheena"},
                                    {"type": "text", "text": "860198"},
                                ],
                            },
                            {
                                "type": "button",
                                "sub_type": "url",
                                "index": "1",
                                "parameters": [{"type": "text", "text": "860198"}],
                            },
                        ],
                    },
                ),
                status="accepted",
            ),
        ),
        proven(
            "A `wamid` is the person's digits, a direction byte and a hexadecimal tail.",
            Basis.RECORDED,
            "decoded ids",
            "domain/test_ids.py::test_an_outbound_id_is_byte_for_byte_like_a_recorded_one",
            "domain/test_ids.py::test_an_inbound_id_has_the_direction_byte_and_the_longer_name_of_an_iphone",
        ),
        proven(
            "The recorded sends, read receipts, nodes and template calls get the recorded bytes.",
            Basis.RECORDED,
            RECORDINGS,
            "fidelity/test_recorded_templates.py::test_a_text",
            "fidelity/test_recorded_templates.py::test_a_template",
            "fidelity/test_recorded_templates.py::test_marking_an_outgoing_message_as_read",
            "fidelity/test_recorded_templates.py::test_marking_nothing_as_read",
            "fidelity/test_recorded_templates.py::test_a_typing_indicator",
            "fidelity/test_recorded_accounts.py::test_a_number",
            "fidelity/test_recorded_accounts.py::test_the_numbers_of_an_account",
            "fidelity/test_recorded_accounts.py::test_an_account",
            "fidelity/test_recorded_templates.py::test_creating_a_template",
            "fidelity/test_recorded_templates.py::test_a_template_by_its_id",
            "fidelity/test_recorded_templates.py::test_editing_a_template",
            "fidelity/test_recorded_templates.py::test_deleting_a_template",
        ),
    ),
)
