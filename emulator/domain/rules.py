"""The ordered checks a message passes: at once when it is sent, and later when it is delivered.

The order is a reconstruction from many reports (account before recipient before template), see
``docs/fidelity.md``. Each rule knows the page it comes from, and its refusal the facts it saw.
"""

from __future__ import annotations

from collections.abc import Iterable

from emulator.domain.checks import account, content, limits, marketing, recipient, templates, window
from emulator.domain.checks.context import Rule, SendContext, rule
from emulator.domain.errors import DOCS, ERROR_CODES

WINDOW = rule(window.window_is_open, f"{DOCS}/messages/send-messages#customer-service-windows")

REACH: tuple[Rule, ...] = (
    rule(account.number_is_not_limited, f"{DOCS}/phone-numbers"),
    rule(limits.portfolio_may_reach_one_more, f"{DOCS}/messaging-limits"),
)
"""How many people may be reached; told later, or at once where a team prefers that."""

PAYMENT = rule(account.payment_is_arranged, ERROR_CODES)
"""Asked of what is billed, which its price says."""

AT_ONCE: tuple[Rule, ...] = (
    rule(account.number_is_registered, ERROR_CODES),
    rule(account.number_is_not_in_maintenance, f"{DOCS}/throughput"),
    rule(account.display_name_is_approved, ERROR_CODES),
    rule(account.account_is_not_locked, f"{DOCS}/policy-enforcement"),
    rule(account.account_may_send, f"{DOCS}/policy-enforcement"),
    rule(recipient.recipient_is_somebody_else, ERROR_CODES),
    rule(recipient.recipient_is_allowed, f"{DOCS}/about-the-platform"),
    rule(recipient.group_can_be_written_in, f"{DOCS}/groups/error-codes"),
    rule(account.country_may_be_written_to, ERROR_CODES),
    rule(limits.throughput_is_left, f"{DOCS}/throughput"),
    rule(limits.pair_rate_is_left, f"{DOCS}/about-the-platform#pair-rate-limits"),
    rule(recipient.recipient_is_still_the_same, ERROR_CODES),
    rule(templates.template_exists, ERROR_CODES),
    rule(templates.template_is_not_generated, ERROR_CODES),
    rule(templates.template_is_not_paused, f"{DOCS}/templates/template-pausing"),
    rule(templates.template_is_not_disabled, ERROR_CODES),
    rule(templates.marketing_goes_its_way, f"{DOCS}/marketing-messages/send-marketing-messages"),
    rule(templates.sample_comes_from_a_test_number, ERROR_CODES),
    rule(templates.code_goes_to_a_number, f"{DOCS}/business-scoped-user-ids"),
    rule(recipient.content_fits_the_recipient, f"{DOCS}/groups/groups-messaging"),
    rule(content.call_may_be_asked_for, f"{DOCS}/calling/user-call-permissions"),
)
"""Checked before the answer: a refusal is the answer, and no message exists."""

LATER: tuple[Rule, ...] = (
    rule(recipient.recipient_is_on_whatsapp, ERROR_CODES),
    rule(recipient.recipient_has_not_blocked, ERROR_CODES),
    rule(recipient.recipient_is_not_blocked, f"{DOCS}/block-users"),
    rule(templates.template_name_is_free, f"{DOCS}/direct-send/business-named-templates"),
    rule(templates.utility_is_not_capped, f"{DOCS}/templates/template-categorization"),
    WINDOW,
    rule(content.files_can_be_shown, f"{DOCS}/business-phone-numbers/media"),
    rule(marketing.marketing_is_wanted, ERROR_CODES),
    rule(marketing.marketing_is_delivered_there, f"{DOCS}/templates/marketing-templates/per-user-limits"),
    rule(marketing.marketing_is_not_too_much, f"{DOCS}/templates/marketing-templates/per-user-limits"),
    rule(marketing.recipient_is_in_no_experiment, f"{DOCS}/support/experiments"),
    rule(content.reaction_has_a_target, f"{DOCS}/messages/reaction-messages"),
    rule(content.order_moves_on, f"{DOCS}/payments/payments-in/pg"),
    *REACH,
)
"""Checked after the 200: a refusal is a ``failed`` status."""


def check(attempt: SendContext, rules: Iterable[Rule]) -> None:
    """Pass ``attempt`` through ``rules`` in order; raises the first refusal (:class:`PlatformError`)."""
    for each in rules:
        each.check(attempt)
