"""Links in messages.

Fetched after the message was accepted and before it goes out, outside every transaction. Source:
D/messages/send-messages; what was fetched is good for ten minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from emulator.sandbox.core import Core
from emulator.sandbox.network.client import Client
from emulator.sandbox.network.problems import Aborted
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.timeline import DueKind

REMEMBERED = timedelta(minutes=10)
"""How long the platform goes by what it fetched from a URL (D/messages/send-messages)."""


class Links:
    """Messages wait here until what they link to has been fetched; then their sending is due.

    Links are fetched outside every transaction, and what was found is remembered for ten minutes. It carries
    out the due work ``message.fetch``.
    """

    def __init__(self, core: Core, client: Client) -> None:
        self._core, self._store, self._client = core, core.store, client
        core.on_due(DueKind.MESSAGE_FETCH, self._queue)
        self._may_wait = True
        """Whether a message may be waiting; asked of the database only then."""

    def plan(self, due: datetime, message_id: str, links: Iterable[str], details: dict[str, object]) -> None:
        """Plan that a message goes out at an instant, after its ``links`` have been fetched.

        Without any, directly. ``details`` are what the later rules must know of the moment it was accepted.
        """
        links = list(links)
        if links:
            self._core.plan(due, DueKind.MESSAGE_FETCH, message_id, {**details, "links": links})
        else:
            self._core.plan(due, DueKind.MESSAGE_SEND, message_id, details)

    def forget(self) -> None:
        """Look anew whether messages wait: the sandbox has become another by a reset or a restore."""
        self._may_wait = True

    def flush(self) -> bool:
        """Fetch the links of every message that waits, and plan that it goes out.

        ``False`` when there was none, or the emulator is stopping. Waits for the network, for each link up to
        the setting ``media_timeout``, so it is never called in a transaction. A link to a public host is
        taken as good without a look, unless the emulator may go there.
        """
        found = False
        while self._may_wait and self._fetch_one():
            found = True
        return found

    def _queue(self, work: DueWork) -> None:
        self._store.media.wait_for(work.subject, work.due, work.details)
        self._may_wait = True

    def _fetch_one(self) -> bool:
        from emulator.sandbox.media import fetch  # ssl, only when needed

        with self._store.reading():
            waiting = self._store.media.waiting()
            now = self._core.clock.now()
            if waiting is None:
                self._may_wait = False
                return False
            timeout = self._core.settings.media_timeout.total_seconds()
            old = [
                url
                for url in waiting.details["links"]
                if self._store.media.link(url, since=now - REMEMBERED) is None
            ]
        try:
            looked = {url: fetch.fetch(self._client, url, timeout) for url in old}
        except Aborted:
            return False  # the message goes on waiting, and a kept sandbox looks anew at its next start
        with self._core.command():
            if self._store.media.waiting() != waiting:
                return True  # the sandbox has become another meanwhile
            for url, found in looked.items():
                self._store.media.put_link(url, now, found)
                if found.file is None and found.problem is None:
                    self._core.note(
                        "media",
                        waiting.message_id,
                        f"{url} is on a public host and was taken as good without a look",
                        cause=waiting.message_id,
                    )
            self._store.media.fetched(waiting.message_id)
            details = {key: value for key, value in waiting.details.items() if key != "links"}
            self._core.plan(waiting.due, DueKind.MESSAGE_SEND, waiting.message_id, details)
        return True
