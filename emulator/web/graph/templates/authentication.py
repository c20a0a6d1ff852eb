"""``/{waba_id}/message_template_previews`` and ``/{waba_id}/upsert_message_templates``."""

from __future__ import annotations

from typing import Any

from emulator.domain.accounts.apps import MANAGEMENT
from emulator.domain.accounts.wabas import Waba
from emulator.domain.graph.versions import major
from emulator.domain.templates.authentication_texts import authentication_texts
from emulator.web.graph.endpoints import Answer, Call, endpoint
from emulator.wire.requests.authentication_templates import PreviewRequest, read_preview, read_upsert


@endpoint(Waba, "message_template_previews", "GET", scope=MANAGEMENT)
def previews(call: Call) -> Answer:
    """Answer ``GET /{waba_id}/message_template_previews``.

    An authentication template's texts in each language. Texts are the platform's own; nothing is created.
    """
    asked = read_preview(call.parameters)
    return Answer({"data": [_preview(asked, language) for language in asked.languages]})


@endpoint(Waba, "upsert_message_templates", "POST", scope=MANAGEMENT)
def upsert(call: Call) -> Answer:
    """Create or update an authentication template in each of some languages, all or none.

    It is ``POST /{waba_id}/upsert_message_templates``; answers the id and status of each. Raises the refusals
    of the template editor.
    """
    draft, languages = read_upsert(call.parameters, major(call.version))
    made = call.sandbox.templates.upsert(call.node.id, draft, languages)
    listed = [{"id": each.id, "status": str(each.status), "language": each.language} for each in made]
    return Answer({"data": listed}, call.node.id)


def _preview(asked: PreviewRequest, language: str) -> dict[str, Any]:
    texts = authentication_texts(language)
    preview: dict[str, Any] = {"body": texts.body(asked.with_recommendation)}
    if asked.shows_buttons:
        preview["buttons"] = [{"autofill_text": texts.autofill, "text": texts.copy}]
    if asked.minutes is not None:
        preview["footer"] = texts.expiry.format(asked.minutes)
    return preview | {"language": language}
