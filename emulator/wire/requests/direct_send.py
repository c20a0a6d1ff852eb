"""The members that make a send a Direct Send: ``category``, ``ttl_seconds``, ``direct_send_config``."""

from __future__ import annotations

import re

from emulator.domain.errors import MessageError, bad_parameter, invalid_parameter, message_error
from emulator.domain.messages import direct
from emulator.domain.messages.direct import DirectSend
from emulator.domain.quoting import brief
from emulator.wire.parameters import Parameter

_ONLY_HERE = ("ttl_seconds", "direct_send_config")


def read(body: Parameter, kind: str, switch: str) -> DirectSend | None:
    """Read what a send says about Direct Send; ``None`` for an ordinary one.

    ``kind`` is its type and ``switch`` the setting ``direct_send``. The category ``SERVICE`` only states what
    a free-form message is anyway. Raises ``(#100)`` or 139200; sentences about a kind, a lifetime or a name
    that cannot be are ours.
    """
    category = body.get("category")
    if category.absent:
        _check_ordinary(body)
        return None
    chosen = category.one_of(direct.CATEGORIES)
    check_switch(switch)
    if chosen == direct.SERVICE:
        _check_ordinary(body)
        return None
    if kind.lower() not in direct.KINDS[chosen]:
        taken = " and ".join(direct.KINDS[chosen])
        raise invalid_parameter(
            f"Parameter Invalid: Direct Send of category {chosen.lower()} does not support messages of type "
            f"{kind.lower()}.",
            rule="direct_send",
            hint=f"Direct Send of this category takes {taken} only.",
        )
    return DirectSend(
        chosen,
        _ttl_seconds(body.get("ttl_seconds"), *direct.TTL_SECONDS[chosen]),
        _template_name(body.get("direct_send_config"), chosen),
    )


def read_sample(body: Parameter, switch: str) -> str:
    """Read the category of a message that is submitted as a sample of later Direct Sends; UTILITY by default.

    ``switch`` is the setting ``direct_send``. Raises ``(#100)`` or 139200 when it is not ``on``.
    """
    check_switch(switch)
    if body.get("category").absent:
        return direct.UTILITY
    return body.get("category").one_of(tuple(sorted(direct.KINDS)))


def check_switch(switch: str) -> None:
    """Refuse a call when Direct Send is not enabled for the account, as the setting ``direct_send`` says.

    Raises ``(#100)`` where it is ``off`` and 139200 where it is ``blocked``.
    """
    if switch == "off":
        raise _refusal_when_off()
    if switch == "blocked":
        raise message_error(
            139200, rule="direct_send", hint="The setting direct_send of this sandbox is blocked."
        )


def _refusal_when_off() -> MessageError:
    return invalid_parameter(
        "Parameter Invalid: The 'category' value requires Direct Send, which isn't enabled for this "
        "account. Use an approved message template instead.",
        rule="direct_send",
        hint="The setting direct_send of this sandbox is off, as it is for most accounts.",
    )


def _check_ordinary(body: Parameter) -> None:
    for name in _ONLY_HERE:
        if not body.get(name).absent:
            raise bad_parameter(
                f"Param {name} is unsupported or misspelled.",
                hint=f"{name} belongs to Direct Send: with the category utility or authentication only.",
            )


def _ttl_seconds(given: Parameter, least: int, most: int) -> int | None:
    if given.absent:
        return None
    seconds = given.integer()
    if seconds > most:
        raise bad_parameter(
            f"Param {given} must be lower than or equal to {most}.", hint=f"It came as {seconds} seconds."
        )
    if seconds < least:
        raise bad_parameter(
            f"Param {given} must be greater than or equal to {least}.", hint=f"It came as {seconds} seconds."
        )
    return seconds


def _template_name(config: Parameter, category: str) -> str | None:
    if config.absent:
        return None
    name = config.object().only("template_name").required("template_name")
    text = name.text()
    if category != direct.UTILITY:
        raise bad_parameter(
            f"Param {name} is supported for the category utility only.",
            hint=f"The category is {category}; leave {name} out.",
        )
    if len(text) > direct.NAME_LENGTH:
        raise bad_parameter(
            f"Param {name} must be at most {direct.NAME_LENGTH} characters long.",
            hint=f"It has {len(text)} characters.",
        )
    if re.fullmatch(direct.NAME_PATTERN.strip("^$"), text) is None:
        raise bad_parameter(
            f"Param {name} must match the pattern {direct.NAME_PATTERN}.", hint=f"It came as {brief(text)!r}."
        )
    return text
