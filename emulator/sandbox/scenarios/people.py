"""Steps of people: what each does in the sandbox."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from io import BytesIO
from typing import Any

from emulator.domain.messages.lifecycle import ARRIVED, Message
from emulator.domain.people.habits import HABITS
from emulator.sandbox.errors import CannotDo
from emulator.sandbox.scenarios.scenario import Step
from emulator.sandbox.scenarios.stage import Stage

Act = Callable[[Stage, Step], object]


def _to(step: Step) -> dict[str, Any]:
    return {"to": step.member("to")}


def says(stage: Stage, step: Step) -> object:
    """Write a text."""
    return stage.sandbox.people.say(stage.number_of(step.who), step.value, **_to(step))


def clicks_ad(stage: Stage, step: Step) -> object:
    """Write a text from an ad."""
    return stage.sandbox.people.click_ad(stage.number_of(step.who), step.value, **_to(step))


def sends(stage: Stage, step: Step) -> object:
    """Send what stands under its type, as in a webhook."""
    kind = step.value["type"]
    return stage.sandbox.people.send(stage.number_of(step.who), kind, step.value.get(kind), **_to(step))


def shows(stage: Stage, step: Step) -> object:
    """Send a file that lies beside the scenario."""
    if stage.scenario.folder is None:
        raise CannotDo("this scenario came without its file, beside which other files could lie")
    path = stage.scenario.folder / step.value["file"]
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise CannotDo(f"{path} cannot be read: {problem.strerror}") from None
    mime_type = step.value.get("mime_type") or mimetypes.guess_type(path.name)[0]
    if mime_type is None:
        raise CannotDo(f"nobody knows the type of {path.name}; say its mime_type")
    kind, _, _ = mime_type.partition("/")
    kind = step.value.get("type") or (kind if kind in ("image", "audio", "video") else "document")
    about = {
        "caption": step.value.get("caption"),
        "filename": path.name if kind == "document" else None,
    }
    return stage.sandbox.people.show(
        stage.number_of(step.who), kind, BytesIO(data), mime_type, **about, **_to(step)
    )


def taps(stage: Stage, step: Step) -> object:
    """Tap a button."""
    return stage.sandbox.people.tap(stage.number_of(step.who), step.value, row=False)


def chooses(stage: Stage, step: Step) -> object:
    """Choose the row of a list."""
    return stage.sandbox.people.tap(stage.number_of(step.who), step.value, row=True)


def fills_flow(stage: Stage, step: Step) -> object:
    """Fill in the newest flow, and send it."""
    return stage.sandbox.people.fill_flow(stage.number_of(step.who), step.value)


def allows_calls(stage: Stage, step: Step) -> object:
    """Accept that the business may call."""
    return stage.sandbox.people.answer_call_permission(stage.number_of(step.who), "accept")


def refuses_calls(stage: Stage, step: Step) -> object:
    """Reject that the business may call."""
    return stage.sandbox.people.answer_call_permission(stage.number_of(step.who), "reject")


def reacts(stage: Stage, step: Step) -> object:
    """React to the newest message that has reached them."""
    wa_id = stage.number_of(step.who)
    found = _newest(stage, wa_id, lambda each: each.status in ARRIVED and each.type != "reaction")
    if found is None:
        raise CannotDo(f"no message has reached {step.who} to which they could react")
    return stage.sandbox.people.react(wa_id, found.id, step.value)


def plays(stage: Stage, step: Step) -> object:
    """Listen to the newest audio that has reached them."""
    wa_id = stage.number_of(step.who)
    found = _newest(stage, wa_id, lambda each: each.status in ARRIVED and each.type == "audio")
    if found is None:
        raise CannotDo(f"no audio has reached {step.who}")
    return stage.sandbox.people.play(wa_id, found.id)


def edits(stage: Stage, step: Step) -> object:
    """Change the words of the newest text they wrote."""
    wa_id = stage.number_of(step.who)
    return stage.sandbox.people.edit(wa_id, _written(stage, step, wa_id).id, step.value)


def deletes(stage: Stage, step: Step) -> object:
    """Delete the newest text they wrote."""
    wa_id = stage.number_of(step.who)
    return stage.sandbox.people.delete(wa_id, _written(stage, step, wa_id).id)


def _written(stage: Stage, step: Step, wa_id: str) -> Message:
    found = _newest(
        stage, wa_id, lambda each: each.type == "text" and each.deleted_at is None, outbound=False
    )
    if found is None:
        raise CannotDo(f"{step.who} has written no text")
    return found


def _newest(
    stage: Stage, wa_id: str, fits: Callable[[Message], bool], *, outbound: bool = True
) -> Message | None:
    """Find the newest message of a conversation that fits, among its newest fifty in one direction."""
    every = stage.sandbox.messages.all(wa_id=wa_id, outbound=outbound, limit=50)
    return next((each for each in reversed(every) if fits(each)), None)


def reads(stage: Stage, step: Step) -> object:
    """Read everything that was delivered."""
    return stage.sandbox.people.read(stage.number_of(step.who))


def calls(stage: Stage, step: Step) -> object:
    """Call the business."""
    lasts = step.value.get("lasts")
    return stage.sandbox.people.call(stage.number_of(step.who), lasts=lasts, **_to(step))


def reports(stage: Stage, step: Step) -> object:
    """Report the newest message of a template, or else the number."""
    template = step.value.get("template")
    return stage.sandbox.people.report(stage.number_of(step.who), template=template, **_to(step))


def towards(act: str) -> Act:
    """Make what has somebody do something about a number, such as block it."""

    def carry_out(stage: Stage, step: Step) -> object:
        return getattr(stage.sandbox.people, act)(stage.number_of(step.who), **_to(step))

    return carry_out


def goes_offline(stage: Stage, step: Step) -> object:
    """Have their phone be off, for a time or until an instant."""
    until, lasts = step.value.get("until"), step.value.get("for")
    if lasts is not None:
        until = stage.sandbox.clock.now() + lasts
    return stage.sandbox.people.go_offline(stage.number_of(step.who), until)


def comes_online(stage: Stage, step: Step) -> object:
    """Have their phone be on again."""
    return stage.sandbox.people.come_online(stage.number_of(step.who))


def changes_number(stage: Stage, step: Step) -> object:
    """Change to another number."""
    changed = stage.sandbox.people.change_number(stage.number_of(step.who), step.value)
    stage.renumber(step.who, changed.wa_id)
    return changed


def answers(stage: Stage, step: Step) -> object:
    """Have rules from now on by which they answer."""
    return stage.sandbox.people.change(stage.number_of(step.who), habits={"answers": step.value})


def becomes(stage: Stage, step: Step) -> object:
    """Have other facts, or other habits."""
    habits = {name: value for name, value in step.value.items() if name in HABITS}
    facts = {name: value for name, value in step.value.items() if name not in HABITS}
    return stage.sandbox.people.change(stage.number_of(step.who), habits=habits, **facts)
