"""Checks of the template that a message is sent with."""

from __future__ import annotations

from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.errors import message_error
from emulator.domain.messages import marketing_endpoint
from emulator.domain.messages.marketing_endpoint import MarketingRoute
from emulator.domain.messages.outbound import Content, TemplateUse
from emulator.domain.templates.template import Status, Template

_KNOWN = (Status.APPROVED, Status.PAUSED, Status.DISABLED)
"""Statuses under which a template exists for a send; only of these the platform has errors of their own."""


def template_exists(content: Content, template: Template | None) -> None:
    """Refuse a template that does not exist in the language, or is not approved (132001).

    Paused and disabled ones have errors of their own.
    """
    if not isinstance(content, TemplateUse):
        return
    if template is None or template.status not in _KNOWN:
        state = f"it is {template.status}" if template else "no template of that name has that language"
        raise message_error(
            132001,
            f"template name ({content.name}) does not exist in {content.language}",
            hint=f"Only an approved template can be sent; {state}.",
            facts={
                "name": content.name,
                "language": content.language,
                "status": template and template.status,
            },
        )


def template_is_not_generated(template: Template | None) -> None:
    """Refuse a template that Direct Send generated, which cannot be sent as a template (132018)."""
    if template and template.is_generated:
        raise message_error(
            132018,
            "Direct send template can't be used for template message",
            hint="Direct Send made this template; send its content directly again.",
            facts={"template_id": template.id},
        )


def template_is_not_paused(template: Template | None) -> None:
    """Refuse a paused template (132015), until it is unpaused."""
    if template and template.status is Status.PAUSED:
        raise message_error(
            132015,
            hint="A paused template cannot be sent until it is unpaused.",
            facts={"template_id": template.id},
        )


def template_is_not_disabled(template: Template | None) -> None:
    """Refuse a disabled template (132016), which stays disabled."""
    if template and template.status is Status.DISABLED:
        raise message_error(
            132016,
            hint="A disabled template stays disabled; use another one.",
            facts={"template_id": template.id},
        )


def marketing_goes_its_way(template: Template | None, route: MarketingRoute, at: datetime) -> None:
    """Refuse a template by the wrong one of the two endpoints (131063, 134100 or 131055, 134101)."""
    if template:
        marketing_endpoint.check(template, route, at)


def sample_comes_from_a_test_number(template: Template | None, number: BusinessNumber) -> None:
    """Refuse the sample template ``hello_world`` from any but a test number (131058)."""
    if template and template.name == "hello_world" and not number.is_test:
        raise message_error(
            131058,
            hint="hello_world may be sent from a test number only.",
            facts={"phone_number_id": number.id},
        )


def code_goes_to_a_number(template: Template | None, by_user_id: bool) -> None:
    """Refuse an authentication template to a business-scoped user id alone (131062)."""
    if by_user_id and template and template.category == "AUTHENTICATION":
        raise message_error(131062, hint="Send an authentication template to the phone number (`to`).")


def template_name_is_free(name_taken: bool) -> None:
    """Fail a Direct Send whose template name belongs to an ordinary template (132021)."""
    if name_taken:
        raise message_error(132021, hint="An ordinary template has the name in direct_send_config.")


def utility_is_not_capped(utility_left: int | None) -> None:
    """Fail a utility message beyond the rate limit of an account for utility template abuse (131064)."""
    if utility_left is not None and utility_left <= 0:
        raise message_error(
            131064,
            hint="Utility messages of this account are capped, since its utility templates were marketing.",
            facts={"utility_left": utility_left},
        )
