"""The life of templates after they were created."""

from __future__ import annotations

from fidelity.rows.row import Area, Basis, proven

_REVIEW = "sandbox/templates/test_review_policies.py::test_"
_READING = "domain/templates/lifecycle/test_template_content.py::test_"
_LIFE = "domain/templates/lifecycle/test_template_rules.py::test_"
_DELETION = "sandbox/templates/test_template_deletions.py::test_"
_ARCHIVE = "sandbox/templates/test_template_archive.py::test_"
_CATEGORY = "sandbox/templates/test_template_categories_change.py::test_"
_GRAPH = "web/graph/templates/test_graph_template_life.py::test_"
_CATEGORIES = "D/templates/template-categorization"
_STATUS = "D/webhooks/reference/message_template_status_update"

LIVES = Area(
    "The life of templates",
    (
        proven(
            "Templates are reviewed after a while, by hand, or by what they say, as the setting `review` "
            "has it.",
            Basis.CONVENTION,
            "the platform reviews with machines and people, within 24 hours",
            f"{_REVIEW}by_hand_a_template_waits_for_somebody",
            f"{_REVIEW}what_it_says_does_not_matter_unless_content_is_read",
            f"{_REVIEW}the_same_content_is_always_judged_the_same",
        ),
        proven(
            "Utility that reads as marketing becomes MARKETING since 2025-04-09; before it was rejected with "
            "INCORRECT_CATEGORY unless `allow_category_change` was set.",
            Basis.DOCUMENTED,
            _CATEGORIES,
            f"{_REVIEW}utility_that_reads_as_marketing_is_approved_as_marketing",
            f"{_REVIEW}before_april_2025_it_was_rejected_unless_the_change_was_allowed",
            f"{_GRAPH}a_promotion_is_created_as_marketing",
            unsure="that the answer to the creation tells it, and that the rejection came at once, is "
            "inferred",
        ),
        proven(
            "What reads as marketing, as a hidden code, as forbidden, or as another language: English "
            "phrases, "
            "components that sell, and scripts.",
            Basis.CONVENTION,
            f"examples of {_CATEGORIES}",
            f"{_READING}marketing_is_recognised_by_its_phrases",
            f"{_READING}messages_about_what_somebody_did_are_not_marketing",
            f"{_READING}marketing_may_stand_in_any_part",
            f"{_READING}a_hidden_code_has_a_variable",
            f"{_READING}a_template_is_written_in_a_script_of_its_language",
            f"{_READING}what_is_forbidden_is_rejected_with_its_reason",
        ),
        proven(
            "`rejection_info` comes with INVALID_FORMAT alone.",
            Basis.DOCUMENTED,
            _STATUS,
            f"{_REVIEW}a_rejection_for_the_format_says_why",
            f"{_REVIEW}a_hidden_code_is_rejected",
            unsure="its sentences are ours, but for the one about variables side by side",
        ),
        proven(
            "A rejection is appealed within 60 days and decided within 24 hours: `IN_APPEAL`, then the "
            "decision.",
            Basis.DOCUMENTED,
            _CATEGORIES,
            f"{_REVIEW}a_rejected_template_is_appealed_and_granted",
            f"{_REVIEW}an_appeal_of_what_is_wrong_is_in_vain",
            f"{_REVIEW}somebody_may_decide_an_appeal",
            f"{_REVIEW}an_appeal_is_too_late_after_sixty_days",
            unsure="that it takes the whole day and asks the rules of the review once more is a convention",
        ),
        proven(
            "A marketing template's category can be appealed: granted, it becomes UTILITY, with a webhook.",
            Basis.DOCUMENTED,
            _CATEGORIES,
            f"{_REVIEW}a_marketing_template_is_appealed_and_can_be_sent_meanwhile",
            f"{_REVIEW}marketing_stays_marketing",
            f"{_CATEGORY}a_notice_is_appealed",
            f"{_CATEGORY}a_change_is_appealed_and_taken_back",
            unsure="that it stays APPROVED meanwhile is inferred",
        ),
        proven(
            "An edit is reported by `message_template_components_update`; another category, once it is "
            "approved, by "
            "`template_category_update`.",
            Basis.DOCUMENTED,
            f"D/webhooks/reference/message_template_components_update, {_CATEGORIES}",
            f"{_GRAPH}an_edit_is_told_with_what_the_template_says",
            f"{_GRAPH}another_category_alone_tells_no_components",
        ),
        proven(
            "A template whose messages are on their way is PENDING_DELETION until they have arrived, "
            "failed, or "
            "waited as long as they live; it cannot be sent meanwhile.",
            Basis.DOCUMENTED,
            "D/templates/template-management",
            f"{_DELETION}a_template_waits_for_its_messages",
            f"{_DELETION}it_waits_as_long_as_its_messages_live",
            f"{_DELETION}it_goes_when_the_last_message_has_arrived",
            f"{_DELETION}it_goes_when_the_last_message_has_failed",
            unsure="that it is gone with the last of them is inferred",
        ),
        proven(
            "Deletions are reported: PENDING_DELETION with `reason: null`, and DELETED.",
            Basis.DOCUMENTED,
            _STATUS,
            f"{_DELETION}a_deletion_is_told",
            f"{_DELETION}a_template_waits_for_its_messages",
            unsure="that DELETED has the reason NONE is inferred",
        ),
        proven(
            "The lock of a name says how long it lasts, in weeks, days, hours and minutes.",
            Basis.REPORTED,
            "recorded sentences of 4 weeks and of less than 1 minute",
            f"{_DELETION}the_lock_of_a_name_says_how_long_it_lasts",
            f"{_DELETION}a_template_that_was_once_approved_keeps_its_name",
            unsure="days and hours are inferred; that names of templates never approved are free at once, "
            "too",
        ),
        proven(
            "At most 100 `hsm_ids` in one call, not together with a name.",
            Basis.DOCUMENTED,
            "D/templates/template-management",
            f"{_DELETION}a_hundred_templates_are_deleted_at_once_and_no_more",
            f"{_GRAPH}ids_and_a_name_are_not_deleted_together",
            unsure="the sentences are ours",
        ),
        proven(
            "An account creates 100 templates in a rolling hour; then 80008.",
            Basis.DOCUMENTED,
            "D/templates/overview",
            f"{_GRAPH}a_hundred_templates_are_created_in_an_hour",
            f"{_GRAPH}a_frozen_clock_turns_no_burst_into_a_violation",
            f"{_GRAPH}while_the_clock_runs_the_limit_holds",
            unsure="the error is inferred; the limit `template_creations` says when it holds",
        ),
        proven(
            "An account has 250 templates, a verified one with an approved display name 6,000; each language "
            "counts.",
            Basis.DOCUMENTED,
            "D/templates/overview",
            "sandbox/templates/test_template_reviews.py::test_a_waba_has_at_most_250_templates",
            f"{_LIFE}a_verified_portfolio_with_a_named_number_has_more_templates",
            f"{_GRAPH}the_summary_tells_how_many_there_may_be",
        ),
        proven(
            "What is not created, edited, sent, appealed or unarchived for twelve months is ARCHIVED, and 28 "
            "days later it is deleted.",
            Basis.DOCUMENTED,
            "D/templates/template-archival",
            f"{_ARCHIVE}what_is_idle_for_twelve_months_is_archived",
            f"{_ARCHIVE}a_message_keeps_its_template_for_another_year",
            f"{_ARCHIVE}it_is_deleted_28_days_later",
            unsure="that samples and templates of Direct Send are spared is inferred; templates of a seed "
            "count "
            "as unused from when the sandbox begins",
        ),
        proven(
            "`archive` and `unarchive` take up to 100 ids, and answer with what was done and why the rest "
            "was "
            "not.",
            Basis.DOCUMENTED,
            "D/templates/template-archival",
            f"{_GRAPH}templates_are_archived_and_taken_out_again",
            f"{_GRAPH}what_cannot_be_archived_is_told_with_its_reason",
            f"{_ARCHIVE}unarchived_it_is_what_it_was",
            unsure="of the reasons only that about the status is known",
        ),
        proven(
            "A pause by pacing has no end, does not count, and is ended by `POST /{template_id}/unpause` "
            "after "
            "five minutes.",
            Basis.DOCUMENTED,
            "D/templates/template-pausing",
            f"{_GRAPH}what_pacing_paused_is_unpaused_by_the_business",
            f"{_GRAPH}a_pause_for_quality_is_not_ended_by_the_business",
            f"{_GRAPH}a_pause_by_pacing_does_not_count",
            unsure="that its title is RATE_LIMITING_PAUSE and that it does not count is inferred; the "
            "reasons of "
            "`success: false` are ours",
        ),
        proven(
            "A utility template found to be marketing gets a webhook a day before it changes, at once where "
            "the account was warned; `correct_category` says so.",
            Basis.DOCUMENTED,
            _CATEGORIES,
            f"{_CATEGORY}utility_becomes_marketing_a_day_after_the_notice",
            f"{_CATEGORY}the_notice_and_the_change_are_told",
            f"{_CATEGORY}whoever_was_warned_gets_no_notice",
            f"{_GRAPH}a_change_of_category_can_be_asked_for",
            unsure="the same page also says the first of the next month",
        ),
        proven(
            "A template that hides a code is rejected with INCORRECT_CATEGORY on the first of the next "
            "month.",
            Basis.DOCUMENTED,
            _CATEGORIES,
            f"{_CATEGORY}what_should_be_a_code_is_rejected_next_month",
            f"{_LIFE}the_next_month_begins_where_the_account_is",
            unsure="that the month begins where the account is, is inferred",
        ),
        proven(
            "Misuse of UTILITY: a warning, then a cap on utility messages for 7 days (131064), then a "
            "restriction "
            "for 7 days, the next time and for a portfolio 30, all reported by `account_update`.",
            Basis.DOCUMENTED,
            _CATEGORIES,
            f"{_CATEGORY}utility_messages_are_capped",
            f"{_CATEGORY}the_cap_ends_after_seven_days",
            f"{_CATEGORY}a_restriction_makes_every_utility_template_marketing",
            f"{_CATEGORY}a_second_restriction_and_one_of_the_portfolio_last_thirty_days",
            unsure="the cap is a setting (`utility_cap`), 131064 in a `failed` status is inferred, "
            "and so "
            "is that the cap ends after its least time; the refusal to create utility templates is ours",
        ),
        proven(
            "Every fifth template that is found to be marketing within 30 days is a step, where the setting "
            "`utility_abuse` counts.",
            Basis.CONVENTION,
            "the platform does not say how much is too much",
            f"{_CATEGORY}where_it_is_counted_every_fifth_template_is_a_step",
            f"{_LIFE}every_fifth_template_found_is_a_step",
        ),
        proven(
            "FLAGGED and REINSTATED are sent when a user decides so.",
            Basis.CONVENTION,
            f"the enum of {_STATUS}",
            f"{_GRAPH}rarer_events_are_told_when_somebody_decides_so",
        ),
    ),
)
