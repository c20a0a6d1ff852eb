"""Whom a message goes to: numbers in every way of writing them, and user ids."""

from __future__ import annotations

from fidelity.rows.row import (
    PERSON,
    RECORDINGS,
    REPORTS,
    USER_ID,
    Area,
    Basis,
    accepted,
    complaint,
    fails,
    message,
    parameter,
    proven,
    refused,
    row,
    text,
    without,
)
from kit.identities import BEATRIZ, TEST

_ABSENCES = "sandbox/people/test_absences.py::test_"
SEND = "D/messages/send-messages"
CODE = {"name": "login_code", "language": {"code": "en_US"}}

RECIPIENTS = Area(
    "Recipients",
    (
        row(
            "`to` may be a JSON number; `input` is what was sent, as a string.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(text(to=int(PERSON))),
        ),
        row(
            "A number may have a plus, spaces, hyphens and brackets; `input` keeps them, `wa_id` does not.",
            Basis.DOCUMENTED,
            SEND,
            accepted(text(to="+1 (650) 555-1234"), contact={"input": "+1 (650) 555-1234", "wa_id": PERSON}),
            accepted(text(to="1-650-555-1234"), contact={"input": "1-650-555-1234", "wa_id": PERSON}),
        ),
        row(
            "An international number without a plus is taken as it is.",
            Basis.RECORDED,
            RECORDINGS,
            accepted(text(to="13437772910"), contact={"input": "13437772910", "wa_id": "13437772910"}),
        ),
        proven(
            "With `missing_plus: prepend` it gets the calling code of the business number.",
            Basis.DOCUMENTED,
            "D/messages/send-messages",
            "domain/test_phones.py::test_a_number_without_a_plus_may_get_the_code_of_the_business",
            "web/graph/messages/test_graph_prices.py::test_a_number_without_a_plus_may_be_a_local_one",
        ),
        row(
            "What is no number, has two zeros in front, or is several numbers, is an invalid parameter.",
            Basis.REPORTED,
            REPORTS,
            *(
                parameter(text(to=to))
                for to in ("sheena", "0016505551234", "16505551234,16505554321", "123", "1234567890123456")
            ),
            unsure="131009 is reported too",
        ),
        proven(
            "A number is written with up to 100 characters, punctuation and all.",
            Basis.INFERRED,
            "its answer repeats it; the platform's own bound is not known",
            "domain/test_phones.py::test_a_number_may_be_written_with_a_hundred_characters",
        ),
        row(
            "A number must be a string or a number.",
            Basis.REPORTED,
            REPORTS,
            complaint(text(to={"a": 1}), "Param to must be a string."),
            complaint(text(to=True), "Param to must be a string."),
        ),
        row(
            "Brazil's ninth digit may be dialled or not; the `wa_id` is the person's own.",
            Basis.RECORDED,
            "decoded ids",
            accepted(text(to="551187654321"), contact={"input": "551187654321", "wa_id": BEATRIZ}),
        ),
        proven(
            "Mexico's 1 and Argentina's 9 may be dialled or not.",
            Basis.REPORTED,
            REPORTS,
            "domain/test_phones.py::test_two_forms_of_a_number_name_each_other",
        ),
        row(
            "Who has no WhatsApp gets the 200 all the same, and later 131026.",
            Basis.REPORTED,
            "public reports with logs",
            fails(text(to="15005550006"), 131026, "Message undeliverable", "Message Undeliverable."),
        ),
        proven(
            "So does one to somebody whose WhatsApp is too old for messages of businesses (`old_client`).",
            Basis.DOCUMENTED,
            "D/support/error-codes",
            f"{_ABSENCES}messages_to_an_old_client_fail",
            unsure="which messages which version shows is not told: here an old client shows none",
        ),
        proven(
            "A phone that is off gets everything when it is on again, for up to 30 days.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/messages/status; D/templates/time-to-live",
            f"{_ABSENCES}everything_arrives_at_the_very_instant",
            f"{_ABSENCES}the_platform_keeps_messages_for_thirty_days",
            unsure="that all of it arrives in one instant, and in its order, is a convention",
        ),
        row(
            "A number cannot write to itself: 131021.",
            Basis.DOCUMENTED,
            "D/support/error-codes",
            refused(text(to="+1 555 078 3881"), "(#131021) Recipient cannot be sender", code=131021),
            unsure="a report of 2024 has (#100) instead",
        ),
        row(
            "A test number reaches its allow-list only: 131030.",
            Basis.RECORDED,
            "a recorded answer of v20.0",
            refused(
                text(to="15005550006"),
                "(#131030) Recipient phone number not in allowed list",
                "Recipient phone number not in allowed list: Add recipient phone number to recipient list "
                "and try again.",
                code=131030,
                path=f"/v24.0/{TEST}/messages",
            ),
        ),
        proven(
            "The allow-list knows a number as it is dialled: sent to the `wa_id` of Argentina (`549…`) or "
            "Mexico (`521…`), a message is refused with 131030.",
            Basis.REPORTED,
            "github.com/kevinrivm/vocero-crm/issues/35, both spellings tried on 8 August 2026; "
            "github.com/chatwoot/chatwoot/issues/13932, github.com/david-lev/pywa/issues/155",
            "web/graph/messages/test_graph_opt_in.py::test_an_allow_list_knows_one_spelling",
            "domain/test_phones.py::test_an_allow_list_knows_a_number_as_it_is_dialled",
            "domain/checks/test_rules.py::test_an_allow_list_knows_one_spelling",
            unsure="of Brazil's ninth digit nobody says so; both spellings reach the person; no report says "
            "that a list knew the `wa_id` instead",
        ),
        row(
            "A user id in `recipient` reaches its person; the answer names them by it alone.",
            Basis.DOCUMENTED,
            "D/business-scoped-user-ids, March 2026",
            accepted(without(text(recipient=USER_ID), "to"), contact={"input": USER_ID, "user_id": USER_ID}),
        ),
        row(
            "With both `to` and `recipient` the number counts, and the answer names number and user id.",
            Basis.DOCUMENTED,
            "D/business-scoped-user-ids, March 2026",
            accepted(text(recipient=USER_ID), contact={"input": PERSON, "wa_id": PERSON, "user_id": USER_ID}),
        ),
        row(
            "A user id that nobody has is an invalid parameter.",
            Basis.INFERRED,
            "",
            parameter(without(text(recipient="US.1"), "to")),
        ),
        row(
            "An authentication template cannot go to a user id.",
            Basis.DOCUMENTED,
            "D/business-scoped-user-ids",
            refused(
                without(message("template", CODE, recipient=USER_ID), "to"),
                "(#131062) Business-scoped User ID (BSUID) recipients are not supported for this message.",
                code=131062,
            ),
        ),
    ),
)
