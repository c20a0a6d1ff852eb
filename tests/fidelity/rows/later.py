"""Rules about what was sent before: reactions, orders, wishes to call; and how long a message waits."""

from __future__ import annotations

from fidelity.rows.row import Area, Basis, proven

_REACTIONS = "web/graph/messages/test_graph_reactions.py::test_"
_ORDERS = "web/graph/messages/test_graph_order_updates.py::test_"
_CALLS = "web/graph/messages/test_graph_call_permissions.py::test_"
_TTL = "web/graph/messages/test_graph_time_to_live.py::test_"
_IDENTITY = "web/graph/messages/test_graph_identity_checks.py::test_"

LATER = Area(
    "What depends on what was sent before",
    (
        proven(
            "A reaction is `sent`, and no other status follows.",
            Basis.DOCUMENTED,
            "D/messages/reaction-messages",
            f"{_REACTIONS}a_reaction_is_sent_and_nothing_after_it",
        ),
        proven(
            "A reaction to an unknown message, to a reaction, or to one of 30 days ago fails with 131009.",
            Basis.DOCUMENTED,
            "D/messages/reaction-messages",
            f"{_REACTIONS}a_reaction_to_what_cannot_be_reacted_to_fails",
            f"{_REACTIONS}a_message_can_be_reacted_to_for_thirty_days",
            unsure="that messages that failed count as unknown is inferred",
        ),
        proven(
            "An order that was never sent, or has ended, takes no other status (2046); a paid one is not "
            "canceled (2047).",
            Basis.DOCUMENTED,
            "D/payments/payments-in/pg",
            f"{_ORDERS}news_about_an_unknown_order_fail",
            f"{_ORDERS}an_order_that_has_ended_stays_so",
            f"{_ORDERS}a_paid_order_cannot_be_canceled",
        ),
        proven(
            "A number asks a person for permission to call once in 24 hours and twice in 7 days (138009).",
            Basis.DOCUMENTED,
            "D/calling/user-call-permissions",
            f"{_CALLS}a_person_is_asked_once_in_24_hours",
            f"{_CALLS}a_person_is_asked_twice_in_seven_days",
            f"{_CALLS}every_pair_has_its_own_count",
            f"{_CALLS}a_request_that_failed_does_not_count",
            unsure="that the periods roll, and that failed requests do not count, is inferred",
        ),
        proven(
            "A template's message that is not delivered within its time to live is dropped, and no webhook "
            "tells: 30 days, codes ten minutes, or what the template says.",
            Basis.DOCUMENTED,
            "D/templates/time-to-live",
            f"{_TTL}a_message_waits_as_long_as_its_template_says",
            f"{_TTL}a_message_usually_waits_thirty_days",
            f"{_TTL}a_code_waits_ten_minutes",
            f"{_TTL}a_template_says_how_long_its_codes_live",
            f"{_TTL}what_was_dropped_stays_sent_and_the_journal_says_so",
        ),
        proven(
            "`recipient_identity_key_hash` that is not the recipient's is refused with 137000.",
            Basis.INFERRED,
            "D/support/error-codes, and client libraries",
            f"{_IDENTITY}a_changed_identity_refuses_the_send",
            f"{_IDENTITY}webhooks_tell_the_hash_of_who_has_one",
            unsure="it is checked for people who have an `identity_key_hash`; the platform has a setting",
        ),
    ),
)
