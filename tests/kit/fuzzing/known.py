"""The ids that there are in a sandbox, for calls that shall find something."""

from __future__ import annotations

from dataclasses import dataclass

from emulator import Sandbox
from kit.identities import APP_ID


@dataclass(frozen=True, slots=True)
class Known:
    """Ids by what they are of, as both APIs name them."""

    media: tuple[str, ...]
    uploads: tuple[str, ...]
    templates: tuple[str, ...]
    messages: tuple[str, ...]
    deliveries: tuple[str, ...]
    groups: tuple[str, ...]
    people: tuple[str, ...]
    numbers: tuple[str, ...]
    wabas: tuple[str, ...]
    labels: tuple[str, ...]
    """What people can tap, and the names of templates."""

    @property
    def all(self) -> tuple[str, ...]:
        """Every id, of whatever it is."""
        return (
            *(*self.media, *self.uploads, *self.templates, *self.messages, *self.deliveries, *self.groups),
            *(*self.people, *self.numbers, *self.wabas, *self.labels, APP_ID),
        )


def known_in(sandbox: Sandbox) -> Known:
    """Look up the ids of everything in a sandbox."""
    with sandbox.services.store.reading():
        ask = sandbox.services.store.database.execute
        media, uploads = (
            tuple(str(each) for (each,) in ask(f"SELECT id FROM {table} ORDER BY id"))
            for table in ("media", "uploads")
        )
    templates = sandbox.templates.all()
    return Known(
        media=media,
        uploads=uploads,
        templates=tuple(template.id for template in templates),
        messages=tuple(message.id for message in sandbox.messages.all()),
        deliveries=tuple(str(delivery.id) for delivery in sandbox.webhooks.all(None, 20)),
        groups=tuple(group.id for group in sandbox.groups.all()),
        people=tuple(person.wa_id for person in sandbox.people.all()),
        numbers=tuple(number.id for number in sandbox.accounts.numbers()),
        wabas=tuple(waba.id for waba in sandbox.accounts.wabas()),
        labels=("Where is it?", "Fern", "Moss", "Plants", *(template.name for template in templates)),
    )
