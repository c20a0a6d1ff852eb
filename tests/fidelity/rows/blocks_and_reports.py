"""What people think of a business: blocks, opt-outs, quality, pacing, and marketing not delivered."""

from __future__ import annotations

from fidelity.rows.row import Area, Basis, proven

_PEOPLE = "sandbox/people/test_blocks_and_reports.py::test_"
_JUDGED = "sandbox/quality/test_quality_changes.py::test_"
_HELD = "sandbox/quality/test_held_messages.py::test_"
_LATER = "sandbox/people/test_marketing_audience.py::test_"
_RULES = "domain/checks/test_marketing_checks.py::test_"
_LIST = "web/graph/accounts/test_graph_block_list.py::test_"

BLOCKS_AND_REPORTS = Area(
    "People who do not like it",
    (
        proven(
            "What is sent to somebody who blocked the number is accepted and never arrives; no webhook "
            "tells.",
            Basis.INFERRED,
            "D/support/error-codes and reports",
            f"{_PEOPLE}what_is_sent_to_who_blocked_never_arrives",
            f"{_PEOPLE}what_was_on_its_way_does_not_arrive_either",
            f"{_PEOPLE}a_block_tells_the_integrator_nothing",
            unsure="some report 131026 instead, which `when_blocked` gives",
        ),
        proven(
            "Who stopped marketing gets none (131050), and everything else; `user_preferences` tells of it.",
            Basis.DOCUMENTED,
            "D/webhooks/reference/user_preferences",
            f"{_PEOPLE}who_stops_marketing_gets_no_more_of_it",
            f"{_PEOPLE}stopping_marketing_is_told_by_webhook",
            f"{_PEOPLE}a_text_that_says_stop_is_a_text",
            f"{_PEOPLE}an_opt_out_holds_for_one_number",
            unsure="that it holds for one number, and not for all of the business, is reported",
        ),
        proven(
            "A template's quality is UNKNOWN, GREEN, YELLOW or RED by the blocks, reports and reads of "
            "seven days; `message_template_quality_update` tells every change.",
            Basis.DOCUMENTED,
            "D/templates/template-quality",
            f"{_JUDGED}a_template_is_judged_when_enough_has_arrived",
            f"{_JUDGED}a_change_is_told_by_webhook",
            f"{_JUDGED}feedback_counts_for_seven_days",
            f"{_JUDGED}what_nobody_reads_is_yellow_where_reads_count",
            unsure="after how many messages and from which shares on is not published: the settings "
            "`quality_…`; that a block counts against the template that arrived last is inferred",
        ),
        proven(
            "RED pauses a template for 3 hours, then for 6, and the third time disables it; after a pause "
            "only new feedback counts.",
            Basis.DOCUMENTED,
            "D/templates/template-pausing",
            f"{_JUDGED}red_pauses_a_template_for_three_hours",
            f"{_JUDGED}it_is_paused_twice_and_then_disabled",
            f"{_JUDGED}after_a_pause_only_new_feedback_counts",
            unsure="that an unpaused template is UNKNOWN until it is judged anew is inferred",
        ),
        proven(
            "A number has a quality by the blocks and reports of seven days, recent ones weighing more; it "
            "stops nothing.",
            Basis.DOCUMENTED,
            "D/messaging-limits",
            f"{_JUDGED}a_number_is_judged_like_a_template",
            f"{_JUDGED}a_complaint_weighs_double_for_a_day",
            unsure="thresholds and weights are not published: those of templates hold, and complaints of "
            "the last 24 hours count twice",
        ),
        proven(
            "Messages of marketing templates that are new, unpaused or not GREEN are held after some, and "
            "so are those of utility templates in the week after one was paused.",
            Basis.DOCUMENTED,
            "D/templates/template-pacing",
            f"{_HELD}the_answer_says_that_a_message_is_held",
            f"{_HELD}what_is_held_goes_out_after_an_hour",
            f"{_HELD}utility_is_held_for_a_week_after_a_pause",
            f"{_HELD}nothing_is_held_unless_told",
            unsure="after how many is not published: the setting `pacing_after`, off by default",
        ),
        proven(
            "Held messages that are dropped fail with 132015, and their template is paused until somebody "
            "ends that.",
            Basis.DOCUMENTED,
            "D/templates/template-pacing",
            f"{_HELD}what_people_do_not_like_is_dropped",
            f"{_HELD}a_template_that_turns_red_meanwhile_is_dropped_at_once",
            unsure="that RED drops and YELLOW does not, and `RATE_LIMITING_PAUSE` as its title, are inferred",
        ),
        proven(
            "Since 1 April 2025 marketing templates to area codes of the United States fail with 131049; "
            "Canada and the Caribbean get them.",
            Basis.DOCUMENTED,
            "D/templates/marketing-templates/per-user-limits",
            f"{_RULES}marketing_is_not_delivered_to_area_codes_of_the_united_states",
            f"{_RULES}the_pause_began_in_april_2025",
            f"{_LATER}marketing_fails_in_the_united_states_by_either_endpoint",
            f"{_LATER}an_open_window_does_not_help_in_the_united_states",
            unsure="the instant is taken as midnight UTC; that an open window, `hello_world` and Puerto "
            "Rico are no exceptions or exceptions is inferred",
        ),
        proven(
            "A person gets a limited number of marketing templates (131049): of all businesses, but for "
            "what follows an answer to marketing; not in the EEA, the United Kingdom, Japan and South "
            "Korea. Trying again and again extends the wait.",
            Basis.DOCUMENTED,
            "D/templates/marketing-templates/per-user-limits",
            f"{_LATER}a_person_gets_so_many_in_24_hours",
            f"{_LATER}the_limit_counts_for_all_numbers_together",
            f"{_LATER}what_follows_an_answer_to_marketing_does_not_count",
            f"{_LATER}trying_again_and_again_extends_the_wait",
            f"{_RULES}there_is_no_limit_in_some_countries",
            unsure="the number is different for everybody and not published: the setting "
            "`marketing_per_user`, off by default; that two failures are `again and again`, and 24 "
            "hours, are inferred",
        ),
        proven(
            "An experiment keeps some people from marketing (130472), unless a window is open.",
            Basis.DOCUMENTED,
            "D/support/experiments",
            f"{_LATER}some_people_are_kept_from_marketing_by_an_experiment",
            f"{_RULES}an_experiment_keeps_people_from_marketing",
            unsure="how many is not published: the setting `experiment`, nobody by default",
        ),
        proven(
            "`block_users` takes people who wrote in the last 24 hours, a thousand a call and 64,000 in "
            "all; a mixed result is HTTP 400 with both members.",
            Basis.DOCUMENTED,
            "D/block-users",
            f"{_LIST}who_wrote_can_be_blocked_and_unblocked",
            f"{_LIST}who_wrote_24_hours_ago_cannot_be_blocked",
            f"{_LIST}a_mixed_result_tells_both",
            f"{_LIST}unblocking_somebody_unknown_fails_in_its_own_words",
            f"{_LIST}a_full_list_takes_nobody_more",
            f"{_LIST}a_call_names_a_thousand_people_at_most",
            unsure="that blocking or unblocking twice succeeds, and the wording of 131021 and 139101 for "
            "one person, are inferred",
        ),
        proven(
            "A page of a block list belongs to one version of it: 139102 for a cursor of another.",
            Basis.DOCUMENTED,
            "D/block-users",
            f"{_LIST}a_list_is_read_page_by_page",
            f"{_LIST}a_list_that_changed_meanwhile_is_read_from_the_beginning",
        ),
        proven(
            "Messages to somebody whom the business blocked fail with 130403, and it hears nothing of them.",
            Basis.DOCUMENTED,
            "D/block-users and D/support/error-codes",
            f"{_LIST}nothing_reaches_who_is_blocked",
            f"{_LIST}nobody_hears_of_who_is_blocked",
            unsure="that it is reported later, and not in the answer, is inferred",
        ),
    ),
)
