"""How a template is worded, in few characters: what a review looks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from emulator.domain.templates.lifecycle.review import wording


def wording_key(components: Sequence[Mapping[str, Any]]) -> str:
    """Digest body and footer of a template: two that say the same have the same key."""
    return blake2b("\0".join(wording(components)).encode(), digest_size=16).hexdigest()
