"""The table of all kinds of free-form messages; to add one is to add a line here."""

from __future__ import annotations

from emulator.domain.content.contacts import CONTACTS
from emulator.domain.content.files import AUDIO, DOCUMENT, IMAGE, STICKER, VIDEO
from emulator.domain.content.interactive import INTERACTIVE
from emulator.domain.content.kind import MessageKind
from emulator.domain.content.location import LOCATION
from emulator.domain.content.pin import PIN
from emulator.domain.content.reaction import REACTION
from emulator.domain.content.text import TEXT

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
