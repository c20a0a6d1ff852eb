"""The window, prices, webhooks and templates: what follows an answer, and what makes it."""

from __future__ import annotations

from typing import Any

from fidelity.rows.row import (
    RECORDINGS,
    REPORTS,
    Area,
    Basis,
    Proof,
    accepted,
    complaint,
    fails,
    message,
    parameter,
    proven,
    refused,
    row,
    text,
)
from kit.identities import TEST

LOGS = "public reports with logs"
HELLO = {"name": "hello_world", "language": {"code": "en_US"}}

_SPOILT = "sandbox/webhooks/test_spoilt_webhooks.py::test_"
_ORDER = "sandbox/webhooks/test_webhook_order.py::test_"

WINDOW = Area(
    "The customer service window",
    (
        row(
            "A message outside the window gets its 200, and then a `failed` status with 131047.",
            Basis.RECORDED,
            LOGS,
            *(
                fails(
                    body,
                    131047,
                    "Re-engagement message",
                    "Message failed to send because more than 24 hours have passed since the customer last "
                    "replied to this number.",
                    written=False,
                )
                for body in (text(), message("location", {"latitude": 1, "longitude": 2}))
            ),
        ),
        proven(
            "The window lasts 24 hours from the last inbound message, for a business number and a person.",
            Basis.DOCUMENTED,
            "D/messages/send-messages, 21 May 2026",
            "domain/test_windows.py::test_the_window_closes_at_the_very_microsecond",
            "web/graph/messages/test_graph_windows.py::test_a_text_arrives_within_24_hours_and_fails_from_then_on",
            "web/graph/messages/test_graph_windows.py::test_a_window_belongs_to_a_number_and_a_person",
            unsure="the exact instant is inferred",
        ),
        proven(
            "The window is judged as it stood when the message was accepted.",
            Basis.INFERRED,
            "the platform judges shortly after",
            "sandbox/messages/test_outbound.py::test_the_window_is_judged_when_the_message_was_accepted",
        ),
        proven(
            "131047 and 131026 come without a `sent` before them.",
            Basis.RECORDED,
            LOGS,
            "web/graph/messages/test_graph_windows.py::test_outside_the_window_the_call_succeeds_and_the_message_fails",
            "sandbox/messages/test_outbound.py::test_who_is_not_on_whatsapp_is_told_later",
        ),
        row(
            "A template needs no window.",
            Basis.DOCUMENTED,
            "D/messages/send-messages",
            accepted(
                message("template", HELLO),
                status="accepted",
                written=False,
                path=f"/v24.0/{TEST}/messages",
            ),
        ),
        proven(
            "Whatever a person writes or taps opens or restarts it, at the time of their message.",
            Basis.DOCUMENTED,
            "D/messages/send-messages, 21 May 2026",
            "domain/test_windows.py::test_whoever_writes_taps_or_calls_opens_the_window",
            "web/graph/messages/test_graph_windows.py::test_a_text_arrives_within_24_hours_and_fails_from_then_on",
        ),
        proven(
            "A call of a person opens or restarts it, whether it is answered or not.",
            Basis.DOCUMENTED,
            "D/calling/pricing",
            "sandbox/messages/received/test_window_openers.py::test_a_call_opens_it_whatever_becomes_of_it",
            "sandbox/messages/received/test_window_openers.py::test_the_window_of_a_call_lasts_24_hours",
        ),
        proven(
            "A reaction opens it, and so does taking one back (`window_opened_by`).",
            Basis.REPORTED,
            "a provider's help page on reactions",
            "sandbox/messages/received/test_window_openers.py::test_by_default_a_reaction_and_taking_one_back_open_it",
            "domain/test_windows.py::test_what_is_documented_nowhere_is_a_setting",
        ),
        proven(
            "A message that the API does not show opens it; an edit and a deletion do not "
            "(`window_opened_by`).",
            Basis.INFERRED,
            "no page lists what counts",
            "sandbox/messages/received/test_window_openers.py::test_what_opens_it_is_a_setting",
            "sandbox/messages/received/test_window_openers.py::"
            "test_a_message_the_api_does_not_show_opens_it_if_the_setting_says_so",
        ),
        proven(
            "Statuses and system messages open nothing.",
            Basis.INFERRED,
            "they are no messages of the person",
            "sandbox/messages/received/test_window_openers.py::test_what_becomes_of_our_messages_opens_nothing",
            "domain/test_windows.py::test_a_system_message_opens_nothing",
        ),
    ),
)

_RECEIVERS = "robustness/test_receivers.py::test_"

WEBHOOKS = Area(
    "Webhooks",
    (
        proven(
            "Webhooks are signed with the app's secret over their very bytes.",
            Basis.DOCUMENTED,
            "D/webhooks/create-webhook-endpoint",
            "wire/test_signing.py::test_the_signature_is_over_the_very_bytes",
            "sandbox/webhooks/test_dispatcher.py::test_every_webhook_is_signed_with_the_secret_of_the_app",
        ),
        proven(
            "With `include_values` false webhooks have `changed_fields` in the place of `changes`.",
            Basis.DOCUMENTED,
            "G/webhooks/getting-started",
            "web/graph/accounts/test_graph_subscriptions.py::"
            "test_an_app_that_wants_no_values_hears_which_fields_have_changed",
            unsure="it is not known of any WhatsApp app; without the parameter webhooks have values",
        ),
        proven(
            "A callback is asked for its challenge before it counts; 2200 when it does not give it.",
            Basis.RECORDED,
            "D/webhooks/create-webhook-endpoint, and reports",
            "web/graph/accounts/test_graph_subscriptions.py::test_a_callback_is_asked_for_the_challenge_before_it_counts",
            "web/graph/accounts/test_graph_subscriptions.py::test_a_failed_handshake_leaves_the_old_subscription",
        ),
        proven(
            "Only 200 counts, redirects are not followed, retries go on for 7 days.",
            Basis.DOCUMENTED,
            "D/webhooks/overview, 29 April 2026",
            "sandbox/webhooks/test_dispatcher.py::test_only_the_status_200_counts",
            "sandbox/webhooks/test_dispatcher.py::test_a_redirect_is_not_followed",
            "sandbox/webhooks/test_dispatcher.py::test_a_webhook_is_tried_again_for_seven_days",
            unsure="redirects are inferred",
        ),
        proven(
            "Retries come after 15 s, 30 s, 1 m, 5 m, 15 m, 1 h, 3 h, 6 h, 12 h, then every 24 h.",
            Basis.INFERRED,
            "",
            "sandbox/webhooks/test_dispatcher.py::test_a_webhook_is_tried_again_for_seven_days",
        ),
        proven(
            "While a webhook that failed waits for its next attempt, later ones overtake it; no order is "
            "guaranteed. The setting `webhook_order: ordered` keeps the order of those about one person.",
            Basis.REPORTED,
            REPORTS,
            f"{_ORDER}a_webhook_that_failed_is_overtaken",
            f"{_ORDER}ordered_ones_about_the_same_person_wait",
        ),
        proven(
            "A webhook may come twice, late, or after one that was made later, when a test asks for it.",
            Basis.REPORTED,
            REPORTS,
            f"{_SPOILT}the_next_webhook_is_delivered_twice",
            f"{_SPOILT}a_late_webhook_comes_when_its_time_has_passed",
            f"{_SPOILT}statuses_can_come_out_of_order",
        ),
        proven(
            "A webhook may be lost, or have a wrong signature or none, when a test asks for it; one that is "
            "refused is tried again with the right one.",
            Basis.INFERRED,
            "what happens between any two servers",
            f"{_SPOILT}a_lost_webhook_is_not_delivered",
            f"{_SPOILT}a_wrong_signature_is_tried_again_with_the_right_one",
        ),
        proven(
            "An attempt has one total time for all of it; an answer that is cut short is none.",
            Basis.INFERRED,
            "the platform's handshake quotes curl, which counts so",
            f"{_RECEIVERS}an_attempt_with_a_bad_receiver_ends",
            unsure="how long it is: 10 s by default",
        ),
        proven(
            "A webhook whose kept connection is closed before it was read goes out again at once, once; "
            "after it was read, the attempt has failed.",
            Basis.INFERRED,
            "the platform's handshake quotes curl, which does the first; a webhook is not doubled here",
            f"{_RECEIVERS}a_webhook_that_a_closed_connection_has_not_taken_goes_out_at_once",
            f"{_RECEIVERS}a_webhook_that_was_read_and_not_answered_is_not_sent_twice_at_once",
        ),
        proven(
            "Interim answers (1xx) are skipped, and a body of any length may follow the status.",
            Basis.INFERRED,
            "the platform's handshake quotes curl, which does so",
            f"{_RECEIVERS}what_servers_may_say_is_understood",
            f"{_RECEIVERS}an_answer_of_100_megabytes_costs_what_a_short_one_does",
        ),
        proven(
            "Only a certificate that is trusted will do: none signed by itself, none of another host.",
            Basis.DOCUMENTED,
            "D/webhooks/create-webhook-endpoint",
            "robustness/test_receivers_tls.py::test_a_certificate_that_nobody_trusts_is_refused",
            "robustness/test_receivers_tls.py::test_the_certificate_of_another_host_is_refused",
            unsure="http:// is taken, too, which the platform does not",
        ),
        proven(
            "One event a delivery, `user_id` beside numbers, `pricing` on sent, delivered and read.",
            Basis.RECORDED,
            "captures of 2026",
            "wire/test_webhooks.py::test_a_sent_status_is_the_captured_one",
            "wire/test_webhooks.py::test_sent_delivered_and_read_tell_the_price",
            "wire/test_webhooks.py::test_a_text_from_a_person",
        ),
        proven(
            "`contacts` of a status with 131026 has the number alone.",
            Basis.RECORDED,
            "reports of August 2026",
            "wire/test_webhooks.py::test_a_message_to_nobody_failed",
        ),
        proven(
            "Any other failed status has number and user id in `contacts`, and `recipient_user_id`.",
            Basis.RECORDED,
            "a capture of 9 September 2026 (131053)",
            "wire/test_webhooks.py::test_a_message_outside_the_window_failed",
            unsure="for other codes than 131053 it is inferred",
        ),
        proven(
            "131051 in a webhook has one title, whether it comes of an edit or of another type: `Message "
            "type unknown`.",
            Basis.REPORTED,
            "D/webhooks/reference/messages/unsupported, and reports",
            "wire/test_webhooks.py::test_an_error_has_one_title_in_every_webhook",
            "sandbox/messages/test_window_settings.py::"
            "test_most_numbers_hear_that_something_was_edited_and_nothing_of_deletions",
        ),
        proven(
            "A callback is overridden for `messages`, `calls`, groups and the Business app's fields: the "
            "number's before the WABA's, and that before the app's.",
            Basis.DOCUMENTED,
            "D/webhooks/override, June 2026",
            "wire/test_webhook_fields.py::test_the_fields_that_honour_an_override_are_the_documented_ones",
            "sandbox/webhooks/test_dispatcher.py::test_the_nearest_callback_hears",
            "sandbox/webhooks/test_dispatcher.py::test_a_call_is_told_where_messages_are",
        ),
        proven(
            "An override needs an app that is subscribed to `messages` and to the WABA before.",
            Basis.RECORDED,
            "reports with the answer, 22 September 2025 to May 2026",
            "web/graph/accounts/test_graph_subscriptions.py::test_an_override_needs_both_subscriptions_before",
        ),
        proven(
            "`conversation` stands in statuses for apps below v24.0; from then on in a free entry "
            "point alone.",
            Basis.DOCUMENTED,
            "changelog of 8 October 2025",
            "wire/test_webhooks.py::test_only_webhooks_before_24_tell_of_a_conversation",
            "sandbox/pricing/test_free_entry_points.py::test_its_statuses_tell_one_conversation_in_every_version",
            "sandbox/pricing/test_prices_by_date.py::test_conversations_are_told_below_version_24",
        ),
        proven(
            "With `pricing_told: once` the price stands on `sent` and `delivered` alone.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/messages/status, 21 May 2026; captures have it on `read`, too",
            "sandbox/pricing/test_prices_by_date.py::test_how_often_a_price_is_told_is_a_setting",
        ),
        proven(
            "A call of a person connects with an offer and terminates, under the field `calls`.",
            Basis.DOCUMENTED,
            "D/calling/user-initiated-calls, 13 November 2025",
            "sandbox/messages/test_window_settings.py::test_a_call_connects_and_terminates",
            "sandbox/messages/test_window_settings.py::test_calls_are_told_under_their_own_field",
            unsure="how long an unanswered one rings, and that it is FAILED then, is inferred",
        ),
        proven(
            "An edit is a message of type `unsupported`, and a deletion is not reported.",
            Basis.REPORTED,
            "D/webhooks/reference/messages/unsupported, and reports",
            "sandbox/messages/test_window_settings.py::"
            "test_most_numbers_hear_that_something_was_edited_and_nothing_of_deletions",
        ),
        proven(
            "With `edits_told: messages` they are `edit` and `revoke`, with the id of the original.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/messages/edit and revoke, 2026",
            "sandbox/messages/test_window_settings.py::test_others_get_edits_and_deletions_as_messages",
        ),
    ),
)


def template(**members: Any) -> dict[str, Any]:
    return message("template", HELLO | members)


def filled(**parameter: Any) -> dict[str, Any]:
    return template(components=[{"type": "body", "parameters": [parameter]}])


TEMPLATES = Area(
    "Templates",
    (
        row(
            "A template is named, in a language with a code and perhaps the policy `deterministic`.",
            Basis.REPORTED,
            REPORTS,
            complaint(template(name=""), "The parameter template['name'] is required."),
            complaint(template(language={}), "The parameter template['language']['code'] is required."),
            complaint(template(language="en_US"), "Param template['language'] must be a JSON object."),
            complaint(
                template(language={"code": "en_US", "policy": "fallback"}),
                "Param template['language']['policy'] must be one of {DETERMINISTIC} - got \"fallback\".",
            ),
            complaint(template(templateId=1), 'Unexpected key "templateId" on param "template".'),
        ),
        row(
            "Values beside `components` (`parameters`) are an unexpected key, as any other member that a "
            "template has not.",
            Basis.REPORTED,
            "github.com/WhatsApp/WhatsApp-Nodejs-SDK/issues/21 of another member, with the whole sentence; a "
            "project that met it with `parameters`, 2026",
            complaint(
                template(parameters={"body": [{"type": "text", "text": "Ann"}]}),
                'Unexpected key "parameters" on param "template".',
            ),
            complaint(
                template(language={"code": "en_US", "policystring": "deterministic"}),
                'Unexpected key "policystring" on param "template[\'language\']".',
            ),
            unsure="a summary of v20.0 has 132000 instead, without the answer",
        ),
        row(
            "A template's parameter has the value that its type names; a text is a string or a number.",
            Basis.REPORTED,
            REPORTS,
            parameter(
                filled(type="text"), "Parameter 'text' is mandatory for component parameter type 'text'"
            ),
            complaint(
                filled(type="text", text={"body": "Hello"}),
                "Param template['components'][0]['parameters'][0]['text'] must be a string.",
            ),
            Proof("wire/test_sent_components.py::test_a_number_is_a_text"),
            unsure="that a number passes is concluded from an answer under v19.0 that complains of something "
            "else",
        ),
        row(
            "A template that is not there in the language: 132001, with its name.",
            Basis.RECORDED,
            "a report with the answer",
            refused(
                template(name="cg_quest_text"),
                "(#132001) Template name does not exist in the translation",
                "template name (cg_quest_text) does not exist in en_US",
                code=132001,
                status=404,
            ),
            unsure="some reports have HTTP 400",
        ),
        proven(
            "132000, 132001, 132012, 131008, 132015, 132018 and their details.",
            Basis.REPORTED,
            REPORTS,
            "domain/templates/filling/test_template_matching.py::test_counts_must_fit",
            "domain/templates/filling/test_template_matching.py::test_a_header_file_is_required_and_of_its_kind",
            "domain/templates/filling/test_template_matching.py::test_a_url_suffix_is_required",
            "domain/templates/filling/test_template_matching.py::test_values_are_tidy",
            "web/graph/messages/test_graph_messages.py::test_a_template_that_may_not_be_sent_is_refused_at_once",
        ),
        proven(
            "Deleting a template that is not there: 2593002, with the strings for a person.",
            Basis.RECORDED,
            RECORDINGS,
            "fidelity/test_recorded_templates.py::test_deleting_a_template_that_is_not_there",
        ),
        proven(
            "The editor's subcodes and sentences.",
            Basis.DOCUMENTED,
            "D/support/error-codes, and reports",
            "domain/templates/editor/test_template_editor.py::test_lengths_are_limited",
            "domain/templates/editor/test_template_editor.py::test_variables_stay_off_the_edges",
            "domain/templates/editor/test_template_buttons.py::test_buttons_are_counted",
        ),
        proven(
            "A body of P variables has at least 2P + 1 other words.",
            Basis.REPORTED,
            "several providers",
            "domain/templates/test_template_variables.py::"
            "test_a_body_needs_twice_its_variables_and_one_more_word",
        ),
        proven(
            "Legacy categories are kept as `previous_category` and become UTILITY.",
            Basis.CONVENTION,
            "the platform refuses them since 2023-05-01; changelog of 2 February 2023",
            ""
            "domain/templates/test_template_categories.py::test_an_old_category_becomes_utility_with_a_warning",
        ),
        proven(
            "A deleted name stays taken for 30 days; approved templates are edited once in 24 hours and "
            "10 times in 30 days.",
            Basis.DOCUMENTED,
            "D/templates/template-management",
            "sandbox/templates/test_template_reviews.py::test_the_name_of_an_approved_template_is_locked_for_thirty_days",
            "sandbox/templates/test_template_reviews.py::test_an_approved_template_is_edited_once_a_day",
            "sandbox/templates/test_template_reviews.py::test_an_approved_template_is_edited_ten_times_a_month",
            unsure="that the periods roll is inferred",
        ),
        proven(
            "An edited template is reviewed again.",
            Basis.DOCUMENTED,
            "two pages disagree",
            "sandbox/templates/test_template_reviews.py::test_an_edited_template_is_reviewed_again",
        ),
        proven(
            "An edit answers with `id`, `name` and `category` from 2025 on, with `success` alone before.",
            Basis.RECORDED,
            "D/templates/template-management, and a recording of 2024",
            "fidelity/test_recorded_templates.py::test_editing_a_template",
            "web/graph/templates/test_graph_templates.py::test_an_edited_template_is_reviewed_again",
        ),
        proven(
            "A pause lasts 3 hours, then 6; a third one disables.",
            Basis.DOCUMENTED,
            "D/templates/template-pausing",
            "sandbox/templates/test_template_reviews.py::test_a_pause_lasts_three_hours_then_six_and_a_third_one_disables",
        ),
    ),
)
