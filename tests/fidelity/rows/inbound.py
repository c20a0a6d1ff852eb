"""What people send, and what of it a business hears."""

from __future__ import annotations

from fidelity.rows.row import REPORTS, Area, Basis, proven

_TOLD = "sandbox/accounts/test_announcements.py::test_"
_ACTS = "sandbox/messages/received/test_what_phones_let_people_do.py::test_"
_APP = "sandbox/messages/test_business_app.py::test_"
_CONTEXTS = "domain/messages/test_contexts.py::test_"
_DOORS = "web/control/messages/test_control_inbound.py::test_"
_PAGES = "D/webhooks/reference/messages"
_SYNC = "sandbox/messages/test_business_app_sync.py::test_"
_RECEIPTS = "web/graph/messages/test_graph_read_receipts.py::test_"

INBOUND = Area(
    "What people send",
    (
        proven(
            "`context` says whose message is quoted: the business's by its number, the person's own by "
            "their number and `from_user_id`.",
            Basis.RECORDED,
            "a context of 8 July 2026, and reports of June 2026",
            f"{_CONTEXTS}the_context_names_who_wrote_the_quoted_message",
            f"{_ACTS}a_quoted_message_of_their_own_is_named_as_theirs",
        ),
        proven(
            "Since 1 July 2026 a quoted message of the person's own is named by an id with their user id "
            "inside; the tail alone is that of the id the business was told (`quoted_ids`).",
            Basis.RECORDED,
            "an id of 8 July 2026, and how many quotes were found since",
            f"{_CONTEXTS}a_scoped_id_is_byte_for_byte_like_the_reported_one",
            f"{_CONTEXTS}the_date_or_the_setting_says_by_which_id_a_message_is_quoted",
            unsure="the day is inferred; other reports have it of the business's messages (`scoped`)",
        ),
        proven(
            "Chats from before a number was connected come by `history`: three phases by age, chunks in "
            "order, the progress in per cent; files are placeholders.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/history",
            f"{_APP}chats_are_shared_as_documented",
            f"{_APP}without_chats_the_conversations_of_the_sandbox_are_shared",
            unsure="that chunks are counted through all phases, and that what is unread is pending",
        ),
        proven(
            "The file of such a placeholder follows by a `history` of its own, as one of `messages` or, from "
            "the business, of `message_echoes`; only of messages up to 14 days old.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/history, D/business-scoped-user-ids",
            f"{_APP}the_file_of_a_placeholder_follows_as_documented",
            f"{_APP}files_of_the_last_14_days_are_shared",
            f"{_APP}a_file_that_is_not_there_is_not_shared",
            unsure="that it follows at once; what people sent is kept for 7 days here, and not shared then",
        ),
        proven(
            "Chats that are not shared are told by error 2593109.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/history",
            f"{_APP}chats_that_are_not_shared_are_told_by_an_error",
        ),
        proven(
            "`POST /{phone_number_id}/smb_app_data` asks for the contacts (`smb_app_state_sync`) or the "
            "chats (`history`) of the app: each once (2593107), within 24 hours after the number "
            "came (2593108).",
            Basis.DOCUMENTED,
            "D/embedded-signup/onboarding-business-app-users, 26 June 2026",
            f"{_SYNC}each_is_asked_for_once",
            f"{_SYNC}it_is_asked_for_within_a_day",
            f"{_SYNC}the_business_may_decline",
            unsure="that at exactly 24 hours it is late, that a number off the app gets 100, that everybody "
            "of the sandbox is a contact, and how many of them come in a webhook",
        ),
        proven(
            "A contact of the WhatsApp Business app that is added or changed is told as `add`, one that is "
            "removed as `remove`, without names.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/smb_app_state_sync",
            f"{_APP}contacts_of_the_app_are_told",
        ),
        proven(
            "A forwarded message has `forwarded` or `frequently_forwarded` in its `context`, and no id.",
            Basis.REPORTED,
            f"{_PAGES}, and reports of March 2023 and August 2025",
            f"{_ACTS}a_forwarded_message_says_so_and_nothing_else",
            f"{_CONTEXTS}each_documented_form_is_said_as_it_is",
        ),
        proven(
            "A question about a product has `referred_product` beside the business's number and an id.",
            Basis.DOCUMENTED,
            _PAGES,
            f"{_ACTS}a_product_that_is_asked_about_is_the_business_s",
        ),
        proven(
            "The ids of what people write end in 32 hexadecimal digits on Android, and in `3A` and 18 on an "
            "iPhone.",
            Basis.RECORDED,
            "ids in reports of 2024 to 2026",
            f"{_ACTS}the_ids_of_people_are_those_of_their_devices",
            "domain/test_ids.py::test_an_inbound_id_has_the_direction_byte_and_the_longer_name_of_an_iphone",
            unsure="`3EB0` and 18 on WhatsApp Web is what its open clients make",
        ),
        proven(
            "A place that was picked has `name`, `address` and `url`, a dropped pin its coordinates alone.",
            Basis.DOCUMENTED,
            f"{_PAGES}/location",
            f"{_DOORS}what_people_send_has_the_members_of_the_webhook_and_not_those_of_a_send",
            "domain/messages/test_inbound_contents.py::test_a_place_is_on_the_map",
        ),
        proven(
            "A card has whatever an address book has, its `origin`, and its `vcard` when it was shared.",
            Basis.DOCUMENTED,
            f"{_PAGES}/contacts, June 2026",
            f"{_DOORS}what_people_send_has_the_members_of_the_webhook_and_not_those_of_a_send",
            "domain/messages/test_inbound_contents.py::test_a_card_may_lack_anything",
            "domain/messages/test_inbound_contents.py::test_a_card_that_cannot_be_is_refused",
        ),
        proven(
            "A file has a `url` that is good for five minutes, with the token.",
            Basis.RECORDED,
            "captures of May 2026",
            f"{_DOORS}a_file_can_be_downloaded_where_its_webhook_says_for_five_minutes",
        ),
        proven(
            "A reaction to a message that is 30 days old is not reported.",
            Basis.DOCUMENTED,
            f"{_PAGES}/reaction",
            f"{_ACTS}of_a_reaction_to_an_old_message_nobody_hears",
            unsure="that it opens no window is inferred",
        ),
        proven(
            "A number that is deregistered, disconnected, banned, deleted or unverified hears nothing, "
            "and no window opens; so does a disabled account.",
            Basis.REPORTED,
            "a report of 29 May 2026",
            f"{_ACTS}a_business_that_cannot_hear_hears_nothing",
            f"{_ACTS}a_number_that_is_limited_hears_everything",
            f"{_ACTS}a_number_hears_again_when_it_is_registered_again",
            unsure="reported of numbers that are not registered; the others are inferred",
        ),
        proven(
            "A display name that is decided, a higher throughput, until February 2026 a flag, and of a group "
            "that it is made, who joins it and its suspension are announced when they are changed by hand, "
            "too.",
            Basis.DOCUMENTED,
            "D/webhooks/reference, D/groups/webhooks",
            f"{_TOLD}a_number_s_changes_are_announced_once",
            f"{_TOLD}flags_were_announced_until_february_2026",
            f"{_TOLD}a_group_is_announced_and_everybody_who_joins_it",
            f"{_TOLD}a_suspension_of_a_group_is_announced_and_its_end",
            unsure="that each participant comes in a webhook of their own, and the members of a flag, are "
            "inferred",
        ),
        proven(
            "People quote and react to what is on their phone: what has arrived, in this conversation, "
            "and was not deleted.",
            Basis.INFERRED,
            REPORTS,
            f"{_ACTS}people_answer_only_what_is_on_their_phone",
            f"{_ACTS}nobody_quotes_a_message_of_another_conversation",
            f"{_ACTS}only_a_reaction_that_is_there_can_be_taken_back",
            f"{_ACTS}what_is_deleted_or_forwarded_is_not_edited",
        ),
        proven(
            "Who has a username shows no number to a business that does not know it: no `from`, no `wa_id`, "
            "and the user id in the ids.",
            Basis.DOCUMENTED,
            "D/business-scoped-user-ids, 2026; raw captures of August 2026",
            "sandbox/people/test_usernames.py::test_who_has_never_written_shows_no_number",
            "sandbox/people/test_usernames.py::test_who_has_written_before_shows_it",
            "sandbox/people/test_usernames.py::test_once_a_business_writes_to_the_number_it_is_shown",
            unsure="what a business knows is known to every portfolio of the sandbox, and for good",
        ),
        proven(
            "Who changes number is told of by a `system` message from the old one, without `contacts`.",
            Basis.RECORDED,
            "two captures of 2023; D/webhooks/reference/messages/system, 11 August 2026",
            "sandbox/messages/received/test_number_changes.py::test_a_business_hears_of_it_from_the_old_number",
            unsure="`user_id` in it and `user_id_update` beside it; which business numbers hear of it",
        ),
        proven(
            "A quick reply may come without `context`, and a message may fail after it was delivered.",
            Basis.RECORDED,
            "captures of January and July 2026",
            "web/control/people/test_control_answers.py::test_a_tap_may_come_without_its_context",
            "sandbox/messages/test_status_reports.py::test_a_message_is_delivered_and_then_fails",
            unsure="both happen on demand alone",
        ),
        proven(
            "Answers to flows hold their JSON in a text; permission to call ends after seven days.",
            Basis.RECORDED,
            "captures of 2026; D/calling/user-call-permissions",
            "web/control/people/test_control_answers.py::test_a_flow_is_filled_in",
            "web/control/people/test_control_answers.py::test_a_person_answers_whether_they_may_be_called",
        ),
        proven(
            "Who is shown a typing indicator sees it for 25 seconds, or until the next message to them.",
            Basis.DOCUMENTED,
            "D/typing-indicators, 2026",
            f"{_RECEIPTS}a_typing_indicator_ends_after_25_seconds",
            f"{_RECEIPTS}a_message_ends_the_typing_indicator",
            unsure="that it ends when the message is accepted, and not when it arrives, is a convention",
        ),
    ),
)
