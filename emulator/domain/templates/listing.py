"""The components of a template as ``GET`` lists them, not quite as they were written, and the way back.

The platform puts in the texts it writes itself, shows an OTP button as the URL button it is (recorded 2024
and 2025), and the address of an uploaded sample in place of its handle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qs, urlsplit

from emulator.domain.templates.components import OTP_ADDRESS, Button, TemplateParts, template_parts
from emulator.domain.templates.variables import fill

SAMPLE_CODE = "123456"
_FILES = "https://scontent.whatsapp.net/v/t61.29466-34"
_SUFFIXES = {"VIDEO": "mp4", "GIF": "mp4", "DOCUMENT": "pdf"}


def as_listed(components: Sequence[Mapping[str, Any]], language: str = "en_US") -> tuple[dict[str, Any], ...]:
    """List the ``components`` of a template in ``language`` as the platform's answers show them.

    The stored components stay as they are; a handle becomes an address made of it alone.
    """
    made = template_parts(components, language)
    return tuple(_listed(component, made, language) for component in components)


def _listed(component: Mapping[str, Any], made: TemplateParts, language: str) -> dict[str, Any]:
    shown = dict(component)
    if shown["type"] == "HEADER" and "header_handle" in (shown.get("example") or {}):
        handles = shown["example"]["header_handle"]
        handles = handles if isinstance(handles, list) else [handles]
        addresses = [_address(str(handle), shown["format"]) for handle in handles]
        shown["example"] = {**shown["example"], "header_handle": addresses}
    elif shown["type"] == "BODY" and "text" not in shown and made.body is not None:
        shown = {"type": "BODY", "text": made.body.text} | shown
        shown["example"] = {"body_text": [[SAMPLE_CODE]]}
    elif shown["type"] == "FOOTER" and "text" not in shown and made.footer is not None:
        shown = {"type": "FOOTER", "text": made.footer.text} | shown
    elif shown["type"] == "BUTTONS":
        pairs = zip(shown.get("buttons", ()), made.buttons, strict=True)
        shown["buttons"] = [_button(written, button) for written, button in pairs]
    elif shown["type"] == "CAROUSEL":
        shown["cards"] = [
            {**card, "components": list(as_listed(card["components"], language))}
            for card in shown.get("cards", ())
        ]
    return shown


def _button(written: Mapping[str, Any], button: Button) -> dict[str, Any]:
    if button.type == "OTP":
        example = fill(button.url or "", {"1": SAMPLE_CODE})
        return {"type": "URL", "text": button.text, "url": button.url, "example": [example]}
    return {**written, "text": button.text}


def _address(handle: str, format_: str) -> str:
    """Where the platform would show the sample with this ``handle``; one that is an address stays."""
    if handle.startswith(("http://", "https://")):
        return handle
    number = int.from_bytes(blake2b(handle.encode(), digest_size=8).digest()) % 10**16
    return f"{_FILES}/{number:016}_n.{_SUFFIXES.get(format_, 'jpg')}"


def as_written(components: Sequence[Mapping[str, Any]], category: str) -> tuple[dict[str, Any], ...]:
    """Take listed ``components`` of a template of a ``category`` back to the form in which they are stored.

    The texts that the platform wrote into an authentication template go, and its URL button is an OTP button
    again. The addresses of samples stay: their handles cannot be known. ``as_listed`` of the result is what
    was given, unless the platform's wording has changed since.
    """
    return tuple(_written(component, category) for component in components)


def _written(component: Mapping[str, Any], category: str) -> dict[str, Any]:
    kept = {name: value for name, value in component.items() if value is not None}
    kind = kept.get("type")
    if kind == "BODY" and category == "AUTHENTICATION":
        kept = {name: value for name, value in kept.items() if name not in ("text", "example")}
    elif kind == "FOOTER" and "code_expiration_minutes" in kept:
        kept = {name: value for name, value in kept.items() if name != "text"}
    elif kind == "BUTTONS":
        kept["buttons"] = [_written_button(button) for button in kept.get("buttons", ())]
    elif kind == "CAROUSEL":
        kept["cards"] = [
            {**card, "components": list(as_written(card["components"], category))}
            for card in kept.get("cards", ())
        ]
    return kept


def _written_button(listed: Mapping[str, Any]) -> dict[str, Any]:
    if listed.get("type") != "URL" or not str(listed.get("url", "")).startswith(OTP_ADDRESS):
        return {name: value for name, value in listed.items() if value is not None}
    query = {name: values[0] for name, values in parse_qs(urlsplit(listed["url"]).query).items()}
    made = {"type": "OTP", "otp_type": query.get("otp_type", "COPY_CODE"), "text": listed.get("text")}
    app = {name: query[name] for name in ("package_name", "signature_hash") if name in query}
    return made | ({"supported_apps": [app]} if app else {})
