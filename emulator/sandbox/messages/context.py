"""What the rules may look at: the facts around one message, at once and when it goes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from emulator.domain.accounts.numbers import BusinessNumber
from emulator.domain.checks.context import SendContext, ShownFile
from emulator.domain.limits.messaging_limit import Reach
from emulator.domain.messages import marketing_endpoint
from emulator.domain.messages.content import Content, FreeForm, Send, TemplateUse
from emulator.domain.messages.groups import Group
from emulator.domain.messages.interactive import calls
from emulator.domain.messages.interactive.orders import Order
from emulator.domain.messages.kinds import KINDS
from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.person import Person
from emulator.domain.phones import aliases
from emulator.domain.shapes import FileUse
from emulator.domain.windows import Window
from emulator.sandbox.core import Core
from emulator.sandbox.limits.messaging_limit import MessagingLimit
from emulator.sandbox.limits.throughput import Throughput
from emulator.sandbox.people.marketing_audience import MarketingAudiences
from emulator.sandbox.store.media import Looked
from emulator.sandbox.store.timeline import DueWork
from emulator.sandbox.templates.category_abuse import utility_left


class SendContexts:
    """Gathers facts; each costs at most one indexed question, and none where it cannot matter."""

    def __init__(self, core: Core, throttling: Throughput, reaching: MessagingLimit) -> None:
        self._core, self._store = core, core.store
        self._throttling, self._reaching = throttling, reaching
        self._audiences = MarketingAudiences(core)

    def at_once(
        self,
        number: BusinessNumber,
        wa_id: str,
        command: Send,
        person: Person | None,
        at: datetime,
        group: Group | None,
    ) -> SendContext:
        """A message that somebody asks to send now."""
        content = command.content
        use = content if isinstance(content, TemplateUse) else None
        window = self._store.windows.get(number.id, wa_id)
        throughput, pair = self._throttling.slots(number, None if group else wa_id, at)
        told_at_once = self._core.settings.messaging_limit_errors == "sync"
        return SendContext(
            at=at,
            number=number,
            wa_id=wa_id,
            content=content,
            by_user_id=command.to is None,
            identity_key_hash=command.identity_key_hash,
            asked_to_call=self._asked_to_call(number, wa_id, content, at),
            allowed=not number.is_test
            or not set(aliases(wa_id)).isdisjoint(self._store.accounts.allowed(number.id)),
            person=person,
            group=group,
            window=window,
            waba=self._store.accounts.waba(number.waba_id),
            throughput=throughput,
            pair=pair,
            reach=self._reach(number, person, window, at, at) if told_at_once else None,
            template=self._store.templates.find(number.waba_id, use.name, use.language) if use else None,
            direct=command.direct is not None,
            route=self._route(command),
        )

    @staticmethod
    def remembered(attempt: SendContext, command: Send, files: Iterable[FileUse]) -> dict[str, object]:
        """What the later rules must know of this moment: the window, files, how long the message may wait."""
        last = attempt.window and attempt.window.last_inbound_at.isoformat()
        details: dict[str, object] = {"last_inbound_at": last}
        if shown := [{"kind": use.kind, "id": use.id, "link": use.link} for use in files]:
            details["files"] = shown
        if says_how_long := command.direct or attempt.template:
            details["ttl"] = says_how_long.time_to_live.total_seconds()
        return details

    def later(
        self, work: DueWork, message: Message, number: BusinessNumber, person: Person | None
    ) -> SendContext:
        """A message that was accepted and is about to leave, with what was :meth:`remembered`."""
        last = work.details["last_inbound_at"]
        content = _content(message)
        reaction = content.value if message.type == "reaction" and isinstance(content, FreeForm) else None
        window = Window(number.id, message.wa_id, datetime.fromisoformat(last)) if last else None
        standing = None
        if message.group_id is None:
            standing = self._store.relationships.get(number.id, message.wa_id)
        return SendContext(
            message.at,
            number,
            message.wa_id,
            content,
            person=person,
            direct=message.direct,
            name_taken=message.direct and message.template_id is None,
            window=window,
            waba=self._store.accounts.waba(number.waba_id),
            reach=self._reach(number, person, window, message.at, work.due),
            utility_left=utility_left(self._core, number.waba_id, work.due)
            if message.category == "UTILITY"
            else None,
            files=tuple(self._shown(file, message.at) for file in work.details.get("files", ())),
            target=self._store.messages.get(reaction["message_id"]) if reaction else None,
            order=self._order(number, message.wa_id, content),
            group=self._store.groups.get(message.group_id) if message.group_id else None,
            standing=standing,
            fails_when_blocked=self._core.settings.when_blocked != "silent",
            audience=self._audiences.of(message, number, standing, work.due),
        )

    def _route(self, command: Send) -> marketing_endpoint.MarketingRoute:
        settings = self._core.settings
        return marketing_endpoint.MarketingRoute(
            command.marketing_version, settings.marketing_by == "any", settings.marketing_sync
        )

    def _reach(
        self,
        number: BusinessNumber,
        person: Person | None,
        window: Window | None,
        asked_at: datetime,
        at: datetime,
    ) -> Reach | None:
        """How many people were reached; nobody needs to know when this one is reached inside a window."""
        if person is None or (window is not None and window.is_open(asked_at)):
            return None
        return self._reaching.reach(number, person.wa_id, at)

    def _asked_to_call(
        self, number: BusinessNumber, wa_id: str, content: Content, at: datetime
    ) -> tuple[datetime, ...]:
        if not isinstance(content, FreeForm) or content.subtype != "call_permission_request":
            return ()
        since = at - max(window for window, _ in calls.PERMISSION_REQUEST_LIMITS)
        return self._store.messages.sent_of(number.id, wa_id, "interactive", content.subtype, since)

    def _shown(self, file: Mapping[str, Any], at: datetime) -> ShownFile:
        if file["link"] is None:
            media = self._store.media.get(file["id"], at)
            return ShownFile(file["kind"], media.file if media else None)
        looked = self._store.media.link(file["link"]) or Looked(None, None)
        return ShownFile(file["kind"], looked.file, looked.problem)

    def _order(self, number: BusinessNumber, wa_id: str, content: Content) -> Order | None:
        if not isinstance(content, FreeForm) or content.subtype != "order_status":
            return None
        return self._store.orders.get(number.id, wa_id, content.value["action"]["parameters"]["reference_id"])


def _content(message: Message) -> Content:
    """What was sent, as far as later rules look at it."""
    if message.type == "template":
        return TemplateUse(message.content["name"], message.content["language"]["code"])
    return FreeForm(KINDS[message.type], message.content)
