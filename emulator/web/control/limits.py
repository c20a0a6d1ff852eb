"""The control route of limits: how each stands; their policies are changed by the settings."""

from __future__ import annotations

from emulator.sandbox.sandbox import Sandbox
from emulator.web.control import shapes
from emulator.web.control.answers import accounts as answers
from emulator.web.control.routes import SANDBOX, TEXT, route


@route("GET", f"{SANDBOX}/limits", query={"wa_id": TEXT, "phone_number_id": TEXT})
def limits(
    sandbox: Sandbox, wa_id: str | None = None, phone_number_id: str | None = None
) -> answers.LimitsAnswer:
    """How every limit stands: what is used, what is left, and when it frees up.

    With a person their pair rate. Of all business numbers, or of ``phone_number_id`` alone; policies are
    changed with the setting ``limits``.
    """
    return {"limits": [shapes.limit(each) for each in sandbox.limits.all(wa_id, phone_number_id)]}
