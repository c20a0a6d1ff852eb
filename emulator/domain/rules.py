"""The ordered rules a message passes: at once when it is sent, and later when it is delivered.

The order is a reconstruction from many reports (account before recipient before template), see
``docs/fidelity.md``. Each rule has the name that an error shows and the page it comes from; its check names
the facts it needs (:class:`~emulator.domain.checks.rule.Rule`), and its error carries those it looked at.
"""

from __future__ import annotations

from emulator.domain.checks import account, content, limits, marketing, recipient, templates, window
from emulator.domain.checks.rule import Rule, check
from emulator.domain.errors import DOCS, ERROR_CODES

__all__ = ["AT_ONCE", "LATER", "MARKETING_LIMIT", "MESSAGING_LIMIT", "PAYMENT", "WINDOW", "Rule", "check"]

WINDOW = Rule(
    "window_is_open", window.window_is_open, f"{DOCS}/messages/send-messages#customer-service-windows"
)

MESSAGING_LIMIT: tuple[Rule, ...] = (
    Rule("number_is_not_limited", account.number_is_not_limited, f"{DOCS}/phone-numbers"),
    Rule("portfolio_may_reach_one_more", limits.portfolio_may_reach_one_more, f"{DOCS}/messaging-limits"),
)
"""How many people may be reached: checked later, or at once with ``messaging_limit_errors: sync``."""

MARKETING_LIMIT = Rule(
    "marketing_is_not_too_much",
    marketing.marketing_is_not_too_much,
    f"{DOCS}/templates/marketing-templates/per-user-limits",
)
"""How much marketing one person gets; a refusal counts towards the next one."""

PAYMENT = Rule("payment_is_arranged", account.payment_is_arranged, ERROR_CODES)
"""Checked of messages that are billed, as their price says."""

AT_ONCE: tuple[Rule, ...] = (
    Rule("number_is_registered", account.number_is_registered, ERROR_CODES),
    Rule("number_is_not_in_maintenance", account.number_is_not_in_maintenance, f"{DOCS}/throughput"),
    Rule("display_name_is_approved", account.display_name_is_approved, ERROR_CODES),
    Rule("account_is_not_locked", account.account_is_not_locked, f"{DOCS}/policy-enforcement"),
    Rule("account_may_send", account.account_may_send, f"{DOCS}/policy-enforcement"),
    Rule("recipient_is_somebody_else", recipient.recipient_is_somebody_else, ERROR_CODES),
    Rule("recipient_is_allowed", recipient.recipient_is_allowed, f"{DOCS}/about-the-platform"),
    Rule("group_can_be_written_in", recipient.group_can_be_written_in, f"{DOCS}/groups/error-codes"),
    Rule("country_may_be_written_to", account.country_may_be_written_to, ERROR_CODES),
    Rule("throughput_is_left", limits.throughput_is_left, f"{DOCS}/throughput"),
    Rule("pair_rate_is_left", limits.pair_rate_is_left, f"{DOCS}/about-the-platform#pair-rate-limits"),
    Rule("recipient_is_still_the_same", recipient.recipient_is_still_the_same, ERROR_CODES),
    Rule("template_exists", templates.template_exists, ERROR_CODES),
    Rule("template_is_not_generated", templates.template_is_not_generated, ERROR_CODES),
    Rule("template_is_not_paused", templates.template_is_not_paused, f"{DOCS}/templates/template-pausing"),
    Rule("template_is_not_disabled", templates.template_is_not_disabled, ERROR_CODES),
    Rule(
        "marketing_goes_its_way",
        templates.marketing_goes_its_way,
        f"{DOCS}/marketing-messages/send-marketing-messages",
    ),
    Rule("sample_comes_from_a_test_number", templates.sample_comes_from_a_test_number, ERROR_CODES),
    Rule("code_goes_to_a_number", templates.code_goes_to_a_number, f"{DOCS}/business-scoped-user-ids"),
    Rule(
        "content_fits_the_recipient", recipient.content_fits_the_recipient, f"{DOCS}/groups/groups-messaging"
    ),
    Rule("call_may_be_asked_for", content.call_may_be_asked_for, f"{DOCS}/calling/user-call-permissions"),
)
"""Checked before the answer: a refusal is the answer, and no message exists."""

LATER: tuple[Rule, ...] = (
    Rule("recipient_is_on_whatsapp", recipient.recipient_is_on_whatsapp, ERROR_CODES),
    Rule("recipient_has_not_blocked", recipient.recipient_has_not_blocked, ERROR_CODES),
    Rule("recipient_is_not_blocked", recipient.recipient_is_not_blocked, f"{DOCS}/block-users"),
    Rule(
        "template_name_is_free",
        templates.template_name_is_free,
        f"{DOCS}/direct-send/business-named-templates",
    ),
    Rule(
        "utility_is_not_capped", templates.utility_is_not_capped, f"{DOCS}/templates/template-categorization"
    ),
    WINDOW,
    Rule("files_can_be_shown", content.files_can_be_shown, f"{DOCS}/business-phone-numbers/media"),
    Rule("marketing_is_wanted", marketing.marketing_is_wanted, ERROR_CODES),
    Rule(
        "marketing_is_delivered_there",
        marketing.marketing_is_delivered_there,
        f"{DOCS}/templates/marketing-templates/per-user-limits",
    ),
    MARKETING_LIMIT,
    Rule(
        "recipient_is_in_no_experiment",
        marketing.recipient_is_in_no_experiment,
        f"{DOCS}/support/experiments",
    ),
    Rule("reaction_has_a_target", content.reaction_has_a_target, f"{DOCS}/messages/reaction-messages"),
    Rule("order_moves_on", content.order_moves_on, f"{DOCS}/payments/payments-in/pg"),
    *MESSAGING_LIMIT,
)
"""Checked after the 200: a refusal is a ``failed`` status."""
