"""The ordered checks a message passes: at once when it is sent, and later when it is delivered.

The order is a reconstruction from many reports (account before recipient before template), see
``docs/fidelity.md``. Each rule knows the page it comes from, and its refusal the facts it saw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from emulator.domain import marketing
from emulator.domain.accounts import BusinessNumber
from emulator.domain.errors import DOCS, ERROR_CODES, MessageError, message_error
from emulator.domain.groups import Group
from emulator.domain.media import File, not_downloaded
from emulator.domain.media import check as check_file
from emulator.domain.messages import interactive, reaction
from emulator.domain.messages.content import Content, FreeForm, TemplateUse
from emulator.domain.messages.interactive.orders import Order
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people import Person
from emulator.domain.templates.template import Status, Template
from emulator.domain.windows import Window


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file that a message shows, as it was uploaded or found behind a link."""

    kind: str
    file: File | None
    """``None`` when a link led nowhere, or to where nobody looks."""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """Everything a rule may look at when somebody sends a message."""

    at: datetime
    number: BusinessNumber
    wa_id: str
    content: Content
    by_user_id: bool = False
    """Whether the recipient was given by a business-scoped user id alone."""
    allowed: bool = True
    """Whether the recipient is on the allow-list of a test number."""
    person: Person | None = None
    window: Window | None = None
    template: Template | None = None
    direct: bool = False
    """Whether it is sent directly: it makes a template of itself, and needs no window."""
    name_taken: bool = False
    """Whether the name it asks for that template is another one's."""
    route: marketing.Route = marketing.BY_MESSAGES
    asked_to_call: tuple[datetime, ...] = ()
    """When this number asked this person for permission to call, in the last seven days."""
    files: tuple[ShownFile, ...] = ()
    target: Message | None = None
    """The message that a reaction is about."""
    order: Order | None = None
    """The order that a new status is about, as it stands."""
    group: Group | None = None
    """The group it is written in, instead of to a person."""
    identity_key_hash: str | None = None
    """What the caller expects the recipient's identity to be."""

    @property
    def use(self) -> TemplateUse | None:
        return self.content if isinstance(self.content, TemplateUse) else None

    def value_of(self, kind: str) -> Any:
        """What stands under ``kind`` in a free-form message of it, else ``None``."""
        content = self.content
        return content.value if isinstance(content, FreeForm) and content.kind.name == kind else None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the platform."""

    name: str
    judge: Callable[[Attempt], None]
    """Raises :class:`MessageError` when the attempt breaks the rule."""
    source: str

    def check(self, attempt: Attempt) -> None:
        """Judge, and sign a refusal with this rule's name and source."""
        try:
            self.judge(attempt)
        except MessageError as refusal:
            refusal.rule, refusal.source = self.name, self.source
            raise


def number_is_registered(attempt: Attempt) -> None:
    if not attempt.number.registered:
        raise message_error(133010, hint="Register the number first.")


def recipient_is_somebody_else(attempt: Attempt) -> None:
    if attempt.wa_id == attempt.number.digits:
        raise message_error(131021, hint="A number cannot write to itself.")


def recipient_is_allowed(attempt: Attempt) -> None:
    if attempt.number.is_test and attempt.group is None and not attempt.allowed:
        raise message_error(
            131030,
            hint=f"{attempt.number.id} is a test number and {attempt.wa_id} is not on its allow-list; "
            "allow it in the seed (numbers[].allowed) or send from a production number.",
            facts={"phone_number_id": attempt.number.id, "wa_id": attempt.wa_id},
        )


def group_can_be_written_in(attempt: Attempt) -> None:
    group = attempt.group
    if group is None:
        return
    if group.phone_number_id != attempt.number.id:
        raise message_error(131041, hint=f"The group belongs to {group.phone_number_id}.")
    if group.suspended:
        raise message_error(131207, hint="The group is suspended.")
    if not group.participants:
        raise message_error(131020, hint="Nobody is in the group but the business.")


def content_fits_the_recipient(attempt: Attempt) -> None:
    """In groups texts, files, pins and templates without codes; pins nowhere else."""
    content = attempt.content
    if attempt.group is None:
        fits = not isinstance(content, FreeForm) or content.kind.name != "pin"
    elif isinstance(content, FreeForm):
        fits = content.kind.in_groups
    else:
        fits = attempt.template is None or attempt.template.category != "AUTHENTICATION"
    if not fits:
        where = "to a person" if attempt.group is None else "in a group"
        raise message_error(131051, hint=f"This kind of message cannot be sent {where}.")


def recipient_is_still_the_same(attempt: Attempt) -> None:
    expected = attempt.identity_key_hash
    known = attempt.person.identity_key_hash if attempt.person else None
    if None not in (expected, known) and expected != known:
        raise message_error(
            137000,
            hint=f"The identity of {attempt.wa_id} is {known}, not {expected}: they have a new phone, or the "
            "number has a new owner.",
            facts={"wa_id": attempt.wa_id, "identity_key_hash": known, "expected": expected},
        )


def template_exists(attempt: Attempt) -> None:
    use, template = attempt.use, attempt.template
    if use is None:
        return
    if template is None or template.status in (Status.PENDING, Status.REJECTED):
        state = f"it is {template.status}" if template else "no template of that name has that language"
        raise message_error(
            132001,
            f"template name ({use.name}) does not exist in {use.language}",
            hint=f"Only an approved template can be sent; {state}.",
            facts={"name": use.name, "language": use.language, "status": template and template.status},
        )


def template_is_not_generated(attempt: Attempt) -> None:
    if attempt.template and attempt.template.is_generated:
        raise message_error(
            132018,
            "Direct send template can't be used for template message",
            hint="Direct Send made this template; send its content directly again.",
            facts={"template_id": attempt.template.id},
        )


def template_is_not_paused(attempt: Attempt) -> None:
    if attempt.use and attempt.template and attempt.template.status is Status.PAUSED:
        raise message_error(
            132015,
            hint="A paused template cannot be sent until it is unpaused.",
            facts={"template_id": attempt.template.id},
        )


def template_is_not_disabled(attempt: Attempt) -> None:
    if attempt.use and attempt.template and attempt.template.status is Status.DISABLED:
        raise message_error(
            132016,
            hint="A disabled template stays disabled; use another one.",
            facts={"template_id": attempt.template.id},
        )


def marketing_goes_its_way(attempt: Attempt) -> None:
    if attempt.template:
        marketing.check(attempt.template, attempt.route, attempt.at)


def sample_comes_from_a_test_number(attempt: Attempt) -> None:
    if attempt.template and attempt.template.name == "hello_world" and not attempt.number.is_test:
        raise message_error(
            131058,
            hint="hello_world may be sent from a test number only.",
            facts={"phone_number_id": attempt.number.id},
        )


def code_goes_to_a_number(attempt: Attempt) -> None:
    if attempt.by_user_id and attempt.template and attempt.template.category == "AUTHENTICATION":
        raise message_error(131062, hint="Send an authentication template to the phone number (`to`).")


def call_may_be_asked_for(attempt: Attempt) -> None:
    value = attempt.value_of("interactive")
    if value is not None and value["type"] == "call_permission_request":
        interactive.calls.check_requests(attempt.asked_to_call, attempt.at)


def recipient_is_on_whatsapp(attempt: Attempt) -> None:
    if attempt.group is None and (attempt.person is None or not attempt.person.on_whatsapp):
        known = "is not on WhatsApp" if attempt.person else "belongs to nobody in this sandbox"
        raise message_error(
            131026,
            hint=f"{attempt.wa_id} {known}; add a person with that number to reach them.",
            facts={"wa_id": attempt.wa_id},
        )


def template_name_is_free(attempt: Attempt) -> None:
    if attempt.name_taken:
        raise message_error(132021, hint="An ordinary template has the name in direct_send_config.")


def window_is_open(attempt: Attempt) -> None:
    if attempt.use or attempt.direct or (attempt.window and attempt.window.is_open(attempt.at)):
        return
    last = attempt.window.last_inbound_at if attempt.window else None
    hint = (
        f"The window closed at {attempt.window.closes_at.isoformat()}, 24 hours after their last message."
        if attempt.window
        else "They never wrote to this number, so no window was ever open."
    )
    raise message_error(
        131047,
        hint=hint + " Send an approved template, or wait for them to write.",
        facts={"wa_id": attempt.wa_id, "last_inbound_at": last and last.isoformat()},
    )


def files_can_be_shown(attempt: Attempt) -> None:
    for shown in attempt.files:
        if shown.problem is not None:
            raise not_downloaded(shown.problem)
        if shown.file is not None:
            check_file(shown.kind, shown.file)


def reaction_has_a_target(attempt: Attempt) -> None:
    if attempt.value_of("reaction") is not None:
        reaction.check_target(attempt.target, attempt.wa_id, attempt.number.id, attempt.at)


def order_moves_on(attempt: Attempt) -> None:
    value = attempt.value_of("interactive")
    if value is not None and value["type"] == "order_status":
        interactive.orders.check_transition(attempt.order, value["action"]["parameters"])


WINDOW = Rule("window_is_open", window_is_open, f"{DOCS}/messages/send-messages#customer-service-windows")

AT_ONCE: tuple[Rule, ...] = (
    Rule("number_is_registered", number_is_registered, ERROR_CODES),
    Rule("recipient_is_somebody_else", recipient_is_somebody_else, ERROR_CODES),
    Rule("recipient_is_allowed", recipient_is_allowed, f"{DOCS}/about-the-platform"),
    Rule("group_can_be_written_in", group_can_be_written_in, f"{DOCS}/groups/error-codes"),
    Rule("recipient_is_still_the_same", recipient_is_still_the_same, ERROR_CODES),
    Rule("template_exists", template_exists, ERROR_CODES),
    Rule("template_is_not_generated", template_is_not_generated, ERROR_CODES),
    Rule("template_is_not_paused", template_is_not_paused, f"{DOCS}/templates/template-pausing"),
    Rule("template_is_not_disabled", template_is_not_disabled, ERROR_CODES),
    Rule(
        "marketing_goes_its_way",
        marketing_goes_its_way,
        f"{DOCS}/marketing-messages/send-marketing-messages",
    ),
    Rule("sample_comes_from_a_test_number", sample_comes_from_a_test_number, ERROR_CODES),
    Rule("code_goes_to_a_number", code_goes_to_a_number, f"{DOCS}/business-scoped-user-ids"),
    Rule("content_fits_the_recipient", content_fits_the_recipient, f"{DOCS}/groups/groups-messaging"),
    Rule("call_may_be_asked_for", call_may_be_asked_for, f"{DOCS}/calling/user-call-permissions"),
)
"""Checked before the answer: a refusal is the answer, and no message exists."""

LATER: tuple[Rule, ...] = (
    Rule("recipient_is_on_whatsapp", recipient_is_on_whatsapp, ERROR_CODES),
    Rule("template_name_is_free", template_name_is_free, f"{DOCS}/direct-send/business-named-templates"),
    WINDOW,
    Rule("files_can_be_shown", files_can_be_shown, f"{DOCS}/business-phone-numbers/media"),
    Rule("reaction_has_a_target", reaction_has_a_target, f"{DOCS}/messages/reaction-messages"),
    Rule("order_moves_on", order_moves_on, f"{DOCS}/payments/payments-in/pg"),
)
"""Checked after the 200: a refusal is a ``failed`` status."""


def check(attempt: Attempt, rules: Iterable[Rule]) -> None:
    """Pass ``attempt`` through ``rules`` in order; raises the first refusal (:class:`MessageError`)."""
    for rule in rules:
        rule.check(attempt)


__all__ = ["AT_ONCE", "LATER", "WINDOW", "Attempt", "MessageError", "Rule", "ShownFile", "check"]
