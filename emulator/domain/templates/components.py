"""The components of a template as values: header, body, footer, buttons, offer and carousel cards.

The texts that the platform writes itself (authentication templates, fixed labels) are put in, so that
rendering and filling see ordinary components.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Any

from emulator.domain.templates.authentication_texts import authentication_texts
from emulator.domain.templates.variables import placeholders
from emulator.domain.values import dataclass

COMPONENT_TYPES = (
    "HEADER",
    "BODY",
    "FOOTER",
    "BUTTONS",
    "CAROUSEL",
    "LIMITED_TIME_OFFER",
    "CALL_PERMISSION_REQUEST",
)
CARD_COMPONENT_TYPES = ("HEADER", "BODY", "BUTTONS")

MEDIA_FORMATS = ("IMAGE", "VIDEO", "DOCUMENT", "GIF")
HEADER_FORMATS = ("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "LOCATION", "PRODUCT", "GIF")

BUTTON_TYPES = (
    "QUICK_REPLY",
    "URL",
    "PHONE_NUMBER",
    "COPY_CODE",
    "OTP",
    "FLOW",
    "CATALOG",
    "MPM",
    "SPM",
    "VOICE_CALL",
    "ORDER_DETAILS",
    "REQUEST_CONTACT_INFO",
    "APP",
)
OTP_TYPES = ("COPY_CODE", "ONE_TAP", "ZERO_TAP")
FLOW_ACTIONS = ("NAVIGATE", "DATA_EXCHANGE")
FLOW_ICONS = ("DOCUMENT", "PROMOTION", "REVIEW")

BODY_LENGTH = 1024
"""The most characters of a body beside other components."""
BODY_ONLY_LENGTH = 32_768
"""The most characters of a filled body in a template that has nothing else."""
OFFER_BODY_LENGTH = 600
CARD_BODY_LENGTH = 160
"""Characters of a card's body, and of the body above a single product."""
COUPON_LENGTH = 20
OFFER_COUPON_LENGTH = 15


FIXED_LABELS = {"COPY_CODE": "Copy offer code", "REQUEST_CONTACT_INFO": "Share Contact Info"}
"""Labels that the platform writes when the template has none; that of an OTP button is in its language."""
OTP_ADDRESS = "https://www.whatsapp.com/otp/code/"
"""Where the button leads that the platform makes of an OTP button."""
_OTP_URL = OTP_ADDRESS + "?otp_type={}{}&code=otp{{{{1}}}}"
_ACTION_FIELDS = ("flow_id", "flow_name", "flow_action", "navigate_screen", "app_deep_link", "ttl_minutes")


@dataclass(frozen=True, slots=True)
class Header:
    """The HEADER of a template or a card: text, a file, a location or a product, by its ``format``."""

    format: str
    text: str | None = None
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The BODY: its text with placeholders, and their names in order of first appearance.

    Of an authentication template it is the platform's text in the template's language.
    """

    text: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Footer:
    """The FOOTER: a line of text without variables."""

    text: str


@dataclass(frozen=True, slots=True)
class Button:
    """One of the BUTTONS. Only the address of a URL or OTP button has variables.

    ``action`` is what the template fixes about a Flow, an app or a call (``flow_id``, ``ttl_minutes`` …).
    """

    type: str
    text: str
    url: str | None = None
    phone_number: str | None = None
    variables: tuple[str, ...] = ()
    action: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """The LIMITED_TIME_OFFER: its line of text, and whether each send says when it ends.

    Where it ``expires``, a send must bring ``expiration_time_ms``.
    """

    text: str
    expires: bool


@dataclass(frozen=True, slots=True)
class TemplateParts:
    """The components of a template by kind; each card of a carousel is one of these too.

    ``asks_to_call`` says whether it has a CALL_PERMISSION_REQUEST.
    """

    header: Header | None
    body: Body | None
    footer: Footer | None
    buttons: tuple[Button, ...]
    offer: Offer | None = None
    cards: tuple[TemplateParts, ...] = ()
    asks_to_call: bool = False

    @property
    def is_body_only(self) -> bool:
        """Whether it has a body and nothing else, so that a filled body may be longer."""
        beside = (self.header, self.footer, self.offer, self.asks_to_call)
        return not any(beside) and not self.buttons and not self.cards

    @property
    def shows_product(self) -> bool:
        """Whether its header is a product, as in a product card."""
        return self.header is not None and self.header.format == "PRODUCT"


def template_parts(components: Sequence[Mapping[str, Any]], language: str = "en_US") -> TemplateParts:
    """Read canonical ``components`` of a template in ``language``; of two of a kind the first counts.

    Nothing is checked: what the editor has accepted reads without errors. ``language`` chooses the platform's
    own texts and labels.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for component in components:
        found.setdefault(str(component.get("type")), component)
    minutes = found.get("FOOTER", {}).get("code_expiration_minutes")
    return TemplateParts(
        header=_header(found["HEADER"]) if "HEADER" in found else None,
        body=_body(found["BODY"], language) if "BODY" in found else None,
        footer=_footer(found["FOOTER"], language) if "FOOTER" in found else None,
        buttons=tuple(
            _button(button, minutes, language) for button in found.get("BUTTONS", {}).get("buttons", ())
        ),
        offer=_offer(found["LIMITED_TIME_OFFER"]) if "LIMITED_TIME_OFFER" in found else None,
        cards=tuple(
            template_parts(card["components"]) for card in found.get("CAROUSEL", {}).get("cards", ())
        ),
        asks_to_call="CALL_PERMISSION_REQUEST" in found,
    )


def _header(component: Mapping[str, Any]) -> Header:
    text = component.get("text")
    return Header(str(component.get("format", "TEXT")), text, placeholders(text) if text else ())


def _body(component: Mapping[str, Any], language: str) -> Body:
    text = component.get("text")
    if text is None:
        text = authentication_texts(language).body(bool(component.get("add_security_recommendation")))
    return Body(text, placeholders(text))


def _footer(component: Mapping[str, Any], language: str) -> Footer:
    minutes = component.get("code_expiration_minutes")
    text = component.get("text")
    return Footer(authentication_texts(language).expiry.format(minutes) if text is None else text)


def _offer(component: Mapping[str, Any]) -> Offer:
    offer = component.get("limited_time_offer", {})
    return Offer(str(offer.get("text", "")), bool(offer.get("has_expiration")))


def _button(button: Mapping[str, Any], minutes: int | None, language: str) -> Button:
    kind = str(button.get("type"))
    url, label = button.get("url"), FIXED_LABELS.get(kind, "")
    if kind == "OTP":
        label = authentication_texts(language).copy
        expiry = f"&code_expiration_minutes={minutes}" if minutes else ""
        url = _OTP_URL.format(button.get("otp_type", "COPY_CODE"), expiry)
    return Button(
        type=kind,
        text=button.get("text") or label,
        url=url,
        phone_number=button.get("phone_number"),
        variables=placeholders(url) if url else (),
        action={key: button[key] for key in _ACTION_FIELDS if key in button},
    )
