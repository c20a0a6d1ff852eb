"""Fill a template with the values of a send, or refuse a send that does not fit.

Counts are judged before formats, formats before contents, as the platform does; the cards of a carousel come
after the message that holds them, each by the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from emulator.domain.errors import MessageError
from emulator.domain.templates.components import (
    BODY_LENGTH,
    BODY_ONLY_LENGTH,
    CARD_BODY_LENGTH,
    COUPON_LENGTH,
    OFFER_BODY_LENGTH,
    OFFER_COUPON_LENGTH,
    Body,
    Button,
    Header,
    TemplateParts,
    template_parts,
)
from emulator.domain.templates.filling import buttons
from emulator.domain.templates.filling.mismatches import (
    check_count,
    count_mismatch,
    format_mismatch,
    out_of_range,
    parameter_error,
)
from emulator.domain.templates.filling.parameters import check_limits
from emulator.domain.templates.filling.rendered import Rendered, RenderedButton, RenderedOffer
from emulator.domain.templates.filling.sent import (
    SentCard,
    SentComponent,
    SentParameter,
    parameters_of,
    sent_parameters,
)
from emulator.domain.templates.filling.texts import check_formats, check_length, values_by_variable
from emulator.domain.templates.filling.typed_values import check_types
from emulator.domain.templates.refusals import in_card
from emulator.domain.templates.template import Template
from emulator.domain.templates.variables import fill

__all__ = ["SentCard", "SentComponent", "SentParameter", "match", "sent_parameters"]

HEADER_LENGTH = 60
CODE_LENGTH = 15
PRODUCT_CARDS = (2, 10)
"""The least and the most product cards a send may bring, both inclusive."""


def match(template: Template, sent: Sequence[SentComponent]) -> Rendered:
    """Fill ``template`` with the values that were ``sent`` and return the message as the person sees it.

    Raises :class:`MessageError` when the two do not fit: 132000 (count), 132012 (format), 131008 (missing),
    132018 (value), 132005 (too long), 131009 (limit), or 100 (parameter name).
    """
    made = template_parts(template.components, template.language)
    cards = _cards(made, sent)
    filled = _filled(made, sent, template)
    return Rendered(
        filled.header,
        filled.body,
        filled.footer,
        (*filled.buttons, *_tap_targets(sent)),
        _filled_offer(made, parameters_of(sent, "LIMITED_TIME_OFFER")),
        tuple(_filled_card(made.cards, card, template) for card in cards),
    )


def _filled(
    made: TemplateParts, sent: Sequence[SentComponent], template: Template, is_card: bool = False
) -> Rendered:
    """Fill header, body and buttons, of the message or of one of its cards."""
    body = made.body or Body("")
    named = template.parameter_format == "NAMED"
    for_header, for_body = parameters_of(sent, "HEADER"), parameters_of(sent, "BODY")
    for_buttons = buttons.by_index(sent, made.buttons)

    _count_header(made.header, for_header)
    check_count("body", len(for_body), len(body.variables))
    buttons.check_required(made.buttons, for_buttons)
    _check_header_format(made.header, for_header, is_card)
    for parameter in for_header:
        check_limits(parameter)
    check_formats("body", for_body)
    if not is_card:
        check_types(for_body, template.parameter_types)
    buttons.check(made.buttons, for_buttons, OFFER_COUPON_LENGTH if made.offer is not None else COUPON_LENGTH)

    header_text = _filled_header(made.header, for_header, named)
    body_text = fill(body.text, values_by_variable("body", body.variables, for_body, named))
    if template.category == "AUTHENTICATION":
        _check_code(for_body, made.buttons, for_buttons)
    check_length("body", body_text, _body_limit(made, is_card))
    return Rendered(
        header=header_text,
        body=body_text,
        footer=made.footer.text if made.footer else None,
        buttons=tuple(
            buttons.filled(button, for_buttons.get(place)) for place, button in enumerate(made.buttons)
        ),
    )


def _body_limit(made: TemplateParts, is_card: bool) -> int:
    if is_card or made.shows_product:
        return CARD_BODY_LENGTH
    if made.offer is not None:
        return OFFER_BODY_LENGTH
    return BODY_ONLY_LENGTH if made.is_body_only else BODY_LENGTH


def _cards(made: TemplateParts, sent: Sequence[SentComponent]) -> Sequence[SentCard]:
    """The sent cards in order: as many as the template has, or of products two to ten.

    That too few cards get the error about a missing header is reported; the others follow known forms.
    """
    given = sorted((card for component in sent for card in component.cards), key=lambda card: card.index)
    wanted = len(made.cards)
    of_products = bool(made.cards) and made.cards[0].shows_product
    least, most = PRODUCT_CARDS
    if of_products and not least <= len(given) <= most:
        raise out_of_range("cards", least, most, hint=f"The send has {len(given)} card(s).")
    expected = len(given) if of_products else wanted
    hint = f"The template has {wanted} cards, counted from 0; sent were the indexes " + (
        ", ".join(str(card.index) for card in given) or "none"
    )
    if len(given) < expected:
        raise parameter_error(132012, "header component parameter should not be empty", hint)
    if [card.index for card in given] != list(range(expected)):
        raise count_mismatch("carousel", "cards", len(given), expected, hint)
    return given


def _filled_card(cards: Sequence[TemplateParts], card: SentCard, template: Template) -> Rendered:
    """Fill a card; those of products beyond the template's repeat its last."""
    try:
        return _filled(cards[min(card.index, len(cards) - 1)], card.components, template, is_card=True)
    except MessageError as refusal:
        raise in_card(refusal, card.index) from None


def _filled_offer(made: TemplateParts, given: Sequence[SentParameter]) -> RenderedOffer | None:
    """The offer's line with its end, which comes with a send if and only if the template says so."""
    check_count("limited_time_offer", len(given), int(made.offer is not None and made.offer.expires))
    for parameter in given:
        if parameter.type != "LIMITED_TIME_OFFER":
            raise format_mismatch("limited_time_offer", "LIMITED_TIME_OFFER", parameter.type)
        check_limits(parameter)
    if made.offer is None:
        return None
    return RenderedOffer(made.offer.text, given[0].payload["expiration_time_ms"] if given else None)


def _tap_targets(sent: Sequence[SentComponent]) -> tuple[RenderedButton, ...]:
    """Where a tap on the message itself leads, shown as buttons."""
    given = parameters_of(sent, "TAP_TARGET_CONFIGURATION")
    for parameter in given:
        if parameter.type != "TAP_TARGET_CONFIGURATION":
            raise format_mismatch("tap_target_configuration", "TAP_TARGET_CONFIGURATION", parameter.type)
        check_limits(parameter)
    if len(given) > 1:
        check_count("tap_target_configuration", len(given), 1)
    targets = [target for parameter in given for target in parameter.payload]
    return tuple(RenderedButton("TAP_TARGET", target["title"], None, target["url"]) for target in targets)


def _count_header(header: Header | None, given: Sequence[SentParameter]) -> None:
    if header is None or header.format == "TEXT":
        check_count("header", len(given), len(header.variables) if header else 0)
    elif given:
        check_count("header", len(given), 1)


def _check_header_format(header: Header | None, given: Sequence[SentParameter], is_card: bool) -> None:
    if header is None:
        return
    if header.format == "TEXT":
        check_formats("header", given)
        return
    if is_card and not given:
        raise parameter_error(
            132012,
            "header component parameter should not be empty",
            f"The header of the card is of format {header.format}; send a parameter of that type.",
        )
    received = given[0].type if given else "UNKNOWN"
    if received != header.format:
        raise format_mismatch("header", header.format, received)


def _check_code(
    given: Sequence[SentParameter], buttons: Sequence[Button], sent: Mapping[int, SentComponent]
) -> None:
    """Refuse a code that is too long, or another one in the button than in the body (the latter is ours)."""
    for place, parameter in enumerate(given, start=1):
        if len(parameter.text or "") > CODE_LENGTH:
            raise parameter_error(
                132018,
                f"body: Parameter at index {place} exceeds the parameter length limit {CODE_LENGTH}",
                f"The code has {len(parameter.text or '')} characters.",
            )
    for place, button in enumerate(buttons):
        if button.type == "OTP" and [value.text for value in sent[place].parameters] != [
            value.text for value in given
        ]:
            raise parameter_error(
                132018,
                f"buttons: Button at index {place} must have the same code as the body",
                "Send the code twice: as the parameter of the body, and of the button.",
            )


def _filled_header(header: Header | None, given: Sequence[SentParameter], named: bool) -> str | None:
    if header is None:
        return None
    if header.format != "TEXT":
        return _shown(given[0])
    text = fill(header.text or "", values_by_variable("header", header.variables, given, named))
    check_length("header", text, HEADER_LENGTH)
    return text


def _shown(parameter: SentParameter) -> str:
    """A file, place or product in brackets."""
    kind = parameter.type.lower()
    if parameter.type == "PRODUCT":
        return f"[{kind} {parameter.payload['product_retailer_id']}]"
    return f"[{kind}]"
