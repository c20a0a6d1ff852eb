"""The control route of limits: how each stands; their policies are changed by the settings."""

from __future__ import annotations

from emulator.domain.instants import maybe_iso
from emulator.domain.limits.status import LimitStatus
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers import accounts as answers
from emulator.web.control.routes.table import SANDBOX, TEXT, route


@route("GET", f"{SANDBOX}/limits", query={"wa_id": TEXT, "phone_number_id": TEXT})
def limits(
    sandbox: Sandbox, wa_id: str | None = None, phone_number_id: str | None = None
) -> answers.LimitsAnswer:
    """How every limit stands: what is used, what is left, and when it frees up.

    With a person their pair rate. Of all business numbers, or of ``phone_number_id`` alone; policies are
    changed with the setting ``limits``.
    """
    return {"limits": [_limit_answer(each) for each in sandbox.limits.all(wa_id, phone_number_id)]}


def _limit_answer(facts: LimitStatus) -> answers.LimitAnswer:
    """Write how a limit stands: what is used, what is left (``null``: no end), and when it frees up.

    ``frees_up_at`` is ``null`` while there is some left; ``source`` is the page that the limit comes from.
    """
    return {
        "name": facts.name,
        "scope": facts.scope,
        "subject": facts.subject,
        "policy": facts.policy,
        "most": facts.most,
        "used": facts.used,
        "left": facts.left,
        "frees_up_at": maybe_iso(facts.frees_up_at),
        "source": facts.source,
    }
