"""Usernames: what people may be called in place of their number, and who still sees the number.

Sources: D/business-scoped-user-ids (2026). A user who has adopted a username is shown by it; webhooks have
their phone number only where the business knows it: from a message or call with that number within 30 days,
or from its contact book, in which every such message and call is kept. So once the business knows it, it is
shown.
"""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[a-z0-9._]{3,35}")


def check_username(username: str) -> None:
    """Raise :class:`ValueError` for what no username can be.

    It has 3 to 35 of the characters a to z, 0 to 9, dot and underscore, at least one letter, no dot at its
    ends and none beside another, and does not begin with ``www``. That it does not end as an internet domain
    is not checked.
    """
    if not _LETTERS.fullmatch(username):
        raise ValueError(
            f"a username has 3 to 35 of the characters a to z, 0 to 9, . and _; got {username!r}"
        )
    if not any(each.isalpha() for each in username):
        raise ValueError(f"a username has a letter; got {username!r}")
    if username.startswith((".", "www")) or username.endswith(".") or ".." in username:
        raise ValueError(
            "a username begins neither with a dot nor with www, and has no dot at its end or beside another; "
            f"got {username!r}"
        )
