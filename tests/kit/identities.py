"""The identities of the default seed (``fixtures/seeds/default.yaml``), and of those who are not in it."""

from __future__ import annotations

ACCESS_TOKEN = "EMULATOR-ACCESS-TOKEN"
APP_ID = "670843887433847"
APP_SECRET = "5eedab1e5eedab1e5eedab1e5eedab1e"
APP_TOKEN = f"{APP_ID}|{APP_SECRET}"
"""The access token of the app itself, which its webhook subscriptions are set with."""
REAL_LOOKING_TOKEN = "EAA" + "x" * 180
"""A token in the form of the platform's own."""

PORTFOLIO = "506914307656634"
WABA_ID = "102290129340398"
PRODUCTION = "106540352242922"
"""The id of the business phone number that may write to anybody."""
PRODUCTION_DIGITS = "15550783881"
"""Its number, as webhooks and wamids name it."""
TEST = "107878721936019"
"""The id of the test number, which writes to five people at most."""

SHEENA = "16505551234"
"""The ``wa_id`` of Sheena Nelson, the first person of the seed, who lives in the United States."""
PABLO = "16505554321"
BEATRIZ = "5511987654321"
"""In Brazil, where marketing is delivered."""
JONAS = "4915123456789"
"""Who is not on WhatsApp."""
STRANGER = "12125550199"
"""Somebody who is not in the seed."""

ORDER_SHIPPED = "1689556908129832"
"""The id of the template ``order_shipped``."""
SAMPLE = "711633970112948"
"""The id of the template ``hello_world``, which cannot be edited."""

RECEIVER = "http://receiver.invalid/webhooks"
"""An address that no network has: what is connected there is called in this process."""

SHEENA_NUMBER, PABLO_NUMBER, JONAS_NUMBER = f"+{SHEENA}", f"+{PABLO}", f"+{JONAS}"
"""Their phone numbers, as people write them."""
