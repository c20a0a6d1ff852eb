"""``/{waba_id}/message_templates/archive`` and ``/unarchive``, and ``/{template_id}/unpause``.

The platform serves the first two on ``api.facebook.com``, under the same paths.
"""

from __future__ import annotations

from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.accounts.wabas import Waba
from emulator.domain.templates.template import Template
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire import responses


@endpoint(Waba, "message_templates/archive", "POST", scope=MANAGEMENT)
def archive(call: Call) -> Answer:
    """Archive up to a hundred templates (``POST /{waba_id}/message_templates/archive``), those that can be.

    Answers the ids it was done for, and the reason for each of the others. Raises ``(#100)`` for none and too
    many.
    """
    outcome = call.sandbox.templates.archive_ids(call.node.id, _ids(call))
    return Answer({"archived_templates": outcome.done, "failed_templates": outcome.failed}, call.node.id)


@endpoint(Waba, "message_templates/unarchive", "POST", scope=MANAGEMENT)
def unarchive(call: Call) -> Answer:
    """Take up to a hundred templates out of the archive (``POST /{waba_id}/message_templates/unarchive``).

    Answers the ids it was done for, and the reason for each of the others. Raises ``(#100)`` for none and too
    many.
    """
    outcome = call.sandbox.templates.unarchive_ids(call.node.id, _ids(call))
    return Answer({"unarchived_templates": outcome.done, "failed_templates": outcome.failed}, call.node.id)


@endpoint(Template, "unpause", "POST", scope=MANAGEMENT)
def unpause(call: Call) -> Answer:
    """End a pause by pacing (``POST /{template_id}/unpause``); any other is answered with the reason why not.

    The answer then has ``success: false`` with status 200. A pause can be ended from five minutes after it
    began on.
    """
    assert isinstance(call.node, Template)
    why = call.sandbox.templates.ask_to_unpause(call.node)
    return Answer(responses.SUCCESS if why is None else {"success": False, "reason": why}, call.node.id)


def _ids(call: Call) -> tuple[str, ...]:
    return call.parameters.required("hsm_ids").strings()
