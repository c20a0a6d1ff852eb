"""Control routes of how people and business numbers stand: blocks, reports, opt-outs, typing."""

from __future__ import annotations

from emulator.domain.instants import maybe_iso
from emulator.domain.people.relationship import Relationship
from emulator.sandbox.sandbox import Sandbox
from emulator.web.control.answers.messages import MaybeMessageAnswer
from emulator.web.control.answers.people import RelationshipAnswer, RelationshipsAnswer
from emulator.web.control.messages.message import message_answer
from emulator.web.control.routes.table import FLAG, SANDBOX, TEXT, route

_PERSON = f"{SANDBOX}/people/{{wa_id}}"


@route("GET", f"{_PERSON}/relationships")
def relationships(sandbox: Sandbox, wa_id: str) -> RelationshipsAnswer:
    """How a person stands to each business number, the first first: blocks, opt-outs, typing.

    ``typing_until`` is until when they see that the business types: for 25 seconds after it said so, or until
    its next message to them.
    """
    return {"relationships": [relationship_answer(each) for each in sandbox.people.relationships(wa_id)]}


@route("POST", f"{_PERSON}/blocks", body={"to": TEXT, "blocked": FLAG})
def block(sandbox: Sandbox, wa_id: str, to: str | None = None, blocked: bool = True) -> RelationshipAnswer:
    """Have a person block a business number (default: the first), or with ``blocked: false`` unblock it.

    What the number sends to them, and what is on its way, arrives no more. No webhook is sent. Answers how
    the two stand; 422 for what the person cannot do.
    """
    act = sandbox.people.block if blocked else sandbox.people.unblock
    return relationship_answer(act(wa_id, to=to))


@route("POST", f"{_PERSON}/opt-outs", body={"to": TEXT, "stopped": FLAG})
def opt_out(sandbox: Sandbox, wa_id: str, to: str | None = None, stopped: bool = True) -> RelationshipAnswer:
    """Have a person stop the marketing of a business number, or with ``stopped: false`` resume it.

    Marketing to them then fails with 131050. The app hears of it by ``user_preferences``. Answers how the two
    stand.
    """
    act = sandbox.people.stop_marketing if stopped else sandbox.people.resume_marketing
    return relationship_answer(act(wa_id, to=to))


@route("POST", f"{_PERSON}/reports", body={"to": TEXT, "message_id": TEXT, "template": TEXT})
def report(
    sandbox: Sandbox,
    wa_id: str,
    to: str | None = None,
    message_id: str | None = None,
    template: str | None = None,
) -> MaybeMessageAnswer:
    """Have a person report a message, the newest one of a template, or with neither the business number.

    It counts against the quality of the number and of the template; no webhook is sent. Answers the message,
    if one was named; 422 for one that has not reached them.
    """
    message = sandbox.people.report(wa_id, to=to, message_id=message_id, template=template)
    return {"message": None if message is None else message_answer(message)}


def relationship_answer(facts: Relationship) -> RelationshipAnswer:
    """Write how a person and a business number stand.

    The instants of blocks and of an opt-out, and until when the person sees the business type; ``null`` for
    none.
    """
    return {
        "phone_number_id": facts.phone_number_id,
        "wa_id": facts.wa_id,
        "blocked_number_at": maybe_iso(facts.blocked_number_at),
        "stopped_marketing_at": maybe_iso(facts.stopped_marketing_at),
        "blocked_person_at": maybe_iso(facts.blocked_person_at),
        "typing_until": maybe_iso(facts.typing_until),
    }
