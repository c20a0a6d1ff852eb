"""Tests of a bot as their author would like to write them, word by word."""

from __future__ import annotations

import pytest

pytest_plugins = ("pytester",)

MAIN = '''
"""A bot that knows nothing of the emulator: its host is written into it."""

import hashlib
import hmac
import os

import httpx
from flask import Flask, request

app = Flask("main")
SECRET = "5eedab1e5eedab1e5eedab1e5eedab1e"
seen = set()


def send(to, content):
    httpx.post(
        f"https://graph.facebook.com/v26.0/{os.environ['PHONE_ID']}/messages",
        headers={"Authorization": f"Bearer {os.environ['WHATSAPP_TOKEN']}"},
        json={"messaging_product": "whatsapp", "to": to, **content},
    )


@app.post("/webhook")
def webhook():
    expected = "sha256=" + hmac.new(SECRET.encode(), request.get_data(), hashlib.sha256).hexdigest()
    if request.headers.get("X-Hub-Signature-256") != expected:
        return "forged", 403
    for entry in request.json.get("entry", []):
        for change in entry["changes"]:
            for message in change["value"].get("messages", []):
                if message["id"] not in seen and message["type"] == "text":
                    seen.add(message["id"])
                    send(message["from"], {"text": {"body": message["text"]["body"].upper()}})
    return "ok"


def follow_up(person):
    send(person.wa_id, {"text": {"body": "Still there?"}})


def remind(person):
    values = [{"type": "text", "text": text} for text in ("Ana", "17")]
    body = {"type": "body", "parameters": values}
    template = {"name": "order_shipped", "language": {"code": "en_US"}, "components": [body]}
    send(person.wa_id, {"type": "template", "template": template})
'''

SEED = """
app: {access_token: TOKEN-OF-THE-SHOP, secret: 5eedab1e5eedab1e5eedab1e5eedab1e}
waba: {name: Shop}
numbers: [{number: "+1 555 078 3881"}]
templates:
  - name: order_shipped
    language: en_US
    category: UTILITY
    status: APPROVED
    components:
      - type: BODY
        text: Good news, {{1}}! Your order {{2}} has left us.
        example: {body_text: [[Sheena, "860198"]]}
      - {type: BUTTONS, buttons: [{type: QUICK_REPLY, text: Track it}]}
"""


@pytest.fixture
def shop(suite: pytest.Pytester) -> pytest.Pytester:
    """A project whose bot is connected by ``pytest.ini`` alone."""
    suite.makeini(
        """
        [pytest]
        addopts = -p no:cacheprovider
        pythonpath = .
        whatsapp_app = main:app
        whatsapp_intercept = true
        whatsapp_seed = shop.yaml
        whatsapp_env = WHATSAPP_TOKEN:token PHONE_ID:phone_number_id
        """
    )
    suite.makepyfile(main=MAIN)
    (suite.path / "shop.yaml").write_text(SEED)
    return suite


def test_a_bot_is_tested_as_it_is(shop: pytest.Pytester) -> None:
    """What people do, what the app sends, what fails a day later, and a tap on what was found."""
    shop.makepyfile(
        test_bot="""
        from main import follow_up, remind

        def test_bot(whatsapp):                                    # app unmodified, host written into it
            ana = whatsapp.person("Ana", new=True)
            ana.says("hi")
            whatsapp.expect_sent(to=ana, text="HI")                # settles by itself; shows the nearest miss
            whatsapp.clock.advance(hours=25)
            follow_up(ana)
            whatsapp.expect_failed(131047)
            remind(ana)
            m = whatsapp.expect_sent(template="order_shipped", parameters=["Ana", "17"])
            ana.taps("Track it", on=m)
            assert ana.can_be_answered
            whatsapp.settle()
        """
    )

    shop.runpytest_inprocess().assert_outcomes(passed=1)


def test_the_manners_of_a_webhook_are_tested(shop: pytest.Pytester) -> None:
    """A webhook that comes twice is answered once, and a forged one refused."""
    shop.makepyfile(
        test_bot="""
        def test_webhook_manners(whatsapp):
            ana = whatsapp.person("Ana", new=True)
            whatsapp.deliver.twice(); ana.says("hi"); whatsapp.expect_sent(times=1)
            assert whatsapp.deliver.forged(b"{}").status == 403
        """
    )

    shop.runpytest_inprocess().assert_outcomes(passed=1)


def test_a_bot_that_answers_twice_is_found_out(shop: pytest.Pytester) -> None:
    """The expectation tells both answers."""
    path = shop.path / "main.py"
    path.write_text(path.read_text().replace('message["id"] not in seen and ', ""))
    shop.makepyfile(
        test_bot="""
        def test_webhook_manners(whatsapp):
            ana = whatsapp.person("Ana", new=True)
            whatsapp.deliver.twice(); ana.says("hi"); whatsapp.expect_sent(times=1)
        """
    )

    result = shop.runpytest_inprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E*expected a message that was sent exactly 1×; there are 2",
            "E* 09:00:00  business → Ana: HI   ✓✓ read",
            "E* 09:00:00  business → Ana: HI   ✓✓ read",
        ]
    )
