"""The editor's rules about the fields of each button (D/templates/components)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from emulator.domain.content.interactive.calls import CALL_MINUTES
from emulator.domain.errors import TemplateEditorError, bad_parameter
from emulator.domain.shapes import web_host
from emulator.domain.templates.components import COUPON_LENGTH, OTP_TYPES
from emulator.domain.templates.editor.characters import emojis, has_formatting
from emulator.domain.templates.editor.schema import needed_of
from emulator.domain.templates.refusals import missing_field, refusal, too_long
from emulator.domain.templates.variables import (
    has_malformed_braces,
    illegal_names,
    is_positional,
    occurrences,
)

LABEL_LENGTH = 25
URL_LENGTH = 2000
PHONE_LENGTH = 20
MOST_APPS = 5
"""How many ``supported_apps`` an OTP button may have."""
PACKAGE_LENGTH = 224

WHATSAPP_HOSTS = ("wa.me", "whatsapp.com")
"""Hosts, with all their subdomains, that a URL button must not lead to."""
BUTTON_TITLE = "Button format is incorrect"
OTP_TITLE = "Authentication button is not valid"

_FLOW_REFERENCES = ("flow_id", "flow_name", "flow_json")
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+")
_SIGNATURE = re.compile(r"[A-Za-z0-9+/=]{11}")


def check_button(place: int, button: Mapping[str, Any], labels: Collection[str] | None = None) -> None:
    """Refuse a button that lacks a field its type needs, or has a field that is too long or malformed.

    ``place`` is its index from 0, for the sentence; ``labels`` are those that an OTP button may have,
    ``None`` for any. The type must be known already. Raises :class:`TemplateEditorError`, or ``(#100)`` for
    an unknown ``otp_type``.
    """
    kind = button["type"]
    for field in needed_of(f"BUTTONS.{kind}"):
        if not button.get(field):
            raise _incomplete(place, kind, field)
    if label := button.get("text"):
        _check_label(label)
    if kind == "URL":
        _check_url(button)
    elif kind == "PHONE_NUMBER":
        _check_number(button["phone_number"])
    elif kind == "COPY_CODE":
        coupon = example_of(button)
        if not coupon:
            raise missing_field(
                "BUTTONS", "example", "A COPY_CODE button needs a sample code as its example."
            )
        if len(coupon) > COUPON_LENGTH:
            raise too_long("code of a button", len(coupon), COUPON_LENGTH)
    elif kind == "OTP":
        _check_otp(place, button, labels)
    elif kind == "FLOW":
        _check_flow(place, button)
    elif kind == "VOICE_CALL":
        _check_call(button)


def example_of(button: Mapping[str, Any]) -> str:
    """Read the example of a button, which may stand bare or in an array; empty when it has none."""
    example = button.get("example")
    if isinstance(example, list):
        return str(example[0]) if example else ""
    return "" if example is None else str(example)


def _check_label(label: str) -> None:
    """Refuse a label that is too long, or has more than plain words (2388060, recorded)."""
    if len(label) > LABEL_LENGTH:
        raise too_long("button label", len(label), LABEL_LENGTH)
    if "\n" in label or occurrences(label) or has_formatting(label) or emojis(label):
        raise refusal(
            2388060,
            BUTTON_TITLE,
            "Buttons can't have any variables, newlines, emojis or formatting characters.",
            hint=f"The label came as {label!r}; plain letters, digits and spaces always pass.",
        )


def _check_number(number: str) -> None:
    """Refuse a phone number that is too long; that it is one was judged by the reader."""
    if len(number) > PHONE_LENGTH:
        raise too_long("phone number of a button", len(number), PHONE_LENGTH)


def _check_flow(place: int, button: Mapping[str, Any]) -> None:
    """Refuse a button that names no flow, or two of them; the second sentence is ours."""
    references = [key for key in _FLOW_REFERENCES if button.get(key)]
    if not references:
        raise _incomplete(place, "FLOW", "flow_id")
    if len(references) > 1:
        raise refusal(
            None,
            "Flow button is not valid",
            "A flow button must have exactly one of flow_id, flow_name and flow_json.",
            hint=f"It has {', '.join(references)}.",
        )


def _check_call(button: Mapping[str, Any]) -> None:
    """Refuse a call button that works for less than a minute or more than thirty days; our wording."""
    minutes, (least, most) = button.get("ttl_minutes"), CALL_MINUTES
    if minutes is not None and not least <= minutes <= most:
        raise refusal(
            None,
            "Call button is not valid",
            f"A call button must work for at least {least} and at most {most} minutes.",
            hint=f"ttl_minutes came as {minutes}; leave it out for the default.",
        )


def _check_url(button: Mapping[str, Any]) -> None:
    """Refuse an address that leads to WhatsApp, or has its variable elsewhere than at the end.

    The sentence about WhatsApp is recorded, of the other the number and the title are.
    """
    url = button["url"]
    if len(url) > URL_LENGTH:
        raise too_long("address of a button", len(url), URL_LENGTH)
    host = web_host(url) or ""
    if any(host == known or host.endswith(f".{known}") for known in WHATSAPP_HOSTS):
        raise refusal(
            2388081,
            "Error while adding button URL",
            "Direct links to WhatsApp aren't allowed for buttons.",
            hint=f"The host {host} belongs to WhatsApp; link to a page of your own.",
        )
    variables = occurrences(url)
    if (
        has_malformed_braces(url)
        or illegal_names(url)
        or len(variables) > 1
        or any(is_positional(name) and name != "1" for name in variables)
        or (variables and not url.endswith("}}"))
    ):
        raise refusal(
            2388052,
            "Message template button has invalid URL format",
            "A button URL can have one variable, at the end of the address.",
            hint="A numbered variable is {{1}}, whatever numbers the body has.",
        )
    example = example_of(button)
    if variables and not example:
        raise missing_field("BUTTONS", "example", "A URL with a variable needs an example address.")
    if example and not variables:
        raise missing_field("BUTTONS", "example", "A URL without a variable takes no example.")


def _check_otp(place: int, button: Mapping[str, Any], labels: Collection[str] | None) -> None:
    kind = button["otp_type"]
    label = button.get("text")
    if label and labels is not None and label.casefold() not in map(str.casefold, labels):
        raise refusal(
            2388060,
            BUTTON_TITLE,
            "Buttons can't have any variables, newlines, emojis, or formatting characters.",
            hint=f"An OTP button has the platform's label: leave it out, or write {' or '.join(labels)}.",
        )
    if kind not in OTP_TYPES:
        known = ", ".join(OTP_TYPES)
        raise bad_parameter(
            f"Param buttons[{place}]['otp_type'] must be one of {{{known}}} - got \"{kind}\".",
            hint=f"The otp_type of the button at index {place} is unknown; types are upper case.",
        )
    autofill = button.get("autofill_text")
    if autofill and len(autofill) > LABEL_LENGTH:
        raise too_long("autofill label", len(autofill), LABEL_LENGTH)
    if kind == "COPY_CODE":
        return
    apps = button.get("supported_apps") or ()
    if not apps:
        raise _incomplete(place, "OTP", "supported_apps")
    if len(apps) > MOST_APPS:
        raise refusal(
            None,
            OTP_TITLE,
            f"An OTP button can have at most {MOST_APPS} supported apps.",
            hint=f"It has {len(apps)}, {len(apps) - MOST_APPS} too many.",
        )
    for app in apps:
        package, signature = str(app.get("package_name", "")), str(app.get("signature_hash", ""))
        if not _PACKAGE.fullmatch(package) or len(package) > PACKAGE_LENGTH:
            raise refusal(
                None,
                OTP_TITLE,
                f'"{package}" is not a valid package name.',
                hint="It has two parts or more with dots between, as com.example.app has.",
            )
        if not _SIGNATURE.fullmatch(signature):
            raise refusal(
                None,
                OTP_TITLE,
                "A signature hash must have exactly 11 characters.",
                hint=f"The hash of {package} came as {signature!r}.",
            )
    if kind == "ZERO_TAP" and button.get("zero_tap_terms_accepted") is not True:
        raise refusal(
            None,
            OTP_TITLE,
            "Zero-tap buttons need zero_tap_terms_accepted to be true.",
            hint=f"The member came as {button.get('zero_tap_terms_accepted')!r}.",
        )


def _incomplete(place: int, kind: str, field: str) -> TemplateEditorError:
    """A button lacks a field; the number is the platform's (2388050), the wording ours."""
    return refusal(
        2388050,
        "Message template button is missing expected field(s)",
        f"button at index {place} of type {kind} is missing expected field(s) ({field})",
        hint=f"Give the button at index {place} the member {field}, with a value.",
    )
