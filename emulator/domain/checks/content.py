"""What a message holds."""

from __future__ import annotations

from emulator.domain.checks.context import SendContext
from emulator.domain.media import check_file as check_file
from emulator.domain.media import download_failed
from emulator.domain.messages import interactive, reaction


def call_may_be_asked_for(attempt: SendContext) -> None:
    value = attempt.value_of("interactive")
    if value is not None and value["type"] == "call_permission_request":
        interactive.calls.check_permission_requests(attempt.asked_to_call, attempt.at)


def files_can_be_shown(attempt: SendContext) -> None:
    for shown in attempt.files:
        if shown.problem is not None:
            raise download_failed(shown.problem)
        if shown.file is not None:
            check_file(shown.kind, shown.file)


def reaction_has_a_target(attempt: SendContext) -> None:
    if attempt.value_of("reaction") is not None:
        reaction.check_target(attempt.target, attempt.wa_id, attempt.number.id, attempt.at)


def order_moves_on(attempt: SendContext) -> None:
    value = attempt.value_of("interactive")
    if value is not None and value["type"] == "order_status":
        interactive.orders.check_transition(attempt.order, value["action"]["parameters"])
