"""The template that a message is made of."""

from __future__ import annotations

from emulator.domain.checks.context import SendContext
from emulator.domain.errors import message_error
from emulator.domain.messages import marketing_endpoint
from emulator.domain.templates.template import Status

_KNOWN = (Status.APPROVED, Status.PAUSED, Status.DISABLED)
"""Statuses under which a template exists for a send; only of these the platform has errors of their own."""


def template_exists(attempt: SendContext) -> None:
    use, template = attempt.use, attempt.template
    if use is None:
        return
    if template is None or template.status not in _KNOWN:
        state = f"it is {template.status}" if template else "no template of that name has that language"
        raise message_error(
            132001,
            f"template name ({use.name}) does not exist in {use.language}",
            hint=f"Only an approved template can be sent; {state}.",
            facts={"name": use.name, "language": use.language, "status": template and template.status},
        )


def template_is_not_generated(attempt: SendContext) -> None:
    if attempt.template and attempt.template.is_generated:
        raise message_error(
            132018,
            "Direct send template can't be used for template message",
            hint="Direct Send made this template; send its content directly again.",
            facts={"template_id": attempt.template.id},
        )


def template_is_not_paused(attempt: SendContext) -> None:
    if attempt.use and attempt.template and attempt.template.status is Status.PAUSED:
        raise message_error(
            132015,
            hint="A paused template cannot be sent until it is unpaused.",
            facts={"template_id": attempt.template.id},
        )


def template_is_not_disabled(attempt: SendContext) -> None:
    if attempt.use and attempt.template and attempt.template.status is Status.DISABLED:
        raise message_error(
            132016,
            hint="A disabled template stays disabled; use another one.",
            facts={"template_id": attempt.template.id},
        )


def marketing_goes_its_way(attempt: SendContext) -> None:
    if attempt.template:
        marketing_endpoint.check(attempt.template, attempt.route, attempt.at)


def sample_comes_from_a_test_number(attempt: SendContext) -> None:
    if attempt.template and attempt.template.name == "hello_world" and not attempt.number.is_test:
        raise message_error(
            131058,
            hint="hello_world may be sent from a test number only.",
            facts={"phone_number_id": attempt.number.id},
        )


def code_goes_to_a_number(attempt: SendContext) -> None:
    if attempt.by_user_id and attempt.template and attempt.template.category == "AUTHENTICATION":
        raise message_error(131062, hint="Send an authentication template to the phone number (`to`).")


def template_name_is_free(attempt: SendContext) -> None:
    if attempt.name_taken:
        raise message_error(132021, hint="An ordinary template has the name in direct_send_config.")


def utility_is_not_capped(attempt: SendContext) -> None:
    if attempt.utility_left is not None and attempt.utility_left <= 0:
        raise message_error(
            131064,
            hint="Utility messages of this account are capped, since its utility templates were marketing.",
            facts={"utility_left": attempt.utility_left},
        )
