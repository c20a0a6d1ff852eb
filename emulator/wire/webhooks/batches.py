"""Several webhooks in one request, as the platform sends them now and then.

Up to 1,000 updates come in one POST (D/webhooks/create-webhook-endpoint). Which of the three arrays they
share is not documented; what fits is joined as far inside as it can be.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from emulator.wire import signing

_JOINED = ("contacts", "messages", "statuses", "message_echoes", "user_preferences", "groups", "calls")
"""Members of a value that hold one thing each; those of two webhooks stand one after the other."""


def join(bodies: Sequence[bytes]) -> bytes:
    """Write the payloads of several webhooks as one, in their order.

    Entries of one WABA become one with several changes, unless their times differ. Changes of one field about
    one number, with the same members, become one whose arrays hold what each had; a contact stands once.
    """
    whole: dict[str, Any] | None = None
    for body in bodies:
        payload = json.loads(body)
        if whole is None:
            whole = payload
        else:
            for entry in payload["entry"]:
                _add_entry(whole["entry"], entry)
    return signing.encode(whole)


def _add_entry(entries: list[Any], entry: dict[str, Any]) -> None:
    for known in entries:
        if "changes" not in known or "changes" not in entry:
            continue  # of an app that wants no values
        if {**known, "changes": None} == {**entry, "changes": None}:
            for change in entry["changes"]:
                _add_change(known["changes"], change)
            return
    entries.append(entry)


def _add_change(changes: list[Any], change: dict[str, Any]) -> None:
    last = changes[-1]
    arrays = [name for name in change["value"] if name in _JOINED]
    if (
        not any(name != "contacts" for name in arrays)
        or last["field"] != change["field"]
        or list(last["value"]) != list(change["value"])
        or any(last["value"][name] != value for name, value in change["value"].items() if name not in arrays)
    ):
        changes.append(change)
        return
    for name in arrays:
        known = last["value"][name]
        known += [each for each in change["value"][name] if name != "contacts" or each not in known]
