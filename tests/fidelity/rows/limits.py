"""How much may be sent and asked, and what becomes of numbers, accounts and portfolios."""

from __future__ import annotations

from fidelity.rows.row import Area, Basis, proven

RATES = "domain/limits/test_limits.py::test_"
THROTTLING = "sandbox/limits/test_throughput_and_pair_rate.py::test_"
REACHING = "sandbox/limits/test_messaging_limit_raises.py::test_"
ENFORCING = "sandbox/accounts/test_enforcement.py::test_"
REGISTERING = "sandbox/accounts/test_registration.py::test_"
CHECKS = "domain/checks/test_account_checks.py::test_"
GRAPH = "web/graph/accounts/test_graph_limits.py::test_"
SEVERAL = "scenarios/test_several_wabas.py::test_"
TIERS = "D/messaging-limits"
PLATFORM = "D/about-the-platform"

LIMITS = Area(
    "Limits",
    (
        proven(
            "A number handles 80 messages a second in both directions, 1,000 after its upgrade, 20 with the "
            "Business app; above that 130429.",
            Basis.DOCUMENTED,
            "D/throughput",
            RATES + "a_number_handles_as_many_messages_a_second_as_its_level_says",
            THROTTLING + "throughput_is_shared_by_everybody_and_both_directions",
            GRAPH + "the_burst_is_refused_with_the_platform_s_words",
            unsure="that a second's worth may come at once, and then one after another, is inferred",
        ),
        proven(
            "To one person go 45 messages at once and then one every six seconds; above that 131056.",
            Basis.DOCUMENTED,
            PLATFORM,
            RATES + "forty_five_messages_reach_the_same_person_at_once_and_no_more",
            RATES + "after_a_burst_one_more_is_to_be_had_every_six_seconds",
            THROTTLING + "the_pair_rate_frees_up_when_it_says",
            unsure="that it is returned in the answer is reported",
        ),
        proven(
            "Before version 16 a used-up throughput had a subcode.",
            Basis.DOCUMENTED,
            "D/throughput",
            GRAPH + "before_version_16_a_used_up_throughput_had_a_subcode",
        ),
        proven(
            "The two rates hold while the clock runs, so that a burst in a frozen instant is none; `limits` "
            "switches each limit `off`, `always` on, or to a number.",
            Basis.CONVENTION,
            "-",
            THROTTLING + "a_burst_in_one_frozen_instant_is_nobody_s_hurry",
            THROTTLING + "a_running_clock_knows_what_a_burst_is",
            RATES + "a_policy_says_when_a_limit_holds",
        ),
        proven(
            "A portfolio reaches 250, 2,000, 10,000, 100,000 or any number of people outside their windows "
            "in 24 hours, each counted once over all its numbers, whatever the category.",
            Basis.DOCUMENTED,
            TIERS,
            REACHING + "a_new_portfolio_reaches_250_people_a_day",
            REACHING + "the_day_moves",
            REACHING + "people_are_counted_once_over_all_numbers",
            REACHING + "inside_a_window_nobody_is_counted",
            unsure="before October 2025 each number had tiers of its own, which are not followed",
        ),
        proven(
            "One person too many fails with 131048, in a `failed` status or with "
            "`messaging_limit_errors: sync` at once.",
            Basis.INFERRED,
            f"{TIERS}; no page names the code",
            REACHING + "a_new_portfolio_reaches_250_people_a_day",
            REACHING + "the_limit_can_be_told_at_once",
        ),
        proven(
            "Somebody counts from the instant a message to them is `sent`, and then from its delivery; one "
            "that is never delivered counts for a day.",
            Basis.INFERRED,
            f"{TIERS}, where only delivered messages count",
            REACHING + "a_message_on_its_way_counts",
            REACHING + "what_is_delivered_late_counts_from_then",
        ),
        proven(
            "Out of 250 lead business verification, at once, or 2,000 people in 30 days with good quality; "
            "when it is denied, `account_alerts` says so.",
            Basis.DOCUMENTED,
            TIERS,
            REACHING + "verification_leads_out_of_the_lowest_tier",
            REACHING + "two_thousand_people_in_a_month_lead_out_of_the_lowest_tier",
            REACHING + "a_verification_that_is_not_passed_is_an_alert",
            REACHING + "quality_stands_in_the_way_of_the_first_raise",
        ),
        proven(
            "From 2,000 on, half of the limit in seven days earns the next tier, if no number's quality is "
            "medium or low.",
            Basis.DOCUMENTED,
            TIERS,
            REACHING + "half_of_the_limit_in_a_week_earns_the_next_tier_in_six_hours",
            REACHING + "quality_that_falls_meanwhile_stops_a_raise",
            REACHING + "how_long_a_raise_takes_is_a_setting",
            unsure="it is documented to come within six hours; here it takes them all, or `tier_after`",
        ),
        proven(
            "`business_capability_update` tells people as a number, −1 for any number of them, and numbers "
            "per business in the lowest tier, per WABA above it.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/business_capability_update",
            REACHING + "verification_leads_out_of_the_lowest_tier",
            REACHING + "an_unlimited_portfolio_is_told_as_minus_one",
            ENFORCING + "before_february_2026_limits_were_told_by_number",
            unsure="the page lists `TIER_…` words, too; its example has a number",
        ),
        proven(
            "A number of an unlimited portfolio that reaches 100,000 people in 24 hours gets the higher "
            "throughput, after a minute of 131057.",
            Basis.DOCUMENTED,
            "D/throughput",
            REACHING + "a_hundred_thousand_people_a_day_raise_the_throughput",
            "domain/limits/test_messaging_limit.py::test_a_number_that_reaches_a_hundred_thousand_people_a_day_gets_more",
            unsure="documented to come within twelve hours; here it takes them all, or `throughput_after`",
        ),
        proven(
            "An app has 5,000 management calls an hour on a WABA with a registered number, 200 without; "
            "above that 80008.",
            Basis.REPORTED,
            f"{PLATFORM}, which names 80007",
            GRAPH + "management_calls_run_out",
            GRAPH + "management_calls_come_back_after_an_hour",
            GRAPH + "messages_and_numbers_are_no_management_calls",
            GRAPH + "how_many_calls_there_are_depends_on_a_registered_number",
        ),
        proven(
            "`X-Business-Use-Case-Usage` tells how many percent of the calls were made, and in how many "
            "minutes there is one again.",
            Basis.DOCUMENTED,
            "G/overview/rate-limiting",
            GRAPH + "management_calls_run_out",
            GRAPH + "a_refused_call_counts_only_if_there_was_one_left",
        ),
        proven(
            "A number can be registered and deregistered ten times in 72 hours; above that 133016.",
            Basis.DOCUMENTED,
            "D/business-phone-numbers/registration",
            REGISTERING + "ten_attempts_in_three_days_are_all",
            "web/graph/accounts/test_graph_registration.py::test_too_many_registrations_are_refused",
            unsure="that attempts with a wrong PIN count is inferred",
        ),
    ),
)

ACCOUNTS = Area(
    "Numbers, accounts, portfolios",
    (
        proven(
            "A token has access to the WABAs that its app is used with and what belongs to them; anything "
            "else is answered like an id that does not exist, 100 with subcode 33.",
            Basis.INFERRED,
            "the sentence of that error: “cannot be loaded due to missing permissions”",
            SEVERAL + "a_token_has_no_access_to_another_business",
            SEVERAL + "a_token_has_access_to_every_waba_of_its_business",
            SEVERAL + "an_app_changes_its_own_subscriptions_alone",
            unsure="a seed says which WABAs those are; on the platform it is the roles of a system user",
        ),
        proven(
            "The WABAs of a portfolio share one messaging limit.",
            Basis.DOCUMENTED,
            TIERS,
            SEVERAL + "the_wabas_of_a_portfolio_share_one_messaging_limit",
        ),
        proven(
            "`register` takes the PIN of the number, or makes it its own; without a registration 133010.",
            Basis.DOCUMENTED,
            "D/business-phone-numbers/registration",
            REGISTERING + "the_first_pin_is_the_number_s_own",
            REGISTERING + "a_number_that_was_deregistered_sends_nothing",
            REGISTERING + "another_pin_is_told",
            "web/graph/accounts/test_graph_registration.py::test_a_pin_has_six_digits",
            unsure="the sentence about a PIN of another length is inferred",
        ),
        proven(
            "A registration may say where messages are stored, in one of fourteen countries; that has no "
            "effect here.",
            Basis.DOCUMENTED,
            "Meta's OpenAPI document of v23.0",
            "web/graph/accounts/test_graph_registration.py::test_messages_can_be_stored_in_some_countries",
            unsure="`tier` and `meta_store_retention_minutes` are taken and not judged",
        ),
        proven(
            "Only a connected number sends: others are answered with 133010, a banned one with 131031, "
            "flagged, restricted and rate-limited ones fail with 131048.",
            Basis.INFERRED,
            "D/phone-numbers, which names no codes",
            CHECKS + "a_number_that_is_not_registered_sends_nothing",
            CHECKS + "a_banned_number_is_locked",
            CHECKS + "a_limited_number_fails_later",
            REACHING + "a_limited_number_reaches_nobody",
        ),
        proven(
            "A number that WhatsApp provides (555) needs an approved display name (131037); others do not.",
            Basis.REPORTED,
            "D/display-names",
            CHECKS + "only_a_provided_number_needs_an_approved_name",
            ENFORCING + "a_provided_number_whose_name_is_declined_sends_nothing",
        ),
        proven(
            "A display name is asked for with `new_display_name`; its review is reported by "
            "`phone_number_name_update`.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/phone_number_name_update",
            ENFORCING + "a_display_name_is_asked_for_and_reviewed",
            "web/graph/accounts/test_graph_registration.py::test_a_display_name_is_asked_for",
        ),
        proven(
            "Restrictions hold until their expiration and are reported by `account_update`; templates "
            "outside a window or answers inside one are refused with 368.",
            Basis.DOCUMENTED,
            "D/policy-enforcement",
            ENFORCING + "a_restriction_ends_by_itself",
            ENFORCING + "a_restriction_and_its_violation_are_told",
            CHECKS + "a_restriction_of_what_the_business_begins_lets_it_answer",
            CHECKS + "a_restriction_of_answers_lets_it_begin",
            GRAPH + "a_restricted_account_is_refused_with_368",
        ),
        proven(
            "A locked and a disabled account, and one whose review is not passed, are refused with 131031.",
            Basis.RECORDED,
            "an answer of November 2025",
            CHECKS + "a_locked_or_disabled_account_sends_nothing",
            CHECKS + "an_account_that_is_not_approved_is_of_no_use",
            ENFORCING + "a_lock_lasts_until_it_is_lifted",
            ENFORCING + "a_ban_is_told_and_taken_back",
            ENFORCING + "a_review_is_told_and_closes_the_account",
            unsure="the code of an account that was not approved, and the webhook of a lock, are inferred",
        ),
        proven(
            "A country that is closed to the account is refused with 130497.",
            Basis.DOCUMENTED,
            "D/support/error-codes",
            CHECKS + "a_country_may_be_closed",
            ENFORCING + "countries_are_closed_for_a_while",
            unsure="that it is returned in the answer is inferred",
        ),
        proven(
            "Without a payment method what is billed fails with 131042; what is free goes out.",
            Basis.REPORTED,
            "reports of 2025 and 2026",
            ENFORCING + "without_a_payment_method_what_is_billed_fails_later",
            CHECKS + "what_is_billed_needs_a_payment_method",
        ),
        proven(
            "Numbers, accounts and `/{business_id}` tell the tier of the portfolio; `messaging_limit_tier` "
            "called 2K 1K until version 23.",
            Basis.DOCUMENTED,
            TIERS,
            GRAPH + "number_and_account_tell_the_tier_of_the_portfolio",
            GRAPH + "the_portfolio_is_a_node_with_its_accounts",
            "domain/limits/test_messaging_limit.py::test_old_versions_know_no_2k",
            unsure="the old name of the second tier is inferred",
        ),
        proven(
            "`health_status` tells of a number, an account or a template whether messages pass, and why not.",
            Basis.DOCUMENTED,
            "D/support/health-status",
            GRAPH + "health_says_what_stands_in_the_way",
            GRAPH + "the_health_of_a_template_is_that_of_its_account_too",
            "domain/accounts/test_health.py::test_an_account_says_what_is_wrong_with_it",
            unsure="of the codes 141006 and 141010 are reported, the others inferred",
        ),
    ),
)
