"""``sandbox.expectations``: what a test expects of an app, and waiting until it has happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from emulator.domain.expectations.conditions import expectation
from emulator.sandbox.namespaces.namespace import Namespace

if TYPE_CHECKING:
    from emulator.domain.expectations.findings import Subject


class ExpectationsNamespace(Namespace):
    """What tests expect of an app. Each settles first, and then waits for what others bring about.

    An expectation claims what it found, so that the next one looks further. Claims last until a reset, and
    are no part of a snapshot.
    """

    def expect(
        self,
        what: str,
        *,
        times: int | None = None,
        after: str | None = None,
        within: float = 0.0,
        **conditions: Any,
    ) -> list[Subject]:
        """Expect that something has happened; returns the messages or calls that were found, and claims them.

        ``what`` is ``sent``, ``delivered``, ``failed``, ``refused`` or ``read``; conditions are those of
        :data:`emulator.domain.expectations.conditions.CONDITIONS`. ``times``: exactly that often; ``None``:
        at least once, and the first is returned. ``after`` is the wamid of a message that it comes after.
        ``within`` are real seconds in which others (a thread of the app, another process) may do it. Raises
        :class:`~emulator.sandbox.errors.NotMet` when it has not happened, or too often, :class:`ValueError`
        for a condition that there is not, and as :meth:`Sandbox.settle`.
        """
        return self._services.expectations.expect(
            expectation(what, times=times, after=after, **conditions), within
        )

    def expect_no_more(self, *, to: str | None = None, within: float = 0.0) -> None:
        """Expect that the app has sent nothing, and no call of it was refused, beyond what was expected.

        ``to``: to one person or group. ``within`` are real seconds in which something may still come. Raises
        :class:`~emulator.sandbox.errors.NotMet` for what did, and as :meth:`Sandbox.settle`.
        """
        self._services.expectations.expect_no_more(to, within)
