"""The template library: templates that the platform has written, from which a WABA can create its own.

Source: D/templates/template-library. Its contents are data; here is what can be done with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from emulator.domain.errors import bad_parameter
from emulator.domain.shapes import Choice, Flag, Record, Text
from emulator.domain.templates.editor.button_fields import check_button
from emulator.domain.templates.editor.schema import shape_of
from emulator.domain.templates.refusals import not_a_library_language, not_in_library, refusal
from emulator.domain.templates.template import Draft, Template
from emulator.domain.values import dataclass

TOPICS = (
    "ACCOUNT_UPDATE",
    "ACCOUNT_UPDATES",
    "CUSTOMER_FEEDBACK",
    "EVENT_REMINDER",
    "IDENTITY_VERIFICATION",
    "ORDER_MANAGEMENT",
    "PAYMENTS",
)
"""The values of ``topic``; ``ACCOUNT_UPDATE`` as the page prints it, ``ACCOUNT_UPDATES`` as answers have
it."""
INDUSTRIES = ("E_COMMERCE", "FINANCIAL_SERVICES")
INPUT_TYPES = (
    "QUICK_REPLY",
    "URL",
    "PHONE_NUMBER",
    "OTP",
    "MPM",
    "CATALOG",
    "FLOW",
    "VOICE_CALL",
    "APP",
)
"""The button types that ``library_template_button_inputs`` may name."""
BUTTON_INPUT = Record(
    required={"type": Choice(INPUT_TYPES)},
    optional={
        "phone_number": shape_of("BUTTONS.PHONE_NUMBER", "phone_number"),
        "url": Record(optional={"base_url": shape_of("BUTTONS.URL", "url"), "url_suffix_example": Text()}),
        **{
            name: shape_of("BUTTONS.OTP", name)
            for name in ("otp_type", "supported_apps", "zero_tap_terms_accepted")
        },
    },
)
"""An element of ``library_template_button_inputs``: its members are declared as those of the buttons."""
BODY_INPUTS = Record(
    optional={
        **dict.fromkeys(("add_contact_number", "add_learn_more_link", "add_track_package_link"), Flag()),
        "add_security_recommendation": shape_of("BODY", "add_security_recommendation"),
        "code_expiration_minutes": shape_of("FOOTER", "code_expiration_minutes"),
    }
)
"""What ``library_template_body_inputs`` may have."""
BUTTONS_WITH_INPUT = ("URL", "PHONE_NUMBER")
"""The buttons for which a request must bring ``library_template_button_inputs``."""
TITLE = "Library template is not valid"


@dataclass(frozen=True, slots=True)
class LibraryTemplate:
    """A template of the library in one language; ``body_params`` are samples, one for each variable.

    ``body_param_types`` are the types of their values, such as ``DATE``.
    """

    id: str
    name: str
    language: str
    category: str
    topic: str
    usecase: str
    industry: tuple[str, ...]
    body: str
    body_params: tuple[str, ...] = ()
    body_param_types: tuple[str, ...] = ()
    header: str | None = None
    footer: str | None = None
    buttons: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """The filters of ``GET /message_template_library``; one that is empty or ``None`` holds for all.

    Texts of a fixed set (topic, use case, industry) are in upper case.
    """

    search: str | None = None
    name: str | None = None
    topic: str | None = None
    usecase: str | None = None
    industry: tuple[str, ...] = ()
    language: str | None = None

    def select(self, templates: Iterable[LibraryTemplate]) -> list[LibraryTemplate]:
        """Keep the templates that meet all conditions, in the library's order.

        Raises 2388049 for a language that none of them has.
        """
        known = list(templates)
        if self.language is not None and all(each.language != self.language for each in known):
            raise not_a_library_language(self.language, (each.language for each in known))
        return [template for template in known if self.admits(template)]

    def admits(self, template: LibraryTemplate) -> bool:
        """Say whether one template meets all conditions.

        ``search`` matches a part of its name or texts, without regard to case; ``topic`` with or without its
        last ``S``.
        """
        return (
            (self.search is None or self.search.lower() in _words(template))
            and (self.name is None or template.name == self.name)
            and (self.topic is None or template.topic.removesuffix("S") == self.topic.removesuffix("S"))
            and (self.usecase is None or template.usecase == self.usecase)
            and (not self.industry or not set(self.industry).isdisjoint(template.industry))
            and (self.language is None or template.language == self.language)
        )


@dataclass(frozen=True, slots=True)
class LibraryRequest:
    """A request to create a template from the library: the new name, and the inputs of its buttons.

    Each of ``button_inputs`` is as :data:`BUTTON_INPUT` declares it; they are for the buttons of their type,
    in order.
    """

    draft: Draft
    library_name: str
    button_inputs: tuple[Mapping[str, Any], ...] = ()


def draft_from_library(request: LibraryRequest, library: Iterable[LibraryTemplate]) -> Draft:
    """Build the draft of a template that is created from the library.

    ``library`` is every template there is. Raises 2388049 for a language that none of them has, and
    :class:`TemplateEditorError` when it has none of that name in the language, when the category differs, or
    when an input has no button, and ``(#100)`` when a button lacks its input; the wording is ours.
    """
    asked = request.draft
    known = list(library)
    if all(each.language != asked.language for each in known):
        raise not_a_library_language(asked.language, (each.language for each in known))
    named = [each for each in known if each.name == request.library_name]
    entry = next((each for each in named if each.language == asked.language), None)
    if entry is None:
        raise not_in_library(request.library_name, [each.language for each in named])
    if asked.category.upper() != entry.category:
        raise refusal(
            None,
            TITLE,
            f"A template from the template library must be {entry.category}.",
            "category",
            hint=f"{entry.name} of the library is {entry.category}, the category came as {asked.category}.",
        )
    return Draft(
        asked.name,
        asked.language,
        entry.category,
        _components(entry, request.button_inputs),
        message_send_ttl_seconds=asked.message_send_ttl_seconds,
        options={**asked.options, "library_template_name": entry.name},
        parameter_types=entry.body_param_types,
    )


def detached_from_library(template: Template) -> Template:
    """Copy a template without its tie to the library, since its author is about to change its components.

    Afterwards the editor's rules hold for it, and its values have no types.
    """
    options = {key: value for key, value in template.options.items() if key != "library_template_name"}
    return template.changed(options=options, parameter_types=())


def _components(entry: LibraryTemplate, inputs: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Any], ...]:
    body: dict[str, Any] = {"type": "BODY", "text": entry.body}
    if entry.body_params:
        body["example"] = {"body_text": [list(entry.body_params)]}
    made: list[Mapping[str, Any]] = [body]
    if entry.header is not None:
        made.insert(0, {"type": "HEADER", "format": "TEXT", "text": entry.header})
    if entry.footer is not None:
        made.append({"type": "FOOTER", "text": entry.footer})
    if buttons := _buttons(entry, inputs):
        made.append({"type": "BUTTONS", "buttons": buttons})
    return tuple(made)


def _buttons(entry: LibraryTemplate, inputs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    left = [given for given in inputs if given["type"] in BUTTONS_WITH_INPUT]
    buttons: list[Mapping[str, Any]] = []
    for place, button in enumerate(entry.buttons):
        if button["type"] in BUTTONS_WITH_INPUT:
            given = next((each for each in left if each["type"] == button["type"]), None)
            if given is None:
                raise bad_parameter(
                    "The parameter library_template_button_inputs is required.",
                    hint=f"The button at index {place} of {entry.name} is of type {button['type']}.",
                )
            left.remove(given)
            button = _filled(button, given)
            check_button(place, button)
        buttons.append(button)
    if left:
        raise refusal(
            None,
            TITLE,
            f"The library template has no button for an input of type {left[0]['type']}.",
            "library_template_button_inputs",
            hint=f"{entry.name} takes an input for {_listed(entry)}; leave the others out.",
        )
    return buttons


def _listed(entry: LibraryTemplate) -> str:
    """The types of the buttons that take an input, each as often as it is there."""
    kinds = [button["type"] for button in entry.buttons if button["type"] in BUTTONS_WITH_INPUT]
    return ", ".join(kinds) or "no button"


def _filled(button: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    made = {"type": button["type"], "text": button["text"]}
    if button["type"] == "PHONE_NUMBER":
        return made | {"phone_number": given.get("phone_number")}
    address = given.get("url") or {}
    made["url"] = address.get("base_url")
    if "{{" in (made["url"] or "") and address.get("url_suffix_example"):
        made["example"] = [address["url_suffix_example"]]
    return made


def _words(template: LibraryTemplate) -> str:
    parts = (template.name, template.header, template.body, template.footer)
    return "\n".join(part for part in parts if part).lower()
