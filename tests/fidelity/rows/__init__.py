"""The table of fidelity: ``docs/fidelity.md`` is made of it, and ``test_fidelity.py`` asks every row."""

from rows import (
    commerce,
    components,
    contents,
    conversation,
    direct,
    editor,
    envelope,
    files,
    forms,
    gaps,
    groups,
    http,
    interactive,
    later,
    media,
    recipients,
)
from rows.row import Area, Basis, Check, Exchange, Gap, Proof, Row

AREAS: tuple[Area, ...] = (
    envelope.ENVELOPE,
    recipients.RECIPIENTS,
    envelope.ANSWERS,
    contents.TEXTS,
    files.FILES,
    media.MEDIA,
    contents.PLACES_AND_PEOPLE,
    contents.REACTIONS_AND_PINS,
    interactive.PARTS,
    interactive.MENUS,
    commerce.COMMERCE,
    forms.FORMS_AND_ORDERS,
    http.RECEIPTS,
    http.ERRORS,
    http.CALLS,
    direct.MARKETING,
    direct.DIRECT_SEND,
    conversation.WINDOW,
    later.LATER,
    conversation.WEBHOOKS,
    groups.GROUPS,
    conversation.TEMPLATES,
    editor.EDITOR,
    editor.LIBRARY,
    components.COMPONENTS,
    components.FAULTS,
)
GAPS: tuple[Gap, ...] = gaps.GAPS

__all__ = ["AREAS", "GAPS", "Area", "Basis", "Check", "Exchange", "Gap", "Proof", "Row"]
