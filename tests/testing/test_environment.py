"""``whatsapp_env``: credentials in environment variables, before the app is imported."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

import emulator
from emulator import defaults
from emulator.domain.graph.versions import RELEASED
from emulator.testing.choices import START
from emulator.testing.environment import VALUES, as_variables, of_test, variables_set
from emulator.testing.whatsapp import WhatsApp

pytest_plugins = ("pytester",)

PAGE = Path(emulator.__file__).parent.parent / "docs" / "reference" / "pytest.md"


def test_the_constants_are_those_of_the_default_sandbox(whatsapp: WhatsApp) -> None:
    """As the control API shows them, and as every test has them."""
    for value in VALUES.values():
        if value.default is not None:
            assert value.of(whatsapp) == value.default, value.name
            assert getattr(defaults, value.name.upper()) == value.default


def test_the_version_is_the_newest_when_tests_begin() -> None:
    """So that no call is upgraded, and none is ahead of its time."""
    begin = datetime.fromisoformat(START)

    newest = max((at, version) for version, at in RELEASED.items() if at <= begin)[1]

    assert newest == defaults.API_VERSION


def test_every_value_and_constant_is_documented() -> None:
    """In the reference."""
    page = PAGE.read_text(encoding="utf-8")
    constants = [name for name in vars(defaults) if name.isupper()]

    assert [name for name in VALUES if f"| `{name}` | {VALUES[name].text}" not in page] == []
    assert [name for name in constants if f"`{name}`" not in page] == []


@pytest.mark.parametrize(
    "given",
    [
        "TOKEN:token  ID:phone_number_id",
        "TOKEN:token\nID:phone_number_id",
        ["TOKEN:token", "ID:phone_number_id"],
        {"TOKEN": "token", "ID": "phone_number_id"},
    ],
    ids=["words", "lines", "list", "mapping"],
)
def test_variables_are_written_as_pairs(given: object) -> None:
    """In a line or several, or as the marker takes them."""
    assert as_variables(given) == {"TOKEN": "token", "ID": "phone_number_id"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("TOKEN:tokn", "has no value 'tokn' for TOKEN; did you mean 'token'?"),
        ("TOKEN:xyz", "has no value 'xyz' for TOKEN; there are token, app_id, "),
        ("TOKEN", "is pairs like WHATSAPP_TOKEN:token, and 'TOKEN' is none"),
        ("TOKEN:", "'TOKEN' is none"),
    ],
)
def test_what_no_variable_can_hold_is_refused(given: str, sentence: str) -> None:
    """With the nearest value."""
    with pytest.raises(ValueError, match="TOKEN") as caught:
        as_variables(given)

    assert sentence in str(caught.value)


def test_variables_are_afterwards_what_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were not there are gone."""
    monkeypatch.setenv("WAS", "before")
    monkeypatch.delenv("NEW", raising=False)

    with variables_set({"WAS": "inside", "NEW": "inside"}):
        inside = os.environ["WAS"], os.environ["NEW"]

    assert inside == ("inside", "inside")
    assert (os.environ["WAS"], os.environ.get("NEW")) == ("before", None)


@pytest.mark.whatsapp(env={"BOT_TOKEN": "token", "BOT_URL": "versioned_url"})
def test_a_marker_sets_variables_for_a_test(whatsapp: WhatsApp) -> None:
    """With what holds in it."""
    assert os.environ["BOT_TOKEN"] == whatsapp.token
    assert os.environ["BOT_URL"] == f"{whatsapp.url}/v26.0"


@pytest.mark.whatsapp(seed="shop", env="BOT_TOKEN:token BOT_NUMBER:phone_number")
def test_a_test_with_another_seed_has_the_credentials_of_that(whatsapp: WhatsApp) -> None:
    """Its own token is the one that works in it."""
    assert os.environ["BOT_TOKEN"] == whatsapp.token
    assert os.environ["BOT_TOKEN"] != defaults.TOKEN
    assert of_test({"N": "phone_number"}, whatsapp) == {"N": os.environ["BOT_NUMBER"]}


APP = """
import os

TOKEN = os.environ["BOT_TOKEN"]  # as it is imported, by the conftest
NUMBER = os.environ["BOT_NUMBER"]
URL = os.environ.get("BOT_URL")
"""
SUITE = """
import pytest
import requests


def send(url, bot, to):
    headers = {"Authorization": f"Bearer {bot.TOKEN}"}
    return requests.get(f"{url}/v26.0/{bot.NUMBER}", headers=headers)


@pytest.mark.parametrize("turn", [1, 2])
def test_credentials_hold(whatsapp, turn):
    import bot

    answer = send(bot.URL or whatsapp.url, bot, "16505551234")

    assert answer.json()["id"] == whatsapp.phone_number_id == bot.NUMBER
"""


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        ("whatsapp_env = BOT_TOKEN:token BOT_NUMBER:phone_number_id", []),
        ("whatsapp_env = BOT_TOKEN:token\n    BOT_NUMBER:phone_number_id\n    BOT_URL:url", []),
        ("whatsapp_env = BOT_TOKEN:token BOT_NUMBER:phone_number_id\nwhatsapp_seed = shop", []),
        ("", ["--whatsapp-env", "BOT_TOKEN:token BOT_NUMBER:phone_number_id"]),
    ],
    ids=["ini", "with the address", "another seed", "flag"],
)
def test_the_app_has_them_when_the_conftest_imports_it(
    suite: pytest.Pytester, options: str, arguments: list[str]
) -> None:
    """They are those of every test of the session, and gone after it."""
    suite.makeini(f"[pytest]\naddopts = -p no:cacheprovider\n{options}\n")
    suite.makepyfile(bot=APP, test_bot=SUITE)
    suite.makeconftest("import bot")

    result = suite.runpytest_inprocess(*arguments)

    result.assert_outcomes(passed=2)
    assert not {"BOT_TOKEN", "BOT_NUMBER", "BOT_URL"} & set(os.environ)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("tokn", "*whatsapp_env has no value 'tokn' for BOT_TOKEN; did you mean 'token'?*"),
        ("BOT", "*whatsapp_env has no value 'BOT' for BOT_TOKEN*"),
    ],
)
def test_a_mistake_stops_the_session_with_a_sentence(
    suite: pytest.Pytester, value: str, sentence: str
) -> None:
    """Before anything is imported."""
    suite.makeini(f"[pytest]\nwhatsapp_env = BOT_TOKEN:{value}\n")

    result = suite.runpytest_inprocess()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([sentence])
