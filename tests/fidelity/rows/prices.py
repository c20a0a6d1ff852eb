"""The free entry point, prices by date, and what is charged."""

from __future__ import annotations

from fidelity.rows.row import Area, Basis, proven

_PRICING = "D/pricing, 5 August 2026"
_CONVERSATIONS = "D/pricing/conversation-based-pricing, 14 November 2025"
_ABROAD = "D/pricing/authentication-international-rates, 14 November 2025"
_FREE = "sandbox/pricing/test_free_entry_points.py::test_"
_DATES = "sandbox/pricing/test_prices_by_date.py::test_"
_CHARGES = "sandbox/pricing/test_charges.py::test_"

ENTRY_POINTS = Area(
    "The free entry point",
    (
        proven(
            "Who writes from an ad or a post on a telephone and is answered within 24 hours opens 72 "
            "hours in "
            "which every message is free.",
            Basis.DOCUMENTED,
            _PRICING,
            f"{_FREE}the_documented_example",
            f"{_FREE}an_answer_within_24_hours_opens_it",
            f"{_FREE}only_telephones_count",
            f"{_FREE}a_post_counts_like_an_ad",
            unsure="the exact instants are inferred",
        ),
        proven(
            "The window is independent of it: templates go on, anything else needs the window.",
            Basis.DOCUMENTED,
            _PRICING,
            f"{_FREE}the_documented_example",
        ),
        proven(
            "The 72 hours count from the delivery of the answer (`free_entry_point_from`).",
            Basis.DOCUMENTED,
            f"{_CONVERSATIONS}; the newer page counts from the answer",
            f"{_FREE}the_72_hours_begin_with_the_delivery",
            f"{_FREE}they_may_begin_with_the_answer",
            f"{_FREE}an_answer_that_never_arrives_opens_nothing",
        ),
        proven(
            "Its messages are priced as `referral_conversion`, type `free_entry_point` "
            "(`free_entry_point_category`).",
            Basis.INFERRED,
            "documented for conversations alone",
            f"{_FREE}its_statuses_tell_one_conversation_in_every_version",
        ),
        proven(
            "A click while one is open changes nothing; before an answer it gives another 24 hours.",
            Basis.INFERRED,
            "renewal is not documented",
            f"{_FREE}another_click_begins_anew_only_when_it_is_over",
            f"{_FREE}a_second_click_before_any_answer_gives_another_24_hours",
        ),
    ),
)

PRICES = Area(
    "Prices",
    (
        proven(
            "A price list begins at midnight in the WABA's time zone: 2023-06-01 by category, "
            "2024-11-01 free "
            "service, 2025-07-01 by message, 2026-10-01 service billed.",
            Basis.DOCUMENTED,
            _PRICING,
            f"{_DATES}a_list_begins_at_midnight_where_the_waba_is",
            "domain/pricing/test_prices.py::test_from_july_2025_service_and_utility_in_the_window_are_free",
            "domain/pricing/test_prices.py::test_from_october_2026_every_template_is_billed",
        ),
        proven(
            "A utility template is free in a window that was open when it was sent.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/messages/status; another page says delivered",
            f"{_DATES}a_window_that_closes_on_the_way_changes_no_price",
        ),
        proven(
            "What is delivered under a new list is charged by it.",
            Basis.INFERRED,
            "messages are charged when they are delivered",
            f"{_DATES}a_new_list_counts_for_what_arrives_under_it",
        ),
        proven(
            "From 2026-10-01 the first 1,000 service messages delivered by a number in a month are free.",
            Basis.DOCUMENTED,
            _PRICING,
            "sandbox/messages/test_outbound.py::test_a_thousand_service_messages_a_month_are_free",
            f"{_DATES}the_free_thousand_is_counted_by_deliveries",
            "domain/pricing/test_prices.py::test_from_october_2026_the_first_thousand_service_messages_are_free",
        ),
        proven(
            "`pricing` of a free service message after 2026-10-01 is `free_customer_service`; `sent` goes by "
            "what has been delivered until then.",
            Basis.INFERRED,
            "not published",
            "sandbox/messages/test_outbound.py::test_a_thousand_service_messages_a_month_are_free",
            f"{_DATES}once_it_is_used_up_sent_tells_so_too",
        ),
        proven(
            "Until 2025-06-30 conversations are priced: one of a template's category, or of service "
            "when none "
            "is open, for 24 hours from its first delivery; all its messages tell its id.",
            Basis.DOCUMENTED,
            _CONVERSATIONS,
            f"{_DATES}a_conversation_is_one_charge_and_one_id",
            f"{_DATES}a_conversation_lasts_24_hours_from_its_delivery",
            f"{_DATES}each_category_has_a_conversation_of_its_own",
            unsure="which of several open ones a free-form message belongs to is inferred: the newest",
        ),
        proven(
            "A free entry point closes the other conversations and keeps new ones from opening.",
            Basis.DOCUMENTED,
            _CONVERSATIONS,
            f"{_DATES}a_free_entry_point_closes_the_others_and_keeps_new_ones_from_opening",
            f"{_DATES}what_was_on_its_way_arrives_in_the_free_entry_point",
        ),
        proven(
            "Conversations are `billable` but for those of an entry point, inside the free 1,000 of a month, "
            "too, and until service is free for good.",
            Basis.REPORTED,
            "the status page as clients quote it, and D/billing-events of a provider",
            "domain/pricing/test_prices.py::test_conversations_were_billable_but_for_ads_and_at_last_service",
            f"{_DATES}the_thousand_and_first_free_conversation_of_a_month_is_charged",
        ),
        proven(
            "Before 2023-06-01 a conversation is `user_initiated` or `business_initiated` and holds "
            "everything.",
            Basis.REPORTED,
            "pages of providers of that time",
            f"{_DATES}before_june_2023_one_conversation_held_everything",
        ),
        proven(
            "A utility conversation that is open on 2025-07-01 keeps its utility templates until it ends.",
            Basis.DOCUMENTED,
            _PRICING,
            f"{_DATES}a_utility_conversation_outlives_its_price_list",
        ),
        proven(
            "An eligible WABA pays `authentication-international` for codes delivered abroad to "
            "countries that "
            "have it, from its start time or that of the country.",
            Basis.DOCUMENTED,
            _ABROAD,
            f"{_DATES}a_code_abroad_costs_more_from_its_start_time_on",
            "domain/pricing/test_authentication_international.py::test_at_home_the_domestic_rate_stays",
            f"{_DATES}the_app_hears_of_both_decisions",
            unsure="the nine countries of October 2026 are reported",
        ),
        proven(
            "A message is charged once, when it is delivered; in a group once for each participant.",
            Basis.DOCUMENTED,
            f"{_PRICING}, and D/groups",
            f"{_CHARGES}a_message_costs_when_it_is_delivered",
            f"{_CHARGES}each_message_is_counted_once_however_it_was_read",
            f"{_DATES}a_group_message_is_charged_for_each_participant",
            unsure="that the list of October 2026 is that of groups, too, is inferred",
        ),
        proven(
            "A report counts by the country of the recipient's calling code, and names its market.",
            Basis.DOCUMENTED,
            "D/pricing, 10 December 2025",
            f"{_CHARGES}numbers_are_told_apart",
            "domain/pricing/test_markets.py::test_a_country_is_a_market_or_part_of_a_region",
            unsure="markets that came in 2026 are from rate cards that others copied",
        ),
    ),
)
