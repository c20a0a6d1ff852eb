"""What templates are made of beyond header, body, footer and buttons; and errors that are asked for."""

from __future__ import annotations

from fidelity.rows.row import Area, Basis, proven

_MARKETING = "D/templates/marketing-templates"
_CARDS = "domain/templates/editor/test_template_carousels.py::test_"
_OFFERS = "domain/templates/editor/test_template_offers.py::test_"

COMPONENTS = Area(
    "Carousels, offers, catalogues, flows and calls in templates",
    (
        proven(
            "A carousel of media is sent with exactly its cards, one of products with 2 to 10.",
            Basis.DOCUMENTED,
            _MARKETING,
            f"{_CARDS}there_are_exactly_the_cards_of_the_template",
            f"{_CARDS}there_are_two_to_ten_products",
        ),
        proven(
            "Too few cards, or one without its file: 132012, `header component parameter should not be "
            "empty`.",
            Basis.REPORTED,
            "reports of 2026",
            f"{_CARDS}too_few_cards_are_refused_as_a_missing_header",
        ),
        proven(
            "A card is refused with the sentences of a message; a hint names it.",
            Basis.INFERRED,
            "the platform is reported not to name the card",
            f"{_CARDS}a_card_is_held_to_the_rules_of_a_message",
        ),
        proven(
            "An offer's end is sent where the template has one, and nowhere else.",
            Basis.DOCUMENTED,
            _MARKETING,
            f"{_OFFERS}an_end_is_required_where_there_is_one",
            f"{_OFFERS}an_offer_without_an_end_takes_none",
            unsure="the code, 132000, is inferred",
        ),
        proven(
            "A coupon has 15 characters in a limited-time offer, 20 elsewhere.",
            Basis.DOCUMENTED,
            _MARKETING,
            f"{_OFFERS}the_coupon_of_an_offer_has_fifteen_characters",
            "domain/templates/filling/test_template_matching.py::test_coupons_are_short_and_alphanumeric",
        ),
        proven(
            "`sub_type` is one of ten words; `phone_number` and `spm` are not among them.",
            Basis.RECORDED,
            "a report of January 2026, v24.0",
            "wire/test_sent_components.py::test_a_component_that_is_badly_formed_is_complained_about",
        ),
        proven(
            "A Flow button that a send leaves out is a wrong value (131009), not a missing parameter.",
            Basis.REPORTED,
            "github.com/juspay/clairvoyance/pull/1128, github.com/chatwoot/chatwoot/pull/14714",
            "domain/templates/editor/test_template_offers.py::"
            "test_what_a_button_opens_is_complete_and_within_limits",
            unsure="its details are inferred",
        ),
        proven(
            "What catalogue, product, flow, order and call buttons open is complete and within its limits.",
            Basis.DOCUMENTED,
            _MARKETING,
            f"{_OFFERS}what_a_button_opens_is_complete_and_within_limits",
            unsure="sentences are inferred",
        ),
        proven(
            "The editor refuses carousels and offers that are not whole.",
            Basis.DOCUMENTED,
            _MARKETING,
            f"{_CARDS}cards_that_the_editor_refuses",
            f"{_OFFERS}offers_that_the_editor_refuses",
            unsure="most sentences and some subcodes are ours",
        ),
    ),
)

FAULTS = Area(
    "Errors that are asked for",
    (
        proven(
            "Every known error can be met, by a rule or as a fault, in the answer or by webhook.",
            Basis.CONVENTION,
            "[errors](reference/errors.md) has the basis of each",
            "web/graph/test_graph_refusals.py::test_a_refusal_is_met_in_the_answer",
            "web/graph/test_graph_refusals.py::test_a_refusal_is_met_in_a_failed_status",
            "web/graph/test_graph_refusals.py::test_a_refusal_is_met_in_what_a_person_writes",
        ),
        proven(
            "What the API does not show of what people write comes as `unsupported`, errors before the type.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/messages/unsupported, 26 June 2026",
            "web/graph/test_graph_refusals.py::test_a_refusal_is_met_in_what_a_person_writes",
            unsure="that 131052 comes so too, and `unsupported.type` of `edit`, is inferred",
        ),
        proven(
            "A throttle that a test asks for has the usage headers of a limit used up, in minutes, and "
            "`Retry-After` in seconds.",
            Basis.INFERRED,
            "the headers are recorded, unused",
            "web/graph/test_graph_broken_answers.py::test_a_throttled_call_says_when_to_try_again",
            "web/graph/test_graph_broken_answers.py::test_a_throttled_app_has_its_own_header",
            unsure="the platform is not known to send `Retry-After`; it is there for clients that look at it",
        ),
        proven(
            "An answer may be another one, late, broken off, or lost, when a test asks for it, with the call "
            "carried out or not.",
            Basis.INFERRED,
            "what happens between any two machines; sends take no idempotency key",
            "web/graph/test_graph_broken_answers.py::test_a_call_is_carried_out_or_not",
            "web/http/test_broken_connections.py::test_a_reset_is_one_for_the_socket",
            "web/http/test_broken_connections.py::test_half_an_answer_is_known_to_be_half",
        ),
    ),
)
