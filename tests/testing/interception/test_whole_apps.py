"""Whole apps, unmodified: the host in their code, their credentials in the environment."""

from __future__ import annotations

import unittest
import urllib.request
from contextlib import AbstractContextManager

import pytest
from kit.clients.fixed_host import by_httpx, by_urllib3
from kit.identities import ACCESS_TOKEN, PRODUCTION

import emulator
from emulator.testing.embedded import NotAsExpected
from emulator.testing.unit_tests import WhatsAppMixin

pytest_plugins = ("pytester",)

FLASK = """
import os

import requests
from flask import Flask, request

app = Flask("bot")
session = requests.Session()


@app.post("/webhook")
def webhook():
    for entry in request.json["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", ()):
                answer(message["from"], message["text"]["body"].upper())
    return "ok"


def answer(to, text):
    session.post(
        f"https://graph.facebook.com/v23.0/{os.environ['PHONE_ID']}/messages",
        headers={"Authorization": f"Bearer {os.environ['WHATSAPP_TOKEN']}"},
        json={"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}},
    ).raise_for_status()
"""

FASTAPI = """
import os

import httpx
from fastapi import BackgroundTasks, FastAPI, Request

app = FastAPI()


@app.post("/webhook")
async def webhook(request: Request, tasks: BackgroundTasks):
    for entry in (await request.json())["entry"]:
        for change in entry["changes"]:
            for message in change["value"].get("messages", ()):
                tasks.add_task(answer, message["from"], message["text"]["body"].upper())
    return "ok"


async def answer(to, text):
    async with httpx.AsyncClient() as client:
        response = await client.post(
            f"https://graph.facebook.com/v23.0/{os.environ['PHONE_ID']}/messages",
            headers={"Authorization": f"Bearer {os.environ['WHATSAPP_TOKEN']}"},
            json={"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}},
        )
        response.raise_for_status()
"""

INI = """
[pytest]
addopts = -p no:cacheprovider
asyncio_mode = auto
asyncio_default_fixture_loop_scope = function
whatsapp_app = main:app
whatsapp_intercept = true
whatsapp_env = WHATSAPP_TOKEN:token PHONE_ID:phone_number_id
"""

SUITE = """
def test_bot(whatsapp):
    ana = whatsapp.person("Ana")
    ana.says("hi")
    whatsapp.settle()

    assert [message.text for message in whatsapp.messages.sent] == ["HI"]
    assert ana.can_be_answered


async def test_bot_in_a_loop(whatsapp):
    ana = whatsapp.person("Ana")
    await ana.says("hi")
    await whatsapp.settle()

    assert [message.text for message in whatsapp.messages.sent] == ["HI"]
"""


@pytest.mark.parametrize("app", [FLASK, FASTAPI], ids=["Flask with requests", "FastAPI with httpx"])
def test_an_unmodified_app_answers(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, app: str) -> None:
    """In a plain test and in an asynchronous one."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:django")
    suite.makeini(INI)
    suite.makepyfile(main=app)
    suite.makepyfile(SUITE)
    suite.syspathinsert()

    result = suite.runpytest_inprocess()

    result.assert_outcomes(passed=2)


@pytest.mark.slow
def test_libraries_may_be_imported_in_the_middle_of_a_test(suite: pytest.Pytester) -> None:
    """In a process that had none of them; each finds the sandbox."""
    suite.makeini("[pytest]\naddopts = -p no:cacheprovider\nwhatsapp_intercept = true\n")
    suite.makepyfile(
        """
        import sys

        HOST = "https://graph.facebook.com/v23.0/"

        def test_it(whatsapp):
            assert not {"httpx", "requests", "aiohttp", "uvloop"} & set(sys.modules)
            where, headers = HOST + whatsapp.phone_number_id, {"Authorization": "Bearer " + whatsapp.token}

            import uvloop, aiohttp

            async def call():
                async with aiohttp.ClientSession() as session, session.get(where, headers=headers) as answer:
                    return await answer.json()

            import httpx, requests

            ids = [
                uvloop.run(call())["id"],
                httpx.get(where, headers=headers).json()["id"],
                requests.get(where, headers=headers).json()["id"],
            ]
            assert ids == [whatsapp.phone_number_id] * 3
        """
    )

    others = ("httpx", "respx", "requests_mock", "anyio", "hypothesispytest", "faker")
    result = suite.runpytest_subprocess(*(word for each in others for word in ("-p", f"no:{each}")))

    result.assert_outcomes(passed=1)


# without the fixture


def test_a_block_without_pytest_intercepts_when_it_is_told_to() -> None:
    """Otherwise it refuses the real host, and says so at its end, too."""
    headers = {"Authorization": f"Bearer {ACCESS_TOKEN}"}
    where = f"https://graph.facebook.com/v23.0/{PRODUCTION}"

    with emulator.whatsapp(intercept=True):
        answers = [call("GET", where, headers, None)[0] for call in (by_httpx, by_urllib3)]
    with pytest.raises(NotAsExpected, match="this block would look up"), emulator.whatsapp():
        _swallow(where)

    assert answers == [200, 200]


def test_a_block_does_not_take_another_word() -> None:
    """It names those that there are."""
    with pytest.raises(ValueError, match="real_host is refuse or allow, not 'forbid'"), _block("forbid"):
        pass


def test_a_class_of_unittest_refuses_the_real_host_too() -> None:
    """With the name of the test; with ``whatsapp_intercept`` it reaches the sandbox."""

    class Refusing(WhatsAppMixin):
        def test_it(self) -> None:
            _swallow("https://graph.facebook.com/v23.0/1")

    class Intercepting(WhatsAppMixin):
        whatsapp_intercept = True

        def test_it(self) -> None:
            headers = {"Authorization": f"Bearer {self.whatsapp.token}"}
            where = f"https://graph.facebook.com/v23.0/{self.whatsapp.phone_number_id}"
            assert by_httpx("GET", where, headers, None)[0] == 200

    refused, reached = unittest.TestResult(), unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Refusing).run(refused)
    unittest.defaultTestLoader.loadTestsFromTestCase(Intercepting).run(reached)

    assert reached.wasSuccessful(), reached.errors
    ((_, told),) = refused.errors or refused.failures
    assert "Refusing.test_it would look up graph.facebook.com, a real host of Meta's" in told


def _block(real_host: str) -> AbstractContextManager[object]:
    return emulator.whatsapp(real_host=real_host)


def _swallow(url: str) -> None:
    try:
        urllib.request.urlopen(url, timeout=1)
    except OSError:
        return
