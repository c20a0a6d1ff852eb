"""What a sandbox refuses that is no answer of the platform."""

from __future__ import annotations


class CannotDo(ValueError):
    """A person was asked to do what they cannot: the sentence says why, and what they could do."""


class CannotOpen(ValueError):
    """A sandbox cannot be opened: the sentence says why."""


class NotASnapshot(CannotOpen):
    """The bytes are no sandbox, or one of another schema."""


class InUse(CannotOpen):
    """Another process has the sandbox open."""
