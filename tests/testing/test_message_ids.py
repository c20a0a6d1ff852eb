"""Ids of messages in tests: the same in every run of a test, and others in every test."""

from __future__ import annotations

import pytest
from kit.times import START

from emulator import Emulator
from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)

BOT = """
import os

from fastapi import FastAPI
from pywa import WhatsApp

app = FastAPI()
client = WhatsApp(
    phone_id=os.environ["PHONE_ID"],
    token=os.environ["TOKEN"],
    app_secret=os.environ["SECRET"],
    server=app,
    verify_token="any",
    webhook_endpoint="/webhook",
)


@client.on_message
def echo(_, message):
    message.reply_text(message.text.upper())
"""
SUITE = """
import pytest


@pytest.mark.parametrize("turn", [1, 2])
def test_echo(whatsapp, turn):
    ana = whatsapp.person("Ana")

    ana.says("hi")

    whatsapp.expect_sent(to=ana, text="HI")
"""


def ids_with(salt: str) -> tuple[str, str]:
    """The id of a first message, and the number of the person who writes it."""
    with Emulator() as made:
        sandbox = made.create(at=START, salt=salt)
        person = sandbox.people.add("Ana")
        return sandbox.people.say(person.wa_id, "Hello").id, person.wa_id


def test_a_salt_changes_the_ids_of_messages_alone() -> None:
    """The same salt gives the same ids; people are the same with any."""
    first, again, other = ids_with("one"), ids_with("one"), ids_with("two")

    assert first == again
    assert first[0] != other[0]
    assert first[1] == other[1]


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_has_ids_of_its_own(whatsapp: WhatsApp, turn: int, seen: list[str]) -> None:
    """An app that lives through all of them, and remembers ids, sees each for the first time."""
    seen.append(whatsapp.person().says("Hello").id)

    assert len(set(seen)) == len(seen), "wherever the other one runs"


@pytest.fixture(scope="module")
def seen() -> list[str]:
    return []


@pytest.mark.slow
def test_an_app_that_drops_what_comes_twice_works_in_every_test(suite: pytest.Pytester) -> None:
    """As pywa does, which remembers the bytes of every webhook for as long as the process lives."""
    suite.makeini(
        "[pytest]\naddopts = -p no:cacheprovider\nwhatsapp_app = pywa_bot:app\nwhatsapp_intercept = true\n"
        "whatsapp_env = TOKEN:token PHONE_ID:phone_number_id SECRET:app_secret\n"
    )
    suite.makepyfile(pywa_bot=BOT, test_pywa_bot=SUITE)

    result = suite.runpytest_inprocess("-W", "default")

    result.assert_outcomes(passed=2)
