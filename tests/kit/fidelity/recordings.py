"""The account of the recorded exchanges, and how an answer is compared with a recorded one."""

from __future__ import annotations

import re

from kit.answers import Answer

WABA = "114503234599312"
NUMBER = "107878721936019"
PERSON = "13437772910"
TOKEN = "RECORDED"

SEED = """
app: {{access_token: RECORDED}}
waba:
  id: "114503234599312"
  name: Test Business Account
  timezone_id: "138"
  namespace: 9d1f930f_bea0_46c5_9099_bc3291e9d6b4
  country: null
numbers:
  - id: "107878721936019"
    number: "+1 555 093 4873"
    verified_name: Test Number
    kind: test
    registered: {registered}
    allowed: ["+1 343 777 2910"]
people:
  - {{number: "+1 343 777 2910", name: Ignacio}}
templates: {templates}
"""

SENT = (
    r'{"messaging_product":"whatsapp","contacts":[{"input":"13437772910","wa_id":"13437772910"}],'
    r'"messages":[{"id":"wamid.HBgLMTM0Mzc3NzI5MTAVAgARGBIyQzU4M0Q4MDc2NDY4ODgwNjUA"}]}'
)

MASKS = (
    (r'"fbtrace_id":"A[A-Za-z0-9_-]{22}"', '"fbtrace_id":"…"'),
    (r'"id":"wamid\.HBgLMTM0Mzc3NzI5MTAVAgARGB[A-Za-z0-9+/]+=*"', '"id":"wamid.…"'),
    (r'"(before|after)":"[A-Za-z0-9]+"', r'"\1":"…"'),
    (r"[0-9a-f]{8}(_[0-9a-f]{4}){3}_[0-9a-f]{12}", "namespace…"),
)


def masked(text: str) -> str:
    """An answer without what differs every time."""
    for pattern, mask in MASKS:
        text = re.sub(pattern, mask, text)
    return text


def same(answer: Answer, status: int, recorded: str) -> None:
    assert (answer.status_code, masked(answer.text)) == (status, masked(recorded))
