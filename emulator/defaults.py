"""The ids and credentials of the default sandbox: the same on every machine and in every test.

For configurations that are written down before a sandbox exists, such as the settings of an app in its tests.
None of them is secret, and none works at Meta.
"""

from __future__ import annotations

TOKEN = "EMULATOR-ACCESS-TOKEN"
"""The access token, with every permission."""
APP_ID = "670843887433847"
APP_SECRET = "5eedab1e5eedab1e5eedab1e5eedab1e"
"""The secret with which webhooks are signed."""
VERIFY_TOKEN = "EMULATOR-VERIFY-TOKEN"
"""The token that the handshake of a webhook brings."""
BUSINESS_ID = "506914307656634"
"""The id of the business portfolio."""
WABA_ID = "102290129340398"
"""The id of the WhatsApp Business Account."""
PHONE_NUMBER_ID = "106540352242922"
"""The id of the production number."""
PHONE_NUMBER = "15550783881"
"""The production number, as webhooks have it."""
DISPLAY_PHONE_NUMBER = "+1 555-078-3881"
"""The production number, as Graph writes it."""
TEST_PHONE_NUMBER_ID = "107878721936019"
"""The id of the test number, which may write to its allowed recipients only."""
RECIPIENT = "16505551234"
"""The ``wa_id`` of the first person, Sheena Nelson."""
API_VERSION = "v26.0"
"""The newest version of the Graph API when tests begin, on 2 November 2026."""
