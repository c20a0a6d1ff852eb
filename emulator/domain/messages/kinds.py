"""The table of all kinds of free-form messages; to add one is to add a line here."""

from __future__ import annotations

from emulator.domain.messages.contacts import CONTACTS
from emulator.domain.messages.files import AUDIO, DOCUMENT, IMAGE, STICKER, VIDEO
from emulator.domain.messages.interactive import INTERACTIVE
from emulator.domain.messages.kind import MessageKind
from emulator.domain.messages.location import LOCATION
from emulator.domain.messages.pin import PIN
from emulator.domain.messages.reaction import REACTION
from emulator.domain.messages.text import TEXT

KINDS: dict[str, MessageKind] = {
    kind.name: kind
    for kind in (
        TEXT,
        IMAGE,
        AUDIO,
        VIDEO,
        DOCUMENT,
        STICKER,
        LOCATION,
        CONTACTS,
        REACTION,
        PIN,
        INTERACTIVE,
    )
}
"""Every kind, by the value of ``type``."""
