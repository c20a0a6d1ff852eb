"""Everything that a webhook may carry: each kind of message, other fields, and what does not exist yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from emulator.doctor import payloads
from emulator.doctor.rule import Outcome, failed, passed, warning
from emulator.domain.people.person import Person

if TYPE_CHECKING:
    from emulator.doctor.examination import Examination
    from emulator.doctor.platform import Platform

Act = Callable[["Platform", Person], object]
"""Something that a person does, after they have written a text."""
_NAMED = 4
"""How many of those that were refused alike are named."""


def _shows(kind: str, mime_type: str, **about: Any) -> Act:
    return lambda platform, person: platform.sandbox.people.show(
        person.wa_id, kind, BytesIO(kind.encode()), mime_type, **about
    )


def _sends(kind: str, content: Any) -> Act:
    return lambda platform, person: platform.sandbox.people.send(person.wa_id, kind, content)


def _replies(kind: str, **content: Any) -> Act:
    return _sends("interactive", {"type": kind, kind: content})


def _says(**more: Any) -> Act:
    return lambda platform, person: platform.sandbox.people.say(person.wa_id, "Look", **more)


def _reacts(emoji: str) -> Act:
    def act(platform: Platform, person: Person) -> None:
        said = platform.sandbox.people.say(person.wa_id, "Hello")
        if not emoji:  # there must be one to take back
            platform.sandbox.people.react(person.wa_id, said.id, "❤️")
        platform.heard()
        platform.sandbox.people.react(person.wa_id, said.id, emoji)

    return act


def _edits(told: str) -> Act:
    def act(platform: Platform, person: Person) -> None:
        platform.sandbox.change_settings(edits_told=told)
        said = platform.sandbox.people.say(person.wa_id, "Helo")
        platform.heard()
        platform.sandbox.people.edit(person.wa_id, said.id, "Hello")

    return act


def _deletes(platform: Platform, person: Person) -> None:
    platform.sandbox.change_settings(edits_told="messages")
    said = platform.sandbox.people.say(person.wa_id, "Hello")
    platform.heard()
    platform.sandbox.people.delete(person.wa_id, said.id)


def _clicks_ad(platform: Platform, person: Person) -> None:
    platform.sandbox.people.click_ad(person.wa_id, "Hello")


def _changes_number(platform: Platform, person: Person) -> None:
    platform.sandbox.people.change_number(person.wa_id, platform.free_number())


_ITEM = {"product_retailer_id": "di9ozbzfi4", "quantity": 2, "item_price": 7.99, "currency": "USD"}

ACTS: Mapping[str, Act] = {
    "image": _shows("image", "image/jpeg", caption="This one?"),
    "voice note": _shows("audio", "audio/ogg; codecs=opus", voice=True),
    "video": _shows("video", "video/mp4"),
    "document": _shows("document", "application/pdf", filename="order.pdf"),
    "sticker": _shows("sticker", "image/webp"),
    "location": _sends("location", {"latitude": 37.4, "longitude": -122.1}),
    "contacts": _sends("contacts", [{"name": {"formatted_name": "Ada", "first_name": "Ada"}}]),
    "order": _sends("order", {"catalog_id": "194836987003835", "product_items": [_ITEM]}),
    "reaction": _reacts("❤️"),
    "removed reaction": _reacts(""),
    "quick reply": _sends("button", {"text": "Unsubscribe"}),
    "button reply": _replies("button_reply", id="cancel", title="Cancel"),
    "list reply": _replies("list_reply", id="express", title="Express"),
    "flow reply": _replies("nfm_reply", response_json='{"rating":"4"}'),
    "call permission": _replies("call_permission_reply", response="reject"),
    "forwarded text": _says(context={"forwarded": True}),
    "text from an ad": _clicks_ad,
    "edit": _edits("messages"),
    "deletion": _deletes,
    "unsupported message": _edits("unsupported"),
    "changed number": _changes_number,
}
"""What people do, by the kind of message that the business gets of it."""
PAYLOADS: Mapping[str, Callable[[bytes], bytes]] = {
    "welcome request": lambda body: payloads.with_message(body, "request_welcome"),
    "interactive message without content": lambda body: payloads.with_message(body, "interactive"),
}
"""Kinds that nobody's act makes: what they are, made of a text."""


def every_kind(examination: Examination) -> Outcome:
    """A message of each kind is taken."""
    return _all_taken(examination, "kinds of messages", _of_each_kind(examination.platform))


def _of_each_kind(platform: Platform) -> Iterator[tuple[str, bytes]]:
    for name, act in ACTS.items():
        yield name, platform.does(partial(act, platform, platform.person()))
    for name, change in PAYLOADS.items():
        yield name, change(platform.writes(platform.person(), "Hello"))


def other_fields(examination: Examination) -> Outcome:
    """Meta's documented samples of every other field are taken."""
    return _all_taken(examination, "samples of other fields", _samples(examination.platform))


def _samples(platform: Platform) -> Iterator[tuple[str, bytes]]:
    person = platform.person()
    for field, names in platform.sandbox.webhooks.samples().items():
        for name in names if field != "messages" else ():
            yield f"{field} {name}", platform.fires(field, name, person)


def _all_taken(examination: Examination, what: str, bodies: Iterator[tuple[str, bytes]]) -> Outcome:
    answers = {name: examination.callback.post(body) for name, body in bodies}
    refused: dict[str, list[str]] = {}
    for name, answer in answers.items():
        if not answer.is_accepted:
            refused.setdefault(str(answer), []).append(name)
    if not refused:
        return passed(f"{len(answers)} {what} were taken")
    number = sum(map(len, refused.values()))
    shown = "; ".join(f"{answer} for {_some(names)}" for answer, names in refused.items())
    return failed(f"{number} of {len(answers)} {what} were not taken: {shown}")


def _some(names: list[str]) -> str:
    """The first names of a list, with how many there are more."""
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def hidden_number(examination: Examination) -> Outcome:
    """A text of somebody is taken, and answered like others, whose username hides the number."""
    platform = examination.platform
    person = platform.person(hidden=True)
    answer = examination.callback.post(platform.writes(person, examination.text))
    seen = f"a text without from and wa_id was answered {answer}"
    if not answer.is_accepted:
        return failed(seen)
    if examination.answers and not examination.calls_to(person):
        return warning(f"{seen}, and the app sent nothing to its author")
    return passed(seen)


def taken(what: str, *changes: Callable[[bytes], bytes]) -> Callable[[Examination], Outcome]:
    """Make what judges whether a text is taken once it was changed, in each of these ways."""

    def judge(examination: Examination) -> Outcome:
        platform = examination.platform
        for change in changes:
            answer = examination.callback.post(change(platform.writes(platform.person(), examination.text)))
            if not answer.is_accepted:
                return failed(f"{what} was answered {answer}")
        return passed(f"{what} was taken")

    return judge


def user_actions(body: bytes) -> bytes:
    """A webhook of a click on a marketing message, which has neither messages nor statuses."""
    timestamp = payloads.value_of(body)["messages"][0]["timestamp"]
    click = {"click_component": "cta", "click_id": "click_id", "tracking_token": "example_token"}
    action = {"action_type": "marketing_messages_link_click", "timestamp": timestamp}
    return payloads.with_value(body, user_actions=[action | {"marketing_messages_link_click_data": click}])


def errors_alone(body: bytes) -> bytes:
    """A webhook about a problem of the account, which has errors alone."""
    details = "Message failed to send because there were too many messages sent from this phone number"
    error = {"code": 130429, "title": "Rate limit hit", "message": "Rate limit hit"}
    return payloads.with_value(body, errors=[error | {"error_data": {"details": details}}])
