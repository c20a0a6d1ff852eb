"""Whose a token or an app is, among the sandboxes of a process: those that may have it are asked."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from emulator.domain.accounts.apps import Token
from emulator.sandbox.directory import Directory
from emulator.sandbox.sandbox import Sandbox
from emulator.sandbox.store import DatabaseError

log = logging.getLogger(__name__)

_MOST_OPENED = 10_000
"""How many tokens are remembered with the sandbox that they opened."""


class TokenLookup:
    """Finds the sandbox that a token or an app belongs to; many sandboxes cost no more than one."""

    def __init__(self, sandboxes: Mapping[str, Sandbox]) -> None:
        """Look among ``sandboxes``, which has those of the process by name, as they come and go."""
        self._sandboxes = sandboxes
        self._directory = Directory()
        self._opened: dict[str, str] = {}
        """Which of several sandboxes a token opened; only a hint: it is asked again, and may be gone."""

    def enter(self, sandbox: Sandbox) -> None:
        """Note the tokens and apps that a sandbox has now, so that no other need be asked for them."""
        try:
            credentials = sandbox.accounts.credentials()
        except DatabaseError:  # one that is damaged has no say in whose a token is, until it can be asked
            log.exception("%s could not be asked for its tokens", sandbox.name)
            credentials = None
        if self._sandboxes.get(sandbox.name) is sandbox:
            self._directory.enter(sandbox.name, credentials)

    def leave(self, name: str) -> None:
        """Forget a sandbox."""
        self._directory.leave(name)

    def clear(self) -> None:
        """Forget every sandbox."""
        self._directory.clear()
        self._opened.clear()

    def find(self, token: str) -> tuple[Sandbox, Token] | None:
        """Find the sandbox that a token opens, and the token, expired or not; ``None`` when none has it.

        ``APP_ID|SECRET`` is the token of that app. Where several have the token, as after a restore, the one
        that it opened before goes before the others.
        """
        app_id, bar, _ = token.partition("|")
        for sandbox in self._likely(token, app_id) if bar else self._likely(token):
            try:
                found = sandbox.accounts.find_token(token)
            except DatabaseError:  # one that is damaged has no say in whose the token is
                log.exception("%s could not be asked for a token", sandbox.name)
                continue
            if found is not None:
                if len(self._opened) > _MOST_OPENED:
                    self._opened.clear()
                self._opened[token] = sandbox.name
                return sandbox, found
        return None

    def find_app(self, app_id: str) -> Sandbox | None:
        """Find the sandbox that an app lives in; ``None`` when none has it."""
        for sandbox in self._likely(app_id):
            try:
                with sandbox.reading():
                    if not sandbox.is_closed and sandbox.accounts.has_app(app_id):
                        return sandbox
            except DatabaseError:
                log.exception("%s could not be asked for an app", sandbox.name)
        return None

    def _likely(self, *keys: str) -> list[Sandbox]:
        """The sandboxes to which one of these may lead, first the one that the first of them opened."""
        found = [self._sandboxes.get(name) for name in self._directory.holders(*keys)]
        before = self._sandboxes.get(self._opened.get(keys[0], ""))
        return sorted((each for each in found if each is not None), key=lambda each: each is not before)
