"""What several rules say alike, and the pages they come from."""

from __future__ import annotations

from emulator.domain.errors import DOCS

ENDPOINT = f"{DOCS}/webhooks/create-webhook-endpoint"
OVERVIEW = f"{DOCS}/webhooks/overview"
MESSAGES = f"{DOCS}/webhooks/reference/messages"
STATUS = f"{DOCS}/webhooks/reference/messages/status"
USERS = f"{DOCS}/business-scoped-user-ids"
CLICKS = f"{DOCS}/marketing-messages/track-click-events"
WINDOW = f"{DOCS}/messages/send-messages#customer-service-windows"
THROUGHPUT = f"{DOCS}/throughput"
CAPTURES = "captures of webhooks, May 2026"
REPORTS = "reports of integrators"
RETRIED = (
    "The platform sends the webhook again and again for up to 7 days, then it is lost; what "
    "it tells is never read."
)
FORGED = (
    "Whoever knows the URL can make your app act for any customer: it reads orders and consents nobody gave."
)
HALF = "The rest of the updates is lost without a trace: the POST was answered 200, so nothing is sent again."
READ_ALL = "Go through every entry, every change, every message and every status, in loops."
TAKE = "Answer 200 to whatever is signed, and leave out what you do not know."
