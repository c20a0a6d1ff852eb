"""The facts around a message when it is accepted; see :mod:`emulator.sandbox.messages.context`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.content.interactive import calls
from emulator.domain.limits.messaging_limit import MessagingLimitUse
from emulator.domain.limits.throughput import Reservation
from emulator.domain.messages.groups import Group
from emulator.domain.messages.marketing_endpoint import MarketingRoute
from emulator.domain.messages.outbound import FreeForm, Send, TemplateUse
from emulator.domain.people.person import Person
from emulator.domain.phones import aliases, allow_list_spelling
from emulator.domain.shapes import FileUse
from emulator.domain.templates.template import Template
from emulator.domain.windows import Window
from emulator.sandbox.limits.throughput import Reservations
from emulator.sandbox.messages.context import FactSources, SendContext, looked_up


class AcceptanceContext(SendContext):
    """A message that somebody asks to send now: what :data:`emulator.domain.rules.AT_ONCE` may ask of it.

    Every fact is that of the present instant.
    """

    group: Group | None
    """The group it is written in; ``None`` for a message to a person."""
    by_user_id: bool
    """Whether the recipient was named by a business-scoped user id alone, so that codes are refused."""
    identity_key_hash: str | None
    """The hash of the recipient's identity key that the caller expects; ``None`` where it did not say."""

    dialled: str
    """The digits that the caller wrote, in their own spelling; of a user id those of the allow-list."""

    def __init__(
        self,
        sources: FactSources,
        number: BusinessNumber,
        wa_id: str,
        dialled: str | None,
        command: Send,
        person: Person | None,
        at: datetime,
        group: Group | None,
    ) -> None:
        super().__init__(
            sources, at, number, wa_id, command.content, person, direct=command.direct is not None
        )
        self._command, self.group = command, group
        self.dialled = allow_list_spelling(wa_id) if dialled is None else dialled
        self.by_user_id, self.identity_key_hash = command.to is None, command.identity_key_hash

    @looked_up
    def window(self) -> Window | None:
        """The customer service window of the number and the recipient, open or closed.

        ``None`` when they never wrote.
        """
        return self._store.windows.get(self.number.id, self.wa_id)

    @looked_up
    def allowed(self) -> bool:
        """Whether the number may write to the recipient.

        A test number only to its allow-list, any other to everybody. In whichever spelling somebody was put
        on the list, they are on it.
        """
        if not self.number.is_test:
            return True
        return not set(aliases(self.wa_id)).isdisjoint(self._store.accounts.allowed(self.number.id))

    @looked_up
    def template(self) -> Template | None:
        """The WABA's template of that name and language, whatever its status.

        ``None`` when there is none, and for a free-form message.
        """
        use = self.content
        if not isinstance(use, TemplateUse):
            return None
        return self._store.templates.find(self.number.waba_id, use.name, use.language)

    @looked_up
    def reservations(self) -> Reservations:
        """What the message takes of the throughput and of the pair rate, in this order.

        ``None`` for one that is off. In a group there is no pair rate. What is reserved is taken only when
        the message is accepted.
        """
        to = None if self.group else self.wa_id
        return self._sources.throughput.reserve(self.number, to, self.at)

    @property
    def throughput(self) -> Reservation | None:
        """What the message takes of the number's throughput; ``None`` where that is not enforced now."""
        return self.reservations[0]

    @property
    def pair_rate(self) -> Reservation | None:
        """What the message takes of the rate at which the number may write to this person.

        ``None`` where none holds.
        """
        return self.reservations[1]

    @looked_up
    def messaging_limit(self) -> MessagingLimitUse | None:
        """How many people the portfolio has reached outside their windows, where one more may be too many.

        Counted over 24 hours. ``None`` inside an open window, in a group, for a number nobody has, and where
        the limit is not enforced.
        """
        return self._messaging_limit(self.window, self.at)

    @looked_up
    def route(self) -> MarketingRoute:
        """By which endpoint the message came, and what the settings say about marketing by it.

        It decides whether a marketing template has to go by ``marketing_messages``, and since when a changed
        one may.
        """
        settings = self._sources.core.settings
        return MarketingRoute(
            self._command.marketing_version, settings.marketing_by == "any", settings.marketing_sync
        )

    @looked_up
    def asked_to_call(self) -> tuple[datetime, ...]:
        """The instants at which this number asked this person for permission to call, as far as that counts.

        Empty for any message that is no such request.
        """
        content = self.content
        if not isinstance(content, FreeForm) or content.subtype != "call_permission_request":
            return ()
        since = self.at - max(window for window, _ in calls.PERMISSION_REQUEST_LIMITS)
        return self._store.messages.interactive_sent(self.number.id, self.wa_id, content.subtype, since)

    def remembered(self, files: Iterable[FileUse]) -> dict[str, object]:
        """Gather what the later rules must know of this moment.

        The window, the files, how long the message may wait. It is stored as the details of the due work, so
        it is JSON: the last inbound instant in ISO 8601, a file's kind, id and link, and the time to live in
        seconds.
        """
        last = self.window and self.window.last_inbound_at.isoformat()
        details: dict[str, object] = {"last_inbound_at": last}
        if shown := [{"kind": use.kind, "id": use.id, "link": use.link} for use in files]:
            details["files"] = shown
        if says_how_long := self._command.direct or self.template:
            details["ttl"] = says_how_long.time_to_live.total_seconds()
        return details
