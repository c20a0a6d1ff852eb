"""``sandbox.business_app``: what somebody of a business does in the WhatsApp Business app (coexistence)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from emulator.domain.messages.chat_history import USUAL_CHUNK
from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.messages.chat_history import HistoryChunk


class BusinessAppNamespace(Namespace):
    """The WhatsApp Business app of a number that is connected to the API, too.

    Each act is told by a webhook; the default ``number`` is the first one. What is written in the app is
    :meth:`~emulator.sandbox.namespaces.messages.MessagesNamespace.echo`.
    """

    def share_history(
        self,
        chats: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
        *,
        number: str | None = None,
        chunk: int = USUAL_CHUNK,
    ) -> list[HistoryChunk]:
        """Share the chats of a number as when it is connected: by webhooks ``history``, chunk by chunk.

        Without ``chats`` they are the conversations that the sandbox has; else those, by the number of each
        person: messages with a ``text``, ``from`` (``business`` or ``person``), ``at`` and ``status``. They
        are in no other list. Three phases by age: up to a day, 90 and 180 days; ``chunk`` is how many
        messages a webhook has at most. Returns the chunks. Raises :class:`ValueError` for a message that
        cannot be, :class:`LookupError` for a number that nobody has.
        """
        with self._core.command():
            found = (
                None
                if chats is None
                else [(self._services.people.get(wa_id), messages) for wa_id, messages in chats.items()]
            )
            return self._services.business_app.share(number, found, chunk)

    def decline_history(self, *, number: str | None = None) -> None:
        """Share no chats: the app learns that by a webhook ``history`` with error 2593109."""
        with self._core.command():
            self._services.business_app.decline(number)

    def synchronise(self, phone_number_id: str, sync_type: str) -> str:
        """Ask the app of a number for its contacts (``smb_app_state_sync``) or its chats (``history``).

        As ``POST /{phone_number_id}/smb_app_data`` does. What it has follows by webhooks of that field at
        once: everybody as a contact but those who were removed, and the conversations of the sandbox, or
        error 2593109 with the setting ``shared_history: declined``. Returns the id of the request. Raises the
        :class:`~emulator.domain.errors.PlatformError` of :mod:`~emulator.domain.accounts.app_sync`, and
        :class:`LookupError` for a number that is not there.
        """
        with self._core.command():
            return self._services.business_app.synchronise(phone_number_id, sync_type)

    def save_contact(
        self,
        person: str,
        full_name: str | None = None,
        first_name: str | None = None,
        *,
        number: str | None = None,
    ) -> None:
        """Save a person among the contacts of the app, or change them; their own name by default.

        Reported by ``smb_app_state_sync`` as ``add``. Raises :class:`LookupError` for a number that nobody
        has.
        """
        with self._core.command():
            found = self._services.people.get(person)
            self._services.business_app.save(found, full_name or found.name, first_name, number)

    def remove_contact(self, person: str, *, number: str | None = None) -> None:
        """Remove a person from the contacts of the app; reported by ``smb_app_state_sync`` as ``remove``.

        Raises :class:`LookupError` for a number that nobody has.
        """
        with self._core.command():
            self._services.business_app.remove(self._services.people.get(person), number)
