"""Ids and credentials of the sandbox in environment variables, where an app reads its own: ``whatsapp_env``.

Nothing heavy is imported here; every pytest run that has the package installed reads the option.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from emulator import defaults

if TYPE_CHECKING:
    from emulator.testing.session import SessionEmulator
    from emulator.testing.whatsapp import WhatsApp


class Value(NamedTuple):
    """One thing that a variable can hold: its name, what it is, and how it is read from a test's WhatsApp.

    ``default`` is that of the default sandbox; ``None`` where it is known only when the emulator runs.
    """

    name: str
    text: str
    of: Callable[[WhatsApp], str | None]
    default: str | None = None


VALUES = {
    value.name: value
    for value in (
        Value("token", "the access token", lambda it: it.token, defaults.TOKEN),
        Value("app_id", "the id of the app", lambda it: it.app_id, defaults.APP_ID),
        Value(
            "app_secret",
            "the secret that webhooks are signed with",
            lambda it: it.app_secret,
            defaults.APP_SECRET,
        ),
        Value(
            "verify_token", "the token of the handshake", lambda it: it.verify_token, defaults.VERIFY_TOKEN
        ),
        Value(
            "business_id",
            "the id of the business portfolio",
            lambda it: str(it.sandbox.identity()["business_id"]),
            defaults.BUSINESS_ID,
        ),
        Value("waba_id", "the id of the WhatsApp Business Account", lambda it: it.waba_id, defaults.WABA_ID),
        Value(
            "phone_number_id",
            "the id of the first number",
            lambda it: it.phone_number_id,
            defaults.PHONE_NUMBER_ID,
        ),
        Value(
            "phone_number",
            "the first number, in digits",
            lambda it: "".join(filter(str.isdigit, _displayed(it))),
            defaults.PHONE_NUMBER,
        ),
        Value(
            "display_phone_number",
            "the first number, as Graph writes it",
            lambda it: _displayed(it),
            defaults.DISPLAY_PHONE_NUMBER,
        ),
        Value(
            "test_phone_number_id",
            "the id of the test number",
            lambda it: it.test_phone_number_id,
            defaults.TEST_PHONE_NUMBER_ID,
        ),
        Value(
            "recipient", "the `wa_id` of the first person", lambda it: it.person().wa_id, defaults.RECIPIENT
        ),
        Value(
            "api_version", "a version of the Graph API", lambda _: defaults.API_VERSION, defaults.API_VERSION
        ),
        Value(
            "url",
            "the address in place of `https://graph.facebook.com`; starts the server",
            lambda it: it.url,
        ),
        Value(
            "versioned_url",
            "the same with the version behind it",
            lambda it: f"{it.url}/{defaults.API_VERSION}",
        ),
    )
}
"""What variables can hold."""


def _displayed(whatsapp: WhatsApp) -> str:
    return str(whatsapp.sandbox.identity()["numbers"][0]["display_phone_number"])


def as_variables(given: Any) -> Mapping[str, str]:
    """Read ``NAME:value NAME:value``, a list of such, or a mapping: which variable holds which value.

    Raises :class:`ValueError` for a value that does not exist, with the nearest one.
    """
    if isinstance(given, Mapping):
        variables = {str(name): str(value) for name, value in given.items()}
    else:
        words = given.split() if isinstance(given, str) else [word for each in given for word in each.split()]
        pairs = [word.partition(":") for word in words]
        if lonely := [name for name, colon, value in pairs if not (name and colon and value)]:
            raise ValueError(f"is pairs like WHATSAPP_TOKEN:token, and {lonely[0]!r} is none")
        variables = {name: value for name, _, value in pairs}
    for name, value in variables.items():
        if value not in VALUES:
            from emulator.domain.quoting import nearest_word

            near = nearest_word(value, VALUES)
            offer = f"did you mean {near!r}?" if near else f"there are {', '.join(VALUES)}"
            raise ValueError(f"has no value {value!r} for {name}; {offer}")
    return variables


def of_session(
    variables: Mapping[str, str], seed: Any, session: Callable[[], SessionEmulator]
) -> dict[str, str]:
    """Find what variables hold in a session whose sandboxes begin from a ``seed``.

    The ``session`` is asked for only when it is needed: for an address, and for a seed that is not the
    default. Raises :class:`ValueError` for a value that the seed has not.
    """
    if seed == "default" and all(VALUES[value].default is not None for value in variables.values()):
        return {name: str(VALUES[value].default) for name, value in variables.items()}
    from emulator.testing.embedded import opened

    with opened(session(), seed) as made:
        return of_test(variables, made)


def of_test(variables: Mapping[str, str], whatsapp: WhatsApp) -> dict[str, str]:
    """Find what variables hold in one test. Raises :class:`ValueError` for a value that its seed has not."""
    found = {}
    for name, value in variables.items():
        content = VALUES[value].of(whatsapp)
        if content is None:
            raise ValueError(f"asks for {value!r} in {name}, and the seed has none")
        found[name] = content
    return found


@contextmanager
def variables_set(values: Mapping[str, str]) -> Iterator[None]:
    """Set environment variables inside the ``with`` block; afterwards they are what they were."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
