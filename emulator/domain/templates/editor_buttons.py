"""The editor's rules about buttons: how many, in which order, and what each must bring."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from emulator.domain.errors import TemplateEditorError, bad_parameter
from emulator.domain.templates.components import BUTTON_TYPES, OTHER_BUTTON_TYPES, OTP_TYPES
from emulator.domain.templates.refusals import NotEmulated, missing_field, refusal, too_long
from emulator.domain.templates.template import Draft
from emulator.domain.templates.variables import (
    has_malformed_braces,
    illegal_names,
    occurrences,
)

MOST_BUTTONS = 10
MOST_OF_TYPE = {"URL": 2, "PHONE_NUMBER": 1, "COPY_CODE": 1}
LABEL_LENGTH = 25
URL_LENGTH = 2000
PHONE_LENGTH = 20
COUPON_LENGTH = 20
MOST_APPS = 5
PACKAGE_LENGTH = 224

WHATSAPP_HOSTS = ("wa.me", "whatsapp.com")
COMBINATION_TITLE = "Button combination is not valid"
OTP_TITLE = "Authentication button is not valid"

_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+")
_SIGNATURE = re.compile(r"[A-Za-z0-9+/=]{11}")


def check_buttons(component: Mapping[str, Any] | None, draft: Draft) -> None:
    """Refuse buttons that are unknown, too many, badly ordered, or incomplete.

    The platform's numbers for counts, order and one-time-password buttons are not known; the wording is ours.
    """
    buttons: Sequence[Mapping[str, Any]] = component.get("buttons") or () if component else ()
    for place, button in enumerate(buttons):
        _check_type(place, str(button.get("type")))
    kinds = [str(button["type"]) for button in buttons]
    if draft.category == "AUTHENTICATION":
        if kinds != ["OTP"]:
            raise refusal(None, OTP_TITLE, "An authentication template must have exactly one OTP button.")
    elif "OTP" in kinds:
        raise refusal(None, OTP_TITLE, "OTP buttons are only for authentication templates.")
    if component is not None and not buttons:
        raise missing_field("BUTTONS", "buttons")
    _check_counts(kinds)
    _check_order(kinds)
    for place, button in enumerate(buttons):
        _check_button(place, button)


def _check_type(place: int, kind: str) -> None:
    if kind in OTHER_BUTTON_TYPES:
        raise NotEmulated(f"{kind} buttons")
    if kind not in BUTTON_TYPES:
        known = ", ".join((*BUTTON_TYPES, *OTHER_BUTTON_TYPES))
        raise bad_parameter(f"Param buttons[{place}]['type'] must be one of {{{known}}} - got \"{kind}\".")


def _check_counts(kinds: Sequence[str]) -> None:
    if len(kinds) > MOST_BUTTONS:
        raise refusal(None, COMBINATION_TITLE, f"A message template can have at most {MOST_BUTTONS} buttons.")
    counts = Counter(kinds)
    for kind, most in MOST_OF_TYPE.items():
        if counts[kind] > most:
            raise refusal(
                None,
                COMBINATION_TITLE,
                f"A message template can have at most {most} button(s) of type {kind}.",
            )


def _check_order(kinds: Sequence[str]) -> None:
    """Quick replies stand together, before or after all others."""
    blocks = [is_reply for is_reply, _ in groupby(kinds, key=lambda kind: kind == "QUICK_REPLY")]
    if len(blocks) > 2:
        raise refusal(
            None,
            COMBINATION_TITLE,
            "Quick reply buttons must be grouped together, before or after all other buttons.",
            hint=f"The buttons are {', '.join(kinds)}.",
        )


def _check_button(place: int, button: Mapping[str, Any]) -> None:
    kind = button["type"]
    label = button.get("text")
    if not label and kind not in ("COPY_CODE", "OTP"):
        raise _incomplete(place, kind, "text")
    if label and len(label) > LABEL_LENGTH:
        raise too_long("button label", len(label), LABEL_LENGTH)
    if kind == "URL":
        _check_url(place, button)
    elif kind == "PHONE_NUMBER":
        number = button.get("phone_number")
        if not number:
            raise _incomplete(place, kind, "phone_number")
        if len(number) > PHONE_LENGTH:
            raise too_long("phone number of a button", len(number), PHONE_LENGTH)
    elif kind == "COPY_CODE":
        coupon = _first(button.get("example"))
        if not coupon:
            raise missing_field(
                "BUTTONS", "example", "A COPY_CODE button needs a sample code as its example."
            )
        if len(coupon) > COUPON_LENGTH:
            raise too_long("code of a button", len(coupon), COUPON_LENGTH)
    elif kind == "OTP":
        _check_otp(place, button)


def _check_url(place: int, button: Mapping[str, Any]) -> None:
    """Refuse an address that is none, leads to WhatsApp, or has its variable elsewhere than at the end.

    Only the sentence about WhatsApp is recorded.
    """
    url = button.get("url")
    if not url:
        raise _incomplete(place, "URL", "url")
    if len(url) > URL_LENGTH:
        raise too_long("address of a button", len(url), URL_LENGTH)
    host = _host(url)
    if host is None:
        raise refusal(None, "Button URL is not valid", f"{url} is not a valid website address.")
    if any(host == known or host.endswith(f".{known}") for known in WHATSAPP_HOSTS):
        raise refusal(
            2388081,
            "Error while adding button URL",
            "Direct links to WhatsApp aren't allowed for buttons.",
        )
    variables = occurrences(url)
    if (
        has_malformed_braces(url)
        or illegal_names(url)
        or len(variables) > 1
        or (variables and not url.endswith("}}"))
    ):
        raise refusal(
            None, "Button URL is not valid", "A button URL can have one variable, at the end of the address."
        )
    example = _first(button.get("example"))
    if variables and not example:
        raise missing_field("BUTTONS", "example", "A URL with a variable needs an example address.")
    if example and not variables:
        raise missing_field("BUTTONS", "example", "A URL without a variable takes no example.")


def _check_otp(place: int, button: Mapping[str, Any]) -> None:
    kind = button.get("otp_type")
    if kind is None:
        raise _incomplete(place, "OTP", "otp_type")
    if kind not in OTP_TYPES:
        known = ", ".join(OTP_TYPES)
        raise bad_parameter(
            f"Param buttons[{place}]['otp_type'] must be one of {{{known}}} - got \"{kind}\"."
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
        raise refusal(None, OTP_TITLE, f"An OTP button can have at most {MOST_APPS} supported apps.")
    for app in apps:
        package, signature = str(app.get("package_name", "")), str(app.get("signature_hash", ""))
        if not _PACKAGE.fullmatch(package) or len(package) > PACKAGE_LENGTH:
            raise refusal(None, OTP_TITLE, f'"{package}" is not a valid package name.')
        if not _SIGNATURE.fullmatch(signature):
            raise refusal(None, OTP_TITLE, "A signature hash must have exactly 11 characters.")
    if kind == "ZERO_TAP" and button.get("zero_tap_terms_accepted") is not True:
        raise refusal(None, OTP_TITLE, "Zero-tap buttons need zero_tap_terms_accepted to be true.")


def _incomplete(place: int, kind: str, field: str) -> TemplateEditorError:
    """A button lacks a field; the number is the platform's (2388050), the wording ours."""
    return refusal(
        2388050,
        "Message template button is missing expected field(s)",
        f"button at index {place} of type {kind} is missing expected field(s) ({field})",
    )


def _host(url: str) -> str | None:
    try:
        address = urlsplit(url)
        host = address.hostname
    except ValueError:
        return None
    if address.scheme not in ("http", "https") or not host or "{" in host:
        return None
    return host


def _first(example: Any) -> str:
    if isinstance(example, list):
        return str(example[0]) if example else ""
    return "" if example is None else str(example)
