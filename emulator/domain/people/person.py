"""A simulated WhatsApp user, with the facts that the platform or a test knows."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from emulator.domain.facts.facts import fact
from emulator.domain.facts.types import digits, flag, json_value, one_of, text
from emulator.domain.people.devices import ANDROID, DEVICES
from emulator.domain.people.habits import HABITS, Habits, habits_as_json, habits_from_json
from emulator.domain.people.usernames import check_username
from emulator.domain.values import dataclass

_USERNAME = "In place of the number, which webhooks then have only where the business knows it."
_HASH = "Stands for a phone's keys; null: not checked."
_HABITS = (
    "In seconds sent_after, delivered_after (null: never), read_after; reads: true or false; "
    "blocks, reports, stops: chances from 0 to 1 for each template message delivered; offline: "
    "[{from, until}], or lengths of time [{after, for}]; old_client: true or false; "
    "answers: [{when, then, after, chance}]."
)


@dataclass(frozen=True, slots=True)
class Person:
    """A simulated WhatsApp user.

    A number without a person is not on WhatsApp: messages to it fail with 131026.
    """

    wa_id: str = field(metadata=fact(digits(), seed="number", json=True, given=True))
    """The digits of the phone number, as webhooks print it."""
    name: str = field(metadata=fact(text(), seed=True, json=True, changeable=True))
    user_id: str = field(metadata=fact(text(), json=True))
    """The business-scoped user id, ``US.…``."""
    locale: str = field(default="en_US", metadata=fact(text(), seed=True, json=True, changeable=True))
    opted_in: bool = field(default=True, metadata=fact(flag(), seed=True, json=True, changeable=True))
    """Whether they agreed to get messages from the business; a policy, so the journal warns and no error
    follows."""
    on_whatsapp: bool = field(default=True, metadata=fact(flag(), seed=True, json=True, changeable=True))
    identity_key_hash: str | None = field(
        default=None,
        metadata=fact(text(null=True, about=_HASH), seed=True, json=True, changeable=True),
    )
    """The hash of their phone's keys, as webhooks show it; a send that gives another fails with 137000."""
    device: str = field(
        default=ANDROID, metadata=fact(one_of(DEVICES), seed=True, json=True, changeable=True)
    )
    """What they write on, unless an act says otherwise; the ids of their messages are of its form."""
    username: str | None = field(
        default=None,
        metadata=fact(
            text(null=True, check=check_username, about=_USERNAME), seed=True, json=True, changeable=True
        ),
    )
    """What they are called in place of their number; ``None``: they have not adopted one."""
    shows_number: bool = field(default=True, metadata=fact(flag(), seed=True, json=True, changeable=True))
    """Whether webhooks have their number: not once they have a username, until a business writes to it."""
    habits: Habits = field(
        default_factory=Habits,
        metadata=fact(
            json_value(habits_from_json, habits_as_json, about=_HABITS),
            seed=HABITS,
            json=True,
            changeable=True,
        ),
    )

    @property
    def digits_in_ids(self) -> str:
        """What stands in the ids of their messages and calls: their number, or the user id in its place."""
        return self.wa_id if self.shows_number else self.user_id

    def changed(self, **facts: Any) -> Person:
        """Copy this person with some of their fields replaced."""
        return replace(self, **facts)
