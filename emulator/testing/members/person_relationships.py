"""How a simulated user stands to a business number: blocks, reports, and whether they want marketing."""

from __future__ import annotations

import warnings
from collections.abc import Awaitable
from typing import TYPE_CHECKING

from emulator.domain.messages.lifecycle import Message
from emulator.domain.people.relationship import Relationship
from emulator.sandbox.sandbox import Sandbox
from emulator.testing.clocks.awaiting import acted

if TYPE_CHECKING:
    from emulator.testing.clocks.awaiting import AwaitableRelationship


class PersonRelationships:
    """Blocks, reports and opt-outs of a person, and what they see of the business typing."""

    _sandbox: Sandbox
    wa_id: str

    def blocks(self, *, to: str | None = None) -> AwaitableRelationship:
        """Block a business number (default: the first).

        What it sends, and what is on its way, arrives no more. It counts against the quality of the number.
        No webhook says so; a message to them stays ``sent``.
        """
        return acted(self._sandbox.people.block(self.wa_id, to=to), self._sandbox)

    def unblocks(self, *, to: str | None = None) -> AwaitableRelationship:
        """Take a block back.

        What is sent from now on arrives again, and what was sent meanwhile stays lost.
        """
        return acted(self._sandbox.people.unblock(self.wa_id, to=to), self._sandbox)

    def reports(
        self, message: Message | None = None, *, template: str | None = None, to: str | None = None
    ) -> Awaitable[None]:
        """Report a message, the newest message of a ``template``, or with neither the business number.

        It counts against the quality of the number and of the template. Raises :class:`CannotDo` for a
        message that has not reached them.
        """
        message_id = message.id if message else None
        self._sandbox.people.report(self.wa_id, to=to, message_id=message_id, template=template)
        return acted(None, self._sandbox)

    def stops_marketing(self, *, to: str | None = None) -> AwaitableRelationship:
        """Stop the marketing messages of a business number (default: the first).

        From now on they fail with 131050. The app hears of it by ``user_preferences``, if it is subscribed to
        that field.
        """
        return acted(self._sandbox.people.stop_marketing(self.wa_id, to=to), self._sandbox)

    def resumes_marketing(self, *, to: str | None = None) -> AwaitableRelationship:
        """Want the marketing messages of a business number again, after having stopped them.

        The app hears of it by ``user_preferences``, if it is subscribed to that field.
        """
        return acted(self._sandbox.people.resume_marketing(self.wa_id, to=to), self._sandbox)

    def standing(self, *, to: str | None = None) -> Relationship:
        """The former name of :meth:`relationship`, with a :class:`DeprecationWarning`.

        It goes with the next version.
        """
        warnings.warn(
            "standing() is called relationship() now; the former name goes with the next version",
            DeprecationWarning,
            stacklevel=2,
        )
        return self.relationship(to=to)

    def relationship(self, *, to: str | None = None) -> Relationship:
        """Who of the person and a business number (default: the first) has blocked the other, and since when.

        It also says since when they want no marketing, and until when they see that the business types; what
        never happened is ``None``.
        """
        return self._sandbox.people.relationship(self.wa_id, to=to)

    @property
    def sees_typing(self) -> bool:
        """Whether they see now that a business number types an answer.

        That ends with its next message to them, or after 25 seconds; ``relationship().typing_until`` says
        when.
        """
        return any(each.typing_until for each in self._sandbox.people.relationships(self.wa_id))
